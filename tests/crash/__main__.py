"""``python -m tests.crash --kills 2000 --per-point 20``: a long run with a summary; exit 1 when anything was lost."""

import argparse
import random
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from math import ceil
from multiprocessing import get_context

from tests.crash.checker import Aim, Count, check_alone


def main() -> None:
    asked = _asked()
    started = time.monotonic()
    count = Count()
    with ProcessPoolExecutor(asked.offices, mp_context=get_context("spawn")) as pool:
        shares = [
            pool.submit(check_alone, asked.seed + n, _share(asked), asked.minutes * 60)
            for n in range(asked.offices)
        ]
        for done in shares:
            count.merge(done.result())
    print(summary(count, time.monotonic() - started))
    if count.broken:
        again = (
            f"make crash SEED={asked.seed} N={asked.kills} TIMES={asked.per_point} OFFICES={asked.offices}"
            + (" GOOGLE=1" if asked.google else "")
        )
        print(f"again: {again}")
        print("the offices as they were left: /tmp/muhtarlik-crash-seed-*")
    sys.exit(bool(count.broken))


def _share(asked: argparse.Namespace) -> Aim:
    return Aim(
        random=ceil(asked.kills / asked.offices),
        per_point=ceil(asked.per_point / asked.offices),
        kills_in_a_life=asked.life,
        at_google=asked.google,
        points=asked.points,
    )


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.crash", description=__doc__)
    parser.add_argument("--kills", type=int, default=200, help="deaths at random instants")
    parser.add_argument("--per-point", type=int, default=2, help="deaths at each named point")
    parser.add_argument("--points", default="", help="only at points that begin so (start/, sheets/ …)")
    parser.add_argument("--life", type=int, default=40, help="deaths in one office before it is judged")
    parser.add_argument(
        "--offices", type=int, default=1, help="so many at once, each with servers of its own"
    )
    parser.add_argument(
        "--google", action="store_true", help="the spreadsheets are Google's, at its stand-in"
    )
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
        f"{count.cold} of all after a cold start, {count.faults['network']} network faults, "
        f"{count.faults['Google']} at Google, in {count.lives} offices and {seconds / 60:.1f} minutes",
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
