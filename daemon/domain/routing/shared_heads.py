"""Several subscriptions in one breath: "elektrik, su ve doğalgaz aboneliği" is asked of three bodies."""

import re
from collections.abc import Callable

from daemon.domain.answers.heads import fold_aligned

_UTILITY = r"(?:elektrik|su|dogal ?gaz|gaz)"
_AND = r"(?:\s*,\s*|\s*/\s*|\s+(?:ve|ile|ya da|veya)\s+|\s+)"
_SHARED = re.compile(
    rf"\b{_UTILITY}(?:{_AND}{_UTILITY})+(?=\s+(?:yeni\s+)?(?:abone(?!ler)|baglan|baglat|sayac|saat|sozlesme)\w*)"
)

_TELLING = 4
"""So many letters of the head tell the place from others where the same utility is named."""


def each_of_its_own(body: str, divided: Callable[[str], list[str]]) -> list[str]:
    """The requests of ``body``, each subscription one of its own; ``divided`` tells what else it holds."""
    shared = _SHARED.search(fold_aligned(body))
    if shared is None:
        return divided(body)
    utilities = [
        body[shared.start() + each.start() : shared.start() + each.end()]
        for each in re.finditer(_UTILITY, fold_aligned(shared[0]))
    ]
    last, behind = utilities[-1], body[shared.end() : shared.end() + _TELLING]
    found: list[str] = []
    for part in divided(body[: shared.start()] + last + body[shared.end() :]):
        alike = utilities if last + behind in part else [last]
        found += [part.replace(last + behind, one + behind, 1) for one in alike]
    return found
