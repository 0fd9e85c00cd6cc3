"""The shipped router, as every office has it that has changed nothing."""

import pytest

from daemon.domain.routing.router import Router
from tests.routing.score import shipped_router


@pytest.fixture(scope="package")
def router() -> Router:
    return shipped_router()[0]
