"""Turkish text: folding, words, tidying, and the alphabet's order.

``str.lower()`` is wrong for Turkish (``"İ".lower()`` leaves U+0307, ``"I".lower()`` is not ``ı``), so every
comparison in the product goes through :func:`fold`.
"""

import re
import unicodedata
from functools import lru_cache

_MARKED, _PLAIN = "çğıöşüâîûÇĞİÖŞÜÂÎÛ", "cgiosuaiucgiosuaiu"
_FOLD = str.maketrans(_MARKED, _PLAIN)
_BY_ONE = tuple(zip(_MARKED, _PLAIN, strict=True))
_SHORT = 24
"""From so many letters on replacing letter by letter is faster than ``str.translate``, which asks a dict for each."""
_WORD = re.compile(r"[a-z0-9]+")
_SPACE = re.compile(r"[^\S\n]+")
_CONTROL = {c: None for c in range(32) if chr(c) not in "\n\t"} | {0x7F: None, 0xFEFF: None, 0x200B: None}
_SIGNS = 0x110000
"""More than any character's number: what is no letter comes before them all."""
_ORDER = {letter: rank for rank, letter in enumerate("abcçdefgğhıijklmnoöpqrsştuüvwxyz")}


def fold(text: str) -> str:
    """Return ``text`` in plain lower-case ASCII-like letters: ``"İĞNE Ağacı"`` → ``"igne agaci"``.

    Composes first (NFC), so text in decomposed form (macOS) folds alike. Other accents are dropped.
    """
    return text.lower() if text.isascii() else _folded(text)


@lru_cache(maxsize=512)
def _folded(text: str) -> str:
    """Remembered for a while: many look at the same words one after another."""
    composed = _unmarked(unicodedata.normalize("NFC", text)).lower()
    if composed.isascii():
        return composed
    decomposed = unicodedata.normalize("NFKD", composed)
    if decomposed.isascii():
        return decomposed
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def _unmarked(text: str) -> str:
    if len(text) < _SHORT:
        return text.translate(_FOLD)
    for letter, plain in _BY_ONE:
        text = text.replace(letter, plain)
    return text


def words(text: str) -> list[str]:
    """Return the folded words and numbers of ``text``, in order."""
    return _WORD.findall(fold(text))


def tidy(text: str) -> str:
    """Return ``text`` composed (NFC), without control characters and with runs of blanks made one."""
    if _is_tidy(text):
        return text
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    text = _SPACE.sub(" ", text.translate(_CONTROL))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.strip() for line in text.split("\n"))).strip()


def _is_tidy(text: str) -> bool:
    """Whether there is nothing to do, as in most cells of a workbook; blanks other than the plain one and line
    ends are not printable."""
    return (
        text.isprintable()
        and "  " not in text
        and not text.startswith(" ")
        and not text.endswith(" ")
        and unicodedata.is_normalized("NFC", text)
    )


def one_line(text: str, limit: int = 120) -> str:
    """Return ``text`` on one line, cut at a word before ``limit`` characters with an ellipsis."""
    line = " ".join(tidy(text).split())
    if len(line) <= limit:
        return line
    head = line[: limit - 1]
    return (head.rsplit(" ", 1)[0] if " " in head[limit // 2 :] else head).rstrip(" ,;:.") + "…"


def turkish_lower(text: str) -> str:
    """Lower-case with Turkish dotted and dotless i."""
    return text.replace("İ", "i").replace("I", "ı").lower()


def turkish_upper(text: str) -> str:
    """Upper-case with Turkish dotted and dotless i."""
    return text.replace("i", "İ").replace("ı", "I").upper()


@lru_cache(maxsize=1024)
def sort_key(text: str) -> tuple[int, ...]:
    """Key that sorts by the Turkish alphabet (ç after c, ı before i), figures and signs before letters. Remembered: the
    drop-downs of every workbook are sorted at each look at it."""
    return tuple(_ORDER.get(c, 100 + ord(c) if c.isalpha() else ord(c) - _SIGNS) for c in turkish_lower(text))


def capitalised(text: str) -> str:
    """The text as a sentence begins: words cut out of one may not."""
    return turkish_upper(text[:1]) + text[1:]


_ATTACHED = re.compile(r"\bek(?:te(?:dir|ki\w*)?|li(?:dir)?|ler(?:de|dedir)|imizde(?:dir)?)\b")


def speaks_of_attachment(text: str) -> bool:
    """Whether the words point to something that is attached ("fotoğraf ektedir")."""
    return bool(_ATTACHED.search(fold(text)))


_STORED = re.compile(r"^[0-9a-f]{12,64}-(?=.)")


def file_name(path: str) -> str:
    """What people called a stored file: its place and the sign of its content, which keep it apart, go."""
    return _STORED.sub("", path.rpartition("/")[2]) or path
