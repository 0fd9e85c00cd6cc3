"""Delivery reports: which addresses they name, and what the office is told of them."""

import re
from dataclasses import dataclass
from datetime import date

from daemon.domain.notice import Notice, Occasion
from daemon.domain.registry import same_address
from daemon.steps.case import Case

_MESSAGE_ID = re.compile(r"<[^<>\s]{3,400}>")


@dataclass(frozen=True, slots=True)
class Bounce:
    """One address that a delivery report names (RFC 3464)."""

    address: str
    permanent: bool
    why: str = ""


def is_believable(case: Case, bounce: Bounce) -> bool:
    """Whether the report is about a letter that we wrote to that address: anybody can write that a liaison's
    mailbox is gone, but nobody else knows our Message-IDs."""
    if not case.box.verdict.is_checked:
        return True
    mail = case.box.mail
    said = f"{' '.join((*mail.in_reply_to, *mail.references))}\n{mail.report}\n{mail.text[:50_000]}"
    returned = [mail.forwarded.message_id] if mail.forwarded else []
    ids = dict.fromkeys([*returned, *_MESSAGE_ID.findall(said)[:50]])
    letters = (case.tx.letter_about(each) for each in ids)
    return any(each and same_address(each.recipient) == same_address(bounce.address) for each in letters)


def undeliverable(bounce: Bounce, recipient: str, today: date) -> Notice:
    """The notice to somebody of the office about an address that mail does not reach."""
    why = f"Alıcı sunucusunun bildirdiği neden: {bounce.why}" if bounce.why else ""
    return Notice(
        key=f"{Occasion.OFFICE_NOTICE}/bounce/{bounce.address}/{today}/{recipient}",
        occasion=Occasion.OFFICE_NOTICE,
        recipient=recipient,
        facts={
            "title": "Bir adrese ileti ulaşmıyor",
            "lines": (
                f"{bounce.address} adresine gönderilen ileti geri döndü; bu adrese mektup gönderilmeyecektir.",
                why,
                "Adres doğru değilse eşleme dosyasında düzeltilmesi, ilgilisine telefonla ulaşılması uygun "
                "olacaktır. Bu adresten ileti gelirse gönderim kendiliğinden yeniden başlar.",
            ),
        },
    )
