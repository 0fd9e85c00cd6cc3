"""All that the sample texts taught before an office has corrected anything."""

from collections.abc import Iterable
from dataclasses import dataclass
from zlib import crc32

from daemon.domain.registry import Registry
from daemon.domain.routing.judgement import Judgements
from daemon.domain.routing.learned import ADDRESSEE, BODY, Model
from daemon.domain.routing.values import Who

TALK = "-"
"""The model's label for texts that ask for nothing."""


@dataclass(frozen=True, slots=True)
class Taught:
    """The model, the judgements, and the words with their addressees beside which they were taught (see
    :func:`trace`): what an office changes of these is its own will and goes before what samples taught."""

    model: Model
    judgements: Judgements
    words: frozenset[int]


def trace(word: str, label: str) -> int:
    """A word or phrase with the label of its addressee, as a number."""
    return crc32(f"{word}{label}".encode())


def label_for(who: Who, registry: Registry) -> str:
    """The model's label for an addressee of this office: a name, for codes are each office's own."""
    code, body = who
    if body:
        return f"{BODY}{body}"
    directorate = registry.directorate(code)
    return f"{ADDRESSEE}{directorate.name if directorate else code}"


def addressee(label: str, registry: Registry) -> Who | None:
    """Whom of this office a label means; ``None`` if it has nobody of that name."""
    if label.startswith(BODY):
        body = registry.external_body(label.removeprefix(BODY))
        return ("", body.name) if body else None
    directorate = registry.directorate_named(label.removeprefix(ADDRESSEE))
    return (directorate.code, "") if directorate else None


def traces(words: Iterable[tuple[str, Who]], registry: Registry) -> frozenset[int]:
    """Of all words with their addressees."""
    return frozenset(trace(word, label_for(who, registry)) for word, who in words)
