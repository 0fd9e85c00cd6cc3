"""Words of a conversation that ask for nothing by themselves: where it is, whom to call, a wish beside a picture.

What only tells where belongs to the matter that is spoken of, whatever stands there ("otobüs durağının arkası"). What
tells of trouble or pleads, in however few words, is never taken for a detail.
"""

import re

from daemon.domain.duplicates import matter_of
from daemon.domain.routing.nature import pleads, tells_of_trouble, understand
from daemon.domain.routing.values import Nature
from daemon.domain.small_talk import is_small_talk
from daemon.domain.text import fold

_CLAUSE = re.compile(r"[,;\n]| [-–] ")
_MOST_WORDS = 8
_BESIDE = re.compile(
    r"(?:on|yan|yanibas|alt|ust|ic|dib|son|bas|yakin|civar|kenar|giris|cikis|bitisig|(?:orta|karsi|arka|kose|ara|hiza|bahce|cevre|ileri)s)"
    r"[iu](?:n[ae]|n[dt][ae](?:y[iu][mz]|d[iu]r)?)?"
)
"""A position in relation to something, as the last word: "önü", "karşısında", "arkasına"."""
_ADDRESS = re.compile(r"^adres\w*\b|\badres\w*$")
_OF_ADDRESSES = frozenset(
    {"adres", "kat", "daire", "mahal", "blok", "apart", "site", "sites", "bina", "kapi"}
)
"""Beginnings of words that stand beside a street and its number, as :func:`matter_of` cuts them."""
_TELEPHONE = re.compile(r"(?:\d[\s.()/-]*){10,12}")
_EXISTS = re.compile(r"\b(?:var|yok)\b")
_IN_OR_WHEN = r"(?:aksam|gece|sabah|karanlik)\w*|\w{3,}[dt][ae]|hic|pek|iyi|cok|zor|bile|da|de"
_UNSEEN = re.compile(
    rf"(?:(?:{_IN_OR_WHEN}) ){{0,4}}(?:gorun|gorul|gozuk|fark edil|belli ol)(?:m[iu]yo\w*|m[ae]z\w*|m[ae]d[iu]\w*)"
)
"""Names nothing that could not be seen: what was told of before is meant."""
_WITHDRAWS = re.compile(
    r"\bgerek kalma(?!dan)|\bvazgec(?!il)|\bhal(?:lettik|letti|loldu|lolmus)\b|\bgelmesinler\b|"
    r"\b(?:taleb|basvuru|sikayet|kayd)\w* (?:\w+ )?(?:kapat|iptal|geri (?:cek|al))|"
    r"\b(?:yanlislikla|sehven) (?:yaz|gonder|yolla|at)"
)
_CHAIN = re.compile(
    r"^\W*(?:bircok kez iletildi|forwarded many times)\b|"
    r"\b(?:herkese|herkesle|gruplar\w*|tanidik\w*|sevdikler\w*|arkadaslariniz\w*) (?:\w+ )?"
    r"(?:ilet|paylas|gonder|yolla|yay)(?:[iu]n(?:[iu]z)?|y?[ae]l[iu]m)\b"
)
_ASKS = re.compile(r"\?|\b(?:hangi|ner[ae]\w*|kac\w*|nedir|neresi|kim\w*|m[iu]|m[iu]s[iu]n\w*)\b")
_NOBODY_KNOWS = re.compile(r"\b(?:ne|n) ?old\w+ (?:\w+ ){0,2}(?:bilm|anlamad|anlayamad|belli degil)")
_WISHES = re.compile(
    r"\b(?:hayirli (?:cuma|ramazan|kandil|bayram|iftar|sahur|gece|hafta)|"
    r"iyi (?:bayram|gece|uyku|pazar|sene|tatil|hafta)|"
    r"(?:mubarek|kutlu) ol|kutla[rm]|kutluyor|nice (?:yil|sene)|amin\b|basiniz sag|rahmet)"
)


def is_detail(text: str) -> bool:
    """Whether the words only tell where or whom to call, and nothing of what is wrong or wished for."""
    if pleads(text) or tells_of_trouble(text) or _EXISTS.search(fold(text)):
        return False
    clauses = [
        clause for part in _CLAUSE.split(text) if (clause := part.strip(" .!:*")) and not is_small_talk(part)
    ]
    return bool(clauses) and all(_is_place(clause) or _is_telephone(clause) for clause in clauses)


def _is_place(clause: str) -> bool:
    folded = fold(clause)
    words = re.findall(r"[a-z0-9]+", folded)
    if not words or len(words) > _MOST_WORDS:
        return False
    if len(words) > 1 and _BESIDE.fullmatch(words[-1]):
        return True
    matter = matter_of(clause)
    named = bool(matter.streets or matter.numbers)
    return named and (matter.things <= _OF_ADDRESSES or _ADDRESS.search(folded) is not None)


def _is_telephone(clause: str) -> bool:
    found = _TELEPHONE.search(clause)
    return found is not None and len((clause[: found.start()] + clause[found.end() :]).split()) < 4


def goes_on(text: str) -> bool:
    """Whether a sentence without a subject tells on of what stands above it: "akşam karanlıkta görünmüyor"."""
    return _UNSEEN.fullmatch(fold(text).strip(" .!…")) is not None


def is_bare_answer(text: str) -> bool:
    """Whether it only names something, as who is asked "hangi park?" answers: nothing is stated, nothing wished for."""
    return not (pleads(text) or tells_of_trouble(text) or _EXISTS.search(fold(text)))


def withdraws(text: str) -> bool:
    """Whether it says of what was asked for that it is needed no more."""
    return _WITHDRAWS.search(fold(text)) is not None


def only_asks_after(text: str) -> bool:
    """Whether it asks what has become of something, and neither complains nor wishes: "asfalt işi ne oldu?"."""
    return not (pleads(text) or tells_of_trouble(text)) and _is_after_something(text)


def asks_after(text: str) -> bool:
    """Whether it asks what has become of something, complaining or pleading perhaps: "lamba ne oldu, hâlâ yanmıyor";
    not "yola ne oldu bilmiyoruz, çökmüş"."""
    return _NOBODY_KNOWS.search(fold(text)) is None and _is_after_something(text)


def _is_after_something(text: str) -> bool:
    return understand("", text, evidence=lambda _: 0.0).nature is Nature.STATUS


def is_chain_letter(text: str) -> bool:
    """Whether it goes from telephone to telephone: marked so by the messenger, or asking to be passed on to all."""
    return _CHAIN.search(fold(text)) is not None


def asks_something(text: str) -> bool:
    """Whether the office asks a headman: what he says next may be the answer."""
    return _ASKS.search(fold(text)) is not None or pleads(text)


def only_wishes(text: str) -> bool:
    """Whether the words below a picture make it a greeting card: "Hayırlı cumalar"; not "Kolay gelsin", nor
    "Günaydın", with which whoever shows a broken pavement begins, too."""
    return _WISHES.search(fold(text)) is not None and not (matter_of(text).streets or tells_of_trouble(text))
