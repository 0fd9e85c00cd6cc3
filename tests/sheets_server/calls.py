"""What was asked of the server: each call once, counted by its kind."""

from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

Kind = Literal["read", "write", "drive", "token", "other"]

MOST_REMEMBERED = 20_000


@dataclass(slots=True)
class Call:
    """One call. ``body`` is the JSON as it came, ``status`` 0 while it runs or when it was cut off."""

    number: int
    at: datetime
    kind: Kind
    verb: str
    path: str
    method: str = ""
    query: Mapping[str, Sequence[str]] = field(default_factory=dict)
    body: Any = None
    user: str = ""
    status: int = 0

    def as_json(self) -> dict[str, Any]:
        """The call as ``GET /-/calls`` shows it."""
        return {
            "number": self.number,
            "at": self.at.isoformat(),
            "kind": self.kind,
            "verb": self.verb,
            "path": self.path,
            "method": self.method,
            "query": {name: list(values) for name, values in self.query.items()},
            "user": self.user,
            "status": self.status,
        }


class Calls:
    """The log of calls, and how many there were of each kind since the last ``reset``."""

    def __init__(self) -> None:
        self._log: deque[Call] = deque(maxlen=MOST_REMEMBERED)
        self._counts: Counter[str] = Counter()
        self._number = 0

    def note(self, call: Call) -> Call:
        """Takes a call into the log and numbers it."""
        self._number += 1
        call.number = self._number
        self._log.append(call)
        self._counts[call.kind] += 1
        return call

    def reset(self) -> None:
        """Forgets everything that was counted."""
        self._log.clear()
        self._counts.clear()

    @property
    def reads(self) -> int:
        """Calls that count against the reads of Sheets."""
        return self._counts["read"]

    @property
    def writes(self) -> int:
        """Calls that count against the writes of Sheets."""
        return self._counts["write"]

    @property
    def drive(self) -> int:
        """Calls of Drive."""
        return self._counts["drive"]

    @property
    def token(self) -> int:
        """Calls of the token endpoint."""
        return self._counts["token"]

    def counts(self) -> dict[str, int]:
        """How many calls of each kind."""
        kinds = ("read", "write", "drive", "token", "other")
        return {kind: self._counts[kind] for kind in kinds}

    def __iter__(self) -> Iterator[Call]:
        return iter(list(self._log))

    def __len__(self) -> int:
        return len(self._log)
