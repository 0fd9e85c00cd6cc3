"""Content-Transfer-Encoding (RFC 2045 § 6), forgiving what broken gateways do to it. Never raises."""

import binascii
import re

_ALPHABET = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_NOT_ALPHABET = bytes(set(range(256)) - set(_ALPHABET))
_BLANK = b" \t\r\n"
_PROSE = re.compile(rb"[.,:;!?<>@()_'\"-]")
_SOFT_BREAK = re.compile(rb"=[ \t]+(?=\r?\n)")
_HIDDEN_QP = re.compile(
    rb"=(?:C[345]=[89AB][0-9A-F]|[EF][0-9A-F]|[CD][0-9A-F]|3D|20\r?\n|\r?\n)", re.IGNORECASE
)
_HIDDEN_BASE64 = re.compile(rb"\s*(?:[A-Za-z0-9+/]{60,76}\r?\n)+[A-Za-z0-9+/]{1,76}={0,2}\s*")
_BASE64_LINE = re.compile(rb"[A-Za-z0-9+/]+={0,2}")
_UU_BEGIN = re.compile(rb"^begin [0-7]{3,4} ([^\r\n]{1,200})\r?\n", re.MULTILINE)


def decode_body(data: bytes, encoding: str) -> bytes:
    """Undo the transfer encoding; an unknown or missing one is recognised by its look."""
    match encoding:
        case "base64":
            return data if _is_prose(data) else decode_base64(data)
        case "quoted-printable":
            return decode_quoted_printable(data)
        case "x-uuencode" | "uuencode" | "x-uue" | "uue":
            return decode_uu(data)
        case _:
            return data


def _is_prose(data: bytes) -> bool:
    """Whether a body called base64 was never encoded: words between blanks, and not one line of base64."""
    lines = [line.strip() for line in data[:20_000].splitlines()]
    if not any(b" " in line for line in lines):
        return False
    return not any(len(line) >= 8 and _BASE64_LINE.fullmatch(line) for line in lines)


def decode_hidden(data: bytes) -> bytes:
    """Text whose header forgot to say quoted-printable or base64."""
    if b"=" in data and data.isascii() and len(_HIDDEN_QP.findall(data, 0, 20_000)) >= 3:
        return decode_quoted_printable(data)
    if _HIDDEN_BASE64.fullmatch(data, 0, 2_000_000):
        text = decode_base64(data)
        return text if b"\x00" not in text and b"\n" in text else data
    return data


def decode_quoted_printable(data: bytes) -> bytes:
    if b"= " in data or b"=\t" in data:
        data = _SOFT_BREAK.sub(b"=", data)
    return binascii.a2b_qp(data.rstrip(b" \t"))


def decode_base64(data: bytes) -> bytes:
    packed = data.translate(None, _BLANK)
    if not packed.strip(b"=").translate(None, _ALPHABET) and len(packed) % 4 == 0:
        return binascii.a2b_base64(packed)
    chunks = b"".join(_base64_lines(data)).split(b"=")
    return b"".join(_decode_chunk(chunk) for chunk in chunks if chunk)


def _base64_lines(data: bytes) -> list[bytes]:
    """The lines that are base64: plain footers after the padding, or prose between, are left out."""
    kept: list[bytes] = []
    ended = False
    for line in data.splitlines():
        stripped = line.strip()
        foreign = stripped.translate(None, _ALPHABET + b"=")
        if foreign and (ended or (_PROSE.search(foreign) and b" " in foreign)):
            continue
        ended = ended or stripped.endswith(b"=")
        kept.append(stripped.translate(None, _NOT_ALPHABET.replace(b"=", b"")))
    return kept


def _decode_chunk(chunk: bytes) -> bytes:
    if len(chunk) % 4 == 1:
        chunk = chunk[:-1]
    return binascii.a2b_base64(chunk + b"=" * (-len(chunk) % 4))


def decode_uu(data: bytes) -> bytes:
    begin = _UU_BEGIN.search(data)
    lines = data[begin.end() :].splitlines() if begin else data.splitlines()
    out: list[bytes] = []
    for line in lines:
        if line.strip() in {b"end", b"`", b""}:
            break
        try:
            out.append(binascii.a2b_uu(line))
        except binascii.Error:
            count = (((line[0] - 32) & 63) * 4 + 5) // 3
            try:
                out.append(binascii.a2b_uu(line[:count]))
            except binascii.Error:
                break
    return b"".join(out)


def take_uu_files(data: bytes) -> tuple[bytes, list[tuple[bytes, bytes]]]:
    """Split files uuencoded in a plain body off it: (text left, [(name, content)])."""
    files: list[tuple[bytes, bytes]] = []
    while len(files) < 20 and (begin := _UU_BEGIN.search(data)):
        end = re.compile(rb"^end[ \t]*\r?$\n?", re.MULTILINE).search(data, begin.end())
        if end is None:
            break
        content = decode_uu(data[begin.start() : end.end()])
        if not content:
            break
        files.append((begin[1], content))
        data = data[: begin.start()] + data[end.end() :]
    return data, files
