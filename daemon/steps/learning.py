"""Learning: once a night, from what staff corrected, and only when there is enough of it and it is new."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Protocol

import structlog

from daemon.domain.clock import ISTANBUL, day_of
from daemon.domain.office import Office
from daemon.domain.routing.learned import Model
from daemon.domain.routing.router import Router
from daemon.ports.ledger import Ledger
from daemon.ports.records import Lesson

log = structlog.get_logger()

ENOUGH = 200
"""So many requests must have been corrected by people before anything is learned from them."""
MOST_LESSONS = 10_000
"""The latest requests that are learned from; an office of 51 neighbourhoods has a thousand a year."""
NIGHT = range(1, 5)
"""Hours in Istanbul in which it may run: nobody waits for the processor."""
_DAY = "learning.day"
_SIGN = "learning.sign"


class Outcome(Protocol):
    """What came of the training: :class:`daemon.learning.training.Learned`."""

    @property
    def model(self) -> Model | None: ...
    @property
    def lessons(self) -> int: ...
    @property
    def words_right(self) -> int: ...
    @property
    def with_model_right(self) -> int: ...


Learn = Callable[[Iterable[Lesson], Router], Outcome]
Save = Callable[[Model | None, dict[str, object]], None]


class Learning:
    """Trains the model anew and puts it in place of the last one, or takes that away where it no longer helps."""

    name = "learning"

    def __init__(self, ledger: Ledger, learn: Learn, save: Save) -> None:
        self._ledger = ledger
        self._learn = learn
        self._save = save

    def is_due(self, now: datetime) -> bool:
        """Cheap: whether it is night and nothing has been learned since it fell."""
        if now.astimezone(ISTANBUL).hour not in NIGHT:
            return False
        with self._ledger.view() as view:
            return view.note(_DAY) != day_of(now).isoformat()

    def run(self, now: datetime, *, office: Office, mappings: str) -> int:
        """``mappings`` names the state of the mappings: other words have to be beaten anew. Returns 1 when trained."""
        if not self.is_due(now):
            return 0
        with self._ledger.view() as view:
            corrections = view.corrections()
            sign = f"{corrections}/{mappings}"
            learns = corrections >= ENOUGH and view.note(_SIGN) != sign
            lessons = list(view.lessons(MOST_LESSONS)) if learns else []
        if lessons:
            self._train(lessons, office, corrections, now)
        with self._ledger.transaction() as tx:
            tx.set_note(_DAY, day_of(now).isoformat())
            if lessons:
                tx.set_note(_SIGN, sign)
        return int(bool(lessons))

    def _train(self, lessons: list[Lesson], office: Office, corrections: int, now: datetime) -> None:
        learned = self._learn(lessons, office.router)
        facts: dict[str, object] = {
            "made": now.isoformat(),
            "corrections": corrections,
            "lessons": learned.lessons,
            "words_right": learned.words_right,
            "with_model_right": learned.with_model_right,
        }
        self._save(learned.model, facts)
        log.info("learned from corrections", used=learned.model is not None, **facts)
