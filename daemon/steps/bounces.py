"""Delivery reports: which addresses they name, and what the office is told of them."""

from dataclasses import dataclass
from datetime import date

from daemon.domain.notice import Notice, Occasion


@dataclass(frozen=True, slots=True)
class Bounce:
    """One address that a delivery report names (RFC 3464)."""

    address: str
    permanent: bool
    why: str = ""


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
