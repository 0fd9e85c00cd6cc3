"""What routing listens for: the categories' words as they count, and the addressees' names."""

from collections.abc import Iterable, Sequence

from daemon.domain.registry import Registry
from daemon.domain.routing.values import Who
from daemon.domain.text import fold

_STEM = 4
"""Shorter words are too often the beginning of quite another one."""


def unlessened(words: Sequence[tuple[str, float]]) -> Iterable[tuple[str, float]]:
    """A longer form of a word weighs no less than the word: "asfaltlanm: 1" beside "asfalt: 3" weighs three."""
    bare = {fold(text): weight for text, weight in words if " " not in text}
    for text, weight in words:
        if " " in text or weight <= 0:
            yield text, weight
            continue
        folded = fold(text)
        shorter = [bare[part] for n in range(_STEM, len(folded)) if (part := folded[:n]) in bare]
        yield text, max(weight, *shorter) if shorter else weight


def names(registry: Registry) -> Iterable[tuple[str, Who]]:
    """The addressees' names as they stand in texts. The office's own name heads every petition and says nothing."""
    for directorate in registry.directorates:
        if directorate.code != registry.home_directorate:
            bare = directorate.name.replace(" Müdürlüğü", "")
            yield bare if " " in bare else directorate.name, (directorate.code, "")
    for body in registry.external_bodies:
        for name in (body.name, *body.aliases):
            yield name, ("", body.name)
