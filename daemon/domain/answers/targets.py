"""Which unit a "bize ait değil" points to: a directorate or outside body named in a reply.

Names are found by the words that municipal units are called by; the register decides later who that is.
"""

import re

_UNIT_WORDS = frozenset(
    [
        "fen",
        "temizlik",
        "park",
        "bahceler",
        "bahce",
        "zabita",
        "ruhsat",
        "denetim",
        "imar",
        "sehircilik",
        "yapi",
        "kontrol",
        "veteriner",
        "cevre",
        "koruma",
        "sosyal",
        "yardim",
        "kultur",
        "genclik",
        "spor",
        "kadin",
        "aile",
        "saglik",
        "emlak",
        "istimlak",
        "gelirler",
        "mali",
        "destek",
        "bilgi",
        "islem",
        "ulasim",
        "insan",
        "kaynaklari",
        "egitim",
        "evlendirme",
        "basin",
        "yayin",
        "halkla",
        "iliskiler",
        "muhtarlik",
        "yazi",
        "hukuk",
        "kentsel",
        "donusum",
        "plan",
        "proje",
        "etut",
        "afet",
        "itfaiye",
        "mezarlik",
        "mezarliklar",
        "isleri",
        "hizmetleri",
        "tesisler",
        "isletme",
        "istirakler",
        "makine",
        "ikmal",
        "strateji",
        "gelistirme",
        "teftis",
    ]
)
_BODY_WORDS = frozenset(
    [
        "aski",
        "iski",
        "izsu",
        "asat",
        "buski",
        "koski",
        "maski",
        "meski",
        "saski",
        "muski",
        "deski",
        "teski",
        "ego",
        "iett",
        "eshot",
        "ukome",
        "aykome",
        "abb",
        "ibb",
        "edas",
        "tedas",
        "baskentgaz",
        "telekom",
        "karayollari",
        "emniyet",
        "jandarma",
        "muftulugu",
        "muftuluk",
        "muftulug",
        "toki",
        "buyuksehir",
        "valilik",
        "valiligi",
        "valilig",
        "kaymakamlik",
        "kaymakamligi",
        "kaymakamlig",
        "dsi",
        "tcdd",
        "ptt",
        "vakiflar",
        "tapu",
        "kadastro",
        "igdas",
        "baskent",
        "superonline",
        "vodafone",
        "turkcell",
    ]
)
_JOINERS = frozenset(
    [
        "ve",
        "genel",
        "bolge",
        "sube",
        "daire",
        "baskanligi",
        "baskanligina",
        "il",
        "ilce",
        "turk",
        "milli",
        "belediyesi",
        "as",
        "a.s",
        "aş",
        "su",
        "kanalizasyon",
    ]
)
_RANK = "mudurlug"
_STRONG_UNITS = frozenset(["zabita", "veteriner", "itfaiye", "fen", "imar", "ruhsat"])
_WORD = re.compile(r"[^\W_]+(?:\.[^\W_]+)*(?:['’`´][^\W_]+)?")
_TRIGGER = re.compile(
    r"\bait(?:tir|dir)?\b(?!\s+(?:degil|olma))|\b(?:gorev|yetki|sorumluluk|sorumlulug|"
    r"calisma)\w*(?:\s+(?:ve|veya|yetki\w*|sorumluluk\w*|gorev\w*))*\s+(?:alan|kapsam|"
    r"saha)\w*(?!\s+(?:degil|disinda|girme|bulunma|olma))|"
    r"\b(?:gorevi|yetkisi|sorumlulugu)(?:nda|dir|ndadir|nde|ndedir)?\b(?!\s+(?:degil|disinda))|"
    r"\btarafin(?:dan|ca)\b(?=.{0,50}\b\w+(?:masi|mesi|mali|meli)\w*)|"
    r"\b(?:sevk|havale|yonlendir|ilet|gonder|devr|aktar|bildir)\w*|\bilgilen(?:iyor|mekte|mesi|ir|sin)\w*|"
    r"\bilgilendir(?:iyor|ir|mekte)\w*|\bbak(?:iyor|ar|makta|masi)\w*|"
    r"\bisi(?:dir)?\b|\b(?:muhatap|muhatab|sorumlu|yetkili)\w*"
)
_NOT_OURS_END = re.compile(
    r"\b(?:ait|alan\w*|kapsam\w*|ilgili|gorev\w*|isimiz|konumuz|ilgilendirmi?yor|"
    r"ilgilendirmemekte\w*)\s*(?:degil(?:dir)?|disinda(?:dir)?|girme\w*|bulunma\w*)?\s*(?:→|->|=>|>>|»|>|:|"
    r";|,|-|–|—|/|\.|\()+\s*"
)


def find_named_target(text: str, folded: str, *, alone: bool) -> str:
    """The unit to which the text says the matter belongs, as written but without case endings; or ``""``.

    ``folded`` is ``text`` folded alike long. ``alone``: the text follows "bize ait değil", so that a bare
    name is enough.
    """
    if alone:
        first = next((line for line in text.strip(" \t→->=:;,.|/–—").split("\n") if line.strip()), "")
        start = text.find(first)
        name = _name_after(text, folded, start + len(first) - len(first.lstrip(" →->=:;,.|/–—(")))
        if name:
            return name
    for end in _NOT_OURS_END.finditer(folded):
        if name := _name_after(text, folded, end.end()):
            return name
    for trigger in _TRIGGER.finditer(folded):
        start = max(folded.rfind(mark, 0, trigger.start()) for mark in ".!?\n;") + 1
        if name := _name_before(text, folded, max(start, trigger.start() - 120), trigger.start()):
            return name
    return ""


def _name_before(text: str, folded: str, start: int, end: int) -> str:
    """The name that ends right before ``end`` (an adverb or two between do no harm)."""
    words = list(_WORD.finditer(text, start, end))
    for skipped in range(min(3, len(words))):
        run = _run_back(folded, words[: len(words) - skipped])
        if run:
            return _bare(text, folded, run)
    return ""


def _run_back(folded: str, words: list[re.Match[str]]) -> list[re.Match[str]]:
    run: list[re.Match[str]] = []
    for word in reversed(words[-8:]):
        if run and text_between(folded, word.end(), run[0].start()):
            break
        if not _belongs(folded[word.start() : word.end()], first=not run):
            break
        run.insert(0, word)
    return _trimmed(folded, run)


def _name_after(text: str, folded: str, start: int) -> str:
    run: list[re.Match[str]] = []
    for word in _WORD.finditer(text, start, start + 140):
        if run and text_between(folded, run[-1].end(), word.start()):
            break
        if not run and word.start() - start > 25:
            break
        if not _belongs(folded[word.start() : word.end()], first=False):
            if run or folded[word.start() : word.end()] not in {
                "konu",
                "bu",
                "is",
                "ilgili",
                "birim",
                "mudurluk",
                "dogru",
                "sorumlu",
                "lutfen",
                "talep",
            }:
                break
            continue
        run.append(word)
        if _stem(folded[word.start() : word.end()]).startswith(_RANK):
            break
    run = _trimmed(folded, run)
    return _bare(text, folded, run) if run else ""


def text_between(folded: str, start: int, end: int) -> bool:
    """Whether something other than blanks or a hyphen stands between two words."""
    return bool(folded[start:end].strip(" \t&/-\n"))


def _stem(word: str) -> str:
    return re.split(r"['’`´]", word, maxsplit=1)[0]


def _known(word: str) -> str:
    """The unit word that ``word`` is a case of (``"isleri"`` for ``"islerine"``), or ``""``."""
    stem = _stem(word)
    if stem.startswith((_RANK + "umuz", _RANK + "unuz")):
        return ""
    if stem.startswith(_RANK):
        return _RANK + "u"
    for length in range(len(stem), 2, -1):
        if (head := stem[:length]) in _UNIT_WORDS or head in _BODY_WORDS:
            rest = stem[length:]
            if re.fullmatch(
                r"(?:n?[iu]n|n?[ae]|y[ae]|y?[iu]|n?[dt][ae]n?|n?c[ae]|y?l[ae]|s[iu](?:n[ae])?|"
                r"(?:n?d[ae])?[dt][iu]r)?",
                rest,
            ):
                return head
    return ""


def _belongs(word: str, *, first: bool) -> bool:
    return (
        bool(_known(word))
        or (not first and _stem(word) in _JOINERS)
        or _stem(word) in {"belediyesi", "belediyesine", "baskanligi"}
    )


def _trimmed(folded: str, run: list[re.Match[str]]) -> list[re.Match[str]]:
    """Without joining words at its edges; empty unless it truly names a unit."""
    while run and folded[run[0].start() : run[0].end()] in {"ve", "as", "genel", "su"}:
        run = run[1:]
    while run and folded[run[-1].start() : run[-1].end()] == "ve":
        run = run[:-1]
    known = [_known(folded[w.start() : w.end()]) for w in run]
    named = any(k in _BODY_WORDS or k in _STRONG_UNITS for k in known if k)
    ranked = len(run) >= 2 and any(k in {"isleri", "hizmetleri", _RANK + "u"} for k in known)
    paired = sum(1 for k in known if k in _UNIT_WORDS) >= 2
    return run if named or ranked or paired else []


def _bare(text: str, folded: str, run: list[re.Match[str]]) -> str:
    last = run[-1]
    word, known = text[last.start() : last.end()], _known(folded[last.start() : last.end()])
    word = re.split(r"['’`´]", word, maxsplit=1)[0]
    word = word[: len(known)] if known else word
    if known.endswith(("lig", "lug")):
        word = word[:-1] + "k"
    return " ".join([*(text[w.start() : w.end()] for w in run[:-1]), word])
