"""What the generated petitions say: headmen and neighbourhoods of the shipped register, invented events."""

import random
from dataclasses import dataclass
from datetime import date, timedelta

from daemon.domain.registry import Neighbourhood

MONTHS = ("Ocak", "Şubat", "Mart", "Nisan", "Mayıs", "Haziran", "Temmuz", "Ağustos", "Eylül", "Ekim", "Kasım")

_STREETS = ("Gazi Caddesi", "Gül Sokak", "Fatih Sokak", "Cumhuriyet Caddesi", "Okul Sokak", "Atatürk Bulvarı",
            "1245. Sokak", "Çınar Sokak", "Kızılırmak Caddesi", "Menekşe Sokak", "Değirmen Sokak")  # fmt: skip

_MATTERS = (
    ("Yol onarımı", "Mahallemiz {street} üzerinde kış aylarında oluşan derin çukurlar nedeniyle araç ve yaya "
     "trafiği güçlükle sağlanmaktadır. Söz konusu yolda asfalt yama çalışması yapılması gerekmektedir."),
    ("Kaldırım yapılması", "{street} boyunca kaldırım taşları yerinden oynamış, yaşlı ve engelli vatandaşlarımız "
     "yürümekte zorluk çekmektedir. Bozuk kaldırımların yenilenmesi talep edilmektedir."),
    ("Çöp konteyneri talebi", "{street} ile çevresindeki sokaklarda bulunan çöp konteynerleri yetersiz kalmakta, "
     "çöpler yola taşmakta ve koku oluşmaktadır. İki adet yeni çöp konteyneri konulması uygun olacaktır."),
    ("Ağaç budanması", "{street} üzerindeki ağaçların dalları elektrik tellerine ve binaların pencerelerine "
     "değmektedir. Ağaçların budanması hususunda ekip yönlendirilmesini rica ederiz."),
    ("Başıboş köpekler", "Mahallemiz okul çevresinde sürü hâlinde dolaşan başıboş köpekler öğrencilere "
     "saldırmaktadır. Sahipsiz köpeklerin toplanarak barınağa alınması gerekmektedir."),
    ("Park yenileme", "{street} üzerindeki çocuk parkında salıncak ve kaydıraklar kırılmış, banklar "
     "sökülmüştür. Parktaki oyun gruplarının yenilenmesi hususu önem arz etmektedir."),
    ("Kaldırım işgali", "{street} üzerindeki bazı iş yerleri tezgâhlarını kaldırıma çıkarmakta, yayalar araç "
     "yolundan yürümek zorunda kalmaktadır. Kaldırım işgalinin zabıta ekiplerince önlenmesi beklenmektedir."),
    ("Moloz kaldırılması", "{street} sonundaki boş arsaya kamyonlarla moloz ve hafriyat dökülmektedir. Molozların "
     "kaldırılması ve kaçak dökümün engellenmesi gerekmektedir."),
    ("İlaçlama talebi", "Mahallemizden geçen dere yatağında sivrisinek ve karasinek artmış, vatandaşlarımız "
     "akşamları dışarı çıkamaz hâle gelmiştir. Haşere ilaçlaması yapılmasını talep ederiz."),
    ("Metruk bina", "{street} No: 14 adresindeki metruk bina madde bağımlılarının uğrak yeri olmuştur. Yıkılma "
     "tehlikesi bulunan binanın yıkılması için gereğinin yapılması beklenmektedir."),
    ("Bank ve kamelya", "Mahallemiz parkına yaşlılarımızın dinlenebilmesi için üç adet bank ile bir adet kamelya "
     "konulmasını mahalle halkımız adına talep ederiz."),
    ("Merdiven korkuluğu", "{street} ile üst cadde arasındaki merdivenlerin korkulukları paslanmış ve kopmuştur. "
     "Merdiven korkuluğunun yenilenmesi ve basamakların onarılması gerekmektedir."),
    ("Tuzlama ve kar temizliği", "Kar yağışı sonrasında {street} yokuşu buz tutmakta, servis araçları "
     "çıkamamaktadır. Yolun öncelikli olarak tuzlanması ve karın temizlenmesi gerekmektedir."),
    ("Gıda yardımı", "Mahallemizde ikamet eden ve maddi durumu yetersiz olan üç aileye gıda kolisi yardımı "
     "yapılması hususunda gerekli incelemenin yapılmasını talep ederiz."),
    ("Sokak tabelası", "{street} girişindeki sokak tabelası kırılmış olup adres bulmakta güçlük çekilmektedir. "
     "Sokak isim tabelasının yenilenmesi talep edilmektedir."),
    ("Hurda araç", "{street} No: 27 önünde yaklaşık bir yıldır terk edilmiş, plakasız hurda araç bulunmaktadır. "
     "Terk edilmiş aracın zabıta marifetiyle kaldırılması gerekmektedir."),
)  # fmt: skip

_MORE = (
    "Konu ile ilgili olarak daha önce {earlier} tarihinde sözlü başvuruda bulunulmuş, ancak sonuç alınamamıştır.",
    "Komşu {other} Mahallesi sınırına kadar olan kısımda aynı sorun yaşanmaktadır.",
    "Mahalle sakinlerimizden Sayın Nurettin Akçay ve komşuları imza toplayarak muhtarlığımıza başvurmuştur.",
    "Okulların açılacağı {earlier} tarihinden önce çalışmanın tamamlanması önem taşımaktadır.",
    "Vatandaşlarımız 153 numaralı hatta defalarca bildirimde bulunduklarını ifade etmektedir.",
)
_ENDINGS = ("Gereğini bilgilerinize arz ederim.", "Gereğinin yapılmasını arz ederim.", "Saygılarımla arz ederim.",
            "Gereğini saygılarımla rica ederim.", "Bilgi ve gereğini arz ederim.")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Truth:
    """What stands on the page and what must be read from it."""

    neighbourhood: str
    headman: str
    written: date
    subject: str
    phone: str
    body: tuple[str, ...]


def invent(chance: random.Random, places: tuple[Neighbourhood, ...]) -> Truth:
    place, other = chance.sample(places, 2)
    subject, matter = chance.choice(_MATTERS)
    written = date(2026, 1, 5) + timedelta(days=chance.randrange(320))
    earlier = written - timedelta(days=chance.randrange(10, 90))
    facts = {"street": chance.choice(_STREETS), "other": other.name, "earlier": f"{earlier:%d.%m.%Y}"}
    more = chance.sample(_MORE, chance.choice((0, 1, 1, 2)))
    body = (*(text.format(**facts) for text in (matter, *more)), chance.choice(_ENDINGS))
    phone = (
        place.headman.phones[0] if chance.random() < 0.7 else f"+90 312 {chance.randrange(2000000, 9999999)}"
    )
    digits = "".join(c for c in phone if c.isdigit())[-10:]
    return Truth(place.name, place.headman.name, written, subject, digits, body)


def show_date(chance: random.Random, day: date) -> str:
    if day.month < 12 and chance.random() < 0.25:
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    return chance.choice(
        ("{:%d.%m.%Y}", "{:%d/%m/%Y}", "{:%d.%m.%Y}", "{:%d-%m-%Y}", "{:%d . %m . %Y}")
    ).format(day)


def show_phone(chance: random.Random, digits: str) -> str:
    a, b, c, d = digits[:3], digits[3:6], digits[6:8], digits[8:]
    return chance.choice((f"0{a} {b} {c} {d}", f"0 ({a}) {b} {c} {d}", f"+90 {a} {b} {c} {d}", f"0{a}{b}{c}{d}",
                          f"0 {a} {b} {c} {d}", f"(0{a}) {b}{c}{d}"))  # fmt: skip
