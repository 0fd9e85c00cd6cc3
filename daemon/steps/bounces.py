"""Delivery reports: which addresses they name, which of them are marked, and what the office is told."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from daemon.domain.clock import day_of
from daemon.domain.decision import Outcome
from daemon.domain.notice import Notice, Occasion
from daemon.domain.registry import same_address
from daemon.steps.case import Case, Ruled
from daemon.steps.no_request import ask_about_mail, remember

_UNLIKELY = "Teslim edilemedi raporu, gönderdiğimiz bir yazıya bağlanamadı; adres işaretlenmedi."
_MESSAGE_ID = re.compile(r"<[^<>\s]{3,400}>")


@dataclass(frozen=True, slots=True)
class Bounce:
    """One address that a delivery report names (RFC 3464)."""

    address: str
    permanent: bool
    why: str = ""


def take_bounce(case: Case, bounces: Sequence[Bounce], *, number: str) -> Ruled:
    """The addresses are marked and the office told, if the report is believable; ``number`` is the request that it is
    about, "" for none."""
    failed = [bounce for bounce in bounces if bounce.address]
    if not all(_is_believable(case, bounce) for bounce in failed if bounce.permanent):
        return ask_about_mail(case, _UNLIKELY, "")
    notices = tuple(
        _undeliverable(bounce, address, day_of(case.now))
        for bounce in failed
        if bounce.permanent
        for address in case.office.registry.office_people
    )
    ruled = remember(case, "bounce", "Gönderdiğimiz bir ileti geri döndü.", number=number)
    bad = tuple((bounce.address, bounce.why) for bounce in failed if bounce.permanent)
    return replace(ruled, outcome=ruled.outcome + Outcome(notices=notices), bad_addresses=bad)


def _is_believable(case: Case, bounce: Bounce) -> bool:
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


def _undeliverable(bounce: Bounce, recipient: str, today: date) -> Notice:
    """The notice to somebody of the office about an address that mail does not reach."""
    why = f"Alıcı sunucusunun bildirdiği neden: {bounce.why}" if bounce.why else ""
    return Notice(
        key=f"{Occasion.OFFICE_NOTICE}/bounce/{bounce.address}/{today}/{recipient}",
        occasion=Occasion.OFFICE_NOTICE,
        recipient=recipient,
        facts={
            "title": "Bir adrese ileti ulaşmıyor",
            "lines": (
                f"{bounce.address} adresine gönderilen ileti geri döndü; bu adrese artık ileti gönderilmeyecektir.",
                why,
                "Adres doğru değilse eşleme dosyasında düzeltilmesi, ilgilisine telefonla ulaşılması uygun "
                "olacaktır. Bu adresten ileti gelirse gönderim kendiliğinden yeniden başlar.",
            ),
        },
    )
