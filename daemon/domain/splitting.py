"""Where a message may be cut into requests: numbered lists, "ayrıca …", paragraphs, sentences.

Whether two pieces really speak of different things is routing's to judge; how readily it believes so depends on
how the writer set them apart.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from daemon.domain.clauses import clauses
from daemon.domain.text import fold

_ITEM = re.compile(
    r"^[ \t]*(?:\(?\d{1,2}[.)\-:/]{1,2}(?!\d{1,2}[./-]\d{2}|(?<=:)\d)|\(?[a-hA-H][.)]|[-•*–·▪●✓➤]|\d️⃣)[ \t]*(?=\S)",
    re.M,
)
"""A day ("12.11.2026 tarihinde") or an hour ("10:30'da") at the beginning of a line numbers nothing."""
_INLINE_ITEM = re.compile(r"(?:(?<=[\s:;,.])|^)\(?(\d)(?:[.)]|[ ]?-)[ ]*(?=[^\W\d])")
_ROW, _ROWS = re.compile(r"^[ \t]*(\d{1,2})[ \t]+(?=[^\W_])", re.M), tuple(str(n) for n in range(1, 31))
_BARE_ITEM = re.compile(r"(?:^|(?<=\s))(\d)[ ]+(?=[^\W\d])")
"""A chat's list without points: "1 yol bozuk 2 rögar taşıyor 3 …"; only from the very beginning, and three at least."""
_INLINE_DASH = re.compile(r"(?<=[\s:])[-–•]\s+(?=[^\W\d])")
_INLINE_LETTER = re.compile(r"(?:(?<=[\s:;,.])|^)\(?([a-h])\)[ ]*(?=[^\W\d])")
_ORDINAL = re.compile(
    r"(?:(?<=[.!?;,:\n])|^)\s*(?:birinci(?:si|sı)?|ilk olarak|[iİ]lki|öncelikle|ikinci(?:si)?|üçüncü(?:sü)?|dördüncü(?:sü)?|ucuncu(?:su)?)"
    r"(?: olarak| konu\w*| husus\w*| talebi[mn]\w*| sorun\w*)?\b[,:]?",
    re.I,
)
_JOINT = re.compile(
    r"(?:(?<=[.!?;,\n])|^)\s*(?:ve )?(?:ayr[ıi]ca|bir ba[şs]ka|(?:bir )?di[ğg]er(?:i| bir)?(?: \w+)? (?:de|da|ise|konu\w*|husus\w*|talep\w*|talebi\w*|sorun\w*|istek\w*)|"
    r"bun(?:un|lar[ıi]n) (?:yan[ıi]nda|d[ıi][şs][ıi]nda|yan[ıi] s[ıi]ra)|(?<!\bon )bir ?de|bi ?de|bu arada|ayn[ıi] (?:sokak|cadde|mahalle|b[öo]lge)\w*|bundan ba[şs]ka|(?<![dt][ae]n )sonra da|"
    r"ek olarak|buna ek|son olarak|di[ğg]er yandan|[öo]te yandan|yine mahalle\w*|ilaveten|ilave olarak|[üu]stelik|ayr[ıi]yeten|hem de)\b",
    re.I,
)
_INSIDE = re.compile(
    r"(?<!\bda)(?<!\bde),?\s+(?:ve )?(?:ayr[ıi]ca|(?<!\bon )bir ?de|bi ?de|bu arada|[üu]stelik|ayr[ıi]yeten|(?<![dt][ae]n )sonra da|bunun yan[ıi] s[ıi]ra|[+/])(?=\s)",
    re.I,
)
_MAY_JOIN = re.compile(
    r"[aA][yY][rR][ıiIİ][cC]|[bB][iİIı](?:[rR] ?)? ?(?:[dD][eE]|[bB])|[dD][iİIı][ğgĞG][eE][rR]|[bB][uU][nN](?:[uU][nN]|[lL]|[dD]|[aA] [eE])|"
    r"[sS][oO][nN](?:[rR][aA] [dD]| [oO])|[eE][kK] [oO]|[öoÖO][tT][eE] [yY]|[yY][iİIı][nN][eE] |[iİIı][lL][aA][vV]|[hH][eE][mM] [dD]|[üuÜU][sS][tT][eE][lL]|\s[+/]\s|[bB][uU] [aA][rR]|[aA][yY][nN][ıiIİ] "
)
"""Holds a beginning of every word that joins."""
_WISH = re.compile(
    r"(?<=\w\w)(?:m[ae]s[ıiuü](?:n[ıiuü])?|[dt][ıiuü]ğ[ıiuü]n[ıiuü]|[dt][iu]g[iu]n[iu]|s[ıiuü]n(?:lar)?)(?:,|\s+(?:ve|ile)\b)"
    r"|(?<=\w\w)s[ıiuü]n(?:lar)?(?=\s+\w+ (?:i[cç]in )?(?:de|da)\b)"
    r"|(?:\wyor(?:lar)?|\wyo|\wm[ae]kta(?:d[ıi]r)?|\byok|\bvar)\s+ve\b"
    r"|\b(?:tahsis|temin|onar[ıi]m|bak[ıi]m|tamir|yap[ıi]m)[ıi](?:n[ıi])?(?:,|\s+(?:ve|ile)\b)"
    r"|\w\s+(?:ve|ile)(?=\s+(?:\d+|bir|iki|[uü][cç]|d[oö]rt|be[sş]|on)\s+\w)"
    r"|\w(?=,?\s+hem (?:de )?\w)|,(?=\s*(?:\w+\s){1,3}(?:de|da|desen)\b)"
    r"|(?:yor(?:lar)?|\wyo|\byok|\bvar|\w[dt][ıiuü]|m[ıiuü][şs])(?=\s(?:\w+\s){1,3}(?:de|da|desen)\b)",
    re.I,
)
"""Where a wish or a complaint is complete and another may follow: "… budanmasını ve …", "… yanmıyor ve …"."""
_RUN = re.compile(
    r"(?:yor(?:lar)?|\wyo|\byok|\bvar|\w[dt][ıiuü]|m[ıiuü][şs]|\bbozuk|\bk[ıi]r[ıi]k|\bkesik|\b[cç]ok|\baz|\blaz[ıi]m|s[ıiuü]n(?:lar)?|tad[ıi]r|tedir)[,;]?(?=\s+\w+\s+\w)",
    re.I,
)
"""Where a chat's breathless row of complaints may be cut: "yol bozuk ışık yok çöp alınmıyo"."""
_ALSO = re.compile(r"\W*(?:\w+\s+){1,3}(?:de|da|desen)\b", re.I)
"""What begins so adds something: "köpekler de çok arttı"."""
_VERB = re.compile(
    r"(?:yor(?:lar)?|yo|\byok|\bvar|[dt][ıiuü]|m[ıiuü][şs]|s[ıiuü]n(?:lar)?|[ıi]k),(?=\s)", re.I
)
"""Where a sentence is complete, though only a comma ends it."""
_AFTER_LIST = re.compile(
    r"\n\s*\n|\n(?=\s*(?:sayg|gere[ğg]i|arz|bilgi|taleplerimiz|te[şs]ekk|yukar[ıi]da|konular[ıi]nda|hususlar[ıi]nda|[iİ]lgilen))",
    re.I,
)


_ANNOUNCED = re.compile(
    r"\b(?:iki|2|uc|3|dort|4) (?:ayri |farkli )?(?:konu|taleb|talep|dert|derd|sorun|istek|isteg|husus|sikayet|mesele|kurum)\w*"
    r"|\b(?:iki|uc)s?ine de\b|\bher iki(?:si|sini|sine)?\b|\bhem (?:de )?\w.*\bhem de\b|\b(?:once|ilk once|evvela)\b.*\bsonra (?:da|siz|sizin|belediye)\b",
    re.S,
)
"""The writer himself says that he speaks of several things."""
_TOLD = re.compile(r"\w[dt][iu]g[iu]n[iu]\b")
_WANTED = re.compile(r"\w(?:m[ae]s[iu](?:n[iu])?|m[ae]l[ae]r[iu](?:n[iu])?)\b|\bist(?:edig|edi|iyor)|\btalep")
_SAME_THING = re.compile(
    r"\W*(?:ic(?:inde|inden|ine|ini)|ust(?:unde|unden|une(?! \w+ d[ae]\b)|unu)|alt(?:inda|indan|ina)|onunde|yaninda|etrafi\w*|cevresi\w*|dibinde|ora(?:da|dan|ya|yi)|"
    r"bura(?:da|dan|ya|yi)|bu|bun(?:un|u|a|dan|lar\w*)|on(?:un|u|a|dan|lar\w*)|yerine|kendisi\w*|ayni)\b"
)
_OWN_SMELL = re.compile(r"\W*(?:koku|ses|gurultu|duman|pislig|toz)(?:s?[iu])(?:n\w*)?\b")
"""What comes of the thing just spoken of: "kokusunun ve gürültüsünün de çekilmez olduğunu"."""
_CANNOT = re.compile(
    r"\b(?:gec|gir|cik|in|bin|gid|gel|ol|yap|al|ac|bul|yat|kullan|oden|kal|dayan|ulas|otur|calis|don|yetis|sig|duru?l?|\w{2,}y|\w+n)"
    r"[ae]m(?:[iu]y|[iu]o|[ae]kt|[ae]z\b|[ae]d[iu])\w*"
)
"""What people cannot do because of it: "bebek arabası da geçemiyor"."""
_WHY = re.compile(
    r"\w{3,}[dt][ae]n\b|\w(?:yor|yo|[dt][iu]|m[iu]s|m[iu]sl[ae]r)\b|\b(?:yok|var)\b|\wor(?:l[ae]r|uz)\b"
)
"""A cause or a complaint of its own."""
_COMES_OF_IT = re.compile(
    r"\bcop\w* (?:\w+ )?(?:dagit|des|karistir|sac)|\b(?:sinek|sivrisinek|koku|bocek|fare)\w* (?:de |da )?(?:ure|yap|yay|sar)"
)
"""Who strews the rubbish, what breeds in it: told, but not asked about."""


def announces_several(text: str) -> bool:
    """Whether the writer says so himself: "iki talebimiz var", "hem … hem de", "önce … sonra siz"."""
    return _ANNOUNCED.search(fold(text)) is not None


def belongs_to(before: str, wish: str) -> bool:
    """Whether a clause only goes on: a complaint with its wish ("…dığını, …masını istedi"), or "içinde …"."""
    one, other = fold(before), fold(wish)
    if _SAME_THING.match(other) or _OWN_SMELL.match(other) or _COMES_OF_IT.search(other):
        return True
    if _only_tells_what_cannot_be_done(other):
        return True
    return _only_tells(one) != _only_tells(other)


def are_brief_and_apart(one: str, other: str) -> bool:
    """ "Konteyner yetersizdir. Kaldırımlar bozuktur.": too short to be a matter and what came of it."""
    return max(len(one.split()), len(other.split())) <= _SHORT and not belongs_to(one, other)


def _only_tells_what_cannot_be_done(folded: str) -> bool:
    """Where a cause of its own is told ("köpeklerden çıkamıyoruz"), it is more than a consequence."""
    head = folded.lstrip(" ,").partition(",")[0]
    return _CANNOT.search(head) is not None and _WHY.search(_CANNOT.sub("", head)) is None


def _only_tells(folded: str) -> bool:
    return _TOLD.search(folded) is not None and _WANTED.search(folded) is None


_COMMA = re.compile(r",\s*|\s+ve\s+", re.I)
_ALL_WANTED = re.compile(r"\b(?:ist[ei]|laz[ıi]m|talep|rica|gerek|ihtiya[cç])", re.I)
"""The one verb of a row of things."""
_A_RUN, _BRIEF, _FEW, _SHORT = 3, 2, 3, 4
"""Complaints or things that make a run; the words that a complaint, a thing, a short sentence has at most."""


class Cut(IntEnum):
    """What stands before a piece; the greater, the surer that its writer began something new."""

    WISH = 0
    SENTENCE = 1
    ALSO = 2
    PARAGRAPH = 3
    JOINT = 4
    LISTED = 5


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text and how it was set apart from the one before."""

    text: str
    cut: Cut


def pieces_of(text: str) -> tuple[Piece, ...]:
    """The pieces of ``text``, in order. A list's items stand alone; its head ("Taleplerimiz:") is dropped."""
    return _listed(text) or tuple(piece for piece in _flowing(text) if _says_something(piece.text))


def _listed(text: str) -> tuple[Piece, ...]:
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


def may_be_joined(text: str) -> bool:
    """Whether ``pieces_of`` may cut at a joint or a list: a cheap look before the thorough one."""
    return _MAY_JOIN.search(text) is not None or bool(_listed(text))


def _says_something(text: str) -> bool:
    return len(re.sub(r"\W", "", fold(text))) >= 4


def _flowing(text: str) -> Iterator[Piece]:
    several = announces_several(text)
    for piece in _clauses_of(text):
        cut = piece.cut
        for wish in _wishes(piece.text, several=several):
            for n, told in enumerate(_told_in_a_run(wish)):
                also = cut < Cut.ALSO and _ALSO.match(told) is not None
                yield Piece(told, Cut.ALSO if also else Cut.WISH if n else cut)
            cut = Cut.WISH


def _wishes(clause: str, *, several: bool = False) -> list[str]:
    """A clause cut behind each wish: "A'nın budanması ve B'nin onarılması …"; of several things behind each verb."""
    ends = {match.end() for pattern in (_WISH, _VERB)[: 1 + several] for match in pattern.finditer(clause)}
    cuts = [0, *sorted(ends), len(clause)]
    return [clause[a:b].strip() for a, b in zip(cuts, cuts[1:], strict=False) if clause[a:b].strip()]


def _told_in_a_run(clause: str) -> list[str]:
    """Things with one verb ("yama, konteyner, ilaçlama istiyoruz"), or complaints of two words each, three at least.

    Longer complaints are oftener one and what came of it.
    """
    items = [item for item in _COMMA.split(clause) if item.strip()]
    if len(items) >= _A_RUN and _ALL_WANTED.search(items[-1]) and all(map(_is_a_thing, items[:-1])):
        return items
    cuts = [0, *(match.end() for match in _RUN.finditer(clause)), len(clause)]
    told = [clause[a:b].strip() for a, b in zip(cuts, cuts[1:], strict=False) if clause[a:b].strip()]
    brief = len(told) >= _A_RUN and all(len(piece.split()) <= _BRIEF for piece in told[:-1])
    return told if brief else [clause]


def _is_a_thing(item: str) -> bool:
    return len(item.split()) <= _FEW and _WHY.search(fold(item)) is None


def _clauses_of(text: str) -> Iterator[Piece]:
    for number, paragraph in enumerate(re.split(r"\n\s*\n", text)):
        for place, stretch in enumerate(_at_joints(paragraph)):
            for first, clause in enumerate(clauses(stretch)):
                if first:
                    yield Piece(clause, Cut.SENTENCE)
                elif place:
                    yield Piece(clause, Cut.JOINT)
                else:
                    joint = _JOINT.match(clause) is not None
                    yield Piece(clause, Cut.JOINT if joint else Cut.PARAGRAPH if number else Cut.SENTENCE)


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


def _rows(text: str) -> list[str]:
    """A table's rows, numbered without points: "1 Nar Sokak Kaldırım onarımı"; three at least."""
    marks = _counted(text, _ROW, _ROWS)
    if len(marks) < _A_RUN:
        return []
    *rows, last = _between(text, marks)
    return [*rows, _AFTER_LIST.split(last)[0]]


def _inline(text: str) -> list[str]:
    """ "… 1- … 2- …" on one line, numbered from one, or "a) … b) …"."""
    for pattern, names in ((_INLINE_ITEM, "123456789"), (_INLINE_LETTER, "abcdefgh")):
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
        if len(marks) < len(names) and mark[1] == names[len(marks)]:
            marks.append(mark)
    return marks


def _ordinals(text: str) -> list[str]:
    """ "Birincisi … ikincisi …"; what stands before "ikinci" without "birinci" is the first piece."""
    marks = list(_ORDINAL.finditer(text))
    if not marks:
        return []
    first = fold(marks[0][0]).strip()
    if first.startswith(("bir", "ilk", "once")):
        return _between(text, marks) if len(marks) > 1 else []
    if re.fullmatch(r"\w+", first) and not first.endswith(("cisi", "cusu")):
        return []  # "ikinci bir sınıf" counts classes, not requests
    return [text[: marks[0].start()], *_between(text, marks)]


def _between(text: str, marks: list[re.Match[str]]) -> list[str]:
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    return [text[mark.end() : end] for mark, end in zip(marks, ends, strict=True)]
