"""``python -m tests.crash --kills 2000 --per-point 20``: a long run with a summary; exit 1 when anything was lost."""

import argparse
import random
import sys
import time
from functools import partial

from tests.crash.checker import Aim, Checker, Count
from tests.real.servers import MailServers


def main() -> None:
    asked = _asked()
    started = time.monotonic()
    with MailServers() as servers:
        aim = Aim(random=asked.kills, per_point=asked.per_point, kills_in_a_life=asked.life)
        count = Checker(servers, asked.seed, aim, tell=partial(print, file=sys.stderr, flush=True)).run(
            seconds=asked.minutes * 60
        )
    print(summary(count, time.monotonic() - started))
    if count.broken:
        print(f"again: make crash SEED={asked.seed} N={asked.kills} TIMES={asked.per_point}")
        print("the offices as they were left: /tmp/muhtarlik-crash-seed-*")
    sys.exit(bool(count.broken))


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.crash", description=__doc__)
    parser.add_argument("--kills", type=int, default=200, help="deaths at random instants")
    parser.add_argument("--per-point", type=int, default=2, help="deaths at each named point")
    parser.add_argument("--life", type=int, default=40, help="deaths in one office before it is judged")
    parser.add_argument("--minutes", type=float, default=float("inf"), help="stop when so many are over")
    parser.add_argument(
        "--seed",
        type=int,
        default=random.randrange(10**6),
        help="of what people do and when the power goes; what falls between is timing",
    )
    return parser.parse_args()


def summary(count: Count, seconds: float) -> str:
    """What was done and what was found."""
    points = ", ".join(f"{name} ×{count.points[name]}" for name in sorted(count.tried))
    deeds = ", ".join(f"{name} {n}" for name, n in sorted(count.deeds.items()) if name)
    lines = [
        f"{count.random} random kills, {sum(count.points.values())} at named points, "
        f"{count.faults['network']} network faults, in {count.lives} offices and {seconds / 60:.1f} minutes",
        f"points: {points or 'none'}",
        f"people: {deeds}",
        f"{count.requests} requests, {count.letters} letters; {count.doubled} copies beyond the first "
        f"(same Message-ID) after {count.in_doubt} deaths in SMTP's window and the cuts of the network; "
        f"{count.held} mails held because the daemon died three times over them, then released",
        f"{len(count.broken)} broken",
        *count.broken,
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
