"""Who is told that somebody wrote in his name: the true address, at most once a day, without the mail's words."""

from collections.abc import Iterator
from datetime import date

from daemon.domain.clock import day_of
from daemon.domain.impostor import suspect
from daemon.domain.notice import Notice, Occasion
from daemon.domain.registry import same_address
from daemon.steps.case import Case

_TITLE = "Adınıza yazılmış görünen bir ileti işleme alınmadı"
_TITLE_ANSWERED = "Size yazdığımız bir yazıya başka bir adresten yanıt geldi"
_ADVICE = (
    "Bu nedenle hiçbir kayıt değiştirilmedi; konuyu Müdürlüğümüz ayrıca inceleyecektir. İleti sizinse, kurumsal "
    "e-posta adresinizden Müdürlüğümüzün yazısını yanıtlamanız; sizin değilse Müdürlüğümüze ve Bilgi İşlem "
    "birimine bilgi vermeniz uygun olacaktır."
)


def warnings_about(case: Case) -> tuple[Notice, ...]:
    """The notice to whoever a held mail speaks for without proof; none where nobody known is concerned."""
    sender = same_address(case.box.mail.sender.email)
    today = day_of(case.now)
    known = case.office.registry.speakers
    if sender in known:
        if case.verdict.may_change_requests:
            return ()
        return (_notice(sender, f"{today:%d.%m.%Y} günü sizin adresinizle gelen bir iletinin sizden geldiği "
                        "doğrulanamadı.", today),)  # fmt: skip
    suspicion = suspect(case.box.mail.sender, case.office.registry)
    if suspicion:
        what = f"{today:%d.%m.%Y} günü, sizin adınıza, yetkili olmayan başka bir adresten ileti geldi."
        return (_notice(suspicion.imitated, what, today),) if suspicion.imitated in known else ()
    recipient, numbers = next(_whose_letter_is_answered(case), ("", ""))
    if recipient not in known:
        return ()
    what = f"{today:%d.%m.%Y} günü, size yazdığımız {numbers}yazıya, kayıtlı olmayan başka bir adresten yanıt geldi."
    return (_notice(recipient, what, today, title=_TITLE_ANSWERED),)


def _whose_letter_is_answered(case: Case) -> Iterator[tuple[str, str]]:
    """Whom we wrote the letter that a stranger answers, and about what: it was passed on, or taken.

    What concerns an external body is passed on as a matter of course.
    """
    mail = case.box.mail
    for message_id in (*mail.in_reply_to, *mail.references[:20]):
        if letter := case.tx.letter_about(message_id):
            about = case.tx.requests_numbered(case.tx.requests_of_message([message_id]))
            if not any(request.external_body for request in about):
                numbers = ", ".join(sorted(request.number for request in about)[:5])
                yield same_address(letter.recipient), f"{numbers} numaralı talebe ilişkin " if numbers else ""


def _notice(address: str, what: str, today: date, *, title: str = _TITLE) -> Notice:
    return Notice(
        key=f"{Occasion.OFFICE_NOTICE}/unproven/{address}/{today}",
        occasion=Occasion.OFFICE_NOTICE,
        recipient=address,
        facts={"title": title, "lines": (what, _ADVICE)},
    )
