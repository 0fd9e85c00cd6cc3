"""A file that nobody can open beside something good: what is good is entered, the file kept with it, a person asked."""

import io
import struct
import zipfile
import zlib
from email.message import EmailMessage
from email.policy import SMTP
from hashlib import sha256

import pytest
from structlog.testing import capture_logs

from daemon.app import App
from daemon.domain.mail import Arrival
from daemon.domain.request import Channel, Request
from daemon.domain.review import Review
from daemon.scans.folder import STRAY_STILL_SECONDS
from tests.office import ADDRESS, requests_of, reviews_of
from tests.scans import files, hostile
from tests.steps.scan_office import LETTER, NAMELESS, put
from tests.steps.sheet_office import START

HEADMAN = "yayla.muhtari@example.com"
STAFF = "buro1@ornek.bel.tr"
WORDS = "Gül Sokakta çöp konteynerleri üç gündür boşaltılmıyor, boşaltılmasını rica ederim."


def _zip(*members: tuple[str, bytes], password: bool = False) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in members:
            archive.writestr(name, body)
    raw = bytearray(data.getvalue())
    if password:
        raw[raw.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(raw)


BOMB = hostile.png(
    struct.pack(">IIBBBBB", 120_000, 120_000, 8, 0, 0, 0, 0), zlib.compress(bytes(9_000_000), 1)
)
MANY = hostile.TRAPS["2,000 pages"]()
BAD = {
    "2,000 pages": ("liste.pdf", MANY, "2000 sayfa; en çok 300 sayfa okunur"),
    "decompression bomb": ("foto.png", BOMB, "resim olağan dışı büyük, 120000 × 120000 nokta; açmayınız"),
    "zip bomb": ("ek.zip", _zip(("0", bytes(9_000_000))), "açıldığında olağan dışı büyüyor; açmayınız"),
    "zip with ../": ("ek.zip", _zip(("../x", b"x")), "içinde güvenli olmayan dosya yolları var; açmayınız"),
    "zip with a password": ("ek.zip", _zip(("x", b"x"), password=True), "parola korumalı"),
    "password": ("ek.pdf", files.locked(), "parola korumalı görünüyor"),
    "0 bytes": ("ek.pdf", b"", "boş (0 bayt)"),
    "exe called pdf": ("ek.pdf", b"MZ\x90\0" + bytes(9_000), "program dosyası; açmayınız"),
}
each_kind = pytest.mark.parametrize(("name", "data", "why"), BAD.values(), ids=BAD)


def arrives(
    app: App, body: str, *attached: tuple[str, bytes], sender: str = HEADMAN
) -> list[dict[str, object]]:
    """It is read; the log's lines about files are returned."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, ADDRESS, "Dilekçe"
    message["Message-ID"] = f"<{sha256(body.encode()).hexdigest()[:9]}@example.com>"
    message.set_content(body or " ")
    for name, data in attached:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    raw = message.as_bytes(policy=SMTP)
    digest = sha256(raw).hexdigest()
    with app.ledger.transaction() as tx:
        tx.keep_arrivals([Arrival("imap", digest, digest, START, raw, "")], START)
    with capture_logs() as lines:
        app.run_step("reading")
        app.run_step("scans")
    assert not [line for line in lines if line["log_level"] == "error"]
    return [dict(line) for line in lines if line["event"] == "files cannot be opened"]


def _only(app: App) -> tuple[Request, Review]:
    (request,), (review,) = requests_of(app), reviews_of(app)
    assert review.number == request.number
    return request, review


@each_kind
def test_beside_a_request_in_words(app: App, name: str, data: bytes, why: str) -> None:
    lines = arrives(app, WORDS, (name, data))
    request, review = _only(app)
    assert (request.channel, request.directorate) == (Channel.EMAIL, "temizlik")
    assert [app.files.read(path) for path in request.attachments] == [data]
    assert review.reason.startswith(f"Talebin eki açılamıyor: {name} ({why}). Gerekiyorsa muhtardan")
    (line,) = lines
    assert (line["log_level"], line["files"]) == ("warning", 1)
    assert name not in str(line)


@each_kind
def test_alone_in_a_headmans_mail_that_only_points_to_it(app: App, name: str, data: bytes, why: str) -> None:
    """He has his receipt, and a person the file's name with what is wrong with it."""
    arrives(app, "Dilekçem ektedir.", (name, data))
    (request,) = requests_of(app)
    assert (request.directorate, request.neighbourhood) == ("", "Yayla")
    assert data in [app.files.read(path) for path in request.attachments]
    reasons = " ".join(review.reason for review in reviews_of(app) if review.number == request.number)
    assert f"{name}: {why}." in reasons or f"{name} ({why})" in reasons
    with app.ledger.view() as view:
        assert not view.held_arrivals()
        assert [letter.occasion for letter in view.letters_of(request.number)] == ["headman/confirmation"]


def test_a_file_cut_short_alone_in_a_colleagues_mail_is_asked_about_by_its_name(app: App) -> None:
    arrives(app, "Dilekçe ektedir.", ("yarim.pdf", files.typed_pdf(LETTER)[:9_000]), sender=STAFF)
    (review,) = reviews_of(app)
    assert "yarim.pdf: Dosya bozuk veya eksik" in review.reason
    assert review.sender


@each_kind
def test_beside_a_good_scan(app: App, name: str, data: bytes, why: str) -> None:
    lines = arrives(app, "Dilekçem ektedir.", ("dilekce.pdf", files.typed_pdf(NAMELESS)), (name, data))
    request, review = _only(app)
    assert (request.channel, request.directorate) == (Channel.PETITION, "fen")
    assert data in [app.files.read(path) for path in request.attachments]
    assert review.reason.startswith(f"Talebin eki açılamıyor: {name} ({why}). Gerekiyorsa muhtardan")
    assert len(lines) == 1


@each_kind
def test_beside_the_good_scan_that_a_colleague_mails(app: App, name: str, data: bytes, why: str) -> None:
    """An archive of his may be a conversation: it is asked about by itself, and once."""
    lines = arrives(app, "Dilekçe ektedir.", ("d.pdf", files.typed_pdf(LETTER)), (name, data), sender=STAFF)
    (request,), (review,) = requests_of(app), reviews_of(app)
    assert (request.channel, request.neighbourhood) == (Channel.PETITION, "Yayla")
    if name.endswith(".zip"):
        assert review.reason.startswith("Arşiv")
        assert app.files.read(review.link) == data
    else:
        assert f"{name} ({why})" in review.reason
        assert len(lines) == 1


@each_kind
def test_in_a_mail_that_a_person_decides_about(app: App, name: str, data: bytes, why: str) -> None:
    lines = arrives(app, WORDS, (name, data), sender="biri@example.net")
    assert not requests_of(app)
    (review,) = reviews_of(app)
    assert review.reason.endswith(f" Eki açılamıyor: {name} ({why}).")
    assert app.files.read(review.link) == data
    assert len(lines) == 1


@each_kind
def test_in_the_scanners_folder_beside_another(app: App, name: str, data: bytes, why: str) -> None:
    """A file of its own: held with its reason. An archive there is a conversation, which this step leaves alone."""
    bad = put(app, name, data, seconds_ago=2 * STRAY_STILL_SECONDS)
    good = put(app, "dilekce.pdf", files.typed_pdf(LETTER))
    app.run_step("scans")
    (request,) = requests_of(app)
    assert request.neighbourhood == "Yayla"
    assert (good.parent / "Islenenler" / good.name).exists()
    with app.ledger.view() as view:
        held = [stored.reason for stored in view.held_arrivals()]
    if name.endswith(".zip"):
        assert (held, bad.exists()) == ([], True)
    else:
        assert len(held) == 1
        assert (bad.parent / "Bekleyenler" / bad.name).exists()


def test_a_page_that_ends_its_reading_is_told_beside_a_request_in_words(app: App) -> None:
    arrives(app, WORDS, ("ek.pdf", hostile.TRAPS["content of 4 GB of zeros"]()))
    _, review = _only(app)
    assert "ek.pdf (1. sayfa: Sayfa bozuk; okunamadı)" in review.reason


def test_one_question_names_all_of_them_but_not_a_hundred(app: App) -> None:
    arrives(app, WORDS, *((f"{n}.pdf", b"MZ%d" % n) for n in range(12)))
    _, review = _only(app)
    assert "9.pdf (program dosyası; açmayınız) ve 2 dosya daha." in review.reason


def test_a_good_file_is_not_asked_about(app: App) -> None:
    arrives(app, WORDS, ("foto.png", files.png(files.blank())), ("d.pdf", files.typed_pdf(LETTER)))
    assert requests_of(app)
    assert not reviews_of(app)


def test_a_pdf_that_only_forbids_printing_is_read_like_any(app: App) -> None:
    arrives(app, "Dilekçem ektedir.", ("d.pdf", files.forbidding(files.typed_pdf(NAMELESS))))
    (request,) = requests_of(app)
    assert (request.channel, request.directorate) == (Channel.PETITION, "fen")
    arrives(app, WORDS, ("e.pdf", files.forbidding(files.pdf([files.blank()]))))
    assert len(requests_of(app)) == 2
    assert not [review.reason for review in reviews_of(app) if "parola" in review.reason]


def test_what_is_no_scan_goes_along_with_the_petition_in_one(app: App) -> None:
    arrives(app, "", ("dilekce.pdf", files.typed_pdf(NAMELESS)), ("kroki.docx", _zip(("a.xml", b"<a/>"))))
    (request,) = requests_of(app)
    assert [path.rpartition("-")[2] for path in request.attachments] == [
        "aranabilir.pdf",
        "dilekce.pdf",
        "kroki.docx",
    ]


def test_a_scan_whose_page_ends_its_reading_is_told_beside_a_good_one(app: App) -> None:
    trap = hostile.TRAPS["content of 4 GB of zeros"]()
    arrives(app, "", ("dilekce.pdf", files.typed_pdf(NAMELESS)), ("ek.pdf", trap))
    request, review = _only(app)
    assert trap in [app.files.read(path) for path in request.attachments]
    assert "ek.pdf (1. sayfa: Sayfa bozuk; okunamadı)" in review.reason


def test_a_reply_with_such_a_file_is_heard_and_the_file_asked_about(app: App) -> None:
    arrives(app, WORDS)
    (request,) = requests_of(app)
    arrives(app, f"{request.number} için fotoğraf ektedir, sorun sürüyor.", ("foto.png", BOMB))
    reasons = [review.reason for review in reviews_of(app)]
    assert sum("foto.png (resim olağan dışı büyük" in reason for reason in reasons) == 1, reasons
