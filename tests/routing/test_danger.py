"""Whether danger that words tell of is one now."""

import pytest

from daemon.domain.routing.router import Router
from tests.routing.score import HERE, labelled


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


@pytest.mark.parametrize(
    "text",
    [
        "Rögar kapağı yoktu, takılmıştır.",
        "Rögar kapağı yoktu. Yenisi takıldı.",
        "Rögar kapağı açıktı, ekiplerimizce kapatıldı.",
        "Duvar çökmüştü, yeniden örülmüştür.",
        "Kablolar sarkıyordu, BEDAŞ ekibi toplamıştır.",
        "Kuyunun ağzı açıktı, üzeri beton kapakla örtüldü.",
    ],
)
def test_what_was_so_and_has_been_put_right_is_no_alarm(router: Router, text: str) -> None:
    assert not any(route.urgent for route in router.route(subject="", body=text).routes)


@pytest.mark.parametrize(
    "text",
    [
        "Rögar kapağı yoktu. Yenisi takılacak.",
        "Rögar kapağı yoktu, takıldı ama yine çalındı.",
        "Duvar çökmüştü, yol trafiğe kapatıldı.",
        "Duvar yıkılmıştı, keşif yapıldı.",
        "Rögar kapağı yoktu, galiba takıldı.",
        "Duvar çökmüştü, şerit çekildi.",
    ],
)
def test_what_is_only_shut_off_surveyed_or_hoped_goes_on(router: Router, text: str) -> None:
    assert any(route.urgent for route in router.route(subject="", body=text).routes)


@pytest.mark.parametrize(
    "text",
    [
        "Ninem merdivenden yuvarlandı, kıpırdamıyor, ambulans da gelmedi.",
        "Kazan dairesinde patlama oldu, camlar indi, kapıcıdan ses yok.",
        "DERE KÖPRÜSÜNÜN AYAĞI OYULMUŞ KAMYONLAR HALA GEÇİYOR",
    ],
)
def test_danger_is_heard_though_no_listed_phrase_tells_of_it(router: Router, text: str) -> None:
    assert not router.danger_signs(("", text), "")["said"]
    assert any(route.urgent for route in router.route(subject="", body=text).routes)


@pytest.mark.parametrize(("name", "least"), [("danger-held", 0.85), ("hazards-held", 0.7)])
def test_danger_in_words_that_nobody_has_taught_is_mostly_heard(
    router: Router, name: str, least: float
) -> None:
    """Half of each set only looks like danger, in the very same words."""
    heard: dict[bool, list[bool]] = {True: [], False: []}
    for item in labelled(HERE / f"{name}.jsonl"):
        routes = router.route(subject="", body=item["body"]).routes
        heard[item["urgent"]].append(any(route.urgent for route in routes))
    assert sum(heard[True]) >= least * len(heard[True])
    assert sum(heard[False]) <= 0.17 * len(heard[False])
