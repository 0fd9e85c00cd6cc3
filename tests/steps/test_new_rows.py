"""Rows of ``Yeni Talep`` as hurried people type them: half, by other words, with a name that is not the register's."""

from typing import Any

import pytest

from daemon.domain.clock import day_of
from daemon.domain.new_rows import enter_row
from daemon.domain.request import request_number
from daemon.sheets import OFFICE_CODE
from tests.steps.post import writes
from tests.steps.sheet_office import SheetOffice

SHEET = "Yeni Talep"
ROW = {
    "Kanal": "Telefon",
    "Mahalle": "Uyanış",
    "Konu": "Kar",
    "Açıklama": "Yollarda kar var, tuzlama isteniyor.",
}


def typed(desk: SheetOffice, **cells: str | None) -> dict[str, object]:
    desk.add(OFFICE_CODE, SHEET, **{**ROW, **cells})
    desk.rest()
    return desk.rows(OFFICE_CODE, SHEET)[-1]


@pytest.fixture
def desk(office: SheetOffice) -> SheetOffice:
    office.rest()
    return office


def test_a_row_saved_half_typed_waits_for_what_is_wanted(desk: SheetOffice) -> None:
    row = typed(desk, Açıklama=None)
    assert row["Uyarı"] == "Ne istendiğini Açıklama’ya yazınız."
    assert not desk.numbers()
    desk.type(OFFICE_CODE, {"Konu": "Kar"}, SHEET, Açıklama=ROW["Açıklama"])
    desk.rest(minutes=1)
    [number] = desk.numbers()
    assert desk.request(number).description == ROW["Açıklama"]
    assert desk.rows(OFFICE_CODE, SHEET)[-1]["Uyarı"] is None


def test_a_description_typed_a_minute_after_the_number_came_still_counts(desk: SheetOffice) -> None:
    number = str(typed(desk, Konu="Okul yolu karla kaplı", Açıklama=None)["Talep No"])
    assert desk.request(number).description == "Okul yolu karla kaplı"
    desk.type(OFFICE_CODE, {"Talep No": number}, SHEET, Açıklama=ROW["Açıklama"])
    desk.rest(minutes=1)
    assert desk.request(number).description == ROW["Açıklama"]
    assert desk.rows(OFFICE_CODE, SHEET)[-1]["Uyarı"] is None
    desk.type(OFFICE_CODE, {"Talep No": number}, SHEET, Açıklama="Başka bir iş.")
    desk.rest(minutes=1)
    assert desk.request(number).description == ROW["Açıklama"], "what stands is not changed from here"


@pytest.mark.parametrize(
    ("said", "channel"), [("Saha ziyareti", "Saha"), ("telefonla", "Telefon"), ("wp", "WhatsApp")]
)
def test_a_channel_counts_as_people_call_it(desk: SheetOffice, said: str, channel: str) -> None:
    assert desk.request(str(typed(desk, Kanal=said)["Talep No"])).channel == channel


def test_a_channel_that_there_is_none_of_is_named(desk: SheetOffice) -> None:
    assert str(typed(desk, Kanal="Telsiz")["Uyarı"]).startswith(
        "“Telsiz” adında bir kanal yok; Kanal seçiniz ("
    )


def test_a_headmans_name_stands_for_his_neighbourhood(desk: SheetOffice) -> None:
    number = str(typed(desk, Mahalle=None, Muhtar="Songül Deniztan")["Talep No"])
    assert desk.request(number).neighbourhood == "Uyanış"


def test_a_name_that_is_not_the_registers_is_entered_and_remarked_on(desk: SheetOffice) -> None:
    row = typed(desk, Muhtar="Ahmet Yokböyle")
    request = desk.request(str(row["Talep No"]))
    assert request.headman == "Songül Deniztan"
    assert request.note == "12.10.2026: Muhtar sütununda yazılan: Ahmet Yokböyle"
    assert "Uyanış Mahallesi muhtarı olarak kayıtlı değil (kayıtlı: Songül Deniztan)" in str(row["Uyarı"])
    other = typed(desk, Muhtar="songul hanım", Konu="Park", Açıklama="Parkta salıncak kırık, onarılsın.")
    assert other["Uyarı"] is None


@pytest.mark.parametrize(
    ("who", "kept"),
    [
        ("Uyanış muhtarı", ""),
        ("Sn. Songül DENİZTAN", ""),
        ("Muhtar Hanım", ""),
        ("0532 111 22 33 Songül Deniztan", "0532 111 22 33 Songül Deniztan"),
        ("0532 111 22 33", "0532 111 22 33"),
        ("Songül Deniztan arandı", "Songül Deniztan arandı"),
        ("Azası Veli Kara", "Azası Veli Kara"),
        ("Mustafa", "Mustafa"),
    ],
)
def test_letters_address_the_registers_headman_whatever_the_cell_says(
    desk: SheetOffice, who: str, kept: str
) -> None:
    row = typed(desk, Muhtar=who)
    request = desk.request(str(row["Talep No"]))
    assert request.headman == "Songül Deniztan"
    assert request.note.partition("yazılan: ")[2] == kept
    desk.rest(minutes=1)
    warning = str(desk.rows(OFFICE_CODE, SHEET)[-1]["Uyarı"])
    assert "kayıttakinden farklı" not in warning
    assert ("kayıtlı değil" in warning) == (who in {"Azası Veli Kara", "Mustafa"})


@pytest.mark.parametrize("who", ["Mustafa Şahinbey", "Yayla muhtarı", "0500 000 04 21", "Yayla Muh. Mustafa"])
def test_another_neighbourhoods_headman_is_asked_about_first(desk: SheetOffice, who: str) -> None:
    row = typed(desk, Muhtar=who)
    assert row["Uyarı"] == f"“{who}”, Yayla Mahallesi muhtarı; Mahalle veya Muhtar sütununu düzeltiniz."
    assert not desk.numbers()


def test_a_headman_given_by_his_telephone_or_first_name_is_the_registers_and_no_change(
    desk: SheetOffice,
) -> None:
    for who in ("0500 000 47 22", "Songül Hanım"):
        row = typed(desk, Mahalle=None if who[0] == "0" else "Uyanış", Muhtar=who)
        assert desk.request(str(row["Talep No"])).headman == "Songül Deniztan"
        desk.rest(minutes=1)
        assert "kayıttakinden farklı" not in str(desk.rows(OFFICE_CODE, SHEET)[-1]["Uyarı"])


def test_a_row_that_asks_several_directorates_says_so_where_it_was_typed(desk: SheetOffice) -> None:
    row = typed(desk, Konu=None, Açıklama="Çöpler alınmıyor. Ayrıca parktaki salıncak kırık, onarılsın.")
    assert desk.request(str(row["Talep No"])).directorate == "temizlik"
    desk.rest(minutes=1)
    warning = str(desk.rows(OFFICE_CODE, SHEET)[-1]["Uyarı"])
    assert "Birden çok konu olabilir; ayrıca ilgili görünen: Park ve Bahçeler Müdürlüğü." in warning


def test_a_subject_made_of_the_words_ends_without_a_full_stop(desk: SheetOffice) -> None:
    number = str(typed(desk, Konu=None, Açıklama="Kaldırım taşları sökülmüş.")["Talep No"])
    assert desk.request(number).subject == "Kaldırım taşları sökülmüş"


def test_a_row_typed_twice_is_told_where_it_was_typed(desk: SheetOffice) -> None:
    first = str(typed(desk)["Talep No"])
    second = typed(desk)
    assert str(second["Uyarı"]).startswith(f"Benzer açık talep: {first}. Mükerrerse")
    assert desk.row(first, OFFICE_CODE, SHEET)["Uyarı"] is None


def reviewed(desk: SheetOffice) -> list[str]:
    """What the letter of 09:00 lists of rows that lack something: subject and reason."""
    desk.app.run_step("reminding")
    with desk.ledger.view() as view:
        waiting = view.letters_waiting(desk.now, 9_999)
    clerk = desk.app.office.registry.clerks[0]
    mine = [
        x.owed.notice for x in waiting if x.occasion == "office/review" and x.recipient == clerk if x.owed
    ]
    rows: Any = [notice.facts["rows"] for notice in mine if notice.key.endswith(str(day_of(desk.now)))]
    return [f"{row['subject']}: {row['reason']}" for listed in rows for row in listed]


def test_a_row_that_still_lacks_something_the_next_business_day_is_named_to_the_office(
    desk: SheetOffice,
) -> None:
    typed(desk, Mahalle="Olmayan", Konu="Okul yolu")
    desk.add(OFFICE_CODE, SHEET, Kanal="Telefon")  # filled in ahead
    desk.rest()
    assert reviewed(desk) == []
    desk.rest(days=1)
    [line] = reviewed(desk)
    assert line.startswith("Okul yolu: “Olmayan” adında bir mahalle yok")
    desk.type(OFFICE_CODE, {"Konu": "Okul yolu"}, SHEET, Mahalle="Uyanış")
    desk.rest(minutes=5)
    assert len(desk.numbers()) == 1
    typed(desk, Müdürlük="Olmayan")
    desk.arrange(OFFICE_CODE, lambda grid: grid[:-1], SHEET)
    desk.rest(days=1)
    assert reviewed(desk) == [], "neither one that has been completed nor one that was deleted"


def test_a_headman_typed_before_the_number_came_stands_in_the_note(desk: SheetOffice) -> None:
    lock = desk.folder / ".~lock.muhtarlik.xlsx#"
    desk.add(OFFICE_CODE, SHEET, **ROW)
    lock.write_text("Ayşe,ayse,PC-1,12.10.2026 09:10,file:///home/ayse;")
    desk.look()
    desk.type(OFFICE_CODE, {"Konu": "Kar"}, SHEET, Muhtar="Azası Veli Kara")
    desk.look(minutes=1)
    lock.unlink()
    desk.rest()
    [number] = desk.numbers()
    assert desk.request(number).headman == "Songül Deniztan"
    assert "Muhtar sütununda yazılan: Azası Veli Kara" in desk.request(number).note


def test_two_equal_rows_are_offered_as_one_however_short(desk: SheetOffice) -> None:
    first = str(typed(desk, Konu="Çöp alınmıyor", Açıklama=None)["Talep No"])
    other = typed(desk, Konu="Çöp kokuyor", Açıklama=None)
    assert other["Uyarı"] is None
    desk.rest(minutes=5)
    second = typed(desk, Konu="Çöp alınmıyor", Açıklama=None)
    assert f"Benzer açık talep: {first}" in desk.request(str(second["Talep No"])).note


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Temizlik İşl. Müd.", "temizlik"),
        ("Park Bahçeler", "park"),
        ("Park ve Bahç. Md.", "park"),
        ("cevre koruma", "cevre"),
        ("Temzilik İşleri", "temizlik"),
        ("İmar ve Şeh. Müdürlüğü", "imar"),
    ],
)
def test_a_directorate_counts_as_colleagues_abbreviate_it(desk: SheetOffice, written: str, code: str) -> None:
    assert desk.request(str(typed(desk, Müdürlük=written)["Talep No"])).directorate == code


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Kontrol", " (benzer: Yapı Kontrol Müdürlüğü, Çevre Koruma ve Kontrol Müdürlüğü)"),
        ("Sosyal İşler", " (benzer: Sosyal Yardım İşleri Müdürlüğü, Kültür ve Sosyal İşler Müdürlüğü)"),
        ("Elektirik", ""),
        ("Müdürlüğü", ""),
    ],
)
def test_a_directorate_that_may_be_several_is_asked_about(desk: SheetOffice, written: str, said: str) -> None:
    row = typed(desk, Müdürlük=written)
    assert row["Uyarı"] == f"“{written}” adında bir müdürlük yok{said}; listeden seçiniz veya boş bırakınız."


def test_a_neighbourhood_with_one_slip_is_the_only_one_near_and_said_so(desk: SheetOffice) -> None:
    for written, meant in (("Altınva", "Altınova"), ("Yükseltpe Mah.", "Yükseltepe")):
        number = str(typed(desk, Mahalle=written)["Talep No"])
        assert desk.request(number).neighbourhood == meant
        desk.rest(minutes=1)
        warning = str(desk.row(number, OFFICE_CODE, SHEET)["Uyarı"])
        assert warning.startswith(f"“{written}” yerine {meant} Mahallesi kaydedildi.")
        assert "farklı" not in warning


@pytest.mark.parametrize("written", ["9 Mayıs", "Yaylacılar", "Köş"])
def test_a_neighbourhood_that_is_not_clearly_near_is_asked_about(desk: SheetOffice, written: str) -> None:
    assert f"“{written}” adında bir mahalle yok;" in str(typed(desk, Mahalle=written)["Uyarı"])


def test_a_neighbourhood_two_slips_away_is_offered(desk: SheetOffice) -> None:
    assert "mahalle yok (benzer: Yükseltepe); listeden seçiniz" in str(
        typed(desk, Mahalle="Yükselpe")["Uyarı"]
    )


def test_a_headmans_name_in_the_neighbourhoods_cell_stands_for_it(desk: SheetOffice) -> None:
    number = str(typed(desk, Mahalle="Songül Deniztan")["Talep No"])
    request = desk.request(number)
    assert (request.neighbourhood, request.headman) == ("Uyanış", "Songül Deniztan")


def test_a_subject_typed_in_small_letters_is_what_stands_in_the_request(desk: SheetOffice) -> None:
    number = str(typed(desk, Konu="çöp alınmıyor", Açıklama=None)["Talep No"])
    assert desk.request(number).subject == "çöp alınmıyor"
    desk.rest(minutes=1)
    assert desk.row(number, OFFICE_CODE, SHEET)["Uyarı"] is None


def test_a_row_with_a_position_says_the_same_as_its_request(desk: SheetOffice) -> None:
    number = str(typed(desk, Açıklama="Kaldırım sökük, konum 39.9512,32.8123")["Talep No"])
    assert "#map=18/39.951200/32.812300" in desk.request(number).description
    desk.rest(minutes=1)
    assert desk.row(number, OFFICE_CODE, SHEET)["Uyarı"] is None


def test_every_category_is_routed_by_its_own_name(desk: SheetOffice) -> None:
    """But for those of which a person decides, whatever they say."""
    office, now = desk.app.office, desk.now
    row = {"channel": "Telefon", "neighbourhood": "Uyanış"}
    for n, category in enumerate(office.router.categories, 1):
        for said in ({"subject": category.name}, {"description": category.name}):
            number = request_number(2026, n)
            request = enter_row({**row, **said}, number, office=office, now=now).added[0]
            home = office.registry.home_directorate if category.external_body else category.directorate
            wanted = ("", "") if category.review else (home, category.external_body)
            assert (request.directorate, request.external_body) == wanted, category.name


@pytest.mark.parametrize(
    ("cells", "directorate"),
    [
        ({"Konu": "ARAÇ GEREÇ VE MALZEME", "Açıklama": None}, "destek"),
        ({"Konu": "Talep", "Açıklama": "Kategori: Araç gereç ve malzeme"}, "destek"),
        ({"Konu": "Araç gereç ve malzeme", "Açıklama": "Sokağımızdaki asfalt çöktü, yama istiyoruz."}, "fen"),
        ({"Konu": "Okullar ve Kaldırım", "Açıklama": "Bilginize."}, ""),
    ],
)
def test_the_name_of_a_category_counts_where_the_words_say_nothing_else(
    desk: SheetOffice, cells: dict[str, str | None], directorate: str
) -> None:
    row = typed(desk, **cells)
    assert desk.request(str(row["Talep No"])).directorate == directorate


@pytest.mark.parametrize(
    ("subject", "text", "directorate"),
    [
        ("Ahır, kümes ve büyükbaş", "Kategori: Ahır, kümes ve büyükbaş", "veteriner"),
        ("Okullar", "Teşekkür ederiz.", None),
    ],
)
def test_a_headmans_mail_goes_where_the_category_goes_that_it_names(
    desk: SheetOffice, subject: str, text: str, directorate: str | None
) -> None:
    writes(desk, desk.places[0].headman.emails[0], subject, text)
    assert [desk.request(number).directorate for number in desk.numbers()] == (
        [directorate] if directorate else []
    )
