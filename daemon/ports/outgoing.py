"""What goes out: letters are worded and handed over to a mail server."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Protocol, Self

from daemon.domain.notice import Letter, Owed
from daemon.domain.request import Request


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of one letter. Exactly one of accepted / refused / neither (try later)."""

    accepted: bool
    refused: bool = False
    detail: str = ""
    retry_after: float | None = None


class Mailer(Protocol):
    """One SMTP submission connection for many letters."""

    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
    def send(self, letter: Letter) -> Delivery:
        """Hand one letter over. Raises :class:`Temporary` when the connection itself failed."""


class WordTelling(Protocol):
    """What to tell a headman on an occasion (``headman/closure``), ready to be said or copied; ``words`` are somebody
    else's that it passes on."""

    def __call__(self, occasion: str, request: Request, now: datetime, *, words: str = "") -> str: ...


WordLetter = Callable[[Owed, datetime], Letter]
"""Word what is owed, as of the moment at which it was decided."""
