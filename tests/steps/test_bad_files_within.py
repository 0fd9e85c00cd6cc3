"""A file that nobody can or should open, inside another that is opened: it is told by its name with the reason, and the
good petition beside it is read as ever."""

from collections.abc import Callable

import pytest

from daemon.app import App
from daemon.domain.request import Channel
from daemon.scans.folder import STRAY_STILL_SECONDS
from tests.mail.test_envelopes import Sealer
from tests.mail.test_envelopes import sealed as sealed
from tests.office import requests_of, reviews_of
from tests.scans import files
from tests.steps.scan_office import NAMELESS, put
from tests.steps.test_unopened_files import BAD, STAFF, arrives

GOOD = ("dilekce.pdf", files.typed_pdf(NAMELESS))
DOORS: dict[str, tuple[str, Callable[..., bytes]]] = {
    "zip": ("dilekceler.zip", files.zipped),
    "tar": ("dilekceler.tar.gz", files.tarred),
    "portfolio": ("dilekceler.pdf", files.portfolio),
}
CLOSED = "içindeki arşiv açılmadı: ek.zip"
each_kind = pytest.mark.parametrize(("name", "data", "why"), BAD.values(), ids=BAD)


def _is_read(app: App) -> str:
    """That the good one is a request, and nothing held; all that is asked of a person."""
    (request,) = requests_of(app)
    assert (request.channel, request.neighbourhood, request.directorate) == (Channel.PETITION, "Yayla", "fen")
    with app.ledger.view() as view:
        assert not view.held_arrivals()
    return " ".join(review.reason for review in reviews_of(app))


@each_kind
@pytest.mark.parametrize("door", DOORS)
def test_beside_a_good_petition_in_an_archive(app: App, door: str, name: str, data: bytes, why: str) -> None:
    title, packed = DOORS[door]
    arrives(app, "Dilekçem ektedir.", (title, packed(GOOD, (name, data))))
    assert (CLOSED if name.endswith(".zip") else f"{name} ({why})") in _is_read(app)


@each_kind
def test_in_a_signed_envelope(app: App, sealed: Sealer, name: str, data: bytes, why: str) -> None:
    arrives(app, "Dilekçem ektedir.", GOOD, (f"{name}.p7m", sealed(data)))
    told = _is_read(app)
    assert f"{name} ({why})" in told or f"{name}.p7m (şifreli veya bozuk e-imza zarfı" in told


WITHOUT_ENDING = {
    "2,000 pages": "Belge 2000 sayfa",
    "decompression bomb": "Resim çok büyük",
    "password": "PDF parola ile korunuyor",
    "0 bytes": "Dosya boş (0 bayt)",
    "exe called pdf": "Dosyanın içeriği bir program dosyası",
}


@pytest.mark.parametrize("kind", WITHOUT_ENDING)
def test_without_an_ending_in_the_scanner_s_folder(app: App, kind: str) -> None:
    put(app, "Dilekçe 12.10.2026", BAD[kind][1], seconds_ago=2 * STRAY_STILL_SECONDS)
    put(app, "dilekce.pdf", files.typed_pdf(NAMELESS.replace("Mahallemiz", "Yayla Mahallesi")))
    app.run_step("scans")
    with app.ledger.view() as view:
        (held,) = view.held_arrivals()
    assert held.reason.startswith(WITHOUT_ENDING[kind])
    assert held.arrival.name.startswith("Dilekçe 12.10.2026")
    assert len(requests_of(app)) + len(reviews_of(app)) == 1


@pytest.mark.parametrize("kind", ["zip bomb", "zip with ../", "zip with a password"])
def test_an_archive_without_an_ending_in_the_scanner_s_folder(app: App, kind: str) -> None:
    put(app, "Dilekçeler 12.10.2026", BAD[kind][1], seconds_ago=2 * STRAY_STILL_SECONDS)
    for step in ("scans", "reading", "scans"):
        app.run_step(step)
    assert not requests_of(app)
    (review,) = reviews_of(app)
    assert "Arşiv" in review.reason or BAD[kind][2] in review.reason


def test_of_a_colleague_s_archive_each_is_named(app: App) -> None:
    bad = [
        (f"{n}-{name}", data) for n, (name, data, _) in enumerate(BAD.values()) if not name.endswith("zip")
    ]
    arrives(app, "Dilekçe ektedir.", ("d.zip", files.zipped(GOOD, *bad)), sender=STAFF)
    told = " ".join(review.reason for review in reviews_of(app))
    assert all(name in told for name, _ in bad)
