"""What each part of the ledger (arrivals, requests …) stands on: one connection in one transaction."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, CursorResult, Executable

from daemon.domain.errors import Unprocessable
from daemon.ledger.files import Originals


class Part:
    """Statements are module-level constants, so that each is compiled once and then only filled in."""

    def __init__(self, connection: Connection, originals: Originals) -> None:
        self._connection = connection
        self._originals = originals

    def settle(self) -> None:
        """Write what was held back until the transaction's end: only it counts, and it is one row each."""

    def _run(self, statement: Executable, /, **values: object) -> CursorResult[*tuple[Any, ...]]:
        return self._connection.execute(statement, values)

    def _run_for_each(self, statement: Executable, rows: Iterable[Mapping[str, object]]) -> int:
        """Run once per row in one call; return how many rows of the table it touched."""
        listed = list(rows)
        return self._connection.execute(statement, listed).rowcount if listed else 0

    def _run_for_one(self, statement: Executable, what: str, /, **values: object) -> None:
        """Run for a row that must be there: a decision about nothing is undone as a whole."""
        if self._connection.execute(statement, values).rowcount != 1:
            raise Unprocessable(f"ledger: no such {what}", reason="Kayıt defterde bulunamadı.")
