"""What sample texts taught: a model that is asked beside the words, and judgements of what it and they say."""

import json
from array import array
from dataclasses import replace

import pytest

from daemon.domain.registry import Registry
from daemon.domain.routing import judgement
from daemon.domain.routing.dividing import Telling
from daemon.domain.routing.judgement import WORDED, Judgement, Judgements
from daemon.domain.routing.learned import Model, counts_of
from daemon.domain.routing.router import Router
from daemon.domain.routing.second_opinion import SecondOpinion
from daemon.domain.routing.splitting import pieces_of
from daemon.domain.routing.taught import TALK, Taught, traces
from daemon.domain.routing.tokens import tokens
from daemon.domain.routing.values import Category, Route, Told
from daemon.mappings.samples import JUDGEMENTS, TAUGHT, taught_by_samples
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


ASKED = Judgement({}, -9.0)
"""Nothing is talk, and nothing begins anew."""


def taught_by(model: Model, *, surely: float = 9.0, words: frozenset[int] = frozenset()) -> Taught:
    judgements = Judgements(ASKED, ASKED, known=Judgement({"lead": 1.0}, surely), dangers=ASKED, backs=ASKED)
    return Taught(model, judgements, words)


def office_of(registry: Registry) -> tuple[Category, ...]:
    return (
        Category("Yol", "fen", words=(("çukur", 3.0), ("hendek", 0.8))),
        Category("Park", "park", words=(("bank", 3.0), ("meydan", 0.5))),
        Category("Su", "", external_body="ASKİ", words=(("rögar", 3.0),)),
    )


def routed(registry: Registry, model: Model | None, text: str, *, surely: float = 9.0) -> Route:
    """As the office's words and a model see it that was taught beside these very words."""
    categories = office_of(registry)
    words = traces(Router(registry, categories).words, registry)
    taught = taught_by(model, surely=surely, words=words) if model else None
    [route] = Router(registry, categories, taught).route(subject="Talep", body=text).routes
    return route


UNSURE = "Hendek ve hangarın çevresi meydana kadar düzeltilsin."


def test_what_both_name_surely_is_filed(registry: Registry) -> None:
    alone = routed(registry, None, UNSURE)
    assert (alone.directorate, alone.review) == ("fen", True)
    route = routed(registry, model(hanga=(12.0, -9.0, -9.0, -9.0)), UNSURE)
    assert (route.directorate, route.review) == ("fen", False)
    assert route.because == alone.because


def test_how_surely_is_a_judgement_of_its_own(registry: Registry) -> None:
    route = routed(registry, model(hanga=(12.0, -9.0, -9.0, -9.0)), UNSURE, surely=-9.0)
    assert (route.directorate, route.review) == ("fen", True)
    assert route.confidence < 0.5


def test_where_they_differ_the_model_counts_more(registry: Registry) -> None:
    route = routed(registry, model(hanga=(-9.0, -9.0, 12.0, -9.0)), UNSURE)
    assert (route.external_body, route.category) == ("ASKİ", "Su")
    assert route.because == ("hangarın",)
    assert route.alternatives[0].directorate == "fen"


def test_what_the_office_itself_has_put_into_its_words_goes_before_what_samples_taught(
    registry: Registry,
) -> None:
    model_of_parks = model(cukur=(-9.0, 12.0, -9.0, -9.0))
    text = "Çukur kapatılsın."
    assert routed(registry, model_of_parks, text).directorate == "park"
    own = Router(registry, office_of(registry), taught_by(model_of_parks))
    [route] = own.route(subject="Talep", body=text).routes
    assert (route.directorate, route.because) == ("fen", ("Çukur",))


def test_an_addressee_that_the_office_does_not_have_is_not_named(registry: Registry) -> None:
    route = routed(registry, model(hanga=(-9.0, -9.0, -9.0, 12.0)), UNSURE, surely=-9.0)
    assert (route.directorate, route.review) == ("fen", True)


def test_one_without_a_category_here_is_not_named(registry: Registry) -> None:
    categories = (Category("Yol", "fen", words=(("hendek", 0.8),)),)
    words = traces(Router(registry, categories).words, registry)
    only_roads = Router(registry, categories, taught_by(model(hanga=(-9.0, 12.0, -9.0, -9.0)), words=words))
    [route] = only_roads.route(subject="Talep", body=UNSURE).routes
    assert route.directorate == "fen"


def test_where_the_words_know_nothing_the_model_is_heard_unless_it_is_dull(registry: Registry) -> None:
    seen = counts_of((tokens("hangar"), frozenset()))
    whose = {("fen", ""), ("park", ""), ("", "ASKİ")}
    keen = model(hanga=(-9.0, 12.0, -9.0, -9.0))
    second = SecondOpinion(keen, Judgement({}), registry, whose)
    assert second.consider({}, 0.0, second.view(seen), Told(), lambda _: {}).ranking[0][0] == ("park", "")
    dull = replace(keen, weights=array("f", [0.0] * 4), intercepts=array("d", (-2.0,) * 3 + (9.0,)))
    second = SecondOpinion(dull, Judgement({}), registry, whose)
    assert not second.consider({}, 0.0, second.view(seen), Told(), lambda _: {}).ranking


def test_a_kind_of_request_that_is_always_disputed_stays_a_person_s_decision(registry: Registry) -> None:
    """Whoever the model names: the office's words say that it is disputed."""
    categories = (*office_of(registry), Category("Kazı", "fen", words=(("hangar", 1.5),), review=True))
    words = traces(Router(registry, categories).words, registry)
    taught = taught_by(model(hanga=(-9.0, 12.0, -9.0, -9.0)), words=words)
    [route] = Router(registry, categories, taught).route(subject="", body="Hangarın önü kapatılsın.").routes
    assert (route.directorate, route.review) == ("park", True)


def test_the_shipped_model_has_been_taught_the_texts_as_they_stand() -> None:
    """Else: ``make samples``."""
    assert json.loads(TAUGHT.read_bytes())["facts"]["sign"] == sign()
    assert json.loads(JUDGEMENTS.read_bytes())["sign"] == sign()


def worded(names: set[str]) -> set[str]:
    return {name for name in names if name.startswith(WORDED)}


def test_the_shipped_judgements_weigh_the_signs_that_there_are() -> None:
    """Else: ``make samples``."""
    router, _ = shipped_router()
    taught = taught_by_samples().judgements
    body = "Kaldırım taşları sökülmüş. Köpekler de çok arttı."
    telling = Telling(body, pieces_of(body), router.stretch, "")
    weighed, signs = set(taught.begins.weights), set(telling.signs(0, 1, 2))
    assert signs - worded(signs) == weighed - worded(weighed)
    assert worded(signs) & weighed
    assert set(router.asking_signs(router.ruled("", body, ""), "", body, "")) == set(taught.talks.weights)
    known = router.known_signs(("", body), "", Told())
    assert known is not None
    assert set(known[1]) == set(taught.known.weights)
    dangers = set(router.danger_signs(("", body), ""))
    weighed = set(taught.dangers.weights)
    assert dangers - worded(dangers) == weighed - worded(weighed)
    assert worded(dangers) & weighed
    backing, weighed = set(router.backing_signs(body, "")), set(taught.backs.weights)
    assert backing - worded(backing) == weighed - worded(weighed)
    assert worded(backing) & weighed


def test_every_addressee_that_the_shipped_model_names_is_one_of_the_shipped_mappings(
    registry: Registry,
) -> None:
    for label in set(json.loads(TAUGHT.read_bytes())["labels"]) - {TALK}:
        if label.startswith("=>"):
            assert registry.external_body(label[2:]), label
        else:
            assert registry.directorate_named(label[1:]), label


def test_prose_is_divided_by_what_samples_taught() -> None:
    taught, registry = shipped_router()
    by_words = Router(registry, taught.categories)
    text = "Kaldırım taşları sökülmüş. Köpekler de çok arttı."
    assert len(by_words.route(subject="", body=text).routes) == 1
    assert [r.directorate for r in taught.route(subject="", body=text).routes] == ["fen", "veteriner"]


@pytest.mark.parametrize(
    "raw", [b"[]", b"{}", b'{"kind": "muhtarlik-judgements"}', b'{"kind": "muhtarlik-judgements", "begins": 3}',
            JUDGEMENTS.read_bytes().replace(b'"bias": ', b'"bias": "x', 1)]
)  # fmt: skip
def test_judgements_that_we_did_not_write_are_refused(raw: bytes) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        judgement.parse(raw)


def test_judgements_are_read_as_they_were_written() -> None:
    written = Judgements(
        Judgement({"a": 1.5}, -0.25), Judgement({}), Judgement({"b": -2.0}, 3.0), Judgement({}), Judgement({})
    )
    assert judgement.parse(judgement.serialise(written, "s")) == written


@pytest.mark.parametrize(
    "text",
    [
        "Boş arsada moloz dökülmüş",
        "Boş arsada moloz dökülmüş, kaldırılsın",
        "Sokağa moloz dökmüşler",
        "Evin önüne moloz çuvalları bırakılmış",
        "Yol kenarına moloz dökmüşler temizlensin",
    ],
)
def test_where_the_offices_words_speak_plainly_for_another_a_person_decides(
    router: Router, text: str
) -> None:
    [route] = router.route(subject="", body=text).routes
    assert route.review
    assert "cevre" in [route.directorate, *(guess.directorate for guess in route.alternatives)]


@pytest.mark.parametrize(
    ("text", "directorate"),
    [
        ("Arsaya kaçak moloz döküyorlar, plakası var", "cevre"),
        ("Çöpler iki gündür alınmadı, konteyner taştı.", "temizlik"),
    ],
)
def test_where_both_agree_nobody_is_asked(router: Router, text: str, directorate: str) -> None:
    [route] = router.route(subject="", body=text).routes
    assert (route.directorate, route.review) == (directorate, False)
