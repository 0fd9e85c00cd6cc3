"""What the daemon remarks in ``Not`` on a row that a person should look at; each begins a line of its own there."""

from collections.abc import Mapping

from daemon.domain.cells import normal
from daemon.domain.sheet import CellValue, SheetRow

DUPLICATE = "Mükerrer satır"
"""On a copy; the number follows. It speaks for nobody, even if it is left alone in its sheet."""
ELSEWHERE = "Kopya satır"
"""On a row of a request that stands in its own directorate's spreadsheet, too; the number follows."""
UNREADY = "Kaydedilemedi"
"""On a new row that cannot be entered; what it lacks follows."""
UNKNOWN = "Bu talep numarası kayıtlarda yok"


def duplicate(number: str) -> str:
    return f"{DUPLICATE}: {number} başka bir satırda da var."


def elsewhere(number: str, directorate: str) -> str:
    return (
        f"{ELSEWHERE}: {number} numaralı talep {directorate} tablosunda takip edilmektedir. "
        "Buraya alınması için oradaki satırın Sevk sütununu kullanınız."
    )


def note_of(row: SheetRow) -> str:
    return str(normal(row.cells.get("note")) or "")


def without_marks(note: str) -> str:
    """What people wrote there, and what the ledger says. A line of theirs may begin with the same words."""
    marks = (f"{UNREADY}: ", f"{DUPLICATE}: MHT-", f"{ELSEWHERE}: MHT-")
    return "\n".join(line for line in note.split("\n") if not line.startswith(marks))


def is_duplicate(row: SheetRow, number: str) -> bool:
    return f"{DUPLICATE}: {number} " in note_of(row)


def speaks_for(row: SheetRow, number: str) -> bool:
    """Whether the row may be the request's own: we have not told people otherwise."""
    note = note_of(row)
    return not any(f"{mark}: {number} " in note for mark in (DUPLICATE, ELSEWHERE))


def unmarked(cells: Mapping[str, CellValue]) -> dict[str, CellValue]:
    """A row's cells, its note without what we remarked."""
    note = cells.get("note")
    return {**cells, "note": without_marks(str(note)) or None} if note is not None else dict(cells)
