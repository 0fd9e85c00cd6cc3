"""``make bench``: figures, side by side in one run, because machines are noisy. Nothing here passes or fails.

    python -m tests.bench [throughput] [latency] [idle] [reminders] [google] [google-bytes] [routing] [scans] [letters]
                          [forms] [traps]

Ratios are what to quote. Every contender runs in a process of its own, so that peak memory is its own.
"""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench import forms, google_bytes, google_calls, letters, routing, traps, watch
from tests.bench.memory import run_watched
from tests.office import ADDRESS, inbox, make_office
from tests.real.servers import MailServers


def main(names: list[str]) -> None:
    chosen = names or list(CONTENTS)
    for name in chosen:
        print(f"== {name}", flush=True)
        CONTENTS[name]()


def _contender(name: str, *arguments: str) -> dict[str, float]:
    """Its own figures, and ``together_mb``: the peak of it and its children (see :mod:`tests.bench.memory`)."""
    printed, sampled = run_watched(f"tests.bench.{name}", *arguments)
    figures: dict[str, float] = json.loads(printed.splitlines()[-1])
    return figures | {"together_mb": sampled.together_mb}


def throughput(small: int = 1_000, large: int = 10_000, rounds: int = 3) -> None:
    """The raw limit, ours, and a naive script on the same inbox."""
    headmen = _headmen()
    found: dict[str, list[float]] = {"raw": [], "ours": [], "ours, with sheets": [], "naive": []}
    memory: dict[str, float] = {}
    with MailServers(postfix=False) as servers:
        for _ in range(rounds):
            for name, contender, sheets in (
                ("raw", "raw", ""),
                ("ours", "ours", ""),
                ("ours, with sheets", "ours", "sheets"),
            ):
                figures = _one(servers, headmen, contender, small, sheets)
                found[name].append(figures["seconds"] / small)
                memory[name] = figures["together_mb"]
        few = small
        found["naive"].append(_one(servers, headmen, "naive", few, "")["seconds"] / few)
        big = _one(servers, headmen, "ours", large, "")
        small_again = _one(servers, headmen, "ours", small, "")
    raw = statistics.median(found["raw"])
    for name, values in found.items():
        middle = statistics.median(values)
        ratio = f"{middle / raw:5.2f} × raw"
        print(f"{name:<20} {1000 * middle:7.2f} ms a mail  {ratio}  peak {memory.get(name, 0):.0f} MB")
    print(f"(naive is measured on its first {few} mails; each further one costs it more)")
    growth = (big["seconds"] / large) / (small_again["seconds"] / small)
    print(f"cost of a mail at {large:,} / at {small:,}: {growth:.2f}")
    for name, key in (("with the process beside it", "together_mb"), ("its main process alone", "peak_mb")):
        print(
            f"peak memory at {large:,}: {big[key]:.0f} MB, at {small:,}: {small_again[key]:.0f} MB ({name})"
        )


def _one(
    servers: MailServers, headmen: list[tuple[str, str]], contender: str, count: int, extra: str
) -> dict[str, float]:
    servers.clear(ADDRESS)
    servers.fill(ADDRESS, inbox(headmen, count))
    with tempfile.TemporaryDirectory(prefix="muhtarlik-bench-") as folder:
        config = make_office(Path(folder), servers)
        return _contender(contender, str(config), *([extra] if extra else []))


def latency(count: int = 30) -> None:
    """From delivery to the confirmation handed to SMTP, with IDLE, on the whole daemon."""
    headmen = _headmen()
    with MailServers() as servers, tempfile.TemporaryDirectory(prefix="muhtarlik-bench-") as folder:
        config = make_office(Path(folder), servers)
        with watch.daemon(config) as process:
            watch.until_ready(process)
            seconds = []
            for n, raw in enumerate(inbox(headmen, count), 1):
                started = time.monotonic()
                servers.deliver(ADDRESS, raw)
                watch.await_letters(config, "headman/confirmation", n)
                seconds.append(time.monotonic() - started)
                time.sleep(0.3)
    print(
        f"delivery → confirmation accepted by SMTP: median {statistics.median(seconds):.3f} s, "
        f"max {max(seconds):.3f} s ({count} mails)"
    )


def idle(seconds: float = 60.0) -> None:
    """What the whole daemon costs while nothing happens."""
    with MailServers() as servers, tempfile.TemporaryDirectory(prefix="muhtarlik-bench-") as folder:
        config = make_office(Path(folder), servers)
        with watch.daemon(config) as process:
            watch.until_ready(process)
            watch.until_quiet(process.pid)
            before, slept = watch.cpu_seconds(process.pid), watch.wakes(process.pid)
            time.sleep(seconds)
            used = watch.cpu_seconds(process.pid) - before
            woken = watch.wakes(process.pid) - slept
            print(f"CPU {100 * used / seconds:.2f} % of a core over {seconds:.0f} s, woken {woken} times")
            mere = watch.cpu_of_mere_waking(woken, seconds)
            print(f"a process that only wakes as often: {100 * mere / seconds:.2f} %")
            for name, megabytes in watch.memory_mb(process.pid).items():
                print(f"{name:<22} {megabytes:.0f} MB")


def reminders(count: int = 100_000) -> None:
    """A reminder pass over many open requests."""
    with tempfile.TemporaryDirectory(prefix="muhtarlik-bench-") as folder:
        for key, value in _contender("reminder_pass", folder, str(count)).items():
            print(f"{key:<34} {value:.3f}")


def scans() -> None:
    """Degraded petitions: accuracy, and time beside plain Tesseract."""
    subprocess.run([sys.executable, "-m", "tests.bench.scans"], check=True)


def _headmen() -> list[tuple[str, str]]:
    from daemon.app import App
    from daemon.settings import example_settings
    from tests.bench.raw import now

    with App.open(example_settings(), now) as app:
        places = app.office.registry.neighbourhoods
    return [(place.headman.emails[0], place.headman.name) for place in places if place.headman.emails]


CONTENTS = {
    "throughput": throughput,
    "latency": latency,
    "idle": idle,
    "reminders": reminders,
    "google": google_calls.main,
    "routing": routing.main,
    "google-bytes": google_bytes.main,
    "scans": scans,
    "letters": letters.main,
    "forms": forms.main,
    "traps": traps.main,
}

if __name__ == "__main__":
    main(sys.argv[1:])
