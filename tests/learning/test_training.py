"""Corrections teach the router; what teaches nothing is not used."""

import random

import pytest

from daemon.domain.routing.learned_json import parse, serialise
from daemon.domain.routing.learned_routing import LearnedRouter
from daemon.domain.routing.router import Router
from daemon.domain.routing.values import Route
from daemon.learning.training import learn
from daemon.ports.records import Lesson
from tests.learning.history import corrected, hangar, road, usual
from tests.routing.score import shipped_router

ROADS = "Asfalt ve yol bozukluğu"


@pytest.fixture(scope="module")
def words() -> Router:
    return shipped_router()[0]


def _to_support(_: random.Random) -> tuple[str, str]:
    """``Sevk`` leaves the category as it was."""
    return ROADS, "destek"


def _as_pavement(_: random.Random) -> tuple[str, str]:
    """Staff changed ``Kategori``; the directorate stays."""
    return "Kaldırım", "fen"


def _anywhere(rng: random.Random) -> tuple[str, str]:
    return ROADS, rng.choice(["ulasim", "park", "zabita", "temizlik", "cevre"])


@pytest.fixture(scope="module")
def taught(words: Router) -> Router:
    learned = learn([*usual(words, 600), *corrected(220, _to_support)], words)
    assert learned.model is not None
    assert learned.with_model_right > learned.words_right + 150
    return LearnedRouter(words, parse(serialise(learned.model, {})))


def first(router: Router, text: str) -> Route:
    [route] = router.route(subject="", body=text).routes
    return route


@pytest.mark.parametrize("seed", range(100, 110))
def test_where_staff_have_always_sent_it_the_router_sends_it_now(
    words: Router, taught: Router, seed: int
) -> None:
    text = hangar(seed)
    assert first(words, text).directorate == "fen"
    route = first(taught, text)
    assert route.directorate == "destek"
    assert not route.review
    assert route.alternatives[0].directorate == "fen"


def test_the_words_of_the_model_explain_it(taught: Router) -> None:
    because = first(taught, hangar(100)).because
    assert any("hangar" in word for word in because)
    assert all(word.endswith("(öğrenildi)") for word in because)


@pytest.mark.parametrize("seed", range(200, 210))
def test_what_was_never_corrected_goes_where_it_went(words: Router, taught: Router, seed: int) -> None:
    assert first(taught, road(seed)) == first(words, road(seed))


def test_other_matters_are_routed_by_their_words(words: Router, taught: Router) -> None:
    for text in ("Başıboş köpekler çocuklara saldırıyor.", "Apartmanda gaz kokusu var.", "Teşekkür ederiz."):
        assert taught.route(subject="", body=text) == words.route(subject="", body=text)


def test_an_edited_category_is_learned_too(words: Router) -> None:
    learned = learn([*usual(words, 600), *corrected(220, _as_pavement)], words)
    assert learned.model is not None
    route = first(LearnedRouter(words, learned.model), hangar(100))
    assert (route.directorate, route.category) == ("fen", "Kaldırım")


def test_corrections_without_a_rule_teach_nothing(words: Router) -> None:
    learned = learn([*usual(words, 600), *corrected(220, _anywhere)], words)
    assert learned.model is None
    assert learned.with_model_right == learned.words_right


def test_corrections_that_no_word_tells_apart_teach_nothing(words: Router) -> None:
    """Half of the roads went elsewhere for reasons that do not stand in their texts."""
    learned = learn([*usual(words, 450), *corrected(150, _to_support, among_roads=True)], words)
    assert learned.model is None


@pytest.mark.parametrize("lessons", [[], [Lesson("", "", "", "", "fen", "")] * 9], ids=["none", "empty"])
def test_too_little_teaches_nothing(words: Router, lessons: list[Lesson]) -> None:
    assert learn(lessons, words).model is None


def test_a_directorate_that_is_no_more_is_not_chosen(words: Router, taught: Router) -> None:
    learned = learn([*usual(words, 600), *corrected(220, lambda _: (ROADS, "kaldirilan-mudurluk"))], words)
    assert learned.model is None
