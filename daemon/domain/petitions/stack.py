"""Two petitions on one sheet, one below the other: thrift with paper, or a copier that took both at once.

A second one begins where, after the first one's closing formula, somebody is addressed anew (or a form's title stands)
and a text with a closing formula of its own follows. With a subject, date or letterhead of its own it is cut off;
without, a person must look. A list of who gets a copy ("DAĞITIM") has no text of its own and begins nothing.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from daemon.domain.answers.heads import fold_aligned
from daemon.domain.petitions.dates import dates_in
from daemon.domain.petitions.lines import is_addressee, is_closing, is_letterhead, is_marked, is_title
from daemon.domain.petitions.petition import Condition, Line, Page

_SUBJECT = re.compile(r"^\W*konu(?:su)?\s*[:;.=]")
_HEADS_LABEL = re.compile(r"^\W*(?:konu(?:su)?|sayi|(?:talep\s*|dilekce\s*)?tarih[i]?)\s*[:;.=]")
_LIST = re.compile(r"^\W*(?:dagitim|geregi|bilgi|ek(?:ler)?)\W*(?:[:;]|$)")
_LEAST_WORDS = 8
"""A petition's text has more words than a list of addressees."""


@dataclass(frozen=True, slots=True)
class _Row:
    line: Line
    folded: str

    @property
    def opens(self) -> bool:
        return is_addressee(self.folded) or is_title(self.folded)

    @property
    def heads(self) -> bool:
        """Whether a petition may begin with it, above its addressee."""
        return self.opens or is_letterhead(self.folded) or bool(_HEADS_LABEL.match(self.folded))


def unstacked(page: Page) -> Iterator[Page]:
    """The page, or its parts, a petition each."""
    if page.condition is not Condition.READ or page.form is not None:
        yield page
        return
    rows = _rows(page)
    cuts = [start for start, sure in _beginnings(rows) if sure]
    if not cuts:
        yield page
        return
    for part, (first, last) in enumerate(zip([0, *cuts], [*cuts, len(rows)], strict=True), 1):
        top = min(row.line.box.top for row in rows[first:last]) if first else 0
        bottom = min(row.line.box.top for row in rows[last:]) if last < len(rows) else page.height
        lines = tuple(row.line for row in rows[first:last])
        yield replace(page, lines=lines, part=part, top=top, height=max(1, bottom - top))


def may_be_stacked(page: Page) -> bool:
    """Whether there may be a second petition on the page that could not be told from the first for sure."""
    rows = _rows(page)
    if any(not sure for _, sure in _beginnings(rows)):
        return True
    return sum(bool(_SUBJECT.match(row.folded)) for row in rows) > 1 and sum(row.opens for row in rows) > 1


def _rows(page: Page) -> list[_Row]:
    return [_Row(line, fold_aligned(line.text)) for line in page.lines]


def _beginnings(rows: Sequence[_Row]) -> Iterator[tuple[int, bool]]:
    """(first row, whether surely) of every petition after the first."""
    begun, closed = 0, None
    for n, row in enumerate(rows):
        if is_closing(row.folded):
            closed = n
        elif row.opens and closed is not None and _has_text(rows[n + 1 :]):
            if any(_LIST.match(each.folded) for each in rows[closed + 1 : n + 1]):
                continue
            start = next(m for m in range(closed + 1, n + 1) if rows[m].heads)
            sure = any(each.opens or is_letterhead(each.folded) for each in rows[begun:closed])
            yield start, sure and _has_own_head(rows[start : n + 6], row)
            begun, closed = start, None


def _has_text(rows: Sequence[_Row]) -> bool:
    """Running text up to a closing formula, before anybody else is addressed."""
    words = 0
    for row in rows:
        words += len(row.folded.split())
        if is_closing(row.folded):
            return words >= _LEAST_WORDS
    return False


def _has_own_head(rows: Sequence[_Row], opening: _Row) -> bool:
    """Subject, date or letterhead beside the addressee."""
    others = [row for row in rows if row is not opening]
    return any(is_marked(row.folded) and _HEADS_LABEL.match(row.folded) for row in others) or any(
        is_letterhead(row.folded) or (len(row.folded) < 40 and list(dates_in(row.line.text)))
        for row in others
    )
