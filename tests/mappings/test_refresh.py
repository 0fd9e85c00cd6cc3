"""A changed file is taken up; a broken one is refused and the old one stays in force."""

import os
from pathlib import Path

import pytest

from daemon.domain.errors import ConfigurationError
from daemon.mappings import MappingsFile
from tests.mappings.office_file import FACTS, office_text, write_office


def opened(folder: Path) -> tuple[Path, MappingsFile]:
    path = write_office(folder)
    return path, MappingsFile(path, FACTS)


def names(file: MappingsFile) -> list[str]:
    return [category.name for category in file.current.categories]


def test_a_change_is_taken_up(tmp_path: Path) -> None:
    path, file = opened(tmp_path)
    write_office(tmp_path, categories="[{name: Yeni, directorate: fen}]")
    assert file.refresh() == ()
    assert names(file) == ["Yeni"]
    assert path.exists()


def test_a_change_of_equal_size_within_the_same_instant_is_taken_up(tmp_path: Path) -> None:
    path, file = opened(tmp_path)
    before = path.stat()
    path.write_text(office_text().replace("Yol çukuru", "Yol çukunu"), encoding="utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert file.refresh() == ()
    assert names(file)[0] == "Yol çukunu"


def test_an_untouched_file_is_not_read_into_new_values(tmp_path: Path) -> None:
    path, file = opened(tmp_path)
    before = file.current
    path.touch()
    assert file.refresh() == ()
    assert file.current is before


def test_a_broken_file_is_refused_and_told_once(tmp_path: Path) -> None:
    _, file = opened(tmp_path)
    before = file.current
    write_office(tmp_path, categories="[{name: Yeni, directorate: yok}]")
    (fault,) = file.refresh()
    assert "directorate" in fault
    assert file.current is before
    assert file.refresh() == ()


def test_another_fault_is_told_anew_and_a_mended_file_is_taken_up(tmp_path: Path) -> None:
    _, file = opened(tmp_path)
    write_office(tmp_path, categories="[]")
    assert len(file.refresh()) == 1
    write_office(tmp_path, categories="[{name: Yeni}]")
    assert len(file.refresh()) == 1
    write_office(tmp_path, categories="[{name: Yeni, directorate: fen}]")
    assert file.refresh() == ()
    assert names(file) == ["Yeni"]


def test_a_file_put_back_as_it_was_is_in_force_again(tmp_path: Path) -> None:
    _, file = opened(tmp_path)
    write_office(tmp_path, categories="[]")
    file.refresh()
    write_office(tmp_path)
    assert file.refresh() == ()
    assert names(file) == ["Yol çukuru", "Su arızası"]


def test_a_vanished_file_is_told_once_and_may_come_back(tmp_path: Path) -> None:
    path, file = opened(tmp_path)
    path.unlink()
    (fault,) = file.refresh()
    assert fault == f"{path}: eşleme dosyası yok"
    assert file.refresh() == ()
    assert names(file) == ["Yol çukuru", "Su arızası"]
    write_office(tmp_path, categories="[{name: Yeni, directorate: fen}]")
    assert file.refresh() == ()
    assert names(file) == ["Yeni"]


def test_without_a_sound_file_there_is_no_start(tmp_path: Path) -> None:
    path = write_office(tmp_path, categories="[]")
    with pytest.raises(ConfigurationError):
        MappingsFile(path, FACTS)
