"""The learned model's file.

It lies beside the ledger and is replaced as a whole. A file that was touched, cut or made by hand is refused with a
line in the log, and routing goes on by the words alone.
"""

import os
from dataclasses import replace
from pathlib import Path

from daemon.domain.office import Office
from daemon.domain.routing.learned import Model
from daemon.domain.routing.learned_json import parse, serialise
from daemon.domain.routing.learned_routing import LearnedRouter
from daemon.late_log import log

_MOST_BYTES = 64 * 1024 * 1024


class LearnedFile:
    """The model of one office, read again when its file changes."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._stamp: tuple[int, int] | None = None
        self._model: Model | None = None
        self._last: tuple[Office, Office] | None = None

    def applied_to(self, office: Office) -> Office:
        """The office whose router asks the model too; the same one while neither has changed."""
        if self._refresh() or self._last is None or self._last[0] is not office:
            taught = self._model and replace(office, router=LearnedRouter(office.router, self._model))
            self._last = (office, taught or office)
        return self._last[1]

    def _refresh(self) -> bool:
        try:
            found = self.path.stat()
            stamp = (found.st_mtime_ns, found.st_size)
        except OSError:
            stamp = None
        if stamp == self._stamp:
            return False
        self._stamp = stamp
        self._model = self._read() if stamp else None
        return True

    def _read(self) -> Model | None:
        try:
            if self.path.stat().st_size > _MOST_BYTES:
                raise ValueError("too large")
            return parse(self.path.read_bytes())
        except (OSError, ValueError, KeyError, TypeError, RecursionError, MemoryError) as fault:
            log().warning(
                "learned model refused", file=str(self.path), why=f"{type(fault).__name__}: {fault}"
            )
            return None

    def save(self, model: Model | None, facts: dict[str, object]) -> None:
        """Replace the file as a whole; without a model it goes."""
        if model is None:
            self.path.unlink(missing_ok=True)
            return
        beside = self.path.with_suffix(".new")
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(serialise(model, facts))
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self.path)
