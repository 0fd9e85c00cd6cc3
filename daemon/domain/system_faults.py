"""What the operating system refused, in Turkish: its own words (``strerror``) are English and reach people."""

import errno
from collections.abc import Mapping

_TOLD = {
    errno.ENOENT: "böyle bir dosya yok",
    errno.ENOTDIR: "böyle bir dosya yok",
    errno.EISDIR: "bu bir klasör",
    errno.EACCES: "erişim izni yok",
    errno.EPERM: "erişim izni yok",
    errno.EROFS: "disk salt okunur",
    errno.ENOSPC: "diskte yer yok",
    errno.EDQUOT: "disk kotası dolu",
    errno.EFBIG: "dosya çok büyük",
    errno.ENAMETOOLONG: "dosya adı çok uzun",
    errno.ELOOP: "bağlantılar birbirini gösteriyor",
    errno.EIO: "disk hatası",
    errno.EBUSY: "başka bir program kullanıyor",
    errno.ETXTBSY: "başka bir program kullanıyor",
    errno.ENOLCK: "dosya kilitlenemiyor",
    errno.ESTALE: "ağ bağlantısı koptu",
    errno.EHOSTDOWN: "ağ bağlantısı koptu",
    errno.ETIMEDOUT: "yanıt gelmedi",
    errno.ENOMEM: "bellek yetmiyor",
    errno.EMFILE: "çok fazla dosya açık",
    errno.ENFILE: "çok fazla dosya açık",
}


def told_of(fault: OSError, where: Mapping[int, str] | None = None) -> str:
    """Why, for a sentence's brackets; ``where`` says more exactly what some errors mean there, by their number."""
    number = fault.errno or 0
    return (where or {}).get(number) or _TOLD.get(number) or f"işletim sistemi hatası {number}"
