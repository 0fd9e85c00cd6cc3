"""Archives and documents from outside are opened where they can do no harm: apart, limited, without network."""

import base64
import io
import os
import socket
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from daemon.app import shut_in
from daemon.domain.errors import Unprocessable
from daemon.domain.mail import Mail
from daemon.mail import archives, mime, structured
from tests.office import mail
from tests.scans import files

CHAT = "12.10.2026 09:30 - Ayşe: Yol çöktü\n"


def zipped(**members: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in members.items():
            archive.writestr(name.replace("_", "."), data)
    return packed.getvalue()


def with_file(data: bytes, name: str = "dilekce.docx") -> bytes:
    encoded = base64.encodebytes(data).decode()
    return (
        "From: Ayşe <ayse@example.com>\nTo: muhtarlik@ornek.bel.tr\nSubject: Dilekçe\nMIME-Version: 1.0\n"
        "Content-Type: application/octet-stream\nContent-Transfer-Encoding: base64\n"
        f'Content-Disposition: attachment; filename="{name}"\n\n{encoded}'
    ).encode()


def whose(monkeypatch: pytest.MonkeyPatch, of: object, name: str, tmp_path: Path) -> Callable[[], str]:
    """Note the process in which a reader works, and what it can reach there."""
    read, told = getattr(of, name), tmp_path / "told"
    ours = os.getpid()

    def telling(*arguments: object) -> object:
        if os.getpid() == ours:
            told.write_text("here")
            return read(*arguments)
        try:  # in the other process nothing can be written: what it finds out, its answer must tell
            told.write_text("it wrote")
        except OSError:
            with pytest.raises(OSError):
                socket.create_connection(("127.0.0.1", 9), timeout=1)
            return read(*arguments)
        raise AssertionError("it may write")

    monkeypatch.setattr(of, name, telling)
    return lambda: told.read_text() if told.exists() else "apart"


@pytest.mark.parametrize(
    ("raw", "where"),
    [
        (with_file(zipped(word_xml=b"...")), "apart"),
        (with_file(b"{\\rtf1 Yol bozuk}", "dilekce.rtf"), "apart"),
        (with_file(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 80, "ileti.msg"), "apart"),
        (with_file(b"\x78\x9f\x3e\x22" * 40, "winmail.dat"), "apart"),
        (with_file(files.tarred(("a.pdf", b"x"), mode="w"), "a.tar"), "apart"),
        (with_file(files.tarred(("a.pdf", b"x"), mode="w:gz"), "a.tgz"), "apart"),
        (with_file(files.tarred(("a.pdf", b"x"), mode="w:bz2"), "a.tbz2"), "apart"),
        (with_file(files.tarred(("a.pdf", b"x"), mode="w:xz"), "a.txz"), "apart"),
        (with_file(b"\x30\x80" * 40, "a.p7m"), "apart"),
        (with_file(b"%PDF-1.4 tarama", "dilekce.pdf"), "here"),
        (mail("ayse@example.com", "Yol", "Yol bozuk."), "here"),
    ],
    ids=["docx", "rtf", "msg", "tnef", "tar", "tar.gz", "tar.bz2", "tar.xz", "p7m", "pdf", "words"],
)
def test_a_mail_with_an_archive_is_parsed_apart(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, raw: bytes, where: str
) -> None:
    place = whose(monkeypatch, mime, "parse_mail", tmp_path)
    parsed = shut_in.parse_mail(raw)
    assert place() == where
    assert parsed.sender.email == "ayse@example.com"


def test_lists_are_read_apart_and_one_that_breaks_the_limits_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    place = whose(monkeypatch, structured, "read_material", tmp_path)
    listed = mime.parse_mail(with_file(zipped(a_xml=b"<x/>"), "liste.xlsx"))
    assert [each.name for each in shut_in.read_material(listed).unread] == ["liste.xlsx"]
    assert place() == "apart"
    monkeypatch.setattr(structured, "read_material", lambda _: os._exit(1))
    [unread] = shut_in.read_material(listed).unread
    assert "inceleyiniz" in unread.reason


def test_an_exported_conversation_and_its_photos_are_unpacked_apart(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    place = whose(monkeypatch, archives, "Archive", tmp_path)
    export = shut_in.open_export("sohbet.zip", zipped(sohbet_txt=CHAT.encode(), foto_jpg=b"\xff\xd8\xff"))
    assert export is not None
    assert export.texts == (("sohbet.txt", CHAT),)
    assert export.file("foto.jpg") == b"\xff\xd8\xff"
    assert export.file("yok.jpg") is None
    assert place() == "apart"


def _eats_memory(_: bytes) -> Mail:
    held = []
    while True:
        held.append(bytearray(b"x") * 50_000_000)


def _never_ends(_: bytes) -> Mail:
    while True:
        time.sleep(1)


def _crashes(_: bytes) -> Mail:
    os._exit(1)


@pytest.mark.parametrize("reader", [_eats_memory, _never_ends, _crashes])
def test_what_breaks_its_limits_is_held_with_a_reason(
    monkeypatch: pytest.MonkeyPatch, reader: Callable[[bytes], Mail]
) -> None:
    monkeypatch.setattr(mime, "parse_mail", reader)
    monkeypatch.setattr(shut_in, "SECONDS", 3.0)
    with pytest.raises(Unprocessable) as told:
        shut_in.parse_mail(with_file(zipped(a_xml=b"...")))
    assert "inceleyiniz" in told.value.reason


def test_a_refused_archive_keeps_its_own_reason() -> None:
    with pytest.raises(Unprocessable) as told:
        shut_in.open_export("sohbet.zip", b"PK\x03\x04 torn")
    assert told.value.reason
    assert "güvenli biçimde" not in told.value.reason
