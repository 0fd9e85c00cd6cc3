"""The ``Konu`` of a request that brings none of its own: its text's beginning, without what only leads up to it."""

import re

from daemon.domain.answers.heads import fold_aligned
from daemon.domain.small_talk import without_greeting
from daemon.domain.text import capitalised, one_line

LONGEST = 80
_JOINT = (
    r"(?:hem de|hem|ayrica|ayriyeten|bir de|birde|ve|veya|ile|de|da|bununla birlikte|"
    r"bunun (?:yaninda|yani sira|disinda))"
    r"(?=[\s,])"
)
_MOST_ROUNDS = 3
"""So often somebody greets and joins on; more is no subject anyway."""
_LEAD = re.compile(rf"(?:\W*{_JOINT})+\W*")


def heading(subject: str, text: str) -> str:
    """The subject; one that was only made of the text begins with the matter: "hem de çöpler alınmıyor" is "Çöpler
    alınmıyor". The text stays as it was written."""
    own, said = one_line(subject), " ".join(text.split())
    if not own or not one_line(said, len(said) + 1).startswith(own.rstrip("…")):
        return own
    rest = _matter_in(said)
    return capitalised(one_line(rest, LONGEST) if rest != said else own)


def _matter_in(said: str) -> str:
    """Greetings and words that only join it to something before, in whatever order, are taken away."""
    for _ in range(_MOST_ROUNDS):
        rest = without_greeting(said)
        lead = _LEAD.match(fold_aligned(rest))
        after = rest[lead.end() :] if lead else rest
        if not any(c.isalnum() for c in after):
            return rest
        if after == said:
            break
        said = after
    return said
