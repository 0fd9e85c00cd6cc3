"""A request as a row of its directorate's sheet, and rows on their way to becoming requests."""

import json
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from daemon.domain import marks, new_rows
from daemon.domain.cells import normal
from daemon.domain.clock import day_of, show_moment
from daemon.domain.office import Office
from daemon.domain.personal import mask_identity_numbers as masked
from daemon.domain.request import Channel, Request
from daemon.domain.sheet import ARSIV, TALEPLER, CellValue, Layout, Owner, SheetRow
from daemon.domain.text import file_name
from daemon.ports.files import Files

COMES_BACK = timedelta(minutes=10)
_MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Row:
    """The cells that the ledger wants in a row, and where its links lead."""

    layout: Layout
    cells: Mapping[str, CellValue]
    links: Mapping[str, str]


def row_of(request: Request, *, office: Office, files: Files, now: datetime) -> Row:
    """The row of a request; personal numbers masked, ``Kalan İş Günü`` as of ``now``."""
    action = request.last_action
    if request.last_action_at is not None:
        action = f"{show_moment(request.last_action_at)} {action}"
    if request.external_body:
        action = f"{action} ({request.external_body} ile izlenmektedir)".lstrip()
    cells: dict[str, CellValue] = {
        "number": request.number,
        "received": day_of(request.received_at),
        "channel": request.channel.value,
        "neighbourhood": request.neighbourhood,
        "headman": request.headman,
        "subject": masked(request.subject),
        "description": masked(request.description),
        "category": request.category,
        "status": request.status.value,
        "liaison": request.liaison,
        "due": request.due,
        "days_left": office.days_left(request, now),
        "result": masked(request.result),
        "note": masked(request.note),
        "sevk": request.sevk,
        "attachments": _names(request.attachments),
        "last_action": action,
    }
    links = {"attachments": files.link(request.attachments[0])} if request.attachments else {}
    return Row(ARSIV if request.archived else TALEPLER, cells, links)


def _names(paths: tuple[str, ...]) -> str:
    if not paths:
        return ""
    names = [file_name(path) for path in paths]
    return names[0] if len(names) == 1 else f"{names[0]} (+{len(names) - 1})"


# --- rows that people typed -------------------------------------------------------------------------------


class Promises:
    """Numbers given to rows that people typed, until they stand in the sheet.

    The request is there before its number can be written (a crash, a file that somebody has open). So that it
    is not entered twice, the row is known again by what it says, wherever it was sorted to; and if people typed
    on meanwhile, by its neighbourhood and its subject or description. Every promise holds for one row only.

    A row that is missing (cut and not pasted yet, or an old state was read) may come back as it was when its request
    has got another row: until that is confirmed, and for :data:`COMES_BACK`, it is known again, as a copy.
    """

    def __init__(self, kept: str, now: datetime, standing: Iterable[str] = ()) -> None:
        """``kept`` is what :meth:`text` gave; ``standing`` are numbers that the sheet has by now."""
        self._now = now
        self._standing = set(standing)
        self._told: dict[str, dict[str, str]] = {
            number: told for number, told in json.loads(kept or "{}").items() if not _is_over(told, now)
        }

    def text(self) -> str:
        return json.dumps(self._told, ensure_ascii=False) if self._told else ""

    def recognise(self, rows: Sequence[SheetRow]) -> list[str]:
        """The number promised to each row, ``""`` for none."""
        told = [new_rows.told_in(row.cells) for row in rows]
        found = [""] * len(rows)
        for alike in (_says_the_same, _typed_on):
            for number, before in self._told.items():
                free = (i for i, after in enumerate(told) if not found[i] and alike(before, after))
                if alike is _typed_on and (_MISSED in before or number in self._standing):
                    continue
                if number not in found and (index := next(free, None)) is not None:
                    found[index] = number
        return found

    def missing(self, claimed: Container[str]) -> str:
        """What :meth:`text` gives of the promises whose rows were not there this time."""
        self._told = {
            number: {**told, _MISSED: told.get(_MISSED, self._now.isoformat())}
            for number, told in self._told.items()
            if number not in claimed and (_MISSED in told or number not in self._standing)
        }
        return self.text()

    def told(self, number: str) -> dict[str, str]:
        """What the row said when its number was promised."""
        return self._told[number]

    def promise(self, number: str, row: SheetRow, typed: Mapping[str, CellValue] | None = None) -> None:
        """``typed`` is what stands in further columns, so that it is heard once."""
        further = {key: str(value) for key, value in (typed or {}).items()}
        self._told[number] = further | new_rows.told_in(row.cells)


def entry_of(row: SheetRow, code: str) -> SheetRow:
    """What a row in a directorate's sheet says as a new request of that directorate."""
    told = {key: row.cells.get(key) for key in new_rows.ENTRY}
    channel = told["channel"] or Channel.VERBAL.value
    return SheetRow(row.position, {**told, "channel": channel, "directorate": code})


def promised_in(
    layout: Layout, entries: Sequence[SheetRow], kept: str, now: datetime
) -> frozenset[tuple[str, int]]:
    """Worksheet and position of rows that became requests though their numbers could not be written yet."""
    found = zip(entries, Promises(kept, now).recognise(entries), strict=True) if kept else ()
    return frozenset((layout.title, entry.position) for entry, number in found if number)


def _is_over(told: Mapping[str, str], now: datetime) -> bool:
    return _MISSED in told and now - datetime.fromisoformat(told[_MISSED]) >= COMES_BACK


def _says_the_same(before: dict[str, str], after: dict[str, str]) -> bool:
    return all(before[key] == after[key] for key in new_rows.ENTRY)


def _typed_on(before: dict[str, str], after: dict[str, str]) -> bool:
    return before["neighbourhood"] == after["neighbourhood"] and any(
        before[key] and before[key] == after[key] for key in ("subject", "description")
    )


def typed_in(row: SheetRow) -> Iterable[tuple[str, CellValue]]:
    """What stands in people's columns."""
    for column in TALEPLER.columns:
        value = normal(row.cells.get(column.key), column.shape)
        if column.owner is Owner.PEOPLE and value is not None:
            yield column.key, value


def said_in(row: SheetRow) -> Iterable[tuple[str, CellValue]]:
    """The same without what we remarked there ourselves."""
    for key, value in typed_in(row):
        said = marks.without_marks(str(value)) if key == "note" else value
        if said != "":
            yield key, said
