"""Names of places and persons: found to know the neighbourhood, hidden so that "Park Caddesi" asks for no park.

A neighbourhood is found by the register only, and only where "Mahallesi", "muhtarı" or the like stands beside it:
"19 Mayıs", "Yayla" or "Çiçekli" alone are ordinary words.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from daemon.domain.registry import Registry
from daemon.domain.routing.contacts import contact_words
from daemon.domain.routing.tokens import Token, tokens

_COMPOUND_PLACE = re.compile(r"mah|mh|mahallesi\w*")
_PLACE = re.compile(r"mah|mh|mahl|mahal+[aei]\w*|muhtar\w*")
_HEADMAN = re.compile(r"muhtar\w*")
_STREET = re.compile(
    r"sok|sk|sokak\w*|sokag\w*|cad|cd|cadde\w*|bulvar\w*|blv|bulv|apt|apartman\w*|sitesi\w*|meydani\w*|blok\w*|pasaji\w*|mevki\w*"
)
_STREET_OF = re.compile(
    r"sok|sk|sokagi\w*|cad|cd|caddesi\w*|bulvari\w*|blv|bulv|apt|apartmani\w*|sitesi\w*|meydani\w*|mevki\w*"
)
"""Forms that follow a name only: "Gül Sokağı", not "çöpler sokakta"."""
_NO_NAMES = frozenset(
    {
        *("bu", "su", "o", "bizim", "ayni", "tum", "her", "ana", "ara", "yan", "arka", "on", "bir", "iki"),
        *("uc", "son", "ilk", "mevcut", "ilgili", "soz", "konusu", "bahse", "konu", "bozuk", "dar"),
        *("mahallemizin", "mahallemizdeki", "mahallenin", "ve", "ile", "butun", "baska", "diger", "bazi"),
        *("cok", "isimli", "adli", "numarali", "nolu", "isminde", "toprak", "karanlik", "cikmaz"),
        *("yukaridaki", "asagidaki", "sayili", "merkez", "komsu", "sizin", "onlarin", "hangi", "kendi"),
        *("eski", "yeni", "buyuk"),
    }
)
_LOCATIVE = re.compile(r"[dt][ae](?:ki\w*)?$|n[dt][ae](?:ki\w*)?$")
_FROM = re.compile(r"n?[dt][ae]n|l[iu]l[ae]r\w*")
"""Endings after an apostrophe that persons seldom bear: "Kalaba'dan"; "Fatih'in evi" is a man's."""
_PARTS = re.compile(
    r"giris(?:i|in)\w*|cikis(?:i|in)\w*|halki\w*|sakinleri\w*|esnafi\w*|merkezi\w*|taraf(?:i|in)\w*|bolgesi\w*|mevkii?\w*"
)
"""What a neighbourhood has: "Atapark girişinde", "Kalaba halkı"."""
_SIGN_OFF = re.compile(r"sayg(?:i|ilar|ilarimla|ilarimizla|ilarimi|ilarimizi|ilarla)$")
_INTRODUCES = frozenset(["ben", "adim", "sayin", "soyadi", "ismim"])


class Places:
    """The register's neighbourhoods, streets and headmen, ready to be found in texts."""

    def __init__(self, registry: Registry) -> None:
        self._names = _index(
            (n, place.name) for place in registry.neighbourhoods for n in (place.name, *place.aliases)
        )
        self._streets = _index((s, s) for place in registry.neighbourhoods for s in place.streets)
        self._persons = _index((place.headman.name, "") for place in registry.neighbourhoods)

    def find(self, found: Sequence[Token], text: str) -> str:
        """The neighbourhood that the text names: its headman's before any other."""
        named: list[tuple[int, int, str]] = []
        for start, after, name in _standing(self._names, found):
            if (rank := _rank(found, text, start, after)) is not None:
                named.append((rank, start, name))
        named += [(3, place, name) for place, name in self._without_apostrophe(found)]
        return min(named)[2] if named else ""

    def hidden(self, found: Sequence[Token], text: str, own: str) -> frozenset[int]:
        """The tokens that are names; ``own`` is the sender's neighbourhood, a name wherever it stands."""
        hidden: set[int] = set()
        words = {token.folded for token in found}
        for start, after, name in _standing(self._names, found):
            proper = name == own and _capital(found[start]) and not _opens_sentence(found, start)
            if proper or _rank(found, text, start, after) is not None:
                hidden.update(range(start, after))
        hidden.update(place for place, _ in self._without_apostrophe(found))
        for index in (self._streets, self._persons):
            if not index.keys().isdisjoint(words):
                for start, after, _ in _standing(index, found):
                    hidden.update(range(start, after))
        for token in found:
            if _follows_a_name(token.folded):
                hidden.update(_name_before(found, token.place))
        hidden.update(_persons(found, text))
        hidden.update(contact_words(found, text))
        return frozenset(hidden)

    def _without_apostrophe(self, found: Sequence[Token]) -> Iterator[tuple[int, str]]:
        """ "Kalabada", "Aktepedeki" inside a sentence, with a capital letter."""
        for token in found:
            if not token.suffix and _capital(token) and not _opens_sentence(found, token.place):
                for length in range(len(token.folded) - 2, 3, -1):
                    for words, name in self._names.get(token.folded[:length], ()):
                        if len(words) == 1 and _LOCATIVE.fullmatch(token.folded, length):
                            yield token.place, name


@lru_cache(maxsize=5_000)
def _follows_a_name(word: str) -> bool:
    """Whether a street's or a neighbourhood's name stands before such a word. Remembered: each word is asked about."""
    return bool(_STREET.fullmatch(word) or _COMPOUND_PLACE.fullmatch(word))


_Index = dict[str, list[tuple[tuple[str, ...], str]]]


def _index(names: Iterator[tuple[str, str]]) -> _Index:
    """Names by their first word, the longest first."""
    index: _Index = {}
    for written, name in names:
        words = tuple(token.folded for token in tokens(written))
        if words:
            index.setdefault(words[0], []).append((words, name))
    for entries in index.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return index


def _standing(index: _Index, found: Sequence[Token]) -> Iterator[tuple[int, int, str]]:
    """(start, place after, name) of every name that stands in the text."""
    for start, token in enumerate(found):
        for words, name in index.get(token.folded, ()):
            after = start + len(words)
            if after <= len(found) and all(found[start + n].folded == w for n, w in enumerate(words)):
                yield start, after, name
                break


def _rank(found: Sequence[Token], text: str, start: int, after: int) -> int | None:
    """How surely a name of a neighbourhood means one (the least is the surest), or None."""
    following = [token.folded for token in found[after : after + 2]]
    if following and _HEADMAN.fullmatch(following[0]):
        return 0
    if following and _PLACE.fullmatch(following[0]):
        return 0 if len(following) > 1 and _HEADMAN.fullmatch(following[1]) else 1
    if (
        start
        and _PLACE.fullmatch(found[start - 1].folded)
        and ":" in text[found[start - 1].end : found[start].start]
    ):
        return 1
    if not _capital(found[start]):
        return None
    suffix = found[after - 1].suffix
    if suffix and not found[start].written.isdigit():
        return 2 if _LOCATIVE.fullmatch(suffix) else 3 if _FROM.fullmatch(suffix) else None
    if following and _PARTS.fullmatch(following[0]) and not _opens_sentence(found, start):
        return 3
    return None


def _capital(token: Token) -> bool:
    return token.written[:1].isupper()


def _opens_sentence(found: Sequence[Token], place: int) -> bool:
    return place == 0 or found[place - 1].sentence != found[place].sentence


def _name_before(found: Sequence[Token], place: int) -> Iterator[int]:
    """The words before "Sokak" or "Mahallesi" that are its name: capitalised ones, or a number."""
    head = found[place]
    compound = bool(_STREET_OF.fullmatch(head.folded) or _COMPOUND_PLACE.fullmatch(head.folded))
    shouting = head.written.isupper() and len(head.written) > 3
    for n in range(place - 1, max(-1, place - 5), -1):
        token = found[n]
        if token.folded in _NO_NAMES or token.sentence != head.sentence or token.suffix:
            return
        first = n == place - 1
        capital = _capital(token) and not shouting
        sure = compound or _capital(head) or not _opens_sentence(found, n)
        if (
            token.written.isdigit()
            or (capital and (sure or not first))
            or (first and compound and not capital)
        ):
            yield n
        else:
            return
        if not capital and not token.written.isdigit():
            return


def _persons(found: Sequence[Token], text: str) -> Iterator[int]:
    """Names of persons: after "Sayın" or "Ben", after "Muhtarı", in lines of their own, below "Saygılarımla"."""
    for n, token in enumerate(found):
        if token.folded in _INTRODUCES or (_HEADMAN.fullmatch(token.folded) and not token.written.isupper()):
            for after in range(n + 1, min(n + 4, len(found))):
                if found[after].sentence != token.sentence or not _is_name(found[after]):
                    break
                yield after
        if _SIGN_OFF.fullmatch(token.folded) and len(found) - n <= 14:
            yield from range(n + 1, len(found))
            return
    yield from _name_lines(found, text)


def _is_name(token: Token) -> bool:
    return _capital(token) and len(token.written) > 1 and not token.suffix


def _name_lines(found: Sequence[Token], text: str) -> Iterator[int]:
    """Lines near the end that hold two or three capitalised words and nothing else."""
    lines = text.split("\n")
    if len(lines) < 2:
        return
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    for no in range(max(1, len(lines) - 4), len(lines)):
        inside = [t for t in found if starts[no] <= t.start < starts[no + 1]]
        bare = re.fullmatch(r"[^\W\d_]+\.?(?: [^\W\d_]+){1,2}[ ,.]*", lines[no].strip())
        if bare and 2 <= len(inside) <= 3 and all(_is_name(t) for t in inside):
            yield from (t.place for t in inside)
