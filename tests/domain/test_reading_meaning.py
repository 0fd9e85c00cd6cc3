"""What replies say: a table of real turns of phrase. A wrong, sure ``done`` closes a citizen's request."""
# ruff: noqa: E501 - mails and sentences stand here as they were written

import pytest

from daemon.domain.answers.meaning import Meaning, understand
from daemon.domain.text import fold

D, P, R, N, T = Meaning.DONE, Meaning.IN_PROGRESS, Meaning.REJECTED, Meaning.NOT_OURS, Meaning.TRANSFER
Q, E, B, S, U, K = (
    Meaning.QUESTION,
    Meaning.EXTENSION,
    Meaning.REOPEN,
    Meaning.STATUS,
    Meaning.UNCLEAR,
    Meaning.THANKS,
)

SURELY_DONE = [
    "TAMAMLANDI",
    "TAMAMLANDI\n\nÇukur asfalt yama ile kapatıldı.",
    "TAMAMLANDI: çukur dolduruldu",
    "Tamamlandı.",
    "tamamlandi",
    "Tamamlanmıştır.",
    "Çalışma tamamlanmıştır.",
    "Söz konusu çalışma tamamlanmış olup bilgilerinize arz ederim.",
    "Talep ekiplerimizce yerine getirilmiştir.",
    "Bahsi geçen arıza giderilmiştir, bilgilerinize rica ederim.",
    "Çukur ekiplerimizce onarıldı.",
    "Kaldırım onarımı yapıldı bilginize.",
    "Gereği yapılmıştır.",
    "Yapıldı.",
    "Budama işlemi 07.12.2026 tarihinde yapılmıştır.",
    "Ağaçlar budandı, dallar toplandı.",
    "Konteyner değiştirilmiştir.",
    "Haşere ilaçlaması yapılmıştır. Bilgilerinize arz olunur.",
    "Sorun çözüldü.",
    "SORUN ÇÖZÜLDÜ",
    "Sorun çözüldü, teşekkür ederiz.",
    "Bank tamir edildi. Kolay gelsin.",
    "Moloz kaldırıldı, fotoğraf ektedir.",
    "COKELME GIDERILMISTIR. BILGINIZE",
    "Çalışma tamamlanmış bulunmaktadır.",
    "Bakımı yapıldı ve çalışır duruma getirildi.",
    "Tarafımızca gerekli çalışma tamamlandı. İyi çalışmalar.",
    "Tıkanıklık açılmıştır.",
    "İlgili adresteki çöpler alınmış ve temizlenmiştir.",
    "Yolun asfaltlaması tamamlandığı hususunu bilgilerinize arz ederim.",
    "Başka bir sorun kalmamıştır, çukur kapatılmıştır.",
]

NOT_SURELY_DONE = [
    ("Henüz tamamlanmadı.", {P, U}),
    ("henuz tamamlanmadi", {P, U}),
    ("HENÜZ TAMAMLANMADI", {P, U}),
    ("Çalışma henüz tamamlanamadı.", {P, U}),
    ("Tamamlanmamıştır.", {P, U, B}),
    ("Yapılmamıştır.", {P, U, B}),
    ("Çalışmaya henüz başlanmadı.", {P, U}),
    ("Tamamlanacaktır.", {P}),
    ("En kısa sürede yapılacaktır.", {P}),
    ("Programa alınmıştır.", {P}),
    ("Talebiniz 2027 yatırım programında değerlendirilecektir.", {P}),
    ("Talebiniz 2027 yılı yatırım programında değerlendirilmek üzere not alınmıştır.", {P}),
    ("Tamamlandı mı?", {Q, S}),
    ("Bu iş tamamlandı mı", {Q, S}),
    ("Yapıldıysa bilgi verir misiniz?", {Q, S}),
    ("Tamamlandığında bilgi verilecektir.", {P}),
    ("Çalışma kısmen tamamlandı.", {P}),
    ("Çalışma tamamlanmak üzere.", {P}),
    ("Çalışmanın yarısı tamamlandı.", {P}),
    ("%80'i tamamlandı.", {P}),
    ("İlk etap tamamlandı, ikinci etap devam ediyor.", {P}),
    ("Keşif yapıldı.", {D, P, U}),
    ("Yerinde inceleme yapılmıştır.", {D, P, U}),
    ("İnceleme tamamlandı, ihaleye çıkılacak.", {P, U}),
    ("İhale süreci tamamlandı.", {P, D, U}),
    ("Gerekli planlama yapıldı.", {P, D, U}),
    ("Geçici olarak kapatıldı, kalıcı onarım baharda yapılacak.", {P}),
    ("Yapıldı ama tekrar bozuldu.", {B, U, D}),
    ("Tamamlandı ancak asfalt yaması eksik kaldı.", {B, U, P, D}),
    ("Neredeyse tamamlandı.", {P}),
    ("Tamamlandı sanıyorduk, değilmiş.", {U, D}),
    ("Tamamlandı gibi görünüyor.", {U, D}),
    ("Tamam.", {U}),
    ("Tamamdır.", {U, D}),
    ("TAMAMLANDI\nHenüz başlayamadık, haftaya geleceğiz.", {U, P}),
    ("TAMAMLANDI mı bilmiyorum, bakacağız", {U, P, Q, S}),
    ("Tamamlandı değil.", {U, P}),
    ("Tamamlanmış değildir.", {U, P}),
    ("Olumsuz hava koşulları nedeniyle çalışma gecikmiştir.", {U, P}),
    ("Yapılması için ekip yönlendirilmiştir.", {P}),
    ("Tamamlandığı söylendi.", {U, D}),
    ("Vatandaş yapıldığını söyledi.", {U, D}),
    ("Yapılan çalışma sonucunda rapor hazırlanacaktır.", {P}),
    ("Onarıldı mı diye bakmaya gideceğiz.", {P, Q, S, U}),
    ("MHT-2026-000012 tamamlandı, MHT-2026-000013 devam ediyor.", {P, U}),
    ("Sizin için yapıldı mı bilemedim", {U, Q, S}),
    ("Hiçbir şey yapılmadı.", {B, U, P}),
    ("Malzeme siparişi verildi.", {U, P}),
    ("Onarılmıştı.", {U, D}),
    ("Bu hafta tamamlanır inşallah.", {U, P}),
    ("Bize bildirilen talep kayda alınmıştır.", {U, P}),
    ("Geçen yıl da yapıldı.", {U, D}),
]

OTHERS = [
    ("İŞLEMDE", P, True),
    ("Çalışmalar devam etmektedir.", P, True),
    ("Ekiplerimiz bölgede çalışıyor, devam ediyor.", P, True),
    ("Çalışmalara başlanmıştır.", P, True),
    ("Henüz başlanmadı.", P, True),
    ("İş programına alındı, haftaya yapılacak.", P, True),
    ("Talebiniz değerlendirmeye alınmıştır.", P, None),
    ("OLUMSUZ", R, True),
    ("Talebin yapılması teknik olarak mümkün değildir.", R, True),
    ("Talebiniz uygun görülmemiştir.", R, True),
    ("Talep olumsuz değerlendirilmiştir.", R, True),
    ("Talebiniz reddedilmiştir.", R, True),
    ("Ödenek yetersizliği nedeniyle talep karşılanamamaktadır.", R, None),
    ("Şu an mümkün değil.", R, False),
    ("Bu yıl mümkün değil, 2027 programında değerlendirilecektir.", P, False),
    ("BİZE AİT DEĞİL", N, True),
    ("Bize ait değil.", N, True),
    ("bize ait degildir", N, True),
    ("Konu görev alanımızda değildir.", N, True),
    ("Müdürlüğümüzü ilgilendirmiyor.", N, True),
    ("Müdürlüğümüz görev alanına girmemektedir.", N, True),
    ("Konu müdürlüğümüz görev ve yetki alanı dışındadır.", N, True),
    ("EK SÜRE", E, True),
    ("EK SÜRE\n10 gün", E, True),
    ("10 gün daha süre rica ediyoruz.", E, True),
    ("Süre uzatımı talep ediyoruz.", E, True),
    ("Malzeme bekliyoruz, ek süreye ihtiyacımız var.", E, True),
    ("Adres nedir?", Q, None),
    ("Açık adres gönderir misiniz?", Q, None),
    ("Fotoğraf gönderebilir misiniz", Q, None),
    ("Hangi sokak olduğunu bildirir misiniz?", Q, None),
    ("Açık adresin bildirilmesini rica ederiz.", Q, None),
    ("Teşekkür ederim.", K, None),
    ("Teşekkürler, elinize sağlık.", K, None),
    ("Çok sağolun Allah razı olsun", K, None),
    ("SORUN SÜRÜYOR", B, True),
    ("SORUN SÜRÜYOR\nÇukur yine açıldı.", B, True),
    ("Sorun devam ediyor.", B, True),
    ("sorun hala cozulmedi", B, True),
    ("Hala yapılmamış.", B, None),
    ("Kimse gelmedi.", B, None),
    ("Gelen giden olmadı, aynı şekilde duruyor.", B, None),
    ("Çukur tekrar açıldı.", B, None),
    ("Teşekkürler ama sorun devam ediyor.", B, None),
    ("DURUM", S, True),
    ("Durum?", S, True),
    ("Talebim hangi aşamada?", S, None),
    ("Talebimiz ne oldu?", S, None),
    ("Ne zaman yapılacak?", S, None),
    ("Son durum nedir", S, None),
    ("Bilgi.", U, False),
    ("Merhaba", U, False),
    ("", U, False),
]

TRANSFERS = [
    ("BİZE AİT DEĞİL → Fen İşleri", "Fen İşleri"),
    ("BİZE AİT DEĞİL\nFen İşleri Müdürlüğü", "Fen İşleri Müdürlüğü"),
    ("Bize ait değil, Fen İşleri Müdürlüğüne ait.", "Fen İşleri Müdürlüğü"),
    ("bize ait degil fen islerine ait", "fen isleri"),
    ("BIZE AIT DEGIL, PARK VE BAHCELER MUDURLUGUNE AITTIR", "PARK VE BAHCELER MUDURLUGU"),
    ("Bize ait değil -> Park ve Bahçeler", "Park ve Bahçeler"),
    ("Konu Fen İşleri'ne aittir, bize ait değil.", "Fen İşleri"),
    ("Konu müdürlüğümüz görev alanında olmayıp Temizlik İşleri Müdürlüğünün görev alanındadır.", "Temizlik İşleri Müdürlüğü"),
    ("Talebin Fen İşleri Müdürlüğüne sevk edilmesini rica ederiz, görev alanımızda değildir.", "Fen İşleri Müdürlüğü"),
    ("Bu konu ASKİ'nin görev alanındadır, bize ait değil.", "ASKİ"),
    ("Bize ait değil, Zabıtaya iletiniz.", "Zabıta"),
    ("Görev alanımızda değil. Veteriner İşleri Müdürlüğü ilgileniyor.", "Veteriner İşleri Müdürlüğü"),
]  # fmt: skip


@pytest.mark.parametrize("text", SURELY_DONE)
def test_a_clear_statement_closes(text: str) -> None:
    understood = understand(text)
    assert (understood.meaning, understood.sure) == (D, True), understood


@pytest.mark.parametrize("text", SURELY_DONE)
@pytest.mark.parametrize("spelling", [fold, lambda t: fold(t).upper()])
def test_it_closes_in_capitals_and_without_turkish_letters_alike(text: str, spelling) -> None:  # type: ignore[no-untyped-def]
    understood = understand(spelling(text))
    assert (understood.meaning, understood.sure) == (D, True), understood


@pytest.mark.parametrize(("text", "allowed"), NOT_SURELY_DONE)
@pytest.mark.parametrize("spelling", [str, fold, lambda t: fold(t).upper()])
def test_what_is_not_clearly_done_never_closes(text: str, allowed: set[Meaning], spelling) -> None:  # type: ignore[no-untyped-def]
    understood = understand(spelling(text))
    assert understood.meaning in allowed, understood
    assert not (understood.meaning is D and understood.sure), understood
    assert not (understood.meaning is R and understood.sure), understood


@pytest.mark.parametrize(("text", "meaning", "sure"), OTHERS)
@pytest.mark.parametrize("spelling", [str, fold, lambda t: fold(t).upper()])
def test_other_answers_are_told_apart(text: str, meaning: Meaning, sure: bool | None, spelling) -> None:  # type: ignore[no-untyped-def]
    understood = understand(spelling(text))
    assert understood.meaning is meaning, understood
    assert sure is None or understood.sure is sure, understood


@pytest.mark.parametrize(("text", "target"), TRANSFERS)
def test_a_transfer_names_its_target_without_case_endings(text: str, target: str) -> None:
    understood = understand(text)
    assert (understood.meaning, understood.target, understood.sure) == (T, target, True), understood


@pytest.mark.parametrize("text", ["Yapılmadı.", "Henüz gelmediler.", "Devam ediyor.", "Giderilmemiştir."])
def test_the_same_words_reopen_from_a_headman_and_not_from_a_liaison(text: str) -> None:
    assert understand(text, to_headman=True).meaning is B
    assert understand(text, to_headman=False).meaning is P


@pytest.mark.parametrize("word", ["tamamlandı", "giderilmiştir", "yapıldı", "onarıldı", "çözüldü"])
@pytest.mark.parametrize(
    "frame",
    ["{} mı?", "henüz {} denemez", "{}ysa bildiriniz", "{} ancak sorun sürüyor", "{} diye yazılmış ama yok", "ne zaman {}?",
     "{}, kalan kısım yapılacak", "{} değil", "umarım {}", "kısmen {}", "{} olarak kapatmayınız"],
)  # fmt: skip
def test_no_frame_around_a_done_word_lets_it_close(word: str, frame: str) -> None:
    understood = understand(frame.format(word))
    assert not (understood.meaning is D and understood.sure), understood


@pytest.mark.parametrize(
    "text", ["Belirtilen adreste sorun tespit edilememiştir.", "Herhangi bir arıza teyit edilemedi."]
)
def test_a_trouble_that_was_not_found_is_not_work_in_progress(text: str) -> None:
    """A person decides: perhaps the address was wrong, perhaps there is nothing left to do."""
    understood = understand(text, to_headman=False)
    assert (understood.meaning, understood.sure) == (Meaning.UNCLEAR, False)


@pytest.mark.parametrize(
    "text",
    [
        "MHT-2026-000004 numaralı talep tamamlanmıştır.",
        "12.10.2026 tarihli ve MHT-2026-000004 numaralı talep tamamlanmıştır.",
    ],
)
def test_a_request_called_by_its_number_or_day_is_the_job_itself(text: str) -> None:
    assert (understand(text).meaning, understand(text).sure) == (D, True)
    for step in ("Kapı numarası verildi.", "Keşif tarihi tamamlandı."):
        assert not (understand(step).meaning is D and understand(step).sure)
