"""Petitions' lines by tables: neighbourhoods, subjects, texts, and where one petition ends."""

from dataclasses import replace

import pytest

from daemon.domain.petitions.lines import is_addressee, is_closing, is_letterhead, lay_out
from daemon.domain.petitions.petition import Box, Condition, Line, Page, Word
from daemon.domain.petitions.places import find_whose
from daemon.domain.petitions.reading import read_petitions
from daemon.domain.petitions.split import split
from daemon.domain.text import fold
from tests.domain.petitions import CAME, LETTER, REGISTRY, page


@pytest.mark.parametrize(
    "second", ["Konu ile ilgili olarak daha önce sözlü", "Mahalle sakinlerimizden bir grup da"]
)
def test_a_sentence_that_begins_like_a_label_belongs_to_the_text(second: str) -> None:
    text = (
        "ÖRNEK BELEDİYE BAŞKANLIĞINA\nSokağımızda kış aylarında oluşan derin çukurlar vardır.\nYama gerekmektedir.\n"
        f"{second}\nbaşvurmuş, ancak sonuç alınamamıştır.\nGereğini arz ederim.\nOrhan Vurallı"
    )
    [petition] = read_petitions([page(text)], REGISTRY, CAME)
    assert petition.body.startswith("Sokağımızda kış aylarında")


@pytest.mark.parametrize(
    "line",
    [
        "kabı konulmasını istemektedir. Uygun görülmesi hâlinde Veteriner İşleri Müdürlüğüne",
        "ertelenmiştir. Ekiplerinizin çalışması sırasında muhtarlığımıza",
    ],
)
def test_a_line_of_the_text_that_ends_like_an_addressee_or_a_letterhead_is_text(line: str) -> None:
    text = (
        "ÖRNEK BELEDİYE BAŞKANLIĞINA\nHayvansever mahalle sakinlerimiz parkın içine kedi evi ile su\n"
        f"{line}\nhavalesini arz ederim. ya a\nOrhan Vurallı\nYeşiltepe Mahallesi Muhtarı"
    )
    [petition] = read_petitions([page(text)], REGISTRY, CAME)
    assert petition.body.startswith("Hayvansever mahalle")
    assert petition.body.rstrip(" ya").endswith("arz ederim.")


def test_in_capitals_a_sentence_about_the_matter_is_no_label() -> None:
    text = (
        "ÖRNEK BELEDİYE BAŞKANLIĞINA\nKONU: TABELA\nMUHTARLIĞIMIZIN YÖN TABELASI YOKTUR, VATANDAŞ BULAMIYOR.\n"
        "KONU HAKKINDA GEREĞİNİN YAPILMASINI ARZ VE TALEP\nEDERİM.\nORHAN VURALLI\nYEŞİLTEPE MAHALLESİ MUHTARI"
    )
    [petition] = read_petitions([page(text)], REGISTRY, CAME)
    assert "YÖN TABELASI YOKTUR" in petition.body
    assert petition.fields.subject.value == "TABELA"


def test_a_closing_formula_with_the_whole_text_behind_it_closes_nothing() -> None:
    text = (
        "ÖRNEK BELEDİYE BAŞKANLIĞINA\nYeşiltepe Mahallesi muhtarı olarak aşağıdaki hususu bilgilerinize sunarım.\n"
        "Mahallemiz Okul Sokak üzerinde kış aylarında oluşan derin çukurlar nedeniyle araçlar\n"
        "güçlükle geçmektedir. Söz konusu yolda asfalt yama çalışması yapılması gerekmektedir.\n"
        "Gereğini bilgilerinize erz ederim.\nOrhan Vurallı\nYeşiltepe Mahallesi Muhtarı"
    )
    [petition] = read_petitions([page(text)], REGISTRY, CAME)
    assert "asfalt yama çalışması" in petition.body
    assert petition.fields.headman.value == "Orhan Vurallı"


def test_a_subject_that_begins_in_the_middle_is_shown_to_a_person() -> None:
    """Its first words were lost: behind a gap stands a word that begins no sentence."""
    sheet = page(
        "BELEDİYE BAŞKANLIĞINA\nYaralı köpek için besleme noktası kurulmasını arz ederim.\nOrhan Vurallı"
    )
    label = Word("KONU", 0.95, Box(200, 170, 256, 190))
    subject = Line((label, Word("noktası", 0.97, Box(660, 170, 760, 190))))
    read = Page(1, Condition.READ, (sheet.lines[0], subject, *sheet.lines[1:]), 1654, 2339)
    [petition] = read_petitions([read], REGISTRY, CAME)
    assert (petition.fields.subject.value, petition.fields.subject.sure) == ("noktası", False)


def test_neighbourhood_and_headman_confirm_each_other() -> None:
    whose = find_whose(lay_out([page(LETTER)]), REGISTRY)
    assert (whose.neighbourhood.value, whose.neighbourhood.sure) == ("Yayla", True)
    assert (whose.headman.value, whose.headman.sure) == ("Mustafa Şahinbey", True)
    assert whose.neighbourhood.spot is not None
    assert not whose.contradicted


@pytest.mark.parametrize(
    ("text", "place", "sure"),
    [
        ("YAYLA MAHALLESİ MUHTARLIĞI\nMÜDÜRLÜĞÜNE\nYol bozuk.\nArz ederim.\nMustafa Şahinbey", "Yayla", True),
        ("Yeşi1tepe Mahallesi Muhtarlığı\nYol bozuk, arz ederim.\nOrhan Vuralli", "Yeşiltepe", True),
        ("Yol bozuk, arz ederim.\nFatih Acarbey\nMahalle Muhtarı", "Osmangazi", True),
        ("Yol bozuk.\nFatih Mahallesi sınırında da öyle, arz ederim.", "Fatih", False),
        ("Mahalle: Osman Gazi\nTarih: 01.02.2026\nYol bozuk, arz ederim.", "Osmangazi", True),
        ("Yol bozuk, arz ederim.", "", False),
        ("Muhtarı bulunduğum Yeşiltepe Mahallesi'nde yol bozuk.\nArz ederim.", "Yeşiltepe", True),
        ("İlçemizdeki Yeşiltepe Mahallesi'nin muhtarıyım. Yol bozuk.\nArz ederim.", "Yeşiltepe", True),
        ("Yeşiltepe Mahallesi'nde yol bozuk.\nArz ederim.", "Yeşiltepe", False),
    ],
)
def test_the_neighbourhood_is_as_sure_as_its_signs(text: str, place: str, sure: bool) -> None:
    found = find_whose(lay_out([page(text)]), REGISTRY).neighbourhood
    assert (found.value, found.sure) == (place, sure)


def test_a_signature_of_another_neighbourhoods_headman_is_a_contradiction() -> None:
    text = LETTER.replace("Mustafa ŞAHİNBEY", "Orhan VURALLI")
    whose = find_whose(lay_out([page(text)]), REGISTRY)
    assert whose.contradicted
    assert not whose.headman.sure


@pytest.mark.parametrize(
    ("line", "addressee", "letterhead", "closing"),
    [
        ("MUHTARLIK İŞLERİ MÜDÜRLÜĞÜNE", True, False, False),
        ("Örnek Belediye Başkanlıgına,", True, False, False),
        ("ÖRNEK BELEDİYE BAŞKANLIĞI'NA", True, False, False),
        ("T.C.", False, True, False),
        ("YAYLA MAHALLESİ MUHTARLIĞI", False, True, False),
        ("Yayla Mahallesi Muhtarı", False, False, False),
        ("Gereğini saygılarımla arz ederim.", False, False, True),
        ("Yolun yapılmasını arz ve talep ederiz.", False, False, True),
        ("14.03.2025 tarihinde Fen İşleri Müdürlüğüne", False, False, False),
        ("Yolun onarılması gerekmektedir.", False, False, False),
    ],
)
def test_lines_are_known_by_their_words(line: str, addressee: bool, letterhead: bool, closing: bool) -> None:
    folded = fold(line)
    assert (is_addressee(folded), is_letterhead(folded), is_closing(folded)) == (
        addressee,
        letterhead,
        closing,
    )


SECOND_PAGE = "2/2\nEk: imza listesi\nAhmet Kara\nVeli Ak"
PHOTOGRAPH = "No 14"


@pytest.mark.parametrize(
    ("pages", "groups"),
    [
        ((LETTER, LETTER), [(1,), (2,)]),
        ((LETTER, SECOND_PAGE, LETTER), [(1, 2), (3,)]),
        ((LETTER, "", LETTER), [(1,), (3,)]),
        ((LETTER, PHOTOGRAPH), [(1, 2)]),
        ((LETTER, "AYIRICI SAYFA", SECOND_PAGE), [(1,), (3,)]),
        (("",), []),
    ],
    ids=["two letters", "a second page", "a blank back", "a photograph", "a separator", "nothing"],
)
def test_a_file_is_split_where_a_petition_begins(
    pages: tuple[str, ...], groups: list[tuple[int, ...]]
) -> None:
    read = [page(text, n) if text else Page(n, Condition.BLANK) for n, text in enumerate(pages, 1)]
    assert [tuple(p.number for p in group) for group in split(read)] == groups


NEIGHBOUR = """
    Tarih: 05.04.2026
    ÖRNEK BELEDİYE BAŞKANLIĞINA
    Konu: Çöp konteyneri talebi
    Mahallemiz okulunun önündeki çöp konteyneri kırılmış olup yenisinin konulması gerekmektedir.
    Gereğini saygılarımla arz ederim.
    Orhan Vurallı
    Yeşiltepe Mahallesi Muhtarı
"""
WITHOUT_A_HEAD = """
    ÖRNEK BELEDİYE BAŞKANLIĞINA
    Mahallemiz okulunun önündeki çöp konteyneri kırılmış olup yenisinin konulması gerekmektedir.
    Gereğini saygılarımla arz ederim.
"""
COPIES = "DAĞITIM:\nFen İşleri Müdürlüğüne\nTemizlik İşleri Müdürlüğüne"


def test_two_petitions_on_one_sheet_are_two() -> None:
    first, second = read_petitions([page(LETTER + NEIGHBOUR)], REGISTRY, CAME)
    assert [each.fields.neighbourhood.value for each in (first, second)] == ["Yayla", "Yeşiltepe"]
    assert [each.fields.written.value for each in (first, second)] == ["2026-03-12", "2026-04-05"]
    assert [each.fields.subject.value for each in (first, second)] == ["Kaldırım", "Çöp konteyneri talebi"]
    assert (first.numbers, second.numbers) == ((1,), (1,))
    assert (first.doubts, second.doubts) == ((), ())
    assert "Tel" in first.text
    assert "konteyner" not in first.text
    assert "Kaldırım" not in second.text


def test_three_petitions_on_one_sheet_are_three() -> None:
    found = read_petitions([page(NEIGHBOUR + LETTER + NEIGHBOUR)], REGISTRY, CAME)
    assert [each.fields.neighbourhood.value for each in found] == ["Yeşiltepe", "Yayla", "Yeşiltepe"]
    assert [each.pages[0].part for each in found] == [1, 2, 3]


def test_a_second_petition_that_is_not_clearly_one_is_told_to_a_person() -> None:
    (petition,) = read_petitions([page(LETTER + WITHOUT_A_HEAD)], REGISTRY, CAME)
    assert petition.doubts == ("Sayfada birden fazla dilekçe olabilir; kesin olarak ayrılamadı.",)


@pytest.mark.parametrize("text", [LETTER, LETTER + COPIES, NEIGHBOUR + COPIES])
def test_one_petition_with_a_list_of_copies_is_one(text: str) -> None:
    (petition,) = read_petitions([page(text)], REGISTRY, CAME)
    assert petition.doubts == ()


@pytest.mark.parametrize(
    "label", ["ÖZÜ: ", "Özü : ", "ÖZETİ: ", "Mevzu : ", "Konu Başlığı: ", "Konumuz: ", "İLGİ/KONU : "]
)
def test_a_subject_is_labelled_in_older_words_too(label: str) -> None:
    (petition,) = read_petitions([page(LETTER.replace("Konu: ", label))], REGISTRY, CAME)
    assert petition.fields.subject.value == "Kaldırım"


def test_a_subject_goes_on_under_itself_though_its_first_line_is_short() -> None:
    sheet = page(LETTER.replace("Konu: Kaldırım", "KONU : Muhtarlık binasının\nboyanması ve onarımı"))
    lines = list(sheet.lines)
    n = next(n for n, line in enumerate(lines) if line.text.startswith("boyanması"))
    shift = lines[n - 1].words[2].box.left - lines[n].box.left
    lines[n] = Line(tuple(
        replace(w, box=replace(w.box, left=w.box.left + shift, right=w.box.right + shift)) for w in lines[n].words
    ))  # fmt: skip
    (petition,) = read_petitions([replace(sheet, lines=tuple(lines))], REGISTRY, CAME)
    assert petition.fields.subject.value == "Muhtarlık binasının boyanması ve onarımı"


def test_a_day_in_the_subjects_line_is_no_part_of_it() -> None:
    sheet = page(LETTER.replace("Sayı: 2026/14 12.03.2026", "Sayı: 2026/14"))
    n = next(n for n, line in enumerate(sheet.lines) if line.text.startswith("Konu"))
    day = (
        Word("Ankara,", 0.95, Box(1150, 300, 1250, 330)),
        Word("12.03.2026", 0.95, Box(1264, 300, 1404, 330)),
    )
    lines = (*sheet.lines[:n], Line((*sheet.lines[n].words, *day)), *sheet.lines[n + 1 :])
    (petition,) = read_petitions([replace(sheet, lines=lines)], REGISTRY, CAME)
    assert (petition.fields.subject.value, petition.fields.written.value) == ("Kaldırım", "2026-03-12")


def test_the_letters_day_close_behind_the_subject_is_no_part_of_it() -> None:
    text = LETTER.replace("Sayı: 2026/14 12.03.2026", "Sayı: 2026/14").replace(
        "Konu: Kaldırım", "Konu: Kaldırım 12.03.2026"
    )
    (petition,) = read_petitions([page(text)], REGISTRY, CAME)
    assert (petition.fields.subject.value, petition.fields.written.value) == ("Kaldırım", "2026-03-12")


def test_a_day_that_the_subject_tells_of_stays_in_it() -> None:
    text = LETTER.replace("Konu: Kaldırım", "Konu: Kaldırım çalışması 10.03.2026")
    (petition,) = read_petitions([page(text)], REGISTRY, CAME)
    assert petition.fields.subject.value == "Kaldırım çalışması 10.03.2026"
    assert petition.fields.written.value == "2026-03-12"


def test_a_subject_may_stand_under_its_heading() -> None:
    text = LETTER.replace("Konu: Kaldırım", "KONU:\nKaldırım onarımı.\nAÇIKLAMALAR:")
    (petition,) = read_petitions([page(text)], REGISTRY, CAME)
    assert petition.fields.subject.value == "Kaldırım onarımı"
    assert "Kaldırım onarımı" not in petition.body


@pytest.mark.parametrize(
    "row",
    [
        "Konu Kaldırım onarımı Telefon 0 (500) 000 22 47",
        "Konu Kaldırım onarımı hk. | Telefon | 0500 000 22 47",
        "Konu (Kaldırım onarımı Telefon to ) (500) 000 22 47",
        "Konu Telefon\nKaldırım onarımı",
        "Konu\nKaldırım onarımı\nFEN İŞLERİ MÜDÜRLÜĞÜNE",
    ],
)
def test_a_subject_in_a_tables_row_ends_where_its_second_column_begins(row: str) -> None:
    (petition,) = read_petitions([page(LETTER.replace("Konu: Kaldırım", row))], REGISTRY, CAME)
    assert petition.fields.subject.value == "Kaldırım onarımı"


def test_a_subject_may_speak_of_a_telephone() -> None:
    text = LETTER.replace("Konu: Kaldırım", "Konu: Muhtarlığa telefon hattı bağlanması")
    (petition,) = read_petitions([page(text)], REGISTRY, CAME)
    assert petition.fields.subject.value == "Muhtarlığa telefon hattı bağlanması"


def test_a_title_above_the_text_is_a_subject_and_shown_to_a_person() -> None:
    (petition,) = read_petitions(
        [page(LETTER.replace("Konu: Kaldırım", "Kaldırım onarımı hk."))], REGISTRY, CAME
    )
    subject = petition.fields.subject
    assert (subject.value, subject.sure) == ("Kaldırım onarımı", False)


def test_a_short_letter_that_is_signed_soon_keeps_its_text() -> None:
    text = (
        "EMEK MAHALLESİ MUHTARLIĞI\nKONUSU : Boya\nFEN İŞLERİ MÜDÜRLÜĞÜNE\n"
        "Muhtarlık binamızın çatısı akmakta, iç duvarları küflenmektedir; boyanmasını\nrica ederim.\n"
        "Orhan Vurallı\nMahalle Muhtarı\nTel : 0500 000 22 47"
    )
    (petition,) = read_petitions([page(text)], REGISTRY, CAME)
    assert petition.body.startswith("Muhtarlık binamızın çatısı akmakta")
    assert "Vurallı" not in petition.body


def test_dust_around_a_subject_is_not_part_of_it() -> None:
    (petition,) = read_petitions(
        [page(LETTER.replace("Konu: Kaldırım", "Konu: “Kaldırım yapılması ',"))], REGISTRY, CAME
    )
    assert petition.fields.subject.value == "Kaldırım yapılması"


@pytest.mark.parametrize(
    "line",
    [
        "Konu: Kaldırım yapılması",
        "Konusu” Kaldırım yapılması",
        "Koni: Kaldırım yapılması",
        "Xonu: Kaldırım yapılması",
        "Konu, : Kaldırım yapılması Hk. |",
        "Konu : Kaldırım yapılması Lik.",
        "Konu Kaldırım yapılması Fk.",
        "“Konuyu Kaldırım yapılması )",
        "ÖZET: Kaldırım yapılması",
        "Özeti Kaldırım yapılması",
        "Talebin Konusu Kaldırım yapılması",
        "KONL Kaldırım yapılması",
        "Konu ( : Kaldırım yapılması",
        "Konu o: Kaldırım yapılması",
        "Konu i Kaldırım yapılması",
        "Konu Kaldırım yapılması İ",
    ],
)
def test_a_subject_is_known_though_its_label_or_its_end_was_misread(line: str) -> None:
    (petition,) = read_petitions([page(LETTER.replace("Konu: Kaldırım", line))], REGISTRY, CAME)
    assert petition.fields.subject.value == "Kaldırım yapılması"


def test_a_telephone_s_label_is_no_subject_s() -> None:
    told = LETTER.replace("Konu: Kaldırım", "Telefonu (0312) 510 40 17\nKonusu Kaldırım")
    (petition,) = read_petitions([page(told)], REGISTRY, CAME)
    assert petition.fields.subject.value == "Kaldırım"


@pytest.mark.parametrize(
    ("read", "meant", "sure"),
    [
        ("Kaldırım talebi", "Kaldırım talebi", True),
        ("Kaldırım talebr", "Kaldırım talebi", False),
        ("Kaldırım.talebi", "Kaldırım talebi", False),
    ],
)
def test_a_subject_that_was_mended_is_shown_to_a_person(read: str, meant: str, sure: bool) -> None:
    (petition,) = read_petitions([page(LETTER.replace("Konu: Kaldırım", f"Konu: {read}"))], REGISTRY, CAME)
    assert (petition.fields.subject.value, petition.fields.subject.sure) == (meant, sure)


def test_a_subject_whose_label_stands_amid_a_line_is_shown_to_a_person() -> None:
    """Two columns side by side were read as one line."""
    told = LETTER.replace("Konu: Kaldırım", "MAHALLESİ Konu: Kaldırım yapılması hk.")
    (petition,) = read_petitions([page(told)], REGISTRY, CAME)
    assert (petition.fields.subject.value, petition.fields.subject.sure) == ("Kaldırım yapılması", False)


def test_a_form_s_labels_that_were_read_apart_from_its_values_belong_to_them() -> None:
    """Tesseract takes the column of labels for a block of its own."""

    def row(text: str, left: int, top: int) -> Line:
        return Line(
            tuple(
                Word(word, 0.95, Box(left + 200 * n, top, left + 200 * n + 180, top + 30))
                for n, word in enumerate(text.split())
            )
        )

    labels = ["İRTİBAT", "KONU"]
    values = [
        ": 0500 000 04 21",
        ": Park bakımı",
        ": Parktaki salıncaklar kırıktır. Onarılmasını arz ederim.",
    ]
    lines = [row(text, 100, 300 + 60 * n) for n, text in enumerate(labels)]
    lines += [row(text, 400, 302 + 60 * n) for n, text in enumerate(values)]
    (petition,) = read_petitions([Page(1, Condition.READ, tuple(lines), 1654, 2339, ())], REGISTRY, CAME)
    assert petition.fields.subject.value == "Park bakımı"
    assert petition.fields.phone.value == "0500 000 04 21"
    assert petition.body.startswith("Parktaki")


@pytest.mark.parametrize(
    "line",
    ["E-posta: yesiltepe.muhtari@example.com", "Yeşiltepe Mahaâllesi Muhtarı /", "YEŞİLTEPE MUHTARLIĞI"],
)
def test_a_neighbourhood_is_known_by_what_stands_before_muhtar(line: str) -> None:
    text = f"Sokağımızda kaldırım bozuktur. Gereğini arz ederim.\n{line}"
    found = find_whose(lay_out([page(text)]), REGISTRY)
    assert found.neighbourhood.value == "Yeşiltepe"
