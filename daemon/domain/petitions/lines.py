"""The lines of a petition and what each is: letterhead, label, addressee, body, closing formula, signature.

A petition in Turkish official style (Resmî Yazışmalarda Uygulanacak Usul ve Esaslar) has them in this order; free ones
leave some out. Lines are judged by their words and by where they stand.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from rapidfuzz import fuzz

from daemon.domain.answers.heads import fold_aligned
from daemon.domain.petitions.petition import Box, Line, Page, Spot, Word, around


class Part(StrEnum):
    """What a line is."""

    LETTERHEAD = "letterhead"
    LABEL = "label"
    REFERENCE = "reference"
    ADDRESSEE = "addressee"
    BODY = "body"
    CLOSING = "closing"
    SIGNATURE = "signature"
    CONTACT = "contact"


@dataclass(frozen=True, slots=True)
class Placed:
    """A line with its page, and its letters folded (same length as ``text``)."""

    line: Line
    page: int
    page_width: int
    height_share: float
    """0 at the page's head, 1 at its foot."""
    text: str
    folded: str
    part: Part = Part.BODY

    @property
    def box(self) -> Box:
        return self.line.box

    def words_in(self, start: int, end: int) -> tuple[Word, ...]:
        """The words that stand between two positions of ``text``."""
        return self.line.words_in(start, end)

    def spot(self, start: int = 0, end: int | None = None) -> Spot:
        words = self.words_in(start, len(self.text) if end is None else end) or self.line.words
        return Spot(self.page, around(word.box for word in words))

    def confidence(self, start: int = 0, end: int | None = None) -> float:
        """Of the least sure word there."""
        words = self.words_in(start, len(self.text) if end is None else end) or self.line.words
        return min(word.confidence for word in words)


_LABELS = (
    r"(?:talep\s*|dilekce\s*)?tarih[i]?",
    r"(?:(?:talep|talebin|dilekce(?:nin)?|basvuru(?:nun)?|sikayet(?:in)?|istek|istegin)\s*)?konu(?:su|yu|muz)?(?:\s*basligi)?",
    r"ilgi\s*/\s*konu(?:su)?|konu(?:su)?\s*/\s*(?:ilgi|ozet|ozu)",
    r"mevzuu?(?=\s*[:;])",
    r"kon[il1](?=\s*[:;]|\s)|[a-z]onu(?=\s*:)|k\s?o\s?n\s?u(?=\s*[:;])|ozet[i]?(?!\s*(?:olarak|le\b))"
    r"|ozu(?!\s*(?:itibari|bakimi|soz))",
    r"sayi(?:si)?",
    r"mahalle(?:si|niz)?",
    r"(?:mahalle\s*)?muhtar(?:in|i)?(?:\s*(?:adi?|isim|ismi))?(?:\s*ve)?(?:\s*soyadi?)?",
    r"(?:basvuran(?:in)?\s*)?adi?\s*(?:ve\s*)?soyadi?",
    r"(?:cep\s*)?(?:tel(?:efon)?(?:u|\s*no|\s*numarasi)?|tlf|gsm|cep)",
    r"(?:ikamet\s*)?adres[i]?",
    r"irtibat(?:\s*(?:tel(?:efon)?|no))?",
    r"e-?\s*posta",
    r"t\.?\s*c\.?\s*(?:kimlik)?\s*no",
)
LABEL = re.compile(
    rf"^\W*(?P<label>{'|'.join(_LABELS)})\s*(?:(?:,\s*)?[:;.=|_\x22“”„«»*]+|\s(?=[\W\d])|\s{{1,}})\s*(?P<value>.*)$"
)
"""A label at a line's beginning (folded), and what follows it."""
_MARKED = re.compile(rf"^\W*(?:{'|'.join(_LABELS)})\s*[:;=]")
_ONLY_LABEL = re.compile(
    rf"^\W*(?:{'|'.join(_LABELS)}|dilekce\s*sahibi|talep\s*eden|basvuran|aciklama(?:lar)?)\W*$"
)
_SECOND_LABEL = re.compile(
    r"\W*\b(?:(?:tel(?:efon)?|gsm|cep|tarih|sayi)\b\W*(?=[\d(]|$)|(?:tel(?:efon)?|gsm|cep)\b\W*\w{1,2}\W+(?=\d{3}))"
)
"""The label of a table's second column, in a subject's row: "Konu | Tek yön | Telefon | 0 (5…"; the bar before a number
may be taken for a letter or two."""
_LONG, _WORDS, _MORE_TO_SAY = 55, 6, 2
"""Lines of prose have so many letters and words; so many lines of it behind a closing formula show that it closes
nothing."""
_A_NAME = 4
"""A line of so few words may be an addressee however it is written."""
_A_GAP = 3
"""So many letters wide is the gap between a form's label and its value."""
_ABOUT_IT = re.compile(r"(?:ile )?ilgili\b|hakkinda\b")
"""Konu hakkında gereğinin yapılmasını …"""
_REFERENCE = re.compile(r"^\W*ilgi(?:\s*[:;.(]|\s+[a-z0-9][).])")
_ADDRESSEE = re.compile(
    r"(?:mudurlugu|baskanligi|kaymakamligi|valiligi|belediyesi|amirligi|sefligi|makami|muhtarligi)n[ea]\W*$"
)
_ADDRESSEE_ENDS = ("mudurlugune", "baskanligina", "kaymakamligina", "valiligine", "belediyesine", "makamina")
_TITLE = re.compile(
    r"^\W*(?:muhtar\s*)?(?:talep\s*)?(?:dilekce(?:si)?|(?:talep|basvuru|istek)\s*formu)\W*(?:formu\W*)?$"
)
_DUST = r"\W*(?:\b[a-z]{1,2}\b\W*){0,3}"
"""Of a stamp or a pen behind the last word."""
_CLOSING = re.compile(
    r"\b(?:arz|rica|talep|temenni|saygi)[a-z]*\s*(?:ve\s+(?:arz|rica|talep)\s*)?"
    rf"(?:ede[rn]|eyle|olunur|sunar)[a-z]*{_DUST}$|"
    rf"\b(?:saygilarim(?:la|i|izla)|bilgilerinize sunar[a-z]*|sunarim|dilerim|dileriz|saygilarimizla){_DUST}$"
)
_SIGNATURE = re.compile(r"\bmuhtari?\b|\bimza\b|\bmuhtari\W*$")
_CONTACT = re.compile(r"^\W*(?:adres|tel|telefon|gsm|cep|irtibat|e-?\s*posta|faks|fax|web)")


def names_subject(label: str) -> bool:
    """Whether a label is that of the subject, also when a letter of it was misread."""
    if label.replace(" ", "").startswith(("kon", "ozet", "ozu", "mevzu")) or label.endswith(
        ("konu", "konusu", "basligi")
    ):
        return True
    return len(label) == len("konu") and label.endswith("onu")


def second_label(folded: str, start: int = 0) -> int:
    """Where behind a subject, from ``start`` on, the label of a table's second column begins; else the line's end."""
    found = _SECOND_LABEL.search(folded, start)
    return found.start() if found else len(folded)


def lay_out(pages: Iterable[Page]) -> tuple[Placed, ...]:
    """Every line of a petition's pages, each with its part."""
    placed = [
        Placed(line, page.number, page.width, page.share_of(line.box), line.text, fold_aligned(line.text))
        for page in pages
        for line in _subject_beside_its_label(_labels_with_values(page.lines))
    ]
    return tuple(_with_parts(placed))


def _labels_with_values(lines: Sequence[Line]) -> list[Line]:
    """A form's column of labels that was read apart from its column of values (": …"), row by row again. What stands
    level with a label, and is none itself, is its value."""
    rows = list(lines)
    labels = [line for line in lines if _ONLY_LABEL.match(fold_aligned(line.text))]
    for label in labels:
        beside = [
            line
            for line in rows
            if label.box.right < line.box.left and _are_level(label, line) and line not in labels
        ]
        if beside:
            value = min(beside, key=lambda line: line.box.left)
            rows[rows.index(label)] = Line((*label.words, *value.words))
            rows.remove(value)
    return rows


def _subject_beside_its_label(lines: Sequence[Line]) -> list[Line]:
    """A heading "KONU:" with its words in the line below, where another heading ("AÇIKLAMALAR:") or the addressee
    follows those."""
    found = list(lines)
    for label, said, after in zip(lines, lines[1:], lines[2:], strict=False):
        names, below, further = (fold_aligned(line.text) for line in (label, said, after))
        ends = second_label(names)
        heading = LABEL.match(f"{names[:ends]}:") if _ONLY_LABEL.match(names[:ends]) else None
        is_said = len(said.text) < _LONG and not LABEL.match(below) and not is_addressee(below)
        is_alone = heading is not None and names_subject(heading["label"]) and is_said
        if is_alone and (_ONLY_LABEL.match(further) or _MARKED.match(further) or is_addressee(further)):
            found[found.index(label)] = Line((*label.words_in(0, ends), *said.words))
            found.remove(said)
    return found


def _are_level(one: Line, other: Line) -> bool:
    shared = min(one.box.bottom, other.box.bottom) - max(one.box.top, other.box.top)
    return shared > 0.5 * min(one.box.height, other.box.height)


def is_addressee(folded: str) -> bool:
    """ "… MÜDÜRLÜĞÜNE", also where a letter or two were misread."""
    if len(folded) > 90 or "tarih" in folded or any(c.isdigit() for c in folded):
        return False
    if _ADDRESSEE.search(folded):
        return True
    last = re.sub(r"\W+", "", folded.rsplit(maxsplit=1)[-1]) if folded.split() else ""
    return len(last) >= 9 and any(fuzz.ratio(last, end) >= 84 for end in _ADDRESSEE_ENDS)


def is_title(folded: str) -> bool:
    return bool(_TITLE.match(folded))


def is_letterhead(folded: str) -> bool:
    """ "T.C." or "… MAHALLESİ MUHTARLIĞI" and nothing more."""
    bare = re.sub(r"[^a-z0-9 ]", "", folded).strip()
    if bare in {"tc", "t c"}:
        return True
    words = bare.split()
    if not 2 <= len(words) <= 7 or len(words[-1]) < 8:  # "… Mahallesi Muhtarı" signs
        return False
    if words[-1].startswith("muhtarligim"):  # "… sırasında muhtarlığımıza" goes on
        return False
    return fuzz.ratio(words[-1], "muhtarligi") >= 82 and not _CONTACT.match(folded)


def is_closing(folded: str) -> bool:
    return bool(_CLOSING.search(folded))


def is_marked(folded: str) -> bool:
    """Whether the line begins with a label and a colon."""
    return bool(_MARKED.match(folded))


def _with_parts(lines: Sequence[Placed]) -> Iterable[Placed]:
    """Head, body, foot: the head ends after the last addressee, label or title of the upper half; the foot begins
    after the closing formula."""
    head = _head(lines)
    foot = _foot(lines, head)
    for n, line in enumerate(lines):
        yield replace(line, part=_part(line, n, head, foot))


def _head(lines: Sequence[Placed]) -> int:
    """How many lines stand before the body."""
    first = lines[0].page if lines else 0
    ends = 0
    for n, line in enumerate(lines):
        if line.page != first or n > 24:
            break
        if _addresses(line) and line.height_share < 0.6:
            ends = n + 1
        elif (is_letterhead(line.folded) or is_title(line.folded)) and line.height_share < 0.45:
            ends = max(ends, n + 1)
        elif (_REFERENCE.match(line.folded) or _is_label(line)) and n <= ends + 4 and line.height_share < 0.6:
            if _heads(line) or not any(map(_is_prose, lines[ends:n])):  # else it signs a short letter
                ends = n + 1
        elif is_closing(line.folded):
            break
    return ends


def _addresses(line: Placed) -> bool:
    """Names are written with capitals; a sentence may end in "… Müdürlüğüne" as well."""
    words = [word for word in re.findall(r"[^\W\d_]+", line.text) if len(word) > 1]
    named = len(words) <= _A_NAME or sum(word[0].isupper() for word in words) > 0.6 * len(words)
    return named and is_addressee(line.folded)


def _is_label(line: Placed) -> bool:
    """With a colon, or with a value that does not go on as a sentence does ("Konu ile ilgili olarak …")."""
    label = LABEL.match(line.folded)
    if is_marked(line.folded) or label is None:
        return is_marked(line.folded)
    start = label.start("value")
    if _ABOUT_IT.match(line.folded, start):
        return False
    return len(line.text) < 60 and not (line.text[start:][:1].islower() and _goes_straight_on(line, start))


def _heads(line: Placed) -> bool:
    """Whether a line stands in a letter's head only: reference, subject, day, number."""
    if (label := LABEL.match(line.folded)) is None:
        return _REFERENCE.match(line.folded) is not None
    return names_subject(label["label"]) or label["label"].startswith(("tarih", "sayi"))


def _goes_straight_on(line: Placed, start: int) -> bool:
    """Whether the words before and at a position stand as close as a sentence's."""
    before, after = line.words_in(0, start), line.words_in(start, len(line.text))
    if not before or not after:
        return False
    letter = (before[-1].box.right - before[-1].box.left) / max(1, len(before[-1].text))
    return after[0].box.left - before[-1].box.right < _A_GAP * letter


def _foot(lines: Sequence[Placed], head: int) -> int:
    """Where the signature begins: after the last closing formula that stands in running text."""
    ends = len(lines)
    for n in range(len(lines) - 1, head - 1, -1):
        if is_closing(lines[n].folded) and sum(map(_is_prose, lines[n + 1 :])) < _MORE_TO_SAY:
            return n + 1
    for n in range(len(lines) - 1, head - 1, -1):
        line = lines[n]
        short = len(line.text) < 60
        if short and (_SIGNATURE.search(line.folded) or _CONTACT.match(line.folded) or _is_label(line)):
            ends = n
        elif not short:
            break
    if head < ends - 1 < len(lines) - 1 and _is_beside_right(lines[ends - 1]):
        ends -= 1  # the name above "Mahalle Muhtarı"
    return ends


def _is_prose(line: Placed) -> bool:
    return len(line.text) >= _LONG and len(line.text.split()) >= _WORDS


def _is_beside_right(line: Placed) -> bool:
    return len(line.text) < 32 and line.box.left > 0.45 * line.page_width


def _part(line: Placed, n: int, head: int, foot: int) -> Part:
    if _REFERENCE.match(line.folded):
        return Part.REFERENCE
    if n < head:
        if _addresses(line):
            return Part.ADDRESSEE
        return Part.LABEL if LABEL.match(line.folded) and not is_letterhead(line.folded) else Part.LETTERHEAD
    if n >= foot:
        return Part.CONTACT if _CONTACT.match(line.folded) else Part.SIGNATURE
    if is_closing(line.folded):
        return Part.CLOSING
    return Part.LABEL if is_marked(line.folded) and len(line.text) < 80 else Part.BODY
