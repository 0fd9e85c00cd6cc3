"""Putting rows of a range in order: numbers, then texts, then truth values; empty cells last either way."""

from collections.abc import Mapping, Sequence
from functools import cmp_to_key
from typing import Any

from tests.sheets_server.book import formulas
from tests.sheets_server.book.formats import rgb_of
from tests.sheets_server.book.model import Box, Cell, Formula, Refused, Sheet
from tests.sheets_server.book.operands import Fault, Scalar, rank
from tests.sheets_server.book.view import View

_ALPHABET = "abcçdefgğhıijklmnoöpqrsştuüvwxyz"
_PLACES = {letter: at for at, letter in enumerate(_ALPHABET)}


def sort(sheet: Sheet, box: Box, specs: Sequence[Mapping[str, Any]], view: View) -> None:
    """Moves the cells of the rows; rows that are hidden stay where they are, heights and metadata too."""
    if not specs:
        raise Refused("At least one sort spec must be specified.")
    places = [
        row
        for row in range(box.top, box.bottom)
        if not (sheet.row_dimensions[row].hidden or sheet.row_dimensions[row].filtered)
    ]
    order = list(places)
    for spec in reversed(specs):
        _by(order, sheet, box, spec, view)
    _rearrange(sheet, box, places, order)


def _by(order: list[int], sheet: Sheet, box: Box, spec: Mapping[str, Any], view: View) -> None:
    column = int(spec.get("dimensionIndex") or 0)
    if not box.left <= column < box.right:
        raise Refused(f"The sort column {column} is outside of the range.")
    colour = _colour(spec)
    if colour is not None:
        name, wanted = colour
        order.sort(key=lambda row: _painted(sheet.cell(row, column), name) != wanted)
        return
    values = {row: view.value(sheet, row, column) for row in order}
    down = spec.get("sortOrder") == "DESCENDING"

    def compare(first: int, second: int) -> int:
        return _compared(values[first], values[second], down=down)

    order.sort(key=cmp_to_key(compare))


def _colour(spec: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]] | None:
    for name in ("backgroundColor", "foregroundColor"):
        if f"{name}Style" in spec:
            return name, rgb_of(spec[f"{name}Style"])
        if name in spec:
            return name, spec[name]
    return None


def _painted(cell: Cell, name: str) -> Mapping[str, Any]:
    look: Mapping[str, Any] = cell.format or {}
    if name == "foregroundColor":
        look = look.get("textFormat") or {}
    found: Mapping[str, Any] = look.get(name) or {}
    return found


def _compared(first: Scalar, second: Scalar, *, down: bool) -> int:
    blank = (first in (None, ""), second in (None, ""))
    if blank[0] or blank[1]:
        return blank[0] - blank[1]
    kinds = (_kind(first), _kind(second))
    one, two = _key(first), _key(second)
    order = kinds[0] - kinds[1] or (one > two) - (one < two)  # type: ignore[operator]
    return -order if down else order


def _kind(value: Scalar) -> int:
    return 3 if isinstance(value, Fault) else rank(value)


def _key(value: Scalar) -> object:
    if isinstance(value, Fault):
        return value.text
    return text_key(value) if isinstance(value, str) else value


def text_key(value: str) -> list[tuple[int, str]]:
    """Letters in the order of the Turkish alphabet, whatever their case; signs before digits before letters."""
    folded = value.replace("I", "ı").replace("İ", "i").lower()
    return [(_PLACES.get(letter, 100 if letter.isalpha() else -1) + 1, letter) for letter in folded]


def _rearrange(sheet: Sheet, box: Box, places: Sequence[int], order: Sequence[int]) -> None:
    old = {row: sheet.rows[row] for row in places}
    for place, source in zip(places, order, strict=True):
        if place == source:
            continue
        rest = {column: cell for column, cell in old[place].items() if not box.left <= column < box.right}
        moved = {
            column: relocated(cell, place - source, 0)
            for column, cell in old[source].items()
            if box.left <= column < box.right
        }
        sheet.rows[place] = {**rest, **moved}


def relocated(cell: Cell, down: int, right: int) -> Cell:
    """A cell as it reads elsewhere: its formula's loose references move along."""
    if not isinstance(cell.value, Formula):
        return cell
    text = formulas.shifted(cell.value.text, down, right)
    return Cell(Formula(text), cell.format, cell.note, cell.validation, cell.runs)


def permute(sheet: Sheet, box: Box, order: Sequence[int]) -> None:
    """Puts the rows of the box into another order."""
    _rearrange(sheet, box, list(range(box.top, box.bottom)), order)
