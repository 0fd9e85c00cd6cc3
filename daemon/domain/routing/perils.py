"""Danger to life by what it is made of: people tell of it with more things than anybody lists.

A listed phrase names one thing ("rögar kapağı yok"). Here whole kinds of things stand: whatever people can fall into,
whatever covers it or keeps them from it, whatever can come down on them. All is folded; a sentence is read as one line.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from daemon.domain.routing.mishaps import MISHAPS
from daemon.domain.routing.peril_words import FEW, SOME, WHAT_DRIVES, WHO
from daemon.domain.routing.tokens import Token
from daemon.domain.routing.vocabulary import Hit

_INTO = (
    r"\b(?:(?:kuyu|kanal|cukur|dere|irma|nehr|golet|baraj|havuz|menfez|[rl][ou]gar|mazgal|izgara|boslu[gk]|ucurum|"
    r"fos+epti|sarnic|hende|obru|kanalizasyon|sarampol|temel|kazi|yatagi|bodrum)\w*[ae]|gol(?:un)?e|suya|sele|"
    r"icine(?! dustug))\b"
)
_FAR_DOWN = r"\b(?:(?:kuyu|kanal|dere|irma|nehr|golet|baraj|havuz|ucurum|sarampol|obru)\w*[ae]|gol(?:un)?e|suya|sele)\b"
_FELL = (
    r"\b(?:dus(?:tu|mus|uyo|ecek|uver|up\b)|yuvarlan(?:di|mis|iyo|ip\b)|uc(?:tu|mus)|gomul(?:du|mus)|saplan(?:di|mis)|"
    r"bat(?:ti|mis)|kapil(?:di|mis)|devril(?:di|mis)|savrul(?:du|mus))\w*"
)
_OPENING = (
    r"\b(?:[rl][ou]gar|kuyu|fos+epti[kg]|menfez|mazgal|menhol|sarnic|su depo|izgara|galeri|asansor bosl|"
    r"hendek)\w*"
)
_DEEP = r"\b(?:kuyu|cukur|hende[kg]|kazi|temel)\w*"
_WIRED = r"\b(?:telekom|telefon|elektrik|aski|altyapi|alt yapi|kanal|kanalizasyon|baca)"
_COVER = r"\b(?:kapa[gk]\w*|agz\w*|ustu|uzeri)\b"
_LACKING = (
    r"\b(?:yok|yoktur|acik|acikta|aciktir|kirik|kiril(?:di|mis)\w*|calin(?:di|mis)\w*|cok(?:tu|mus)\w*|"
    r"kop(?:tu|mus|uk)\w*|"
    r"sokul(?:du|mus)\w*|cik(?:ti|mis)\w*|dus(?:tu|mus)\w*|eksik|kapatil?ma(?:di|mis)\w*|kapanma(?:di|mis)\w*|"
    r"(?:kapali|yerinde|ortulu) degil|yerinden cik\w*)\b"
)
_GUARD = r"\b(?:korkulu[gk]|bariyer|parmakli[gk]|tirabzan|trabzan|kupeste)\w*"
_BROKEN = (
    r"\b(?:kop(?:tu|mus|uk|arilmis)|sokul(?:du|mus)|kiril(?:di|mis)|devril(?:di|mis)|calin(?:di|mis)|dus(?:tu|mus)|"
    r"uc(?:tu|mus)|yikil(?:di|mis)|kesilmis)\w*"
)
_HIGH = (
    r"\b(?:kopru|viyadu|ust ?gecit|ust ?gecid|ucurum|asagi|boslu[gk]|dere|kanal|irma|metre|balkon|teras|cati|yuksek|"
    r"yamac)\w*"
)
_VERY_HIGH = r"\b(?:ucurum|asagisi|asagiya|boslu[gk]|metre|viyadu)\w*"
_COMES_DOWN = r"(?:kop|dus|yikil|cok|goc|devril|uc|yuvarlan)"
_TRAPPED = rf"\b(?:icinde|icerde|iceride|icerisinde){FEW}(?:insan|cocuk|kisi|vatandas|kadin|adam|bebek)"
_ELDER = r"\b(?:yasli|teyze|amca|dede|nine|komsu|kadin|adam|anne|baba|hasta)(?!l[ae]r)\w*"
_SILENT = r"(?:ses (?:vermiyo|yok|gelmiyo|cikmiyo)|haber al(?:amiyo|inami)|kapiyi acmiyo)\w*"
_ALONE = r"(?:gun(?:dur|lerdir)|yalniz\w*)"
_JUMPS_FROM = r"\b(?:kopru|cati|balkon|bina|apartman|kule|dam(?:dan|in|a)\b|pencere|viyadu|ust gecit)\w*"
_FELL_IN = (
    rf"{WHO}{SOME}{_INTO}{FEW}{_FELL}",
    rf"{_INTO}{SOME}{WHO}{FEW}{_FELL}",
    rf"{WHAT_DRIVES}{SOME}{_FAR_DOWN}{FEW}{_FELL}",
    rf"{WHO} (?:(?!toz|koku|duman|sicak|egzoz|gurultu)\w+ )?bogul(?:du|mus|uyo)\w*(?! diye)",
)
_OPEN = (
    rf"{_OPENING}{FEW}{_COVER}{FEW}{_LACKING}",
    rf"{_DEEP} (?:etraf|cevre)\w* acik\b",
    rf"{_DEEP} (?:agzi|ustu) {_LACKING}",
    rf"{_WIRED}\w* (?:rogari\w* )?kapa[gk]\w* (?:\w+ )?{_LACKING}",
    r"(?<!dipleri )(?<!dibi )\b(?:izgara|mazgal)\w* (?:\w+ )?(?:calin(?:di|mis)|kop(?:tu|mus))\w*",
    rf"\basansor\w* bosl\w* acik\b|\basansor\w*{FEW}boslug\w* acil\w*",
)
_UNGUARDED = (
    rf"{_HIGH}{SOME}{_GUARD}{FEW}{_BROKEN}",
    rf"{_GUARD}{FEW}{_BROKEN}(?: \w+)? (?:{_VERY_HIGH}|\bust ?ge[cd])",
    rf"{_VERY_HIGH}{SOME}{_GUARD} (?:yok|kirik|eksik)\b",
    rf"{_GUARD} (?:yok|kirik|eksik)\w*{SOME}{_VERY_HIGH}",
)
_ABOUT_TO_FALL = (
    rf"\b({_COMES_DOWN})[td][iu]\w* \1[ae]c[ae][kg]\w*",
    rf"\b{_COMES_DOWN}m[ae]k uzere\b",
    rf"\b(?:minare|baca(?![gk])|vinc|iskele|direk|direg|kule|duvar)\w*{FEW}sallaniyo\w*",
)
_CURRENT = (
    rf"\b(?:pano|kablo|trafo|elektrik)\w*{FEW}su(?:yun|larin)? (?:icinde|altinda)\w*",
    r"\b(?:gerilim|nakil|enerji)\w*(?: tel\w*| hat\w*)?"
    rf"{SOME}\b(?:sark(?:ti|mis|iyo)|in(?:di|mis)\b|degecek|kop(?:tu|mus))\w*",
    rf"\bdal\w*{SOME}(?:tel|kablo)\w*{SOME}(?:asili|takili)\b",
)
_WATER_FIRE_GAS = (
    rf"\b(?:dere|su|sel)\w*{SOME}(?:ev|bodrum|dukkan)\w* girmek uzere",
    rf"\bimdat{SOME}(?:yangin|yaniyo|boguluyo|kurtar)\w*",
    r"\b(?:tup|lpg)\w* (?:\w+ )?(?:kacir|sizdir)[iy]\w*",
    rf"\bgaz\w*{FEW}kacak (?:var|oldu)",
    rf"\btanker\w*{FEW}(?:devril(?:di|mis)|siz(?:di|iyo|dir))\w*",
)
_IN_DISTRESS = (
    rf"\b(?:gomul|kop(?:tu|mus)|devril(?:di|mis)|yan yat|cok(?:tu|mus)|yikil(?:di|mis)|duman|su bas|asansor)\w*"
    rf"{SOME}{_TRAPPED}",
    rf"{_JUMPS_FROM}{SOME}(?:atlayaca|atlamak (?:isti|uzere)|kendini (?:at(?:ti|a)|asag))\w*",
    rf"{_ELDER}{SOME}{_ALONE}{SOME}{_SILENT}",
    rf"{_ELDER}{FEW}haber (?:alamiyo|alinami)\w*{SOME}(?:yalniz|kapiyi acmiyo)\w*",
)
_PERILS = [
    (re.compile(needs), [re.compile(pattern) for pattern in kind])
    for needs, kind in (
        (rf"{_FELL}|bogul", _FELL_IN),
        (r"kapa[gk]|agz|\bustu\b|uzeri|etraf|cevre|izgara|mazgal|asansor", _OPEN),
        (_GUARD, _UNGUARDED),
        (r"uzere|[ae]c[ae][kg]|sallan", _ABOUT_TO_FALL),
        (r"pano|kablo|trafo|elektri|gerilim|nakil|enerji|\bdal", _CURRENT),
        (r"girmek uzere|imdat|\btup|\blpg|kacak|tanker", _WATER_FIRE_GAS),
        (r"\bic(?:inde|er)|atla(?:ya|ma)|kendini|\bses |haber|kapiyi", _IN_DISTRESS),
        *MISHAPS,
    )
]
"""Each kind with what a sentence must hold before it is worth the closer look."""
_FIGURES_OF_SPEECH = (
    "umut",
    "umud",
    "hayal",
    "plan",
    "proje",
    "emek",
    "emeg",
    "moral",
    "fiyat",
    "internet",
    "sabr",
)
"""What falls into the water, or breaks, in words alone: "umutlarımız suya düştü"."""


def perils(found: Sequence[Token]) -> Iterator[Hit]:
    """Where the words tell of a danger of these kinds; a hit's phrase is none of the mappings'."""
    for _, sentence in groupby(found, key=lambda token: token.sentence):
        yield from _perils_in(list(sentence))


def _perils_in(sentence: Sequence[Token]) -> Iterator[Hit]:
    starts, line = [], ""
    for token in sentence:
        starts.append(len(line))
        line += f"{token.folded}{token.suffix} "
    likely = (pattern for needs, kind in _PERILS if needs.search(line) for pattern in kind)
    for pattern in likely:
        for match in pattern.finditer(line):
            words = [
                token
                for token, start in zip(sentence, starts, strict=True)
                if match.start() <= start < match.end()
            ]
            if words and not any(word.folded.startswith(_FIGURES_OF_SPEECH) for word in words):
                yield Hit(-1, tuple(word.place for word in words))
