"""The same pure work on several cores: answers in order, and none lost with a process that dies."""

import os
import signal
from functools import partial
from multiprocessing import parent_process
from pathlib import Path

import pytest

from daemon import side_by_side as module
from daemon.side_by_side import side_by_side

MANY = range(500)


@pytest.fixture(autouse=True)
def _two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: {0, 1})


def test_answers_come_in_order_and_from_other_processes() -> None:
    found = list(side_by_side(lambda thing: (thing, os.getpid()), MANY))
    assert [thing for thing, _ in found] == list(MANY)
    assert os.getpid() not in {process for _, process in found}


def test_a_few_things_are_worth_no_process() -> None:
    assert set(side_by_side(lambda thing: os.getpid(), range(20))) == {os.getpid()}


def _answer_or_die(dead: Path, thing: int) -> int:
    if thing == 300 and parent_process() is not None:
        dead.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return thing


def test_what_a_process_that_died_left_is_done_here(tmp_path: Path) -> None:
    dead = tmp_path / "dead"
    assert list(side_by_side(partial(_answer_or_die, dead), MANY)) == list(MANY)
    assert dead.exists()


def test_where_no_process_can_be_started_everything_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object) -> None:
        raise BlockingIOError("no more processes")

    monkeypatch.setattr(module, "ProcessPoolExecutor", refuse)
    assert set(side_by_side(lambda thing: os.getpid(), MANY)) == {os.getpid()}


def test_what_the_work_raises_comes_from_here() -> None:
    def divide(thing: int) -> float:
        return 1 / (thing - 400)

    with pytest.raises(ZeroDivisionError):
        list(side_by_side(divide, MANY))
