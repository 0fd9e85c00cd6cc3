"""What becomes of a mail that cannot be read."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from daemon.app import App
from daemon.domain.mail import Arrival
from daemon.ledger.files import LOST
from daemon.ports.ledger import View
from daemon.ports.records import RequestFilter
from daemon.settings import load_settings
from tests.cli.test_commands import office as office
from tests.office import mail

NOW = datetime(2026, 12, 7, 7, 0, tzinfo=UTC)


@contextmanager
def reading(office: Path, raw: bytes) -> Iterator[View]:
    """The ledger after a mail was read, whoever it is that says he wrote it."""
    settings = office / "muhtarlik.toml"
    settings.write_text(settings.read_text() + 'require = "none"\n')
    with App.open(load_settings(settings), lambda: NOW) as app:
        with app.ledger.transaction() as tx:
            tx.keep_arrivals([Arrival("imap", "1", sha256(raw).hexdigest(), NOW, raw, "")], NOW)
        app.run_step("reading")
        with app.ledger.view() as view:
            yield view


def test_a_mail_whose_original_is_lost_is_held_and_says_so(tmp_path: Path, office: Path) -> None:
    large = mail("atapark.muhtari@example.com", "Çukur", "Yolda çukur var. " * 30_000)
    small = mail(
        "atapark.muhtari@example.com", "Çöp", "Çöp konteyneri boşaltılmıyor, alınmasını rica ederim."
    )
    with App.open(load_settings(office / "muhtarlik.toml"), lambda: NOW) as app:
        with app.ledger.transaction() as tx:
            tx.keep_arrivals(
                [
                    Arrival("imap", str(n), sha256(raw).hexdigest(), NOW, raw, "")
                    for n, raw in enumerate([large, small])
                ],
                NOW,
            )
        [original] = [path for path in (office).rglob(sha256(large).hexdigest()) if path.is_file()]
        original.unlink()
        app.run_step("reading")
        with app.ledger.view() as view:
            [held] = view.held_arrivals()
            assert held.reason == LOST
            assert view.arrival(2).state == "read", "the other one goes on"  # type: ignore[union-attr]


def test_a_program_called_pdf_beside_a_plain_request_waits_for_a_person(office: Path) -> None:
    raw = mail(
        "atapark.muhtari@example.com",
        "Çukur",
        "Park Caddesi'nde asfalt çukur var, yama yapılmasını rica ederim.",
        attachment=("tutanak.pdf", b"MZ\x90\x00" + b"\0" * 900),
    )
    with reading(office, raw) as view:
        [request] = view.requests(RequestFilter())
        [review] = view.reviews()
    assert (request.directorate, len(request.attachments)) == ("fen", 1)
    assert review.key == f"{request.number}/files"
    assert "tutanak.pdf (program dosyası; açmayınız)" in review.reason


def test_an_empty_file_that_a_colleague_sends_waits_with_that_reason(office: Path) -> None:
    raw = mail("buro1@ornek.bel.tr", "Sohbet", "Ektedir.", attachment=("WhatsApp Sohbeti - X.txt", b""))
    with reading(office, raw) as view:
        [review] = view.reviews()
    assert "WhatsApp Sohbeti - X.txt (boş (0 bayt))" in review.reason
