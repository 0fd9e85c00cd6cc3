"""The values of routing: what a text is, where each of its requests goes, and what a category is."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

Who = tuple[str, str]
"""An addressee: (directorate code, external body); the code is empty for a body outside."""


class Nature(StrEnum):
    """What a text sent by a headman is."""

    REQUEST = "request"
    STATUS = "status"
    THANKS = "thanks"
    SPAM = "spam"
    CHATTER = "chatter"


@dataclass(frozen=True, slots=True)
class Guess:
    """A directorate (code) that may be responsible, with a confidence of 0–1."""

    directorate: str
    confidence: float
    category: str = ""
    external_body: str = ""


@dataclass(frozen=True, slots=True)
class Route:
    """Where one request goes. ``review`` means that a person decides."""

    subject: str
    text: str
    directorate: str
    external_body: str
    category: str
    confidence: float
    review: bool
    neighbourhood: str
    urgent: bool
    because: tuple[str, ...]
    alternatives: tuple[Guess, ...] = ()
    together: tuple[Who, ...] = ()
    """All addressees of several matters that must stay one request; empty where there is one."""

    @classmethod
    def to_a_person(cls, subject: str, text: str, neighbourhood: str) -> Self:
        """Nothing says whose it is."""
        return cls(
            subject=subject,
            text=text,
            directorate="",
            external_body="",
            category="",
            confidence=0.0,
            review=True,
            neighbourhood=neighbourhood,
            urgent=False,
            because=(),
        )


@dataclass(frozen=True, slots=True)
class Routing:
    """The whole text understood: its nature and, for requests, one route each."""

    nature: Nature
    routes: tuple[Route, ...] = ()
    because: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Category:
    """One kind of request. ``words`` are (word or phrase, weight); ``directorate`` is a code.

    ``urgent`` phrases mean danger to life; ``review`` categories are always a person's decision.
    """

    name: str
    directorate: str
    external_body: str = ""
    words: tuple[tuple[str, float], ...] = ()
    urgent: tuple[str, ...] = ()
    subscription: bool = False
    review: bool = False

    @property
    def who(self) -> Who:
        """Whom its requests are addressed to."""
        return ("" if self.external_body else self.directorate, self.external_body)


@dataclass(frozen=True, slots=True)
class Told:
    """How a request is told: submitted in so many words ("gereğini arz ederim"), and one of how many in its message."""

    submitted: bool = False
    among: int = 1
