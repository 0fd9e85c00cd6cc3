"""Labels and values in tables: a header above rows (lists), or a label beside each value (forms).

A header may stand below titles and blank rows and in any order of columns; totals, blank rows and headers that a
page break repeats are no requests.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from daemon.domain.request import request_number
from daemon.domain.structured.sources import Fact, Grid, SourceRule
from daemon.domain.structured.unknown_labels import Unknown, unknown_cells
from daemon.domain.structured.values import read_number
from daemon.domain.text import fold, tidy

HEADER_WITHIN = 40
"""Rows among which a header is looked for."""
_LEAST_FACTS = 3
_SAYS_SOMETHING = frozenset({Fact.TEXT, Fact.SUBJECT, Fact.NEIGHBOURHOOD, Fact.STATUS})
_TOTALS = ("toplam", "genel toplam", "ara toplam", "kayit sayisi", "adet", "sayfa")
_MOST_COUNTED = 4
"""Words that say how many there are."""
_OUR_PREFIX = request_number(2000, 1).partition("-")[0] + "-"


@dataclass(frozen=True, slots=True)
class Listed:
    """A row of a list: its place there (1-based) and what it says."""

    row: int
    facts: Mapping[Fact, str]
    unknown: tuple[Unknown, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """A list as read. ``title`` is what stands above its header, ``sheet`` what its worksheet is called."""

    name: str
    title: str
    columns: Mapping[int, Fact]
    rows: tuple[Listed, ...]
    sheet: str = ""


def read_list(grid: Grid, rule: SourceRule) -> Listing | None:
    """The rows below the header, or ``None`` when there is no header of this source."""
    best: tuple[int, dict[int, Fact]] | None = None
    for index in range(min(len(grid.rows), HEADER_WITHIN)):
        columns = _columns(grid, index, rule)
        if _is_header(columns) and (best is None or len(columns) > len(best[1])):
            best = index, columns
    if best is None:
        return None
    top, columns = best
    title = " ".join(cell for row in grid.rows[:top] for cell in row if cell.strip())
    rows = tuple(_rows(grid, top, columns, rule))
    if rows and all(row.facts.get(Fact.NUMBER, "").upper().startswith(_OUR_PREFIX) for row in rows):
        return None  # one of our own workbooks, mailed about
    return Listing(grid.name, f"{grid.name} {title}".strip(), columns, rows, grid.sheet)


def _is_header(columns: Mapping[int, Fact]) -> bool:
    facts = set(columns.values())
    return Fact.NUMBER in facts and len(facts) >= _LEAST_FACTS and bool(facts & _SAYS_SOMETHING)


def _columns(grid: Grid, index: int, rule: SourceRule) -> dict[int, Fact]:
    """Which fact each column holds by this row; a cell may complete the one that is merged above it."""
    above = _spread(grid.rows[index - 1]) if index else ()
    found: dict[int, Fact] = {}
    for at, cell in enumerate(grid.rows[index]):
        if not cell.strip():
            continue
        fact = rule.book.fact_of(cell)
        if fact is None and at < len(above) and above[at]:
            fact = rule.book.fact_of(f"{above[at]} {cell}")
        if fact is not None and fact not in found.values():
            found[at] = fact
    return found


def _spread(row: tuple[str, ...]) -> tuple[str, ...]:
    """A merged cell's text stands in its first column only."""
    last, spread = "", []
    for cell in row:
        last = cell.strip() or last
        spread.append(last)
    return tuple(spread)


def _rows(grid: Grid, top: int, columns: Mapping[int, Fact], rule: SourceRule) -> Iterator[Listed]:
    header = [cell.strip(" :*") for cell in grid.rows[top]]
    others = [at for at, label in enumerate(header) if at not in columns and label]
    for index, row in enumerate(grid.rows[top + 1 :], top + 2):
        facts = {fact: told for at, fact in columns.items() if at < len(row) and (told := tidy(row[at]))}
        if facts and not _is_total(row, facts) and not _is_repeated(facts, rule):
            other = ((header[at], tidy(row[at])) for at in others if at < len(row) and row[at].strip())
            yield Listed(index, facts, tuple(other))


def _is_total(row: tuple[str, ...], facts: Mapping[Fact, str]) -> bool:
    """What is counted may stand in the column of the text ("6 adet başvuru")."""
    first = next((fold(cell).strip(" :.") for cell in row if cell.strip()), "")
    if not any(first == word or first.startswith(f"{word} ") for word in _TOTALS):
        return False
    counted = facts.get(Fact.TEXT, "0").split()
    number = read_number(facts.get(Fact.NUMBER, ""))
    return Fact.TEXT not in facts or (not number and counted[0].isdigit() and len(counted) <= _MOST_COUNTED)


def _is_repeated(facts: Mapping[Fact, str], rule: SourceRule) -> bool:
    alike = sum(rule.book.fact_of(told) is fact for fact, told in facts.items())
    return alike >= 2 and rule.book.fact_of(facts.get(Fact.NUMBER, "")) is Fact.NUMBER


def facts_in_form(grid: Grid, rule: SourceRule) -> dict[Fact, str]:
    """A label beside or above its value, in any row: ``| Mahalle | Yayla | Muhtar | Ali Can |``."""
    found: dict[Fact, str] = {}
    waiting: Fact | None = None
    for row in grid.rows:
        cells = [cell for cell in row if cell.strip()]
        if waiting is not None and len(cells) == 1 and rule.book.fact_of(cells[0].rstrip(": ")) is None:
            found.setdefault(waiting, tidy(cells[0]))
        waiting = None
        for at, cell in enumerate(cells):
            fact = rule.book.fact_of(cell.strip().rstrip(": "))
            if fact is None or fact in found:
                continue
            value = cells[at + 1] if at + 1 < len(cells) else ""
            if not value:
                waiting = fact
            elif rule.book.fact_of(value.strip().rstrip(": ")) is None:
                found[fact] = tidy(value)
    return found


def unknown_in_form(grid: Grid, rule: SourceRule) -> list[Unknown]:
    """What stands beside other labels, in a table that has some of the source's."""
    rows = [[cell for cell in row if cell.strip()] for row in grid.rows]
    known = [[rule.book.fact_of(cell.strip().rstrip(": ")) is not None for cell in row] for row in rows]
    if not any(any(row) for row in known):
        return []
    return [each for cells, are in zip(rows, known, strict=True) for each in unknown_cells(cells, are)]
