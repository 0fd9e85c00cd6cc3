"""Photographs that somebody sent without a word: most show a hole in the road, a few a petition."""

import re

from daemon.domain.answers.heads import fold_aligned
from daemon.domain.files.limits import SHORTEST_PETITION
from daemon.domain.office import Office
from daemon.domain.petitions.lines import is_addressee, is_title
from daemon.domain.petitions.petition import Petition
from daemon.domain.petitions.reading import bears_signs, route_petition
from daemon.domain.registry import Neighbourhood
from daemon.domain.routing.values import Nature
from daemon.domain.text import words

_IN_DATIVE = re.compile(r"[ae]\W*$")
"""Without it "… BAŞKANLIĞI" is a poster's letterhead."""
_TO_A_HEADMAN = re.compile(r"\bmuhtar(?:lig)?in[ae]\W*$")


def is_surely_one(petition: Petition, writer: Neighbourhood | None, office: Office) -> bool:
    """Whether a photograph that came without a word shows a petition of the ``writer``'s, and nothing else that is
    written: a sign, a notice on a wall, a letter that he got."""
    if petition.form is not None:
        return True
    place = petition.fields.neighbourhood
    is_anothers = writer is not None and place.sure and place.value != writer.name
    if is_anothers or not bears_signs(petition) or len(words(petition.body)) < SHORTEST_PETITION:
        return False
    routing = route_petition(petition, office)
    lines = [fold_aligned(line.text) for line in petition.pages[0].lines]
    is_letter_to_him = any(_TO_A_HEADMAN.search(line) for line in lines)
    is_addressed = any((is_addressee(line) and _IN_DATIVE.search(line)) or is_title(line) for line in lines)
    is_signed = petition.fields.headman.spot is not None
    asks = routing.nature is Nature.REQUEST and bool(routing.routes)
    return asks and not is_letter_to_him and (is_addressed or is_signed)
