"""Formulas when rows go away or are filled down: which references move where (ISO/IEC 29500-1, 18.17).

What Excel does on *Delete row*: references below move up, ranges shrink, a reference to a removed row becomes
``#REF!``. One rule is ours: a range that reaches below the last used row keeps its end, so that drop-downs,
colours and sums that were laid out for rows to come do not shrink with every archived row.
"""

import re
from bisect import bisect_left
from collections.abc import Collection
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""(?P<text>"(?:[^"]|"")*")
      | (?P<sheet>(?:\[[^\[\]]*\])?(?:'(?:[^']|'')+'|[^\W\d][\w.]*(?::[^\W\d][\w.]*)?)!)?
        (?P<where>\$?[A-Z]{1,3}\$?[1-9]\d{0,6}(?::\$?[A-Z]{1,3}\$?[1-9]\d{0,6})?|\$?[1-9]\d{0,6}:\$?[1-9]\d{0,6})
        (?![\w.(!\[])
      | (?P<bracket>\[(?:[^\[\]]|\[[^\[\]]*\])*\])
      | (?P<name>[\w.\\$?]+)
      | .""",
    re.VERBOSE | re.DOTALL,
)
_CELL = re.compile(r"(\$?)([A-Z]{0,3})(\$?)(\d+)")
_FIXED = re.compile(r"\$\d")
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d+)(?::\$?([A-Z]{1,3})\$?(\d+))?")
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384


class CannotShift(Exception):
    """Something is anchored to the rows below that this program cannot move with them."""


def column_letters(index: int) -> str:
    """1 → ``A``, 27 → ``AA``."""
    letters = ""
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_index(letters: str) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells, 1-based, both ends inside."""

    left: int
    top: int
    right: int
    bottom: int

    @classmethod
    def read(cls, reference: str) -> "Area | None":
        found = _REFERENCE.fullmatch(reference)
        if not found:
            return None
        left, top, right, bottom = found.groups()
        return cls(column_index(left), int(top), column_index(right or left), int(bottom or top))

    def __str__(self) -> str:
        start, end = f"{column_letters(self.left)}{self.top}", f"{column_letters(self.right)}{self.bottom}"
        return start if start == end else f"{start}:{end}"


class Shift:
    """Where rows go when ``removed`` are taken out of the worksheet ``title``."""

    def __init__(self, title: str, removed: Collection[int], last_used: int) -> None:
        self.title = title
        self.removed = sorted(set(removed))
        self._last_used = last_used

    def row(self, number: int) -> int | None:
        """The row's new number; ``None`` for a removed one."""
        before = bisect_left(self.removed, number)
        gone = before < len(self.removed) and self.removed[before] == number
        return None if gone else number - before

    def above(self, number: int) -> int:
        """How many rows go above this one."""
        return bisect_left(self.removed, number)

    def span(self, top: int, bottom: int) -> tuple[int, int] | None:
        """A range's new first and last row; ``None`` when all of it goes."""
        while self.row(top) is None and top <= bottom:
            top += 1
        if top > bottom:
            return None
        if bottom > self._last_used:
            return self._at(top), bottom
        while self.row(bottom) is None:
            bottom -= 1
        return self._at(top), self._at(bottom)

    def _at(self, number: int) -> int:
        found = self.row(number)
        return number if found is None else found

    def area(self, area: Area) -> Area | None:
        span = self.span(area.top, area.bottom)
        return Area(area.left, span[0], area.right, span[1]) if span else None

    def areas(self, references: str) -> str:
        """A blank-separated list of ranges (``sqref``); ranges that go are left out."""
        kept = []
        for reference in references.split():
            area = Area.read(reference)
            if area is None:
                kept.append(reference)  # whole columns: they have no rows to move
            elif moved := self.area(area):
                kept.append(str(moved))
        return " ".join(kept)

    def formula(self, formula: str, *, at_home: bool, fixed_only: bool = False) -> str:
        """A formula after the removal. ``at_home``: it stands in the worksheet itself, so that references
        without a sheet's name are meant. ``fixed_only``: only rows with ``$`` move (a rule's other rows are
        counted from where it begins). Raises :class:`CannotShift` for ranges across sheets."""

        def moved(found: "re.Match[str]") -> str:
            where, sheet = found["where"], found["sheet"] or ""
            if not where or not self._is_meant(sheet, at_home=at_home):
                return found[0]
            if fixed_only and not _FIXED.search(where):
                return found[0]
            return sheet + self._moved(where)

        return _TOKEN.sub(moved, formula)

    def _is_meant(self, sheet: str, *, at_home: bool) -> bool:
        if not sheet:
            return at_home
        name = sheet[:-1]
        if name.startswith(("[", "'[")):
            return False
        if name.startswith("'"):
            name = name[1:-1].replace("''", "'")
        if ":" in name:
            raise CannotShift(f"a formula refers to several sheets at once: {sheet}")
        return name.casefold() == self.title.casefold()

    def _moved(self, where: str) -> str:
        ends = [_CELL.fullmatch(end) for end in where.split(":")]
        cells = [end for end in ends if end is not None]
        rows = [int(cell[4]) for cell in cells]
        top, bottom = min(rows), max(rows)
        span = self.span(top, bottom) if top != bottom else self._single(top)
        if span is None:
            return "#REF!"
        new = {top: span[0], bottom: span[1]} if top != bottom else {top: span[0]}
        return ":".join(f"{cell[1]}{cell[2]}{cell[3]}{new[int(cell[4])]}" for cell in cells)

    def _single(self, row: int) -> tuple[int, int] | None:
        found = self.row(row)
        return (found, found) if found is not None else None


def filled(formula: str, rows: int, columns: int) -> str:
    """A formula as it reads so many rows down and columns right (a shared formula's dependants)."""

    def moved(found: "re.Match[str]") -> str:
        if not found["where"]:
            return found[0]
        return (found["sheet"] or "") + ":".join(
            _filled_cell(end, rows, columns) for end in found["where"].split(":")
        )

    return _TOKEN.sub(moved, formula)


def _filled_cell(cell: str, rows: int, columns: int) -> str:
    found = _CELL.fullmatch(cell)
    if found is None:
        return cell
    fixed_column, letters, fixed_row, row = found.groups()
    if not letters:  # a range of whole rows: the $ before the number was read as the column's
        fixed_row, fixed_column = fixed_column or fixed_row, ""
    number = int(row) if fixed_row else (int(row) + rows - 1) % LAST_ROW + 1
    if letters and not fixed_column:
        letters = column_letters((column_index(letters) + columns - 1) % LAST_COLUMN + 1)
    return f"{fixed_column}{letters}{fixed_row}{number}"
