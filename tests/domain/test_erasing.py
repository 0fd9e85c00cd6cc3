"""Who is meant by a name, an address or a telephone, and what is left of the words that mention him."""

from datetime import date

import pytest

from daemon.domain.erasing import MARK, Person, find_person, months_before, without_content, without_person
from tests.wording.desk import HEADMAN, LIAISON, REGISTRY, request

AYSE = Person(("Ayşe Yılmaz",), (HEADMAN,), ("0312 000 00 01",))


@pytest.mark.parametrize(
    "told",
    [
        "Ayşe Yılmaz",
        "AYŞE YILMAZ",
        "ayse yilmaz",
        HEADMAN,
        HEADMAN.upper(),
        "0312 000 00 01",
        "+90 (312) 000-00-01",
    ],
)
def test_the_register_adds_everything_under_which_a_headman_is_known(told: str) -> None:
    found = find_person(told, REGISTRY)
    assert set(AYSE.names) <= set(found.names)
    assert found.emails == (HEADMAN,)
    assert "0312 000 00 01" in found.phones


def test_a_liaison_is_found_by_name_and_address() -> None:
    assert find_person("Mehmet Işık", REGISTRY).emails == (LIAISON,)
    assert find_person(LIAISON, REGISTRY).names == ("Mehmet Işık",)


@pytest.mark.parametrize(
    ("told", "known"),
    [
        ("vatandas@example.com", True),
        ("0532 111 22 33", True),
        ("Ali Veli", True),
        ("Ali", False),
        ("", False),
        ("12", False),
        ("a@b@c", False),
    ],
)
def test_a_stranger_is_known_by_what_was_told_and_too_little_means_nobody(told: str, known: bool) -> None:
    assert bool(find_person(told, REGISTRY)) is known


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Muhtar Ayşe Yılmaz yazdı.", f"Muhtar {MARK} yazdı."),
        ("AYŞE  YILMAZ'a iletildi", f"{MARK} iletildi"),
        ("ayse yilmaz’ın dilekçesi", f"{MARK} dilekçesi"),
        (f"<{HEADMAN}> ve {HEADMAN.upper()}", f"<{MARK}> ve {MARK}"),
        ("Tel: 0312 000 00 01, 03120000001, +90 312 000 0001", f"Tel: {MARK}, {MARK}, {MARK}"),
        ("Ayşe Yılmazer, Ayşe Kaya, Yılmaz", "Ayşe Yılmazer, Ayşe Kaya, Yılmaz"),
        (f"x{HEADMAN} 03120000001234", f"x{HEADMAN} 03120000001234"),
        ("", ""),
    ],
)
def test_mentions_go_however_they_are_written_and_others_stay(text: str, left: str) -> None:
    assert AYSE.cleaned(text) == left


def test_an_own_request_keeps_its_matter_and_loses_its_person() -> None:
    own = request(
        headman="Ayşe Yılmaz",
        headman_email=HEADMAN,
        description="Yol bozuk. Ayşe Yılmaz",
        attachments=("a/b.pdf",),
    )
    left = without_person(own, AYSE)
    assert (left.headman, left.headman_email, left.description) == (MARK, "", f"Yol bozuk. {MARK}")
    assert left.attachments == ()
    assert (left.number, left.status, left.due) == (own.number, own.status, own.due)


def test_another_s_request_only_loses_the_mention() -> None:
    other = request(
        headman="Ali Kaya",
        headman_email="ali@example.com",
        note="Ayşe Yılmaz aradı",
        attachments=("a/b.pdf",),
    )
    left = without_person(other, AYSE)
    assert (left.headman, left.note, left.attachments) == ("Ali Kaya", f"{MARK} aradı", ("a/b.pdf",))


def test_an_old_request_keeps_its_figures() -> None:
    left = without_content(request(headman="Ayşe Yılmaz", headman_email=HEADMAN))
    assert "Yılmaz" not in repr(left)
    assert HEADMAN not in repr(left)
    assert left.neighbourhood


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2026, 12, 7), 0, date(2026, 12, 7)),
        (date(2026, 12, 7), 12, date(2025, 12, 7)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2028, 2, 29), 12, date(2027, 2, 28)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
        (date(2026, 5, 31), 120, date(2016, 5, 31)),
    ],
)
def test_months_are_counted_by_the_calendar(day: date, months: int, before: date) -> None:
    assert months_before(day, months) == before
