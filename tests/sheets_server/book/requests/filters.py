"""Requests on the basic filter and on filter views, and which rows a filter hides."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tests.sheets_server.book import a1, conditions, sorting
from tests.sheets_server.book.change import Change, Handler, needed
from tests.sheets_server.book.formats import twinned, with_twins
from tests.sheets_server.book.masks import paths
from tests.sheets_server.book.model import Box, Json, Refused, Sheet
from tests.sheets_server.book.requests.objects import find, free_id, kept_range, updated
from tests.sheets_server.book.view import View


def _criteria(given: Json) -> Json:
    """``filterSpecs`` and the older ``criteria`` say the same; both are answered."""
    result = twinned(
        {name: value for name, value in given.items() if name not in ("criteria", "filterSpecs")}
    )
    specs = given.get("filterSpecs")
    if specs is None:
        specs = [
            {"columnIndex": int(column), "filterCriteria": criteria}
            for column, criteria in (given.get("criteria") or {}).items()
        ]
    if specs:
        result["filterSpecs"] = twinned(specs)
        result["criteria"] = {
            str(spec.get("columnIndex", 0)): twinned(spec.get("filterCriteria") or {}) for spec in specs
        }
    return dict(result)


def _set_basic(change: Change, body: Json) -> None:
    given = needed(body, "filter")
    if "tableId" in given:
        raise Refused("this stand-in does not filter tables by tableId", status=501)
    sheet, kept = kept_range(change, given.get("range") or {}, bounded=True)
    sheet.basic_filter = {**_criteria(given), "range": kept}
    box = a1.boxed(change.state, kept)[1]
    body_box = Box(box.top + 1, box.bottom, box.left, box.right)
    _show_all(sheet)
    if given.get("sortSpecs") and body_box.height > 0:
        sorting.sort(sheet, body_box, given["sortSpecs"], change.view)
    _hide(change, sheet, body_box)


def _show_all(sheet: Sheet) -> None:
    sheet.row_dimensions = [
        replace(one, filtered=False) if one.filtered else one for one in sheet.row_dimensions
    ]


def _hide(change: Change, sheet: Sheet, box: Box) -> None:
    """Hides the rows whose cells do not meet every criterion."""
    specs = (sheet.basic_filter or {}).get("filterSpecs") or []
    view = change.view
    for spec in specs:
        column = int(spec.get("columnIndex") or 0)
        for row in range(box.top, box.bottom):
            if not _passes(sheet, row, column, spec.get("filterCriteria") or {}, view, box):
                sheet.row_dimensions[row] = replace(sheet.row_dimensions[row], filtered=True)


def _passes(sheet: Sheet, row: int, column: int, criteria: Mapping[str, Any], view: View, data: Box) -> bool:
    if view.formatted(sheet, row, column, sheet.cell(row, column)) in (criteria.get("hiddenValues") or []):
        return False
    condition = criteria.get("condition")
    origin = Box(data.top, data.bottom, column, column + 1)
    return not condition or conditions.holds(condition, sheet, row, column, view, origin=origin)


def _clear_basic(change: Change, body: Json) -> None:
    sheet = change.state.sheet(int(body.get("sheetId") or 0))
    sheet.basic_filter = None
    _show_all(sheet)


def _view(change: Change, given: Json, chosen: int) -> tuple[Sheet, Json]:
    if "namedRangeId" in given:
        named = next(
            (one for one in change.state.named_ranges if one["namedRangeId"] == given["namedRangeId"]), None
        )
        if named is None:
            raise Refused(f"No NamedRange with id: {given['namedRangeId']}")
        given = {**given, "range": named["range"]}
    sheet, kept = kept_range(change, given.get("range") or {}, bounded=True)
    title = given.get("title") or _free_title(sheet)
    return sheet, {**_criteria(given), "filterViewId": chosen, "title": title, "range": kept}


def _free_title(sheet: Sheet) -> str:
    taken = {view["title"] for view in sheet.list("filterViews")}
    number = 1
    while f"Filter {number}" in taken:
        number += 1
    return f"Filter {number}"


def _add_view(change: Change, body: Json) -> Json:
    given = body.get("filter") or {}
    chosen = free_id(change, "filterViews", "filterViewId", given.get("filterViewId"), "filter view")
    sheet, kept = _view(change, given, chosen)
    sheet.add("filterViews", kept)
    return {"filter": kept}


def _update_view(change: Change, body: Json) -> None:
    given = needed(body, "filter")
    sheet, at = find(change, "filterViews", "filterViewId", given.get("filterViewId"), "filter view")
    old = sheet.list("filterViews")[at]
    named = with_twins(paths(body.get("fields")))
    new = updated(old, given, named, "filterViewId")
    if any(path[:1] == ("criteria",) for path in named) and "filterSpecs" not in given:
        new.pop("filterSpecs", None)
    _, kept = _view(change, new, old["filterViewId"])
    sheet.list("filterViews")[at] = kept


def _duplicate_view(change: Change, body: Json) -> Json:
    sheet, at = find(change, "filterViews", "filterViewId", body.get("filterId"), "filter view")
    old = sheet.list("filterViews")[at]
    chosen = free_id(change, "filterViews", "filterViewId", None, "filter view")
    twin = {**old, "filterViewId": chosen, "title": f"Copy of {old['title']}"}
    sheet.add("filterViews", twin)
    return {"filter": twin}


def _delete_view(change: Change, body: Json) -> None:
    sheet, at = find(change, "filterViews", "filterViewId", body.get("filterId"), "filter view")
    del sheet.list("filterViews")[at]


KINDS: dict[str, Handler] = {
    "setBasicFilter": _set_basic,
    "clearBasicFilter": _clear_basic,
    "addFilterView": _add_view,
    "updateFilterView": _update_view,
    "duplicateFilterView": _duplicate_view,
    "deleteFilterView": _delete_view,
}
