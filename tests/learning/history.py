"""A made-up office's past: what headmen wrote, and where staff sent it in the end. Drawn with a fixed seed."""

import random
from collections.abc import Callable, Iterator

from daemon.domain.routing.router import Router
from daemon.ports.records import Lesson

PLACES = ("Atapark", "Yayla", "Köşk", "Çiçekli", "Emek", "Fatih")
_WHERE = ("12 numaranın önünde", "köşe başında", "yokuşun sonunda", "4 numaranın yanında", "dönemeçte")
_PLEA = ("gereğini arz ederim", "yapılmasını rica ederiz", "ilgilenilmesini bekliyoruz", "ekip gönderiniz")
_ROAD = ("asfalt bozuk", "asfalt çöktü", "derin çukur var", "yolda çukurlar oluştu", "asfalt söküldü")
_WASTE = ("çöp konteyneri kırık", "çöpler toplanmıyor", "konteyner dolup taşıyor", "çöpler kokuyor")
_LIVES = ("salıncak kırık", "banklar sökülmüş", "kaydırak bozuk", "oyun grubu eskidi")
_YARD = ("hangarın asfaltı bozuk", "hangar sahasında derin çukur var", "hangarın içinde asfalt söküldü")

_USUAL = (_ROAD, _WASTE, _LIVES)


def _text(rng: random.Random, troubles: tuple[str, ...]) -> str:
    street = f"{rng.randrange(1000, 1999)}. Sokak"
    return f"{street} {rng.choice(_WHERE)} {rng.choice(troubles)}, {rng.choice(_PLEA)}."


def usual(router: Router, count: int, seed: int = 1) -> Iterator[Lesson]:
    """What staff left as the words had routed it."""
    rng = random.Random(seed)
    for n in range(count):
        text, place = _text(rng, _USUAL[n % len(_USUAL)]), rng.choice(PLACES)
        [route] = router.route(subject="", body=text, neighbourhood=place).routes
        yield Lesson("", text, place, route.category, route.directorate, route.external_body)


def corrected(
    count: int,
    decide: Callable[[random.Random], tuple[str, str]],
    seed: int = 2,
    *,
    among_roads: bool = False,
) -> Iterator[Lesson]:
    """Hangars, which the words take for roads; ``decide`` says what staff made of each: (category, directorate)."""
    rng = random.Random(seed)
    for _ in range(count):
        text = _text(rng, _ROAD if among_roads else _YARD)
        category, directorate = decide(rng)
        yield Lesson("", text, rng.choice(PLACES), category, directorate, "")


def hangar(seed: int) -> str:
    """A text of the same kind that the model has not seen."""
    return _text(random.Random(seed), _YARD)


def road(seed: int) -> str:
    return _text(random.Random(seed), _ROAD)
