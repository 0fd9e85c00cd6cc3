"""How cells answer: their value as entered, as worked out, and as shown."""

from collections.abc import Callable, Hashable, Mapping
from typing import Any

from tests.sheets_server.book import formulas
from tests.sheets_server.book.evaluation import Evaluator
from tests.sheets_server.book.formats import in_force
from tests.sheets_server.book.functions import FORMATS
from tests.sheets_server.book.locales import locale_named
from tests.sheets_server.book.model import Cell, Formula, Sheet
from tests.sheets_server.book.operands import Fault, Link, Operand, Scalar
from tests.sheets_server.book.rendering import DATE_TYPES, is_date_pattern, shown
from tests.sheets_server.book.state import State

_KEEPS_FORMAT = {"SUM", "MIN", "MAX", "AVERAGE"}


class View:
    """One state of a book, ready to be read."""

    def __init__(self, state: State, now: float) -> None:
        self.state = state
        self.locale = locale_named(state.locale)
        self.now = now
        self.paints = True
        """Whether conditional formats and bands show in the effective formats."""
        self._looks: dict[tuple[int, int, str | None], Mapping[str, Any]] = {}
        self._judged: dict[Hashable, bool] = {}
        self._evaluator = Evaluator(state, now)

    def evaluate(self, text: str, sheet: Sheet) -> Operand:
        """What a formula gives that stands in no cell."""
        return self._evaluator.evaluate(text, sheet)

    def is_readable(self, text: str, sheet: Sheet) -> bool:
        """Whether a formula is well formed in the spreadsheet's locale."""
        return self._evaluator.is_readable(text, sheet)

    def once(self, key: Hashable, judge: Callable[[], bool]) -> bool:
        """A judgement on this state, made once for each key."""
        if key not in self._judged:
            self._judged[key] = judge()
        return self._judged[key]

    def value(self, sheet: Sheet, row: int, column: int) -> Scalar:
        """What the cell holds once formulas are worked out."""
        return self._evaluator.cell(sheet, row, column)

    def link(self, sheet: Sheet, row: int, column: int, cell: Cell) -> str | None:
        """Where the cell leads: by a link in its format, or by a HYPERLINK formula."""
        link = ((cell.format or {}).get("textFormat") or {}).get("link") or {}
        if link.get("uri"):
            return str(link["uri"])
        if isinstance(cell.value, Formula):
            found = self._evaluator.linked(sheet, row, column)
            return found.url if isinstance(found, Link) else None
        return None

    def look(self, sheet: Sheet, cell: Cell, link: str | None) -> Mapping[str, Any]:
        """The effective format; cells that share a format share the answer."""
        number_format = self.number_format(sheet, cell)
        key = (id(cell.format), id(number_format), link)
        if key not in self._looks:
            look = in_force(cell.format, link)
            if number_format:
                look["numberFormat"] = dict(number_format)
            self._looks[key] = look
        return self._looks[key]

    def number_format(self, sheet: Sheet, cell: Cell) -> Mapping[str, Any] | None:
        """The number format in force: the cell's own, or the one that its formula brings along."""
        own = cell.format.get("numberFormat") if cell.format else None
        if own or not isinstance(cell.value, Formula):
            return own
        return self._brought_along(cell.value, sheet)

    def _brought_along(self, formula: Formula, sheet: Sheet) -> Mapping[str, Any] | None:
        found = formulas.tokens(formula.text)
        names = [token.text.upper() for token in found if token.kind == "name"]
        if names and names[0] in FORMATS and found[0].kind == "name":
            return FORMATS[names[0]]
        referred = next((token for token in found if token.kind == "reference"), None)
        plain = all(token.text in "+-(),:; " for token in found if token.kind in ("operator", "space"))
        if referred is None or not plain or not set(names) <= _KEEPS_FORMAT:
            return None
        reference = formulas.reference(referred.text)
        home = sheet if reference.sheet is None else self.state.sheet_titled(reference.sheet)
        if home is None:
            return None
        other = home.cell(reference.extent.top or 0, reference.extent.left or 0)
        return other.format.get("numberFormat") if other.format else None

    def formatted(self, sheet: Sheet, row: int, column: int, cell: Cell) -> str:
        value = cell.value
        if type(value) is str and not cell.format:
            return value
        result: Scalar = self.value(sheet, row, column) if isinstance(value, Formula) else value
        if isinstance(result, Fault):
            return result.text
        if result is None:
            return ""
        return shown(result, self.number_format(sheet, cell), self.locale)

    def plain(self, sheet: Sheet, row: int, column: int, cell: Cell, *, dates_as_text: bool) -> object:
        """The unformatted value as JSON; dates as serial numbers or as shown."""
        value = cell.value
        if type(value) is str:
            return value
        result: Scalar = self.value(sheet, row, column) if isinstance(value, Formula) else value
        if isinstance(result, Fault):
            return result.text
        if type(result) is float:
            if dates_as_text and self._shows_a_date(sheet, cell):
                return self.formatted(sheet, row, column, cell)
            return json_number(result)
        return "" if result is None else result

    def _shows_a_date(self, sheet: Sheet, cell: Cell) -> bool:
        number_format = self.number_format(sheet, cell) or {}
        kind = number_format.get("type")
        return kind in DATE_TYPES or (not kind and is_date_pattern(str(number_format.get("pattern", ""))))

    def entered(self, sheet: Sheet, row: int, column: int, cell: Cell, *, dates_as_text: bool) -> object:
        """As FORMULA asks: the formula where there is one."""
        if isinstance(cell.value, Formula):
            return cell.value.text
        return self.plain(sheet, row, column, cell, dates_as_text=dates_as_text)


def json_number(number: float) -> int | float:
    """1.0 is written 1 in Google's JSON."""
    return int(number) if number.is_integer() and abs(number) < 1e16 else number
