"""Whose words are whose: quotation heads of many programs, answers between the lines, signatures."""
# ruff: noqa: E501 - mails and sentences stand here as they were written

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from daemon.domain.answers.quotation import split_quotation
from daemon.domain.answers.signature import strip_signature

OWN = "Çukur kapatılmıştır."
QUOTED = "Sayın yetkili, MHT-2026-000123 sayılı talep\nmüdürlüğünüze iletilmiştir."
MARKED = "\n".join(f"> {line}" for line in QUOTED.split("\n"))

UNMARKED_HEADS = [
    "-----Özgün İleti-----\nKimden: A B [mailto:a@b.tr]\nGönderilme: Salı 8.12.2026 10:12\nKime: C\nKonu: Yol",
    "-----Orijinal Mesaj-----\nKimden: A B\nGönderildi: 8 Aralık 2026 Salı 10:12\nKime: C\nKonu: Yol",
    "-----Original Message-----\nFrom: A B <a@b.tr>\nSent: Tuesday, December 8, 2026 10:12 AM\nTo: C\nSubject: Yol",
    "----- Orijinal İleti -----\nGönderen: A B\nTarih: 8.12.2026\nKonu: Yol",
    "________________________________\nKimden: A B <a@b.tr>\nGönderildi: 8 Aralık 2026 Salı 10:12:00\nKime: C <c@d.tr>\nKonu: Ynt: Yol",
    "________________________________________\nGönderen: A B <a@b.tr>\nGönderildi: 8 Aralık 2026\nAlıcı: C\nKonu: Yol",
    "Kimden: A B <a@b.tr>\nGönderildi: 8 Aralık 2026 Salı 10:12\nKime: C <c@d.tr>; D <d@e.tr>;\n E <e@f.tr>\nBilgi: F\nKonu: Yol",
    "*Kimden:* A B <a@b.tr>\n*Gönderildi:* 8 Aralık 2026 Salı 10:12\n*Kime:* C <c@d.tr>\n*Konu:* Yol",
    "From: A B <a@b.tr>\nSent: Tuesday, December 8, 2026 10:12 AM\nTo: C <c@d.tr>\nCc: D\nSubject: Re: Yol",
    "From: A B <a@b.tr>\nDate: 8 Aralık 2026 Salı 10:12\nTo: C <c@d.tr>\nSubject: Yol",
    "Kimden: a@b.tr\nKime: c@d.tr\nGönderilenler: 8 Aralık 2026 Salı\nKonu: Yol",
    "Kimden :\tA B\nTarih :\t08.12.2026 10:12\nKime :\tC\nKonu :\tYol",
    "-------- Orijinal mesaj --------\nGönderen: A B <a@b.tr>\nTarih: 8.12.2026 10:12 (GMT+03:00)\nAlıcı: c@d.tr\nKonu: Yol",
    "-------- Orjinal mesaj --------\nGönderen: A B <a@b.tr>\nTarih: 8.12.2026 10:12\nAlıcı: c@d.tr\nKonu: Yol",
    "A B <a@b.tr>, 8 Ara 2026 Sal, 10:12 tarihinde şunu yazdı:",
    "8 Ara 2026 Sal, 10:12 tarihinde A B <a@b.tr> şunu yazdı:",
    "8 Ara 2026 Sal 10:12 tarihinde A B <a@b.tr>\nşunu yazdı:",
    "8 Aralık 2026 Salı 10:12:03 GMT+3 tarihinde, A B <a@b.tr> şunu yazdı:",
    "On Tue, Dec 8, 2026 at 10:12 AM A B <a@b.tr> wrote:",
    "On Tuesday, December 8, 2026 at 10:12:03 AM GMT+3, A B\n<a@b.tr> wrote:",
    "Yanıtınızı bu satırın üstüne yazınız",
]
MARKED_HEADS = [
    *(head for head in UNMARKED_HEADS if head.endswith(":") and "\nKonu" not in head),
    "8.12.2026 10:12 tarihinde A B yazdı:",
    "8.12.2026 10:12 tarihinde, A B yazdı:",
    "A B <a@b.tr> şunları yazdı (8 Ara 2026 10:12):",
    "8 Ara 2026 tarihinde saat 10:12’de, A B <a@b.tr> şunları yazdı:",
    "8 Ara 2026 tarihinde 10:12 saatinde, A B <a@b.tr> şunları yazdı:",
    "08.12.2026, 10:12, \"A B\" <a@b.tr>:",
    "On 8.12.2026 10:12, A B wrote:",
    "On 08/12/2026 10:12, A B wrote:",
    "8 Aralık 2026 Salı tarihinde A B <a@b.tr> yazdı:",
    "Muhtarlık İşleri Müdürlüğü, Örnek Belediyesi <a@b.tr>, 8 Ara 2026\nSal, 10:12 tarihinde şunu yazdı:",
]  # fmt: skip


@pytest.mark.parametrize("head", UNMARKED_HEADS)
def test_everything_below_a_head_without_marks_is_quoted(head: str) -> None:
    split = split_quotation(f"{OWN}\n\n{head}\n\n{QUOTED}", is_answer=True)
    assert split.own == (OWN,)
    assert QUOTED in split.quoted
    assert head.split("\n", maxsplit=1)[0] in split.quoted


@pytest.mark.parametrize("head", UNMARKED_HEADS)
def test_a_head_right_below_the_words_is_found_too(head: str) -> None:
    assert split_quotation(f"{OWN}\n{head}\n{QUOTED}", is_answer=True).own == (OWN,)


@pytest.mark.parametrize("head", MARKED_HEADS)
def test_words_above_between_and_below_marked_quotations_are_the_writers(head: str) -> None:
    split = split_quotation(f"Üst.\n\n{head}\n{MARKED}\n\nOrta.\n\n{MARKED}\n\nAlt.", is_answer=True)
    assert split.own == ("Üst.", "Orta.", "Alt.")


@pytest.mark.parametrize("head", MARKED_HEADS)
def test_an_answer_below_the_quotation_is_the_writers(head: str) -> None:
    assert split_quotation(f"{head}\n\n{MARKED}\n\n{OWN}", is_answer=True).own == (OWN,)


@pytest.mark.parametrize("head", [*UNMARKED_HEADS, *MARKED_HEADS])
def test_heads_are_found_in_capitals_and_behind_marks(head: str) -> None:
    marked = "\n".join(f"> {line}" for line in head.split("\n"))
    assert split_quotation(f"{OWN}\n\n{marked}\n{MARKED}", is_answer=True).own == (OWN,)


@pytest.mark.parametrize(
    "words",
    [
        "Muhtarımız şunu yazdı: yol bozuk.",
        "Konu: Yol\nTarih: 8.12.2026\nLale Sokakta çukur var.",
        "8.12.2026 tarihinde dilekçe verdik: yanıt yok.",
        "Saat 10:12'de gelen ekip çukuru kapattı:\n- yama yapıldı\n- süpürüldü",
        "From my window I see the hole.",
        "İletilen şikayetler:\n1. Çöp\n2. Yol",
        "------\nÇukur var\n------",
    ],
)
def test_ordinary_words_are_no_quotation(words: str) -> None:
    split = split_quotation(words, is_answer=True)
    assert split.own == (words,)
    assert split.quoted == ""


def test_a_wrapped_rest_of_a_quoted_line_stays_quoted() -> None:
    text = f"{OWN}\n\n> Bu satır o kadar uzundu ki posta programı onu tam da burada ikiye\nbölüp işaretsiz bıraktı.\n> devamı"
    assert split_quotation(text, is_answer=True).own == (OWN,)


SIGNED = [
    ("Çukur kapatıldı.", "Saygılarımla,\nAyşe Demir\nFen İşleri Müdürlüğü\n0312 000 00 00"),
    ("Çukur kapatıldı.", "Saygılarımla\n\nAyşe DEMİR\nİnşaat Mühendisi\nTel: 0312 000 00 00\nwww.ornek.bel.tr"),
    ("Gereğini arz ederim.", "Saygılarımla."),
    ("Gereğini arz ederim.", "Hasan Kurt\nAtapark Mahallesi Muhtarı"),
    ("Gereğini saygılarımla arz ederim.", "Hasan KURT\nAtapark Mah. Muhtarı\n0532 000 00 00"),
    ("Bilgilerinize arz ederim.\n\nNot: fotoğraf ektedir.", ""),
    ("Çukur var.", "-- \nHasan Kurt\nMuhtar"),
    ("Çukur var.", "İyi çalışmalar dilerim.\nHasan Kurt"),
    ("Çukur var.", "iPhone'umdan gönderildi"),
    ("Çukur var.", "iPhone’umdan gönderildi"),
    ("Çukur var.", "Android için Outlook'u edinin"),
    ("Çukur var.", "iOS için Outlook'u<https://aka.ms/o0ukef> edinin"),
    ("Çukur var.", "Get Outlook for iOS<https://aka.ms/o0ukef>"),
    ("Çukur var.", "Sent from my iPhone"),
    ("Çukur var.", "Samsung Mobile cihazımdan gönderildi"),
    ("Çukur var.", "Samsung Galaxy akıllı telefonumdan gönderildi."),
    ("Çukur var.", "Windows için Posta ile gönderildi"),
    ("Çukur var.", "Yahoo Mail'den gönderildi"),
    ("Çukur var.", "Huawei telefonumdan gönderildi"),
    ("Çukur var.", "YASAL UYARI\nBu e-posta gizlidir.\n\nSorumluluk kabul edilmez."),
    ("Çukur var.", "Bu e-posta mesajı ve ekleri gönderildiği kişi ya da kuruma özeldir ve gizlidir."),
    ("Çukur var.", "Bu elektronik posta ve onunla iletilen bütün dosyalar sadece göndericisi tarafından alması\namaçlanan yetkili kişinin kullanımı içindir."),
    ("Çukur var.", "Çevreyi korumak için bu e-postayı yazdırmayınız."),
    ("Çukur var.", "Lütfen gerekmedikçe yazdırmayınız. Çevrenizi koruyun."),
    ("Çukur var.", "This e-mail and any attachments are confidential and intended solely for the addressee."),
    ("Çukur var.", "Ayşe Demir\nİrtibat Personeli\nDahili: 1122"),
    ("Çukur var.", "Saygılarımla\nHasan Kurt\nAtapark Mahallesi Muhtarı\nTelefon: 0500 000 00 00\nAdres: Atapark Muhtarlığı, Lale Sokak 3"),
    ("Çukur var.", "Hasan Kurt\nAtapark Mahallesi Muhtarı\nAdres: Atapark Muhtarlığı\nE-posta: atapark@example.com"),
    ("TAMAMLANDI", "Ayşe Demir\nFen İşleri Müdürlüğü"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "signature"), SIGNED)
def test_what_stands_below_the_words_is_cut(words: str, signature: str) -> None:
    text, rest = strip_signature(f"{words}\n\n{signature}".strip(), name="Ayşe Demir")
    assert text == words
    assert rest == signature.strip()


@pytest.mark.parametrize(
    "words",
    [
        "İyi günler,\nLale Sokakta çukur var.",
        "İyi günler dilerim. Lale Sokakta çukur var.",
        "Merhaba,\nSokağımızda çöp var.\n\nLale Sokak No: 5\nAtapark",
        "Ayşe Demir adlı vatandaşın talebi yerine getirildi.",
        "Bu e-posta adresine yazmamı söylediler, sokağımız karanlık.",
        "Evrak posta ile gönderildi.",
        "Talepler:\n1- Yol\n2- Kaldırım\n3- Park",
        "Ekip Android cihazından fotoğraf gönderdi.",
        "Saygılarımla gereğini arz ederim.",
    ],
)
def test_words_are_not_mistaken_for_a_signature(words: str) -> None:
    text, _ = strip_signature(words, name="Ayşe Demir")
    assert text == words


@pytest.mark.parametrize("above", ["", "-- \n", "--\n\n"])
def test_our_own_reference_is_nobody_s_words_also_where_a_program_drops_the_line_above_it(above: str) -> None:
    written = f"TAMAMLANDI\nSalıncak yenilendi.\n\n{above}Takip kodu: MHT.GgAAAiY1dFxb7NXBgvr7XUyP\n"
    words, rest = strip_signature(written)
    assert words == "TAMAMLANDI\nSalıncak yenilendi."
    assert "MHT.GgAAAiY1dFxb7NXBgvr7XUyP" in rest, "what brings the reply back to its request is not lost"


def test_a_postscript_below_the_signature_is_kept() -> None:
    text, _ = strip_signature(
        "Çukur kapatıldı.\n\nSaygılarımla\nAyşe Demir\n\nNot: Kaldırım yarın yapılacak."
    )
    assert "Kaldırım yarın yapılacak" in text


@pytest.mark.parametrize("name", ["Ayşe Demir", "Ayşe Demir\nAtapark Muhtarı\n"])
def test_an_address_by_itself_below_the_signature_may_be_where_the_trouble_is(name: str) -> None:
    text, _ = strip_signature(f"Çukur var.\n\nSaygılarımla\n{name}\nAdres: Lale Sokak 12 numaranın önü")
    assert "Lale Sokak 12" in text


LINE = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=80)


@settings(deadline=None)
@given(st.lists(LINE, max_size=30), st.booleans())
def test_every_line_is_either_own_or_quoted(lines: list[str], is_answer: bool) -> None:
    text = "\n".join(lines)
    split = split_quotation(text, is_answer=is_answer)
    kept = "\n".join((*split.own, split.quoted))
    assert all(line.strip() in kept for line in lines)


PLAIN = st.text("abcçdefgğhıijklmnoöprsştuüvyz ABC.,:?!0123", max_size=60)


@settings(deadline=None)
@given(
    st.sampled_from(UNMARKED_HEADS),
    st.lists(PLAIN, max_size=10),
    st.sampled_from([OWN, "TAMAMLANDI", "Evet."]),
)
def test_no_quoted_line_reaches_the_words(head: str, quoted: list[str], own: str) -> None:
    split = split_quotation("\n".join([own, "", head, "", *quoted]), is_answer=True)
    assert split.own == (own,)


@settings(deadline=None)
@given(st.lists(LINE, max_size=30), LINE)
def test_cutting_signatures_never_fails_and_invents_nothing(lines: list[str], name: str) -> None:
    passage = "\n".join(lines)
    text, _ = strip_signature(passage, name=name)
    assert all(line.strip() in passage for line in text.split("\n"))
