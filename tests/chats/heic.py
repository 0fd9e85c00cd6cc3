"""A HEIC file as an iPhone's container has it (ISO/IEC 23008-12), with a header of EXIF and an empty picture: no
encoder is at hand, and only the header is read."""

import struct


def _box(kind: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I", len(body) + 8) + kind + body


def _full(kind: bytes, *parts: bytes, version: int = 0, flags: int = 0) -> bytes:
    return _box(kind, struct.pack(">I", version << 24 | flags), *parts)


def _item(number: int, kind: bytes) -> bytes:
    return _full(b"infe", struct.pack(">HH", number, 0), kind, b"\0", version=2)


def heic(exif: bytes) -> bytes:
    """``exif`` as in a JPEG: ``Exif\\0\\0`` and the TIFF structure."""
    header = struct.pack(">I", 6) + exif
    picture = struct.pack(">I", 4) + b"\x26\x01\xaf\x08"
    top = _box(b"ftyp", b"heic", struct.pack(">I", 0), b"mif1heic")
    size = len(top) + len(_meta(0, header, picture))
    meta = _meta(size + 8, header, picture)
    return top + meta + _box(b"mdat", header, picture)


def _meta(start: int, header: bytes, picture: bytes) -> bytes:
    config = bytes.fromhex("01016000000090000000000000f000fcfdf8f800000f00")
    places = (
        struct.pack(">HHHII", 1, 0, 1, start + len(header), len(picture)),
        struct.pack(">HHHII", 2, 0, 1, start, len(header)),
    )
    return _full(
        b"meta",
        _full(b"hdlr", b"\0\0\0\0pict" + b"\0" * 13),
        _full(b"pitm", struct.pack(">H", 1)),
        _full(b"iloc", b"\x44\x00", struct.pack(">H", 2), *places),
        _full(b"iinf", struct.pack(">H", 2), _item(1, b"hvc1"), _item(2, b"Exif")),
        _full(b"iref", _box(b"cdsc", struct.pack(">HHH", 2, 1, 1))),
        _box(
            b"iprp",
            _box(b"ipco", _box(b"hvcC", config), _full(b"ispe", struct.pack(">II", 64, 48))),
            _full(b"ipma", struct.pack(">IHB", 1, 1, 2), b"\x81\x02"),
        ),
    )
