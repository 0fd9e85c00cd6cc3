"""PDF portfolios and XFA forms: what such a file holds is read, and what nobody can read is told as what it is."""

import pytest

from daemon.app import App
from daemon.domain.request import Channel
from daemon.mail.portfolios import open_portfolio
from tests.mail.letters import docx
from tests.office import requests_of, reviews_of
from tests.scans import files
from tests.steps.scan_office import LETTER as PAVEMENT
from tests.steps.scan_office import put
from tests.steps.test_letters_in_documents import LETTER
from tests.steps.test_unopened_files import HEADMAN, STAFF, arrives

PDF = files.typed_pdf(PAVEMENT)
BOTH = {(Channel.PETITION, "fen", "Yayla"), (Channel.PETITION, "park", "Yayla")}


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "packed"])
@pytest.mark.parametrize("sender", [HEADMAN, STAFF])
def test_its_petitions_are_read_like_an_archive_s(app: App, sender: str, packed: bool) -> None:
    envelope = files.portfolio(("tarama.pdf", PDF), ("dilekçe.docx", docx(LETTER)), packed=packed)
    arrives(app, "Dilekçelerimiz ektedir.", ("dilekceler.pdf", envelope), sender=sender)
    assert {(r.channel, r.directorate, r.neighbourhood) for r in requests_of(app)} == BOTH
    assert not reviews_of(app)


def test_it_is_opened_from_the_scanner_s_folder_too(app: App) -> None:
    put(app, "dilekceler.pdf", files.portfolio(("a.pdf", PDF), ("b.docx", docx(LETTER))))
    app.run_step("scans")
    assert {(r.channel, r.directorate, r.neighbourhood) for r in requests_of(app)} == BOTH


def test_a_file_that_cannot_be_read_keeps_the_scanner_s_others_from_nothing(app: App) -> None:
    put(app, "dilekceler.pdf", files.portfolio(("a.pdf", PDF[: len(PDF) // 3]), ("b.docx", docx(LETTER))))
    app.run_step("scans")
    (request,) = requests_of(app)
    assert request.directorate == "park"
    (review,) = reviews_of(app)
    assert (review.number, "a.pdf" in review.reason) == (request.number, True)
    with app.ledger.view() as view:
        assert view.held_arrivals() == []


def test_what_is_left_in_it_goes_along_and_is_named(app: App) -> None:
    envelope = files.portfolio(("tarama.pdf", PDF), ("plan.zip", files.zipped(("a", b"x"))))
    arrives(app, "Dilekçemiz ektedir.", ("dilekce.pdf", envelope))
    (request,) = requests_of(app)
    assert any(path.endswith("dilekce.pdf") for path in request.attachments)
    (review,) = reviews_of(app)
    assert "dilekce.pdf (içindeki arşiv açılmadı: plan.zip)" in review.reason


def test_one_inside_another_stays_closed_and_says_so(app: App) -> None:
    inner = files.portfolio(("tarama.pdf", PDF))
    arrives(app, "Dilekçelerimiz ektedir.", ("dis.pdf", files.portfolio(("ic.pdf", inner), ("b.pdf", PDF))))
    (request,) = requests_of(app)
    assert (request.directorate, "experience" in request.description) == ("fen", False)
    (review,) = reviews_of(app)
    assert "ic.pdf (başka bir PDF portföyünün içindeki portföy açılmadı" in review.reason


@pytest.mark.parametrize("pinned", [False, True], ids=["listed", "pinned"])
def test_a_letter_s_own_page_and_what_it_carries_are_read(app: App, pinned: bool) -> None:
    letter = files.carrying(PDF, ("künye.xml", b"<a/>"), ("dilekçe.docx", docx(LETTER)), pinned=pinned)
    arrives(app, "Dilekçelerimiz ektedir.", ("dilekceler.pdf", letter))
    assert {(r.channel, r.directorate, r.neighbourhood) for r in requests_of(app)} == BOTH
    assert not reviews_of(app)


def test_what_a_letter_carries_and_nobody_can_read_is_named_and_the_letter_is_read(app: App) -> None:
    inner = files.carrying(PDF, ("a.docx", docx(LETTER)))
    letter = files.carrying(
        PDF, ("liste.xlsx", b"x"), ("plan.zip", files.zipped(("a", b"x"))), ("ek.pdf", inner)
    )
    arrives(app, "Dilekçemiz ektedir.", ("dilekce.pdf", letter))
    assert {request.directorate for request in requests_of(app)} == {"fen"}
    told = " ".join(review.reason for review in reviews_of(app))
    assert "dilekce.pdf (içindeki arşiv açılmadı: plan.zip" in told
    assert "PDF okuyucunun ekler bölümünden açılabilir: liste.xlsx)" in told
    assert "ek.pdf (içindeki ekler açılmadı" in told


def test_a_letter_that_carries_a_bomb_is_read_and_says_so(app: App) -> None:
    letter = files.carrying(PDF, ("a.pdf", b"%PDF-1.7" + b"0" * 60_000_000))
    arrives(app, "Dilekçemiz ektedir.", ("dilekce.pdf", letter))
    assert [request.directorate for request in requests_of(app)] == ["fen"]
    (review,) = reviews_of(app)
    assert "dilekce.pdf (PDF’nin ek bölümü açıldığında olağan dışı büyüyor" in review.reason


GROWS = "PDF portföyü açıldığında olağan dışı büyüyor; güvenlik için açılmadı"


@pytest.mark.parametrize(
    ("members", "why"),
    [
        ([("liste.xlsx", b"x")], "PDF portföyünün içinde okunabilir belge bulunamadı"),
        ([("../tarama.pdf", PDF)], "Arşivde güvenli olmayan dosya yolu var; açılmadı"),
        ([("tarama.pdf", bytes(9_000_000))], GROWS),
    ],
    ids=["nothing to read", "../", "bomb"],
)
def test_one_that_gives_nothing_says_why(app: App, members: list[tuple[str, bytes]], why: str) -> None:
    arrives(app, "Dilekçemiz ektedir.", ("dilekce.pdf", files.portfolio(*members)))
    (request,) = requests_of(app)
    assert (request.neighbourhood, "experience" in request.description) == ("Yayla", False)
    (review,) = reviews_of(app)
    assert f"dilekce.pdf: {why}" in review.reason
    put(app, "tarama.pdf", files.portfolio(*members[:1], packed=True))
    app.run_step("scans")
    with app.ledger.view() as view:
        assert [held.reason.startswith(why) for held in view.held_arrivals()] == [True]


def test_what_is_packed_in_another_way_stays_inside() -> None:
    broken = files.portfolio(("a.pdf", PDF)).replace(b"/FlateDecode", b"/RunLengthDeco")
    whole, *members = open_portfolio("a.pdf", broken)
    assert (whole.unread, members) == ("içindeki dosya okunamadı: a.pdf", [])


XFA = "PDF, yalnızca Adobe Acrobat’ta açılan etkileşimli bir form (XFA); içeriği okunamadı."


def test_a_dynamic_form_is_told_with_what_to_do(app: App) -> None:
    arrives(app, "Dilekçemiz ektedir.", ("form.pdf", files.dynamic_form()))
    (request,) = requests_of(app)
    assert request.neighbourhood == "Yayla"
    (review,) = reviews_of(app)
    assert XFA in review.reason
    assert "“PDF olarak yazdır” ile kaydederek yeniden göndermesini isteyiniz" in review.reason
