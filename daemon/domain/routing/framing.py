"""The lists that frame an official letter: what it refers to, what it encloses, who else is told.

``İlgi``, ``Ek`` and ``Dağıtım`` stand in every letter by the rules (Resmî Yazışmalarda Uygulanacak Usul ve Esaslar
Hakkında Yönetmelik). They name documents and offices, not matters: taken for words of the letter, "2- Tapu fotokopisi"
asks something of Emlak, and a letter of Fen İşleri that is answered makes Fen İşleri its addressee.
"""

import re
from collections.abc import Callable, Iterator

from daemon.domain.answers.heads import fold_aligned
from daemon.domain.answers.signature import is_sentence
from daemon.domain.routing.line_wraps import unwrapped

_MARK = re.compile(r"^\W*(?:\(?\d{1,2}\s*[-–.)/]+(?!\d)|\(?[a-z]\s*[.)]|[-–•*])\s*")
_NEXT = re.compile(r"[\s,;]+(?=\(?\d{1,2}\s*[-–.)/]+\s*[a-z]|\(?[a-z]\))")
_BESIDE = re.compile(r"\([^)]*\)|\W+$")
_SUFFIX = re.compile(r"['’]\w+$")
_REFERENCES = re.compile(r"^\W*ilgi\s*:")
_ENCLOSURES = re.compile(r"^\W*ek(?:ler|leri|i)?(?:\s*[-–]?\s*\d{1,2}\s*[:.)–-]|\s*[:–-]|\s*$)")
_COPIES = re.compile(r"^\W*(?:bilgi\s*:|dagitim(?:\s+(?:listesi|yerleri))?\s*:?\s*$)")
_REFERRED_TO = re.compile(
    r"\b(?:\d{1,2}[./]\d{1,2}[./]\d{4}|tarih(?:li|inde|ve)?|sayili)\b"
    r"|\b(?:yazi|dilekce|basvuru|e-?posta|gorusme|kanun|yonetmeli|genelge|karar)\w*$"
)
_DOCUMENT = re.compile(
    r"^(?:foto|resi?m|kroki|imza|liste|dilekce|fotokopi|suret|ornek|ornegi|karar|tutanak|tutanag|belge|rapor|plan|proje|"
    r"harita|video|cd|dvd|usb|goruntu|kayit|kaydi|evrak|yazi|sayfa|adet|form|fatura|makbuz|dekont|dosya|sema|cizim|"
    r"vekalet|tapu|ek|ekler|ekran)\w*$"
)
_AUTHORITY = re.compile(
    r"\b(?:mudurlug|baskanlig|kaymakamlig|valilig|bakanlig|muhtarlig|amirlig|komutanlig|meclis)\w*$"
)
_LONGEST_ITEM = 120


def own_words(letter: str) -> tuple[str, str]:
    """Return (what the letter says, in whole lines; the lists that frame it)."""
    own, frame = without_frame(letter)
    return unwrapped(own), frame


def without_frame(letter: str) -> tuple[str, str]:
    """Return (the letter's own words, the lists that frame it), each in the order of its lines.

    A list is one only where each of its items is such a document or office: "Ek: bir de konteyner istiyoruz" is a
    request. Where nothing else was written, all of it is the letter.
    """
    lines, folded = letter.split("\n"), fold_aligned(letter).split("\n")
    framing = set(_framing(folded))
    own = "\n".join(line for index, line in enumerate(lines) if index not in framing)
    if not framing or not any(c.isalnum() for c in own):
        return letter, ""
    return own, "\n".join(lines[index] for index in sorted(framing))


def _framing(folded: list[str]) -> Iterator[int]:
    """The lines of such lists; a blank line ends one, below its name none does."""
    fits: Callable[[str], bool] | None = None
    listed = False
    for index, line in enumerate(folded):
        begun = next(((head.end(), kind) for begins, kind in _KINDS if (head := begins.match(line))), None)
        if begun:
            end, fits = begun
            line, listed = line[end:], False
            if not line.strip():
                if _goes_on(folded, index, fits):
                    yield index
                else:
                    fits = None
                continue
        elif not line.strip():
            fits = None if listed else fits
            continue
        elif listed and fits is _is_referred_to and not _MARK.match(line):
            fits = None  # the letter's own words may tell of a day, too
        if fits and _all_fit(line, fits):
            listed = True
            yield index
        else:
            fits = None


def _goes_on(folded: list[str], index: int, fits: Callable[[str], bool]) -> bool:
    """Whether a list follows below a line that only names it."""
    below = next((line for line in folded[index + 1 : index + 3] if line.strip()), "")
    return _all_fit(below, fits) or any(begins.match(below) for begins, _ in _KINDS)


def _all_fit(items: str, fits: Callable[[str], bool]) -> bool:
    said = [_BESIDE.sub("", _MARK.sub("", each)).strip() for each in _NEXT.split(items.strip())]
    return any(said) and all(
        len(each) <= _LONGEST_ITEM and not is_sentence(each) and fits(each) for each in said if each
    )


def _is_referred_to(item: str) -> bool:
    return bool(_REFERRED_TO.search(item))


def _is_document(item: str) -> bool:
    """By its last word, which is what a Turkish noun phrase is about."""
    return bool(_DOCUMENT.match(_SUFFIX.sub("", item).split()[-1]))


def _is_authority(item: str) -> bool:
    return bool(_AUTHORITY.search(item))


_KINDS: tuple[tuple[re.Pattern[str], Callable[[str], bool]], ...] = (
    (_REFERENCES, _is_referred_to),
    (_ENCLOSURES, _is_document),
    (_COPIES, _is_authority),
)
