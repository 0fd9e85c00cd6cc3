"""The labels of staff's short form, as hurried people write them: numbered, misspelt, without a colon.

Only the sheet's own headers and what offices call them count, so that a colon within the words is no label. A label
without a colon counts only in a mail that names a channel by a line of its own.
"""

import re
from functools import lru_cache

from daemon.domain.request import Channel
from daemon.domain.text import fold

_LABELS = {
    "kanal": "channel",
    "gelis kanali": "channel",
    "talep kanali": "channel",
    "kanali": "channel",
    "gelis sekli": "channel",
    "mahalle": "neighbourhood",
    "mahallesi": "neighbourhood",
    "mahalle adi": "neighbourhood",
    "muhtarlik": "neighbourhood",
    "muhtarligi": "neighbourhood",
    "muhtar": "headman",
    "muhtari": "headman",
    "muhtar adi": "headman",
    "muhtar adi soyadi": "headman",
    "muhtarin adi": "headman",
    "muhtarin adi soyadi": "headman",
    "arayan muhtar": "headman",
    "konu": "subject",
    "talep konusu": "subject",
    "konusu": "subject",
    "talebin konusu": "subject",
    "talebin ozeti": "subject",
    "talep": "description",
    "talebi": "description",
    "aciklama": "description",
    "aciklamasi": "description",
    "talep aciklamasi": "description",
    "talebin aciklamasi": "description",
    "talep detayi": "description",
    "talep metni": "description",
    "talebin detayi": "description",
    "detay": "description",
    "mudurluk": "directorate",
    "mudurlugu": "directorate",
    "birim": "directorate",
    "ilgili mudurluk": "directorate",
    "ilgili birim": "directorate",
    "tarih": "date",
    "tarihi": "date",
    "gelis tarihi": "date",
    "arama tarihi": "date",
    "gorusme tarihi": "date",
    "talep tarihi": "date",
    "tel": "phone",
    "tlf": "phone",
    "tel no": "phone",
    "telefon": "phone",
    "telefon no": "phone",
    "telefonu": "phone",
    "cep": "phone",
    "cep telefonu": "phone",
    "gsm": "phone",
    "arayan no": "phone",
    "arayan numara": "phone",
}
_NO_SLIPS = frozenset({"konum", "konut", "kanat", "kanar", "kanun", "muhtac", "tarife", "tarim", "mahalli"})
"""Words of their own, one letter away from a label."""
_SHORTEST_SLIP = 4
_SHORTEST_CHANNEL, _LONGEST_CHANNEL = 5, 30
_CHANNELS = {
    Channel.PHONE: ("tel", "telefonla", "telefon gorusmesi", "arama", "cep"),
    Channel.VERBAL: ("sozel", "yuz yuze", "yuzyuze", "elden", "ziyaret", "makam"),
    Channel.FIELD: ("saha ziyareti", "saha gezisi", "sahada", "arazi", "yerinde"),
    Channel.WHATSAPP: ("wp", "wapp", "whats app", "watsap", "watsapp", "whatsap"),
    Channel.PETITION: ("dilekce ile", "yazili"),
}
_CHANNEL_WORDS = {word: channel.value for channel, said in _CHANNELS.items() for word in said}
_OWN_NAMES = {fold(channel.value): channel.value for channel in Channel}
_COUNTED = r"(?:\(?(?:\d{1,2}|[a-h])[.)]{1,2}\s{0,2}[-–]?\s{0,2}|\d{1,2}\s?[-–]\s?)?"
"""Forms and lines are often counted: "1) Kanal: …", "b. Mahalle: …"."""
_BEFORE = rf"^[^\w\n(]{{0,6}}{_COUNTED}\**\s?"
_LABEL = r"([^\W\d]+(?: [^\W\d]+){0,2})"
_LINE = re.compile(rf"{_BEFORE}{_LABEL}\**(?:\s{{0,4}}[:：=]|\s{{1,4}}[-–](?=\s))\**\s{{0,4}}(.*)$")
_BARE = re.compile(rf"{_BEFORE}([^\W\d]+)\**\s{{1,8}}(\S.*)$")
_WORD = re.compile(r"[^\W\d_]{3,}")
_FIGURES = 10
"""Of a telephone number."""
_NAMES = frozenset({"neighbourhood", "headman", "directorate"})
_MOST_SMALL_WORDS = 3
_TELLS = re.compile(
    r"(?:yor\w*|[dt][iu](?:r|k|m|n|ler|lar)?|m[iu]s|[ae]c[ae]k|s[iu]n(?:l[ae]r)?|var|yok)$|[.,!?]"
    r"|\b(?:halk\w*|sakin\w*|icin|icinde\w*|genelinde|olarak|bu|cok)\b"
)
_MOST_BARE_WORDS = {"neighbourhood": 4, "headman": 4, "directorate": 5, "subject": 15}


@lru_cache(maxsize=1_024)
def key_of(label: str) -> str:
    """The sheet's column that a label means, ``""`` for none; one wrong letter is forgiven."""
    folded = " ".join(fold(label).split())
    if found := _LABELS.get(folded):
        return found
    if len(folded) < _SHORTEST_SLIP or folded in _NO_SLIPS:
        return ""
    from rapidfuzz.distance import OSA

    near = {
        key
        for known, key in _LABELS.items()
        if len(known) > _SHORTEST_SLIP - 1
        and known[0] == folded[0]
        and OSA.distance(known, folded, score_cutoff=1) <= 1
    }
    return near.pop() if len(near) == 1 else ""


def labelled(line: str) -> tuple[str, str]:
    """(column key, value) of a line that begins with a label and its colon; ``("", "")`` of any other."""
    found = _LINE.match(line)
    key = key_of(found[1]) if found else ""
    return (key, found[2].strip().strip("*").strip()) if found and key else ("", "")


def value_at(line: str) -> int:
    """Where the value of a labelled line begins."""
    found = _LINE.match(line)
    return found.start(2) if found else 0


def bare_labelled(line: str) -> tuple[str, str]:
    """The same of a line whose label has no colon: "MAHALLE FATİH", or the two cells of a table's row."""
    found = _BARE.match(line)
    key = _LABELS.get(fold(found[1]), "") if found else ""
    if found is None or not key or fold(found[1]).startswith("muhtarli"):
        return "", ""  # "Muhtarlık İşleri Müdürlüğü" stands below every mail
    value = found[2].strip().strip("*").strip()
    if key == "channel":
        return (key, value) if channel_named(value) else ("", "")
    if key == "phone":
        return (key, value) if sum(c.isdigit() for c in value) >= _FIGURES else ("", "")
    if key == "date":
        return (key, value) if value[:1].isdigit() else ("", "")
    if key in _NAMES and not (_is_capitalised(value) or (key != "headman" and _may_be_name(value))):
        return "", ""  # "muhtar onarım istedi"
    return (key, value) if len(value.split()) <= _MOST_BARE_WORDS.get(key, 1_000) else ("", "")


def _is_capitalised(value: str) -> bool:
    return all(word[0].isupper() or word[0].isdigit() for word in value.split())


def _may_be_name(value: str) -> bool:
    """Few small words that say nothing of what happens: "mahalle köşk", not "mahalle halkı istiyor"."""
    return len(value.split()) <= _MOST_SMALL_WORDS and not _TELLS.search(fold(value))


def without_phones(text: str) -> str:
    """The words without the lines that only give a telephone ("Tel: 0532 …"): they tell how to call, not what about."""
    return "\n".join(line for line in text.split("\n") if not _is_phone(line))


def _is_phone(line: str) -> bool:
    key, value = labelled(line)
    said = value if key == "phone" else bare_labelled(line)[1] if bare_labelled(line)[0] == "phone" else ""
    return sum(c.isdigit() for c in said) >= _FIGURES and not _WORD.search(said)


def channel_named(text: str) -> str:
    """The channel as the sheet calls it, by its own name or another in use; ``""`` for none."""
    folded = " ".join(fold(text).split())
    return _OWN_NAMES.get(folded) or _CHANNEL_WORDS.get(folded) or _nearly_named(folded)


@lru_cache(maxsize=256)
def _nearly_named(folded: str) -> str:
    if not _SHORTEST_CHANNEL <= len(folded) <= _LONGEST_CHANNEL:
        return ""
    from rapidfuzz.distance import OSA

    near = {
        name
        for own, name in _OWN_NAMES.items()
        if len(own) >= _SHORTEST_CHANNEL and OSA.distance(own, folded, score_cutoff=1) <= 1
    }
    return near.pop() if len(near) == 1 else ""
