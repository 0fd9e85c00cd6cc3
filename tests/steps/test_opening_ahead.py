"""Mails opened ahead, in a process beside the reader's: the same comes of them, and nothing hangs on that process."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from daemon.beside import Beside
from daemon.domain.mail import Arrival
from daemon.steps import reading
from daemon.steps.opening import FIRST_SHARE, Opening
from daemon.steps.reading import BATCH
from tests.office import mail
from tests.steps.sheet_office import SheetOffice

MANY = 2 * BATCH + 11
TEXTS = (
    "Okulun önündeki yolda asfalt bozuldu. Yama yapılmasını arz ederim.",
    "Çöp konteyneri doldu, üç gündür alınmıyor.",
    "Talebimizin durumu nedir, bilgi verir misiniz?",
    "İlginiz için teşekkür ederiz, kolay gelsin.",
)


@cache
def raw(sender: str, n: int) -> bytes:
    text = f"{TEXTS[n % 5 % 4]} ({n}. ileti)"
    return mail(sender, f"Konu {n}", text, at=datetime(2026, 10, 12, tzinfo=UTC))


def bring(office: SheetOffice, count: int = MANY) -> None:
    """Mails of four headmen in turn."""
    senders = [place.headman.emails[0] for place in office.places[:4]]
    arrivals = [
        Arrival("file", str(n), str(n).rjust(64, "x"), office.now, raw(senders[n % 4], n))
        for n in range(count)
    ]
    with office.ledger.transaction() as tx:
        tx.keep_arrivals(arrivals, office.now)


def became(office: SheetOffice) -> list[tuple[object, ...]]:
    """What came of every mail, but for what is drawn by lot."""
    with office.ledger.engine.connect() as connection:
        arrivals = connection.exec_driver_sql("SELECT id, state, reason, numbers, attempts FROM arrivals")
        rows: list[tuple[object, ...]] = [tuple(row) for row in arrivals]
        requests = connection.exec_driver_sql("SELECT number, category, description, note FROM requests")
        rows += [tuple(row) for row in requests]
        letters = connection.exec_driver_sql("SELECT key, recipient, owed FROM outbox")
        return rows + sorted(tuple(row) for row in letters)


@pytest.fixture
def other(tmp_path: Path) -> Iterator[SheetOffice]:
    found = SheetOffice(tmp_path / "baska")
    yield found
    found.close()


def run(office: SheetOffice) -> None:
    office.app.run_step("reading")


def test_the_same_comes_of_them(
    office: SheetOffice, other: SheetOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    give = Beside.give

    def counted(self: Beside[list[Arrival], object], task: list[Arrival]) -> bool:
        asked.append(len(task))
        return give(self, task)

    monkeypatch.setattr(Beside, "give", counted)
    bring(office)
    run(office)
    assert asked[0] == FIRST_SHARE
    assert asked[1] == MANY - 2 * BATCH
    monkeypatch.setattr(Beside, "__enter__", _says_no_process)
    bring(other)
    run(other)
    assert became(office) == became(other)
    assert len(asked) == 2


def test_few_mails_need_no_other_process(office: SheetOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Beside, "__enter__", lambda _: pytest.fail("a process was started"))
    bring(office, BATCH)
    run(office)
    assert {row[1] for row in became(office)[:BATCH]} == {"read"}


def _dies(*_: object, **__: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _hangs(*_: object, **__: object) -> None:
    time.sleep(60)


def _says_no_process(self: object) -> None:
    raise BlockingIOError(11, "Resource temporarily unavailable")


@pytest.mark.parametrize("fault", [_dies, _hangs])
def test_the_reader_does_it_himself_when_the_other_fails(
    office: SheetOffice, other: SheetOffice, monkeypatch: pytest.MonkeyPatch, fault: Callable[..., None]
) -> None:
    bring(other)
    run(other)
    monkeypatch.setattr(Beside.__init__, "__kwdefaults__", {"patience": 0.3})
    monkeypatch.setattr(Opening, "open_each", fault)
    monkeypatch.setattr(reading.Reading, "_read_one", lambda *_: pytest.fail("a mail was read alone"))
    bring(office)
    run(office)
    assert became(office) == became(other)


def test_a_machine_without_room_for_another_process_reads_alone(
    office: SheetOffice, other: SheetOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(other)
    run(other)
    monkeypatch.setattr(Beside, "__enter__", _says_no_process)
    bring(office)
    run(office)
    assert became(office) == became(other)


def test_a_mail_that_cannot_be_opened_fails_at_its_own_turn(office: SheetOffice) -> None:
    bring(office)
    with office.ledger.transaction() as tx:
        tx.keep_arrivals([Arrival("file", "z", "z" * 64, office.now, b"\0\xff" * 40)], office.now)
    run(office)
    states = [row[1] for row in became(office)[: MANY + 1]]
    assert "new" not in states


def test_it_ends_with_its_parent() -> None:
    """Even when that one is killed."""
    lives = (
        "import os, signal, sys\n"
        "from daemon.beside import Beside\n"
        "with Beside(lambda _: os.getpid()) as other:\n"
        "    other.give(None); print(other.take(), flush=True)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    parent = subprocess.run(
        [sys.executable, "-c", lives], check=False, capture_output=True, text=True, timeout=30
    )
    assert parent.returncode == -signal.SIGKILL
    child = int(parent.stdout)
    until = time.monotonic() + 10
    with suppress(ProcessLookupError):
        while time.monotonic() < until:
            os.kill(child, 0)
            if Path(f"/proc/{child}/stat").read_text().split()[2] == "Z":
                break
            time.sleep(0.05)
        else:
            pytest.fail("it lives on")
