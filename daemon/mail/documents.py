"""The words of a document that came as the mail's only content: .txt, .html, .docx, .rtf, .eml.

PDF and pictures are the scanner's business. Everything is bounded: a .docx is a zip and may be a bomb.
"""

import io
import re
import zipfile
import zlib
from html import unescape

from daemon.mail import charset
from daemon.mail.html import to_text

MAX_XML = 5_000_000
MAX_TEXT = 500_000
_PARAGRAPH_END = re.compile(r"</w:p>|<w:br\b[^>]{0,200}/>|</w:tr>")
_TAB = re.compile(r"<w:tab\b[^>]{0,200}/>|</w:tc>")
_DELETED = re.compile(r"<w:(?:instrText|delText)\b[^>]{0,200}>[^<]*</w:(?:instrText|delText)>")
_MARKUP = re.compile(r"<[^>]*>")


def document_text(name: str, type_: str, data: bytes) -> str:
    """Readable text of a document, ``""`` when it is none of ours."""
    extension = name.rpartition(".")[2].lower()
    if extension == "docx" or (data.startswith(b"PK\x03\x04") and "wordprocessingml" in type_):
        return docx_text(data)
    if extension == "rtf" or data.startswith(b"{\\rtf"):
        return rtf_text(data)
    if extension in {"htm", "html"} or type_ == "text/html":
        return to_text(charset.decode(data))
    if extension == "txt" or (type_ == "text/plain" and extension not in {"ics", "vcf", "csv", "log"}):
        return charset.decode(data[:MAX_TEXT])
    return ""


def docx_text(data: bytes) -> str:
    """Paragraphs of ``word/document.xml`` (ECMA-376 part 1 § 17), read at most 5 MB."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open("word/document.xml") as entry:
            xml = entry.read(MAX_XML).decode("utf-8", "replace")
    except (
        zipfile.BadZipFile,
        KeyError,
        OSError,
        RuntimeError,
        ValueError,
        NotImplementedError,
        zlib.error,
        EOFError,
    ):
        return ""
    # Word breaks lines only where its markup says so; entities are the five of XML, so none can explode.
    xml = _DELETED.sub("", re.sub(r"\s*\n\s*", "", xml))
    xml = _PARAGRAPH_END.sub("\n", _TAB.sub("\t", xml))
    return unescape(_MARKUP.sub("", xml)).strip()[:MAX_TEXT]


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
    source = data[:MAX_XML].decode("latin-1")
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
