"""A reading process that is killed leaves nothing behind: no page's process, and no picture of a petition for long."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import pytest

from daemon.scans import open_scan
from tests.scans import files

_PAGE_WITHOUT_END = """
import os, signal, sys, time
from daemon.scans import apart

def without_end():
    while True:
        time.sleep(1)

start = apart._start
def told(*arguments):
    running = start(*arguments)
    time.sleep(1)
    print(running.process.pid, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
apart._start = told
apart.apart(without_end, seconds=60)
"""


def _lives(process: int) -> bool:
    with suppress(OSError):
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def test_a_page_that_never_ends_is_ended_with_the_process_that_waits_for_it() -> None:
    parent = subprocess.run(
        [sys.executable, "-c", _PAGE_WITHOUT_END], check=False, capture_output=True, text=True, timeout=60
    )
    assert parent.returncode == -signal.SIGKILL
    page, until = int(parent.stdout), time.monotonic() + 10
    while _lives(page) and time.monotonic() < until:
        time.sleep(0.05)
    assert not _lives(page)


def test_pictures_that_a_killed_process_left_are_cleared_up_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    ended = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True
    )
    left = tmp_path / f"muhtarlik-scan-{int(ended.stdout)}-abc"
    living = tmp_path / f"muhtarlik-scan-{os.getppid()}-abc"
    for folder in (left, living, tmp_path / "muhtarlik-scan-notes"):
        folder.mkdir()
        (folder / "page-001.png").write_bytes(b"...")
    with open_scan(files.png(files.scan(0).picture)) as scan:
        assert scan.pages
        assert sorted(folder.name for folder in tmp_path.iterdir() if not folder.name.startswith(
            f"muhtarlik-scan-{os.getpid()}-"
        )) == sorted([living.name, "muhtarlik-scan-notes"])  # fmt: skip
    assert not list(tmp_path.glob(f"muhtarlik-scan-{os.getpid()}-*"))
