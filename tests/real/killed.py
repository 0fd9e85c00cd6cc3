"""An office's ``once`` that is killed at a given point: ``python -m tests.real.killed CONFIG MOMENT [POINT]``.

A point is ``step/event:n``, the n-th time that an event happens within a step: a ledger transaction about to
commit or just committed, a letter accepted by SMTP, a workbook about to be replaced or just replaced, mails
moved on the server. Without a point nothing is killed, and each point is printed as it is passed.
"""

import os
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Any

from daemon.app import App
from daemon.ledger.ledger import SqlLedger, SqlTransaction
from daemon.mail.imap import ImapSource
from daemon.mail.smtp import SmtpMailer
from daemon.settings import load_settings
from daemon.sheets.workbook import XlsxWorkbook


class Points:
    """Counts what is passed; at the chosen point the process dies as in a power cut, without a farewell."""

    def __init__(self, chosen: str) -> None:
        self._chosen = chosen
        self._passed: Counter[str] = Counter()
        self._step = "start"

    def entering(self, step: str) -> None:
        self._step = step

    def reach(self, event: str) -> None:
        name = f"{self._step}/{event}"
        self._passed[name] += 1
        point = f"{name}:{self._passed[name]}"
        if point == self._chosen:
            os.kill(os.getpid(), signal.SIGKILL)
        if not self._chosen:
            print(point, flush=True)


def install(points: Points) -> None:
    """Put the points where the daemon commits something to the outside."""
    transaction = SqlLedger.transaction

    @contextmanager
    def watched(ledger: SqlLedger) -> Iterator[SqlTransaction]:
        with transaction(ledger) as tx:
            yield tx
            points.reach("committing")
        points.reach("committed")

    SqlLedger.transaction = watched  # type: ignore[method-assign]
    _around(SmtpMailer, "send", after=lambda: points.reach("accepted"))
    _around(
        XlsxWorkbook,
        "write",
        before=lambda: points.reach("writing"),
        after=lambda: points.reach("written"),
    )
    _around(ImapSource, "settle", after=lambda: points.reach("moved"))
    run_step = App.run_step

    def run(app: App, name: str) -> int:
        points.entering(name)
        return run_step(app, name)

    App.run_step = run  # type: ignore[method-assign]


def _around(
    owner: type, name: str, *, before: Callable[[], None] = lambda: None, after: Callable[[], None]
) -> None:
    original = getattr(owner, name)

    @wraps(original)
    def watched(*arguments: Any, **named: Any) -> Any:
        before()
        result = original(*arguments, **named)
        after()
        return result

    setattr(owner, name, watched)


def main(config: str, moment: str, point: str = "") -> None:
    install(Points(point))
    with App.open(load_settings(Path(config)), lambda: datetime.fromisoformat(moment)) as app:
        tally = app.run_until_quiet()
    if tally.faults or tally.waiting:
        sys.exit(f"faults: {tally.faults} {tally.waiting}")


if __name__ == "__main__":
    main(*sys.argv[1:])
