"""Scans that come once more: the same mail, or the same file by another way."""

from dataclasses import replace

from daemon.app import App
from daemon.domain.mail import Arrival
from daemon.domain.request import Status
from tests.office import mail, requests_of
from tests.scans import files
from tests.steps.scan_office import LETTER, put
from tests.steps.sheet_office import START

SCAN = files.typed_pdf(LETTER)
SENDER = "yayla.muhtari@example.com"


def _comes(app: App, raw: bytes) -> None:
    """As the server hands it out: every delivery has another line of trace."""
    with app.ledger.view() as view:
        serial = str(len(view.note("serial")))
    with app.ledger.transaction() as tx:
        tx.set_note("serial", "x" * (int(serial) + 1))
        traced = f"Received: from relay{serial}.example.com\r\n".encode() + raw
        tx.keep_arrivals([Arrival("imap", serial, str(hash(traced)), START, traced, "")], START)
    app.run_step("reading")
    app.run_step("scans")


def _mail(subject: str = "Dilekçe") -> bytes:
    return mail(SENDER, subject, "Ektedir.", at=START, attachment=("dilekce.pdf", SCAN))


def _close(app: App) -> None:
    (request,) = requests_of(app)
    with app.ledger.transaction() as tx:
        tx.save_request(replace(request, status=Status.DONE, result="Onarıldı.", closed_at=START))


def test_a_mail_with_a_scan_that_is_delivered_twice_is_one_request_even_when_that_is_closed(app: App) -> None:
    raw = _mail()
    _comes(app, raw)
    _comes(app, raw)
    (request,) = requests_of(app)
    assert not request.note, "the same mail says nothing new"
    _close(app)
    _comes(app, raw)
    assert len(requests_of(app)) == 1


def test_a_mailed_scan_that_the_scanner_brings_too_is_named_in_the_note_of_its_open_request(app: App) -> None:
    _comes(app, _mail())
    put(app, "SCAN0001.pdf", SCAN)
    app.run_step("scans")
    (request,) = requests_of(app)
    assert "Aynı dilekçe yeniden geldi (tarama klasöründen)" in request.note
    _comes(app, _mail("Dilekçemiz"))
    (request,) = requests_of(app)
    assert f"Aynı dilekçe yeniden geldi ({SENDER})" in request.note


def test_a_petition_that_is_handed_in_again_after_the_closure_asks_again(app: App) -> None:
    _comes(app, _mail())
    _close(app)
    _comes(app, _mail("Hâlâ yapılmadı"))
    assert len(requests_of(app)) == 2


def test_a_new_scan_beside_a_known_one_is_entered_alone(app: App) -> None:
    put(app, "SCAN0001.pdf", SCAN)
    app.run_step("scans")
    other = files.typed_pdf(LETTER.replace("Kaldırım onarımı", "Çöp konteyneri"))
    message = mail(SENDER, "Dilekçeler", "Ektedir.", at=START, attachment=("yeni.pdf", other))
    from email import message_from_bytes, policy

    both = message_from_bytes(message, policy=policy.SMTP)
    both.add_attachment(SCAN, maintype="application", subtype="pdf", filename="eski.pdf")
    _comes(app, both.as_bytes())
    first, second = requests_of(app)
    assert (first.subject, second.subject) == ("Kaldırım onarımı", "Çöp konteyneri")
    assert "Aynı dilekçe yeniden geldi" in first.note
