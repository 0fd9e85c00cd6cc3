"""How many pages a PDF says it has, without opening it as one (ISO 32000-1, 7.5.7 object streams, 7.7.3 page tree).

Its page tree is looked for as text. Newer programs pack it into object streams: of these a little is unpacked, and no
more than so much of one file, whatever it would unpack to.
"""

import re
import zlib
from bisect import bisect_right
from collections.abc import Iterator
from itertools import islice

_TREE = re.compile(rb"/Type\s{0,8}/Pages\b")
_COUNT = re.compile(rb"/Count\s{1,8}(\d{1,10})\b")
_OBJECT_STREAM = re.compile(rb"/Type\s{0,8}/ObjStm\b")
_FIRST = re.compile(rb"/First\s{1,8}(\d{1,7})\b")
_STREAM = re.compile(rb"stream\r?\n")
_MOST_PLACES = 400
_AROUND = 262_144
"""Bytes in which a node of the tree lies, with the list of its children."""
_FACTS = 2_048
_MOST_OF_ONE, _MOST_OF_ALL = 262_144, 4_000_000
"""Bytes unpacked of one object stream, and of all."""


def pages_of(data: bytes) -> int:
    """What the topmost node of the page tree says; 0 where none is found."""
    plain = (_count(_whole(data, found)) for found in islice(_TREE.finditer(data), _MOST_PLACES))
    packed = (_count(node) for node in _packed_nodes(data))
    return max((*plain, *packed), default=0)


def _whole(data: bytes, found: re.Match[bytes]) -> bytes:
    begin = data.rfind(b"obj", max(0, found.start() - _AROUND), found.start())
    end = data.find(b"endobj", found.end(), found.end() + _AROUND)
    return data[max(begin, 0) : end] if end > 0 else b""


def _count(node: bytes) -> int:
    return max((int(count) for count in _COUNT.findall(node)), default=0)


def _packed_nodes(data: bytes) -> Iterator[bytes]:
    for body, first in object_streams(data):
        places = _places(body, first)
        for node in islice(_TREE.finditer(body), _MOST_PLACES):
            after = bisect_right(places, node.start())
            if after:
                yield body[places[after - 1] : places[after] if after < len(places) else len(body)]


def object_streams(data: bytes) -> Iterator[tuple[bytes, int]]:
    """The beginning of each object stream, and where its first object lies in it; no more than a little of all."""
    left = _MOST_OF_ALL
    for found in islice(_OBJECT_STREAM.finditer(data), _MOST_PLACES):
        body, first = _unpacked(data, found, min(left, _MOST_OF_ONE))
        left -= len(body)
        yield body, first
        if left <= 0:
            return


def _unpacked(data: bytes, found: re.Match[bytes], most: int) -> tuple[bytes, int]:
    """The beginning of an object stream, and where its first object lies in it."""
    begin = data.rfind(b"obj", max(0, found.start() - _FACTS), found.start())
    start = _STREAM.search(data, found.end(), found.end() + _FACTS)
    if begin < 0 or start is None:
        return b"", 0
    facts = data[begin : start.start()]
    first = _FIRST.search(facts)
    packed = data[start.end() : start.end() + most]
    if first is None:
        return b"", 0
    if b"/Filter" not in facts:
        return packed, int(first[1])
    try:
        return zlib.decompressobj().decompress(packed, most), int(first[1])
    except zlib.error:  # packed otherwise, or encrypted
        return b"", 0


def _places(body: bytes, first: int) -> list[int]:
    """Where each object begins: the stream begins with pairs of number and place."""
    told = [int(word) for word in body[:first].split() if word.isdigit()]
    return sorted(first + place for place in told[1::2])
