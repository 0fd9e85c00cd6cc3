"""Labels of forms and columns: which fact ``Başvuru Numarası``, ``basvuruNo`` or ``BAŞVURU NO *`` stands for.

Compared folded, word by word, with the endings that forms vary in made one. A label that was slightly renamed is
still found (rapidfuzz), but only when it is long, very near and near to one fact alone: a wrong column costs more
than an unread one.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Generic, TypeVar

from rapidfuzz import fuzz, process

from daemon.domain.text import fold

_NEAR = 88.0
"""Per cent of alike letters; "basvuru tarih" and "basvuru tur" have 83."""
_LEAD = 4.0
"""By so much the best fact must be nearer than any other."""
_SHORTEST = 6
"""Letters below which a label must be right: "no", "konu" and "tur" differ by one."""
LONGEST = 60

_INNER_CAPITAL = re.compile(r"(?<=[a-zçğıöşü0-9])(?=[A-ZÇĞİÖŞÜ])")
_REMARK = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_PLURAL = re.compile(r"([a-z]{4,})l[ae]ri?")
_WORD = re.compile(r"[a-z0-9]+")
_JOINED = (("e posta", "eposta"), ("e eposta", "eposta"), ("e mektup", "eposta"), ("cep telefon", "telefon"))
_ALIKE = {
    "numarasi": "no",
    "numara": "no",
    "nosu": "no",
    "num": "no",
    "number": "no",
    "id": "no",
    "tarihi": "tarih",
    "trh": "tarih",
    "tar": "tarih",
    "adi": "ad",
    "ismi": "isim",
    "soyadi": "soyad",
    "mah": "mahalle",
    "mahallesi": "mahalle",
    "muhtari": "muhtar",
    "muhtarin": "muhtar",
    "tel": "telefon",
    "tlf": "telefon",
    "telefonu": "telefon",
    "gsm": "telefon",
    "mail": "eposta",
    "email": "eposta",
    "turu": "tur",
    "konusu": "konu",
    "metni": "metin",
    "icerigi": "icerik",
    "aciklamasi": "aciklama",
    "acikl": "aciklama",
    "durumu": "durum",
    "adresi": "adres",
    "bilgisi": "bilgi",
}

F = TypeVar("F")


def label_key(label: str) -> str:
    """The form in which two spellings of one label are equal."""
    spaced = _INNER_CAPITAL.sub(" ", _REMARK.sub(" ", label[: 2 * LONGEST]))
    plain = " ".join(_ALIKE.get(word, singular(word)) for word in _WORD.findall(fold(spaced)))
    for apart, joined in _JOINED:
        plain = plain.replace(apart, joined)
    return plain


def singular(word: str) -> str:
    """A folded word without its plural: "talepler" → "talep"."""
    found = _PLURAL.fullmatch(word)
    return _ALIKE.get(found[1], found[1]) if found else word


class LabelBook(Generic[F]):
    """The labels of one source. Asking is cheap: forms repeat theirs, so answers are remembered."""

    def __init__(self, labels: Mapping[F, Iterable[str]]) -> None:
        self._exact: dict[str, F] = {}
        for fact, aliases in labels.items():
            for alias in aliases:
                self._exact.setdefault(label_key(alias), fact)
        self._exact.pop("", None)
        self._long = [key for key in self._exact if len(key) >= _SHORTEST]
        self._seen: dict[str, F | None] = {}

    def fact_of(self, label: str) -> F | None:
        """The fact that stands under ``label``, or ``None``."""
        if len(label) > LONGEST:
            return None
        key = label_key(label)
        if key not in self._seen and len(self._seen) < 10_000:
            self._seen[key] = self._find(key)
        return self._seen.get(key)

    def exactly(self, label: str) -> F | None:
        """The fact of a label that is written as it should be."""
        return self._exact.get(label_key(label)) if len(label) <= LONGEST else None

    def first_of(self, labels: Sequence[str]) -> F | None:
        """The fact of the first label that stands for one."""
        return next((fact for label in labels if (fact := self.fact_of(label)) is not None), None)

    def _find(self, key: str) -> F | None:
        if key in self._exact:
            return self._exact[key]
        if len(key) < _SHORTEST:
            return None
        best: dict[F, float] = {}
        for alias, score, _ in process.extract(key, self._long, scorer=fuzz.ratio, limit=8):
            fact = self._exact[alias]
            best[fact] = max(score, best.get(fact, 0.0))
        ranked = sorted(best.items(), key=lambda item: -item[1])
        if not ranked or ranked[0][1] < _NEAR:
            return None
        return ranked[0][0] if len(ranked) == 1 or ranked[0][1] - ranked[1][1] >= _LEAD else None
