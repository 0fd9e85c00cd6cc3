"""``Talep değil`` chosen by mistake: whoever changes ``Karar`` in its line, or empties it, decides anew."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from daemon.domain import ruling
from daemon.domain.cells import text_of
from daemon.domain.review import Review
from daemon.domain.sheet import DECISION_NOT_REQUEST, DECISIONS, SheetRow
from daemon.domain.text import fold
from daemon.ports.ledger import View
from daemon.steps.office_plan import SETTLED
from daemon.steps.told_sheet import EMPTIED

_ELSE = frozenset(fold(choice) for choice in ("", *DECISIONS) if choice != DECISION_NOT_REQUEST)


def lines_taken_back(view: View, rows: Iterable[SheetRow], now: datetime) -> list[Review]:
    """The lines set aside whose every row shows that it was carried out and now says something else. Where many do at
    once, and all of them, the column was emptied or shifted: nobody took them back."""
    shown = _by_entry(rows)
    set_aside = [review for review in view.reviews(undecided_only=False) if _is_among(review, shown)]
    changed = [review for review in set_aside if all(map(_says_else, shown[str(review.id)]))]
    if EMPTIED <= len(changed) == len(set_aside):
        return []
    return [review for review in changed if ruling.may_take_back(review, view.request(review.number), now)]


def _by_entry(rows: Iterable[SheetRow]) -> Mapping[str, list[SheetRow]]:
    shown: dict[str, list[SheetRow]] = defaultdict(list)
    for row in rows:
        shown[text_of(row.cells.get("entry"))].append(row)
    return shown


def _is_among(review: Review, shown: Mapping[str, list[SheetRow]]) -> bool:
    was_set_aside = review.decided_at is not None and fold(review.decision) == fold(DECISION_NOT_REQUEST)
    return was_set_aside and str(review.id) in shown


def _says_else(row: SheetRow) -> bool:
    was_carried_out = text_of(row.cells.get("outcome")).startswith(SETTLED)
    return was_carried_out and "decision" in row.cells and fold(text_of(row.cells["decision"])) in _ELSE
