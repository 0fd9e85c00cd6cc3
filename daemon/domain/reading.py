"""What a mail means: a new request, a reply and what the reply says, or nothing that needs an answer."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from daemon.domain.answers.meaning import Meaning, Understanding, understand
from daemon.domain.answers.quotation import Split, split_quotation
from daemon.domain.answers.signature import strip_signature
from daemon.domain.automatic import is_automatic, is_bounce, is_list, is_out_of_office, is_spam
from daemon.domain.mail import Address, Mail
from daemon.domain.registry import same_address
from daemon.domain.request import AND_MORE
from daemon.domain.text import fold, tidy

__all__ = [
    "Kind",
    "Meaning",
    "Reading",
    "bare_subject",
    "is_forward_subject",
    "is_reply",
    "read_mail",
    "reading_json",
]
_NOBODY = Address("")


class Kind(StrEnum):
    """What sort of mail it is."""

    REQUEST = "request"
    REPLY = "reply"
    AUTO_REPLY = "auto_reply"
    BOUNCE = "bounce"
    LIST = "list"
    SPAM = "spam"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Reading:
    """A mail understood.

    ``text`` is what the writer wrote now (no quotation, signature, disclaimer); ``quoted`` the rest that was
    cut off. ``number`` is a request number found in the subject, headers or quotation, or ``None``.
    ``reference`` is the signed reference that our letter carried, if the reply brought it back.
    ``target`` is the directorate that a transfer names, as written. ``sure`` says whether ``meaning`` may
    change a request without a person's look.
    """

    kind: Kind
    subject: str
    text: str
    quoted: str = ""
    number: str | None = None
    reference: str = ""
    meaning: Meaning = Meaning.UNCLEAR
    sure: bool = False
    target: str = ""
    because: tuple[str, ...] = ()
    sender: Address = _NOBODY
    """Whose words ``text`` are: for a colleague's forward the writer of the forwarded mail."""
    forwarded_by: Address | None = None
    note: str = ""
    """What the colleague wrote above the mail that he forwarded."""
    signature: str = ""
    """What was cut off below the words; often the only place that names the neighbourhood."""
    numbers: tuple[str, ...] = ()
    """Every request number found, the surest first."""


_ANSWER_PREFIX = re.compile(r"\s*(?:re|ynt|yan|yanit|cevap|cvp|aw|sv|antw)\s*(?:\[\d+\]|\(\d+\))?\s*[:：]\s*")
_FORWARD_PREFIX = re.compile(
    r"\s*(?:ilt|ileti|ilet|iletilen|fw|fwd|wg|tr|yon)\s*(?:\[\d+\]|\(\d+\))?\s*[:：]\s*"
)
NUMBER = re.compile(r"\bmht\s{0,2}[-–—‐‑_/. ]\s{0,2}(20\d{2})\s{0,2}[-–—‐‑_/. ]\s{0,2}(\d{1,8})\b")
_OUR_NUMBER = re.compile(
    rf"\[\s*MHT-\d{{4}}-\d+\s*\](?:\s*{AND_MORE.format('[0-9]+')}\s*[–-])?", re.IGNORECASE
)
_REFERENCE = re.compile(r"MHT\.[A-Za-z0-9_-]{20,80}")


def read_mail(
    mail: Mail,
    *,
    office_address: str = "",
    is_staff: Callable[[str], bool] | None = None,
    is_headman: Callable[[str], bool | None] | None = None,
) -> Reading:
    """Understand ``mail``. ``is_staff`` tells colleagues, whose forwards speak with the forwarded voice.

    Without it everybody at the office's own domain is taken for a colleague: enough to show a reading, too
    little to act on one. ``is_headman`` tells whose words they are (``None``: a stranger's), since "yapılmadı"
    is a headman's complaint and a liaison's progress report.
    """
    if _sends_back(mail, office_address):
        mail = replace(mail, forwarded=None)
    kind = _early_kind(mail, office_address)
    forwards = mail.forwarded is not None and _is_colleague(mail.sender.email, office_address, is_staff)
    if mail.forwarded is not None and kind is None:
        return _read_forward(mail, mail.forwarded, office_address, speaks=forwards)
    is_answer = is_reply(mail)
    split = split_quotation(mail.text, is_answer=is_answer)
    text, signature = _words(split, mail.sender.name)
    numbers = find_numbers(mail, text, split.quoted)
    reference = find_reference(mail, split.quoted)
    if kind is None:
        answers = is_answer or bool(reference) or _is_about_number(mail, text)
        kind = _kind_of_words(mail, text, split, answers=answers)
    known = is_headman(mail.sender.email) if is_headman is not None else None
    to_headman = _audience(split.quoted) if known is None else known
    understood = _understand(mail, kind, text, to_headman)
    return Reading(
        kind=kind,
        subject=mail.letter_subject or bare_subject(mail.subject),
        text=text,
        quoted=split.quoted,
        number=_chosen(numbers),
        reference=reference,
        meaning=understood.meaning,
        sure=understood.sure,
        target=understood.target,
        because=understood.because,
        sender=mail.sender,
        signature=signature,
        numbers=tuple(number for number, _ in numbers),
    )


def reading_json(mail: Mail, reading: Reading) -> dict[str, object]:
    """The stable form of ``muhtarlik reading FILE --json``."""
    sender = reading.sender if reading.sender.email or reading.sender.name else mail.sender
    by = reading.forwarded_by
    return {
        "kind": reading.kind.value,
        "from": sender.email,
        "from_name": sender.name,
        "subject": mail.subject,
        "date": mail.date.isoformat() if mail.date else None,
        "text": reading.text,
        "quoted": reading.quoted,
        "attachments": [{"name": a.name, "type": a.type, "size": a.size} for a in mail.attachments],
        "number": reading.number,
        "meaning": reading.meaning.value,
        "sure": reading.sure,
        "target": reading.target or None,
        "forwarded_by": by.email if by else None,
        "note": reading.note,
        "signature": reading.signature,
        "because": list(reading.because),
        "faults": list(mail.faults),
    }


# --- kind -------------------------------------------------------------------------------------------------


def _early_kind(mail: Mail, office_address: str) -> Kind | None:
    """What headers alone decide; a machine's mail is never a request."""
    if is_bounce(mail):
        return Kind.BOUNCE
    if is_automatic(mail, office_address=office_address):
        return Kind.AUTO_REPLY
    if is_spam(mail):
        return Kind.SPAM
    return Kind.LIST if is_list(mail, office_address=office_address) else None


def _kind_of_words(mail: Mail, text: str, split: Split, *, answers: bool) -> Kind:
    if answers:
        return Kind.REPLY
    nothing = not text and not split.quoted and not mail.attachments
    return Kind.EMPTY if nothing and not bare_subject(mail.subject) else Kind.REQUEST


def is_reply(mail: Mail) -> bool:
    """Whether the mail says that it answers another. Forwards carry In-Reply-To too, but their own prefix."""
    folded = fold(mail.subject)
    if _FORWARD_PREFIX.match(folded):
        return False
    return bool(_ANSWER_PREFIX.match(folded) or mail.in_reply_to or mail.references)


def is_forward_subject(subject: str) -> bool:
    """Whether the subject begins with İLT:, FW:, Fwd: …, also behind a Re:."""
    folded = fold(subject[:200])
    while found := _ANSWER_PREFIX.match(folded):
        folded = folded[found.end() :]
    return bool(_FORWARD_PREFIX.match(folded))


def _is_about_number(mail: Mail, text: str) -> bool:
    """A mail begun by one of our buttons has the number in its subject, or a headman writes it first."""
    head = text[:300]
    return bool(NUMBER.search(fold(mail.subject)) or NUMBER.search(fold(head.partition("\n")[0])))


def _is_colleague(email: str, office_address: str, is_staff: Callable[[str], bool] | None) -> bool:
    if is_staff is not None:
        return is_staff(email)
    domain = office_address.rpartition("@")[2].lower()
    return not domain or same_address(email).endswith("@" + domain)


# --- words ------------------------------------------------------------------------------------------------


def _words(split: Split, name: str) -> tuple[str, str]:
    """The writer's passages without signatures; each may have one, the last first."""
    kept: list[str] = []
    cut: list[str] = []
    for passage in split.own:
        words, signature = strip_signature(passage, name=name)
        if words:
            kept.append(words)
        if signature:
            cut.append(signature)
    return tidy("\n\n".join(kept)), tidy("\n\n".join(cut))


def bare_subject(subject: str) -> str:
    """The subject without Re:, Ynt:, İLT:, FW: and our number in brackets."""
    folded, start = fold(subject), 0
    if len(folded) != len(subject):
        return subject.strip()
    while found := (_ANSWER_PREFIX.match(folded, start) or _FORWARD_PREFIX.match(folded, start)):
        start = found.end()
    rest = _OUR_NUMBER.sub("", subject[start:])
    again = rest.strip()
    return bare_subject(again) if again != subject.strip() else again


def find_numbers(mail: Mail, text: str, quoted: str) -> list[tuple[str, int]]:
    """(number, place) without doubles: 0 is the subject, 1 our Message-IDs, 2 the words, 3 the quotation."""
    ids = " ".join((*mail.in_reply_to, *mail.references))
    places = (mail.subject, ids, text, f"{quoted[:20_000]}\n{mail.report[:20_000]}")
    found: dict[str, int] = {}
    for place, source in enumerate(places):
        for match in NUMBER.finditer(fold(source)) if source else ():
            found.setdefault(f"MHT-{match[1]}-{int(match[2]):06d}", place)
    return list(found.items())


def _chosen(numbers: list[tuple[str, int]]) -> str | None:
    """The number of the surest place; a quotation that names several (a reminder's list) chooses none."""
    if not numbers:
        return None
    place = min(place for _, place in numbers)
    there = [number for number, where in numbers if where == place]
    return there[0] if len(there) == 1 or place in {0, 2} else None


def find_reference(mail: Mail, quoted: str) -> str:
    """The signed reference that our letter carried, from References, subject or quotation."""
    for source in (
        *mail.in_reply_to,
        *reversed(mail.references),
        mail.subject,
        quoted,
        mail.text[:20_000],
        mail.report[:20_000],
    ):
        if found := _REFERENCE.search(source):
            return found[0]
    return ""


# --- meaning ----------------------------------------------------------------------------------------------


def _understand(mail: Mail, kind: Kind, text: str, to_headman: bool | None) -> Understanding:
    match kind:
        case Kind.AUTO_REPLY:
            absent = is_out_of_office(mail)
            return Understanding(Meaning.OUT_OF_OFFICE if absent else Meaning.UNCLEAR, absent)
        case Kind.REPLY:
            return understand(text, to_headman=to_headman)
        case Kind.REQUEST:
            return _understand_request(mail, text)
        case _:
            return Understanding(Meaning.UNCLEAR)


def _understand_request(mail: Mail, text: str) -> Understanding:
    """A fresh mail is a request whatever it says, unless it only asks how things stand or thanks."""
    words = text or bare_subject(mail.subject)
    if fold(bare_subject(mail.subject)).strip(" .!?") == "durum" and len(text) < 200:
        words = "DURUM"
    if len(words) > 600:
        return Understanding(Meaning.UNCLEAR)
    understood = understand(words)
    return (
        understood
        if understood.meaning in {Meaning.STATUS, Meaning.THANKS}
        else Understanding(Meaning.UNCLEAR)
    )


def _audience(quoted: str) -> bool | None:
    """Whether the quoted letter went to a headman (``True``) or a liaison (``False``), by its buttons."""
    folded = fold(quoted[:20_000])
    headman = "sorun suruyor" in folded or "sayin muhtar" in folded
    liaison = "bize ait degil" in folded or "ek sure" in folded
    return None if headman == liaison else headman


# --- forwards ---------------------------------------------------------------------------------------------


def _sends_back(mail: Mail, office_address: str) -> bool:
    """Whether somebody answered our letter by pressing "forward": it is what he answers, not what he says."""
    inner = mail.forwarded
    if (
        inner is None
        or not office_address
        or same_address(inner.sender.email) != same_address(office_address)
    ):
        return False
    return bool(_words(split_quotation(mail.text, is_answer=True), mail.sender.name)[0])


def _read_forward(mail: Mail, inner: Mail, office_address: str, *, speaks: bool) -> Reading:
    """A colleague's forward speaks with the headman's voice; anybody else's is his own mail, all of it."""
    own = split_quotation(mail.text, is_answer=True)
    comment, signature = _words(own, mail.sender.name)
    read = read_mail(inner, office_address=office_address)
    words = read.text or inner.text
    text = words if speaks or not comment else f"{comment}\n\n{words}"
    numbers = find_numbers(mail, text, read.quoted)
    by_name = speaks and (inner.sender.email or inner.sender.name)
    return Reading(
        kind=Kind.REQUEST if text or mail.attachments or inner.attachments else Kind.EMPTY,
        subject=inner.letter_subject or bare_subject(inner.subject or mail.subject),
        text=tidy(text),
        quoted=read.quoted if speaks else own.quoted,
        number=_chosen(numbers),
        reference=find_reference(mail, own.quoted),
        sender=inner.sender if by_name else mail.sender,
        forwarded_by=mail.sender if by_name else None,
        note=comment if speaks else "",
        signature=read.signature or signature,
        numbers=tuple(number for number, _ in numbers),
    )
