"""Requests that look into texts: find and replace, trim, split, and drop what is there twice."""

import re
from collections.abc import Callable, Iterable

from tests.sheets_server.book import a1, values
from tests.sheets_server.book.change import Change, Handler
from tests.sheets_server.book.edits import ROWS
from tests.sheets_server.book.model import EMPTY, Box, Formula, Json, Refused, Row, Sheet

_DELIMITERS = {"COMMA": ",", "SEMICOLON": ";", "PERIOD": ".", "SPACE": " "}
_JAVA_GROUP = re.compile(r"\\(.)|\$(\d+)", re.DOTALL)


def _find_replace(change: Change, body: Json) -> Json:
    pattern, replacement = _pattern(body), _replacement(body)
    whole, formulas_too = bool(body.get("matchEntireCell")), bool(body.get("includeFormulas"))
    counts = {
        "valuesChanged": 0,
        "formulasChanged": 0,
        "rowsChanged": 0,
        "sheetsChanged": 0,
        "occurrencesChanged": 0,
    }
    typed = values.typist(change.state, "USER_ENTERED")
    for sheet, box in _searched(change, body):
        view, rows = change.view, set()
        for row, column, cell in list(sheet.cells(box)):
            is_formula = isinstance(cell.value, Formula)
            if cell.value is None or (is_formula and not formulas_too):
                continue
            old = (
                cell.value.text
                if isinstance(cell.value, Formula)
                else view.formatted(sheet, row, column, cell)
            )
            new, count = _replaced(pattern, replacement, old, whole=whole)
            if count and new != old:
                sheet.put(row, {column: typed(cell, new)})
                rows.add(row)
                counts["formulasChanged" if is_formula else "valuesChanged"] += 1
                counts["occurrencesChanged"] += count
        counts["rowsChanged"] += len(rows)
        counts["sheetsChanged"] += bool(rows)
    return {name: count for name, count in counts.items() if count}


def _pattern(body: Json) -> re.Pattern[str]:
    sought = str(body.get("find") or "")
    if not sought:
        raise Refused("find must be specified")
    try:
        return re.compile(
            sought if body.get("searchByRegex") else re.escape(sought),
            0 if body.get("matchCase") else re.IGNORECASE,
        )
    except re.error as error:
        raise Refused(f"Invalid regular expression: {sought}") from error


def _replacement(body: Json) -> Callable[[re.Match[str]], str]:
    text = str(body.get("replacement") or "")
    if not body.get("searchByRegex"):
        return lambda _: text
    return lambda match: _JAVA_GROUP.sub(lambda part: part[1] if part[1] else match[int(part[2])] or "", text)


def _replaced(
    pattern: re.Pattern[str], replacement: Callable[[re.Match[str]], str], text: str, *, whole: bool
) -> tuple[str, int]:
    if not whole:
        return pattern.subn(replacement, text)
    match = pattern.fullmatch(text)
    return (replacement(match), 1) if match else (text, 0)


def _searched(change: Change, body: Json) -> Iterable[tuple[Sheet, Box]]:
    chosen = [name for name in ("range", "sheetId", "allSheets") if name in body]
    if len(chosen) != 1:
        raise Refused("exactly one of range, sheetId and allSheets must be set")
    if chosen == ["allSheets"]:
        return [(sheet, sheet.whole) for sheet in change.state.sheets]
    if chosen == ["sheetId"]:
        sheet = change.state.sheet(int(body["sheetId"]))
        return [(sheet, sheet.whole)]
    return [a1.boxed(change.state, body["range"])]


def _trim(change: Change, body: Json) -> Json:
    sheet, box = a1.boxed(change.state, body.get("range"))
    count = 0
    for row, column, cell in list(sheet.cells(box)):
        if isinstance(cell.value, str):
            new = " ".join(cell.value.split())
            if new != cell.value:
                sheet.put(row, {column: cell.valued(new or None)})
                count += 1
    return {"cellsChangedCount": count} if count else {}


def _text_to_columns(change: Change, body: Json) -> None:
    sheet, box = a1.boxed(change.state, body.get("source"))
    if box.width != 1:
        raise Refused("source must span exactly one column")
    delimiter = _delimiter(sheet, box, body)
    typed = values.typist(change.state, "USER_ENTERED")
    for row, column, cell in list(sheet.cells(box)):
        if not isinstance(cell.value, str) or delimiter not in cell.value:
            continue
        parts = [part.strip() for part in cell.value.split(delimiter)]
        sheet.resize_columns(max(sheet.column_count, column + len(parts)))
        old = sheet.rows[row]
        sheet.put(
            row, {column + at: typed(old.get(column + at, EMPTY), part) for at, part in enumerate(parts)}
        )


def _delimiter(sheet: Sheet, box: Box, body: Json) -> str:
    kind = body.get("delimiterType", "AUTODETECT" if not body.get("delimiter") else "CUSTOM")
    if kind == "CUSTOM":
        if not body.get("delimiter"):
            raise Refused("delimiter must be specified if delimiterType is CUSTOM")
        return str(body["delimiter"])
    if kind in _DELIMITERS:
        return _DELIMITERS[kind]
    texts = [cell.value for _, _, cell in sheet.cells(box) if isinstance(cell.value, str)]
    return max(_DELIMITERS.values(), key=lambda mark: sum(mark in text for text in texts))


def _delete_duplicates(change: Change, body: Json) -> Json:
    """Of rows that are alike (whatever the letters' case) the first stays; those below close up."""
    sheet, box = a1.boxed(change.state, body.get("range"))
    columns = _compared(body, box)
    view = change.view
    seen: set[tuple[str, ...]] = set()
    kept: list[Row] = []
    for row in range(box.top, box.bottom):
        key = tuple(view.formatted(sheet, row, at, sheet.cell(row, at)).casefold() for at in columns)
        if not any(key) or key not in seen:
            kept.append({at: cell for at, cell in sheet.rows[row].items() if box.left <= at < box.right})
            seen.add(key)
    removed = box.height - len(kept)
    if not removed:
        return {}
    for down in range(box.height):
        row = box.top + down
        rest = {at: cell for at, cell in sheet.rows[row].items() if not box.left <= at < box.right}
        sheet.rows[row] = {**rest, **(kept[down] if down < len(kept) else {})}
    return {"duplicatesRemovedCount": removed}


def _compared(body: Json, box: Box) -> list[int]:
    chosen: list[int] = []
    for one in body.get("comparisonColumns") or []:
        if one.get("dimension") == ROWS:
            raise Refused("comparisonColumns must be columns")
        chosen.extend(range(int(one.get("startIndex") or 0), int(one.get("endIndex") or box.right)))
    if any(not box.left <= at < box.right for at in chosen):
        raise Refused("comparisonColumns must lie in the range")
    return chosen or list(range(box.left, box.right))


KINDS: dict[str, Handler] = {
    "findReplace": _find_replace,
    "trimWhitespace": _trim,
    "textToColumns": _text_to_columns,
    "deleteDuplicates": _delete_duplicates,
}
