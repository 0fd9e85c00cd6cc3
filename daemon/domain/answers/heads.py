"""How mail programs announce that another mail follows: dividers, header blocks, "… şunu yazdı:" lines.

Turkish and English forms of Outlook, Gmail, Apple Mail, Yahoo, Thunderbird, Yandex, Samsung and the phones.
Used to cut quotations off a reply and to read what a colleague forwarded.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from daemon.domain.text import fold


def fold_aligned(text: str) -> str:
    """:func:`fold`, but of the same length as ``text``: positions in one are positions in the other."""
    folded = fold(text)
    if len(folded) == len(text):
        return folded
    return "".join(map(_fold_letter, text))


@lru_cache(maxsize=4_096)
def _fold_letter(letter: str) -> str:
    return (fold(letter) or " ")[0]


class Announces(StrEnum):
    """What sort of line it is."""

    DIVIDER = "divider"
    BLOCK = "block"
    ATTRIBUTION = "attribution"


@dataclass(frozen=True, slots=True)
class Head:
    """Lines ``first`` up to, not including, ``after`` announce another mail.

    ``fields`` holds what a header block says ("from", "sent", "to", "subject"); ``forward`` is set when the
    divider itself calls the mail forwarded.
    """

    first: int
    after: int
    announces: Announces
    forward: bool = False
    fields: dict[str, str] = field(default_factory=dict)


_MAIL = r"(?:ileti(?:si)?|mesaj[i]?|message|e-?posta(?:si)?|e-?mail|mail|appointment|randevu)"
_EDGE = r"[-=_*~#>|\s]*+"
_ORIGINAL = re.compile(
    rf"{_EDGE}(?:(?:ozgun|orij?inal|orjinal|original|asil|ilk|onceki)\s+{_MAIL}|(?:reply|yanit|"
    rf"cevap)\s+(?:above|"
    rf"ust)\s.{{0,60}})"
    rf"\s*:?{_EDGE}"
)
_FORWARDED = re.compile(
    rf"{_EDGE}(?:(?:forwarded|fwd|iletilen|iletilmis|yonlendirilen|yonlendirilmis|"
    rf"aktarilan)\s+{_MAIL}(?:(?:n?[iu]n)?\s+baslangici)?"
    rf"|begin\s+forwarded\s+message|baslangic\s*:\s*iletilen\s+{_MAIL}|iletilen\s+{_MAIL}\s+baslangici"
    rf"|{_MAIL}\s+iletildi)\s*:?{_EDGE}"
)
_ANSWER_ABOVE = re.compile(r".{0,60}\b(?:bu\s+satirin\s+(?:ustune|ustunden)|above\s+this\s+line)\b.{0,80}")
_MAY_DIVIDE = re.compile(r"il|mes|ori[gj]|above|ust|posta")
_RULE = re.compile(r"\s*(?:_{5,}|-{10,}|={10,})\s*")
_LABEL_WORDS = {
    "from": "kimden|gonderen|gonderici|from|von|gonderen kisi",
    "sent": "gonderildi|gonderilme tarihi|gonderme tarihi|gonderim tarihi|gonderilme|gonderme zamani|"
    "gonderilme zamani|tarih|date|sent|gesendet|datum",
    "to": "kime|alici|alicilar|to|an",
    "cc": "bilgi|cc|bcc|gizli|kopya",
    "subject": "konu|subject|betreff",
    "other": "yanit adresi|yanitla|reply-to|onem|onem derecesi|importance|ekler|ek|attachments|kategoriler|"
    "hassasiyet|priority|oncelik",
}
_FIELD_OF = {word: name for name, words in _LABEL_WORDS.items() for word in words.split("|")}
_LABEL = re.compile(
    r"[>\s*_|]*(" + "|".join(sorted(map(re.escape, _FIELD_OF), key=len, reverse=True)) + r")[*_\s]*:[*_]*\s*"
)
_PREFIX = re.compile(r"^[>\s|]+")
_WROTE = re.compile(
    r"\b(?:yazdi|wrote|yazmis(?:tir)?|yaziyor|yazdilar|"
    r"a ecrit)\s*(?:\([^()]{0,120}\))?\s*(:?)[\s*_]*$"
)
_BARE_ATTRIBUTION = re.compile(
    r"[\s>]*(\d{1,2}[./]\d{1,2}[./]\d{4},?\s+\d{1,2}:\d{2}),?\s(.{1,120}[<(][^<>()\s]{1,100}@[^<>()\s]{1,100}[>)])"
    r"\s*:\s*$"
)
_WROTE_AND_QUOTES = re.compile(
    r"[^:]{0,60}\d{1,2}:\d{2}.{0,160}[<(][^<>()\s]{1,100}@[^<>()\s]{1,100}[>)]\s*(?:sunu yazdi|"
    r"sunlari yazdi|wrote)\s*:\s+\S"
)
"""Yahoo's app lets the quotation begin on the same line."""
_DATED = re.compile(
    r"\b\d{1,2}[./ -]\s?(?:\d{1,2}|[a-z]{3,8})[./ ,-]{1,2}\d{2,4}\b|\b\d{4}-\d\d-\d\d\b|\btarihinde\b|"
    r"\b[a-z]{3,9} \d{1,2}, \d{4}\b"
)
_TIMED = re.compile(r"\b\d{1,2}[:.]\d{2}\b")
_ADDRESSED = re.compile(r"[<\[(]?[^\s<>@]{1,80}@[^\s<>@]{1,80}")
_MAY_BEGIN = re.compile(r"\d|\bon\s|\btarihinde\b|@|<|yazdi|wrote")
MAX_ATTRIBUTION = 5


def find_head(lines: Sequence[str], folded: Sequence[str], index: int) -> Head | None:
    """The head that begins at line ``index``, if one does. ``folded`` are the same lines, folded."""
    line = folded[index]
    if len(line) > 1_000 or not line.strip():
        return None
    if _MAY_DIVIDE.search(line):
        divider = _divider(lines, folded, index)
        if divider is not None:
            return divider
    if _RULE.fullmatch(line):
        block = _block_after(lines, folded, index + 1)
        return None if block is None else Head(index, block.after, Announces.DIVIDER, fields=block.fields)
    if ":" in line and (label := _LABEL.match(line)) and _FIELD_OF[label[1]] == "from":
        return _block(lines, folded, index, enough=2)
    return _attribution(lines, folded, index)


def _divider(lines: Sequence[str], folded: Sequence[str], index: int) -> Head | None:
    line = folded[index].strip()
    forward = _FORWARDED.fullmatch(line) is not None
    if (
        not forward
        and not (_ORIGINAL.fullmatch(line) and line[0] in "-=_*~#>|")
        and not _ANSWER_ABOVE.fullmatch(line)
    ):
        return None
    block = _block_after(lines, folded, index + 1)
    if forward and line[0] not in "-=_*~#>|" and not line.endswith(":") and block is None:
        return None
    if block is None and forward:
        block = _dated_line_after(lines, folded, index + 1)
    after, fields = (block.after, block.fields) if block else (index + 1, {})
    return Head(index, after, Announces.DIVIDER, forward, fields)


def _dated_line_after(lines: Sequence[str], folded: Sequence[str], index: int) -> Head | None:
    """Yandex names the writer of what it forwards in one line: ``07.12.2026, 09:00, "X" <x@y>:``."""
    for position in range(index, min(index + 3, len(lines))):
        if found := _BARE_ATTRIBUTION.match(folded[position]):
            line = lines[position]
            fields = {
                "from": line[found.start(2) : found.end(2)],
                "sent": line[found.start(1) : found.end(1)],
            }
            return Head(position, position + 1, Announces.ATTRIBUTION, fields=fields)
        if folded[position].strip("> *_"):
            return None
    return None


def _block_after(lines: Sequence[str], folded: Sequence[str], index: int) -> Head | None:
    """A header block that begins within the next three lines; after a divider any label may stand first."""
    for position in range(index, min(index + 3, len(lines))):
        bare = _PREFIX.sub("", folded[position])
        if bare.strip("*_ "):
            return _block(lines, folded, position, enough=2) if _LABEL.match(folded[position]) else None
    return None


def _block(lines: Sequence[str], folded: Sequence[str], index: int, *, enough: int) -> Head | None:
    fields: dict[str, str] = {}
    last, position, wrapped = "", index, 0
    end = min(len(lines), index + 40)
    while position < end:
        label = _LABEL.match(folded[position]) if len(folded[position]) < 4_000 else None
        bare = _PREFIX.sub("", lines[position]).strip()
        if label is not None:
            name = _FIELD_OF[label[1]]
            if name == "from" and "from" in fields:
                break
            fields.setdefault(name, lines[position][label.end() :].strip(" *_"))
            last, wrapped = name, 0
        elif not bare.strip("*_ "):
            if not _label_within(folded, position + 1, 2):
                break
        elif (
            last
            and wrapped < 8
            and (not fields[last] or _label_within(folded, position + 1, 6 - min(wrapped, 5)))
        ):
            fields[last] = f"{fields[last]} {bare}".strip()
            wrapped += 1
        else:
            break
        position += 1
    known = {"from", "sent", "subject", "to"} & fields.keys()
    if "from" not in known or len(known) < enough or (len(known) == 2 and "@" not in fields["from"]):
        return None
    return Head(index, position, Announces.BLOCK, fields=fields)


def _label_within(folded: Sequence[str], index: int, count: int) -> bool:
    """Whether one of the next non-blank lines is a label that continues the block."""
    for position in range(index, min(index + count, len(folded))):
        label = _LABEL.match(folded[position])
        if label is not None:
            return _FIELD_OF[label[1]] != "from"
    return False


def _attribution(lines: Sequence[str], folded: Sequence[str], index: int) -> Head | None:
    """ "8 Ara 2026 Sal, 10:12 tarihinde X <x@y> şunu yazdı:", wrapped over up to five lines."""
    if not _MAY_BEGIN.search(folded[index]):
        return None
    if _BARE_ATTRIBUTION.match(folded[index]) or _WROTE_AND_QUOTES.match(folded[index]):
        return Head(index, index + 1, Announces.ATTRIBUTION, fields={"from": lines[index]})
    joined = ""
    for position in range(index, min(index + MAX_ATTRIBUTION, len(lines))):
        line = _PREFIX.sub("", folded[position]).strip()
        if not line or len(joined) > 500:
            return None
        joined = f"{joined} {line}" if joined else line
        wrote = _WROTE.search(joined[-200:])
        if wrote is None:
            continue
        quoted_next = _next_is_quoted(folded, position + 1)
        if not (wrote[1] or quoted_next) or not (_begins_here(folded[index]) or position == index):
            return None
        if (
            (_ADDRESSED.search(joined) and wrote[1])
            or (_DATED.search(joined) and (_TIMED.search(joined) or quoted_next))
            or quoted_next
        ):
            return Head(
                index,
                position + 1,
                Announces.ATTRIBUTION,
                fields={"from": " ".join(lines[index : position + 1])},
            )
        return None
    return None


def _begins_here(line: str) -> bool:
    return bool(_DATED.search(line) or _ADDRESSED.search(line) or line.lstrip(" >").startswith(("on ", "<")))


def _next_is_quoted(folded: Sequence[str], index: int) -> bool:
    following = next((line for line in folded[index : index + 3] if line.strip()), "")
    return following.lstrip().startswith(">")
