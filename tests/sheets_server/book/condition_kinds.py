"""Which conditions may stand where, and how many values each takes.

https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/other#ConditionType
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from tests.sheets_server.book.model import Refused, Sheet
from tests.sheets_server.book.view import View


class Use(StrEnum):
    """Where a condition stands."""

    VALIDATION = "data validation"
    FORMATTING = "conditional formatting"


_NONE, _ONE, _TWO, _UP_TO_TWO = range(1), range(1, 2), range(2, 3), range(3)
_ONLY_VALIDATION = frozenset({Use.VALIDATION})
_ONLY_FORMATTING = frozenset({Use.FORMATTING})
_BOTH = frozenset(Use)
_KINDS: dict[str, tuple[range | None, frozenset[Use]]] = {
    **dict.fromkeys(("NUMBER_GREATER", "NUMBER_GREATER_THAN_EQ", "NUMBER_LESS"), (_ONE, _BOTH)),
    **dict.fromkeys(("NUMBER_LESS_THAN_EQ", "NUMBER_EQ", "NUMBER_NOT_EQ"), (_ONE, _BOTH)),
    **dict.fromkeys(("NUMBER_BETWEEN", "NUMBER_NOT_BETWEEN"), (_TWO, _BOTH)),
    **dict.fromkeys(("TEXT_CONTAINS", "TEXT_NOT_CONTAINS", "TEXT_EQ"), (_ONE, _BOTH)),
    **dict.fromkeys(("TEXT_STARTS_WITH", "TEXT_ENDS_WITH"), (_ONE, _ONLY_FORMATTING)),
    **dict.fromkeys(("TEXT_IS_EMAIL", "TEXT_IS_URL", "DATE_IS_VALID"), (_NONE, _ONLY_VALIDATION)),
    **dict.fromkeys(("DATE_EQ", "DATE_BEFORE", "DATE_AFTER"), (_ONE, _BOTH)),
    **dict.fromkeys(("DATE_ON_OR_BEFORE", "DATE_ON_OR_AFTER"), (_ONE, _ONLY_VALIDATION)),
    **dict.fromkeys(("DATE_BETWEEN", "DATE_NOT_BETWEEN"), (_TWO, _ONLY_VALIDATION)),
    "ONE_OF_RANGE": (_ONE, _ONLY_VALIDATION),
    "ONE_OF_LIST": (None, _ONLY_VALIDATION),
    **dict.fromkeys(("BLANK", "NOT_BLANK"), (_NONE, _ONLY_FORMATTING)),
    "CUSTOM_FORMULA": (_ONE, _BOTH),
    "BOOLEAN": (_UP_TO_TWO, _ONLY_VALIDATION),
}


def check(condition: Mapping[str, Any], use: Use, sheet: Sheet, view: View) -> None:
    """Refuses a condition that cannot stand there, has too few or too many values, or a formula that the
    spreadsheet's locale cannot read (the wording of the last as recorded from the real service)."""
    kind, values = str(condition["type"]), condition.get("values") or []
    counts, uses = _KINDS.get(kind, (None, frozenset()))
    if use not in uses:
        raise Refused(f"Condition type {kind} is not supported in {use}.")
    if counts is not None and len(values) not in counts:
        wanted = str(counts[0]) if len(counts) == 1 else f"{counts[0]} to {counts[-1]}"
        raise Refused(f"Condition type {kind} takes {wanted} values, but {len(values)} were given.")
    for value in values if kind != "ONE_OF_LIST" else ():
        text = str(value.get("userEnteredValue", ""))
        if text.startswith("=") and not view.is_readable(text, sheet):
            raise Refused(f"Invalid ConditionValue.userEnteredValue: {text}")
