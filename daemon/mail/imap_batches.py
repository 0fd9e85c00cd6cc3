"""How mails are grouped for fetching, so that memory stays small and round trips few."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

MOST_MAILS = 50
MOST_BYTES = 8 * 1024 * 1024
_UIDS_AT_ONCE = 1000
_HEADER_LIMIT = 256 * 1024
_WHOLE = "INTERNALDATE BODY.PEEK[]"
_HEADER = f"INTERNALDATE BODY.PEEK[HEADER]<0.{_HEADER_LIMIT}>"


@dataclass(frozen=True, slots=True)
class Batch:
    uids: tuple[int, ...]
    oversize: int = 0
    """The size of the only mail in it, when that is too large to fetch whole."""

    @property
    def items(self) -> str:
        return _HEADER if self.oversize else _WHOLE


def batches(sizes: Sequence[tuple[int, int]], most_bytes: int) -> Iterator[Batch]:
    """Group (UID, size): a batch holds at most 50 mails or 8 MB; a mail over ``most_bytes`` is alone."""
    uids: list[int] = []
    weight = 0
    for uid, size in sizes:
        if uids and (len(uids) == MOST_MAILS or weight + size > MOST_BYTES or size > most_bytes):
            yield Batch(tuple(uids))
            uids, weight = [], 0
        if size > most_bytes:
            yield Batch((uid,), oversize=size)
        else:
            uids.append(uid)
            weight += size
    if uids:
        yield Batch(tuple(uids))


def parts(uids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(uids), _UIDS_AT_ONCE):
        yield uids[start : start + _UIDS_AT_ONCE]
