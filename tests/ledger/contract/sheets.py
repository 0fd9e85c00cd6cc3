"""What every ledger promises of its agreement with the spreadsheets."""

from datetime import date, datetime

from daemon.ledger.ledger import SqlLedger
from daemon.ports.records import SheetBase
from tests.ledger.samples import NOW, number, request


class SheetContract:
    def test_bases_come_back_with_the_types_of_their_cells(self, ledger: SqlLedger) -> None:
        cells = {
            "text": "=1+1 'İ\n\"",
            "none": None,
            "day": date(2026, 3, 2),
            "moment": datetime(2026, 3, 2, 9, 30),  # noqa: DTZ001 - a sheet's cells know no zone
            "int": 1,
            "float": 1.0,
            "true": True,
            "like a date": "2026-03-02",
        }
        base = SheetBase("Talepler", number(1), cells, 7, NOW)
        with ledger.transaction() as tx:
            tx.save_bases("fen", [base, SheetBase("Arşiv", number(1), {}, 1)])
            tx.save_bases("park", [SheetBase("Talepler", number(1), {"x": "y"}, 1)])
        with ledger.view() as view:
            kept = view.sheet_bases("fen")
            assert kept == {
                ("Talepler", number(1)): base,
                ("Arşiv", number(1)): SheetBase("Arşiv", number(1), {}, 1),
            }
            found = kept["Talepler", number(1)].cells
            assert {key: type(value) for key, value in found.items()} == {
                key: type(value) for key, value in cells.items()
            }

    def test_bases_are_replaced_and_dropped_by_row(self, ledger: SqlLedger) -> None:
        def rows(serials: range, cells: str) -> list[SheetBase]:
            return [SheetBase("Talepler", number(n), {"c": cells}, n) for n in serials]

        with ledger.transaction() as tx:
            tx.save_bases("fen", rows(range(3), "old"))
            tx.save_bases("fen", rows(range(2, 4), "new"))
            tx.drop_bases("fen", [("Talepler", number(0)), ("Arşiv", number(1))])
            tx.drop_bases("park", [("Talepler", number(1))])
            kept = tx.sheet_bases("fen")
            assert [(base.row_key, base.cells["c"]) for base in kept.values()] == [
                (number(1), "old"),
                (number(2), "new"),
                (number(3), "new"),
            ]

    def test_a_moved_row_is_superseded_once_its_new_sheet_has_it(self, ledger: SqlLedger) -> None:
        def row(serial: int) -> SheetBase:
            return SheetBase("Talepler", number(serial), {}, 1)

        with ledger.transaction() as tx:
            tx.add_request(request(1, directorate="park"))
            tx.add_request(request(2, directorate="park"))
            tx.add_request(request(3, directorate="fen"))
            tx.save_bases("fen", [row(1), row(2), row(3)])
            assert tx.superseded_rows("fen") == []
            tx.save_bases("park", [row(1), row(3)])
            assert tx.superseded_rows("fen") == [("Talepler", number(1))]
            assert tx.superseded_rows("park") == [("Talepler", number(3))]

    def test_notes_on_a_sheet_are_added_to(self, ledger: SqlLedger) -> None:
        with ledger.transaction() as tx:
            tx.save_sheet_state("fen", {"fingerprint": "1", "as_of": "2026-03-02"})
            tx.save_sheet_state("fen", {"fingerprint": "2"})
            tx.save_sheet_state("park", {})
            assert tx.sheet_state("fen") == {"fingerprint": "2", "as_of": "2026-03-02"}
            assert tx.sheet_state("park") == {}
