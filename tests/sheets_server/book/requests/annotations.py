"""Requests on named ranges, protected ranges, banding and notes of who may edit."""

import re

from tests.sheets_server.book import a1
from tests.sheets_server.book.change import Change, Handler, needed
from tests.sheets_server.book.formats import twinned, with_twins
from tests.sheets_server.book.masks import paths
from tests.sheets_server.book.model import Json, Refused
from tests.sheets_server.book.requests.objects import find, free_id, kept_range, updated

_NAME = re.compile(r"[^\W\d]\w{0,249}")


def _check_name(change: Change, name: str, own_id: str | None) -> None:
    if not _NAME.fullmatch(name) or a1.extent_of(name) is not None or name.upper() in ("TRUE", "FALSE"):
        raise Refused(f"Invalid name: {name}")
    for named in change.state.named_ranges:
        if named["name"].casefold() == name.casefold() and named["namedRangeId"] != own_id:
            raise Refused(
                f"Cannot add named range with name {name}, a named range with that name already exists."
            )


def _add_named(change: Change, body: Json) -> Json:
    given = needed(body, "namedRange")
    name = str(given.get("name") or "")
    _check_name(change, name, None)
    taken = {named["namedRangeId"] for named in change.state.named_ranges}
    chosen = str(given.get("namedRangeId") or "")
    if chosen in taken:
        raise Refused(f"Cannot add named range with id {chosen}, a named range with that id already exists.")
    if not chosen:
        chosen = str(change.new_id(int(one) for one in taken if one.isdigit()))
    _, kept = kept_range(change, given.get("range"))
    named = {"namedRangeId": chosen, "name": name, "range": kept}
    change.state.named_ranges.append(named)
    return {"namedRange": named}


def _named_at(change: Change, wanted: object) -> int:
    for at, named in enumerate(change.state.named_ranges):
        if named["namedRangeId"] == wanted:
            return at
    raise Refused(f"No NamedRange with id: {wanted or ''}")


def _update_named(change: Change, body: Json) -> None:
    given = needed(body, "namedRange")
    at = _named_at(change, given.get("namedRangeId"))
    new = updated(change.state.named_ranges[at], given, paths(body.get("fields")), "namedRangeId")
    _check_name(change, str(new.get("name") or ""), new["namedRangeId"])
    _, new["range"] = kept_range(change, new.get("range"))
    change.state.named_ranges[at] = new


def _delete_named(change: Change, body: Json) -> None:
    del change.state.named_ranges[_named_at(change, body.get("namedRangeId"))]


def _protection(change: Change, given: Json) -> tuple[int, Json]:
    """A protected range as it is kept; one that only warns takes no editors."""
    if "namedRangeId" in given:
        named = change.state.named_ranges[_named_at(change, given["namedRangeId"])]
        given = {**given, "range": named["range"]}
    sheet, kept = kept_range(change, given.get("range"))
    result: Json = {"protectedRangeId": given["protectedRangeId"], "range": kept}
    for name in ("namedRangeId", "description", "unprotectedRanges"):
        if given.get(name):
            result[name] = given[name]
    if given.get("warningOnly"):
        return sheet.id, {**result, "warningOnly": True, "requestingUserCanEdit": True, "editors": {}}
    editors = {name: value for name, value in (given.get("editors") or {}).items() if value}
    return sheet.id, {**result, "requestingUserCanEdit": True, "editors": editors}


def _add_protected(change: Change, body: Json) -> Json:
    given = needed(body, "protectedRange")
    wanted = given.get("protectedRangeId")
    chosen = free_id(change, "protectedRanges", "protectedRangeId", wanted, "protected range")
    if given.get("warningOnly") and any((given.get("editors") or {}).values()):
        raise Refused("ProtectedRange is warningOnly. Editors cannot be set on it.")
    sheet_id, kept = _protection(change, {**given, "protectedRangeId": chosen})
    sheet = change.state.sheet(sheet_id)
    if _is_whole(kept) and any(_is_whole(other) for other in sheet.list("protectedRanges")):
        raise Refused(f'Sheet "{sheet.title}" already has sheet protection.')
    sheet.add("protectedRanges", kept)
    return {"protectedRange": kept}


def _is_whole(protected: Json) -> bool:
    """Whether a whole sheet is protected: its range has no bounds."""
    return not set(protected["range"]) - {"sheetId"}


def _update_protected(change: Change, body: Json) -> None:
    given = needed(body, "protectedRange")
    sheet, at = find(
        change, "protectedRanges", "protectedRangeId", given.get("protectedRangeId"), "protected range"
    )
    old = sheet.list("protectedRanges")[at]
    new = updated(old, given, paths(body.get("fields")), "protectedRangeId")
    sheet_id, kept = _protection(change, new)
    if sheet_id != sheet.id:
        raise Refused("A protected range cannot be moved to another sheet.")
    sheet.list("protectedRanges")[at] = kept


def _delete_protected(change: Change, body: Json) -> None:
    wanted = body.get("protectedRangeId")
    wanted = int(wanted) if isinstance(wanted, str) and wanted.isdigit() else wanted
    sheet, at = find(change, "protectedRanges", "protectedRangeId", wanted, "protected range")
    del sheet.list("protectedRanges")[at]


def _banding(change: Change, given: Json, own: int | None) -> tuple[int, Json]:
    if not (given.get("rowProperties") or given.get("columnProperties")):
        raise Refused("At least one of rowProperties and columnProperties must be specified.")
    sheet, kept = kept_range(change, given.get("range"), bounded=True)
    box = a1.boxed(change.state, kept)[1]
    for other in sheet.list("bandedRanges"):
        if other["bandedRangeId"] != own and a1.boxed(change.state, other["range"])[1].meets(box):
            raise Refused(
                "You cannot add alternating background colors to a range that already has "
                "alternating background colors."
            )
    return sheet.id, {**twinned(given), "range": kept}


def _add_banding(change: Change, body: Json) -> Json:
    given = needed(body, "bandedRange")
    wanted = given.get("bandedRangeId")
    chosen = free_id(change, "bandedRanges", "bandedRangeId", wanted, "banded range")
    sheet_id, kept = _banding(change, {"bandedRangeId": chosen, **given}, None)
    kept["bandedRangeId"] = chosen
    change.state.sheet(sheet_id).add("bandedRanges", kept)
    return {"bandedRange": kept}


def _update_banding(change: Change, body: Json) -> None:
    given = needed(body, "bandedRange")
    sheet, at = find(change, "bandedRanges", "bandedRangeId", given.get("bandedRangeId"), "banded range")
    old = sheet.list("bandedRanges")[at]
    new = updated(old, twinned(given), with_twins(paths(body.get("fields"))), "bandedRangeId")
    sheet_id, kept = _banding(change, new, old["bandedRangeId"])
    del sheet.list("bandedRanges")[at]
    change.state.sheet(sheet_id).add("bandedRanges", kept, at if sheet_id == sheet.id else None)


def _delete_banding(change: Change, body: Json) -> None:
    sheet, at = find(change, "bandedRanges", "bandedRangeId", body.get("bandedRangeId"), "banded range")
    del sheet.list("bandedRanges")[at]


KINDS: dict[str, Handler] = {
    "addNamedRange": _add_named,
    "updateNamedRange": _update_named,
    "deleteNamedRange": _delete_named,
    "addProtectedRange": _add_protected,
    "updateProtectedRange": _update_protected,
    "deleteProtectedRange": _delete_protected,
    "addBanding": _add_banding,
    "updateBanding": _update_banding,
    "deleteBanding": _delete_banding,
}
