"""What a system sends beside its records: reminders, a reopening, totals; who handed a list in; escaped words."""

import json

import pytest

from daemon.domain.mail import Arrival
from tests.steps.sources.office import APP, HEADER, MBS, SourceOffice, app_text, notification, row

RUNS_OUT = {
    "labelled": "Sayın Yetkili,\n\nAşağıdaki başvurunun cevaplanma süresi dolmak üzeredir.\n\nBaşvuru No: {}\n"
    "Başvuru Tarihi: 08.10.2026\nKalan Süre: 2 gün\n",
    "told": "Kurumunuza iletilen {} numaralı başvurunun cevap süresi 3 gün içinde dolacaktır.",
}


@pytest.mark.parametrize("text", RUNS_OUT.values())
def test_a_reminder_is_a_remark_on_its_request(desk: SourceOffice, text: str) -> None:
    desk.deliver(MBS, "MBS", notification())
    described = desk.only().description
    desk.deliver(MBS, "MBS: Süresi doluyor", text.format("2026/4711"))
    request = desk.only()
    assert "Muhtar Bilgi Sistemi bildirimi: MBS: Süresi doluyor." in request.note
    assert request.description == described
    assert (desk.reviews(), desk.told()) == ([], [])
    desk.deliver(MBS, "MBS: Süresi doluyor", text.format("2026/4711") + "\n")
    assert desk.only().note == request.note, "the same again is no news"


@pytest.mark.parametrize("text", RUNS_OUT.values())
def test_a_reminder_of_an_unknown_number_waits_and_names_it(desk: SourceOffice, text: str) -> None:
    desk.deliver(MBS, "MBS: Süresi doluyor", text.format("2026/9999"))
    [review] = desk.reviews()
    assert "2026/9999 numaralı başvuru burada kayıtlı değil" in review.reason
    assert "dol" in review.read


@pytest.mark.parametrize(
    "text",
    [
        "5393 sayılı Kanun uyarınca planlı bakım yapılacaktır.",
        "2026/4711 numaralı ve 2026/4712 numaralı başvuruların süresi doluyor.",
    ],
)
def test_a_law_and_several_numbers_name_no_record(desk: SourceOffice, text: str) -> None:
    desk.deliver(MBS, "MBS", notification())
    desk.deliver(MBS, "MBS: Duyuru", text)
    assert "bildirimi: MBS" not in desk.only().note
    [review] = desk.reviews()
    assert "sistem numarası bulunamadı" in review.reason


def test_a_number_within_a_records_own_words_is_not_its_number(desk: SourceOffice) -> None:
    text = notification("", Açıklama="2026/4711 sayılı başvurum da sonuçlanmadı, yol bozuk.")
    desk.deliver(MBS, "MBS", notification())
    desk.deliver(MBS, "MBS", text)
    assert len(desk.all()) == 1
    [review] = desk.reviews()
    assert "sistem numarası bulunamadı" in review.reason


@pytest.mark.parametrize(
    "total",
    [
        ("TOPLAM", "", "", "", "", "6 adet başvuru", ""),
        ("", "", "Toplam", "", "", "6 başvuru", ""),
        ("Genel Toplam:", "", "", "", "", "", ""),
    ],
)
def test_a_lists_total_is_no_record(desk: SourceOffice, total: tuple[str, ...]) -> None:
    desk.hand_in("mbs.xlsx", HEADER, row(), total)
    assert len(desk.all()) == 1
    assert (desk.reviews(), desk.told()) == ([], [])


def test_a_row_that_begins_like_a_total_is_read(desk: SourceOffice) -> None:
    header = ("Konu", "Başvuru No", "Mahalle", "Açıklama")
    desk.hand_in("mbs.xlsx", header, ("Toplam çöp", "1", "Atapark", "6 konteyner taşıyor"))
    desk.hand_in("mbs 2.xlsx", header, ("Toplam çöp", "", "Atapark", "6 konteyner taşıyor, çöpler alınmıyor"))
    assert desk.only().external_number == "1"
    assert len(desk.reviews()) == 1


@pytest.mark.parametrize("answered", [True, False])
def test_what_was_opened_again_there_is_told_to_the_office_once(desk: SourceOffice, answered: bool) -> None:
    desk.rest()
    desk.deliver(MBS, "MBS", notification())
    desk.rest()
    number = desk.only().number
    desk.answer(number)
    if answered:
        desk.tick(number)
    desk.hand_in("mbs.xlsx", HEADER, row(status="Yeniden Açıldı"))
    [review] = desk.reviews()
    assert "sistemde “Yeniden Açıldı” görünüyor, burada ise kapalı" in review.reason
    desk.hand_in("mbs 2.xlsx", HEADER, row(status="Yeniden Açıldı"), ("", "", "", "", "", "", "Liste sonu"))
    assert desk.told() == ["Muhtar Bilgi Sistemi: yeniden açılan başvuru"]
    assert len(desk.reviews()) == 1
    desk.rest()
    desk.edit("fen", number, Durum="İşlemde")
    desk.rest()
    assert desk.only().is_open
    assert desk.reviews() == [], "it is open here too"


def test_what_was_opened_again_there_and_is_open_here_is_no_question(desk: SourceOffice) -> None:
    desk.deliver(MBS, "MBS", notification())
    desk.hand_in("mbs.xlsx", HEADER, row(status="Yeniden Açıldı"))
    assert desk.reviews() == []


def test_a_list_that_was_dropped_in_the_folder_names_the_folder(desk: SourceOffice) -> None:
    message = desk.raw(desk.app.office.registry.office_manager, "mbs", HEADER, ("", *row()[1:]))
    with desk.ledger.transaction() as tx:
        tx.keep_arrivals([Arrival("folder", "a", "a", desk.now, message)], desk.now)
    desk.app.run_step("reading")
    [review] = desk.reviews()
    assert review.sender == "Tarama klasörü"


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("Moloz &amp;amp; çöp <b>var</b>, alınsın.", "Moloz & çöp var, alınsın."),
        ("Yol bozuk.<br/>Yama &#351;art.", "Yol bozuk.\nYama şart."),
        ("Kot farkı 5 < 7 cm & yol dar", "Kot farkı 5 < 7 cm & yol dar"),
        ("Muhtar A&B; sokak dar", "Muhtar A&B; sokak dar"),
    ],
)
def test_words_that_a_program_escaped_are_read_as_they_were_meant(
    desk: SourceOffice, said: str, read: str
) -> None:
    data = json.dumps(
        {"talepNo": "1", "mahalle": "Atapark", "aciklama": said, "foto": "https://a.example/?a=1&copy=2"}
    )
    desk.deliver(APP, "Muhtar Mobil", "Ektedir.", files=[("talep.json", data.encode())])
    assert desk.only().description.startswith(read)


def test_an_apps_link_keeps_its_ampersands(desk: SourceOffice) -> None:
    desk.deliver(APP, "Muhtar Mobil", app_text(Fotoğraf="https://a.example/f?id=1&copy=2&reg=3"))
    assert "https://a.example/f?id=1&copy=2&reg=3" in desk.only().description
