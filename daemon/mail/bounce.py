"""Whose mailbox refused our letter, and whether for good: RFC 3464 reports and servers' own prose."""

import re
from dataclasses import dataclass

from daemon.domain.mail import Mail
from daemon.domain.text import fold, one_line

_EMAIL = r"[^\s<>\"'(),:;\[\]]{1,100}@[\w.-]{1,200}\w"
_FIELD = re.compile(r"^([A-Za-z-]{2,40})\s*:[ \t]*(.*(?:\n[ \t]+.*)*)", re.MULTILINE)
_STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_REPLY_CODE = re.compile(r"\b([45]\d\d)[ -]")
_PROSE = (
    re.compile(rf"<({_EMAIL})>\s*(?:\([^)]{{0,200}}\))?\s*:\s*(.{{0,400}}?)(?:\n\s*\n|$)", re.DOTALL),
    re.compile(
        r"(?:failed to the following|following recipient\(?s?\)?|following address(?:\(?es\)?)?|"
        r"recipients? or groups?|"
        r"[sş]u alıcılara|aşağıdaki (?:alıcı|kişi|adres)\w*|alıcı(?:lar)?a (?:veya|ya da) gruplara)"
        rf".{{0,300}}?({_EMAIL})(.{{0,400}})",
        re.DOTALL | re.IGNORECASE,
    ),
    re.compile(
        rf"(?:wasn't delivered to|could not be delivered to|delivering (?:your )?message to|iletiniz|"
        rf"mesajınız|your message to)"
        rf"\s+\W{{0,3}}({_EMAIL})(.{{0,400}})",
        re.DOTALL | re.IGNORECASE,
    ),
)
_TEMPORARY = re.compile(
    r"delayed|gecik|try again|tekrar dene|temporar|gecici|greylist|still being retried|"
    r"mailbox (?:is )?(?:full|over)|"
    r"over quota|quota exceeded|kota|posta kutusu dolu|will be retried|warning"
)


@dataclass(frozen=True, slots=True)
class Bounced:
    """Why one recipient did not get the letter. ``permanent`` is false for delays and full mailboxes."""

    reason: str
    permanent: bool


def bounced_recipients(mail: Mail) -> dict[str, Bounced]:
    """The addresses (lower case) that a bounce is about; empty when it names none."""
    found = _from_report(mail.report)
    for address in re.findall(_EMAIL, mail.header("x-failed-recipients")):
        found.setdefault(address.lower(), Bounced(_reason(mail.text), _is_permanent(mail.text)))
    return found or _from_prose(mail)


def _from_report(report: str) -> dict[str, Bounced]:
    found: dict[str, Bounced] = {}
    for group in re.split(r"\r?\n\s*\r?\n", report):
        fields = {name.lower(): " ".join(value.split()) for name, value in _FIELD.findall(group)}
        recipient = fields.get("original-recipient") or fields.get("final-recipient", "")
        address = re.search(_EMAIL, recipient.partition(";")[2] or recipient)
        action = fields.get("action", "").lower()
        if address is None or action in {"", "delivered", "relayed", "expanded"}:
            continue
        diagnostic = fields.get("diagnostic-code", "").partition(";")[2].strip()
        status = fields.get("status", "")
        full = bool(_TEMPORARY.search(fold(diagnostic))) or status.startswith("5.2.2")
        permanent = action == "failed" and not status.startswith("4") and not full
        found[address[0].lower()] = Bounced(
            one_line(f"{status} {diagnostic}".strip() or action, 200), permanent
        )
    return found


def _from_prose(mail: Mail) -> dict[str, Bounced]:
    text = mail.text[:10_000].replace("\r", "")
    own = {mail.sender.email, *(address.email for address in mail.to)}
    for pattern in _PROSE:
        found = {
            address.lower(): Bounced(_reason(rest) or _reason(text), _is_permanent(rest + " " + mail.subject))
            for address, rest in pattern.findall(text)
            if address.lower() not in own
        }
        if found:
            return found
    return {}


def _reason(text: str) -> str:
    coded = next((line for line in text.splitlines() if _STATUS.search(line) or _REPLY_CODE.search(line)), "")
    words = coded or next((line for line in text.splitlines() if any(c.isalnum() for c in line)), "")
    return one_line(words.strip(" :\t"), 200)


def _is_permanent(text: str) -> bool:
    status = _STATUS.search(text) or _REPLY_CODE.search(text)
    if status is not None and status[1][0] == "4":
        return False
    return not _TEMPORARY.search(fold(text))
