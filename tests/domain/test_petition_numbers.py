"""Dates and telephone numbers in petitions' lines."""

import pytest

from daemon.domain.petitions.dates import dates_in, find_date
from daemon.domain.petitions.lines import lay_out
from daemon.domain.petitions.petition import Box, Condition, Line, Page, Word
from daemon.domain.petitions.phones import find_phone, phones_in
from tests.domain.petitions import CAME, LETTER, page


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Tarih: 12.03.2026", ["2026-03-12"]),
        ("O1.l2.2026", ["2026-12-01"]),
        ("5 / 6 / 2026", ["2026-06-05"]),
        ("12 Mart 2026", ["2026-03-12"]),
        ("7 Ağusios 2026", ["2026-08-07"]),
        ("2510712026", ["2026-07-25"]),
        ("2710272026", ["2026-02-27"]),
        ("Sayı : 2026/34 30 11 2026", ["2026-11-30"]),
        ("Sayı : 30 11 2026 34", []),
        ("Tarih i 21:03 2026", ["2026-03-21"]),
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
        ("Sayı: 06.27.73 09.09.2024 Pazartesi", ["2024-09-09"]),
        ("24 Haz. 2024", ["2024-06-24"]),
        ("9 ara 2024", ["2024-12-09"]),
        ("16.IX.2024", ["2024-09-16"]),
        ("Haziran'ın 16'sı, 2025", ["2025-06-16"]),
        ("3.11.'25", ["2025-11-03"]),
        ("5 adet 2024", []),
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
        ("Tel.05000000421", ["5000000421"]),
        ("12.05000000421", []),
        ("*90 500 0000421", ["5000000421"]),
        ("9 (500) ©6086 33 24", []),
        ("0500 000 04 21 0312 617 70 71", ["5000000421", "3126177071"]),
        ("Cep Tel.: 0(500) 0000421 16.10.26", ["5000000421"]),
        ("Telefon: 0 (500) 000 04 21 05-11-2026", ["5000000421"]),
        ("153 numaralı hat", []),
        ("T.C. Kimlik No: 10000000146", []),
        ("12.03.2026 ve 13.03.2026", []),
    ],
)
def test_telephones_are_read_as_they_are_written(text: str, numbers: list[str]) -> None:
    assert [digits for _, _, digits in phones_in(text)] == numbers


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


def test_the_headmans_own_number_beside_the_day_is_no_registers_stamp() -> None:
    text = "T.C.\nÖRNEK İLÇESİ YAYLA MAHALLE MUHTARLIĞI\nEvrak No: 121 Tarih: 27/07/2024\nKonu: Yol\nARZ"
    found = find_date(lay_out([page(text)]), CAME)
    assert (found.value, found.sure) == ("2024-07-27", True)


@pytest.mark.parametrize(
    "told",
    [
        "İşbu dilekçe 29 Temmuz 2026 tarihinde düzenlenmiştir. Gereğini arz ederim.",
        "29-07-2026 tarihinde tarafımdan yazılmıştır.\nGereğini arz ederim.",
        "Numaram 0500 000 04 21. Bu yazı 29 Temmuz\n2026 tarihinde tarafımdan yazılmıştır. Gereğini arz ederim.",
        "Gereğini arz ederim. İşbu dilekçe 29.07.2026 tarihinde\ndüzenlenmiştir.",
    ],
)
def test_a_letter_that_tells_when_it_was_written_bears_that_day(told: str) -> None:
    text = f"BELEDİYE BAŞKANLIĞINA\nSokağımız 01.02.2026 tarihinde kazılmış, çukur kalmıştır.\n{told}\nOrhan Vurallı"
    assert find_date(lay_out([page(text)]), CAME).value == "2026-07-29"


@pytest.mark.parametrize(
    "line",
    ["HAVALE: Fen İşleri - gereği 16.03.2026", "Rapor tarihi : 16.03.2026", "16.03.2026 gecesi ev yandı."],
)
def test_days_of_others_are_not_the_letters_own(line: str) -> None:
    text = LETTER.replace("12.03.2026", "")
    assert not find_date(lay_out([page(f"{text}\n{line}")]), CAME).sure
    assert find_date(lay_out([page(f"{LETTER}\n{line}")]), CAME).value == "2026-03-12"


def test_a_registers_stamp_in_the_other_column_of_a_line_says_nothing_of_the_day() -> None:
    sheet = page(LETTER.replace("Sayı: 2026/14 12.03.2026", "Tarih: 12.03.2026"))
    number = Line((*page("T.C.").lines[0].words, Word("Kayıt", 0.95, Box(1150, 150, 1220, 180)),
                   Word("Tarihi", 0.95, Box(1230, 150, 1310, 180)),
                   Word("16.03.2026", 0.95, Box(1320, 150, 1460, 180))))  # fmt: skip
    found = find_date(lay_out([Page(1, Condition.READ, (number, *sheet.lines[1:]), 1654, 2339)]), CAME)
    assert (found.value, found.sure) == ("2026-03-12", True)


def test_a_number_in_the_text_is_never_sure() -> None:
    text = LETTER.replace("Tel: 0500 000 04 21", "").replace(
        "Gereğini", "Şikâyetçinin telefonu: 0500 999 00 11. Gereğini"
    )
    found = find_phone(lay_out([page(text)]), [])
    assert (found.value, found.sure) == ("0500 999 00 11", False)


@pytest.mark.parametrize(
    "told", ["düzenlenmiş tutanak", "imzalanan sözleşme", "hazırlanan rapor", "yazdığımız dilekçe"]
)
def test_another_paper_s_day_is_not_the_letters_own(told: str) -> None:
    text = (
        f"BELEDİYE BAŞKANLIĞINA\nEkte 15.03.2026 tarihinde {told} vardır; gereğini arz ederim.\nOrhan Vurallı"
    )
    assert find_date(lay_out([page(text)]), CAME).value == ""


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


@pytest.mark.parametrize(("read", "day"), [("2.03.2026", "2026-03-02"), ("12/03/20", "2026-03-12")])
def test_a_day_that_lost_a_figure_is_not_sure(read: str, day: str) -> None:
    found = find_date(lay_out([page(LETTER.replace("12.03.2026", read))]), CAME)
    assert (found.value, found.sure) == (day, False)


def test_a_day_without_its_points_is_read_behind_its_label() -> None:
    for read, day in (("Tarih 15102026", "2026-10-15"), ("Sayı 15102026", None)):
        found = find_date(lay_out([page(LETTER.replace("Sayı: 2026/14 12.03.2026", read))]), CAME)
        assert (found.value or None) == day


@pytest.mark.parametrize(
    ("read", "guessed"),
    [
        ("Tarih: 27 Ağustos 2(", "2026-08-27"),
        ("Tarih: 26 Temmuz 2006", "2026-07-26"),
        ("Tarih: 21 09", "2026-09-21"),
        ("Tarih: 29.02", ""),
        ("Tarih : 15/08/7076", "2026-08-15"),
        ("9 Aralık 3/28", "2025-12-09"),
        ("Tarih: 23 / 03 / 20324", "2024-03-23"),
        ("15 / 08 / 7076 İmza", "2026-08-15"),
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
        ("Tel: 0500 490 04 21", 0.95, "0500 490 04 21", False),
        ("Tel: 0500 490 04 21", 0.8, "0500 000 04 21", False),
        ("Tel: 0590 909 04 21", 0.75, "0500 000 04 21", False),
        ("Tel: 0590 909 04 21", 0.95, "0590 909 04 21", False),
        ("Tel: 0532 900 04 21", 0.75, "0532 900 04 21", False),
        ("Tel: 0532 111 04 21", 0.95, "0532 111 04 21", True),
    ],
)
def test_a_number_that_is_almost_the_registers_is_the_registers_and_a_person_is_asked(
    read: str, confidence: float, shown: str, sure: bool
) -> None:
    lines = lay_out([page(LETTER.replace("Tel: 0500 000 04 21", read), confidence=confidence)])
    found = find_phone(lines, ["5000000421"])
    assert (found.value, found.sure) == (shown, sure)


@pytest.mark.parametrize(
    ("written", "is_sure"), [("12.11.2021", False), ("12.11.2026", True), ("12.09.2021", True)]
)
def test_an_older_year_of_a_day_just_past_is_asked_about(written: str, is_sure: bool) -> None:
    found = find_date(lay_out([page(LETTER.replace("12.03.2026", written))]), CAME)
    assert found.value == "-".join(reversed(written.split(".")))
    assert found.sure is is_sure
