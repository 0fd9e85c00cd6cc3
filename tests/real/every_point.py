"""``make crash``: a request's life, killed once at every point that it passes, each time in an office of its own."""

import sys
import tempfile
from pathlib import Path

from rich.progress import track

from tests.office import ADDRESS
from tests.real.life import LIAISON, Life
from tests.real.servers import MailServers


def main() -> None:
    """Print each point at which something was lost or doubled; exit 1 when there was one."""
    broken = []
    with MailServers() as servers, tempfile.TemporaryDirectory(prefix="muhtarlik-crash-") as folder:
        place = Path(folder)
        receiving, closing = _passed(Life(servers, place / "whole"))
        lives = [*((point, "") for point in receiving), *(("", point) for point in closing)]
        for number, points in enumerate(track(lives, "killed at every point")):
            life = _fresh(servers, place / str(number))
            try:
                _live(life, *points)
            except AssertionError as fault:
                broken.append(f"{'/'.join(points)}: {fault}")
    print(f"{len(lives)} points, {len(broken)} broken", *broken, sep="\n")
    sys.exit(bool(broken))


def _passed(life: Life) -> tuple[list[str], list[str]]:
    life.asks()
    receiving = life.survive()
    life.answers()
    return receiving, life.survive()


def _fresh(servers: MailServers, folder: Path) -> Life:
    life = Life(servers, folder)
    for user in (ADDRESS, LIAISON, life.headman):
        servers.clear(user)
    return life


def _live(life: Life, while_receiving: str, while_closing: str) -> None:
    life.asks()
    if while_receiving:
        life.die_at([while_receiving])
    life.survive()
    life.was_received()
    if while_closing:
        life.answers()
        life.die_at([while_closing])
        life.survive()
        life.was_closed()


if __name__ == "__main__":
    main()
