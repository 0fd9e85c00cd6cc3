"""The ``Konu`` of a request that brings none of its own: its text's beginning, without what only leads up to it."""

import re

from daemon.domain.heads import fold_aligned
from daemon.domain.text import capitalised, one_line

LONGEST = 80
_GREETING = (
    r"(?:sayin (?:yetkili(?:ler)?|mudur(?:um|umuz)?|baskan(?:im|imiz)?)|merhaba(?:lar)?|selam(?:lar)?|selamun aleykum|"
    r"iyi (?:gunler|calismalar|aksamlar)(?: dilerim)?|gunaydin|kolay gelsin|tesekkur(?:ler| ederi[mz]))\s*[,!.:;]"
)
_JOINT = (
    r"(?:hem de|hem|ayrica|ayriyeten|bir de|birde|ve|veya|ile|de|da|bununla birlikte|"
    r"bunun (?:yaninda|yani sira|disinda))"
    r"(?=[\s,])"
)
_LEAD = re.compile(rf"(?:\W*(?:{_GREETING}|{_JOINT}))+\W*")


def heading(subject: str, text: str) -> str:
    """The subject; one that was only made of the text begins with the matter: "hem de çöpler alınmıyor" is "Çöpler
    alınmıyor". The text stays as it was written."""
    own, said = one_line(subject), " ".join(text.split())
    if not own or not one_line(said, len(said) + 1).startswith(own.rstrip("…")):
        return own
    lead = _LEAD.match(fold_aligned(said))
    rest = said[lead.end() :] if lead else said
    if not any(c.isalnum() for c in rest):
        return own
    return capitalised(one_line(rest, LONGEST) if lead else own)
