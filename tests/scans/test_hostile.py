"""PDFs made to harm their reader: every one ends soon, with a reading or a reason, and takes nobody's memory."""

import io
import time
from functools import partial
from pathlib import Path

import pytest
from PIL import Image

from daemon.domain.errors import Unprocessable
from daemon.domain.petitions.petition import Condition
from daemon.scans import open_scan, opening, reader
from daemon.scans.apart import Failure, each_apart
from tests.bench.memory import run_watched
from tests.scans import files, hostile
from tests.scans.hostile import TRAPS

MOST_MB = 600
"""For the whole daemon, whatever the PDF."""
ELSEWHERE_MB = 160
"""Of these its other processes may have while one reads a scan: the mails' (55) and the spreadsheets' (60 to 100)."""
SLOW = {"tiles of a thousandth of a point", "content of 4 GB, packed twice", "ten million letters"}
TOO_LARGE = [name for name in TRAPS if " × " in name and "inches" not in name]
"""Traps whose page is one picture that announces more than anybody unpacks."""


def _ends(data: bytes) -> str:
    """What becomes of it: the reason for which it is held, or how its pages fared."""
    try:
        with open_scan(data) as scan:
            assert scan.document([page.number for page in scan.pages])
            return " ".join(f"{page.condition} {page.reason}" for page in scan.pages)
    except Unprocessable as fault:
        return fault.reason


@pytest.mark.parametrize("name", [name for name in TRAPS if name not in SLOW])
def test_a_trap_ends_soon_with_a_reading_or_a_reason(name: str) -> None:
    started = time.monotonic()
    assert _ends(TRAPS[name]())
    assert time.monotonic() - started < 30


@pytest.mark.parametrize("name", TOO_LARGE)
def test_a_page_whose_picture_is_too_large_is_refused_and_not_taken_for_blank(name: str) -> None:
    assert _ends(TRAPS[name]()).startswith("Resim çok büyük")


def test_beside_a_good_page_such_a_page_is_told_in_its_place() -> None:
    with open_scan(hostile.behind(files.typed_pdf(hostile.GOOD), TRAPS[TOO_LARGE[0]]())) as scan:
        good, bad = scan.pages
    assert (good.condition, bad.condition) == (Condition.READ, Condition.FAILED)
    assert bad.reason.startswith("Resim çok büyük")


def test_a_page_whose_picture_cannot_be_unpacked_is_told_and_not_taken_for_blank() -> None:
    torn = hostile.picture_page(
        b"/Width 1000/Height 1000/ColorSpace/DeviceRGB/Filter/JPXDecode", b"\xff\x4f\xff\x51 torn"
    )
    assert _ends(torn) == "Dosya bozuk veya eksik; açılamadı. Lütfen yeniden tarayınız."


def test_a_page_of_pure_white_is_blank() -> None:
    data = io.BytesIO()
    Image.new("1", (1654, 2339), 1).save(data, "PDF", resolution=200)
    assert _ends(data.getvalue()).startswith("blank")


@pytest.mark.parametrize("name", [name for name in TRAPS if name.startswith("object stream")])
def test_taking_over_a_page_costs_the_reader_no_gigabytes(name: str, tmp_path: Path) -> None:
    """The page's text reads well; what hangs on it unpacks to four gigabytes in whoever copies it."""
    assert 0 < _peak_mb(TRAPS[name](), tmp_path) < MOST_MB - ELSEWHERE_MB


@pytest.mark.parametrize("name", ["three million strokes", "strokes of 140 MB"])
def test_the_greediest_page_leaves_room_for_the_rest_of_the_daemon(name: str, tmp_path: Path) -> None:
    assert 250 < _peak_mb(TRAPS[name](), tmp_path) < MOST_MB - ELSEWHERE_MB


def _peak_mb(data: bytes, folder: Path) -> float:
    """Of the process that reads a scan and its children, together."""
    path = folder / "trap.pdf"
    path.write_bytes(data)
    _, sampled = run_watched("tests.bench.trap", str(path), every=0.05)
    return sampled.together_mb


def test_a_page_like_a_thread_is_no_page() -> None:
    assert _ends(TRAPS["page as thin as a thread"]()).startswith("Dosya bozuk")


def test_a_page_that_never_ends_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "PAGE_SECONDS", 2.0)
    assert _ends(TRAPS["tiles of a thousandth of a point"]()) == "failed Sayfa süresi içinde okunamadı."


def test_what_takes_too_long_to_be_taken_over_is_kept_as_it_came(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "_JOIN_SECONDS", 0.5)
    data = TRAPS["content of 4 GB, packed twice"]()
    with open_scan(data) as scan:
        assert scan.document([1]) == data


def test_what_cannot_be_taken_over_is_kept_as_it_came() -> None:
    data = TRAPS["page tree in a loop"]()
    with open_scan(data) as scan:
        assert scan.document([1]) == data


def test_a_file_of_nothing_but_endless_pages_is_given_up_as_a_whole() -> None:
    """Three hundred pages that take their full time would hold up the other scans for hours."""
    started = time.monotonic()
    ended = list(each_apart([partial(time.sleep, 60)] * 50, seconds=60, in_all=1.0, at_once=2))
    assert time.monotonic() - started < 10
    assert {each.place for each in ended} == set(range(50))
    assert {each.failure for each in ended} == {Failure.TIME}
