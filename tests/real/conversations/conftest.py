"""One office on servers of its own for all conversations: a test leaves its requests there and counts only its own."""

from collections.abc import Iterator

import pytest

from daemon.domain.clock import istanbul
from tests.real.people import RECEIPT, Office
from tests.real.servers import MailServers


@pytest.fixture(scope="package")
def _shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with MailServers() as servers:
        found = Office(servers, tmp_path_factory.mktemp("ofis"))
        with found.app:
            yield found


@pytest.fixture
def office(_shared: Office) -> Office:
    """The office on the day on which every conversation begins."""
    _shared.now = istanbul(RECEIPT, 9, 30)
    return _shared
