"""What staff correct in the sheets is learned at night, once, and routes the next day's mails."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from daemon.app import App
from daemon.domain import edits
from daemon.domain.clock import istanbul
from daemon.domain.entering import Submission, receive
from daemon.domain.request import Channel, Status
from daemon.steps.learning import ENOUGH
from tests.learning.history import corrected, hangar, usual
from tests.steps.sheet_office import SheetOffice

NIGHT = istanbul(date(2026, 12, 7), 2, 30)


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SheetOffice]:
    """A year of requests; staff have moved every hangar to Destek Hizmetleri by ``Sevk``."""
    office = SheetOffice(tmp_path_factory.mktemp("gece") / "ofis")
    router = office.app.office.router
    lessons = [*usual(router, 330), *corrected(ENOUGH, lambda _: ("", ""))]
    with office.ledger.transaction() as tx:
        for n, lesson in enumerate(lessons):
            route = router.route(subject="", body=lesson.description, neighbourhood=lesson.neighbourhood)
            at = office.now - timedelta(days=60, minutes=n)
            submission = Submission(Channel.PHONE, at, lesson.neighbourhood, "", "x@example.com")
            number = tx.next_number(2026)
            [first] = route.routes
            outcome = receive(submission, (first,), (number,), office=office.app.office, now=at)
            request = outcome.request
            if "hangar" in lesson.description:
                moved = edits.take_edit(
                    request, {"sevk": "Destek Hizmetleri Müdürlüğü"}, office=office.app.office, now=at
                )
                request = moved.request
                tx.append_history(moved.entries)
            else:
                closing = {"status": Status.DONE.value, "result": "Yapıldı."}
                request = edits.take_edit(request, closing, office=office.app.office, now=at).request
            tx.add_request(request)
    yield office
    office.close()


def where(app: App, text: str) -> tuple[str, tuple[str, ...]]:
    [route] = app.office.router.route(subject="", body=text).routes
    return route.directorate, route.because


def test_a_night_teaches_what_staff_have_shown_and_only_once(past: SheetOffice) -> None:
    past.now = NIGHT - timedelta(hours=2)
    assert not past.app.may_learn()
    assert past.app.run_step("learning") == 0, "people are at their desks"
    assert where(past.app, hangar(900))[0] == "fen"
    past.now = NIGHT
    assert past.app.may_learn()
    assert past.app.run_step("learning") == 1
    directorate, because = where(past.app, hangar(900))
    assert directorate == "destek"
    assert any("(öğrenildi)" in word for word in because)
    assert past.app.run_step("learning") == 0, "once a night"
    past.now += timedelta(days=1)
    assert past.app.run_step("learning") == 0, "nothing was corrected since"
    with past.app.sibling() as other:
        assert where(other, hangar(901))[0] == "destek", "another process reads the same file"


def test_few_corrections_teach_nothing(office: SheetOffice) -> None:
    number = office.ask()
    office.decide(
        number,
        lambda r: edits.take_edit(
            r, {"sevk": "Park ve Bahçeler Müdürlüğü"}, office=office.app.office, now=office.now
        ),
    )
    with office.ledger.view() as view:
        assert (view.corrections(), len(view.lessons(9))) == (1, 1)
    office.now = NIGHT
    assert office.app.run_step("learning") == 0
    assert not list(Path(office.app.settings.ledger.path).parent.glob("*learned*"))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[SheetOffice]:
    found = SheetOffice(tmp_path / "ofis")
    yield found
    found.close()


def test_routing_with_what_was_learned_loads_neither_numpy_nor_scikit_learn() -> None:
    """The idle daemon would weigh a hundred megabytes more."""
    code = (
        "import sys; import daemon.app, daemon.loop, daemon.domain.routing.learned_routing, daemon.learning.store; "
        "print([name for name in ('numpy', 'scipy', 'sklearn') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
