"""A subscription goes to its body outside, with papers and a clock of its own, and is followed until it is answered."""

from datetime import timedelta
from pathlib import Path

import pytest

from daemon.domain.request import Status
from daemon.sheets import OFFICE_CODE
from daemon.steps.reminding import Reminding
from tests.steps.sheet_office import SheetOffice

HOME = "muhtarlik-isleri"


@pytest.fixture
def desk(tmp_path_factory: pytest.TempPathFactory) -> SheetOffice:
    office = SheetOffice(tmp_path_factory.mktemp("ofis") / "ofis", (OFFICE_CODE, HOME))
    office.rest()
    return office


def entered(desk: SheetOffice, description: str) -> str:
    desk.add(OFFICE_CODE, "Yeni Talep", Kanal="Telefon", Mahalle="Atapark", Açıklama=description)
    desk.rest()
    return desk.numbers()[-1]


def reminded(desk: SheetOffice, **later: float) -> set[tuple[str, str]]:
    """(occasion, recipient) of what goes out that day about requests."""
    desk.now += timedelta(**later)
    with desk.ledger.view() as view:
        before = {stored.id for stored in view.letters_waiting(desk.now, 999)}
    Reminding(desk.ledger).run(desk.now, office=desk.app.office, rules=desk.app.mappings.reminders)
    with desk.ledger.view() as view:
        new = [s for s in view.letters_waiting(desk.now, 999) if s.id not in before]
    return {(x.occasion, x.recipient) for x in new if x.occasion.startswith(("office/f", "liaison/"))}


@pytest.mark.parametrize(
    ("text", "body", "category"),
    [
        ("Yeni eve taşındık, su aboneliği açtırmak istiyoruz.", "ASKİ", "Su aboneliği"),
        ("Elektrik aboneliğini üzerime almak istiyorum.", "Başkent EDAŞ", "Elektrik aboneliği"),
        ("dogalgaz aboneligi nasil yapilir evraklar neler", "Başkentgaz", "Doğal gaz aboneliği"),
    ],
)
def test_a_subscription_has_its_body_its_clock_and_its_papers(
    desk: SheetOffice, text: str, body: str, category: str
) -> None:
    request = desk.request(entered(desk, text))
    assert (request.external_body, request.category) == (body, category)
    assert (request.directorate, request.rule) == (HOME, "10 iş günü")
    assert desk.app.office.registry.papers_for(category, body, "")
    assert desk.row(request.number, HOME)["Kategori"] == category


def test_staff_are_asked_until_the_bodys_answer_stands_in_the_sheet(desk: SheetOffice) -> None:
    number = entered(desk, "Su aboneliği açtırmak istiyoruz, gereğini arz ederiz.")
    staff = {("office/follow_up", address) for address in desk.app.office.registry.office_staff}
    assert reminded(desk) == set()
    assert reminded(desk, days=7) == staff, "five business days are left"
    assert not staff & reminded(desk, days=1)
    late = reminded(desk, days=7)  # 27 October: a day late
    assert staff < late
    assert ("liaison/reminder", "muhtarlik-isleri.irtibat@ornek.bel.tr") in late
    desk.edit(HOME, number, Durum="Tamamlandı", Sonuç="Abonelik ASKİ tarafından açılmıştır.")
    desk.rest()
    assert desk.request(number).status is Status.DONE
    assert desk.letters(number)["headman/closure"] == 1
    assert not staff & reminded(desk, days=7)


def test_what_a_directorate_has_to_answer_is_not_followed_up_outside(desk: SheetOffice) -> None:
    entered(desk, "Sokağımızda asfalt çöktü, yama yapılsın.")
    letters = [reminded(desk, days=days) for days in (0, 7, 7, 7, 7)]
    assert not any(occasion == "office/follow_up" for day in letters for occasion, _ in day)


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("Yeni binamıza su saati takılmasını istiyoruz", "Su aboneliği"),
        ("Elektrik sayacının üzerime alınması için ne gerekiyor", "Elektrik aboneliği"),
        ("Muhtarlığımıza doğal gaz bağlatmak istiyoruz", "Doğal gaz aboneliği"),
        ("Vatandaş yeni eve taşındı, suyunun açılması için evrak sordu.", "Su aboneliği"),
        ("Su saatini üzerime almak istiyorum.", "Su aboneliği"),
        ("Bahçe için ayrı su sayacı bağlatacağız, başvuru evrakları nelerdir", "Su aboneliği"),
        ("ELEKTRİK SAATİNİ ÜSTÜME ALMAK İSTİYORUM", "Elektrik aboneliği"),
        ("Elektriği üzerime geçirmek istiyorum.", "Elektrik aboneliği"),
        ("Doğal gazı açtırmak istiyoruz.", "Doğal gaz aboneliği"),
        ("Doğal gaz sayacı taktırmak istiyoruz.", "Doğal gaz aboneliği"),
        ("Başkentgaz abonelik", "Doğal gaz aboneliği"),
        ("Su sayacımız bozuk, yenisi takılsın.", "Su kesintisi ve arızası"),
        ("Tıkalı su giderini açtırmak istiyoruz.", "Kanalizasyon ve rögar"),
        ("Vatandaş doğal gaz sözleşmesi yapacak hangi evraklar lazım", "Doğal gaz aboneliği"),
        ("Su aboneliği olan apartmanda üç gündür su akmıyor.", "Su kesintisi ve arızası"),
        (
            "Elektrik aboneliğimiz var ama sokakta elektrik kesintisi hiç bitmiyor",
            "Elektrik kesintisi ve arızası",
        ),
        ("Su aboneliğimiz var, sayaç bozuk, faturalar çok yüksek geliyor", "Su kesintisi ve arızası"),
    ],
)
def test_who_wants_a_subscription_is_told_from_who_has_one(
    desk: SheetOffice, text: str, category: str
) -> None:
    [route] = desk.app.office.router.route(subject="", body=text).routes
    assert route.category == category


def test_a_subscription_sent_elsewhere_by_mistake_is_its_bodys_again_when_it_comes_back(
    tmp_path: Path,
) -> None:
    desk = SheetOffice(tmp_path / "ofis", (OFFICE_CODE, HOME, "fen"))
    desk.rest()
    number = entered(desk, "Su aboneliği açtırmak istiyoruz.")
    desk.edit(HOME, number, Sevk="Fen İşleri Müdürlüğü")
    desk.rest()
    assert desk.request(number).external_body == ""
    desk.edit("fen", number, Sevk="Muhtarlık İşleri Müdürlüğü")
    desk.rest()
    assert desk.request(number).external_body == "ASKİ"
    staff = {("office/follow_up", address) for address in desk.app.office.registry.office_staff}
    assert staff <= reminded(desk, days=7)
    desk.close()


def test_the_office_may_take_a_bodys_request_upon_itself(desk: SheetOffice) -> None:
    number = entered(desk, "Su aboneliği açtırmak istiyoruz.")
    desk.edit(HOME, number, Sevk="Muhtarlık İşleri Müdürlüğü")
    desk.rest()
    assert desk.request(number).external_body == ""
