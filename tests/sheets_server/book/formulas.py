"""Formulas as text: their tokens, the references in them, and how those change when cells move."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from tests.sheets_server.book.a1 import Extent, column_of, letters, quoted
from tests.sheets_server.book.edits import Cut, Edit
from tests.sheets_server.book.state import State

_SHEET = r"(?:(?P<sheet>'(?:[^']|'')+'|[^\W\d][\w.]*)!)?"
_CELL = r"\$?[A-Za-z]{1,3}\$?[1-9]\d*"
_REFERENCE = (
    rf"{_SHEET}(?P<range>{_CELL}(?::(?:{_CELL}|\$?[A-Za-z]{{1,3}}|\$?[1-9]\d*))?"
    r"|\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}|\$?[1-9]\d*:\$?[1-9]\d*)(?![\w(!.])"
)


def _token(decimal: str, separators: str) -> re.Pattern[str]:
    return re.compile(
        r"(?P<string>\"(?:[^\"]|\"\")*\")"
        rf"|(?P<reference>{_REFERENCE})"
        r"|(?P<error>#(?:REF!|DIV/0!|VALUE!|NAME\?|NUM!|N/A|NULL!|ERROR!))"
        rf"|(?P<number>(?:\d+(?:[{decimal}]\d*)?|[{decimal}]\d+)(?:[eE][+-]?\d+)?)"
        r"|(?P<name>[^\W\d][\w.]*)"
        rf"|(?P<operator><>|<=|>=|[-+*/^&=<>%(){separators}{{}}\\:!])"
        r"|(?P<space>\s+)"
        r"|(?P<other>.)",
        re.DOTALL,
    )


_TOKEN = _token(".", ",;")
_WITH_DECIMAL_COMMA = _token(",", ";")
_PART = re.compile(r"(\$?)([A-Za-z]{1,3})?(\$?)([1-9]\d*)?")


@dataclass(frozen=True, slots=True)
class Token:
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Corner:
    """One end of a reference, with what is pinned by ``$``."""

    column: int | None
    row: int | None
    column_pinned: bool = False
    row_pinned: bool = False

    def text(self) -> str:
        column = "" if self.column is None else ("$" if self.column_pinned else "") + letters(self.column)
        return column + ("" if self.row is None else ("$" if self.row_pinned else "") + str(self.row + 1))


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference of a formula: the sheet's title, if it is named, and one or two corners."""

    sheet: str | None
    first: Corner
    last: Corner | None

    @property
    def extent(self) -> Extent:
        last = self.last or self.first
        top, bottom = _ends(self.first.row, last.row)
        left, right = _ends(self.first.column, last.column)
        return Extent(top, bottom, left, right)

    def text(self) -> str:
        prefix = "" if self.sheet is None else quoted(self.sheet) + "!"
        return prefix + self.first.text() + ("" if self.last is None else ":" + self.last.text())


def _ends(first: int | None, last: int | None) -> tuple[int | None, int | None]:
    if first is None or last is None:
        return (first if last is None else last), None
    return min(first, last), max(first, last) + 1


_KINDS = ("string", "reference", "error", "number", "name", "operator", "space", "other")


@lru_cache(maxsize=4096)
def tokens(text: str, *, decimal_comma: bool = False) -> tuple[Token, ...]:
    """The tokens of a formula without its ``=``; their texts joined give it again. ``decimal_comma``: as a locale reads
    it in which the comma parts a number and so cannot part arguments."""
    pattern = _WITH_DECIMAL_COMMA if decimal_comma else _TOKEN
    return tuple(
        Token(next(kind for kind in _KINDS if match[kind] is not None), match.group())
        for match in pattern.finditer(text[1:])
    )


@lru_cache(maxsize=4096)
def reference(text: str) -> Reference:
    """Reads the text of a reference token."""
    sheet, _, cells = text.rpartition("!")
    title = sheet[1:-1].replace("''", "'") if sheet.startswith("'") else sheet
    first, colon, last = cells.partition(":")
    return Reference(title if sheet else None, _corner(first), _corner(last) if colon else None)


def _corner(text: str) -> Corner:
    match = _PART.fullmatch(text)
    if match is None:
        raise ValueError(text)
    pin, column, row_pin, row = match.groups()
    if column is None:
        return Corner(None, int(row) - 1, False, bool(pin or row_pin))
    return Corner(column_of(column), int(row) - 1 if row else None, bool(pin), bool(row_pin))


def rewritten(text: str, change: Callable[[Reference], str]) -> str:
    """The formula with each reference replaced by what ``change`` says."""
    return "=" + "".join(
        change(reference(token.text)) if token.kind == "reference" else token.text for token in tokens(text)
    )


@lru_cache(maxsize=1024)
def loose(text: str) -> tuple[bool, bool]:
    """Whether a copy further down, and one further right, reads otherwise."""
    corners = [
        corner
        for token in tokens(text)
        if token.kind == "reference"
        for corner in (reference(token.text).first, reference(token.text).last)
        if corner is not None
    ]
    return (
        any(corner.row is not None and not corner.row_pinned for corner in corners),
        any(corner.column is not None and not corner.column_pinned for corner in corners),
    )


def shifted(text: str, down: int, right: int) -> str:
    """The formula as it reads when copied elsewhere: what is not pinned moves along."""

    def change(found: Reference) -> str:
        corners = [_moved(corner, down, right) for corner in (found.first, found.last) if corner is not None]
        if any(corner is None for corner in corners):
            return "#REF!"
        kept = [corner for corner in corners if corner is not None]
        return Reference(found.sheet, kept[0], kept[1] if len(kept) > 1 else None).text()

    return rewritten(text, change) if down or right else text


def _moved(corner: Corner, down: int, right: int) -> Corner | None:
    column = corner.column if corner.column is None or corner.column_pinned else corner.column + right
    row = corner.row if corner.row is None or corner.row_pinned else corner.row + down
    if (column or 0) < 0 or (row or 0) < 0:
        return None
    return Corner(column, row, corner.column_pinned, corner.row_pinned)


def adjusted(text: str, edit: Edit | Cut, state: State, home_id: int) -> str:
    """The formula after an edit of the grid, so that it still means the same cells."""

    def change(found: Reference) -> str:
        sheet = None if found.sheet is None else state.sheet_titled(found.sheet)
        sheet_id = sheet.id if sheet else (home_id if found.sheet is None else None)
        if sheet_id != edit.sheet_id:
            return found.text()
        new = edit.extent(found.extent)
        if new is None:
            return "#REF!"
        title = found.sheet
        if isinstance(edit, Cut) and new != found.extent and edit.to_sheet_id != edit.sheet_id:
            title = state.sheet(edit.to_sheet_id).title
        return _at(found, new, title).text()

    return rewritten(text, change)


def _at(found: Reference, extent: Extent, title: str | None) -> Reference:
    last = found.last or found.first
    open_rows, open_columns = found.extent.bottom is None, found.extent.right is None
    first = Corner(
        extent.left if found.first.column is not None else None,
        extent.top if found.first.row is not None else None,
        found.first.column_pinned,
        found.first.row_pinned,
    )
    end = Corner(
        None if last.column is None else (extent.left if open_columns else _before(extent.right)),
        None if last.row is None else (extent.top if open_rows else _before(extent.bottom)),
        last.column_pinned,
        last.row_pinned,
    )
    return Reference(title, first, None if found.last is None else end)


def _before(end: int | None) -> int | None:
    return None if end is None else end - 1


def renamed(text: str, old: str, new: str) -> str:
    """The formula after a sheet got another title."""

    def change(found: Reference) -> str:
        if found.sheet is not None and found.sheet.casefold() == old.casefold():
            return Reference(new, found.first, found.last).text()
        return found.text()

    return rewritten(text, change)
