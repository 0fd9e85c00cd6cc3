"""Files of other kinds from the scanner's folder or by command: a clerk is told whence they came, not "the manager"."""

from collections.abc import Callable
from pathlib import Path

import pytest

from daemon.app import App
from daemon.app.explaining import told_of
from daemon.domain.request import Channel
from daemon.scans.folder import STRAY_STILL_SECONDS, ScanFolder
from tests.mail.letters import docx, odt
from tests.office import mail, requests_of, reviews_of
from tests.scans import files
from tests.steps.scan_office import LETTER as PAVEMENT
from tests.steps.scan_office import NAMELESS, put
from tests.steps.test_letters_in_documents import LETTER, NOTHING_IN_IT

HandIn = Callable[[App, str, bytes], None]


def _drop(app: App, name: str, data: bytes) -> None:
    put(app, name, data, seconds_ago=2 * STRAY_STILL_SECONDS)
    for step in ("scans", "reading", "scans"):
        app.run_step(step)


def _ingest(app: App, name: str, data: bytes) -> None:
    path = app.settings.ledger.path.parent / name
    path.write_bytes(data)
    assert app.ingest(path) == "alındı"
    app.run_step("scans")


ways = pytest.mark.parametrize(
    ("hand_in", "shown", "way"),
    [(_drop, "Tarama klasörü", "Tarama klasöründen"), (_ingest, "Elden teslim", "Elden")],
    ids=["folder", "by hand"],
)
MANAGER = "muhtarlik.mudur@ornek.bel.tr"


@ways
def test_a_scan_in_an_archive_that_a_person_decides_about(
    app: App, hand_in: HandIn, shown: str, way: str
) -> None:
    hand_in(app, "tarama.zip", files.zipped(("a.pdf", files.typed_pdf(NAMELESS))))
    (review,) = reviews_of(app)
    assert (review.reason, review.sender) == ("Mahalle okunamadı.", shown)
    assert review.read.endswith(f"\n{shown}: tarama.zip")


@ways
def test_an_archive_that_cannot_be_opened(app: App, hand_in: HandIn, shown: str, way: str) -> None:
    hand_in(app, "tarama.zip", files.zipped(("../a.pdf", b"x")))
    (review,) = reviews_of(app)
    assert (review.sender, review.read) == (shown, "tarama.zip")


@ways
def test_a_file_in_which_nothing_is_found(app: App, hand_in: HandIn, shown: str, way: str) -> None:
    hand_in(app, "dilekce.docx", docx(""))
    (review,) = reviews_of(app)
    assert review.reason.startswith(f"{way} alınan dosyada mahalle veya talep belirlenemedi. ")
    assert NOTHING_IN_IT in review.reason
    assert (review.sender, review.read) == (shown, f"dilekce.docx dosyası {way[0].lower()}{way[1:]} alındı.")
    assert review.key.startswith("petition/")


@ways
@pytest.mark.parametrize(
    "file", [("çöp.docx", docx(LETTER)), ("çöp.odt", odt(LETTER)), ("çöp.docm", docx(LETTER))]
)
def test_a_letter_is_read_and_is_a_petition(
    app: App, hand_in: HandIn, shown: str, way: str, file: tuple[str, bytes]
) -> None:
    hand_in(app, *file)
    (request,) = requests_of(app)
    assert (request.channel, request.directorate, request.neighbourhood) == (
        Channel.PETITION,
        "park",
        "Yayla",
    )
    assert request.subject == "Park bankı talebi"
    with app.ledger.view() as view:
        assert MANAGER not in {entry.actor for entry in view.history(request.number)}


@ways
@pytest.mark.parametrize("name", ["dilekceler.tar.gz", "dilekceler.tar"])
def test_a_tar_file(app: App, hand_in: HandIn, shown: str, way: str, name: str) -> None:
    mode = "w:gz" if name.endswith("gz") else "w"
    hand_in(
        app, name, files.tarred(("a.pdf", files.typed_pdf(PAVEMENT)), ("b.docx", docx(LETTER)), mode=mode)
    )
    assert sorted(r.directorate for r in requests_of(app)) == ["fen", "park"]
    assert not reviews_of(app)


def test_an_archive_of_another_kind_waits_with_advice(app: App) -> None:
    _drop(app, "dilekceler.rar", b"Rar!\x1a\x07\x01\x00" + bytes(100))
    with app.ledger.view() as view:
        (held,) = view.held_arrivals()
    assert ".zip arşivi olarak" in held.reason
    assert told_of(held)["file"] == "dilekceler.rar"


@ways
def test_the_same_paper_in_an_archive(app: App, hand_in: HandIn, shown: str, way: str) -> None:
    paper = files.typed_pdf(PAVEMENT)
    hand_in(app, "ilk.pdf", paper)
    hand_in(app, "sonra.zip", files.zipped(("a.pdf", paper)))
    (request,) = requests_of(app)
    assert f"Aynı dilekçe yeniden geldi ({way[0].lower()}{way[1:]})" in request.note


@ways
def test_a_conversation(app: App, hand_in: HandIn, shown: str, way: str) -> None:
    said = "01.10.2026 09:14 - Kimse Bilmez: Su Deposu Sokakta kaldırım çöktü, onarılsın.\n"
    hand_in(app, "WhatsApp Sohbeti - Kimse Bilmez.zip", files.zipped(("sohbet.txt", (said * 2).encode())))
    assert reviews_of(app)
    assert MANAGER not in " ".join(review.sender for review in reviews_of(app))


def test_a_text_that_is_no_conversation_waits_for_a_person(app: App) -> None:
    """It may be one of a messenger that nobody knows yet."""
    text = "Yayla Mahallesi Su Deposu Sokakta kaldırım taşları söküldü, onarılmasını istiyoruz, arz ederiz."
    _ingest(app, "sohbet.txt", text.encode())
    assert not requests_of(app)
    (review,) = reviews_of(app)
    assert review.read == "sohbet.txt dosyası elden alındı."


@ways
@pytest.mark.parametrize("name", ["ileti.msg", "ileti.eml"])
def test_a_saved_mail_that_is_none_is_held_with_its_reason(
    app: App, hand_in: HandIn, shown: str, way: str, name: str
) -> None:
    hand_in(app, name, b"\x8f\x00\x13" + bytes(range(256)) * 3)
    with app.ledger.view() as view:
        (held,) = view.held_arrivals()
    assert held.reason == f"{name}: dosya boş, bozuk ya da bir e-posta iletisi değil; açılamadı."
    assert not reviews_of(app), "nobody is shown the bytes as if they were words"


def test_a_mail_of_the_managers_own_stays_his(app: App, tmp_path: Path) -> None:
    raw = (
        f"From: {MANAGER}\r\nTo: muhtarlik@ornek.bel.tr\r\nSubject: Bilgi\r\n\r\nToplantı notu.\r\n".encode()
    )
    _ingest(app, "ileti.eml", raw)
    (review,) = reviews_of(app)
    assert review.sender == MANAGER


@ways
def test_what_is_held_names_the_way(app: App, hand_in: HandIn, shown: str, way: str) -> None:
    hand_in(app, "tarama.zip", files.zipped(("a.pdf", files.typed_pdf(NAMELESS))))
    (review,) = reviews_of(app)
    assert review.arrival_id is not None
    with app.ledger.view() as view:
        assert told_of(view.arrival(1))["sender"] == shown
        assert told_of(view.arrival(review.arrival_id))["sender"] == shown


UNENDED = "Dilekçe 12.10.2026"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (docx(LETTER), ".docx"),
        (odt(LETTER), ".odt"),
        (files.zipped(("a.docx", docx(LETTER))), ".docx"),
        (files.tarred(("a.docx", docx(LETTER))), ".docx"),
        (files.typed_pdf(LETTER), ".pdf"),
    ],
    ids=["docx", "odt", "zip", "tar", "pdf"],
)
@pytest.mark.parametrize("hand_in", [_drop, _ingest], ids=["folder", "by hand"])
def test_a_document_without_an_ending_is_known_by_what_is_in_it(
    app: App, hand_in: HandIn, data: bytes, kind: str
) -> None:
    hand_in(app, UNENDED, data)
    (request,) = requests_of(app)
    assert (request.channel, request.neighbourhood, request.directorate) == (
        Channel.PETITION,
        "Yayla",
        "park",
    )
    assert any(path.endswith(kind) for path in request.attachments)
    with app.ledger.view() as view:
        assert not view.held_arrivals()


def test_a_mail_without_an_ending_is_read_as_a_mail(app: App) -> None:
    raw = b"MIME-Version: 1.0\r\n" + mail("yayla.muhtari@example.com", "Yol", "Su Deposu Sokakta yol bozuk.")
    _drop(app, "ileti", raw)
    (request,) = requests_of(app)
    assert request.neighbourhood == "Yayla"


def test_what_is_nothing_known_is_still_told(app: App) -> None:
    _drop(app, "veri", b"\x00\x01\x02" * 900)
    with app.ledger.view() as view:
        assert [held.arrival.name for held in view.held_arrivals()] == ["veri"]


EMPTY = ("a.pdf", "b.pdf", "c.eml", "d.jpg", "e.docx")


@pytest.mark.parametrize("hand_in", [_drop, _ingest], ids=["folder", "by hand"])
def test_each_empty_file_is_told_by_its_name(app: App, hand_in: HandIn) -> None:
    """All of them have the same content."""
    for name in EMPTY:
        hand_in(app, name, b"")
    with app.ledger.view() as view:
        told = {held.arrival.name for held in view.held_arrivals()}
    assert told | {review.read.split()[0] for review in reviews_of(app)} == {*EMPTY}


def test_an_empty_file_that_lies_there_is_told_once(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ScanFolder, "settle", lambda *_, **__: None)  # nobody may move it
    put(app, "a.pdf", b"", seconds_ago=2 * STRAY_STILL_SECONDS)
    for _ in range(3):
        app.run_step("scans")
    with app.ledger.view() as view:
        assert [held.arrival.name for held in view.held_arrivals()] == ["a.pdf"]


def test_an_empty_file_handed_in_twice_was_taken_before(app: App) -> None:
    _ingest(app, "a.pdf", b"")
    assert app.ingest(app.settings.ledger.path.parent / "a.pdf") == "daha önce alınmış"
