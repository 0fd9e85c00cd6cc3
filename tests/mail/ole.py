"""Writes small OLE compound files (MS-CFB, version 3), enough to make an Outlook message for a test."""

import struct
from dataclasses import dataclass, field

SECTOR, MINI_SECTOR, CUTOFF = 512, 64, 4096
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


@dataclass
class _Chains:
    """Data cut into sectors of one size, and the table that links them."""

    size: int
    sectors: list[bytes] = field(default_factory=list)
    table: list[int] = field(default_factory=list)

    def store(self, data: bytes) -> int:
        start = len(self.sectors)
        pieces = [data[at : at + self.size].ljust(self.size, b"\0") for at in range(0, len(data), self.size)]
        self.sectors.extend(pieces)
        self.table.extend(range(start + 1, start + len(pieces)))
        if pieces:
            self.table.append(_END)
        return start if pieces else _END


def write_ole(streams: dict[str, bytes]) -> bytes:
    """A compound file with ``streams`` by path ("storage/stream")."""
    big, mini = _Chains(SECTOR), _Chains(MINI_SECTOR)
    names = _names(streams)
    starts = {
        name: (mini if len(streams[name]) < CUTOFF else big).store(streams[name])
        for name in streams
        if streams[name]
    }
    root = big.store(b"".join(mini.sectors))
    mini_table = big.store(_packed(mini.table, SECTOR)) if mini.table else _END
    entries = [
        _entry_of(name, names, streams, starts, root, len(mini.sectors) * MINI_SECTOR) for name in names
    ]
    directory = big.store(b"".join(entries))
    fat_at = len(big.sectors)
    count = -(-(len(big.table) + 8) // (SECTOR // 4))
    big.table.extend([_FAT] * count)
    header = struct.pack(
        "<8s16sHHHHH6s9I", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", bytes(16), 0x3E, 3, 0xFFFE, 9, 6, bytes(6),
        0, count, directory, 0, CUTOFF, mini_table, -(-len(mini.table) // (SECTOR // 4)), _END, 0,
    )  # fmt: skip
    header += b"".join(struct.pack("<I", fat_at + n if n < count else _FREE) for n in range(109))
    return header + b"".join(big.sectors) + _packed(big.table, SECTOR)


def _names(streams: dict[str, bytes]) -> list[tuple[str, ...]]:
    names: dict[tuple[str, ...], None] = {(): None}
    for path in streams:
        parts = tuple(path.split("/"))
        names.update(dict.fromkeys(parts[:depth] for depth in range(1, len(parts) + 1)))
    return list(names)


def _entry_of(
    name: tuple[str, ...],
    names: list[tuple[str, ...]],
    streams: dict[str, bytes],
    starts: dict[str, int],
    root: int,
    root_size: int,
) -> bytes:
    path = "/".join(name)
    later = [n for n in names[names.index(name) + 1 :] if len(n) == len(name) and n[:-1] == name[:-1]]
    children = [n for n in names if len(n) == len(name) + 1 and n[: len(name)] == name]
    right = names.index(later[0]) if later and name else _FREE
    child = names.index(children[0]) if children else _FREE
    wide = (name[-1] if name else "Root Entry").encode("utf-16-le") + b"\0\0"
    kind, start, size = (
        (5, root, root_size) if not name else (2, starts.get(path, _END), len(streams.get(path, b"")))
    )
    if name and path not in streams:
        kind, start, size = 1, 0, 0
    return struct.pack(
        "<64sHBBIII16sIQQIQ", wide, len(wide), kind, 1, _FREE, right, child, bytes(16), 0, 0, 0, start, size
    )


def _packed(table: list[int], size: int) -> bytes:
    data = struct.pack(f"<{len(table)}I", *table)
    return data + b"\xff" * (-len(data) % size)
