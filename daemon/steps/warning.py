"""Who is told that somebody wrote in his name: the true address, at most once a day, without the mail's words."""

from collections.abc import Iterator
from datetime import date

from daemon.domain.clock import day_of
from daemon.domain.impostor import suspect
from daemon.domain.notice import Notice, Occasion
from daemon.domain.registry import same_address
from daemon.steps.case import Case

_TITLE = "Adınıza yazılmış görünen bir ileti işleme alınmadı"
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
    imitated = suspicion.imitated if suspicion else next(_whose_letter_is_answered(case), "")
    if imitated not in known:
        return ()
    return (_notice(imitated, f"{today:%d.%m.%Y} günü, sizin adınıza veya size yazdığımız bir yazıya karşılık, "
                    "yetkili olmayan başka bir adresten ileti geldi.", today),)  # fmt: skip


def _whose_letter_is_answered(case: Case) -> Iterator[str]:
    """Whom we wrote the letter that a stranger answers: it was passed on, or taken."""
    mail = case.box.mail
    for message_id in (*mail.in_reply_to, *mail.references[:20]):
        if letter := case.tx.letter_about(message_id):
            yield same_address(letter.recipient)


def _notice(address: str, what: str, today: date) -> Notice:
    return Notice(
        key=f"{Occasion.OFFICE_NOTICE}/unproven/{address}/{today}",
        occasion=Occasion.OFFICE_NOTICE,
        recipient=address,
        facts={"title": _TITLE, "lines": (what, _ADVICE)},
    )
