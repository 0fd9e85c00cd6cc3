"""Several requests in one message: lists, "ayrıca …", paragraphs about different things."""

import re

from daemon.domain.text import fold

_ITEM = re.compile(r"^[ \t]*(?:\d{1,2}[.)\-:]|[a-hA-H][.)]|[-•*–·])[ \t]+", re.M)
_INLINE_ITEM = re.compile(r"(?:(?<=\s)|^)(?:\d[.)\-])\s*(?=[A-ZÇĞİÖŞÜa-zçğıöşü])")
_JOINT = re.compile(
    r"(?:(?<=[.!?;\n])|^)\s*(?:ve )?(?:ayr[ıi]ca|bir di[ğg]er|di[ğg]er (?:bir )?(?:konu|husus|talep|sorun|istek)|ikinci(?:si| olarak)|"
    r"[üu][çc][üu]nc[üu](?:s[üu]| olarak)|bunun (?:yan[ıi]nda|d[ıi][şs][ıi]nda|yan[ıi] s[ıi]ra)|"
    r"bir de|bundan ba[şs]ka|yine|ek olarak|son olarak|di[ğg]er yandan|[öo]te yandan)\b",
    re.I,
)
_AYRICA_INSIDE = re.compile(r",?\s+(?:ayr[ıi]ca|bir de)\s+", re.I)


def parts(text: str) -> list[str]:
    """The pieces that may be requests of their own; the whole text where there is but one."""
    for divide in (_items, _inline_items, _joints, _paragraphs, _inside):
        found = [piece.strip() for piece in divide(text)]
        found = [piece for piece in found if len(fold(piece)) >= 8]
        if len(found) > 1:
            return found
    return [text]


def _items(text: str) -> list[str]:
    marks = list(_ITEM.finditer(text))
    if len(marks) < 2:
        return [text]
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    return [text[mark.end() : end] for mark, end in zip(marks, ends, strict=True)]


def _inline_items(text: str) -> list[str]:
    marks = list(_INLINE_ITEM.finditer(text))
    numbers = [fold(mark[0]).strip(" .)-") for mark in marks]
    if len(marks) < 2 or numbers[:2] != ["1", "2"]:
        return [text]
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    return [text[mark.end() : end] for mark, end in zip(marks, ends, strict=True)]


def _joints(text: str) -> list[str]:
    cuts = [0, *(match.start() for match in _JOINT.finditer(text) if match.start() > 0), len(text)]
    return [text[a:b] for a, b in zip(cuts, cuts[1:], strict=False)]


def _paragraphs(text: str) -> list[str]:
    return re.split(r"\n\s*\n", text)


def _inside(text: str) -> list[str]:
    return _AYRICA_INSIDE.split(text)
