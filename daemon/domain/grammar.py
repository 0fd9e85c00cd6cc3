"""Turkish grammar that letters and the history need: case endings of the names of offices and bodies, names of persons.

Spelling after the Turkish Language Association (TDK, Yazım Kılavuzu): an abbreviation takes an apostrophe
and the ending of its reading (``ASKİ'ye``, ``ABB'ye``); the names of institutions take their ending without
one (``Fen İşleri Müdürlüğüne``); firms and other proper names take an apostrophe (``Başkent EDAŞ'a``).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from daemon.domain.text import fold, turkish_lower, turkish_upper

_VOWELS = "aıoueiöü"
_BACK = frozenset("aıou")
_NARROW = {"a": "ı", "ı": "ı", "o": "u", "u": "u", "e": "i", "i": "i", "ö": "ü", "ü": "ü"}
_VOICELESS = frozenset("fstkçşhp")
_PLAIN = "müdürlük müftülük kaymakamlık valilik belediye başkanlık muhtarlık emniyet jandarma"
_COMPOUND = (
    "müdürlüğü başkanlığı bakanlığı kaymakamlığı valiliği müftülüğü muhtarlığı belediyesi idaresi kurumu "
    "merkezi dairesi şefliği birimi odası birliği komutanlığı müşavirliği amirliği hizmetleri işleri yolları "
    "karayolları demiryolları meclisi encümeni memurluğu karakolu ocağı hastanesi okulu lisesi üniversitesi "
    "kurulu işletmesi derneği vakfı kooperatifi ajansı"
)
_INSTITUTIONS = frozenset(_PLAIN.split())
_CIRCUMFLEX = str.maketrans("âîû", "aiu")
_POSSESSED = frozenset(_COMPOUND.split())


def _in_the_name_s_case(ending: Callable[[str], str]) -> Callable[[str], str]:
    """Put the ending on in capitals where the whole name of an institution is written so; keep the answer."""

    @lru_cache(maxsize=512)
    def with_ending(name: str) -> str:
        if name.isupper() and turkish_lower(name.rsplit(" ", 1)[-1]) in _POSSESSED:
            return turkish_upper(ending(turkish_lower(name)))
        return ending(name) if name.strip() else ""

    return with_ending


@dataclass(frozen=True, slots=True)
class _Word:
    """A name as endings see it."""

    written: str
    apostrophe: str
    vowel: str
    """The last vowel heard."""
    ends_in_vowel: bool
    possessive: bool
    softened: str
    """The stem before an ending that begins with a vowel (``Müftülüğ``)."""
    voiceless: bool


@_in_the_name_s_case
def dative(name: str) -> str:
    """To where: ``Fen İşleri Müdürlüğüne``, ``EGO'ya``, ``Türk Telekom'a``."""
    word = _hear(name)
    wide = "a" if word.vowel in _BACK else "e"
    if word.possessive:
        return f"{word.written}n{wide}"
    if word.ends_in_vowel:
        return f"{word.written}{word.apostrophe}y{wide}"
    return f"{word.softened}{word.apostrophe}{wide}"


@_in_the_name_s_case
def genitive(name: str) -> str:
    """Whose: ``Fen İşleri Müdürlüğünün``, ``ASKİ'nin``, ``Başkent EDAŞ'ın``."""
    word = _hear(name)
    ending = f"{_NARROW[word.vowel]}n"
    if word.possessive or word.ends_in_vowel:
        return f"{word.written}{word.apostrophe}n{ending}"
    return f"{word.softened}{word.apostrophe}{ending}"


@_in_the_name_s_case
def ablative(name: str) -> str:
    """From where: ``Fen İşleri Müdürlüğünden``, ``EGO'dan``, ``Başkent EDAŞ'tan``."""
    word = _hear(name)
    wide = "a" if word.vowel in _BACK else "e"
    if word.possessive:
        return f"{word.written}nd{wide}n"
    return f"{word.written}{word.apostrophe}{'t' if word.voiceless else 'd'}{wide}n"


def person(name: str) -> str:
    """A person's name as letters write it: ``ayşe nur DEMİR`` → ``Ayşe Nur DEMİR``."""
    *given, family = name.split() or [""]
    return " ".join([*(_capital(part) for part in given), turkish_upper(family)])


def neighbourhood(name: str) -> str:
    """``Yayla`` and ``YAYLA MAH.`` → ``… Mahallesi``; nothing stays nothing."""
    parts = name.split()
    while parts and fold(parts[-1]).strip(".") in {"mah", "mh", "mahalle", "mahallesi"}:
        parts.pop()
    return (
        " ".join([*(_capital(part) if part.isupper() else part for part in parts), "Mahallesi"])
        if parts
        else ""
    )


def _capital(word: str) -> str:
    return "-".join(turkish_upper(part[:1]) + turkish_lower(part[1:]) for part in word.split("-"))


def _hear(name: str) -> _Word:
    written = " ".join(name.split())
    last = re.sub(r"\W", "", written.rsplit(" ", 1)[-1]) if written else ""
    if len(last) > 1 and last.isalpha() and last == turkish_upper(last):
        return _hear_abbreviation(written, turkish_lower(last))
    return _hear_name(written, turkish_lower(last).translate(_CIRCUMFLEX))


def _hear_abbreviation(written: str, last: str) -> _Word:
    """Read as a word where it can be (edaş, meb), else by its letters, whose consonants all end in e."""
    as_word = len(last) > 2 and last[-1] not in _VOWELS and last[-2] in _VOWELS
    by_letters = last[-1] not in _VOWELS and not as_word
    vowel = "e" if by_letters else _last_vowel(last)
    ends_in_vowel = by_letters or last[-1] in _VOWELS
    return _Word(written, "'", vowel, ends_in_vowel, False, written, as_word and last[-1] in _VOICELESS)


def _hear_name(written: str, last: str) -> _Word:
    institution = last in _INSTITUTIONS or last in _POSSESSED
    softened = f"{written[:-1]}ğ" if institution and last.endswith("k") else written
    return _Word(
        written,
        "" if institution else "'",
        _last_vowel(last),
        last[-1:] in _VOWELS,
        last in _POSSESSED,
        softened,
        last[-1:] in _VOICELESS,
    )


def _last_vowel(word: str) -> str:
    return next((letter for letter in reversed(word) if letter in _VOWELS), "e")
