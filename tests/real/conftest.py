"""Real servers for the tests: one set per test process, one mailbox per test."""

import itertools
from collections.abc import Iterator

import pytest

from tests.real.servers import MailServers

_serial = itertools.count(1)


@pytest.fixture(scope="session")
def servers() -> Iterator[MailServers]:
    """Dovecot and Postfix shared by all tests of this process; tests that break them start their own."""
    with MailServers() as running:
        yield running


@pytest.fixture
def user() -> str:
    """A mailbox that no other test uses."""
    return f"kutu{next(_serial)}"
