"""What a word's neighbours say of its weight: landmarks and causes count less, what is asked for more.

"Okulun önündeki çukur" is about the hole, not the school; "doğal gaz kazısı sonrası" tells why, not what.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from daemon.domain.routing.tokens import Token

_BESIDE = re.compile(
    r"onunde\w*|onundan|onune|yani(?:nda\w*|ndan|na)?|karsisi\w*|arkasi\w*|arka|kosesi\w*|bitisig\w*|civari\w*|cevresi\w*|"
    r"yakini\w*|girisi\w*|cikisi\w*|hizasi\w*|kenari\w*|otesi\w*|ilerisi\w*|arasi\w*|boyunca|ustunde\w*|uzerinde\w*|"
    r"altinda\w*|icinde\w*|ortasinda\w*|bahcesi\w*|avlusu\w*|dibi\w*|tarafi\w*|mevkii?\w*|karsidan|sapagi\w*|sirasi\w*"
)
_BETWEEN = re.compile(r"arasi\w*")
_AND = frozenset(["ile", "ve"])
_LEADING = re.compile(r"giden|gider|cikan|inen|baglanan|baglayan|donen|yakin|kadar|bakan")
_AFTER = re.compile(r"sonrasi\w*|sonra|ardindan|sonucu\w*|sirasinda|esnasinda")
_GOES = re.compile(r"gid(?:em|er|iy|ip|en)|git[tm]|gel[iem]|girem|goturem|yuruy|ulas")
_GOAL = re.compile(r"\w{2,}[ae]")
"""Where somebody goes is not what he complains of: "köpekten camiye gidemiyoruz"."""
_CANNOT = re.compile(
    r"(?:gec|gir|cik|gid|gel|yuruy|ulas|yetis|otur|uyuy)(?:il)?[ae]m(?:[iu]y|[iu]o|[ae]kt|[ae]z|[ae]d[iu]).*"
)
_FROM = re.compile(r"\w{2,}[dt][ae]n")
_ASKING = re.compile(
    r"rica|arz|talep|taleb\w*|istiyor\w*|istiyoz|isteriz|isterim|istiyo|gerek\w*|lazim|ihtiyac\w*|bekliyor\w*|mumkun|istemekte\w*"
)
_ASKED_FOR = re.compile(r"\w{4,}(?:s[iu]n(?:lar)?|m[ae]s[iu](?:n[iu])?|[iu]n[iu]z)")
"""A word that is itself the wish: "ilaçlansın", "budanmasını"."""
_LANDMARK, _NEAR_LANDMARK, _CAUSE, _ASKED = 0.35, 0.6, 0.5, 1.2
_WISHED = 1.35
_BY_THEN = re.compile(r"once(?:sinde|si)?|kadar|itibaren")
_A_TIME = re.compile(r"tarih\w*|gun(?:un|u|e)\w*|\w{3,}m[ae]d[ae]n")
_BEFORE_THEN = 7
"""Words before "tarihinden önce" that may say which date: "okulların açılacağı 14 Eylül tarihinden önce"."""
_DATE = 0.2
_REACH = 8
_STOPS = re.compile(r"\w+(?:yor|di|du|ti|tu|mis|mus|ip|up)|ve|ile|var|yok|icin|olan|bulunan")


class _Role(NamedTuple):
    """What a word may do to its neighbours."""

    beside: bool
    cause: bool
    by_then: bool
    asking: bool
    goes: bool
    cannot: bool
    asked_for: bool
    content: bool


@lru_cache(maxsize=20_000)
def _role(word: str) -> _Role:
    """Remembered: a language's words come again and again."""
    return _Role(
        beside=bool(_BESIDE.fullmatch(word)),
        cause=bool(_AFTER.fullmatch(word) or _LEADING.fullmatch(word)),
        by_then=bool(_BY_THEN.fullmatch(word)),
        asking=bool(_ASKING.fullmatch(word)),
        goes=bool(_GOES.match(word)),
        cannot=bool(_CANNOT.fullmatch(word)),
        asked_for=bool(_ASKED_FOR.fullmatch(word)),
        content=bool(_CONTENT.fullmatch(word)),
    )


def factors(found: Sequence[Token]) -> list[float]:
    """A factor for each token."""
    weights = [1.0] * len(found)
    for n, token in enumerate(found):
        role = _role(token.folded)
        if n and role.beside:
            _lessen(weights, found, n, _LANDMARK, _NEAR_LANDMARK)
            _lessen_other_end(weights, found, n)
        elif n and role.cause:
            _lessen(weights, found, n, _CAUSE, _CAUSE)
        elif n and role.by_then and _A_TIME.fullmatch(found[n - 1].folded):
            _lessen_a_date(weights, found, n)
        elif role.asking:
            for before in range(max(0, n - _REACH), n):
                if found[before].sentence == token.sentence and weights[before] == 1.0:
                    weights[before] = _ASKED
        if n and role.goes and _GOAL.fullmatch(found[n - 1].folded):
            weights[n - 1] = min(weights[n - 1], _LANDMARK)
        if n and role.cannot:
            _lessen_the_hindered(weights, found, n)
        if role.asked_for and weights[n] >= 1.0:
            weights[n] = _WISHED
    _lessen_the_contented(weights, found)
    _lessen_before_the_point(weights, found)
    return weights


_CONTENT = re.compile(r"memnun\w*|seviyor\w*|duzgun\w*|guzel|sorunsuz|duzeldi")
_COMPLAINT = re.compile(r"sikayet\w*|sikinti\w*|sorun\w*|problem\w*|derd\w*|sozum\w*|diyecegim\w*|itiraz\w*")
_ALL_OF_IT = re.compile(r"bun(?:dan|lardan)|on(?:dan|lardan)|hepsi\w*|bu (?:konu|yon)\w*")
_DENIED = frozenset(["degil", "degiliz", "degilim", "degiller"])
_POINT = re.compile(
    r"asil|esas|derd\w*|mesele\w*|sorunum\w*|sikayetim\w*|istegim\w*|ricam\w*|talebim\w*|yalniz\w*"
)
_POINTED = frozenset(
    ["su", "sudur", "konu", "konuya", "derdim", "derdimiz", "sorun", "mesele", "sikayetim", "var"]
)
_CONTENTED, _BESIDES = 0.2, 0.5
_LEAD_IN = 8
"""Before the point come at least so many words; a text that begins with its point has none beside it."""


def _lessen_the_hindered(weights: list[float], found: Sequence[Token], place: int) -> None:
    """Who cannot pass is not what is in the way: "engelli de geçemiyor"; what he cannot bear is: "kokudan"."""
    for n in range(place - 1, max(-1, place - 4), -1):
        word = found[n].folded
        if found[n].sentence != found[place].sentence or _STOPS.fullmatch(word):
            return
        if not _FROM.fullmatch(word):
            weights[n] = min(weights[n], _CAUSE)


def _lessen_a_date(weights: list[float], found: Sequence[Token], place: int) -> None:
    """By when something is to be done says nothing of what it is."""
    for n in range(place - 1, max(-1, place - 1 - _BEFORE_THEN), -1):
        if found[n].sentence != found[place].sentence or (
            n < place - 1 and _STOPS.fullmatch(found[n].folded)
        ):
            return
        weights[n] = min(weights[n], _DATE)


def _lessen_the_contented(weights: list[float], found: Sequence[Token]) -> None:
    """What somebody is content with is not what he asks for: "yol düzgün, lambalardan memnunuz, derdim …"."""
    for n, token in enumerate(found):
        if _says_content(found, n):
            sentence = [m for m in range(n) if found[m].sentence == token.sentence]
            all_of_it = any(_ALL_OF_IT.fullmatch(found[m].folded) for m in sentence)
            for m in reversed(sentence):
                if not all_of_it and _STOPS.fullmatch(found[m].folded) and m < n - 1:
                    break
                weights[m] = min(weights[m], _CONTENTED)


def _says_content(found: Sequence[Token], place: int) -> bool:
    word = found[place].folded
    if _role(word).content:
        return place + 1 == len(found) or found[place + 1].folded not in _DENIED
    return word == "yok" and place > 0 and _COMPLAINT.fullmatch(found[place - 1].folded) is not None


def _lessen_before_the_point(weights: list[float], found: Sequence[Token]) -> None:
    """A rambling story comes to its point: "… derdim şu: …", "asıl konu …"."""
    points = [
        n
        for n in range(_LEAD_IN, len(found) - 1)
        if _POINT.fullmatch(found[n].folded) and found[n + 1].folded in _POINTED
    ]
    for n in range(points[-1] if points else 0):
        weights[n] *= _BESIDES


_PLACE_CASE = re.compile(r"(?:l[ae]r)?(?:[iu]?m[iu]z|[iu]n[iu]z|s?[iu])?n?[dt][ae](?:ki\w*)?")
_GOAL_CASE = re.compile(r"(?:l[ae]r)?(?:[iu]?m[iu]z|[iu]n[iu]z|s?[iu])?[ny]?[ae]")
_IN_PLACE, _TOWARDS = 0.5, 0.75


def case_factor(word: str, stem: str) -> float:
    """What stands in the locative is where it is, in the dative where it goes, seldom what it is about.

    "Kaldırımda motosiklet", "parkta köpek", "duvara afiş".
    """
    return _ending_factor(word[len(stem) :])


@lru_cache(maxsize=5_000)
def _ending_factor(ending: str) -> float:
    if _PLACE_CASE.fullmatch(ending):
        return _IN_PLACE
    return _TOWARDS if _GOAL_CASE.fullmatch(ending) else 1.0


def _lessen_other_end(weights: list[float], found: Sequence[Token], place: int) -> None:
    """What lies between two landmarks: "durak ile cami arasındaki kaldırım" is about neither of them."""
    if _BETWEEN.fullmatch(found[place].folded):
        for n in range(place - 1, max(0, place - 4), -1):
            if found[n].folded in _AND and found[n].sentence == found[place].sentence:
                _lessen(weights, found, n, _LANDMARK, _NEAR_LANDMARK)
                return


def _lessen(weights: list[float], found: Sequence[Token], place: int, first: float, further: float) -> None:
    """Lessen the noun before ``place`` and what belongs to it."""
    for step, n in enumerate(range(place - 1, max(-1, place - 4), -1)):
        if found[n].sentence != found[place].sentence or _STOPS.fullmatch(found[n].folded):
            return
        weights[n] = min(weights[n], first if step == 0 else further)
