"""Attachments and originals on disk."""

import os
import resource
from multiprocessing import get_context
from pathlib import Path

import pytest

from daemon.domain.errors import ConfigurationError, Temporary, Unprocessable
from daemon.ledger.files import FileStore, Originals, safe_name


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("dilekçe.pdf", "dilekçe.pdf"),
        ("Ç\u0327ukur İÇİN.JPG", "Ç\u0327ukur İÇİN.JPG"),
        ("C\u0327ukur.jpg", "Çukur.jpg"),
        ("../../etc/passwd", "etc_passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("C:\\Users\\x\\resim.png", "C_Users_x_resim.png"),
        ("a\x00b\r\nc.txt", "a_b_c.txt"),
        ("fatura\u202efdp.exe", "fatura_fdp.exe"),
        ("\ud800\udcff.txt", "dosya.txt"),
        ("con.txt", "_con.txt"),
        ("CON", "_CON"),
        ("konu.txt", "konu.txt"),
        (".htaccess", "dosya.htaccess"),
        ("...", "dosya"),
        ("", "dosya"),
        ("  boşluk . ", "boşluk"),
        ("ğ" * 300 + ".docx", "ğ" * 57 + ".docx"),
        ("a" * 300, "a" * 120),
        ("x." + "u" * 300, "x." + "u" * 118),
    ],
)
def test_names_become_safe_and_stay_legible(name: str, safe: str) -> None:
    assert safe_name(name) == safe
    assert len(safe.encode()) <= 120


def test_a_file_is_kept_under_its_hash_and_its_name(tmp_path: Path) -> None:
    store = FileStore(tmp_path / "yeni" / "ekler")
    path = store.keep("Çukur resmi.jpg", b"abc")
    assert path == "ba/ba7816bf8f01-Çukur resmi.jpg"
    assert store.read(path) == b"abc"
    assert (tmp_path / "yeni" / "ekler" / path).read_bytes() == b"abc"


def test_the_same_bytes_are_kept_once_unless_another_program_opens_them(tmp_path: Path) -> None:
    store = FileStore(tmp_path)
    first = store.keep("a.jpg", b"abc")
    assert store.keep("b.JPG", b"abc") == first
    assert store.keep("c.pdf", b"abc") != first
    assert store.keep("a.jpg", b"abd") != first
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 3


def test_another_content_never_takes_a_file_s_place(tmp_path: Path) -> None:
    store = FileStore(tmp_path)
    path = tmp_path / store.keep("a.jpg", b"abc")
    path.write_bytes(b"a hash that begins alike")
    other = store.keep("a.jpg", b"abc")
    assert store.read(other) == b"abc"
    assert path.read_bytes() == b"a hash that begins alike"
    assert store.keep("a.jpg", b"abc") == other


def test_only_the_group_of_a_share_may_read_attachments_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        path = FileStore(tmp_path / "ekler").keep("a.jpg", b"abc")
    finally:
        os.umask(before)
    kept = tmp_path / "ekler" / path
    assert kept.stat().st_mode & 0o777 == 0o640
    assert [folder.stat().st_mode & 0o777 for folder in (kept.parent, kept.parent.parent)] == [0o750, 0o750]


def test_a_folder_that_is_there_keeps_its_rights(tmp_path: Path) -> None:
    tmp_path.chmod(0o2770)
    FileStore(tmp_path).keep("a.jpg", b"abc")
    assert tmp_path.stat().st_mode & 0o7777 == 0o2770


@pytest.mark.parametrize(
    ("prefix", "link"),
    [
        ("file://sunucu/ekler/", "file://sunucu/ekler/ba/ba7816bf8f01-%C3%87ukur%20%231.jpg"),
        ("https://sunucu/ekler", "https://sunucu/ekler/ba/ba7816bf8f01-%C3%87ukur%20%231.jpg"),
        ("\\\\sunucu\\ekler\\", "\\\\sunucu\\ekler\\ba\\ba7816bf8f01-Çukur #1.jpg"),
    ],
)
def test_staff_open_files_by_the_prefix(tmp_path: Path, prefix: str, link: str) -> None:
    store = FileStore(tmp_path, prefix)
    assert store.link(store.keep("Çukur #1.jpg", b"abc")) == link


def test_without_a_prefix_a_link_is_the_absolute_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert FileStore(Path("ekler")).link("ab/x") == str(tmp_path / "ekler" / "ab" / "x")


def test_a_missing_file_and_a_folder_that_is_a_file_are_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(ConfigurationError):
        FileStore(tmp_path).read("ab/x")
    with pytest.raises(ConfigurationError):
        FileStore(tmp_path / "file").keep("a", b"abc")


def test_an_original_is_given_back_only_if_it_is_what_came(tmp_path: Path) -> None:
    originals = Originals(tmp_path / "originals")
    digest = originals.keep(b"abc")
    assert originals.original(digest) == b"abc"
    (path,) = (found for found in tmp_path.rglob("*") if found.is_file())
    path.write_bytes(b"abd")
    with pytest.raises(Unprocessable, match="damaged"):
        originals.original(digest)
    assert originals.keep(b"abc") == digest  # mended by the next copy
    assert originals.original(digest) == b"abc"
    with pytest.raises(Unprocessable, match="missing"):
        originals.original("0" * 64)


def fill_the_disk(folder: Path) -> None:
    """In a process that may write no more than 10 kB to a file."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))
    with pytest.raises(Temporary) as told:
        FileStore(folder).keep("a.jpg", b"x" * 20_000)
    assert "disk" in told.value.reason


def test_a_full_disk_is_temporary_and_leaves_no_half_file(tmp_path: Path) -> None:
    child = get_context("fork").Process(target=fill_the_disk, args=(tmp_path,))
    child.start()
    child.join()
    assert child.exitcode == 0
    assert [found for found in tmp_path.rglob("*") if found.is_file()] == []
