"""What a word's neighbours say of its weight: landmarks and causes count less, what is asked for more.

"Okulun önündeki çukur" is about the hole, not the school; "doğal gaz kazısı sonrası" tells why, not what.
"""

import re
from collections.abc import Sequence

from daemon.domain.tokens import Token

_BESIDE = re.compile(
    r"onunde\w*|onundan|onune|yani(?:nda\w*|ndan|na)?|karsisi\w*|arkasi\w*|arka|kosesi\w*|bitisig\w*|civari\w*|cevresi\w*|"
    r"yakini\w*|girisi\w*|cikisi\w*|hizasi\w*|kenari\w*|otesi\w*|ilerisi\w*|arasi\w*|boyunca|ustunde\w*|uzerinde\w*|"
    r"altinda\w*|bahcesi\w*|avlusu\w*|dibi\w*|tarafi\w*|mevkii?\w*|karsidan|sapagi\w*|sirasi\w*"
)
_LEADING = re.compile(r"giden|gider|cikan|inen|baglanan|baglayan|donen|yakin|kadar|bakan")
_AFTER = re.compile(r"sonrasi\w*|sonra|ardindan|sonucu\w*|sirasinda|esnasinda")
_ASKING = re.compile(
    r"rica|arz|talep|taleb\w*|istiyor\w*|istiyoz|isteriz|isterim|istiyo|gerek\w*|lazim|ihtiyac\w*|bekliyor\w*|mumkun|istemekte\w*"
)
_ASKED_FOR = re.compile(r"\w{4,}(?:s[iu]n(?:lar)?|m[ae]s[iu](?:n[iu])?|[iu]n[iu]z)")
"""A word that is itself the wish: "ilaçlansın", "budanmasını"."""
_LANDMARK, _NEAR_LANDMARK, _CAUSE, _ASKED = 0.35, 0.6, 0.5, 1.2
_WISHED = 1.35
_REACH = 8
_STOPS = re.compile(r"\w+(?:yor|di|du|ti|tu|mis|mus|ip|up)|ve|ile|var|yok|icin|olan|bulunan")


def factors(found: Sequence[Token]) -> list[float]:
    """A factor for each token."""
    weights = [1.0] * len(found)
    for n, token in enumerate(found):
        if n and _BESIDE.fullmatch(token.folded):
            _lessen(weights, found, n, _LANDMARK, _NEAR_LANDMARK)
        elif n and (_AFTER.fullmatch(token.folded) or _LEADING.fullmatch(token.folded)):
            _lessen(weights, found, n, _CAUSE, _CAUSE)
        elif _ASKING.fullmatch(token.folded):
            for before in range(max(0, n - _REACH), n):
                if found[before].sentence == token.sentence and weights[before] == 1.0:
                    weights[before] = _ASKED
        if _ASKED_FOR.fullmatch(token.folded) and weights[n] >= 1.0:
            weights[n] = _WISHED
    return weights


_PLACE_CASE = re.compile(r"(?:l[ae]r)?(?:[iu]?m[iu]z|[iu]n[iu]z|s?[iu])?n?[dt][ae](?:ki\w*)?")
_GOAL_CASE = re.compile(r"(?:l[ae]r)?(?:[iu]?m[iu]z|[iu]n[iu]z|s?[iu])?[ny]?[ae]")
_IN_PLACE, _TOWARDS = 0.5, 0.75


def case_factor(word: str, stem: str) -> float:
    """What stands in the locative is where it is, in the dative where it goes, seldom what it is about.

    "Kaldırımda motosiklet", "parkta köpek", "duvara afiş".
    """
    ending = word[len(stem) :]
    if _PLACE_CASE.fullmatch(ending):
        return _IN_PLACE
    return _TOWARDS if _GOAL_CASE.fullmatch(ending) else 1.0


def _lessen(weights: list[float], found: Sequence[Token], place: int, first: float, further: float) -> None:
    """Lessen the noun before ``place`` and what belongs to it."""
    for step, n in enumerate(range(place - 1, max(-1, place - 4), -1)):
        if found[n].sentence != found[place].sentence or _STOPS.fullmatch(found[n].folded):
            return
        weights[n] = min(weights[n], first if step == 0 else further)
