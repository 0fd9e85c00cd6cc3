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
_SHOWN_NOWHERE = (
    "fonttbl colortbl stylesheet info pict object footer footerl footerr generator xmlnstbl themedata "
    "colorschememapping latentstyles datastore listtable listoverridetable rsidtbl mmathpr fldinst htmltag bkmkstart "
    "bkmkend nonshppict shpinst revtbl filetbl"
)
_RTF_SILENT = frozenset(_SHOWN_NOWHERE.split())
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


class _Words:
    """What a document says so far. Bytes of its code page wait for those that follow: a letter may have two."""

    def __init__(self, codepage: str) -> None:
        self._codepage = codepage
        self._out: list[str] = []
        self._bytes = bytearray()
        self._to_skip = 0
        """Bytes that stand for a letter already told as ``\\u``, for programs that know none."""

    def new_line(self) -> None:
        self._bytes.append(_NEW_LINE)

    def byte(self, code: int) -> None:
        if self._to_skip:
            self._to_skip -= 1
        else:
            self._bytes.append(code)

    def plain(self, text: str) -> None:
        skipped = min(self._to_skip, len(text))
        self._to_skip -= skipped
        self._bytes.extend(text[skipped:].encode("latin-1", "replace"))

    def unicode(self, number: int, replaced: int) -> None:
        """A UTF-16 unit, and behind it so many bytes in its place."""
        self.sign(chr(number % 65_536))
        self._to_skip = replaced

    def sign(self, text: str) -> None:
        if self._bytes:
            self._out.append(charset.decode(bytes(self._bytes), self._codepage))
            self._bytes.clear()
        self._out.append(text)

    def __str__(self) -> str:
        self.sign("")
        joined = "".join(self._out).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return _OF_SYMBOL_FONTS.sub("•", charset.mend(joined)).strip()[:MAX_TEXT]


def rtf_text(data: bytes) -> str:
    """Text of an RTF document (RTF 1.9.1): groups, code pages and ``\\u`` escapes; no recursion."""
    source = data[:MAX_RTF].decode("latin-1")
    codepage = re.search(r"\\ansicpg(\d{3,5})", source[:2_000])
    words = _Words(f"cp{codepage[1]}" if codepage else charset.TURKISH)
    stack: list[tuple[bool, int]] = []
    apart: list[int] = []
    has_head, silent, replaced = False, False, 1
    for word, number, code, symbol, brace, text in _RTF.findall(source):
        if brace == "{":
            stack.append((silent, replaced))
        elif brace:
            silent, replaced = stack.pop() if stack else (silent, replaced)
            if apart and apart[-1] > len(stack):
                apart.pop()
                words.new_line()
        elif word in _APART:
            silent = word != _BOX and has_head  # each section repeats it
            has_head = has_head or word != _BOX
            apart.append(len(stack))
        elif symbol == "*" or word in _RTF_SILENT:
            silent = True
        elif silent:
            continue
        elif code:
            words.byte(int(code, 16))
        elif word == "u" and number:
            words.unicode(int(number), replaced)
        elif word == "uc":
            replaced = max(0, min(int(number or 1), 10))
        elif word or symbol:
            words.sign(_RTF_CHARS.get(word or symbol, symbol if symbol in {"{", "}", "\\"} else ""))
        elif text:
            words.plain(text.replace("\r", "").replace("\n", ""))
    return str(words)


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
