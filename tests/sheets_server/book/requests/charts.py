"""Requests on charts and slicers: they are kept and follow their cells; nothing is drawn."""

from tests.sheets_server.book import a1
from tests.sheets_server.book.change import Change, Handler, needed
from tests.sheets_server.book.formats import twinned, with_twins
from tests.sheets_server.book.masks import merged, paths
from tests.sheets_server.book.model import Json, Refused, Sheet
from tests.sheets_server.book.requests.objects import find, free_id

_SIZE = {"widthPixels": 600, "heightPixels": 371}
_NAMES = {"charts": "chartId", "slicers": "slicerId"}


def _position(change: Change, given: Json) -> tuple[Sheet, Json]:
    """An overlay on a grid, its anchor inside it; charts on sheets of their own are not kept."""
    overlay = given.get("overlayPosition")
    if overlay is None:
        raise Refused("this stand-in places charts on grids only (overlayPosition)", status=501)
    anchor = overlay.get("anchorCell") or {}
    sheet = change.state.sheet(int(anchor.get("sheetId") or 0))
    row, column = int(anchor.get("rowIndex") or 0), int(anchor.get("columnIndex") or 0)
    extent = a1.Extent(row, row + 1, column, column + 1)
    if not extent.starts_in(sheet):
        raise Refused(a1.beyond(sheet, extent))
    cell = ({"sheetId": sheet.id} if sheet.id else {}) | {"rowIndex": row, "columnIndex": column}
    offsets = {name: overlay[name] for name in ("offsetXPixels", "offsetYPixels") if overlay.get(name)}
    size = {name: overlay.get(name) or usual for name, usual in _SIZE.items()}
    return sheet, {"overlayPosition": {"anchorCell": cell, **offsets, **size}}


def _add_chart(change: Change, body: Json) -> Json:
    given = needed(body, "chart")
    sheet, position = _position(change, given.get("position") or {"overlayPosition": {}})
    chosen = free_id(change, "charts", "chartId", given.get("chartId"), "chart")
    chart = {
        **twinned(given),
        "chartId": chosen,
        "spec": twinned(needed(given, "spec")),
        "position": position,
    }
    sheet.add("charts", chart)
    return {"chart": chart}


def _add_slicer(change: Change, body: Json) -> Json:
    given = needed(body, "slicer")
    sheet, position = _position(change, given.get("position") or {"overlayPosition": {}})
    chosen = free_id(change, "slicers", "slicerId", given.get("slicerId"), "slicer")
    slicer = {"slicerId": chosen, "spec": twinned(needed(given, "spec")), "position": position}
    sheet.add("slicers", slicer)
    return {"slicer": slicer}


def _update_chart(change: Change, body: Json) -> None:
    sheet, at = find(change, "charts", "chartId", body.get("chartId"), "chart")
    charts = sheet.list("charts")
    charts[at] = {**charts[at], "spec": twinned(needed(body, "spec"))}


def _update_slicer(change: Change, body: Json) -> None:
    sheet, at = find(change, "slicers", "slicerId", body.get("slicerId"), "slicer")
    slicers = sheet.list("slicers")
    named = with_twins(paths(body.get("fields")))
    slicers[at] = {**slicers[at], "spec": merged(slicers[at]["spec"], twinned(body.get("spec") or {}), named)}


def _object(change: Change, wanted: object) -> tuple[Sheet, str, int]:
    for name, id_name in _NAMES.items():
        for sheet in change.state.sheets:
            for at, item in enumerate(sheet.list(name)):
                if item[id_name] == wanted:
                    return sheet, name, at
    raise Refused(f"No embedded object with id: {wanted}")


def _move(change: Change, body: Json) -> Json:
    sheet, name, at = _object(change, body.get("objectId"))
    item = sheet.list(name)[at]
    given = needed(body, "newPosition")
    old = item["position"]["overlayPosition"]
    overlay = merged(old, given.get("overlayPosition") or {}, paths(body.get("fields")))
    if "overlayPosition" not in given:
        _position(change, given)
    target, position = _position(change, {"overlayPosition": overlay})
    moved = {**item, "position": position}
    if target is sheet:
        sheet.list(name)[at] = moved
    else:
        del sheet.list(name)[at]
        target.add(name, moved)
    return {"position": position}


def _border(change: Change, body: Json) -> None:
    sheet, name, at = _object(change, body.get("objectId"))
    item = sheet.list(name)[at]
    named = with_twins(paths(body.get("fields")))
    sheet.list(name)[at] = {
        **item,
        "border": merged(item.get("border") or {}, twinned(body.get("border") or {}), named),
    }


def _delete(change: Change, body: Json) -> None:
    sheet, name, at = _object(change, body.get("objectId"))
    del sheet.list(name)[at]


KINDS: dict[str, Handler] = {
    "addChart": _add_chart,
    "updateChartSpec": _update_chart,
    "addSlicer": _add_slicer,
    "updateSlicerSpec": _update_slicer,
    "updateEmbeddedObjectPosition": _move,
    "updateEmbeddedObjectBorder": _border,
    "deleteEmbeddedObject": _delete,
}
