"""What the machine at Google found, each as a story: what people did, at which call, and what comes of it."""

from collections.abc import Iterator

import pytest

from tests.sheets_server.calls import Call
from tests.sheets_server.faults import Fault
from tests.steps.test_google_machine import GoogleSheets


@pytest.fixture
def people() -> Iterator[GoogleSheets]:
    """Two directorates with three requests; afterwards all must be well."""
    machine = GoogleSheets()
    yield machine
    machine.teardown()


def test_a_new_row_whose_number_could_not_be_written_is_entered_once_in_quiet_time_too(
    people: GoogleSheets,
) -> None:
    people.choose_a_way_of_looking(paced=True, quiet=True)
    people.add_a_row("fen")
    people.look()
    people.server.faults.add(Fault("error", 503, kind="write", times=0))
    people.look(minutes=2)
    assert len(people.office.numbers()) == 4, "entered, and its number waits"
    people.look()
    people.rest()
    assert len(people.office.numbers()) == 4


def test_a_row_that_moves_on_stays_until_what_is_being_typed_in_it_was_heard(people: GoogleSheets) -> None:
    people.choose_a_way_of_looking(paced=False, quiet=True)
    people.transfer(0, "park")
    people.books["fen"].put(0, "Kategori", "yarım kalan yazı")
    people.look()
    people.look(minutes=0)
    assert people.standing("park") == ["MHT-2026-000001"]
    assert people.standing("fen")[0] == "MHT-2026-000001"
    people.rest()
    assert people.office.request("MHT-2026-000001").category == "yarım kalan yazı"
    assert "MHT-2026-000001" not in people.standing("fen")


def test_what_was_typed_counts_though_the_row_moved_on_and_its_number_was_spoilt(
    people: GoogleSheets,
) -> None:
    people.transfer(0, "park")
    people.books["fen"].put(0, "Kategori", "son söz")
    people.books["fen"].put(0, "Talep No", "bizim değil")
    people.rest()
    assert people.office.request("MHT-2026-000001").category == "son söz"
    assert people.standing("fen") == ["MHT-2026-000002", "MHT-2026-000003"]


def test_a_marked_copy_that_becomes_a_request_of_its_own_loses_its_mark(people: GoogleSheets) -> None:
    people.books["fen"].copy_rows(0, 1)
    people.look()
    assert "Mükerrer" in str(people.books["fen"].lines()[3]["Not"])
    people.books["fen"].put(3, "Konu", "Başka bir talep")
    people.requests += 1
    people.rest()
    copy = people.books["fen"].lines()[3]
    assert (copy["Talep No"], copy["Konu"], copy["Not"]) == ("MHT-2026-000004", "Başka bir talep", None)


def test_a_copy_that_is_being_typed_into_something_new_waits_as_a_new_row_does(people: GoogleSheets) -> None:
    people.choose_a_way_of_looking(paced=True, quiet=True)
    people.books["fen"].copy_rows(0, 1)
    people.look()
    people.books["fen"].put(3, "Konu", "Baş")
    people.look()
    people.books["fen"].put(3, "Konu", "Başka bir talep")
    people.look()
    assert people.books["fen"].lines()[3]["Not"] is None, "nothing is remarked while somebody is at it"
    people.requests += 1
    people.rest()
    copy = people.books["fen"].lines()[3]
    assert (copy["Talep No"], copy["Konu"], copy["Not"]) == ("MHT-2026-000004", "Başka bir talep", None)


def test_a_row_leaves_its_former_sheet_though_the_daemon_was_killed_as_it_arrived(
    people: GoogleSheets,
) -> None:
    people.transfer(0, "park")
    people.insert_a_blank_row("fen", 0)
    people.killed_at_a_call(before=False, which=0, kind="write")
    assert people.standing("park") == ["MHT-2026-000001"]
    people.rest()
    assert people.standing("fen") == ["MHT-2026-000002", "MHT-2026-000003"]


def test_a_new_row_that_an_old_reading_does_not_show_is_no_second_request_when_it_shows_again(
    people: GoogleSheets,
) -> None:
    people.choose_a_way_of_looking(paced=True, quiet=False)
    people.transfer(0, "park")
    people.add_a_row("park")
    people.a_turn_while_the_file_is_open("park")
    people.server.faults.add(Fault("stale", kind="read", path=people.where("park")(), revisions=3))
    people.look()
    people.rest()
    assert len(people.office.numbers()) == 4


@pytest.mark.parametrize("killed", [False, True])
def test_what_was_typed_as_the_daemon_wrote_is_put_back_though_the_tab_was_renamed_too(
    people: GoogleSheets, killed: bool
) -> None:
    """The worksheet rests until it has its name again; but what the daemon took is given back at once."""
    people.office.change("MHT-2026-000001", category="Kategori 1")

    def acting(call: Call) -> None:
        if call.kind == "write":
            people.server.between = None
            people.books["fen"].put(0, "Kategori", "benim yazım")
            people.books["fen"].rename_tab("Talepler 2026")

    people.server.between = acting
    if killed:
        people.killed_at_a_call(before=False, which=0, kind="write")
    people.look()
    people.look()
    assert people.books["fen"].lines()[0]["Kategori"] == "benim yazım"
    people.books["fen"].rename_tab("Talepler")
    people.rest()
    assert people.office.request("MHT-2026-000001").category == "benim yazım"


def test_a_copy_is_marked_though_the_mark_could_not_be_written_at_first(people: GoogleSheets) -> None:
    people.choose_a_way_of_looking(paced=True, quiet=True)
    people.books["fen"].copy_rows(0, 1)
    people.look(minutes=11)
    people.server.faults.add(Fault("error", 503, kind="write", times=0))
    people.look(minutes=2)
    assert people.books["fen"].lines()[3]["Not"] is None, "it has settled, and Google takes nothing"
    people.rest()
    assert "Mükerrer" in str([line["Not"] for line in people.books["fen"].lines()])


def test_a_row_pasted_elsewhere_says_where_its_request_is_until_its_own_row_goes(
    people: GoogleSheets,
) -> None:
    line = people.books["fen"].lines()[0]
    people.put_below("park", {**line, "Not": "park ekibi bakıyor"})
    people.rest()
    note = str(people.books["park"].lines()[0]["Not"])
    assert note.startswith(
        "park ekibi bakıyor\nKopya satır: MHT-2026-000001 numaralı talep Fen İşleri Müdürlüğü"
    )
    assert people.office.request("MHT-2026-000001").directorate == "fen"
    people.books["fen"].remove_row(0)
    people.rest()
    moved = people.books["park"].lines()[0]
    assert people.office.request("MHT-2026-000001").directorate == "park"
    assert (moved["Talep No"], moved["Not"]) == ("MHT-2026-000001", "park ekibi bakıyor")


def test_a_row_pasted_elsewhere_is_a_copy_once_its_request_comes_there_otherwise(
    people: GoogleSheets,
) -> None:
    people.put_below("park", people.books["fen"].lines()[0])
    people.rest()
    people.transfer(0, "park")
    people.rest()
    notes = [str(line["Not"]) for line in people.books["park"].lines()]
    assert sorted(notes) == ["Mükerrer satır: MHT-2026-000001 başka bir satırda da var.", "None"]
    assert people.office.request("MHT-2026-000001").note == ""
