"""Ordinary Turkish words that look like a word of the mappings: they share its first five letters or its letters.

Grammar, not office knowledge, so they stand here and not in ``mappings.yaml``, which outweighs them where it holds
the very word.
"""

_ALIKE = """
mesele, servis, kapandı, kapanıyor, kapanmı, kapanan, bari, plaka, seferinde, kurudu, kurulan, kuru, giderken,
ilgisi, sürüyor, yüklenici, yükledi, dönüşte, durmuş, yavrum, sürücü, kullan, koruma, korusun, dolmuştur,
vize, akıllı, suret, sunucu, nazmiye, kapora, haberiniz, haberdar, şöyle, kare, karakış, eklenmi, eklenecek,
hizmetler, hizmeti, sevin, asılan, abonman, telefonla, telefonum, kaleme, kaldırıl, kaldırt, kaldırm, kaldırs,
kaldırıp, kaldırd, kaldırar, kaldırı, bayram, banka, bankası, toplantı, direkt, direksiyon, duruyor, durum,
durdur, karar, karşı, kart, kara, karın, basit, basınç, başka, sunar, sunul, sual, gazi, gazete, gazino, hata,
parça, parti, dalga, dalma, telefon, telaş, kadar, kurum, kazan, konuş, konum, yardımcı, pazartesi, kapat,
çalışm, çalışan, kanaat, kabul, masal, sahil, sahip, imkan, taksit, sulh, duyar, duyul, sinema, yolcu, yolla,
kurtul, karton, karne, karış, karma, canlı, parlak, tabii, taban, kalabalık, muhtar, muhtarlık, öğren,
öğrenmek, numara, oturan, oturuyor, oturam, temin, gençler, kutlar, kutlu, engelle, tamir, yapılan, yapılacak,
yapılması, olarak, halkı, geçici, geçin, sokakta, isteni, iste, teslim, tercih, takip, takım, sakin,
sakinleri, şekil, seçil, satır, gelir mi, taraf, devril, devrilecek, elektronik, göster, söyle, giderek,
gideril, tespit, torba, tekerlekli, market, mobilya, motor, yazıl, taşın, yürüt, kuru, kulüp, kulübü, demir,
besleniyor, basamıyor, yıkansın, yesin, yukarı, yarın, yarısı, yardımcı, kimse, sonunda, kalmış, hocam,
bayramlaş, kazanır, parke, kardeşim, için, çünkü, şimdi, ankara, azalan, azami, barındır, barış, besin, bursa,
çaba, çalın, çalış, çalıntı, çarpıc, çarpış, çarpıyor, çarpıp, çarptı, çarpma, depresyon, diyalog, dönerken,
dönerek, dönerse, dramatik, elektron, enfeksiyon, esrarengiz, fazla, formasyon, güven, hapis, hapse, harca,
harcı, heyecan, hisset, hissed, ilaçlar, inşaallah, inşallah, iskelet, ittifak, kampanya, kampüs, kapkara,
karakter, kargaşa, karım, karısı, kaynak, kıyamet, konsept, konserve, konsey, kondu, kumanda, kurbağa, kültür,
külliye, makbul, maliye, malı, masaj, metrobüs, monte, müşteri, oyuncu, örgüt, paylaş, patent, pazarlık,
pazarlama, portal, potansiyel, protein, protesto, saç, saçma, saniye, satıl, satılıyor, satılan, seferber,
selam, seyret, seyred, standart, şüphesiz, tabur, tahliye, tahsil, taksın, tanıdı, tanış, tartış, taşıma,
tersine, trabzon, tutamaz, uygulan, uyguladı, uygular, vince, yaman, yaratı, yatmak, yazıcağ, yazıcak,
yazıcaz, yazıları, yazılar, yoksun, yoksa, zarfında, diyor, diyo, gösteriyo, gösteril, gösterir, kaydırıyo,
kaydırd, istinaden, engelliyo, aktar, kocaman, durağan, temizliyo, hakediyo, basınca, kıracak, kasaba,
korkulacak, sergile, işleten
"""
_NEAR = """
söyle, söylü, söyled, tamam, kasım, müslüman, kelime, transfer, tarım, fikir, fikri, resmen, idari, severi,
seversi, model, denile, yumurta, dayalı, kral, mardin, alevi, ilahi, evren, hissi, manevi, bıktı, formu,
formül, şuray, şurada, orada, oradaki, ordaki, dedin, makale, hariç, alarm, şiir, saklı, diline, dilinde,
anonim, ısrar, kudüs, yedim, seyir, şahsen, haram, beyin, beyni, sihir, burdur, deneyim, şapka, şeyde, bomba,
hamle, vedat, ergin, pahası, öncü, doğuda, doğuya, doğusu, doğada, doğaya, cahil, terbiye, sahra, zeka,
danimarka, balina, mevlüt, taviz, tahıl, bütün, şaşkın, şaka, statü, dayan, nüfuz, çoluk, dua, duaları,
dualar, beşinde, köpür, münasebet, leylak, sevgi, siyah, subat, şubat, harika, süper, örnek, yalan, yalancı,
modern, tavsiye, iddia, önemi, mahkeme, madem, şükür, tıpkı, tarz, şans, tokat, sanal, çılgın, aşkı, nakit,
burdan, buran, bundan, çetin, derdim, derdi, marş, şafak, bayağı, sağır, soluk, somut, nazik, sakat, dudak,
makarna, mağara, suçlar, suçlu, kaşık, teselli, hafız, tertemiz, minder, sıfır, şifa
"""
"""Near a word of the mappings by one letter only, and no slip."""
_PHRASES = """
bu sefer, her sefer, kaç sefer, haber ver, kaleme al, bir işlem, makamınıza arz, sizlere aktar, size aktar,
bilgilerinize aktar, aktarmak ist, sıkıntı aktar, talep aktar, sorun aktar, mahalle sınırları içerisinde,
mahalle sınırları içinde, mahalle sınırları dahilinde, muhtarlık sınırları içerisinde, muhtarlık sınırları
içinde, muhtarlık sınırları dahilinde, şu an, şu anda, şu anki, şu ana, şu şekilde, şu konu, şu sokak, şu bizim,
pazar günü, meydana gel, söz konusu, yol göster, el uzat, sağ ol, baş sağlığı, sağlık dile, sağlık sıhhat,
sağlık ve mutluluk, sağlıklı günler, mahalle halkı, dört gözle, gözden geçir, ambulans giremi, ambulans girem,
itfaiye giremi, itfaiye girem, hastamız var, savaş alanı, çöp kamyonu giremi, şehit yakını, can güvenliği, göz
önünde, dikkate al, yol açıyor, yol açmakta, neden olu, iş güç, işe gid, okula gid, işten gel, yerine getir, ele
al, her yer, el birliği, hayırlı işler, ay yüzeyi, her şey yolunda, işler yolunda, işimiz yolunda, yolunuz açık,
yola çık, suya düş, sudan sebep, havadan sudan, su götürmez, ateş pahası, göz yum, ekmek para, ışık tut, yeşil
ışık, taşın altına, elini taşın, hava at, kan ter, dualarımız sizinle, yolu gözl, gözümüz yolda, yolumuz düş,
baba ocağı, elimiz ayağımız, can damarı, gül gibi, bütçe imkanları, bütçe olanakları, bütçe elver, bütçe durumu,
imkanları ölçüsünde, imkanlar dahilinde, yatırım programı, programa alınması
"""


def _listed(text: str) -> tuple[str, ...]:
    return tuple(" ".join(text.split()).split(", "))


ORDINARY_WORDS = (*_listed(_ALIKE), *_listed(_NEAR))
ORDINARY_PHRASES = _listed(_PHRASES)
