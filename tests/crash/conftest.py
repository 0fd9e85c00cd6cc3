"""The real servers, as in ``tests/real``."""

from tests.real.conftest import servers as servers
