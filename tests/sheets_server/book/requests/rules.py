"""Requests on conditional formats; a rule is known by its place on its sheet."""

from tests.sheets_server.book import condition_kinds
from tests.sheets_server.book.change import Change, Handler, needed
from tests.sheets_server.book.formats import twinned
from tests.sheets_server.book.model import Json, Refused, Sheet
from tests.sheets_server.book.requests.objects import kept_range

_NAME = "conditionalFormats"


def _rule(change: Change, given: Json) -> tuple[Sheet, Json]:
    """A rule as it is kept; its ranges lie on one sheet."""
    if not given.get("ranges"):
        raise Refused("rule.ranges must be specified")
    if ("booleanRule" in given) == ("gradientRule" in given):
        raise Refused("exactly one of booleanRule and gradientRule must be set")
    if "booleanRule" in given and not (given["booleanRule"].get("condition") or {}).get("type"):
        raise Refused("rule.booleanRule.condition.type must be specified")
    placed = [kept_range(change, one, bounded=True) for one in given["ranges"]]
    if any(sheet is not placed[0][0] for sheet, _ in placed):
        raise Refused("All ranges of a conditional format rule must be on the same sheet.")
    if "booleanRule" in given:
        use = condition_kinds.Use.FORMATTING
        condition_kinds.check(given["booleanRule"]["condition"], use, placed[0][0], change.view)
    return placed[0][0], {**twinned(given), "ranges": [kept for _, kept in placed]}


def _add(change: Change, body: Json) -> None:
    sheet, rule = _rule(change, needed(body, "rule"))
    index = int(body.get("index") or 0)
    _check_index(index, len(sheet.list(_NAME)) + 1)
    sheet.add(_NAME, rule, index)


def _check_index(index: int, count: int) -> None:
    if not 0 <= index < count:
        raise Refused(f"No conditional format on sheet at index: {index}")


def _update(change: Change, body: Json) -> Json:
    index = int(body.get("index") or 0)
    if "rule" in body and "newIndex" not in body:
        sheet, rule = _rule(change, body["rule"])
        rules = sheet.list(_NAME)
        _check_index(index, len(rules))
        old, rules[index] = rules[index], rule
        return {"newIndex": index, "newRule": rule, "oldRule": old}
    if "newIndex" not in body or "rule" in body:
        raise Refused("exactly one of rule and newIndex must be set")
    rules = change.state.sheet(int(body.get("sheetId") or 0)).list(_NAME)
    new_index = int(body["newIndex"])
    _check_index(index, len(rules))
    _check_index(new_index, len(rules))
    rules.insert(new_index, rules.pop(index))
    return {"oldIndex": index, "newIndex": new_index, "newRule": rules[new_index]}


def _delete(change: Change, body: Json) -> Json:
    rules = change.state.sheet(int(body.get("sheetId") or 0)).list(_NAME)
    index = int(body.get("index") or 0)
    _check_index(index, len(rules))
    return {"rule": rules.pop(index)}


KINDS: dict[str, Handler] = {
    "addConditionalFormatRule": _add,
    "updateConditionalFormatRule": _update,
    "deleteConditionalFormatRule": _delete,
}
