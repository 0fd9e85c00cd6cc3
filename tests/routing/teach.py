"""``make samples``: teach the shipped model and boundaries the sample texts; write ``samples.json``, ``boundaries.json``.

Only the sets that the words were found with are taught. The others (``unseen``, ``ordinary``, ``*-held``) are never
seen by either: they tell how well they do.
"""

from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any

from daemon.domain import boundaries, learned_json
from daemon.domain.learned import ADDRESSEE, BODY, Model, Traits
from daemon.domain.registry import Registry
from daemon.domain.routing import Router
from daemon.learning.training import fit
from daemon.mappings.samples import BOUNDARIES, TAUGHT
from tests.routing.score import HERE, labelled, shipped_router
from tests.routing.teach_boundaries import Lessons, fit_boundaries

TEACHING = ("dev", "registers", "nuances", "voices", "several", "petitions", "misleading", "everyday", "official",
            "matters", "talk")  # fmt: skip
_FOLDS = 4
Item = dict[str, Any]


def samples() -> Iterator[Item]:
    """Texts with requests."""
    for name in TEACHING:
        if (HERE / f"{name}.jsonl").exists():
            for item in labelled(HERE / f"{name}.jsonl"):
                if item["kind"] != "not_request":
                    yield item


def sign() -> str:
    """Names the state of the sample texts."""
    return sha256(
        b"".join(
            (HERE / f"{name}.jsonl").read_bytes() for name in TEACHING if (HERE / f"{name}.jsonl").exists()
        )
    ).hexdigest()


def model_of(items: Iterable[Item], router: Router, registry: Registry) -> Model:
    """Taught by the texts with one request each."""
    lessons: list[tuple[Traits, str]] = [
        (router.traits((item["subject"], item["body"]), ""), _label(item["requests"][0][0], registry))
        for item in items
        if len(item["requests"]) == 1
    ]
    return fit(lessons)


def main() -> None:
    router, registry = shipped_router()
    items = list(samples())
    lessons = Lessons(registry)
    for fold in range(_FOLDS):  # a model sees more in what it was taught than in what it was not
        unseen = model_of((i for n, i in enumerate(items) if n % _FOLDS != fold), router, registry)
        lessons.take(items[fold::_FOLDS], Router(registry, router.categories, unseen))
    model = model_of(items, router, registry)
    TAUGHT.write_bytes(learned_json.serialise(model, {"samples": len(items), "sign": sign()}) + b"\n")
    BOUNDARIES.write_bytes(boundaries.serialise(fit_boundaries(lessons, sign())))
    print(f"{len(items)} samples, {len(model.labels)} addressees, {len(model.weights)} weights")
    print(f"{len(lessons.begins)} places where a request may begin, {sum(lessons.begins)} where one does")


def _label(name: str, registry: Registry) -> str:
    if body := registry.external_body(name):
        return f"{BODY}{body.name}"
    directorate = registry.directorate(name) or registry.directorate_named(name)
    assert directorate, name
    return f"{ADDRESSEE}{directorate.name}"


if __name__ == "__main__":
    main()
