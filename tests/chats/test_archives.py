"""Archives are opened in memory and only when safe; everything else waits for a clerk with the reason."""

import io
import stat
import struct
import zipfile
from pathlib import Path

import pytest

from daemon.domain.errors import Unprocessable
from daemon.mail.archives import open_export
from tests.chats.exports import (
    HEADMAN,
    JPEG,
    android,
    arrive,
    bring,
    chat_zip,
    export_mail,
    held,
    requests,
    reviews,
    zipped,
)
from tests.steps.sheet_office import SheetOffice

CHAT = android(("09:15", HEADMAN, "Su Deposu Sokakta yol çöktü"), ("09:16", "Ofis", "Bakıyoruz"))
NAME = f"WhatsApp Sohbeti - {HEADMAN}.zip"


def _link() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("_chat.txt", CHAT)
        info = zipfile.ZipInfo("foto.jpg")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    return buffer.getvalue()


def _encrypted() -> bytes:
    data = bytearray(zipped({"_chat.txt": CHAT}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.index(signature) + offset
        struct.pack_into("<H", data, at, struct.unpack_from("<H", data, at)[0] | 1)
    return bytes(data)


def _lying() -> bytes:
    """Declares ten bytes and unpacks to ten million."""
    data = bytearray(zipped({"_chat.txt": "25.11.2026 09:14 - A: b\n" * 400_000}))
    struct.pack_into("<I", data, data.index(b"PK\x01\x02") + 24, 10)
    return bytes(data)


def _overlapping() -> bytes:
    """A thousand names for one member, as the bomb of David Fifield has."""
    data = zipped({"_chat.txt": CHAT * 100})
    end = data.index(b"PK\x05\x06")
    start = struct.unpack_from("<I", data, end + 16)[0]
    entry = data[start:end]
    directory = entry * 1_000
    tail = bytearray(data[end:])
    struct.pack_into("<HHI", tail, 8, 1_000, 1_000, len(directory))
    return data[:start] + directory + bytes(tail)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "Arşiv dosyası boş (0 bayt)."),
        (b"PK\x03\x04 bozuk", "Arşiv dosyası bozuk, açılamadı."),
        (zipped({"_chat.txt": CHAT})[:-30], "Arşiv dosyası bozuk, açılamadı."),
        (zipped({"../../etc/cron.d/x": CHAT}), "Arşivde güvenli olmayan dosya yolu var; açılmadı."),
        (zipped({"..\\..\\x.txt": CHAT}), "Arşivde güvenli olmayan dosya yolu var; açılmadı."),
        (zipped({"/etc/x.txt": CHAT}), "Arşivde güvenli olmayan dosya yolu var; açılmadı."),
        (zipped({"C:\\x.txt": CHAT}), "Arşivde güvenli olmayan dosya yolu var; açılmadı."),
        (_link(), "Arşivde dosya yerine bağlantı var; açılmadı."),
        (_encrypted(), "Arşiv parola korumalı; parolasız olarak yeniden gönderiniz."),
        (
            zipped({"_chat.txt": CHAT, "x.jpg": b"\0" * 5_000_000}),
            "Arşiv açıldığında olağan dışı büyüyor; güvenlik için açılmadı.",
        ),
        (_lying(), "Arşivdeki “_chat.txt” okunamıyor; arşiv bozuk görünüyor."),
        (_overlapping(), "Arşiv açıldığında olağan dışı büyüyor; güvenlik için açılmadı."),
        (zipped({f"{n}.jpg": b"" for n in range(10_001)}), "Arşivde çok fazla dosya var (10001); açılmadı."),
        (
            zipped({"iç.zip": zipped({"_chat.txt": CHAT})}),
            "Arşivin içinde başka bir arşiv var; açılmadı. Dosyaları ayrı ayrı gönderiniz.",
        ),
    ],
    ids=range(14),
)
def test_an_unsafe_archive_waits_with_a_reason_and_nothing_else_is_disturbed(
    office: SheetOffice, tmp_path: Path, data: bytes, reason: str
) -> None:
    before = {path for path in tmp_path.rglob("*") if "ekler" not in path.parts}
    arrive(office, export_mail({NAME: data}))
    bring(office, chat_zip(CHAT))
    assert [(review.reason, review.read) for review in reviews(office)] == [(reason, NAME)]
    assert held(office) == []
    assert len(requests(office)) == 1
    assert {path for path in tmp_path.rglob("*") if "ekler" not in path.parts} == before


def test_an_archive_inside_a_conversation_stays_closed_and_costs_nothing_else(office: SheetOffice) -> None:
    text = CHAT + "09.10.2026 09:17 - Mustafa Şahinbey: projeler.zip (dosya ekli)\n"
    bring(office, chat_zip(text, {"projeler.zip": zipped({"x": b"y"})}))
    [request] = requests(office)
    assert request.attachments == ()
    assert "Dışa aktarımda yer almayan: belge" in request.description


def test_a_damaged_photo_costs_only_itself(office: SheetOffice) -> None:
    text = CHAT + "09.10.2026 09:17 - Mustafa Şahinbey: IMG-1.jpg (dosya ekli)\n"
    data = bytearray(next(iter(chat_zip(text, {"IMG-1.jpg": bytes(range(256)) * 40}).values())))
    at = data.index(b"IMG-1.jpg") + 30
    data[at : at + 40] = bytes(40)
    bring(office, {NAME: bytes(data)})
    [request] = requests(office)
    assert request.attachments == ()


@pytest.mark.parametrize("encoding", ["cp857", "utf-8"])
def test_names_without_a_mark_of_their_encoding_are_read(encoding: str) -> None:
    written = f"WhatsApp Sohbeti - {HEADMAN}.txt"
    placeholder = "x" * len(written.encode(encoding))
    data = zipped({placeholder: CHAT}).replace(placeholder.encode(), written.encode(encoding))
    export = open_export(NAME, data)
    assert export is not None
    assert [name for name, _ in export.texts] == [written]


def test_what_macos_adds_is_no_conversation() -> None:
    export = open_export(NAME, zipped({"_chat.txt": CHAT, "__MACOSX/._chat.txt": b"\0\5", "._x.txt": b"\0"}))
    assert export is not None
    assert [name for name, _ in export.texts] == ["_chat.txt"]


def test_a_member_is_found_whatever_the_marks_and_case_of_its_name() -> None:
    export = open_export(NAME, zipped({"klasör/Fotoğraf 1.JPG": JPEG, "_chat.txt": CHAT}))
    assert export is not None
    assert export.file("\u200eFotoğraf 1.jpg") == JPEG
    assert export.file("../_chat.txt") == CHAT.encode()
    assert export.file("yok.jpg") is None


@pytest.mark.parametrize("name", ["dilekçe.docx", "liste.xlsx", "foto.jpg"])
def test_other_files_are_none_of_it(name: str) -> None:
    assert open_export(name, zipped({"x": b"y"}) if name != "foto.jpg" else JPEG) is None


def test_a_zip_without_a_conversation_goes_the_way_of_any_attachment(office: SheetOffice) -> None:
    arrive(
        office,
        export_mail(
            {"fotoğraflar.zip": zipped({"1.jpg": JPEG, "not.txt": b"iki satir\nnot"})}, subject="Fotoğraflar"
        ),
    )
    assert held(office) == []
    assert [review.link.endswith("fotoğraflar.zip") for review in reviews(office)] == [True]


def test_a_mail_that_says_enough_is_entered_although_its_archive_cannot_be_opened(
    office: SheetOffice,
) -> None:
    body = "Yayla Mahallesi Su Deposu Sokakta yol çökmüş, onarılması gerekiyor."
    arrive(office, export_mail({"fotoğraflar.zip": b"PK\x03\x04bozuk"}, subject="Yol", body=body))
    assert [request.neighbourhood for request in requests(office)] == ["Yayla"]
    assert [review.reason for review in reviews(office)] == ["Arşiv dosyası bozuk, açılamadı."]


def test_a_broken_archive_is_refused_as_such() -> None:
    with pytest.raises(Unprocessable):
        open_export("x.zip", b"PK\x03\x04")


@pytest.mark.parametrize("wrong", ["cp1254", "latin-1", "cp1252"])
def test_a_text_that_was_once_read_in_a_wrong_alphabet_is_mended(office: SheetOffice, wrong: str) -> None:
    said = android(("09:15", "Yayla Muhtarı", "Şelale Sokağında çöp konteyneri kırık, değiştirilsin"))
    misread = said.encode().decode(wrong, "replace").encode()
    bring(office, {"WhatsApp Sohbeti - Yayla Muhtarı.txt": misread})
    [request] = requests(office)
    assert request.description == "Şelale Sokağında çöp konteyneri kırık, değiştirilsin"
    assert request.neighbourhood == "Yayla"
