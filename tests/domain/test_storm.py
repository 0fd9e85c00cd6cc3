"""What makes mails alike, and how many of them make a storm."""

from datetime import UTC, datetime, timedelta

import pytest

from daemon.domain.storm import MOST_ALIKE, WITHIN, Alike, outside_of

NOW = datetime(2026, 12, 7, 8, 0, tzinfo=UTC)


def a_mail(
    sender: str = "muhtar@example.com", subject: str = "Yol 12", body: str = "Çukur var, no 12."
) -> bytes:
    return f"Received: x\r\nFrom: Ayşe <{sender}>\r\nSubject: {subject}\r\n\r\n{body}\r\n".encode()


@pytest.mark.parametrize(
    ("other", "alike"),
    [
        (a_mail(subject="Yol 977", body="Çukur var, no 3."), True),
        (a_mail(body=f"Çukur var, no 12. {'a1B2' * 10}"), True),
        (a_mail(body="Çukur var, no 12." + "\r\n" + "QUJD" * 18 + "\r\nQUI="), True),
        (a_mail(sender="MUHTAR@example.com"), True),
        (a_mail(sender="baska@example.com"), False),
        (a_mail(subject="Su"), False),
        (a_mail(body="Çöp var, no 12."), False),
        (a_mail(body="Çukur var, no 12." + " " * 9_000), False),
    ],
)
def test_figures_and_long_tokens_do_not_make_mails_differ(other: bytes, alike: bool) -> None:
    assert (outside_of(other) == outside_of(a_mail())) is alike


def test_it_does_not_matter_how_the_words_are_encoded() -> None:
    def encoded(how: str, body: str) -> bytes:
        return a_mail(subject=f"Yol 1\r\nContent-Transfer-Encoding: {how}", body=body)

    shapes = {
        outside_of(encoded("8bit", "Çöp 1\r\n")),
        outside_of(encoded("quoted-printable", "=C3=87=C3=B6p 22\r\n")),
        outside_of(encoded("base64", "w4fDtnAgMzMK")),
    }
    assert len(shapes) == 1


@pytest.mark.parametrize(
    ("head", "sender"),
    [
        (b"From: a@b.tr", "a@b.tr"),
        (b'from:\r\n "x@y.tr"\r\n <a@b.tr>', "a@b.tr"),
        (b"X: y\nFROM: A@B.tr", "a@b.tr"),
        (b"From: kimse", ""),
        (b"To: a@b.tr", ""),
        (b"From: <", ""),
        (b"", ""),
        (bytes(100_000), ""),
        (b"From: " + b"a" * 500_000, ""),
        (b"From: " + b"@" * 500_000, ""),
    ],
)
def test_the_author_is_told_from_outside(head: bytes, sender: str) -> None:
    found = outside_of(head + b"\r\n\r\nx")
    assert (found.sender, bool(found.shape)) == (sender, bool(sender))


def received(count: int, over: timedelta) -> list[datetime]:
    return [NOW - over * n / max(1, count - 1) for n in range(count)]


@pytest.mark.parametrize(
    ("count", "over", "held_by", "storm"),
    [
        (MOST_ALIKE + 1, WITHIN, None, True),
        (MOST_ALIKE + 1, timedelta(0), None, True),
        (MOST_ALIKE + 1, WITHIN + timedelta(seconds=1), None, False),
        (MOST_ALIKE, timedelta(0), None, False),
        (1, timedelta(0), None, False),
        (1, timedelta(0), 7, True),
    ],
)
def test_a_storm_is_many_alike_within_minutes_or_more_of_a_held_one(
    count: int, over: timedelta, held_by: int | None, storm: bool
) -> None:
    assert Alike("a@b.tr", "x", received(count, over), held_by).is_storm is storm
