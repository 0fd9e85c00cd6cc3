"""New rows that lack something, in ``Yeni Talep`` or in a directorate's sheet: whoever typed them may have gone home,
so the office is told.

What stands there is kept in the ledger from turn to turn, so that danger in a row sounds the alarm once, however
often people go on typing in it, and the daily letter can name the rows that have stood since the day before.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from hashlib import sha256

from daemon.domain import edits, marks, new_rows
from daemon.domain.alarm import alarm, tells_of_danger
from daemon.domain.clock import day_of
from daemon.domain.notice import Notice
from daemon.domain.office import Office
from daemon.domain.sheet import TALEPLER, YENI_TALEP, SheetRow
from daemon.domain.text import one_line
from daemon.ports.ledger import Transaction, View
from daemon.steps.rows import COMES_BACK

_KEPT = "new-rows.unready"
"""Note in the ledger on the rows that lack something."""
_TELLING = ("neighbourhood", "headman", "subject", "description")
"""Columns by which a row tells something; a channel alone may have been filled in for the whole week."""
_REMARKS = ("result", "note")
"""Columns of a directorate's sheet in which people tell of a row what is no request."""


@dataclass(frozen=True, slots=True)
class Unready:
    """A row that cannot be entered yet. ``gone`` is since when it is not there any more (typed in just now, cut and
    not pasted yet), ``""`` while it is."""

    place: int
    told: Mapping[str, str]
    lacks: str
    since: str
    alarmed: bool = False
    gone: str = ""
    code: str = ""
    """The directorate in whose sheet it stands; ``""`` for the office's own."""

    @property
    def sheet(self) -> str:
        return TALEPLER.title if self.code else YENI_TALEP.title

    @property
    def opened(self) -> date:
        return day_of(datetime.fromisoformat(self.since))

    @property
    def subject(self) -> str:
        return one_line(self.told["subject"] or self.told["description"], 80) or "(konusuz)"


def unready_rows(view: View) -> list[Unready]:
    """The rows that stand there and lack something, the longest waiting first."""
    return sorted((row for row in _kept(view) if not row.gone), key=lambda row: (row.since, row.place))


def _kept(view: View) -> list[Unready]:
    return [Unready(**row) for row in json.loads(view.note(_KEPT) or "[]")]


def keep_unready(
    tx: Transaction, rows: Iterable[tuple[SheetRow, str]], *, code: str = "", office: Office, now: datetime
) -> list[Notice]:
    """Remember the rows of one sheet, each with what it lacks; the letters that danger in them asks for."""
    kept = _kept(tx)
    before = [row for row in kept if row.code == code]
    standing = [
        Unready(row.position, told, lacks, now.isoformat(), code=code)
        for row, lacks in rows
        if any((told := _told_in(row))[key] for key in _TELLING)
    ]
    known = _recognised(before, standing)
    notices: list[Notice] = []
    after: list[Unready] = []
    for row, old in zip(standing, known, strict=True):
        if old is not None:
            row = replace(row, since=old.since, alarmed=old.alarmed)
        fresh = () if row.alarmed or (old and old.told == row.told) else _alarm(row, office, now)
        notices += fresh
        after.append(replace(row, alarmed=row.alarmed or bool(fresh)))
    after += _gone(before, known, now)
    if after != before:
        elsewhere = [row for row in kept if row.code != code and table_of(row, office) is not None]
        tx.set_note(_KEPT, json.dumps([asdict(row) for row in (*elsewhere, *after)], ensure_ascii=False))
    return notices


def _told_in(row: SheetRow) -> dict[str, str]:
    """What the row says, in a directorate's sheet its ``Sonuç`` and ``Not`` too, without what we remarked there."""
    remarks = {key: edits.text_typed(marks.unmarked(row.cells).get(key)) for key in _REMARKS}
    return new_rows.told_in(row.cells) | {key: text for key, text in remarks.items() if text}


def table_of(row: Unready, office: Office) -> str | None:
    """The directorate whose spreadsheet holds the row; ``""`` for the office's, ``None`` for one that is no more."""
    if not row.code:
        return ""
    found = office.registry.directorate(row.code)
    return found.name if found else None


def _gone(before: Sequence[Unready], known: Sequence[Unready | None], now: datetime) -> list[Unready]:
    """Rows that are not there this time and may come back."""
    gone = (replace(row, gone=row.gone or now.isoformat()) for row in before if row not in known)
    return [row for row in gone if now - datetime.fromisoformat(row.gone) < COMES_BACK]


def _recognised(before: Sequence[Unready], standing: Sequence[Unready]) -> list[Unready | None]:
    """What each row was the last time, each for one row only; ``None`` for a new one."""
    found: list[Unready | None] = [None] * len(standing)
    free = list(before)
    for alike in (_says_the_same, _typed_on, _mended_in_place):
        for index, row in enumerate(standing):
            old = next((old for old in free if alike(old, row)), None) if found[index] is None else None
            if old is not None:
                free.remove(old)
                found[index] = old
    return found


def _says_the_same(old: Unready, row: Unready) -> bool:
    return old.told == row.told


def _typed_on(old: Unready, row: Unready) -> bool:
    return _agree(old, row, ("neighbourhood",)) and _agree(old, row, ("subject", "description"))


def _mended_in_place(old: Unready, row: Unready) -> bool:
    """In its old place a row may have got another neighbourhood, or more words."""
    before, after = old.told["description"], row.told["description"]
    goes_on = bool(before) and (after.startswith(before) or before.startswith(after))
    return old.place == row.place and (goes_on or _agree(old, row, ("subject", "description")))


def _agree(old: Unready, row: Unready, keys: Iterable[str]) -> bool:
    return any(old.told[key] and old.told[key] == row.told[key] for key in keys)


def _alarm(row: Unready, office: Office, now: datetime) -> tuple[Notice, ...]:
    subject = row.told["subject"]
    words = "\n".join(filter(None, (row.told.get(key) for key in ("description", *_REMARKS))))
    if not tells_of_danger(office, subject, words):
        return ()
    said = sha256(json.dumps([row.place, now.isoformat(), row.told]).encode()).hexdigest()[:16]
    facts = {
        "subject": row.subject,
        "neighbourhood": row.told["neighbourhood"],
        "headman": row.told["headman"],
        "words": words or subject,
        "lacks": row.lacks,
        "sheet": row.sheet,
        "table": table_of(row, office) or "",
    }
    return alarm(office, f"new-row/{said}", facts)
