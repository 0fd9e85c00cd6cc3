"""Who reads files from outside reaches no network and writes nothing, and neither does what he starts."""

import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from daemon.scans.apart import apart, each_apart


def _connects(port: int) -> str:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=2).close()
    except OSError as fault:
        return type(fault).__name__
    return "connected"


def _writes(path: Path) -> str:
    try:
        path.write_text("x")
    except OSError as fault:
        return type(fault).__name__
    return "written"


def _removes(path: Path) -> str:
    try:
        path.unlink()
    except OSError as fault:
        return type(fault).__name__
    return "removed"


def _starts_a_writer(path: Path) -> str:
    done = subprocess.run(
        ["sh", "-c", f"echo x > {path}"], stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, check=False
    )
    return "written" if done.returncode == 0 else "refused"


@pytest.fixture
def elsewhere() -> Iterator[Path]:
    """A folder that is not below /tmp."""
    with tempfile.TemporaryDirectory(dir="/var/tmp") as folder:
        yield Path(folder)


def test_no_network_is_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert _connects(port) == "connected"
        assert apart(partial(_connects, port), seconds=20).result == "OSError"


@pytest.mark.parametrize(
    ("act", "answer"),
    [(_writes, "PermissionError"), (_removes, "PermissionError"), (_starts_a_writer, "refused")],
)
def test_nothing_is_written(tmp_path: Path, act: Callable[[Path], str], answer: str) -> None:
    path = tmp_path / "defter"
    path.write_text("kalsın")
    assert apart(partial(act, path), seconds=20).result == answer
    assert path.read_text() == "kalsın"


def test_its_own_folder_is_its_to_write(elsewhere: Path) -> None:
    own, other = elsewhere / "own", elsewhere / "other"
    own.mkdir()
    other.mkdir()
    work = [
        partial(_writes, own / "sayfa"),
        partial(_writes, other / "sayfa"),
        partial(_starts_a_writer, own / "b"),
    ]
    ended = {each.place: each.result for each in each_apart(work, seconds=20, folder=own)}
    assert ended == {0: "written", 1: "PermissionError", 2: "written"}


def test_what_is_there_may_be_read(tmp_path: Path) -> None:
    path = tmp_path / "dilekce"
    path.write_text("okunur")
    assert apart(path.read_text, seconds=20).result == "okunur"
