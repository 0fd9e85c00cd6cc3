"""A voice message that nobody has heard: what the clerk hears and decides goes on with the request."""

from tests.chats.exports import HEADMAN, android, bring, chat_zip, requests
from tests.steps.sheet_office import SheetOffice

VOICE = "PTT-20261009-WA0001.opus"


def heard(office: SheetOffice, **cells: str) -> str:
    """Brought, and decided on by a clerk; what stands in ``Durum`` then."""
    bring(
        office, chat_zip(android(("09:15", HEADMAN, f"{VOICE} (dosya ekli)")), {VOICE: b"OggS" + b"x" * 90})
    )
    office.set_up()
    office.rest()
    [request] = requests(office)
    office.type("muhtarlik", {"Talep No": request.number}, title="İnceleme", **cells)
    office.rest(minutes=1)
    return str(office.rows("muhtarlik", "İnceleme")[-1]["Durum"])


def test_a_request_of_nobody_is_not_lost_with_its_line(office: SheetOffice) -> None:
    said = heard(office, Karar="Gereği yapıldı", Not="Parktaki salıncak kırıkmış")
    assert said.startswith("Talebin müdürlüğü henüz belli değil")
    [review] = office.reviews()
    assert review.decided_at is None
    office.type("muhtarlik", {"Talep No": review.number}, title="İnceleme", Müdürlük="Park ve Bahçeler")
    office.rest(minutes=1)
    request = office.request(review.number)
    assert request.directorate == "park"
    assert "Parktaki salıncak kırıkmış" in request.note


def test_with_its_directorate_chosen_it_goes_there(office: SheetOffice) -> None:
    said = heard(office, Karar="Gereği yapıldı", Not="Salıncak kırıkmış", Müdürlük="Park ve Bahçeler")
    assert said == "İşlendi: Yönlendirildi: Park ve Bahçeler Müdürlüğü"
    assert [request.directorate for request in requests(office)] == ["park"]


def test_what_is_no_request_still_ends_with_its_line(office: SheetOffice) -> None:
    heard(office, Karar="Talep değil")
    assert [request.is_open for request in requests(office)] == [False]
