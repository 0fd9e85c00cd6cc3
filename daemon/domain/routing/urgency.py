"""Whether a text tells of danger to life: by phrases that the office itself lists, or by how people tell of danger.

Phrases say it for certain, unless something plainly takes the danger away: a denial right behind its words, an
abstract thing right before its verb, or what had happened and has been mended since. People tell of danger in more
ways than anybody can list, so what their words weigh was taught by sample texts. A missed danger costs more than a
false alarm.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from daemon.domain.routing.everyday import is_everyday, only_creaks
from daemon.domain.routing.mended import is_mended
from daemon.domain.routing.perils import perils
from daemon.domain.routing.tenses import tense_signs
from daemon.domain.routing.tokens import Token
from daemon.domain.routing.values import Route
from daemon.domain.routing.vocabulary import Hit

DANGEROUS, DENIED_BUT_DANGEROUS = -1.0, 1.0
"""From these log-odds on a text tells of danger to life, though no listed phrase says so: a missed danger costs more
than a false alarm. The second holds where a phrase was found and taken back ("gaz kokusu ihbarı asılsız çıktı")."""
_DENIALS = (
    "yok", "degil", "olmadi", "olmasa", "kalmadi", "gelmi", "gelmed", "alinmi", "duyulmu", "bulunmu", "bulunmama",
    "bulunmadi", "hissedilmi", "asilsiz", "gecti", "vermiyor", "olusturmu",
)  # fmt: skip
_BETWEEN = frozenset({
    "da", "de", "artik", "hic", "hicbir", "su", "an", "suan", "simdilik", "tehlikesi", "tehlike", "riski", "durumu",
    "durum", "ihbari", "ihbar", "soz", "konusu", "sikayeti", "sorunu", "problemi",
})  # fmt: skip
"""Words that may stand between danger and its denial: "gaz kokusu ihbarı asılsız"."""
_ABSTRACT = (
    "guven", "umut", "umud", "moral", "psikoloji", "ekonomi", "sistem", "internet", "hayal", "sabr", "sabir", "ipler",
    "fiyat", "piyasa", "borsa", "asabi", "sinir", "dunya", "site", "uygulama", "sunucu", "elektrikler",
)  # fmt: skip
_LONG_AGO = ("gecen", "gectigimiz", "evvelki", "onceki")
_TIMES = ("yil", "sene", "kis", "yaz", "bahar", "sonbahar", "donem")
_AS_A_THING = ("an", "en", "mis", "mus", "digi", "dugu", "dig", "dug")
"""Endings that make of what happened a mark of the thing: "yıkılan duvar"."""
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")


def unstretched(text: str) -> str:
    """As it is spelt: "gazzz kokuyoooo" is "gaz kokuyo". No Turkish word has a letter three times in a row."""
    return _STRETCHED.sub(r"\1", text)


def danger_signs(texts: Iterable[Sequence[Token]], *, said: bool) -> dict[str, float]:
    """By which, beside its words, it is judged whether a text tells of danger. ``said``: a listed phrase is found and
    meant."""
    return {"said": float(said)} | tense_signs(texts)


def meant(found: Sequence[Token], hits: Iterable[Hit]) -> list[bool]:
    """Of each dangerous phrase found, whether it is meant as one."""
    return [not _is_taken_away(found, hit) for hit in hits]


def dangers_in(found: Sequence[Token], listed: Iterable[Hit]) -> list[bool]:
    """Of each ``listed`` phrase found, whether it is meant; beside them the perils that are."""
    return [*meant(found, listed), *filter(None, meant(found, perils(found)))]


def least_odds(phrases: Sequence[bool], texts: Iterable[Sequence[Token]]) -> float:
    """From which log-odds on a text tells of danger whose dangerous ``phrases``, if any, are not meant."""
    return DENIED_BUT_DANGEROUS if phrases or any(map(only_creaks, texts)) else DANGEROUS


def as_the_whole_tells(routes: Sequence[Route], whole: Iterable[bool]) -> tuple[Route, ...]:
    """The parts of a text, of whose dangerous phrases ``whole`` says whether they are meant: one that lies across two
    parts is told with each of them."""
    if any(route.urgent for route in routes) or not any(whole):
        return tuple(routes)
    return tuple(replace(route, urgent=True) for route in routes)


def takes_back(whole: Sequence[Token], phrases: Sequence[bool]) -> bool:
    """Whether a text is one sentence that takes all its dangerous ``phrases`` back, though its parts alone do not:
    "bina yıkıldı, yerine otopark yapılsın". Other sentences may be other matters."""
    return bool(phrases) and not any(phrases) and whole[0].sentence == whole[-1].sentence


def calmed(routes: Iterable[Route], phrases: Iterable[Iterable[bool]]) -> list[Route]:
    """The parts of such a text, each with its own dangerous ``phrases``: those that any of them alarms do no more."""
    return [
        replace(route, urgent=route.urgent and not any(said))
        for route, said in zip(routes, phrases, strict=True)
    ]


def _is_taken_away(found: Sequence[Token], hit: Hit) -> bool:
    return (
        _is_denied(found, hit)
        or _is_abstract(found, hit)
        or is_mended(found, hit)
        or is_everyday(found, hit)
        or _is_long_ago(found, hit)
    )


def _is_long_ago(found: Sequence[Token], hit: Hit) -> bool:
    """ "Geçen yıl yıkılan duvarın yerine": what fell a year ago and is only named by it falls on nobody now."""
    first = hit.places[0]
    named_by_it = any(
        found[place].folded.endswith(_AS_A_THING) for place in hit.places if len(found[place].folded) > 4
    )
    before = [
        token.folded for token in found[max(0, first - 4) : first] if token.sentence == found[first].sentence
    ]
    return named_by_it and any(
        one in _LONG_AGO and other.startswith(_TIMES) for one, other in zip(before, before[1:], strict=False)
    )


def _is_denied(found: Sequence[Token], hit: Hit) -> bool:
    """A denial right behind the words; one among them ("kapağı yok") is the danger itself."""
    last = hit.places[-1]
    for token in found[last + 1 : last + 4]:
        if token.sentence != found[last].sentence:
            return False
        if token.folded.startswith(_DENIALS):
            return True
        if token.folded not in _BETWEEN:
            return False
    return False


def _is_abstract(found: Sequence[Token], hit: Hit) -> bool:
    """Something that cannot fall on anybody stands before one of the words and not among them."""
    return any(
        place > 0
        and place - 1 not in hit.places
        and found[place - 1].sentence == found[place].sentence
        and found[place - 1].folded.startswith(_ABSTRACT)
        for place in hit.places
    )
