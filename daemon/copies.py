"""Copies of erased files that people were given beside the spreadsheets (attachments in Drive).

They are owed in the erasure's own transaction and removed by the next turn of the spreadsheets; where Google cannot be
reached or refuses, it is tried again every hour, so that nothing of a person stays because a line was down.
"""

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import structlog

from daemon.domain.errors import MuhtarlikError
from daemon.ports.ledger import Ledger, Transaction, View
from daemon.ports.spreadsheets import Workbooks

_KEY = "erased/copies"
AGAIN = timedelta(hours=1)
log = structlog.get_logger()


def owe(tx: Transaction, paths: Iterable[str]) -> None:
    """The copies of these stored files are to go."""
    if new := set(paths):
        _note(tx, new.union(_owed(tx)["files"]), "")


def owed(view: View) -> int:
    """How many files' copies may still stand."""
    return len(_owed(view)["files"])


def remove(ledger: Ledger, workbooks: Workbooks, now: datetime) -> None:
    """What is owed, if it is time to try; a failure is logged and tried again later."""
    with ledger.view() as view:
        found = _owed(view)
    if not found["files"] or now.isoformat() < found["after"]:
        return
    try:
        workbooks.forget_files(found["files"])
    except MuhtarlikError as fault:
        log.warning("copies of erased files still stand", count=len(found["files"]), why=str(fault))
        with ledger.transaction() as tx:
            _note(tx, _owed(tx)["files"], (now + AGAIN).isoformat())
        return
    with ledger.transaction() as tx:
        _note(tx, set(_owed(tx)["files"]).difference(found["files"]), "")


def _owed(view: View) -> dict[str, Any]:
    noted = view.note(_KEY)
    return json.loads(noted) if noted else {"files": [], "after": ""}


def _note(tx: Transaction, files: Iterable[str], after: str) -> None:
    listed = sorted(files)
    tx.set_note(_KEY, json.dumps({"files": listed, "after": after}) if listed else "")
