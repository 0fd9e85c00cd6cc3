"""Petitions that come by mail in an archive: read as if each had been attached singly."""

import gzip
import io
import tarfile
import zipfile

import pytest

from daemon.app import App
from daemon.domain.request import Channel
from daemon.mail import lifted
from daemon.mail.attachments import attachment
from tests.chats.exports import zipped as chat_zipped
from tests.mail.letters import docx
from tests.office import requests_of, reviews_of
from tests.scans import files
from tests.steps.scan_office import LETTER as PAVEMENT
from tests.steps.test_letters_in_documents import LETTER
from tests.steps.test_unopened_files import HEADMAN, STAFF, WORDS, arrives

OTHERS = LETTER.replace("Yayla", "Köşk").replace("YAYLA", "KÖŞK").replace("Mustafa Şahinbey", "")
PDF, PICTURE = files.typed_pdf(PAVEMENT), files.photographed(LETTER)
OTHER_KIND = "bu tür arşiv açılamıyor; .zip olarak gönderilmelidir"
GROWS = "Arşiv açıldığında olağan dışı büyüyor; güvenlik için açılmadı"
MANY = "içindekilerin tümü okunamayacak kadar çok veya büyük; ayrı ayrı gönderilmelidir"


def _link() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        info = zipfile.ZipInfo("dilekce.pdf")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    return data.getvalue()


def _tar_of(kind: bytes) -> bytes:
    info = tarfile.TarInfo("dilekce.pdf")
    info.type, info.linkname = kind, "/etc/passwd"
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w") as archive:
        archive.addfile(info)
    return data.getvalue()


def _torn_tar() -> bytes:
    """The second header is damaged: what stands behind it must not be lost silently."""
    data = bytearray(files.tarred(("a.pdf", PDF), ("b.pdf", PDF), mode="w"))
    data[data.index(b"b.pdf") + 150] ^= 0xFF
    return bytes(data)


def _sparse_tar() -> bytes:
    """One file that is a hole of a terabyte (GNU's old format)."""
    info = tarfile.TarInfo("a.pdf")
    info.type = tarfile.GNUTYPE_SPARSE
    head = bytearray(info.tobuf(tarfile.GNU_FORMAT))
    head[386 : 386 + 24] = b"%011o\0%011o\0" % (10**9, 0)
    head[483:495] = b"%011o\0" % 10**9
    head[148:156] = b" " * 8
    head[148:156] = b"%06o\0 " % sum(head)
    return bytes(head) + bytes(10_240)


def _torn() -> bytes:
    data = bytearray(files.zipped(("a.pdf", PDF), ("b.pdf", files.typed_pdf(LETTER))))
    at = data.rindex(b"b.pdf", 0, data.index(b"PK\x01\x02")) + 40
    data[at : at + 200] = bytes(200)
    return bytes(data)


@pytest.mark.parametrize("sender", [HEADMAN, STAFF])
@pytest.mark.parametrize(
    "archive",
    [
        files.zipped(("taramalar/tarama.pdf", PDF), ("taramalar/tarama.jpg", PICTURE)),
        files.zipped(("1/tarama.pdf", PDF), ("2/tarama.pdf", files.typed_pdf(LETTER))),
        files.zipped(("tarama.pdf", PDF), ("dilekce.docx", docx("", [PICTURE]))),
        files.tarred(("taramalar/tarama.pdf", PDF), ("taramalar/tarama.jpg", PICTURE)),
    ],
    ids=["a PDF and a picture", "of one name", "a page in a document", "a tar file"],
)
def test_its_scans_are_read(app: App, archive: bytes, sender: str) -> None:
    name = "dilekceler.zip" if archive.startswith(b"PK") else "dilekceler.tar.gz"
    arrives(app, "Dilekçelerimiz ektedir.", (name, archive), sender=sender)
    assert {(r.channel, r.directorate, r.neighbourhood) for r in requests_of(app)} == {
        (Channel.PETITION, "fen", "Yayla"),
        (Channel.PETITION, "park", "Yayla"),
    }
    assert not reviews_of(app)


@pytest.mark.parametrize(
    ("name", "mode"),
    [("d.tar", "w"), ("d.TAR.GZ", "w:gz"), ("d.tgz", "w:gz"), ("d.tar.bz2", "w:bz2"), ("d.txz", "w:xz")],
)
def test_a_tar_file_is_opened_however_it_is_packed(name: str, mode: str) -> None:
    packed = files.tarred(("dilekçeler/çöp.pdf", PDF), ("._çöp.pdf", b"x"), ("b/çöp.pdf", PICTURE), mode=mode)
    whole, *found = lifted.with_lifted([attachment(name, "", packed, index=1)], "")
    assert [(each.name, each.data) for each in found] == [("çöp.pdf", PDF), ("çöp.pdf", PICTURE)]
    assert (whole.unread, whole.is_emptied, found[0].within) == ("", True, (whole.content_hash,))


@pytest.mark.parametrize("sender", [HEADMAN, STAFF])
def test_its_letter_is_read(app: App, sender: str) -> None:
    data = files.zipped(("dilekce.docx", docx(LETTER)), ("liste.xlsx", b"x"))
    arrives(app, "Dilekçem ektedir.", ("dilekce.zip", data), sender=sender)
    (request,) = requests_of(app)
    assert (request.channel, request.directorate, request.subject) == (
        Channel.PETITION,
        "park",
        "Park bankı talebi",
    )
    assert [path.rpartition("-")[2] for path in request.attachments] == ["dilekce.docx", "dilekce.zip"]
    assert not reviews_of(app)


def test_nobody_is_handed_an_archive_with_anothers_petition(app: App) -> None:
    archive = files.zipped(("a.pdf", PDF), ("b.pdf", files.typed_pdf(OTHERS)), ("liste.dwg", b"x"))
    arrives(app, "Dilekçeler ektedir.", ("dilekceler.zip", archive), sender=STAFF)
    requests = requests_of(app)
    assert sorted(request.neighbourhood for request in requests) == ["Köşk", "Yayla"]
    for request in requests:
        assert not [path for path in request.attachments if path.endswith(".zip")]
        assert len([path for path in request.attachments if path.endswith(("-a.pdf", "-b.pdf"))]) == 1


@pytest.mark.parametrize(("more", "goes_along"), [((), False), ((("kroki.dwg", b"x"),), True)])
def test_an_archive_goes_along_for_what_was_not_taken_out(
    app: App, more: tuple[tuple[str, bytes], ...], goes_along: bool
) -> None:
    """Else it would outlast the erasure of whom it is about."""
    archive = files.zipped(("a.pdf", PDF), *more)
    arrives(app, "Dilekçe ektedir.", ("dilekce.zip", archive), sender=STAFF)
    (request,) = requests_of(app)
    assert any(path.endswith("-dilekce.zip") for path in request.attachments) is goes_along
    kept = [path.name for path in app.settings.files.folder.rglob("*.zip")]
    assert bool(kept) is goes_along


@pytest.mark.parametrize(
    ("archive", "why"),
    [
        (files.zipped(("a.pdf", PDF), ("ic.zip", b"PK\x03\x04")), "ek.zip (içindeki arşiv açılmadı: ic.zip)"),
        (files.zipped(("ic.rar", b"Rar!")), "ek.zip (içindeki arşiv açılmadı: ic.rar)"),
        (files.zipped(("a.pdf", PDF), ("k.pdf", files.locked())), "k.pdf (parola korumalı görünüyor)"),
        (files.zipped(*((f"{n}.pdf", b"%%PDF-%d" % n) for n in range(101))), f"ek.zip ({MANY})"),
        (_torn(), "ek.zip (içindeki dosya okunamadı: b.pdf)"),
        (_link(), "ek.zip (Arşivde dosya yerine bağlantı var; açılmadı)"),
        (files.zipped(("../a.pdf", PDF)), "ek.zip (içinde güvenli olmayan dosya yolları var; açmayınız)"),
        (_tar_of(tarfile.SYMTYPE), "ek.tar (Arşivde dosya yerine bağlantı var; açılmadı)"),
        (_tar_of(tarfile.LNKTYPE), "ek.tar (Arşivde dosya yerine bağlantı var; açılmadı)"),
        (_tar_of(tarfile.CHRTYPE), "ek.tar (Arşivde dosya yerine aygıt var; açılmadı)"),
        (files.tarred(("../a.pdf", PDF)), "ek.tar (Arşivde güvenli olmayan dosya yolu var; açılmadı)"),
        (files.tarred(("a.pdf", PDF))[:-900], "ek.tar (Arşiv dosyası bozuk, açılamadı)"),
        (_torn_tar(), "ek.tar (Arşiv dosyası bozuk, açılamadı)"),
        (files.tarred(("a.pdf", bytes(40_000_000))), f"ek.tar ({GROWS})"),
        (files.tarred(("a.pdf", bytes(40_000_000)), mode="w:xz"), f"ek.tar ({GROWS})"),
        (_sparse_tar(), f"ek.tar ({GROWS})"),
        (files.tarred((90_000 * "a" + ".pdf", PDF)), "ek.tar (Arşiv dosyası bozuk, açılamadı)"),
        (
            files.tarred(*((f"{n}.pdf", b"") for n in range(10_001))),
            "ek.tar (Arşivde çok fazla dosya var; açılmadı)",
        ),
        (files.tarred(("a.pdf", PDF), ("ic.zip", b"PK\x03\x04")), "ek.tar (içindeki arşiv açılmadı: ic.zip)"),
        (b"Rar!\x1a\x07\x01\x00" + PDF, f"ek.rar ({OTHER_KIND})"),
        (b"7z\xbc\xaf\x27\x1c" + PDF, f"ek.7z ({OTHER_KIND})"),
        (gzip.compress(PDF), f"ek.gz ({OTHER_KIND})"),
    ],
    ids=["nested", "other nested", "locked", "many", "damaged", "link", "unsafe", "tar link", "tar hard link"]
    + ["tar device", "tar unsafe", "tar cut off", "tar damaged", "tar bomb", "xz bomb", "sparse", "long name"]
    + ["tar many", "tar nested", "rar", "7z", "gz"],
)
def test_what_cannot_be_taken_out_is_told(app: App, archive: bytes, why: str) -> None:
    arrives(
        app, WORDS, (why.partition(" ")[0].replace("k.pdf", "ek.zip"), archive), sender="biri@example.net"
    )
    (review,) = reviews_of(app)
    assert why in review.reason
    assert review.sender == "biri@example.net"


def test_more_than_a_mail_may_hold_is_left_in_it(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lifted._Room.__init__, "__defaults__", (100, len(PDF)))
    arrives(app, WORDS, ("ek.zip", files.zipped(("a.pdf", PDF), ("b.pdf", PDF + b"\0"))))
    assert [r.directorate for r in requests_of(app)] == ["temizlik", "fen"]
    (review,) = reviews_of(app)
    assert f"ek.zip ({MANY})" in review.reason


@pytest.mark.parametrize(
    ("name", "member", "subject"),
    [
        ("yazismalar.zip", "notlar.txt", ""),
        ("WhatsApp Sohbeti - Mustafa Şahinbey.zip", "bos.txt", ""),
        ("a.zip", "tek.txt", "WhatsApp Sohbeti - Mustafa Şahinbey"),
    ],
    ids=["by its text", "by its name", "by the mail's subject"],
)
def test_nothing_is_taken_out_of_a_conversation(name: str, member: str, subject: str) -> None:
    """Its photographs are what its messages say of them."""
    said = ["01.10.2026 09:14 - Mustafa Şahinbey: Su Deposu Sokakta kaldırım çöktü, onarılsın."] * 2
    text = {"notlar.txt": "\n".join(said), "tek.txt": said[0], "bos.txt": ""}[member]
    archive = attachment(name, "", chat_zipped({member: text, "IMG-1.jpg": PICTURE}), index=1)
    assert lifted.with_lifted([archive], subject) == [archive]


@pytest.mark.parametrize("sender", [HEADMAN, STAFF])
def test_pictures_sent_by_a_messenger_are_no_conversation(app: App, sender: str) -> None:
    """An archive may be called after where its pictures came from; a conversation has a text."""
    archive = files.zipped(("WhatsApp Image 2026-10-01 at 09.14.00.jpeg", PICTURE))
    name = "WhatsApp Image 2026-10-01 at 09.14.00.zip"
    arrives(app, "Dilekçem ektedir.", (name, archive), sender=sender)
    (request,) = requests_of(app)
    assert (request.channel, request.directorate) == (Channel.PETITION, "park")
    assert not reviews_of(app)


def test_a_conversation_in_a_colleagues_mail_is_read_as_ever(app: App) -> None:
    text = "01.10.2026 09:14 - Mustafa Şahinbey: Su Deposu Sokakta kaldırım çöktü, onarılsın.\n01.10.2026 09:15 - "
    text += "Mustafa Şahinbey: IMG-1.jpg (dosya ekli)\n"
    archive = chat_zipped({"notlar.txt": text, "IMG-1.jpg": PICTURE})
    arrives(app, "Sohbet ektedir.", ("yazismalar.zip", archive), sender=STAFF)
    (request,) = requests_of(app)
    assert (request.channel, len(request.attachments)) == (Channel.WHATSAPP, 1)
