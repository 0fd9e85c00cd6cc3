"""A Google spreadsheet that is looked at minute by minute, and what people do to it in between."""

from collections.abc import Callable
from datetime import date

from daemon.ports.spreadsheets import Workbook
from tests.sheets.contract import Grid, appended, request_row
from tests.sheets.google_people import GoogleOffice, GoogleUser


def with_four_requests(office: GoogleOffice) -> GoogleOffice:
    """Everything set up, and four rows in ``Talepler`` of ``fen``."""
    office.move_to_shared_drive()
    books = office.google.all(office.registry, ())
    for book in books.values():
        book.set_up()
    books["fen"].write(appended("Talepler", *(request_row(n) for n in (1, 2, 3, 4))), books["fen"].read())
    return office


def look(office: GoogleOffice, book: Workbook) -> list[str]:
    """A minute later: the methods that were called."""
    office.clock.forward(seconds=61)
    office.server.calls.reset()
    book.fingerprint()
    return [call.method.removeprefix("sheets.spreadsheets.") for call in office.server.calls]


CHANGES: dict[str, Callable[[GoogleUser], None]] = {
    "a cell of theirs": lambda person: person.put("Talepler", 3, "Sonuç", "Onarıldı."),
    "a day": lambda person: person.put("Talepler", 3, "Son Tarih", date(2027, 1, 4)),
    "a number": lambda person: person.put("Talepler", 3, "Talep No", None),
    "a header": lambda person: person.put("Talepler", 1, "Konu", "Başlık"),
    "a new row at the end": lambda person: person.put("Talepler", 6, "Konu", "Yeni"),
    "a cell of the last row": lambda person: person.put("Talepler", 5, "Konu", "Başka"),
    "an order": lambda person: person.arrange("Talepler", lambda grid: [grid[0], *reversed(grid[1:])]),
    "a blank row": lambda person: person.arrange("Talepler", _with_a_blank_row),
    "a row less": lambda person: person.arrange("Talepler", lambda grid: grid[:-1]),
    "columns moved": lambda person: person.arrange("Talepler", lambda grid: [[*x[3:], *x[:3]] for x in grid]),
}


def _with_a_blank_row(grid: Grid) -> Grid:
    return [*grid[:3], [None] * len(grid[0]), *grid[3:]]
