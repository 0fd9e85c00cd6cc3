"""A stand-in for each test, a service account that it knows, and gspread signed in as that account."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import gspread
import pytest
import requests

from tests.sheets_server.accounts import ServiceAccount
from tests.sheets_server.gspread_client import client
from tests.sheets_server.server import SheetsServer

Ask = Callable[..., requests.Response]


class Clock:
    """A clock that stands until it is put forward."""

    def __init__(self) -> None:
        self.now = datetime(2026, 12, 7, 6, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, seconds: float) -> None:
        """Lets time pass."""
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def server(clock: Clock) -> Iterator[SheetsServer]:
    with SheetsServer(clock=clock) as running:
        yield running


@pytest.fixture
def account(server: SheetsServer) -> ServiceAccount:
    return ServiceAccount.make(server)


@pytest.fixture
def google(server: SheetsServer, account: ServiceAccount) -> gspread.Client:
    return client(account, server.url)


@pytest.fixture
def ask(server: SheetsServer, account: ServiceAccount) -> Ask:
    """A raw request as the service account, or as somebody else."""
    session = requests.Session()

    def asked(verb: str, path: str, *, who: str = account.email, **rest: Any) -> requests.Response:
        headers: Mapping[str, str] = {
            "Authorization": f"Bearer {server.token_for(who)}",
            **rest.pop("headers", {}),
        }
        return session.request(verb, server.url + path, headers=headers, timeout=10, **rest)

    return asked
