"""A file that is no YAML, or no file of ours: what is told of it, and with which line."""

from pathlib import Path

import pytest

from daemon.mappings import load_mappings
from tests.mappings.office_file import FACTS, faults_of, line_with, office_text, write_office

# --- syntax -----------------------------------------------------------------------------------------------

_SYNTAX = {
    "tab": ("calendar:\n  half_days_count: true\n\tadministrative_leave: []\n", 3, "sekme"),
    "colon in a value": ("calendar: {}\ndeadlines: bir: iki\n", 2, "iki nokta"),
    "indentation": ("calendar:\n  a: 1\n b: 2\n", 3, "girinti"),
    "open bracket": ("a: [1, 2\nb: 3\n", 2, "ayraç"),
    "open quote": ('a: "bir\nb: iki\n', 3, "tırnak"),
    "star": ("a: 1\nb: *önemli\n", 2, "tırnak"),
    "at sign": ("a: 1\nb: @ali\n", 2, "tırnak"),
    "backslash": ('a: 1\nb: "C:\\yol"\n', 2, "tek tırnak"),
    "two documents": ("a: 1\n---\nb: 2\n", 2, "---"),
    "control character": ("a: 1\nb: \x01\n", 2, "karakter"),
    "list for a key": ("a: 1\n[x, y]: 2\n", 2, "anahtar"),
    "deep brackets": ("a: " + "[" * 50_000, 1, "iç içe"),
    "deep dashes": ("a:\n" + "- " * 50_000, 2, "iç içe"),
    "bomb": ("a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n", 2, "tırnak"),
}


@pytest.mark.parametrize(("text", "line", "words"), _SYNTAX.values(), ids=_SYNTAX)
def test_faulty_yaml_is_explained(tmp_path: Path, text: str, line: int, words: str) -> None:
    path = tmp_path / "mappings.yaml"
    path.write_text(text, encoding="utf-8")
    faults = faults_of(path)
    assert any(fault.startswith(f"{path}:{line}: ") and words in fault for fault in faults), faults


@pytest.mark.parametrize("text", ["", "\n\n", "# yalnız açıklama\n", "---\n", "~\n"])
def test_an_empty_file_is_called_empty(tmp_path: Path, text: str) -> None:
    path = tmp_path / "mappings.yaml"
    path.write_text(text, encoding="utf-8")
    assert faults_of(path) == (f"{path}:1: dosya boş",)


@pytest.mark.parametrize("text", ["- a\n- b\n", "merhaba\n", "12\n"])
def test_a_file_of_another_kind_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "mappings.yaml"
    path.write_text(text, encoding="utf-8")
    (fault,) = faults_of(path)
    assert "bölümlerden" in fault


# --- the file ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["windows-1254", "iso-8859-9", "utf-16"])
def test_another_encoding_is_refused_with_advice(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "mappings.yaml"
    path.write_bytes(f"# birinci\n{office_text()}".encode(encoding))
    (fault,) = faults_of(path)
    assert "UTF-8" in fault
    line = 1 if encoding == "utf-16" else line_with(write_office(tmp_path), "Fen İşleri") + 1
    assert fault.startswith(f"{path}:{line}: ")


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_what_windows_editors_add_does_no_harm(tmp_path: Path, newline: str) -> None:
    path = tmp_path / "mappings.yaml"
    path.write_bytes(office_text().replace("\n", newline).encode("utf-8-sig"))
    assert load_mappings(path, FACTS).office.registry.directorates[0].name == "Fen İşleri Müdürlüğü"


def test_an_absent_file_is_named(tmp_path: Path) -> None:
    assert faults_of(tmp_path / "yok.yaml") == (f"{tmp_path}/yok.yaml: eşleme dosyası yok",)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    assert faults_of(tmp_path) == (f"{tmp_path}: bu bir klasör, dosya olmalı",)


def test_the_same_faults_in_another_file_are_told_with_that_file_s_name(tmp_path: Path) -> None:
    for folder in (tmp_path / "a", tmp_path / "b"):
        folder.mkdir()
        path = write_office(folder, directorats="[]")
        assert [fault.startswith(f"{path}:") for fault in faults_of(path)] == [True]
