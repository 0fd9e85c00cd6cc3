"""Advertising and fraud: points for what only sellers and swindlers write."""

import re

from daemon.domain.routing.alternatives import grouped
from daemon.domain.text import fold

_ENOUGH = 2.0
_SIGNS: tuple[tuple[float, re.Pattern[str]], ...] = tuple(
    (points, re.compile(grouped(pattern)))
    for points, pattern in (
        (
            2.0,
            r"ureticisi(?:yiz|yim)|belediyelere (?:ozel|toplu)|muhtarliklara (?:ozel|%|yuzde)|fabrika cikis|sevgili musteri|is ilani|eleman araniyor|\bfirma(?:si|miz)? olarak|teklif (?:sunmak|vermek|iletmek) ist|kampanyali|"
            r"hizmetiniz(?:e|de)\b|hizmetinizde[dy]|(?:kesif|montaj|nakliye|servis)\w* (?:ucretsiz|bedava|bizden)|hizmet ver(?:iyoruz|mekteyiz|ilir)|alinir satilir|evden eve|komisyonsuz|7/24|(?:hizmet|urun|cozum|paket|imkan|firsat)\w* sun(?:uyoruz|maktayiz|ariz|mak istiyoruz)|(?:faturaniz|borcunuz|cezaniz) (?:bulun|var|oden)|(?:ekteki|asagidaki) (?:link|baglanti)|(?:linke|baglantiya) tikla|abonelikten (?:cik|ayril)|unsubscribe|casino|jackpot|canli bahis|bahis sitesi|deneme bonusu|freespin|\bseo\b|viagra|lottery|"
            r"kazandiniz|odul kazan|cekilis sonuc|bitcoin|kripto|forex|kredi (?:firsat|imkan|onay|paket|limit)|(?:hazir|aninda|kefilsiz|onayli|ihtiyac) kredi|"
            r"dear (?:sir|friend|customer|user|madam)|your (?:account|mailbox|email|order|invoice)|(?:bilgileriniz|hesabiniz)\w* (?:guncelle|dogrula|onayla)|hesabiniz(?:da|a) |hesabiniz\w* (?:askiya|bloke|kapat|kisit|dondur)|"
            r"takipci (?:satin|paket)|web ?(?:site|sayfa)\w* (?:tasarim|yap|hazirl)|google'?d?a? (?:ilk|ust)|e-?ticaret paket|toplu (?:sms|mail)|"
            r"(?:sifre|parola)\w* (?:dogrula|guncelle|yenile)\w* icin|dogrulama kodu|(?:kargonuz|paketiniz|gonderiniz) (?:teslim|beklet|adres|gumruk)|mirasci|"
            r"fiyat (?:teklif|liste)\w*|fiyatlarimiz|urun (?:katalog|yelpaze|grub)|katalog\w*|bayilik|franchise|distribut|"
            r"(?:icra|haciz|borc)\w* (?:dosyaniz|kaydiniz)|evden (?:para|kazanc)|ek gelir|pasif gelir|yatirim (?:firsat|danis|getir)",
        ),
        (
            1.0,
            r"fiyatlar\b|\d\+1\b|kiralik|sitenize|apartmaniniza|isyerinize|ilk ay|yillik sozlesme|yetkili servis|odemeniz icin|son \d gun|arayin\b|sektorde|yillik tecrube|bayimiz|paneli?\b kurulum|"
            r"\d+ ?tl\b|yapilir\b|satilik|ikinci el|firsat\b|lider firma|firmay[iu]z|teklifimiz|kapida odeme|bit[.]ly|sadece [0-9]+ ?tl|musterimiz|kargonuz|profesyonel|kurumunuz|isletmeniz|belediyenize ozel|size ozel|sizin icin|bizi ara|bize yaz|icra|kazanmak ist|detaylar icin|firmamiz|sirketimiz|firma olarak|sirket olarak|markamiz|fabrikamiz|urunlerimiz|urunumuz|hizmetlerimiz|musterilerimiz|referanslarimiz|"
            r"indirim|kampanya|firsat(?:i|lar|tan)|kacirma|ozel fiyat|uygun fiyat|en uygun|avantajli|toptan|stok|garantili|tikla|hemen (?:ara|basvur|uye|incele|satin)|"
            r"bize ulasin|bizimle iletisim|iletisime gec(?:in|ebil)|detayli bilgi (?:icin|ve)|teklif(?:imiz|i) (?:sun|ilet|ver)|teklif (?:sun|al|ver)|tanitim|demo|ucretsiz (?:kargo|deneme|kesif|danis|numune)|"
            r"https?://|www\.|bonus|bahis|faiz|nakit|taksit|kredi|yatirim|kazanc|cekilis|hediye|uyelik|uye ol|abone ol|sponsor|fuar|seminer|webinar|sertifika|egitim paket|"
            r"\bkdv\b|\biban|\busd\b|dolar|euro|\$|€|%\s?\d|\d\s?%|yuzde \d+|%|sinirli sayida|son gun|sezon|satisa sun|uretmekte|uretimi|imalat|ithalat|ihracat|tedarik|"
            r"pazarlama|reklam ver|dijital|yazilim cozum|cozumlerimiz|erp|profesyonel ekibimiz|zayifla|fal bak|burc|medyum|kiralik araba|filo",
        ),
    )
)
_FOREIGN = frozenset(
    {
        *("the", "and", "you", "your", "for", "with", "our", "is", "to", "of", "we", "have", "please"),
        *("this", "that", "are", "from", "will", "can", "offer", "free", "best", "price"),
    }
)
_LATIN = "\u024f"
"""The last letter of the Latin ones that any of Europe's tongues needs."""
_ADDRESSED = re.compile(r"sayin muhtar(?:im|imiz|larimiz)\b")
"""Sellers greet headmen so; it makes the writer no headman."""
_HEADMAN = re.compile(
    r"mahallem|sokagim|sokakta|muhtar|vatandas|magdur|rica eder|arz eder|talep ed|istiyoruz"
)


def is_advertising(subject: str, body: str) -> bool:
    """Whether the text sells, lures or speaks a foreign tongue. A headman's own words count against it."""
    text = fold(f"{subject}\n{body}")
    if _is_foreign(text, f"{subject} {body}"):
        return True
    points = sum(weight * len(set(pattern.findall(text))) for weight, pattern in _SIGNS)
    return points - 1.5 * len(set(_HEADMAN.findall(_ADDRESSED.sub(" ", text)))) >= _ENOUGH


def _is_foreign(folded: str, text: str) -> bool:
    words = folded.split()
    if sum(word.strip(".,!?:;") in _FOREIGN for word in words) >= max(3, len(words) // 8):
        return True
    if max(text) <= _LATIN:
        return False
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 10 and sum(c > _LATIN for c in letters) > len(letters) / 2
