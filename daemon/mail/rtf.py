"""Rich text (RTF 1.9.1, and MS-OXRTFCP as Outlook packs it) as plain text."""

import re
import struct

from compressed_rtf import decompress

from daemon.mail import charset

MAX_RTF = 5_000_000
MAX_TEXT = 500_000
_BROKEN = (ValueError, IndexError, TypeError, KeyError, OverflowError, EOFError, struct.error)
_RTF = re.compile(
    r"\\([a-zA-Z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|([^\\{}]+)", re.DOTALL
)
_RTF_SILENT = frozenset(
    [
        "fonttbl",
        "colortbl",
        "stylesheet",
        "info",
        "pict",
        "object",
        "header",
        "footer",
        "headerl",
        "headerr",
        "footerl",
        "footerr",
        "generator",
        "xmlnstbl",
        "themedata",
        "colorschememapping",
        "latentstyles",
        "datastore",
        "listtable",
        "listoverridetable",
        "rsidtbl",
        "mmathpr",
        "fldinst",
        "htmltag",
        "bkmkstart",
        "bkmkend",
        "nonshppict",
        "shpinst",
        "revtbl",
        "filetbl",
    ]
)
_RTF_CHARS = {
    **dict.fromkeys(("par", "line", "row", "sect", "page"), "\n"),
    **dict.fromkeys(("tab", "cell"), "\t"),
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "endash": "–",
    "emdash": "—",
    "bullet": "•",
    "~": " ",
    "_": "-",
}


def rtf_text(data: bytes) -> str:
    """Text of an RTF document (RTF 1.9.1): groups, code pages and ``\\u`` escapes; no recursion."""
    source = data[:MAX_RTF].decode("latin-1")
    codepage = re.search(r"\\ansicpg(\d{3,5})", source[:2_000])
    label = f"cp{codepage[1]}" if codepage else charset.TURKISH
    out: list[str] = []
    pending = bytearray()
    stack: list[tuple[bool, int]] = []
    silent, unicode_skip, to_skip = False, 1, 0

    def flush() -> None:
        if pending:
            out.append(charset.decode(bytes(pending), label))
            pending.clear()

    for word, number, code, symbol, brace, text in _RTF.findall(source):
        if brace == "{":
            stack.append((silent, unicode_skip))
        elif brace:
            silent, unicode_skip = stack.pop() if stack else (silent, unicode_skip)
        elif symbol == "*" or word in _RTF_SILENT:
            silent = True
        elif silent:
            continue
        elif code:
            if to_skip:
                to_skip -= 1
            else:
                pending.append(int(code, 16))
        elif word == "u" and number:
            flush()
            out.append(chr(int(number) % 65_536))
            to_skip = unicode_skip
        elif word == "uc":
            unicode_skip = max(0, min(int(number or 1), 10))
        elif word or symbol:
            flush()
            out.append(_RTF_CHARS.get(word or symbol, symbol if symbol in {"{", "}", "\\"} else ""))
        elif text:
            plain = text.replace("\r", "").replace("\n", "")
            skipped = min(to_skip, len(plain))
            to_skip -= skipped
            pending.extend(plain[skipped:].encode("latin-1", "replace"))
    flush()
    joined = "".join(out).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return charset.mend(joined).strip()[:MAX_TEXT]


def unpack_rtf(packed: bytes) -> bytes:
    """Outlook's compressed RTF unpacked, ``b""`` when it is broken."""
    if len(packed) > MAX_RTF:
        return b""
    try:
        return bytes(decompress(packed))
    except _BROKEN:
        return b""
