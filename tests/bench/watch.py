"""Watching the whole daemon from outside: start, readiness, letters sent, CPU and memory of its processes."""

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


@contextmanager
def daemon(config: Path, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """``muhtarlik run`` on the given settings, ended by SIGTERM."""
    process = subprocess.Popen(
        [sys.executable, "-m", "daemon", "run", "--config", str(config), *arguments],
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def until_ready(process: subprocess.Popen[str]) -> None:
    """Read the log until the daemon says that it is ready."""
    assert process.stderr is not None
    for line in process.stderr:
        if "ready" in line:
            return
    raise RuntimeError(f"the daemon ended with {process.wait()}")


def await_letters(config: Path, occasion: str, count: int, *, seconds: float = 30.0) -> None:
    """Wait until so many letters of an occasion were accepted by SMTP."""
    end = time.monotonic() + seconds
    with sqlite3.connect(f"file:{config.with_name('ledger.db')}?mode=ro", uri=True) as ledger:
        query = "SELECT count(*) FROM outbox WHERE occasion = ? AND state = 'sent'"
        while ledger.execute(query, (occasion,)).fetchone()[0] < count:
            if time.monotonic() > end:
                raise TimeoutError(f"fewer than {count} {occasion} letters were sent")
            time.sleep(0.005)


def processes(pid: int) -> list[int]:
    """The process and its children; nothing when it has ended."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid, *(found for child in children for found in processes(int(child)))]


def proportional_kb(pid: int) -> int:
    """Its Pss: what it has alone, and its share of what it has with others."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    return 0


def cpu_seconds(pid: int) -> float:
    total = 0
    for each in processes(pid):
        fields = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
        total += int(fields[11]) + int(fields[12])
    return total / _TICKS


def until_quiet(pid: int, *, seconds: float = 120.0) -> None:
    """Wait until what a first start has to do (making the workbooks) is done: two quiet stretches."""
    end = time.monotonic() + seconds
    quiet = 0
    while quiet < 2 and time.monotonic() < end:
        before = cpu_seconds(pid)
        time.sleep(10)
        quiet = quiet + 1 if cpu_seconds(pid) - before < 1.0 else 0


def wakes(pid: int) -> int:
    """How often the processes have woken from waiting."""
    lines = [
        line for each in processes(pid) for line in Path(f"/proc/{each}/status").read_text().splitlines()
    ]
    return sum(int(line.split()[1]) for line in lines if line.startswith("voluntary_ctxt_switches"))


def cpu_of_mere_waking(times: float, seconds: float) -> float:
    """CPU seconds charged to a process that does nothing but wake so often: what the machine itself costs."""
    code = (
        "import sys, time\n"
        "for _ in range(int(sys.argv[1])): time.sleep(float(sys.argv[2]))\n"
        "print(time.process_time())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(int(times)), str(seconds / max(times, 1))],
        check=True,
        capture_output=True,
        text=True,
    )
    return float(done.stdout)


def memory_mb(pid: int) -> dict[str, float]:
    """Proportional (shared pages counted once) and resident size of all processes together."""
    sizes = {"proportional (Pss)": 0, "resident, added (Rss)": 0}
    for each in processes(pid):
        for line in Path(f"/proc/{each}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                sizes["proportional (Pss)"] += int(line.split()[1])
            elif line.startswith("Rss:"):
                sizes["resident, added (Rss)"] += int(line.split()[1])
    return {name: size / 1024 for name, size in sizes.items()}
