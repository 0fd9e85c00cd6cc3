"""Whether danger that words tell of is one now."""

import pytest

from daemon.domain.registry import Registry
from daemon.domain.routing import Router
from tests.routing.score import shipped_router


@pytest.fixture(scope="module")
def router() -> Router:
    office: tuple[Router, Registry] = shipped_router()
    return office[0]


@pytest.mark.parametrize(
    "text",
    [
        "Geçen yıl yıkılan duvarın yerine yenisi yapılsın.",
        "Geçen kış çöken duvarın taşları duruyor, kaldırılsın.",
    ],
)
def test_what_fell_long_ago_and_only_names_the_thing_is_no_alarm(router: Router, text: str) -> None:
    assert not any(route.urgent for route in router.route(subject="", body=text).routes)


@pytest.mark.parametrize(
    "text",
    [
        "Geçen yıl çatlayan duvar yıkıldı.",
        "Duvar geçen yıl çatlamıştı, şimdi yıkıldı.",
        "Geçen yıl yapılan istinat duvarı yola yıkıldı.",
    ],
)
def test_what_falls_now_is_one_whatever_happened_long_ago(router: Router, text: str) -> None:
    assert any(route.urgent for route in router.route(subject="", body=text).routes)
