"""The demo's play: who writes what, when. Names and addresses come from the shipped example office."""

from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr

from daemon.domain.clock import ISTANBUL
from daemon.domain.registry import Neighbourhood, Registry


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail that somebody writes to the office."""

    sender: str
    name: str
    subject: str
    text: str
    attachment: bytes = b""
    attachment_name: str = ""
    answers: str = ""
    """Message-ID of the letter that it answers."""
    headers: dict[str, str] = field(default_factory=dict)


def mime(letter: Letter, office: str, at: datetime) -> bytes:
    """The mail as its writer's program would send it."""
    message = EmailMessage()
    message["From"] = formataddr((letter.name, letter.sender))
    message["To"] = office
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(at.astimezone(ISTANBUL))
    message["Message-ID"] = f"<{at:%Y%m%d%H%M%S}.{abs(hash((letter.sender, letter.subject))):x}@example.com>"
    if letter.answers:
        message["In-Reply-To"] = letter.answers
        message["References"] = letter.answers
    message.set_content(letter.text)
    if letter.attachment:
        message.add_attachment(
            letter.attachment, maintype="application", subtype="pdf", filename=letter.attachment_name
        )
    return message.as_bytes(policy=SMTP)


_FIRST_MORNING = (
    (
        "Okul yolundaki çukurlar",
        "Sayın yetkili,\n\nMahallemizde ilkokulun önündeki yolda asfalt bozuldu, derin çukurlar oluştu. Servis "
        "araçları geçmekte zorlanıyor. Yama yapılmasını arz ederim.\n\nSaygılarımla,\n{headman}\n{place} Mahallesi "
        "Muhtarı",
    ),
    (
        "Çöp konteyneri",
        "Merhaba, pazar yerinin arkasındaki çöp konteynerleri üç gündür boşaltılmıyor, koku yapıyor. İlgilenilmesini "
        "rica ederim.\n\n{headman}",
    ),
    (
        "PARKTAKİ SALINCAK",
        "PARKTAKI COCUK OYUN GRUBUNDA SALINCAK KIRIK, BANKLAR DA SOKULMUS. COCUKLAR ICIN TEHLIKELI. TAMIRINI RICA "
        "EDERIZ",
    ),
    (
        "su ve köpekler",
        "Kolay gelsin,\n\n1) Sokağımızda su borusu patladı, yola su akıyor.\n2) Başıboş köpekler çocuklara "
        "saldırıyor, toplatılmasını istiyoruz.\n\nTeşekkürler\n{headman}",
    ),
    (
        "Görüştüğümüz konu",
        "Geçen gün görüştüğümüz konuyu bir an önce sonuca bağlayalım, gereğini arz ederim.\n\n{headman}",
    ),
)
"""(subject, text) of the first mails; the last one is vague on purpose, it waits in İnceleme."""


def first_morning(registry: Registry, scan: bytes) -> list[tuple[Neighbourhood, Letter]]:
    """The inbox of the first morning: five headmen by mail and one with a scanned petition."""
    writers = [place for place in registry.neighbourhoods if place.headman.emails]
    letters = [
        (place, _from(place, subject, text))
        for place, (subject, text) in zip(writers, _FIRST_MORNING, strict=False)
    ]
    last = writers[len(_FIRST_MORNING)]
    petition = Letter(
        last.headman.emails[0],
        last.headman.name,
        "Dilekçe",
        "Dilekçem ektedir.",
        attachment=scan,
        attachment_name="dilekçe.pdf",
    )
    return [*letters, (last, petition)]


def _from(place: Neighbourhood, subject: str, text: str) -> Letter:
    words = text.format(headman=place.headman.name, place=place.name)
    return Letter(place.headman.emails[0], place.headman.name, subject, words)


def reply(sender: str, name: str, subject: str, text: str, answers: str) -> Letter:
    """An answer to one of our letters, with the quotation that mail programs add."""
    quotation = (
        "\n\n7 Ara 2026 Pzt, 09:12 tarihinde Muhtarlık İşleri <muhtarlik@ornek.bel.tr> şunu yazdı:\n> …\n"
    )
    return Letter(sender, name, f"Re: {subject}", text + quotation, answers=answers)
