"""How mails are grouped for fetching, and how their UIDs are written."""

import pytest

from daemon.domain.retry import backoff
from daemon.mail.imap_batches import MOST_BYTES, MOST_MAILS, batches
from daemon.mail.imap_wire import uid_set

LIMIT = 50 * 1024 * 1024


@pytest.mark.parametrize(
    ("uids", "expected"),
    [
        ([7], "7"),
        ([1, 2, 3], "1:3"),
        ([3, 1, 2, 9], "1:3,9"),
        ([1, 3, 5], "1,3,5"),
        ([1, 1, 2, 10, 11], "1:2,10:11"),
        ([4294967295], "4294967295"),
    ],
)
def test_uids_are_written_as_ranges(uids: list[int], expected: str) -> None:
    assert uid_set(uids) == expected


def test_batches_keep_order_and_lose_nothing_within_both_limits() -> None:
    sizes = [(uid, (uid * 7919) % 3_000_000) for uid in range(1, 400)]
    weights = dict(sizes)
    found = list(batches(sizes, LIMIT))
    assert [uid for batch in found for uid in batch.uids] == [uid for uid, _ in sizes]
    assert max(len(batch.uids) for batch in found) <= MOST_MAILS
    assert max(sum(weights[uid] for uid in batch.uids) for batch in found) <= MOST_BYTES


def test_a_mail_larger_than_a_batch_is_alone_and_one_over_the_limit_is_oversize() -> None:
    found = list(batches([(1, 10), (2, MOST_BYTES + 1), (3, LIMIT + 1), (4, 10)], LIMIT))
    assert [(batch.uids, batch.oversize) for batch in found] == [
        ((1,), 0),
        ((2,), 0),
        ((3,), LIMIT + 1),
        ((4,), 0),
    ]


@pytest.mark.parametrize(
    ("attempt", "jitter", "expected"),
    [
        (1, 1.0, 2.0),
        (2, 1.0, 4.0),
        (3, 1.0, 8.0),
        (3, 0.0, 4.0),
        (20, 1.0, 300.0),
        (10**6, 0.5, 225.0),
        (0, 1.0, 2.0),
    ],
)
def test_pauses_double_up_to_the_ceiling(attempt: int, jitter: float, expected: float) -> None:
    assert backoff(attempt, first=2.0, most=300.0, jitter=jitter) == expected
