"""What every spreadsheet backend must do (:class:`daemon.ports.spreadsheets.Workbook`); adapters' tests inherit it."""

from collections.abc import Callable
from datetime import date
from typing import Any, Protocol

import pytest

from daemon.domain.errors import Temporary, Unprocessable
from daemon.domain.sheet import (
    TALEPLER,
    Append,
    CellValue,
    CellWrite,
    Changes,
    Removal,
    SheetRow,
    Snapshot,
)
from daemon.ports.spreadsheets import Workbook

Grid = list[list[Any]]


class Person(Protocol):
    """Somebody who works in the spreadsheet with her own program."""

    def arrange(self, title: str, change: Callable[[Grid], Grid]) -> None:
        """Change a worksheet's values as a whole: typing, sorting, inserting, moving columns."""


def appended(title: str, *rows: dict[str, CellValue]) -> Changes:
    return Changes(appends=tuple(Append(title, cells) for cells in rows))


def request_row(serial: int, **cells: CellValue) -> dict[str, CellValue]:
    return {
        "number": f"MHT-2026-{serial:06d}",
        "received": date(2026, 11, serial),
        "neighbourhood": "Atapark",
        "subject": f"Konu {serial}",
        "status": "Yönlendirildi",
        "due": date(2026, 12, 8),
        "days_left": 15 - serial,
        **cells,
    }


def rows(snapshot: Snapshot, title: str = TALEPLER.title) -> tuple[SheetRow, ...]:
    return snapshot.tables[title].rows


def column(snapshot: Snapshot, key: str, title: str = TALEPLER.title) -> list[CellValue]:
    return [row.cells.get(key) for row in rows(snapshot, title)]


def at(grid: Grid, header: str) -> int:
    return grid[0].index(header)


class WorkbookContract:
    """Inherit and give the fixtures ``workbook`` (a directorate's, not there yet) and ``person``."""

    @pytest.fixture
    def filled(self, workbook: Workbook) -> Workbook:
        workbook.set_up()
        workbook.write(
            appended(TALEPLER.title, request_row(1), request_row(2), request_row(3)), workbook.read()
        )
        return workbook

    # --- coming into being ----------------------------------------------------------------------------

    def test_a_spreadsheet_that_is_not_there_has_no_fingerprint(self, workbook: Workbook) -> None:
        assert workbook.fingerprint() == ""

    def test_set_up_makes_both_worksheets_empty_and_complete(self, workbook: Workbook) -> None:
        assert workbook.set_up()
        snapshot = workbook.read()
        assert {title: (table.rows, table.missing) for title, table in snapshot.tables.items()} == {
            "Talepler": ((), ()),
            "Arşiv": ((), ()),
        }

    def test_set_up_does_nothing_the_second_time(self, filled: Workbook) -> None:
        before = filled.read(), filled.fingerprint()
        assert filled.set_up() == []
        assert (filled.read(), filled.fingerprint()) == before

    # --- values ---------------------------------------------------------------------------------------

    @pytest.mark.parametrize(
        ("key", "value"),
        [
            ("subject", "Çığ düştü; İĞNE ağacı, ŞÖFÖR"),
            ("subject", "007"),
            ("subject", "1/2"),
            ("subject", "8.12.2026"),
            ("subject", "=1+1"),
            ("subject", '=HYPERLINK("http://example.com";"tıkla")'),
            ("subject", "+90 532 000 00 00"),
            ("subject", "-5"),
            ("subject", "@toplam"),
            ("subject", "'tırnak"),
            ("subject", "12345678901234567890"),
            ("subject", "1E5"),
            ("subject", "TRUE"),
            ("subject", "#REF!"),
            ("subject", "_x0041_ ve _x005F_"),
            ("subject", '<b>&amp; "tırnak" ]]>'),
            ("description", "İlk satır\nikinci satır\n\ndördüncü"),
            ("description", "😀 emoji ve 𝒳"),
            ("description", "ş" * 20_000),
            ("due", date(2027, 1, 4)),
            ("due", date(2024, 2, 29)),
            ("due", "belli değil"),
            ("days_left", 0),
            ("days_left", -12),
        ],
    )
    def test_a_value_comes_back_as_it_was_written(self, filled: Workbook, key: str, value: CellValue) -> None:
        second = rows(filled.read())[1]
        after = filled.write(
            Changes(
                cells=(CellWrite("Talepler", second.position, key, value),),
                appends=(Append("Arşiv", {"number": "MHT-2026-000009", key: value}),),
            ),
            filled.read(),
        )
        assert after == filled.read()
        assert rows(after)[1].cells[key] == value
        assert rows(after, "Arşiv")[0].cells[key] == value

    def test_a_cell_is_emptied_with_none(self, filled: Workbook) -> None:
        snapshot = filled.read()
        position = rows(snapshot)[0].position
        after = filled.write(Changes(cells=(CellWrite("Talepler", position, "subject", None),)), snapshot)
        assert column(after, "subject") == [None, "Konu 2", "Konu 3"]

    def test_control_characters_do_not_spoil_the_spreadsheet(self, filled: Workbook) -> None:
        snapshot = filled.read()
        position = rows(snapshot)[0].position
        value = "a\x00b\x0bc\x1fd\ud800e\ufffff"
        filled.write(Changes(cells=(CellWrite("Talepler", position, "subject", value),)), snapshot)
        assert column(filled.read(), "subject")[0] == "abcdef"

    def test_a_text_too_long_for_a_cell_is_cut_with_a_sign(self, filled: Workbook) -> None:
        snapshot = filled.read()
        position = rows(snapshot)[0].position
        write = CellWrite("Talepler", position, "description", "a" * 50_000)
        after = filled.write(Changes(cells=(write,)), snapshot)
        found = rows(after)[0].cells["description"]
        assert isinstance(found, str)
        assert found.endswith("a…")

    # --- appending and removing -----------------------------------------------------------------------

    def test_appended_rows_stand_below_in_their_order(self, filled: Workbook) -> None:
        after = filled.write(appended("Talepler", request_row(4), request_row(5)), filled.read())
        assert column(after, "subject") == [f"Konu {n}" for n in range(1, 6)]
        assert rows(after)[4].cells["received"] == date(2026, 11, 5)

    def test_a_removed_row_is_gone_and_the_others_stay(self, filled: Workbook) -> None:
        snapshot = filled.read()
        after = filled.write(Changes(removals=(Removal("Talepler", rows(snapshot)[1].position),)), snapshot)
        assert column(after, "subject") == ["Konu 1", "Konu 3"]
        assert after == filled.read()

    def test_writing_appending_and_removing_are_one_act(self, filled: Workbook) -> None:
        snapshot = filled.read()
        first, second, third = (row.position for row in rows(snapshot))
        after = filled.write(
            Changes(
                cells=(
                    CellWrite("Talepler", first, "status", "İşlemde"),
                    CellWrite("Talepler", third, "status", "Beklemede"),
                ),
                appends=(Append("Talepler", request_row(4)), Append("Arşiv", request_row(2))),
                removals=(Removal("Talepler", second),),
            ),
            snapshot,
        )
        assert column(after, "subject") == ["Konu 1", "Konu 3", "Konu 4"]
        assert column(after, "status") == ["İşlemde", "Beklemede", "Yönlendirildi"]
        assert column(after, "subject", "Arşiv") == ["Konu 2"]

    def test_every_row_can_go_and_others_come(self, filled: Workbook) -> None:
        snapshot = filled.read()
        removals = tuple(Removal("Talepler", row.position) for row in rows(snapshot))
        emptied = filled.write(Changes(removals=removals), snapshot)
        assert rows(emptied) == ()
        after = filled.write(appended("Talepler", request_row(7)), emptied)
        assert column(after, "subject") == ["Konu 7"]

    def test_a_link_does_not_change_what_the_cell_says(self, filled: Workbook) -> None:
        snapshot = filled.read()
        row = request_row(4, attachments="foto.jpg")
        change = Append("Talepler", row, {"attachments": "file://sunucu/ekler/ab/foto%201.jpg"})
        after = filled.write(Changes(appends=(change,)), snapshot)
        assert rows(after)[3].cells["attachments"] == "foto.jpg"

    # --- people at work -------------------------------------------------------------------------------

    def test_moved_columns_are_found_by_their_header(self, filled: Workbook, person: Person) -> None:
        person.arrange("Talepler", lambda grid: [list(reversed(row)) for row in grid])
        snapshot = filled.read()
        assert column(snapshot, "subject") == ["Konu 1", "Konu 2", "Konu 3"]
        position = rows(snapshot)[2].position
        after = filled.write(Changes(cells=(CellWrite("Talepler", position, "result", "Yapıldı"),)), snapshot)
        assert column(after, "result") == [None, None, "Yapıldı"]
        assert column(after, "subject") == ["Konu 1", "Konu 2", "Konu 3"]

    def test_sorted_rows_keep_their_cells_together(self, filled: Workbook, person: Person) -> None:
        person.arrange("Talepler", lambda grid: [grid[0], *reversed(grid[1:])])
        snapshot = filled.read()
        assert [(row.cells["number"], row.cells["days_left"]) for row in rows(snapshot)] == [
            ("MHT-2026-000003", 12),
            ("MHT-2026-000002", 13),
            ("MHT-2026-000001", 14),
        ]

    def test_inserted_empty_rows_and_a_title_above_do_no_harm(self, filled: Workbook, person: Person) -> None:
        person.arrange(
            "Talepler",
            lambda grid: [["Fen İşleri talep listesi"], [], *grid[:2], [], [], *grid[2:]],
        )
        snapshot = filled.read()
        assert [row.position for row in rows(snapshot)] == [4, 7, 8]
        after = filled.write(appended("Talepler", request_row(4)), snapshot)
        assert [row.position for row in rows(after)] == [4, 7, 8, 9]
        assert filled.read() == after

    def test_a_column_of_their_own_is_kept_and_told(self, filled: Workbook, person: Person) -> None:
        def add(grid: Grid) -> Grid:
            return [["Ekip şefi", *grid[0]], *(["Hasan Usta", *row] for row in grid[1:])]

        person.arrange("Talepler", add)
        snapshot = filled.read()
        assert column(snapshot, "x:Ekip şefi") == ["Hasan Usta"] * 3
        after = filled.write(
            Changes(
                cells=(CellWrite("Talepler", rows(snapshot)[0].position, "note", "x"),),
                appends=(Append("Talepler", request_row(4)),),
                removals=(Removal("Talepler", rows(snapshot)[1].position),),
            ),
            snapshot,
        )
        assert column(after, "x:Ekip şefi") == ["Hasan Usta", "Hasan Usta", None]
        assert column(after, "subject") == ["Konu 1", "Konu 3", "Konu 4"]

    def test_their_own_columns_can_go_along_to_another_worksheet(
        self, filled: Workbook, person: Person
    ) -> None:
        for title in ("Talepler", "Arşiv"):
            person.arrange(title, lambda grid: [[*grid[0], "Ekip"], *([*row, "A"] for row in grid[1:])])
        snapshot = filled.read()
        cells = {**request_row(1), "x:Ekip": "A", "x:Başka": "B"}
        after = filled.write(appended("Arşiv", cells), snapshot)
        assert rows(after, "Arşiv")[0].cells["x:Ekip"] == "A"

    def test_headers_are_recognised_however_they_are_spelt(self, filled: Workbook, person: Person) -> None:
        person.arrange("Talepler", lambda grid: [[str(h).upper() + " :" for h in grid[0]], *grid[1:]])
        assert filled.read().tables["Talepler"].missing == ()

    def test_a_header_that_is_gone_is_told(self, filled: Workbook, person: Person) -> None:
        def rename(grid: Grid) -> Grid:
            grid[0][at(grid, "Sonuç")] = "Netice"
            return grid

        person.arrange("Talepler", rename)
        table = filled.read().tables["Talepler"]
        assert table.missing == ("result",)
        assert table.rows[0].cells["subject"] == "Konu 1"
        assert filled.set_up()
        assert filled.read().tables["Talepler"].missing == ()
        assert column(filled.read(), "subject") == ["Konu 1", "Konu 2", "Konu 3"]

    def test_new_rows_stand_below_the_list_whatever_people_keep_beside_it(
        self, filled: Workbook, person: Person
    ) -> None:
        def note_beside(grid: Grid) -> Grid:
            wide = [[*row, None, None] for row in grid]
            blank: list[Any] = [None] * (len(wide[0]) - 1)
            return [*wide, *([*blank, f"not {n}"] for n in range(3))]

        before = rows(filled.read())
        person.arrange("Talepler", note_beside)
        after = filled.write(appended("Talepler", request_row(9)), filled.read())
        assert rows(after)[-1].position == before[-1].position + 1

    def test_headers_that_were_emptied_come_back_over_their_cells(
        self, filled: Workbook, person: Person
    ) -> None:
        before = rows(filled.read())

        def empty(grid: Grid) -> Grid:
            return [
                [None if h in {"Talep No", "Konu", "Durum", "İrtibat"} else h for h in grid[0]],
                *grid[1:],
            ]

        person.arrange("Talepler", empty)
        assert filled.set_up()
        assert rows(filled.read()) == before
        person.arrange("Talepler", lambda grid: [[None] * len(grid[0]), *grid[1:]])
        assert filled.set_up()
        assert rows(filled.read()) == before

    def test_a_header_never_comes_to_stand_over_what_somebody_else_wrote(
        self, filled: Workbook, person: Person
    ) -> None:
        def drop(grid: Grid) -> Grid:
            at_last = at(grid, "Son İşlem")
            return [[*grid[0][:at_last], None, None], *([*row[:at_last], "a", "b"] for row in grid[1:])]

        person.arrange("Talepler", drop)
        assert filled.set_up()
        assert column(filled.read(), "last_action") == [None, None, None]

    def test_a_header_row_that_was_deleted_is_not_guessed(self, filled: Workbook, person: Person) -> None:
        person.arrange("Talepler", lambda grid: grid[1:])
        before = filled.fingerprint()
        with pytest.raises(Unprocessable) as refused:
            filled.set_up()
        assert "boş bir satır" in refused.value.reason
        assert filled.fingerprint() == before

    @pytest.mark.parametrize(
        ("typed", "read"),
        [
            ("08.12.2026", date(2026, 12, 8)),
            ("8/12/2026", date(2026, 12, 8)),
            ("8.12.26", date(2026, 12, 8)),
            (" 8 ARALIK 2026", date(2026, 12, 8)),
            ("8 Arabalık 2026", "8 Arabalık 2026"),
            ("31.2.26", "31.2.26"),
            (date(2026, 12, 8), date(2026, 12, 8)),
            ("yarın", "yarın"),
            ("  ", None),
        ],
    )
    def test_days_are_read_however_people_type_them(
        self, filled: Workbook, person: Person, typed: object, read: CellValue
    ) -> None:
        def type_day(grid: Grid) -> Grid:
            grid[1][at(grid, "Son Tarih")] = typed
            return grid

        person.arrange("Talepler", type_day)
        assert column(filled.read(), "due")[0] == read

    # --- only what was read is written upon -----------------------------------------------------------

    def test_a_change_in_between_refuses_the_write_and_is_kept(
        self, filled: Workbook, person: Person
    ) -> None:
        snapshot = filled.read()

        def type_result(grid: Grid) -> Grid:
            grid[1][at(grid, "Sonuç")] = "Onarıldı"
            return grid

        person.arrange("Talepler", type_result)
        first = rows(snapshot)[0].position
        with pytest.raises(Temporary) as refused:
            filled.write(Changes(cells=(CellWrite("Talepler", first, "result", "Bizim"),)), snapshot)
        assert refused.value.reason != str(refused.value)
        assert column(filled.read(), "result") == ["Onarıldı", None, None]
        assert len(rows(filled.read())) == 3

    def test_rows_that_were_sorted_in_between_keep_their_own_cells(
        self, filled: Workbook, person: Person
    ) -> None:
        snapshot = filled.read()
        person.arrange("Talepler", lambda grid: [grid[0], *reversed(grid[1:])])
        first = rows(snapshot)[0].position
        with pytest.raises(Temporary):
            filled.write(
                Changes(
                    cells=(CellWrite("Talepler", first, "result", "Yapıldı"),),
                    removals=(Removal("Talepler", rows(snapshot)[2].position),),
                ),
                snapshot,
            )
        after = filled.read()
        assert sorted(map(str, column(after, "number"))) == [f"MHT-2026-{n:06d}" for n in (1, 2, 3)]
        assert column(after, "result") == [None, None, None]

    def test_the_fingerprint_changes_with_the_spreadsheet(self, filled: Workbook) -> None:
        before = filled.fingerprint()
        filled.write(appended("Talepler", request_row(4)), filled.read())
        assert filled.fingerprint() not in {"", before}

    def test_nothing_to_do_writes_nothing(self, filled: Workbook) -> None:
        before = filled.fingerprint()
        snapshot = filled.read()
        assert filled.write(Changes(), snapshot) == snapshot
        assert filled.fingerprint() == before
