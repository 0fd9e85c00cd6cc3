"""Whether a text asks for a subscription (water, electricity, gas), and not to have a fault mended.

Whoever has one and no water speaks of "abonelik", too; who wants one often does not ("saati üzerime almak istiyorum").
"""

import re
from collections.abc import Sequence

from daemon.domain.routing.values import Category
from daemon.domain.text import fold

_WHAT = r"\b(?:su(?:yu\w*)?|elektri[gk]\w*|(?:dogal ?)?gaz\w*|sayac\w*|saat\w*)"
_WANTED = re.compile(
    r"\babone(?:lik|lig\w*)?\b(?! (?:var|olan|oldug|olmasin|susuz|elektriksiz|gazsiz|magdur))|\babone(?:si)? ol|"
    rf"{_WHAT} (?:\w+ )?(?:(?:kendi|benim) )?(?:uzer|ust|ad)[iu]?(?:m|miz|n)[aei]\w* (?:al|gecir|aktar|devr|cevir|yaz)|"
    rf"{_WHAT} (?:actir|ac(?:il)?ma(?:k|si)|devral|devret|bagla(?:t|nma(?:si|k)|nsin|nabil|yal|yin))|"
    rf"{_WHAT} (?:\w+ )?sozlesme|"
    r"\b(?:sayac|saat)\w* (?:baglat|baglanma(?:si|k)|baglansin|baglay|taktir|takil(?:sin|masi)|takma(?:k|si|niz))"
)
_HAS_ONE = re.compile(
    r"\babone(?:lig|si|miz|yim|yiz)\w* (?:var|ol(?:an|dug|masina))|\baboneler|"
    r"\babone\w* \w*(?:susuz|elektriksiz|gazsiz|magdur)"
)
_FAULT = re.compile(
    r"\b(?:kesi(?:k|ld|liyo|nti|lm)|ariza|akmiyo|akmadi|patla|bozu[kl]|"
    r"kaca[gk]|sizi|gitti\b|gelmiyo|gider|fatura|don(?:mus|du)|basinc|tikan|tikal|kanal|fosep|fossep)\w*"
)


def asks_for_subscription(text: str) -> bool:
    """Whether its writer wants to be subscribed, or to know what it takes."""
    folded = " ".join(re.sub(r"[^\w]+", " ", fold(text.replace("'", "").replace("’", ""))).split())
    return bool(_WANTED.search(folded)) and not (_HAS_ONE.search(folded) or _FAULT.search(folded))


def kinds_meant(kinds: Sequence[int], categories: Sequence[Category], words: str) -> Sequence[int]:
    """Of an addressee's ``kinds`` of requests those for subscriptions, where a text asks for one; else all of them."""
    own = [kind for kind in kinds if categories[kind].subscription]
    return own if own and asks_for_subscription(words) else kinds
