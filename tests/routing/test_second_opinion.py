"""Where the words are not sure, a model taught by sample texts is asked too."""

import json
from array import array
from dataclasses import replace

import pytest

from daemon.domain.learned import Model, traits_of
from daemon.domain.registry import Registry
from daemon.domain.routing import Category, Route, Router
from daemon.domain.second_opinion import SecondOpinion
from daemon.domain.tokens import tokens
from daemon.mappings.samples import TAUGHT
from tests.routing.score import shipped_router
from tests.routing.teach import sign

FEN, PARK, BODY = "=Fen İşleri Müdürlüğü", "=Park ve Bahçeler Müdürlüğü", "=>ASKİ"


@pytest.fixture(scope="module")
def registry() -> Registry:
    return shipped_router()[1]


def model(**weights: tuple[float, float, float, float]) -> Model:
    """Beginnings of words with their weights for Fen, Park, ASKİ and an addressee that no office has."""
    return Model(
        labels=(FEN, PARK, BODY, "=Uzay Müdürlüğü"),
        intercepts=array("d", (-2.0,) * 4),
        traits={word: n for n, word in enumerate(weights)},
        rarity=array("f", (1.0,) * len(weights)),
        starts=array("I", range(0, 4 * len(weights) + 1, 4)),
        classes=array("H", (0, 1, 2, 3) * len(weights)),
        weights=array("f", [weight for row in weights.values() for weight in row]),
        trust={},
    )


def routed(registry: Registry, taught: Model | None, text: str) -> Route:
    categories = (
        Category("Yol", "fen", words=(("çukur", 3.0), ("hendek", 0.8))),
        Category("Park", "park", words=(("bank", 3.0), ("meydan", 0.5))),
        Category("Su", "", external_body="ASKİ", words=(("rögar", 3.0),)),
    )
    [route] = Router(registry, categories, taught).route(subject="Talep", body=text).routes
    return route


UNSURE = "Hendek ve hangarın çevresi meydana kadar düzeltilsin."


def test_what_the_words_are_sure_of_is_not_asked_again(registry: Registry) -> None:
    text = "Çukur kapatılsın, çukur büyüdü."
    taught = model(cukur=(-9.0, 9.0, -9.0, -9.0))
    assert routed(registry, taught, text) == routed(registry, None, text)


def test_what_both_name_is_filed(registry: Registry) -> None:
    alone = routed(registry, None, UNSURE)
    assert (alone.directorate, alone.review) == ("fen", True)
    route = routed(registry, model(hanga=(12.0, -9.0, -9.0, -9.0)), UNSURE)
    assert (route.directorate, route.review) == ("fen", False)
    assert route.confidence == pytest.approx((alone.confidence + 1) / 2, abs=0.01)
    assert route.because == alone.because


def test_where_they_differ_the_surer_is_named_and_a_person_decides(registry: Registry) -> None:
    route = routed(registry, model(hanga=(-9.0, -9.0, 12.0, -9.0)), UNSURE)
    assert (route.external_body, route.category, route.review) == ("ASKİ", "Su", True)
    assert route.because == ("hangarın",)
    assert route.alternatives[0].directorate == "fen"


def test_an_addressee_that_the_office_does_not_have_is_not_named(registry: Registry) -> None:
    route = routed(registry, model(hanga=(-9.0, -9.0, -9.0, 12.0)), UNSURE)
    assert (route.directorate, route.review) == ("fen", True)


def test_one_without_a_category_here_is_not_named(registry: Registry) -> None:
    only_roads = Router(
        registry, (Category("Yol", "fen", words=(("hendek", 0.8),)),), model(hanga=(-9.0, 12.0, -9.0, -9.0))
    )
    [route] = only_roads.route(subject="Talep", body=UNSURE).routes
    assert route.directorate == "fen"


def test_where_the_words_know_nothing_the_model_is_heard_and_a_person_decides(registry: Registry) -> None:
    seen = traits_of(tokens("hangar"))
    known = {("fen", ""), ("park", ""), ("", "ASKİ")}
    taught = model(hanga=(-9.0, 12.0, -9.0, -9.0))
    both = SecondOpinion(taught, registry, known).consider((), seen)
    assert (both.ranking[0][0], both.agreed) == (("park", ""), False)
    dull = replace(taught, weights=array("f", [0.0] * 4))
    assert not SecondOpinion(dull, registry, known).consider((), seen).ranking


def test_the_shipped_model_has_been_taught_the_texts_as_they_stand() -> None:
    """Else: ``make samples``."""
    assert json.loads(TAUGHT.read_bytes())["facts"]["sign"] == sign()


def test_every_addressee_that_the_shipped_model_names_is_one_of_the_shipped_mappings(
    registry: Registry,
) -> None:
    for label in json.loads(TAUGHT.read_bytes())["labels"]:
        if label.startswith("=>"):
            assert registry.external_body(label[2:]), label
        else:
            assert registry.directorate_named(label[1:]), label


def test_clauses_of_which_the_model_is_sure_are_two_requests() -> None:
    taught, registry = shipped_router()
    by_words = Router(registry, taught.categories)
    text = "Kaldırım taşları sökülmüş. Köpekler de çok arttı."
    assert len(by_words.route(subject="", body=text).routes) == 1
    assert [r.directorate for r in taught.route(subject="", body=text).routes] == ["fen", "veteriner"]
