"""A page for people: the spreadsheets, and one spreadsheet's worksheets as tables; nothing can be changed here."""

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any
from urllib.parse import quote, unquote
from zoneinfo import ZoneInfo

from tests.sheets_server.drive.convert import as_hex
from tests.sheets_server.drive.model import File
from tests.sheets_server.drive.store import Drive
from tests.sheets_server.wire import Answer, html_page

_HTML = "text/html; charset=UTF-8"
_ISTANBUL = ZoneInfo("Europe/Istanbul")
_SECONDS = 5
_STYLE = """
:root { color-scheme: light; --line: #dadce0; --head: #f1f3f4; --ink: #202124; --soft: #5f6368; --green: #188038; }
* { box-sizing: border-box; }
body { margin: 0; color: var(--ink); font: 14px/1.45 "Noto Sans", "DejaVu Sans", system-ui, sans-serif; }
header { padding: 14px 22px; border-bottom: 1px solid var(--line); display: flex; gap: 14px; align-items: baseline; }
header h1 { margin: 0; font-size: 19px; font-weight: 600; }
header a { color: var(--green); text-decoration: none; }
header small { color: var(--soft); margin-left: auto; }
main { padding: 14px 22px 40px; }
nav { display: flex; gap: 6px; flex-wrap: wrap; margin-bottom: 10px; }
nav a { padding: 4px 12px; border: 1px solid var(--line); border-radius: 14px; color: var(--ink); }
nav a { text-decoration: none; }
nav a:hover, nav a:focus { background: #e6f4ea; border-color: var(--green); }
section { margin-bottom: 30px; }
h2 { font-size: 15px; margin: 18px 0 8px; }
h2 small { font-weight: 400; color: var(--soft); }
.sheet { overflow: auto; max-height: 72vh; border: 1px solid var(--line); }
table { border-collapse: separate; border-spacing: 0; }
th, td { border: solid var(--line); border-width: 0 1px 1px 0; padding: 3px 8px; vertical-align: top; }
td { max-width: 420px; white-space: pre-wrap; overflow-wrap: anywhere; }
thead th { position: sticky; top: 0; z-index: 3; background: var(--head); color: var(--soft); font-weight: 400; }
tbody th { position: sticky; left: 0; z-index: 1; background: var(--head); color: var(--soft); font-weight: 400; }
tr.frozen td, tr.frozen th { position: sticky; top: 27px; z-index: 2; background: #fff; }
.list td { white-space: normal; }
.list thead th { text-align: left; }
.list a { color: var(--green); font-weight: 600; }
.list { border: 1px solid var(--line); border-radius: 6px; }
.empty { color: var(--soft); }
"""


def is_for_people(path: str) -> bool:
    """Whether a page lies at that path."""
    return path in {"/", "/favicon.ico"} or path.startswith(("/sayfa/", "/spreadsheets/d/"))


def answered(path: str, drive: Drive) -> Answer:
    """The list of spreadsheets, or one of them."""
    if path == "/favicon.ico":
        return Answer(204)
    if path == "/":
        return _page("Tablolar", _list(drive))
    file = drive.files.get(
        unquote(path.removeprefix("/sayfa/").removeprefix("/spreadsheets/d/").partition("/")[0])
    )
    if file is None or file.book is None:
        return html_page(404, "Böyle bir tablo yok.")
    return _page(file.name, _spreadsheet(file), up=True)


def _page(title: str, body: str, *, up: bool = False) -> Answer:
    back = '<a href="/">← Tablolar</a>' if up else ""
    text = (
        f'<!DOCTYPE html><html lang="tr"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta http-equiv="refresh" content="{_SECONDS}">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{_STYLE}</style></head>'
        f"<body><header>{back}<h1>{escape(title)}</h1><small>Salt okunur · {_SECONDS} saniyede bir yenilenir"
        f"</small></header><main>{body}</main></body></html>"
    )
    return Answer(200, text.encode(), _HTML)


def _list(drive: Drive) -> str:
    files = [file for file in drive.files.values() if file.book is not None and not drive.is_trashed(file)]
    if not files:
        return '<p class="empty">Henüz tablo yok.</p>'
    lines = "".join(_line(file, drive) for file in sorted(files, key=lambda file: file.name.casefold()))
    heads = "".join(f"<th>{head}</th>" for head in ("Tablo", "Sahibi", "Paylaşılanlar", "Son değişiklik"))
    return f'<table class="list"><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table>'


def _line(file: File, drive: Drive) -> str:
    shared = sorted(
        each.address for each in file.permissions.values() if each.role != "owner" and each.address
    )
    owner = file.owner or drive.drives[file.drive_id].name
    when = file.modified.astimezone(_ISTANBUL).strftime("%d.%m.%Y %H:%M:%S")
    cells = (escape(owner), escape(", ".join(shared)) or "—", when)
    link = f'<a href="/sayfa/{quote(file.id)}">{escape(file.name)}</a>'
    return f"<tr><td>{link}</td>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _spreadsheet(file: File) -> str:
    if file.book is None:
        return ""
    sheets = file.book.resource(include_grid_data=True)["sheets"]
    shown = [sheet for sheet in sheets if not sheet["properties"].get("hidden")]
    links = "".join(
        f'<a href="#s{place}">{escape(sheet["properties"]["title"])}</a>' for place, sheet in enumerate(shown)
    )
    return f"<nav>{links}</nav>" + "".join(_worksheet(place, sheet) for place, sheet in enumerate(shown))


_BLANK = 5
"""Empty rows that are shown below the last filled one."""


def _worksheet(place: int, sheet: Mapping[str, Any]) -> str:
    properties = sheet["properties"]
    rows = [row.get("values", []) for row in (sheet.get("data") or [{}])[0].get("rowData", [])]
    filled = [number for number, row in enumerate(rows, 1) if any("formattedValue" in cell for cell in row)]
    rows = rows[: max(filled, default=0) + _BLANK]
    width = max((len(row) for row in rows), default=0)
    frozen = properties.get("gridProperties", {}).get("frozenRowCount", 0)
    title = f'<h2 id="s{place}">{escape(properties["title"])} <small>{len(filled)} dolu satır</small></h2>'
    if not width:
        return f'<section>{title}<p class="empty">Boş sayfa.</p></section>'
    letters = "".join(f"<th>{_letters(column)}</th>" for column in range(width))
    body = "".join(
        _row(number, row, width, is_frozen=number < min(frozen, 1)) for number, row in enumerate(rows)
    )
    table = f"<table><thead><tr><th></th>{letters}</tr></thead><tbody>{body}</tbody></table>"
    return f'<section>{title}<div class="sheet">{table}</div></section>'


def _row(number: int, cells: list[Mapping[str, Any]], width: int, *, is_frozen: bool) -> str:
    shown = "".join(_cell(cell) for cell in cells) + "<td></td>" * (width - len(cells))
    kind = ' class="frozen"' if is_frozen else ""
    return f"<tr{kind}><th>{number + 1}</th>{shown}</tr>"


def _cell(cell: Mapping[str, Any]) -> str:
    style = ";".join(_styles(cell.get("effectiveFormat") or cell.get("userEnteredFormat") or {}))
    hint = f' title="{escape(cell["note"])}"' if cell.get("note") else ""
    text = escape(str(cell.get("formattedValue", "")))
    return f'<td{hint} style="{escape(style)}">{text}</td>' if style else f"<td{hint}>{text}</td>"


def _styles(form: Mapping[str, Any]) -> Iterator[str]:
    """What of a cell's format a page can show."""
    ground = form.get("backgroundColorStyle", {}).get("rgbColor") or form.get("backgroundColor")
    if ground and (colour := as_hex(ground)) != "FFFFFF":
        yield f"background:#{colour}"
    text = form.get("textFormat", {})
    ink = text.get("foregroundColorStyle", {}).get("rgbColor") or text.get("foregroundColor")
    if ink and (colour := as_hex(ink)) != "000000":
        yield f"color:#{colour}"
    if text.get("bold"):
        yield "font-weight:600"
    if text.get("italic"):
        yield "font-style:italic"
    if text.get("strikethrough"):
        yield "text-decoration:line-through"
    if form.get("horizontalAlignment") in {"CENTER", "RIGHT"}:
        yield f"text-align:{form['horizontalAlignment'].lower()}"


def _letters(column: int) -> str:
    """A column's letters: 0 is A, 26 is AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
