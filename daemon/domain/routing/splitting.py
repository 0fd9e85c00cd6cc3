"""Where a message may be cut into requests: numbered lists, "ayrıca …", paragraphs, sentences, commas, verbs.

Everywhere a writer might have begun something new; whether he did is judged by what the pieces speak of
(:mod:`daemon.domain.routing.beginnings`).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from daemon.domain.routing.clauses import clauses
from daemon.domain.text import fold

_ITEM = re.compile(
    r"^[ \t]*(?:\(?\d{1,2}[.)\-:/]{1,2}(?!\d{1,2}[./-]\d{2}|(?<=:)\d)|\(?[a-hA-H][.)]|[-•*–·▪●✓➤]|\d️⃣"
    r"|(?:madde|konu|talep|istek|husus|kay[ıi]t)[ ]?\d{1,2}[ ]?[.):-]|\d{1,3}(?:/\d|\.[a-h])[.)-])[ \t]*(?=\S)",
    re.M | re.I,
)
"""A day ("12.11.2026 tarihinde") or an hour ("10:30'da") at the beginning of a line numbers nothing."""
_INLINE_ITEM = re.compile(r"(?:(?<=[\s:;,.])|^)\(?0?(\d)(?:[.)]|[ ]?-|/(?=[ ]))[ ]*(?=[^\W\d])")
_INLINE_NAMED = re.compile(
    r"(?:(?<=[\s.;])|^)(?:(?:madde|konu|talep|istek|husus|kay[ıi]t)[ ]?|\d{1,3}/)(\d)[ ]?[.):-][ ]*(?=\S)",
    re.I,
)
_INLINE_SUBLETTER = re.compile(r"(?:(?<=[\s.;])|^)\d{1,3}\.?([a-h])[.)-][ ]*(?=\S)")
_INLINE_WORD = re.compile(r"(?:(?<=[\s:;,.(])|^)(bir|iki|[üu][çc]|d[öo]rt|be[şs])[ ]?[:)][ ]*(?=\S)", re.I)
_INLINE_ROMAN = re.compile(r"(?:(?<=[\s:;,.])|^)\(?(i{1,3}|iv|v)\)[ ]*(?=\S)", re.I)
_COUNTED_WORDS = ("bir", "iki", "uc", "dort", "bes")
_ROW, _ROWS = re.compile(r"^[ \t]*(\d{1,2})[ \t]+(?=[^\W_])", re.M), tuple(str(n) for n in range(1, 31))
_BARE_ITEM = re.compile(r"(?:^|(?<=\s))(\d)[ ]+(?=[^\W\d])")
"""A chat's list without points: "1 yol bozuk 2 rögar taşıyor 3 …"; only from the very beginning, and three at least."""
_INLINE_DASH = re.compile(r"(?<=[\s:])[-–•]\s+(?=[^\W\d])")
_INLINE_LETTER = re.compile(r"(?:(?<=[\s:;,.])|^)\(?([a-h])\)[ ]*(?=[^\W\d])")
_ORDINAL = re.compile(
    r"(?:(?:(?<=[.!?;,:\n])|^)\s*(?:birinci(?:si|sı)?|ilk olarak|[iİ]lki|öncelikle|evvel[aâ]|saniyen|salisen|ikinci(?:si)?|üçüncü(?:sü)?|dördüncü(?:sü)?|ucuncu(?:su)?)"
    r"|(?<=\s)\(?(?:birincisi|ikincisi|üçüncüsü|ucuncusu)\b\)?)(?: olarak| konu\w*| husus\w*| talebi[mn]\w*| sorun\w*)?(?!\w)[,:]?",
    re.I,
)
_ORDINALS = (("bir", "ilk", "once", "evvel"), ("iki", "san"), ("uc", "sal"), ("dor",))
"""How the ordinals begin that count to four, folded."""
_SECOND = 2
_MATTER = (
    r"(?:konu|husus|talep|taleb|istek|iste[ğg]|sorun|mesele|ricam|maruzat|[şs]ik[aâ]yet|dert|derd|dile[ğg]|dilek"
    r"|beklenti|ihtiya|s[ıi]k[ıi]nt|madde|mevzu|arz[ıi]m)\w*"
)
_ADDING = (
    r"ayr[ıi]ca", r"bir ba[şs]ka", r"bundan ba[şs]ka", r"(?<!\bon )bir ?de", r"bi ?de", r"bu arada", r"hem de", r"keza",
    r"ek olarak", r"buna ek", r"(?:buna )?ilaveten", r"ilave olarak", r"[üu]stelik", r"ayr[ıi]yeten", r"unutmadan",
    r"bun(?:un|lar[ıi]n) (?:yan[ıi]nda|d[ıi][şs][ıi]nda|haricinde|yan[ıi]? ?s[ıi]ra)", r"bununla (?:birlikte|beraber)",
    r"di[ğg]er (?:yandan|taraftan)", r"[öo]te yandan", r"bu (?:vesile|m[üu]nasebet)(?:yle|le)", r"son olarak", r"nihayet",
    r"(?<![dt][ae]n )sonra da", r"ayn[ıi] (?:sokak|cadde|mahalle|b[öo]lge)\w*", r"yine mahalle\w*",
    r"(?:haz[ıi]r|konu|s[öo]z|laf)(?: \w+){0,2}m[ıi][şs]ken", r"\w+[dt][ea]n (?:bahset|s[öo]z et|s[öo]z a[çc][ıi]l)mi[şs]ken",
)  # fmt: skip
_ANOTHER_MATTER = (
    rf"(?:(?:bir )?(?:di[ğg]er|ba[şs]ka|ikinci|[üu][çc][üu]nc[üu]|sonraki)(?: bir)?|(?:ayr[ıi]|farkl[ıi]) bir|son(?: bir)?|ek|bir) {_MATTER}"
    r"(?: (?:da|de|daha|ise))?(?: [şs]u\w*)?(?=[:,]| \w+d[ıiuü]r[:;,])",
    rf"(?:bir )?di[ğg]er(?:i| bir)? (?:\w+ )?(?:de|da|ise|{_MATTER})",
    rf"(?:ba[şs]ka bir|ikinci|[üu][çc][üu]nc[üu]|d[öo]rd[üu]nc[üu])(?: bir)? (?:olarak|{_MATTER})",
    r"(?:ikinci|[üu][çc][üu]nc[üu]|d[öo]rd[üu]nc[üu])s[iıuü]",
)
_JOINT = re.compile(
    rf"(?:(?<=[.!?;,\n])|^)\s*(?:ve )?(?:{'|'.join((*_ADDING, *_ANOTHER_MATTER))})\b",
    re.I,
)
"""What begins another matter: "ayrıca", "diğer bir talebimiz", "söz açılmışken"."""
_INSIDE = re.compile(
    r"(?<!\bda)(?<!\bde),?\s+(?:ve )?(?:ayr[ıi]ca|(?<!\bon )bir ?de|bi ?de|bu arada|[üu]stelik|ayr[ıi]yeten|(?<![dt][ae]n )sonra da|bunun yan[ıi] s[ıi]ra|[+/])(?=\s)",
    re.I,
)
_COMMA = re.compile(r"(?<!\d)[,;:](?=\s)|(?<=\D)[,;](?=\S)|\s[-–/+](?=\s)")
_AND = re.compile(r"\s(?=(?:ve|ile|hem|ya da)\s)", re.I)
VERB = re.compile(
    r"(?:[ıiuüoa]yor(?:lar|du|mu[sş])?|[ıiu]yo|[ıiu]o|\by[oö]k|\bvar|\w[dt][ıiuü](?:ler|lar)?|m[ıiuü][şs](?:ler|lar)?"
    r"|\bbozuk|\bk[ıi]r[ıi]k|\bkesik|\blaz[ıi]m|\bgerek(?:iyor)?|s[ıiuü]n(?:lar|ler)?|[mt][ae]k?t?ad[ıi]r|tedir|l[ıi]m"
    r"|[ae]l[ıi]m|[ae]bilir mi(?:siniz)?|m[ıi]s[ıi]n[ıi]z|r[ıi]z|istiyor(?:lar|uz)?|istedi|m[ae]s[ıiuü]n[ıiuü]"
    r"|[dt][ıiuü]ğ[ıiuü]n[ıiuü])(?=\s+\w)",
    re.I,
)
"""Where a sentence, a wish or a report is complete, though no point ends it: "yol bozuk ışık yok çöp alınmıyo"."""
_LEADS_IN = re.compile(
    r"\b(?:icerisinde|icinde|dahilinde|uzere|uyarinca|geregi|geregince|gore|dogrultusunda|cercevesinde|kapsaminda"
    r"|neticesinde|sonucunda|adina|(?:inceleme|tespit|gezi|toplanti|gorusme|basvuru|muracaat|sikayet)\w*[dt][ae]"
    r"|(?:olan|bulunan|alan|kalan)(?: \w+){1,3}[dt][ae])[\s,;:]*$"
)
"""What ends so says where, by whom or whereupon; the sentence only begins with it."""
_AFTER_LIST = re.compile(
    r"\n\s*\n|\n(?=\s*(?:sayg|gere[ğg]i|arz|bilgi|taleplerimiz|te[şs]ekk|yukar[ıi]da|konular[ıi]nda|hususlar[ıi]nda|[iİ]lgilen))",
    re.I,
)


_ANNOUNCED = re.compile(
    r"\b(?:iki|2|uc|3|dort|4|bes|5|birkac) (?:ayri |farkli |onemli |acil )?"
    r"(?:konu|taleb|talep|dert|derd|sorun|istek|isteg|husus|sikayet|mesele|kurum|beklenti|maruzat|ihtiyac|dilek|dileg)\w*"
    r"|\b(?:iki|uc)s?ine de\b|\bher iki(?:si|sini|sine)?\b|\bhem (?:de )?\w.*\bhem de\b|\b(?:once|ilk once|evvela)\b.*\bsonra (?:da|siz|sizin|belediye)\b",
    re.S,
)
"""The writer himself says that he speaks of several things."""
_A_RUN = 3
"""So many numbered rows make a table."""


def announces_several(text: str) -> bool:
    """Whether the writer says so himself: "iki talebimiz var", "hem … hem de", "önce … sonra siz"."""
    return _ANNOUNCED.search(fold(text)) is not None


class Cut(IntEnum):
    """What stands before a piece."""

    SENTENCE = 0
    COMMA = 1
    VERB = 2
    AND = 3
    PARAGRAPH = 4
    JOINT = 5
    LISTED = 6


_GO_ON = frozenset((Cut.SENTENCE, Cut.COMMA, Cut.VERB, Cut.AND))


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text and how it was set apart from the one before."""

    text: str
    cut: Cut


def pieces_of(text: str) -> tuple[Piece, ...]:
    """The pieces of ``text``, in order. A list's items stand alone; its head ("Taleplerimiz:") is dropped."""
    return items_of(text) or tuple(
        _led_in([piece for clause in _clauses_of(text) for piece in _smaller(clause)])
    )


def _led_in(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """A piece that only leads in goes with the one that follows: "Mahallemiz sınırları içerisinde; kaldırım …"."""
    before: Piece | None = None
    for piece in pieces:
        whole = piece
        if before:
            if piece.cut in _GO_ON:
                whole = Piece(f"{before.text} {piece.text}", before.cut)
            else:
                yield before
        before = whole if _LEADS_IN.search(fold(piece.text)) else None
        if not before:
            yield whole
    if before:
        yield before


def items_of(text: str) -> tuple[Piece, ...]:
    """The items of a list, if ``text`` holds one."""
    for listing in (_lines, _rows, _inline, _ordinals):
        found = tuple(Piece(item.strip(), Cut.LISTED) for item in listing(text) if _says_something(item))
        if len(found) > 1:
            return found
    return ()


def row_starts(lines: Sequence[str]) -> frozenset[int]:
    """Which of the lines begin a table's rows, as :func:`pieces_of` will take them."""
    starts: list[int] = []
    for n, line in enumerate(lines):
        mark = _ROW.match(line)
        if mark and len(starts) < len(_ROWS) and mark[1] == _ROWS[len(starts)]:
            starts.append(n)
    return frozenset(starts if len(starts) >= _A_RUN else ())


def _says_something(text: str) -> bool:
    return len(re.sub(r"\W", "", fold(text))) >= 4


def _clauses_of(text: str) -> Iterator[Piece]:
    for number, paragraph in enumerate(re.split(r"\n\s*\n", text)):
        for place, stretch in enumerate(_at_joints(paragraph)):
            for first, clause in enumerate(clauses(stretch)):
                if not _says_something(clause):
                    continue
                if first:
                    yield Piece(clause, Cut.SENTENCE)
                elif place:
                    yield Piece(clause, Cut.JOINT)
                else:
                    joint = _JOINT.match(clause) is not None
                    yield Piece(clause, Cut.JOINT if joint else Cut.PARAGRAPH if number else Cut.SENTENCE)


def _smaller(clause: Piece) -> list[Piece]:
    """A clause, cut again at its commas, before "ve", and behind its verbs; a joint ("diğer husus, …") is no clause."""
    cuts = {match.end(): Cut.VERB for match in VERB.finditer(clause.text)}
    cuts |= {match.start(): Cut.AND for match in _AND.finditer(clause.text)}
    cuts |= {match.end(): Cut.COMMA for match in _COMMA.finditer(clause.text)}
    joint = _JOINT.match(clause.text)
    first = joint.end() + len(",") if joint else 0
    ends = [*sorted(cut for cut in cuts if cut > first), len(clause.text)]
    pieces, start = list[Piece](), 0
    for end in ends:
        text = clause.text[start:end].strip()
        if _says_something(text):
            pieces.append(Piece(text, cuts[start] if pieces else clause.cut))
        elif pieces:
            pieces[-1] = Piece(f"{pieces[-1].text} {text}".rstrip(), pieces[-1].cut)
        start = end
    return pieces


def _at_joints(text: str) -> list[str]:
    cuts = {0, len(text)} | {m.start() for pattern in (_JOINT, _INSIDE) for m in pattern.finditer(text)}
    ordered = sorted(cuts)
    stretches = [text[a:b] for a, b in zip(ordered, ordered[1:], strict=False)]
    return [stretch for stretch in stretches if _says_something(stretch)]


def _lines(text: str) -> list[str]:
    """List items that begin lines; what follows the last one is no part of it."""
    marks = list(_ITEM.finditer(text))
    return (
        [*_between(text, marks)][:-1] + [_AFTER_LIST.split(_between(text, marks)[-1])[0]]
        if len(marks) > 1
        else []
    )


_MARKS: tuple[tuple[re.Pattern[str], Sequence[str]], ...] = (
    (_INLINE_ITEM, "123456789"), (_INLINE_LETTER, "abcdefgh"), (_INLINE_NAMED, "123456789"),
    (_INLINE_SUBLETTER, "abcdefgh"), (_INLINE_WORD, _COUNTED_WORDS), (_INLINE_ROMAN, ("i", "ii", "iii", "iv", "v")),
)  # fmt: skip
"""How a list on one line may be marked, and how it counts."""


def _rows(text: str) -> list[str]:
    """A table's rows, numbered without points: "1 Nar Sokak Kaldırım onarımı"; three at least."""
    marks = _counted(text, _ROW, _ROWS)
    if len(marks) < _A_RUN:
        return []
    *rows, last = _between(text, marks)
    return [*rows, _AFTER_LIST.split(last)[0]]


def _inline(text: str) -> list[str]:
    """ "… 1- … 2- …" on one line, numbered from one, or "a) … b) …", "Madde 1: …", "(i) …", "bir: …"."""
    for pattern, names in _MARKS:
        marks = _counted(text, pattern, names)
        if len(marks) > 1:
            return _between(text, marks)
    bare = _counted(text, _BARE_ITEM, "123456789") if text.lstrip().startswith("1 ") else []
    if len(bare) > 2:
        return _between(text, bare)
    head, colon, _ = text.partition(":")
    dashes = [mark for mark in _INLINE_DASH.finditer(text) if colon and mark.start() > len(head)]
    return _between(text, dashes) if len(dashes) > 1 else []


def _counted(text: str, pattern: re.Pattern[str], names: Sequence[str]) -> list[re.Match[str]]:
    """The marks that count on from the first of ``names``."""
    marks: list[re.Match[str]] = []
    for mark in pattern.finditer(text):
        if len(marks) < len(names) and fold(mark[1]) == names[len(marks)]:
            marks.append(mark)
    return marks


def _ordinals(text: str) -> list[str]:
    """ "Birincisi … ikincisi …"; what stands before "ikinci" without "birinci" is the first piece. Where the writer
    does not count on, or goes on without counting ("son olarak …"), his ordinals are joints like others."""
    marks = list(_ORDINAL.finditer(text))
    if not marks:
        return []
    counted = [_counts(mark) for mark in marks]
    first = fold(marks[0][0]).strip()
    if counted[0] > 1 and re.fullmatch(r"\w+", first) and not first.endswith(("cisi", "cusu", "yen", "sen")):
        return []  # "ikinci bir sınıf" counts classes, not requests
    if counted != [*range(counted[0], counted[0] + len(counted))] or counted[0] > _SECOND:
        return []
    items = _between(text, marks)
    if counted[0] == _SECOND:
        items = [text[: marks[0].start()], *items]
    goes_on = any(_JOINT.search(item) for item in items)
    return items if len(items) > 1 and not goes_on else []


def _counts(ordinal: re.Match[str]) -> int:
    """Which number an ordinal stands for."""
    said = re.sub(r"\W", "", fold(ordinal[0]))
    return next(n for n, names in enumerate(_ORDINALS, 1) if said.startswith(names))


def _between(text: str, marks: list[re.Match[str]]) -> list[str]:
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    return [text[mark.end() : end] for mark, end in zip(marks, ends, strict=True)]
