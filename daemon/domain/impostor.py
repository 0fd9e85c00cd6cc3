"""Senders who look like somebody known and are not: display names, look-alike addresses, hidden marks.

An address decides who may speak; none of this lets anybody in. It tells the clerk what to look out for, and
the person who was imitated that it happened. Look-alikes follow Unicode's confusables (UTS 39), of which only
letters that occur in Turkish offices' addresses are listed.
"""

import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache

from daemon.domain.mail import Address
from daemon.domain.registry import Registry, same_address
from daemon.domain.text import words

_HIDDEN = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""Soft hyphens, joiners and the marks that turn the direction of writing."""
_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_EMAIL = re.compile(r"[^\s<>\"(),:;\\@\[\]]{1,100}@[\w-]{1,60}(?:\.[\w-]{1,60}){1,8}")
_LONGEST = 320
_LOOKS = str.maketrans(
    {
        odd: latin
        for latin, others in {
            "a": "аα", "b": "β", "c": "с", "d": "ԁδ", "e": "еε", "h": "һ", "i": "іιıɩ", "j": "ј", "k": "кκ",
            "l": "ӏ|1!", "n": "ո", "o": "оο0", "p": "рρ", "q": "ԛ", "s": "ѕ", "t": "тτ", "u": "υ",
            "v": "ν", "w": "ԝω", "x": "хχ", "y": "уγ",
        }.items()
        for odd in others
    }
)  # fmt: skip
"""Cyrillic, Armenian and Greek letters, dotless i and digits, each as the Latin letter that people read."""


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Why a sender is not whom he looks like (Turkish), and the known address that he imitates, if one."""

    reason: str
    imitated: str = ""


def suspect(sender: Address, registry: Registry) -> Suspicion | None:
    """What is odd about an unknown sender; ``None`` for known ones and for those who look like nobody."""
    email, name = same_address(sender.email)[:_LONGEST], sender.name[:_LONGEST]
    known = registry.speakers
    if email in known:
        return None
    if _TURNING.search(name) or _HIDDEN.search(email):
        return Suspicion(
            "Gönderenin adında veya adresinde gizli yazı yönü işaretleri var.", _alike(email, registry)
        )
    if found := next((a for a in map(same_address, _EMAIL.findall(name)) if a in known and a != email), ""):
        return Suspicion(f"Gönderenin adında {found} yazıyor, ileti ise {email} adresinden geldi.", found)
    if imitated := _alike(email, registry):
        return Suspicion(f"{email} adresi, kayıtlı {imitated} adresine benziyor; aynı adres değil.", imitated)
    if _domain_is_alike(email, registry.office_address):
        return Suspicion(f"{email} adresinin alan adı belediyenin alan adına benziyor; aynı değil.")
    if imitated := _namesake(name, registry):
        return Suspicion(
            f"Gönderenin adı kayıtlı bir kişinin adı; {email} adresi ise kayıtlı değil.", imitated
        )
    return None


def _alike(email: str, registry: Registry) -> str:
    """The known address that reads like this one, or has its name before a domain that reads like its own."""
    shape = look_of(email)
    local, _, domain = shape.rpartition("@")
    for known in registry.speakers:
        theirs = look_of(known)
        their_local, _, their_domain = theirs.rpartition("@")
        if _blurred(theirs) == _blurred(shape) or (their_local == local and _is_alike(domain, their_domain)):
            return known
    return ""


def _domain_is_alike(email: str, office_address: str) -> bool:
    own, domain = (look_of(each).rpartition("@")[2] for each in (office_address, email))
    return domain != own and not domain.endswith(f".{own}") and _is_alike(domain, own)


def _is_alike(domain: str, own: str) -> bool:
    """``ornek-bel.tr``, ``ornek.bel.tr.example.com``, ``ornekk.bel.tr`` for ``ornek.bel.tr``."""
    if not own or not domain:
        return False
    bare, ours = (re.sub(r"[.-]", "", each) for each in (domain, own))
    return (
        domain.startswith((f"{own}.", f"{own}-"))
        or _blurred(bare) == _blurred(ours)
        or (len(ours) > 6 and _one_apart(bare, ours))
    )


def _blurred(look: str) -> str:
    """With letters in pairs as the single letter that small print makes of them."""
    return look.replace("rn", "m").replace("vv", "w")


def _one_apart(one: str, other: str) -> bool:
    """Whether one letter was added, left out, exchanged, or swapped with its neighbour."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = next(
        (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    a, b = one[start:], other[start:]
    if len(a) == len(b):
        return a[1:] == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])
    longer, shorter = (a, b) if len(a) > len(b) else (b, a)
    return longer[1:] == shorter


def _namesake(name: str, registry: Registry) -> str:
    said = frozenset(words(name)) - {"muhtar", "muhtari", "muhtarligi", "mahallesi"}
    if len(said) < 2:
        return ""
    return next(
        (a for a, known in registry.speakers.items() if known and frozenset(words(known)) == said), ""
    )


@lru_cache(maxsize=4096)
def look_of(address: str) -> str:
    """An address as the eye reads it: without marks, accents and script, digits as letters."""
    plain = _HIDDEN.sub("", ".".join(_shown(label) for label in address[:_LONGEST].split(".")))
    bare = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", plain).lower())
    latin = "".join(c for c in bare if not unicodedata.combining(c)).translate(_LOOKS)
    return latin.replace("i", "l")


def _shown(label: str) -> str:
    """``xn--…`` as a mail program shows it."""
    head, at, label = label.rpartition("@")
    if label.startswith("xn--"):
        with suppress(UnicodeError, ValueError, OverflowError):
            label = label[4:].encode("ascii").decode("punycode")
    return f"{head}{at}{label}"
