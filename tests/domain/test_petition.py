"""Petitions' lines by tables: dates, telephones, neighbourhoods, and where one petition ends."""

from datetime import date

import pytest

from daemon.domain.petition import Box, Code, Condition, Line, Page, Word
from daemon.domain.petition_lines import is_addressee, is_closing, is_letterhead, lay_out
from daemon.domain.petition_numbers import dates_in, find_date, find_phone, phones_in
from daemon.domain.petition_places import find_whose
from daemon.domain.petition_reading import read_petitions
from daemon.domain.petition_split import split
from daemon.domain.registry import Headman, Neighbourhood, Registry
from daemon.domain.text import fold

PLACES = (
    Neighbourhood("Yayla", Headman("Mustafa Şahinbey", phones=("+90 500 000 04 21",))),
    Neighbourhood("Yeşiltepe", Headman("Orhan Vurallı")),
    Neighbourhood("Yükseltepe", Headman("Nuran Toprakçı")),
    Neighbourhood("Fatih", Headman("Ömer Erdoğmuş")),
    Neighbourhood("Osmangazi", Headman("Fatih Acarbey"), aliases=("Osman Gazi",)),
)
CAME = date(2026, 11, 27)
REGISTRY = Registry("Ofis", "muhtarlik@example.com", "mudur@example.com", PLACES, ())


def page(text: str, number: int = 1, *, codes: tuple[Code, ...] = (), confidence: float = 0.95) -> Page:
    """A page with one line of print per line of ``text``, read with one confidence throughout."""
    lines = []
    for row, line in enumerate(filter(None, map(str.strip, text.split("\n")))):
        words, left, top = [], 200, 150 + 45 * row
        for word in line.split():
            words.append(Word(word, confidence, Box(left, top, left + 14 * len(word), top + 30)))
            left += 14 * (len(word) + 1)
        lines.append(Line(tuple(words)))
    return Page(number, Condition.READ, tuple(lines), 1654, 2339, codes)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Tarih: 12.03.2026", ["2026-03-12"]),
        ("O1.l2.2026", ["2026-12-01"]),
        ("5 / 6 / 2026", ["2026-06-05"]),
        ("12 Mart 2026", ["2026-03-12"]),
        ("7 Ağusios 2026", ["2026-08-07"]),
        ("2510712026", ["2026-07-25"]),
        ("31.02.2026", []),
        ("Sayı: 2026/17", []),
        ("0500 000 04 21", []),
        ("10.01.26", ["2026-01-10"]),
        ("Tarıh -28 09. 2026", ["2026-09-28"]),
        ("0312 210 20 2026", []),
        ("Tarih: 24/03/202b6", ["2026-03-24"]),
        ("16.Mayıs 2026", ["2026-05-16"]),
        ("Plaka 06 12 20AB6", []),
        ("Sayı: 95 - 14.10.2026", ["2026-10-14"]),
        ("Tarih 5 12 2025", ["2025-12-05"]),
        ("30'Temmuz 2026", ["2026-07-30"]),
        ("28 Ekim.2026", ["2026-10-28"]),
        ("oz Kasım 2026", ["2026-11-02"]),
        ("5 1 2026", ["2026-01-05"]),
        ("No 5 1 2026 sayılı", []),
        ("23.102026", ["2026-10-23"]),
        ("2310.2026", ["2026-10-23"]),
        ("26.07.2006", []),
    ],
)
def test_dates_are_read_as_they_are_written(text: str, days: list[str]) -> None:
    assert [day.isoformat() for _, _, day in dates_in(text)] == days


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Tel: 0500 000 04 21", ["5000000421"]),
        ("+90 (312) 617 70 71", ["3126177071"]),
        ("GSM: O 5OO 000 04 21", ["5000000421"]),
        ("Tel: 05000000421", ["5000000421"]),
        ("*90 500 0000421", ["5000000421"]),
        ("9 (500) ©6086 33 24", []),
        ("0500 000 04 21 0312 617 70 71", ["5000000421", "3126177071"]),
        ("153 numaralı hat", []),
        ("T.C. Kimlik No: 10000000146", []),
        ("12.03.2026 ve 13.03.2026", []),
    ],
)
def test_telephones_are_read_as_they_are_written(text: str, numbers: list[str]) -> None:
    assert [digits for _, _, digits in phones_in(text)] == numbers


LETTER = """
    T.C.
    YAYLA MAHALLESİ MUHTARLIĞI
    Sayı: 2026/14 12.03.2026
    Konu: Kaldırım
    MUHTARLIK İŞLERİ MÜDÜRLÜĞÜNE
    İlgi: 14.03.2025 tarihli yazımız.
    Fatih Mahallesi sınırındaki sokakta kaldırım bozuktur; 01.02.2026 tarihinde de bildirilmişti.
    Gereğini arz ederim.
    Mustafa ŞAHİNBEY
    Yayla Mahallesi Muhtarı
    Tel: 0500 000 04 21
"""


def test_the_letters_own_date_is_taken_and_not_those_it_tells_of() -> None:
    found = find_date(lay_out([page(LETTER)]), CAME)
    assert (found.value, found.sure) == ("2026-03-12", True)


@pytest.mark.parametrize(
    "stamp",
    [
        "ÖRNEK BELEDİYE BAŞKANLIĞI\nEVRAK KAYIT\nTarih: 16.03.2026\nSayı: 2719",
        "Gelen Evrak Kayıt\n16.03.2026\n27169",
        "ÖRNEK BELEDİYE BAŞKANLIĞI\n16.03.2026",
    ],
)
def test_the_day_of_the_stamp_that_took_it_in_is_not_the_letters_own(stamp: str) -> None:
    found = find_date(lay_out([page(f"{LETTER}\n{stamp}")]), CAME)
    assert (found.value, found.sure) == ("2026-03-12", True)
    alone = find_date(lay_out([page(f"{LETTER.replace('12.03.2026', '')}\n{stamp}")]), CAME)
    assert not alone.sure


@pytest.mark.parametrize(
    "line", ["12/10/2026 17:38 FAX ÇİÇEKLİ MUHTARLIK S.01/01", "FAKS 05.08.2026 YAYLA MUHTARLIĞI S.01/02"]
)
def test_the_day_of_the_machine_that_sent_it_is_not_the_letters_own(line: str) -> None:
    found = find_date(lay_out([page(f"{line}\n{LETTER}")]), CAME)
    assert (found.value, found.sure) == ("2026-03-12", True)
    assert find_date(lay_out([page(f"{line}\n{LETTER.replace('12.03.2026', '')}")]), CAME).value == ""


def test_a_stamp_on_one_side_says_nothing_of_a_day_on_the_other() -> None:
    stamp = Line(
        (Word("Kayıt", 0.95, Box(1150, 100, 1220, 130)), Word("Tarihi", 0.95, Box(1234, 100, 1318, 130)))
    )
    day = Line((Word("20.02.2026", 0.95, Box(1150, 145, 1290, 175)),))
    own = Line((Word("19.02.2026", 0.95, Box(200, 190, 340, 220)),))
    sheet = page(LETTER.replace("12.03.2026", ""))
    lines = (stamp, day, own, *sheet.lines)
    found = find_date(lay_out([Page(1, Condition.READ, lines, 1654, 2339)]), CAME)
    assert found.value == "2026-02-19"


def test_a_day_at_the_end_of_the_closing_line_is_the_letters_own() -> None:
    text = (
        "BELEDİYE BAŞKANLIĞINA\n25.09.2026 günü düşen tuğla bir aracın camını kırmıştır.\n"
        "Binanın yıkılmasını arz ederim. 09.10.2026\nOrhan Vurallı"
    )
    assert find_date(lay_out([page(text)]), CAME).value == "2026-10-09"


def test_figures_behind_a_number_are_left_out_and_a_person_is_asked() -> None:
    found = find_phone(lay_out([page(LETTER.replace("0500 000 04 21", "0506881009335"))]), ["5000000849"])
    assert (found.value, found.sure) == ("0506 881 00 93", False)


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


def test_a_day_that_lost_a_figure_is_not_sure() -> None:
    found = find_date(lay_out([page(LETTER.replace("12.03.2026", "2.03.2026"))]), CAME)
    assert (found.value, found.sure) == ("2026-03-02", False)


@pytest.mark.parametrize(
    ("read", "guessed"),
    [
        ("Tarih: 27 Ağustos 2(", "2026-08-27"),
        ("Tarih: 26 Temmuz 2006", "2026-07-26"),
        ("Tarih: 21 09", "2026-09-21"),
        ("Tarih: 29.02", ""),
        ("Tarih : 15/08/7076", "2026-08-15"),
        ("9 Aralık 3/28", "2025-12-09"),
        ("Tarih: 31.11.20", ""),
        ("3.5 km", ""),
    ],
)
def test_a_day_whose_year_was_lost_is_guessed_and_never_sure(read: str, guessed: str) -> None:
    found = find_date(lay_out([page(LETTER.replace("Sayı: 2026/14 12.03.2026", read))]), CAME)
    assert (found.value, found.sure) == (guessed, False)


def test_a_day_that_stands_alone_above_the_text_is_the_letters_own() -> None:
    text = "2.12. 2025\nSokağımızdaki viraj tehlikelidir. Ayna takılmasını arz ederim.\nOrhan Vurallı"
    found = find_date(lay_out([page(text)]), CAME)
    assert (found.value, found.sure) == ("2025-12-02", True)


def test_a_day_that_is_only_told_of_is_no_guess() -> None:
    text = "Sayın Başkanım\nGelen ekip 13.05.2026 günü keşif yapmıştır. Yolun onarılmasını arz ederim.\nOrhan Vurallı"
    assert find_date(lay_out([page(text)]), CAME).value == ""


def test_a_date_whose_figures_were_hard_to_read_is_not_sure() -> None:
    found = find_date(lay_out([page(LETTER, confidence=0.7)]), CAME)
    assert (found.value, found.sure) == ("2026-03-12", False)


def test_a_mobile_telephone_goes_before_the_office_s_landline() -> None:
    lines = lay_out([page(LETTER.replace("Tel:", "Tel: 0312 362 16 99 Cep:"))])
    assert find_phone(lines, []).value == "0500 000 04 21"


def test_the_figures_of_an_address_are_no_trace_of_a_number() -> None:
    lines = lay_out([page(LETTER.replace("Tel: 0500 000 04 21", "Adres: Yayla Mah. 1245. Sokak No:39"))])
    assert find_phone(lines, ["5000000421"]).value == ""


def test_a_number_that_the_register_knows_is_sure() -> None:
    lines = lay_out([page(LETTER, confidence=0.6)])
    assert find_phone(lines, ["5000000421"]).sure
    assert not find_phone(lines, []).sure


@pytest.mark.parametrize(
    ("read", "confidence", "shown", "sure"),
    [
        ("Tel: 0500 000 04 21", 0.6, "0500 000 04 21", True),
        ("Tel: 0500 600 04 21", 0.95, "0500 000 04 21", False),
        ("Tel: 0 (50000004 2", 0.6, "0500 000 04 21", False),
        ("0500 0(0 04 21", 0.6, "0500 000 04 21", False),
        ("Tel: 220100000,", 0.6, "0500 000 04 21", False),
        ("Telefonla da aranmıştı.", 0.6, "", False),
        ("Tel: 0312 369 52 22", 0.95, "0312 369 52 22", True),
        ("Tel: 0312 369 52 22", 0.3, "0312 369 52 22", False),
        ("Tel: 0500 111 04 21", 0.95, "0500 111 04 21", True),
    ],
)
def test_a_number_that_is_almost_the_registers_is_the_registers_and_a_person_is_asked(
    read: str, confidence: float, shown: str, sure: bool
) -> None:
    lines = lay_out([page(LETTER.replace("Tel: 0500 000 04 21", read), confidence=confidence)])
    found = find_phone(lines, ["5000000421"])
    assert (found.value, found.sure) == (shown, sure)


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
