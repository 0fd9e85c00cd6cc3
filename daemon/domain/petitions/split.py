"""Where one petition of a file ends and the next begins.

A separator sheet, a new letterhead, a new addressee or a form's title at a page's head begins one; blank pages are
dropped; everything else (a second page, photographs, lists of signatures) belongs to the petition before it. A sheet
that bears several petitions one below the other is cut between them first (:mod:`daemon.domain.petitions.stack`).
"""

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from daemon.domain.answers.heads import fold_aligned
from daemon.domain.petitions.dates import dates_in
from daemon.domain.petitions.lines import is_addressee, is_letterhead, is_marked, is_title
from daemon.domain.petitions.petition import FORM_CODE, Condition, Page
from daemon.domain.petitions.stack import unstacked

_SEPARATOR = re.compile(r"\b(?:ayirici|ayirac|ayrac|separator|patch)\b")
_SEPARATOR_CODES = ("PATCH", "SEPARATOR", "AYRAC", "AYIRICI")
_PAGE_MARK = re.compile(r"^\W*(?:sayfa\s*)?[-–]?\s*([2-9]|\d{2})\s*(?:/\s*\d{1,2}|[-–])?\s*\W*$")


def split(pages: Sequence[Page]) -> Iterator[tuple[Page, ...]]:
    """The groups of pages that are a petition each."""
    group: list[Page] = []
    for page in chain.from_iterable(map(unstacked, pages)):
        if page.condition is Condition.BLANK:
            continue
        apart = is_separator(page)
        if group and (apart or page.part > 1 or begins_petition(page)):
            yield tuple(group)
            group = []
        if not apart:
            group.append(page)
    if group:
        yield tuple(group)


def is_separator(page: Page) -> bool:
    """A sheet laid between petitions: says so, or bears a separator's code, and hardly anything else."""
    if page.condition is Condition.SEPARATOR:
        return True
    if any(code.text.upper().startswith(_SEPARATOR_CODES) for code in page.codes):
        return True
    text = fold_aligned(page.text)
    return len(text) < 120 and bool(_SEPARATOR.search(text))


def begins_petition(page: Page) -> bool:
    """Whether the page looks like a petition's first."""
    if page.form is not None or any(code.text.startswith(FORM_CODE) for code in page.codes):
        return True
    head = [(line, fold_aligned(line.text)) for line in page.lines if page.share_of(line.box) < 0.5][:16]
    if head and _PAGE_MARK.match(head[0][1]):
        return False
    if any(is_addressee(text) or is_title(text) for _, text in head):
        return True
    letterhead = any(is_letterhead(text) for _, text in head[:6])
    dated = any(is_marked(text) or list(dates_in(line.text)) for line, text in head)
    return letterhead and dated
