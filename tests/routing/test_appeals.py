"""How letters end: an appeal for help asks the welfare office for nothing."""

import pytest

from daemon.domain.routing.appeals import only_appeals
from daemon.domain.routing.router import Router
from daemon.domain.routing.values import Nature

_WISH = (
    "Ayçiçeği Sokak dar olmasına rağmen çift yönlü kullanılmaktadır. "
    "Sokağın tek yöne çevrilmesi için UKOME'den karar alınmasını talep ederiz."
)


@pytest.mark.parametrize("between", [" ", "\n"])
@pytest.mark.parametrize(
    "appeal",
    [
        "Yardımlarınız için şimdiden teşekkür eder, saygılar sunarım.",
        "Yardımlarınızı bekler, saygılar sunarım.",
        "Yardımlarınızı arz ederim.",
        "Yardım ve desteklerinizi bekliyoruz.",
        "Yardımlarınızdan dolayı şimdiden teşekkürlerimizi sunarız.",
        "Bu konuda bize yardımcı olmanızı rica ederiz.",
    ],
)
def test_an_appeal_at_the_end_changes_nothing(appeal: str, between: str, router: Router) -> None:
    (route,) = router.route(subject="", body=f"{_WISH}{between}{appeal}").routes
    assert (route.external_body, route.review) == ("UKOME", False)


@pytest.mark.parametrize(
    "body",
    [
        "Mahallemizde oturan Ayşe teyze çok muhtaç durumda. Yardımlarınızı bekliyoruz.",
        "Üç çocuklu aile kirasını ödeyemiyor. Yardımcı olmanızı rica ederiz.",
        "Ailenin yakacağı yok. Gerekli yardımın yapılmasını arz ederim.",
    ],
)
def test_who_needs_help_is_helped(body: str, router: Router) -> None:
    (route,) = router.route(subject="", body=body).routes
    assert (route.directorate, route.review) == ("sosyal-yardim", False)


def test_an_appeal_that_is_all_that_was_written_is_a_persons() -> None:
    assert only_appeals("Yardımlarınızı bekliyoruz.")
    assert not only_appeals("Yardımlarınızla düşen direğin kaldırılmasını bekliyoruz.")


def test_nobody_is_asked_surely_by_an_appeal_alone(router: Router) -> None:
    routing = router.route(subject="", body="Yardımlarınızı bekliyoruz.")
    assert routing.nature is not Nature.REQUEST or all(route.review for route in routing.routes)
