"""Power cuts: the whole daemon is killed at point after point of a request's life; nothing is lost or doubled.

Here a handful of points, one after the other in a single life; ``make crash`` tries every point on its own.
"""

from pathlib import Path

import pytest

from tests.real.life import Life
from tests.real.servers import MailServers

pytestmark = pytest.mark.real

RECEIVING = (
    "intake/committing:1",
    "intake/committed:1",
    "reading/committing:2",
    "reading/committed:2",
    "intake/moved:1",
    "sheets/written:1",
    "sending/accepted:1",
)
CLOSING = ("reading/committed:2", "sheets/written:1", "sending/accepted:1")


@pytest.mark.timeout(600)
def test_a_life_with_a_power_cut_at_every_turn(tmp_path: Path) -> None:
    with MailServers() as servers:
        life = Life(servers, tmp_path / "ofis")
        life.asks()
        life.die_at(RECEIVING)
        life.survive()
        life.was_received()

        life.answers()
        life.die_at(CLOSING)
        life.survive()
        life.was_closed()
