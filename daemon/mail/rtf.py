"""Rich text (RTF 1.9.1, and MS-OXRTFCP as Outlook packs it) as plain text.

Unpacked here and not with a library: the one there is refuses a stream whose checksum or end is damaged, and
the words before the damage are what a clerk needs.
"""

import re
import struct

from daemon.mail import charset

MAX_RTF = 5_000_000
MAX_TEXT = 500_000
_PACKED, _PLAIN = b"LZFu", b"MELA"
_DICTIONARY = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript "
    b"\\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par "
    b"\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
_WINDOW = 4_096
_NEW_LINE = 10
_OF_SYMBOL_FONTS = re.compile("[\ue000-\uf8ff]")
"""A list's bullets, as a rule."""
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
        "footer",
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
_BOX = "shptxt"
_APART = frozenset(["header", "headerf", "headerl", "headerr", _BOX])
"""A letterhead often stands in the page's header; text boxes are the only words in what draws them."""
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
    apart: list[int] = []
    has_head = False
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
            if apart and apart[-1] > len(stack):
                apart.pop()
                pending.append(_NEW_LINE)
        elif word in _APART:
            silent = word != _BOX and has_head  # each section repeats it
            has_head = has_head or word != _BOX
            apart.append(len(stack))
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
    return _OF_SYMBOL_FONTS.sub("•", charset.mend(joined)).strip()[:MAX_TEXT]


def unpack_rtf(packed: bytes) -> bytes:
    """Outlook's compressed RTF unpacked as far as it goes (MS-OXRTFCP § 2.2); ``b""`` when it is none."""
    if len(packed) < 16:
        return b""
    size, _, kind = struct.unpack_from("<II4s", packed)
    data = packed[16 : max(16, size + 4)]
    text = data[:MAX_RTF] if kind == _PLAIN else _unpack(data) if kind == _PACKED else b""
    return text if text.startswith(b"{\\rtf") else b""


def _unpack(data: bytes) -> bytes:
    """A control byte tells of the next eight tokens whether they are a letter or a piece of the last 4 KB."""
    window = bytearray(_DICTIONARY.ljust(_WINDOW, b" "))
    out = bytearray()
    write, position = len(_DICTIONARY), 0
    while position < len(data) and len(out) < MAX_RTF:
        control = data[position]
        position += 1
        for bit in range(8):
            if position + (control >> bit & 1) >= len(data):
                return bytes(out)
            if control >> bit & 1:
                token = data[position] << 8 | data[position + 1]
                position += 2
                offset, length = token >> 4, (token & 15) + 2
                if offset == write:
                    return bytes(out)
            else:
                window[write] = data[position]
                offset, length = write, 1
                position += 1
            for step in range(length):
                letter = window[(offset + step) % _WINDOW]
                out.append(letter)
                window[write] = letter
                write = (write + 1) % _WINDOW
    return bytes(out)
