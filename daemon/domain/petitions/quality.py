"""How well a page was read: what to keep of two readings, what is noise, whether a PDF's own text is sound."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from statistics import median

from daemon.domain.petitions.petition import Line, Word
from daemon.domain.text import fold, turkish_lower, turkish_upper

POOR = 0.86
"""A reading less sure than this is tried once more."""
HOPELESS = 0.62
"""As unsure as upside-down print or handwriting."""
_NOISE = 0.32
_VOWELS = frozenset("aeiou")
_COMMON_WORDS = (
    "ve bir bu ile icin olarak mahallesi mahalle muhtari muhtarligi tarih konu sayi tel telefon adres arz ederim "
    "ederiz rica talep geregini bilgilerinize saygilarimla mudurlugune baskanligina belediyesi sokak cadde no "
    "caddesi da de olan oldugu hususunda gerekmektedir yapilmasi mahallemiz tc dilekce imza adi soyadi"
)
_COMMON = frozenset(_COMMON_WORDS.split())
_STEM = 6
"""So many letters alike: the same word with another ending."""
_ODD = re.compile(r"[^\w\s.,:;/()&%-]")
"""What no subject has and OCR makes of dust: quotation marks amid it, © for a bullet, an apostrophe for a blank."""
_WORDS, _LONG_WORD = re.compile(r"[^\W\d_]+"), re.compile(r"[^\W\d_]{5,}")
_SPECK = re.compile(r"(?<=[^\W\d_]{3})[.·](?=[^\W\d_]{3})")
"""A speck between two words: "Çöp.konteyneri"."""
_ALIKE = frozenset(
    {"vy", "ir", "il", "it", "lt", "ft", "ce", "nu", "bh", "gq", "hn", "co", "kx", "bl", "rt", "bk"}
)
"""Letters that bad print makes one of the other."""
_ENDS = (
    "talebi isteği şikayeti yapılması onarımı bakımı tamiri düzenlenmesi konulması yenilenmesi temizlenmesi temizliği "
    "yardımı yetersizliği hakkında"
)
"""Words that end subjects and need not stand in the petition again."""
_SCRAWLED, _HOLE = 2.5, 1.5
"""So many times as high as the page's words is what a signature or a stamp was taken for; what a file's hole was."""
_SCRAWL_LETTERS, _SCRAWL_SURE = 4, 0.8
"""A scrawl is read as so few letters, and less surely than this."""
_HOLES = frozenset("oO0Qe©@289()CU•*")
"""What round black holes are taken for."""
_QUOTES = {"“": "”", "”": "“", "«": "»", "»": "«", '"': '"'}
"""Each quotation mark and its partner."""
_BROKEN = re.compile(r"[\ufffd\ue000-\uf8ff\x00-\x08]|\(cid:\d+\)")


def quality(lines: Iterable[Line]) -> float:
    """0–1: the mean confidence in words, by their letters; pages with hardly a word are worth nothing."""
    words = [word for line in lines for word in line.words if sum(c.isalnum() for c in word.text) >= 2]
    letters = sum(len(word.text) for word in words)
    if letters < 12:
        return 0.0
    return sum(word.confidence * len(word.text) for word in words) / letters


def worth(lines: Sequence[Line]) -> float:
    """Of two readings of a page the one worth more is kept: letters that are surely read, less those that are not."""
    return sum(
        len(word.text) * (word.confidence - 0.5) * (1.2 if _looks_turkish(word.text) else 0.6)
        for line in lines
        for word in line.words
    )


def without_noise(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Without what dust, stamps and frames were taken for."""
    kept = (tuple(word for word in line.words if not _is_noise(word, line)) for line in lines)
    return tuple(Line(words) for words in kept if words)


def _is_noise(word: Word, line: Line) -> bool:
    letters = sum(c.isalnum() for c in word.text)
    if letters == 0:
        edge = word is line.words[0] or word is line.words[-1]
        return word.text not in {":", "-", "–", "(", ")", "…"} and (edge or word.confidence < 0.6)
    if any(c.isdigit() for c in word.text) and len(line.words) > 1:
        return False
    if len(line.words) == 1 and letters <= 2 and fold(word.text).replace(".", "") != "tc":
        return word.confidence < 0.75
    return word.confidence < (_NOISE if letters <= 3 else 0.08)


def without_scrawl(lines: Sequence[Line]) -> tuple[Line, ...]:
    """A page's lines without what signatures and a file's holes were taken for: far higher than the page's words, and
    a letter or a few."""
    heights = [word.box.height for line in lines for word in line.words]
    if not heights:
        return tuple(lines)
    high = median(heights)
    kept = (
        tuple(
            word
            for n, word in enumerate(line.words)
            if not _is_scrawl(word, high) and not _is_hole(line, n, high)
        )
        for line in lines
    )
    return tuple(Line(words) for words in kept if words)


def _is_scrawl(word: Word, high: float) -> bool:
    few = sum(c.isalnum() for c in word.text) <= _SCRAWL_LETTERS
    return few and word.confidence < _SCRAWL_SURE and word.box.height > _SCRAWLED * high


def _is_hole(line: Line, n: int, high: float) -> bool:
    """Round, at the line's end, apart from what stands beside it."""
    word, beside = line.words[n], line.words[1:2] if n == 0 else line.words[-2:-1]
    width = word.box.right - word.box.left
    if word.text not in _HOLES or n not in {0, len(line.words) - 1} or word.box.height < _HOLE * high:
        return False
    if not 0.7 < width / word.box.height < 1.4:
        return False
    return all(
        max(word.box.left, each.box.left) - min(word.box.right, each.box.right) > _HOLE * high
        for each in beside
    )


def without_stray_quotes(lines: Sequence[Line]) -> tuple[Line, ...]:
    """A page's lines without quotation marks that have no partner on it: specks, and remnants of a table's rules."""
    text = "".join(line.text for line in lines)
    stray = str.maketrans(
        {mark: "" for mark, other in _QUOTES.items() if text.count(other) < 1 + (mark == other)}
    )
    kept = (
        tuple(replace(word, text=said) for word in line.words if (said := word.text.translate(stray)))
        for line in lines
    )
    return tuple(Line(words) for words in kept if words)


def _looks_turkish(text: str) -> bool:
    letters = fold(text)
    return any(c in _VOWELS for c in letters) or any(c.isdigit() for c in letters)


def is_sound(text: str) -> bool:
    """Whether a PDF's text layer can be believed: Turkish words in it, letters with vowels, nothing undecodable."""
    found = re.findall(r"[^\W\d_]{2,}", fold(text))
    if len(found) < 5:
        return False
    if len(_BROKEN.findall(text)) > 0.01 * len(text):
        return False
    spoken = sum(_looks_turkish(word) for word in found) / len(found)
    known = sum(word in _COMMON for word in found) / len(found)
    return spoken > 0.93 and known > 0.04


def is_borne_out(said: str, text: str, *, surely_read: bool) -> bool:
    """Whether a short saying, as a subject, can be believed beside a longer text on the same matter. A word that is in
    the text but for one letter was misread; one that is not there at all is believed when it was ``surely_read``."""
    if _ODD.search(said):
        return False
    known = set(re.findall(r"[a-z0-9]+", fold(text)))
    for word in re.findall(r"[a-z]{4,}", fold(said)):
        begun = {other[: len(word)] for other in known if len(other) >= len(word)}
        if word in begun:
            continue
        if any(_differ_by_one(word, other) for other in begun):
            return False
        if not surely_read and not any(other.startswith(word[:_STEM]) for other in begun):
            return False
    return True


def mended(said: str, text: str) -> str:
    """A short saying, its misread words as they stand in a longer text on the same matter, or as subjects end."""
    spellings = {fold(word): word for word in _WORDS.findall(turkish_lower(f"{_ENDS} {text}"))}
    return _LONG_WORD.sub(lambda found: _as_it_stands(found[0], spellings), _SPECK.sub(" ", said))


def _as_it_stands(word: str, spellings: Mapping[str, str]) -> str:
    """The one word in the text, or beginning of one, for which ``word`` may have been taken; else ``word``."""
    folded, size = fold(word), len(word)
    begun = {other: spelt[:size] for other, spelt in spellings.items() if len(other) >= size}
    near = {spelt for other, spelt in begun.items() if _is_taken_for(other, folded)}
    if len(near) != 1 or any(other.startswith(folded) for other in begun):
        return word
    [meant] = near
    if word.isupper():
        return turkish_upper(meant)
    return turkish_upper(meant[0]) + meant[1:] if word[0].isupper() else meant


def _is_taken_for(meant: str, read: str) -> bool:
    """Whether one letter was taken for another of its shape. Endings differ by themselves ("konteyneri", but
    "konteynerleri"): the last letter of a mere beginning says nothing."""
    wrong = [n for n, (a, b) in enumerate(zip(meant, read, strict=False)) if a != b]
    if len(wrong) != 1 or (wrong[0] == len(read) - 1 < len(meant) - 1):
        return False
    pair = meant[wrong[0]] + read[wrong[0]]
    return bool({pair, pair[::-1]} & _ALIKE)


def _differ_by_one(one: str, other: str) -> bool:
    return sum(a != b for a, b in zip(one, other, strict=True)) == 1
