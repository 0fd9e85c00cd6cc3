"""A reply that names the requests it answers: which ones, and what it says of each.

The daily letter lists many requests, and people answer it in one mail: "MHT-2026-000012 tamamlandı, 000015
işlemde". A wrong pairing would close the wrong request, so only shapes that allow one pairing are read: the
number before its words, a number alone on a line above its words, or words above a list of numbers. Everything
else is not clear, and a person decides.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from daemon.domain.answers.heads import fold_aligned
from daemon.domain.reading import NUMBER
from daemon.domain.request import RequestNumber, request_number

_BARE = re.compile(r"(?<![\w./-])(\d{6,8})(?![\w/-]|\.\d)")
_SHORT = re.compile(r"(?<![\w./-])(\d{1,8})\s*(?:no['’]?\s?lu|numarali)\s+(?:talep|basvuru|kayit)")
_JOINING = re.compile(
    r"(?:[\s,;:&/+()\[\]*•·.–—-]|\b(?:ve|ile|no|nolu|no['’]lu|numarali|sayili|talep(?:ler)?(?:in|den)?|kayit|icin|"
    r"(?:her\s+)?(?:ikisi|ucu)|hepsi|tumu|tamami|d[ea])\b)*"
)
_BULLET = re.compile(r"[\W\d]{0,6}(?:talep\s*)?(?:no\b)?[\W]*")
GREETING = re.compile(
    r"\W*(?:(?:merhaba(?:lar)?|selam(?:lar)?|iyi (?:gunler|calismalar)|kolay gelsin|gunaydin)"
    r"(?:\s+(?:sayin\s+)?[a-z]+(?:\s+(?:bey|hanim|mudurum))?\s*[,!])?|"
    r"sayin(?:\s+[a-z.]+){1,2}|sayin(?:\s+[a-z.]+){3,6}\s*[,!:])\W*"
)
"""A line (folded) that only greets."""
COURTESY = re.compile(
    r"\W*(?:(?:geregini|durumu|konuyu)\s+)?(?:bilgi(?:leriniz|niz)e|bilgilerinizi|saygilar\w*|iyi calismalar|"
    r"kolay gelsin|tesekkur(?:ler| eder\w*))?(?:\s*(?:arz|rica|sunar\w*|sunulur|dileri\w*|eder\w*|olunur))*\W*"
)
"""A line (folded) that only takes leave."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a reply says of one request."""

    number: RequestNumber
    words: str


@dataclass(frozen=True, slots=True)
class Naming:
    """The requests that a reply names. ``said`` is empty where it is not clear which words belong to which."""

    numbers: tuple[RequestNumber, ...] = ()
    said: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class _Mention:
    start: int
    end: int
    number: RequestNumber


@dataclass(frozen=True, slots=True)
class _Line:
    """One line: groups of numbers side by side, each with the words that follow it."""

    groups: tuple[tuple[tuple[RequestNumber, ...], str], ...]
    before: str

    @property
    def is_list(self) -> bool:
        """Numbers and nothing else."""
        return bool(self.groups) and not self.before and not any(words for _, words in self.groups)

    @property
    def pairs_up(self) -> bool:
        """Whether there is one way to give each number its words."""
        if len(self.groups) == 1:
            return bool(self.before or self.groups[0][1])
        return not self.before and all(words for _, words in self.groups)


def read_naming(text: str, known: Sequence[str] = ()) -> Naming:
    """Find the requests named in the writer's own words; ``known`` are those that the answered letter lists.

    A serial alone ("000015") counts where the letter lists it, or takes the year of the number before it.
    """
    lines = [
        _read_line(line, known)
        for line in text.split("\n")
        if any(c.isalnum() for c in line) and not GREETING.fullmatch(fold_aligned(line))
    ]
    numbers = tuple(dict.fromkeys(n for line in lines for numbers, _ in line.groups for n in numbers))
    pairs = _pair(lines)
    named = [number for number, _ in pairs]
    clear = len(named) == len(set(named)) and all(words.strip() for _, words in pairs)
    return Naming(numbers, tuple(Said(number, words) for number, words in pairs) if clear else ())


def _pair(lines: Sequence[_Line]) -> list[tuple[RequestNumber, str]]:
    """Each number with its words; nothing when the lines allow more than one reading."""
    naming = [line for line in lines if line.groups]
    if not naming:
        return []
    if all(line.is_list for line in naming):
        return _pair_lists(lines)
    if not all(line.pairs_up for line in naming) or _is_text(lines[0]):
        return []
    pairs: list[tuple[tuple[RequestNumber, ...], list[str]]] = []
    for line in lines:
        if not line.groups:
            pairs[-1][1].append(line.before)
        for numbers, words in line.groups:
            pairs.append((numbers, [f"{line.before} {words}".strip()]))
    return [(number, "\n".join(words)) for numbers, words in pairs for number in numbers]


def _pair_lists(lines: Sequence[_Line]) -> list[tuple[RequestNumber, str]]:
    """Numbers on lines of their own: their words stand above them throughout, or below them throughout."""
    above = _is_text(lines[0])
    if above == _is_text(lines[-1]):
        return []
    ordered = lines if above else lines[::-1]
    pairs: list[tuple[RequestNumber, str]] = []
    words: list[str] = []
    for place, line in enumerate(ordered):
        if _is_text(line):
            fresh = place == 0 or not _is_text(ordered[place - 1])
            words = [line.before] if fresh else [*words, line.before]
            continue
        shown = "\n".join(words if above else words[::-1])
        pairs += [(number, shown) for numbers, _ in line.groups for number in numbers]
    return pairs if above else pairs[::-1]


def _is_text(line: _Line) -> bool:
    return not line.groups


def _read_line(line: str, known: Sequence[str]) -> _Line:
    folded = fold_aligned(line)
    mentions = _mentions(folded, known)
    if not mentions:
        return _Line((), line.strip())
    groups: list[tuple[tuple[RequestNumber, ...], str]] = []
    side_by_side: tuple[RequestNumber, ...] = ()
    ends = [mention.start for mention in mentions[1:]] + [len(line)]
    for mention, end in zip(mentions, ends, strict=True):
        side_by_side = (*side_by_side, mention.number)
        joined = _JOINING.match(folded, mention.end, end)
        begins = joined.end() if joined else mention.end
        if begins >= end and end < len(line):
            continue
        groups.append((side_by_side, line[begins:end].strip(" \t,;(-–—")))
        side_by_side = ()
    first = mentions[0].start
    bullet = _BULLET.fullmatch(folded, 0, first)
    return _Line(tuple(groups), "" if bullet else line[:first].strip(" \t([:-–—"))


def _mentions(folded: str, known: Sequence[str]) -> list[_Mention]:
    found = [
        _Mention(match.start(), match.end(), request_number(int(match[1]), int(match[2])))
        for match in NUMBER.finditer(folded)
    ]
    year = int(found[0].number[4:8]) if found else 0
    serials = {int(number[9:]): RequestNumber(number) for number in known}
    for match in (*_BARE.finditer(folded), *_SHORT.finditer(folded)):
        if any(mention.start <= match.start(1) < mention.end for mention in found):
            continue
        number = serials.get(int(match[1]))
        if number is None and year and match[1].startswith("0"):
            number = request_number(year, int(match[1]))
        if number is not None:
            found.append(_Mention(match.start(1), match.end(1), number))
    return sorted(found, key=lambda mention: mention.start)
