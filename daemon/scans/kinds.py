"""What kind of file it is, by its first bytes: names lie."""

from enum import StrEnum

from daemon.domain.errors import Unprocessable
from daemon.domain.files.limits import MOST_BYTES, MOST_PAGES

_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a", b"BM")
"""Of a picture that moves the first one is read."""
_ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c")


class Kind(StrEnum):
    """Files that hold pages."""

    PDF = "PDF"
    TIFF = "TIFF"
    PICTURE = "resim"
    HEIC = "HEIC"


def kind_of(data: bytes) -> Kind:
    """Raises :class:`Unprocessable` for what is no scan."""
    if not data:
        raise Unprocessable("empty file", reason="Dosya boş (0 bayt); lütfen yeniden tarayınız.")
    if len(data) > MOST_BYTES:
        size = len(data) // 1_000_000
        raise Unprocessable(
            f"file of {size} MB",
            reason=f"Dosya çok büyük ({size} MB; en çok {MOST_BYTES // 1_000_000} MB). "
            "Daha düşük çözünürlükle tarayınız.",
        )
    if b"%PDF-" in data[:1024]:
        return Kind.PDF
    if data[:4] in {b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"}:
        return Kind.TIFF
    if data.startswith(_PICTURES) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP"):
        return Kind.PICTURE
    if data[4:8] == b"ftyp" and data[8:12] in {b"heic", b"heix", b"mif1", b"msf1", b"hevc", b"heim", b"heis"}:
        return Kind.HEIC
    if data.startswith(_ARCHIVES):
        raise Unprocessable(
            "an archive of a kind that is not opened",
            reason="Dosya açılamayan türde bir arşiv (.rar, .7z); "
            "içindekileri .zip arşivi olarak veya ayrı ayrı veriniz.",
        )
    what = "bir program dosyası" if data[:2] in {b"MZ", b"\x7fE"} else "taranmış bir belge değil"
    raise Unprocessable(
        "not a scan by its first bytes",
        reason=f"Dosyanın içeriği {what}; açılmadı.",
    )


def too_many(pages: int) -> Unprocessable:
    return Unprocessable(
        f"{pages} pages",
        reason=f"Belge {pages} sayfa; bir kerede en çok {MOST_PAGES} sayfa okunur. Bölerek yeniden tarayınız.",
    )


def too_large(width: int, height: int) -> Unprocessable:
    return Unprocessable(
        f"picture of {width} × {height} pixels",
        reason=f"Resim çok büyük ({width} × {height} nokta); açılmadı. Daha düşük çözünürlükle tarayınız.",
    )


def corrupt(what: str) -> Unprocessable:
    return Unprocessable(
        f"corrupt: {what}", reason="Dosya bozuk veya eksik; açılamadı. Lütfen yeniden tarayınız."
    )


def encrypted() -> Unprocessable:
    return Unprocessable(
        "password-protected PDF",
        reason="PDF parola ile korunuyor; açılamadı. Lütfen parolasız hâlini isteyiniz.",
    )


def dynamic_form() -> Unprocessable:
    """An XFA form that makes its pages itself (ISO 32000-1, 12.7.8): in the file stands one that says "please wait"."""
    return Unprocessable(
        "a dynamic XFA form",
        reason="PDF, yalnızca Adobe Acrobat’ta açılan etkileşimli bir form (XFA); içeriği okunamadı. Gönderenden "
        "formu Acrobat’ta açıp “PDF olarak yazdır” ile kaydederek yeniden göndermesini isteyiniz.",
    )
