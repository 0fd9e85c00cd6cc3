"""Outlook's own files, built by hand: messages (MS-OXMSG) and winmail.dat (MS-OXTNEF)."""

import struct

from tests.mail.ole import write_ole

TEXT = "Sayın Yetkili,\nLale Sokak’ta çukur var.\nGereğini arz ederim."


def wide(text: str) -> bytes:
    """A property of type PtypString (``…001F``)."""
    return text.encode("utf-16-le")


def properties(head: int, **fixed: tuple[int, bytes]) -> bytes:
    """A properties stream: ``head`` bytes, then each property as its number and its four or eight bytes."""
    entries = b"".join(
        struct.pack("<HHI", 0x0003, number, 6) + value.ljust(8, b"\0") for number, value in fixed.values()
    )
    return bytes(head) + entries


def msg_file(**streams: bytes) -> bytes:
    """A request with one file; ``streams`` come beside or instead of its own (``_DOT_`` for a dot in a name)."""
    filetime = struct.pack("<Q", (1_796_712_753 + 11_644_473_600) * 10_000_000)
    return write_ole(
        {
            "__properties_version1.0": properties(
                32, codepage=(0x3FFD, struct.pack("<I", 1254)), sent=(0x0039, filetime)
            ),
            "__substg1.0_0037001F": wide("Yol çukuru"),
            "__substg1.0_1000001F": wide(TEXT.replace("\n", "\r\n")),
            "__substg1.0_0C1A001F": wide("Hasan Kurt"),
            "__substg1.0_5D01001F": wide("hasan@example.com"),
            "__attach_version1.0_#00000000/__properties_version1.0": properties(8),
            "__attach_version1.0_#00000000/__substg1.0_3707001F": wide("dilekçe.pdf"),
            "__attach_version1.0_#00000000/__substg1.0_37010102": b"%PDF-1.4",
        }
        | {name.replace("_DOT_", "."): data for name, data in streams.items()}
    )


def tnef_file() -> bytes:
    """The same request, without its subject."""

    def attribute(level: int, number: int, data: bytes) -> bytes:
        return struct.pack("<BII", level, number, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)

    return (
        struct.pack("<IH", 0x223E9F78, 1)
        + attribute(1, 0x00089006, struct.pack("<I", 0x00010000))
        + attribute(1, 0x00069007, struct.pack("<II", 1254, 0))
        + attribute(1, 0x0002800C, TEXT.replace("’", "'").encode("cp1254") + b"\0")
        + attribute(2, 0x00069002, bytes(14))
        + attribute(2, 0x00018010, "dilekçe.pdf".encode("cp1254") + b"\0")
        + attribute(2, 0x0006800F, b"%PDF-1.4")
    )
