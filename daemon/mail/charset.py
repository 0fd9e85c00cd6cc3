"""Bytes to Turkish text, whatever the label says.

Turkish offices label windows-1254 as iso-8859-9, iso-8859-1 or utf-8, and the other way round. Valid UTF-8
with a multibyte character is never anything else by chance; windows-1254 is a superset of ISO 8859-9 and
differs from windows-1252 in exactly the six Turkish letters. Labels are looked up in a closed list, since
Python's registry also holds codecs that are no character sets (``hex``, ``zlib``, ``idna``, ``undefined``).
"""

import codecs
import re
import unicodedata
from functools import lru_cache

TURKISH = "cp1254"
_LABEL = re.compile(r"[^a-z0-9]+")
_KNOWN = re.compile(
    r"utf(?:8|16|16le|16be|32|32le|32be|7)|iso8859\d{1,2}|latin\d{1,2}|windows125\d|cp\d{2,5}|ibm\d{2,4}|"
    r"koi8[rut]"
    r"|mac(?:turkish|roman|cyrillic|greek|latin2)|gb2312|gbk|gb18030|big5|euc(?:jp|kr)|shiftjis|"
    r"iso2022(?:jp|kr)"
)
_ALIASES = {
    "utf8mb4": "utf-8",
    "unicode11utf8": "utf-8",
    "unicode11utf7": "utf-7",
    "unicode": "utf-16",
    "ucs2": "utf-16",
    "xmacturkish": "mac_turkish",
    "macintosh": "mac_roman",
    "xsjis": "shift_jis",
    "ksc5601": "cp949",
    "ksc56011987": "cp949",
}
_TURKISH_LABELS = frozenset(
    {
        *("iso88599", "iso885991989", "iso88591", "iso8859115", "iso885915", "windows1254", "windows1252"),
        *("cp1254", "cp1252", "latin1", "latin5", "latin9", "l5", "l1", "usascii", "ascii", "ansi"),
        *("ansix341968", "xunknown", "unknown8bit", "unknown", "8bit", "7bit", "default", "none", "turkish"),
        *("tr", "xuserdefined"),
    }
)
_NOT_ASCII_BASED = ("utf-16", "utf-32", "utf-7", "iso2022")
_SURROGATE = re.compile("[\ud800-\udfff]")
_ICELANDIC = str.maketrans("ýþðÝÞÐ", "ışğİŞĞ")
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


@lru_cache(maxsize=256)
def _codec(label: str) -> str:
    """The Python codec for a label, ``"turkish"`` for the guessed family, ``""`` when unknown."""
    key = _LABEL.sub("", label.lower().removesuffix("//translit"))[:40]
    if not key or key in _TURKISH_LABELS:
        return "turkish"
    if key in _ALIASES:
        return _ALIASES[key]
    if not _KNOWN.fullmatch(key):
        return ""
    try:
        return codecs.lookup(re.sub(r"^windows", "cp", key)).name
    except LookupError:
        return ""


def decode(data: bytes, label: str = "") -> str:
    """Return ``data`` as composed (NFC) text. Never raises; what cannot be read becomes U+FFFD."""
    codec = _codec(label)
    if data.isascii() and not codec.startswith(_NOT_ASCII_BASED):
        return data.decode("ascii").replace("\x00", "")
    return mend(_decode(data, codec))


def is_known(label: str) -> bool:
    return bool(_codec(label))


def _decode(data: bytes, codec: str) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
    if codec in {"turkish", "utf-8", ""}:
        return _decode_turkish(data, declared_utf8=codec == "utf-8")
    if codec == "utf-16" and data[1:2] == b"\x00":
        codec = "utf-16-le"
    elif codec == "utf-16":
        codec = "utf-16-be" if data[:1] == b"\x00" else codec
    return data.decode(codec, "replace")


def _decode_turkish(data: bytes, *, declared_utf8: bool) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    loose = data.decode("utf-8", "replace")
    good = len(_MULTIBYTE.findall(data))
    bad = loose.count("�") - data.count(b"\xef\xbf\xbd")
    if good > bad or (good == bad and declared_utf8):
        return loose
    return data.decode(TURKISH, "replace")


def _mojibake_table() -> dict[str, str]:
    """UTF-8 read as windows-1254, -1252 or Latin-1 → what was meant. None of these pairs is Turkish."""
    table: dict[str, str] = {}
    for char in "çğıöşüÇĞİÖŞÜâîûÂÎÛ’‘“”–—…•·°«»€éèñäß₺ ":
        raw = char.encode()
        for wrong in (TURKISH, "cp1252", "latin-1"):
            read = "".join(bytes([b]).decode(wrong, "ignore") or chr(b) for b in raw)
            table[read] = char
    table |= {"Å\ufffd": "Ş", "Ä\ufffd": "Ğ"}  # their second byte is no letter of Windows' and was replaced
    return table


_MOJIBAKE = _mojibake_table()
_MOJIBAKE_RUN = re.compile("|".join(sorted(map(re.escape, _MOJIBAKE), key=len, reverse=True)))


def mend(text: str) -> str:
    """Repair what is certain: mojibake, Icelandic letters for Turkish ones, surrogates, NUL, NFC."""
    if text.isascii():
        return text.replace("\x00", "")
    for _ in range(2):
        mended = _MOJIBAKE_RUN.sub(lambda found: _MOJIBAKE[found[0]], text)
        if mended == text:
            break
        text = mended
    if any(c in text for c in "ýþðÝÞÐ") and not any(c in text for c in "ığşİĞŞ"):
        text = text.translate(_ICELANDIC)
    text = _SURROGATE.sub("�", text).replace("\x00", "")
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)
