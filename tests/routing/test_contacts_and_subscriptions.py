"""Where somebody is to be reached is no matter; who has a subscription asks for none; three of them are three."""

import pytest

from daemon.domain.routing.router import Router


def _answers(router: Router, text: str) -> list[tuple[str, str]]:
    routes = router.route(subject="", body=text).routes
    return [(route.external_body or route.directorate, route.category) for route in routes]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Yolumuz bozuk, asfalt yapılsın. İrtibat telefonu 0500 000 32 24.", "fen"),
        ("Kaldırım yapılmasını rica ederim. Telefon: 0500 111 22 33", "fen"),
        ("Kaldırım yapılmasını rica ederim. Cep tel no: (0500) 111 22 33, adres: Gül Sokak 4", "fen"),
        ("taziye çadırı ve sandalye istiyoruz adres Menekşe sokak 4", "destek"),
        ("sandalye lazım, adresi Lale sokak no 5 kat 2", "destek"),
        ("Kaldırım çökmüş.\nVatandaşın telefonu: 0500 111 22 33\nAdresi: Lale Sokak 3", "fen"),
    ],
)
def test_a_telephone_number_and_an_address_are_no_request(router: Router, text: str, wanted: str) -> None:
    assert [who for who, _ in _answers(router, text)] == [wanted]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Telefonumuz 0312 444 55 66 kesik, çalışmıyor", "Türk Telekom"),
        ("Evimizin adresi değişti, Lale Sokak 3 yerine 5 yazılmış, numarataj düzeltilsin", "imar"),
        ("Adres kaydında Lale Sokak görünmüyor, düzeltilmesini rica ederim", "imar"),
    ],
)
def test_who_speaks_of_telephone_or_address_itself_is_heard(router: Router, text: str, wanted: str) -> None:
    assert [who for who, _ in _answers(router, text)] == [wanted]


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("Elektrik kesildi aboneler mağdur", "Elektrik kesintisi ve arızası"),
        ("Abonelerimiz iki gündür elektriksiz", "Elektrik kesintisi ve arızası"),
        ("Mahallede su yok, aboneler mağdur", "Su kesintisi ve arızası"),
        ("Doğalgaz aboneleri gazsız kaldı", "Doğal gaz arızası ve hattı"),
        ("Elektrik abonelik işlemleri için başvurduk, aylardır mağduruz", "Elektrik aboneliği"),
        ("elektrik saati taktırmak istiyoruz", "Elektrik aboneliği"),
        ("su saati taktırmak istiyoruz", "Su aboneliği"),
    ],
)
def test_an_outage_of_subscribers_is_no_subscription(router: Router, text: str, category: str) -> None:
    assert [found for _, found in _answers(router, text)] == [category]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Yeni biten evim için elektrik, su ve doğalgaz aboneliği açtırmak istiyorum.",
            ["Elektrik aboneliği", "Su aboneliği", "Doğal gaz aboneliği"],
        ),
        ("Su ve elektrik aboneliği yaptıracağız", ["Su aboneliği", "Elektrik aboneliği"]),
        ("Doğalgaz aboneliği yaptırmak istiyoruz", ["Doğal gaz aboneliği"]),
    ],
)
def test_each_subscription_of_an_enumeration_is_asked_of_its_own_body(
    router: Router, text: str, wanted: list[str]
) -> None:
    routing = router.route(subject="", body=text)
    assert [route.category for route in routing.routes] == wanted
    assert all("abone" in route.text for route in routing.routes)


def test_what_stands_beside_an_enumeration_stays_with_it(router: Router) -> None:
    text = "Yol bozuk, yama yapılsın. Ayrıca muhtarlık binasına elektrik ve su aboneliği yaptırılmasını rica ederim."
    routes = router.route(subject="", body=text).routes
    assert [route.text for route in routes] == [
        "Yol bozuk, yama yapılsın.",
        "Ayrıca muhtarlık binasına elektrik aboneliği yaptırılmasını rica ederim.",
        "Ayrıca muhtarlık binasına su aboneliği yaptırılmasını rica ederim.",
    ]
