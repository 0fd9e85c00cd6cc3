"""The scanner's folder as a source: what is taken, when, and where it goes."""

import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from daemon.domain.errors import Temporary
from daemon.domain.mail import OVERSIZE, Arrival
from daemon.scans.folder import DONE, HELD, PAUSE_SECONDS, STILL_SECONDS, STRAY_STILL_SECONDS, ScanFolder
from tests.scans import files

NOW = 1_760_000_000.0


def _folder(path: Path) -> ScanFolder:
    return ScanFolder(path, source="scans", suffixes={".pdf", ".png"}, wall=lambda: NOW)


def _put(path: Path, data: bytes, *, seconds_ago: float = 10) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    os.utime(path, (NOW - seconds_ago, NOW - seconds_ago))


def _taken(folder: ScanFolder, known: Sequence[str] = ()) -> list[Arrival]:
    return [arrival for batch in folder.fetch(lambda keys: {*keys} & {*known}) for arrival in batch]


def test_a_file_is_taken_once_it_has_stopped_growing(tmp_path: Path) -> None:
    folder = _folder(tmp_path)
    _put(tmp_path / "a.pdf", b"half", seconds_ago=1)
    assert _taken(folder) == []
    assert folder.sign() == ""
    _put(tmp_path / "a.pdf", b"half and half", seconds_ago=3)
    assert folder.sign()
    (arrival,) = _taken(folder)
    assert (arrival.source, arrival.name, arrival.raw) == ("scans", "a.pdf", b"half and half")
    assert arrival.received_at.timestamp() == NOW - 3


_PAGE = np.full((60, 40), 255, np.uint8)
_LONG = files.typed_pdf("Kaldırım onarımı. " * 200)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.pdf", _LONG),
        ("a.png", files.png(_PAGE)),
        ("a.jpg", files.jpg(np.tile(_PAGE, (9, 9)))),
        ("a.tif", files.tiff([_PAGE, _PAGE])),
        ("a.tif", files.tiff([np.random.default_rng(1).integers(0, 255, (900, 700), np.uint8)])),
        ("a.zip", files.zipped(("a.pdf", b"%PDF"))),
    ],
)
def test_a_scan_that_has_no_end_yet_is_waited_for_and_taken_whole(
    tmp_path: Path, name: str, data: bytes
) -> None:
    folder = ScanFolder(
        tmp_path, source="scans", suffixes={".pdf", ".png", ".jpg", ".tif", ".zip"}, wall=lambda: NOW
    )
    for share in (0.0, 0.3, 0.8):
        _put(tmp_path / name, data[: int(share * len(data))], seconds_ago=45)
        assert _taken(folder) == [], "the scanner pauses"
    _put(tmp_path / name, data)
    assert [arrival.raw for arrival in _taken(folder)] == [data]


def test_a_scan_that_breaks_off_for_good_is_taken_after_a_minute(tmp_path: Path) -> None:
    _put(tmp_path / "a.pdf", _LONG[:300], seconds_ago=PAUSE_SECONDS)
    _put(tmp_path / "b.png", b"", seconds_ago=PAUSE_SECONDS)
    assert len(_taken(_folder(tmp_path))) == 2


def test_who_looks_but_once_takes_what_breaks_off_at_once(tmp_path: Path) -> None:
    _put(tmp_path / "a.pdf", _LONG[:300], seconds_ago=STILL_SECONDS)
    folder = _folder(tmp_path)
    assert _taken(folder) == []
    folder.wait_for_nobody()
    assert len(_taken(folder)) == 1


@pytest.mark.parametrize("behind", [b"", b"\n" * 900, b"\0" * 512])
def test_what_a_program_writes_behind_a_scans_end_does_not_delay_it(tmp_path: Path, behind: bytes) -> None:
    _put(tmp_path / "a.pdf", _LONG + behind)
    assert len(_taken(_folder(tmp_path))) == 1


def test_a_scanner_whose_clock_is_ahead_is_served_too(tmp_path: Path) -> None:
    _put(tmp_path / "a.pdf", b"x", seconds_ago=-3_600)
    assert len(_taken(_folder(tmp_path))) == 1


@pytest.mark.parametrize("name", ["a.docx", ".a.pdf", "~a.pdf", "a.pdf.part", "thumbs.db"])
def test_what_is_no_scan_or_not_complete_is_left_alone(tmp_path: Path, name: str) -> None:
    _put(tmp_path / name, b"x")
    assert _taken(_folder(tmp_path)) == []


def is_stray(path: Path) -> bool:
    return path.suffix != ".xlsx"


def test_a_stray_file_is_taken_when_it_is_surely_no_scanners_own(tmp_path: Path) -> None:
    folder = ScanFolder(tmp_path, source="scans", suffixes={".pdf"}, strays=is_stray, wall=lambda: NOW)
    for name in ("liste.xlsx", "yeni.json", "Thumbs.db", "tarama.json.tmp"):
        _put(tmp_path / name, b"x", seconds_ago=9_999)
    _put(tmp_path / "tarama.neu", b"x", seconds_ago=STRAY_STILL_SECONDS - 1)
    assert [arrival.name for arrival in _taken(folder)] == ["yeni.json"]


def test_what_the_ledger_knows_is_not_fetched_again(tmp_path: Path) -> None:
    folder = _folder(tmp_path)
    _put(tmp_path / "a.pdf", b"x")
    (arrival,) = _taken(folder)
    assert _taken(folder, known=[arrival.key]) == []


def test_settled_files_are_put_away_under_a_free_name(tmp_path: Path) -> None:
    folder = _folder(tmp_path)
    for data in (b"first", b"second"):
        _put(tmp_path / "a.pdf", data)
        (arrival,) = _taken(folder)
        folder.settle([arrival.key])
        folder.settle([arrival.key])  # safe to repeat
    assert sorted(path.name for path in (tmp_path / DONE).iterdir()) == ["a (2).pdf", "a.pdf"]
    _put(tmp_path / "b.png", b"x")
    (arrival,) = _taken(folder)
    folder.settle([arrival.key], held=True)
    assert [path.name for path in (tmp_path / HELD).iterdir()] == ["b.png"]


def test_a_file_that_was_written_anew_meanwhile_is_not_put_away(tmp_path: Path) -> None:
    folder = _folder(tmp_path)
    _put(tmp_path / "a.pdf", b"x")
    (arrival,) = _taken(folder)
    _put(tmp_path / "a.pdf", b"another scan")
    folder.settle([arrival.key])
    assert [fresh.raw for fresh in _taken(folder, known=[arrival.key])] == [b"another scan"]


def test_a_folder_that_cannot_be_looked_into_is_a_matter_of_time(tmp_path: Path) -> None:
    (tmp_path / "tarama").write_bytes(b"a file where the folder should be")
    with pytest.raises(Temporary):
        _taken(_folder(tmp_path / "tarama"))


def test_only_the_beginning_of_a_huge_file_arrives(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    os.utime(path, (NOW - 9, NOW - 9))
    (arrival,) = _taken(_folder(tmp_path))
    assert (arrival.name, len(arrival.raw)) == (OVERSIZE, 1_000_000)


def test_a_held_file_that_was_completed_later_is_brought_back(tmp_path: Path) -> None:
    folder = _folder(tmp_path)
    _put(tmp_path / "a.pdf", _LONG[:300], seconds_ago=STRAY_STILL_SECONDS)
    (arrival,) = _taken(folder)
    folder.settle([arrival.key], held=True)
    assert not folder.bring_back(arrival), "nothing has been added"
    _put(tmp_path / HELD / "a.pdf", b"somebody else's paper, which is longer" * 30)
    assert not folder.bring_back(arrival)
    _put(tmp_path / HELD / "a.pdf", _LONG)
    assert folder.bring_back(arrival)
    assert [fresh.raw for fresh in _taken(folder, known=[arrival.key])] == [_LONG]
