"""What can go wrong on the way: a script of faults that the next calls meet.

Each fault waits for the calls that it fits (by kind, verb, path, method), lets ``skip`` of them pass, hits
``times`` of them (0: all) and is then used up.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Literal

from tests.sheets_server.calls import Call

What = Literal["error", "page", "latency", "cut_before", "cut_after", "stale", "slow_body"]
"""error: a refusal · page: an HTML error page · latency: late · cut_before, cut_after: the connection ends before
or after the effect · stale: the state of some revisions ago · slow_body: the answer's second half is late."""

_DELAYS = {"latency", "slow_body"}
_MESSAGES: Mapping[int, str] = {
    401: "Request had invalid authentication credentials.",
    403: "The caller does not have permission",
    404: "Requested entity was not found.",
    429: "Quota exceeded for quota metric 'Read requests' and limit 'Read requests per minute per user' of service "
    "'sheets.googleapis.com' for consumer 'project_number:123456789012'.",
    500: "Internal error encountered.",
    502: "Bad Gateway",
    503: "The service is currently unavailable.",
}


@dataclass(slots=True)
class Fault:
    """One scripted fault. ``path`` is searched in the decoded path, ``method`` in the id (``values.batchGet``)."""

    what: What = "error"
    status: int = 503
    message: str = ""
    reason: str = ""
    times: int = 1
    skip: int = 0
    kind: str = ""
    verb: str = ""
    path: str = ""
    method: str = ""
    seconds: float = 0.0
    revisions: int = 1
    retry_after: int | None = None
    after_effect: bool = False

    @property
    def text(self) -> str:
        """The refusal's message."""
        return self.message or _MESSAGES.get(self.status, f"Error {self.status}")

    def fits(self, call: Call) -> bool:
        """Whether it waits for this call; the token endpoint is met only by a fault that names it."""
        return (
            (self.kind == call.kind or (not self.kind and (call.kind != "token" or bool(self.path))))
            and (not self.verb or self.verb == call.verb)
            and (not self.path or re.search(self.path, call.path) is not None)
            and (not self.method or self.method in call.method)
        )

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> "Fault":
        """A fault as ``POST /-/knobs`` tells it; an unknown word is refused."""
        known = {each.name for each in fields(cls)}
        if unknown := set(told) - known:
            raise ValueError(
                f"a fault has no {', '.join(sorted(unknown))}; it has {', '.join(sorted(known))}"
            )
        return cls(**told)


class Faults:
    """The script: faults in the order in which they were added."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def add(self, fault: Fault) -> Fault:
        """Adds a fault to the script."""
        self._waiting.append(fault)
        return fault

    def fail(self, status: int, **how: Any) -> Fault:
        """The next call, or those that fit, is refused with ``status``."""
        return self.add(Fault("error", status, **how))

    def clear(self) -> None:
        """Takes back whatever has not happened yet."""
        self._waiting.clear()

    @property
    def waiting(self) -> Sequence[Fault]:
        """Faults that have not happened yet, or not often enough."""
        return tuple(self._waiting)

    @property
    def wants_history(self) -> bool:
        """Whether somebody will ask for an earlier state."""
        return any(fault.what == "stale" for fault in self._waiting)

    def take(self, call: Call) -> list[Fault]:
        """The faults that hit this call: one that decides its outcome, and delays beside it."""
        hit: dict[str, Fault] = {}
        for fault in list(self._waiting):
            sort = fault.what if fault.what in _DELAYS else "outcome"
            if sort in hit or not fault.fits(call):
                continue
            if fault.skip > 0:
                fault.skip -= 1
                continue
            hit[sort] = fault
            if fault.times == 1:
                self._waiting.remove(fault)
            elif fault.times > 1:
                fault.times -= 1
        return list(hit.values())
