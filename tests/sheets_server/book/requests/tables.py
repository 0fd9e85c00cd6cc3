"""Requests on tables: named ranges of rows with typed columns."""

from tests.sheets_server.book import a1
from tests.sheets_server.book.change import Change, Handler, needed
from tests.sheets_server.book.formats import twinned, with_twins
from tests.sheets_server.book.masks import paths
from tests.sheets_server.book.model import Json, Refused, Sheet
from tests.sheets_server.book.requests.objects import find, kept_range, updated


def _kept(change: Change, given: Json, table_id: str) -> tuple[Sheet, Json]:
    """A table as it is kept: a name of its own, a bounded range that meets no other table."""
    name = str(given.get("name") or "")
    tables = [(sheet, table) for sheet in change.state.sheets for table in sheet.list("tables")]
    others = [(sheet, table) for sheet, table in tables if table["tableId"] != table_id]
    if not name:
        number = 1
        while any(table["name"] == f"Table{number}" for _, table in others):
            number += 1
        name = f"Table{number}"
    if any(table["name"].casefold() == name.casefold() for _, table in others):
        raise Refused(f"Cannot add table with name {name}, a table with that name already exists.")
    sheet, kept = kept_range(change, given.get("range"), bounded=True)
    box = a1.boxed(change.state, kept)[1]
    if any(
        other is sheet and a1.boxed(change.state, table["range"])[1].meets(box) for other, table in others
    ):
        raise Refused("A table cannot overlap another table.")
    columns = _columns(change, sheet, box.left, box.right, box.top, given)
    return sheet, {
        **twinned(given),
        "tableId": table_id,
        "name": name,
        "range": kept,
        "columnProperties": columns,
    }


def _columns(change: Change, sheet: Sheet, left: int, right: int, header: int, given: Json) -> list[Json]:
    named = {int(one.get("columnIndex") or 0): one for one in given.get("columnProperties") or []}
    result: list[Json] = []
    for at in range(right - left):
        one = dict(named.get(at, {}))
        title = change.view.formatted(sheet, header, left + at, sheet.cell(header, left + at))
        one["columnName"] = one.get("columnName") or title or f"Column {at + 1}"
        result.append(
            {**({"columnIndex": at} if at else {}), **{k: v for k, v in one.items() if k != "columnIndex"}}
        )
    return result


def _write_header(sheet: Sheet, table: Json) -> None:
    found = table["range"]
    top, left = found["startRowIndex"], found["startColumnIndex"]
    names = enumerate(one["columnName"] for one in table["columnProperties"])
    sheet.put(top, {left + at: sheet.cell(top, left + at).valued(name) for at, name in names})


def _add(change: Change, body: Json) -> Json:
    given = needed(body, "table")
    taken = {table["tableId"] for sheet in change.state.sheets for table in sheet.list("tables")}
    table_id = str(given.get("tableId") or change.new_id(int(one) for one in taken if one.isdigit()))
    if table_id in taken:
        raise Refused(f"Cannot add table with id {table_id}, a table with that id already exists.")
    sheet, table = _kept(change, given, table_id)
    sheet.add("tables", table)
    _write_header(sheet, table)
    return {"table": table}


def _update(change: Change, body: Json) -> None:
    given = needed(body, "table")
    sheet, at = find(change, "tables", "tableId", given.get("tableId"), "table")
    new = updated(sheet.list("tables")[at], twinned(given), with_twins(paths(body.get("fields"))), "tableId")
    home, table = _kept(change, new, str(given["tableId"]))
    if home is not sheet:
        raise Refused("A table cannot be moved to another sheet.")
    sheet.list("tables")[at] = table
    _write_header(sheet, table)


def _delete(change: Change, body: Json) -> None:
    """The table goes with its cells."""
    sheet, at = find(change, "tables", "tableId", body.get("tableId"), "table")
    box = a1.boxed(change.state, sheet.list("tables").pop(at)["range"])[1]
    for row in range(box.top, box.bottom):
        kept = {
            column: cell for column, cell in sheet.rows[row].items() if not box.left <= column < box.right
        }
        if len(kept) != len(sheet.rows[row]):
            sheet.rows[row] = kept


KINDS: dict[str, Handler] = {"addTable": _add, "updateTable": _update, "deleteTable": _delete}
