"""What the machine at Google found, each as a story: what people did, at which call, and what comes of it."""

from collections.abc import Iterator

import pytest

from tests.sheets_server.faults import Fault
from tests.steps.test_google_machine import GoogleSheets


@pytest.fixture
def people() -> Iterator[GoogleSheets]:
    """Two directorates with three requests; afterwards all must be well."""
    machine = GoogleSheets()
    yield machine
    machine.teardown()


def test_a_new_row_whose_number_could_not_be_written_is_entered_once_in_quiet_time_too(
    people: GoogleSheets,
) -> None:
    people.choose_a_way_of_looking(paced=True, quiet=True)
    people.add_a_row("fen")
    people.look()
    people.server.faults.add(Fault("error", 503, kind="write", times=0))
    people.look(minutes=2)
    assert len(people.office.numbers()) == 4, "entered, and its number waits"
    people.look()
    people.rest()
    assert len(people.office.numbers()) == 4
