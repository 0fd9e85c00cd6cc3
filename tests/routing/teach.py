"""``make samples``: teach the shipped model and judgements the sample texts (``samples.json``, ``judgements.json``).

Only the sets that the words were found with, and those written for teaching, are taught. The others (``unseen``,
``ordinary``, ``*-held``) are never seen: they tell how well it does.
"""

from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any

from daemon.domain import judgement, learned_json
from daemon.domain.judgement import Judgement, Judgements
from daemon.domain.learned import Model, Traits
from daemon.domain.registry import Registry
from daemon.domain.routing import Router
from daemon.domain.taught import TALK, Taught, label_for, traces
from daemon.learning.training import fit
from daemon.mappings.samples import JUDGEMENTS, TAUGHT
from tests.routing.score import HERE, labelled, shipped_router
from tests.routing.teach_judgements import Lessons, who_is

TEACHING = (
    "dev", "registers", "nuances", "voices", "several", "petitions", "misleading", "everyday", "official", "matters",
    "talk", "streets", "offices", "bodies", "pairs", "small-talk", "long",
)  # fmt: skip
_FOLDS = 4
_NOTHING = Judgement({})
Item = dict[str, Any]


def samples() -> Iterator[Item]:
    """Every text that is taught."""
    for name in TEACHING:
        yield from labelled(HERE / f"{name}.jsonl")


def sign() -> str:
    """Names the state of the sample texts."""
    return sha256(b"".join((HERE / f"{name}.jsonl").read_bytes() for name in TEACHING)).hexdigest()


def model_of(items: Iterable[Item], router: Router, registry: Registry) -> Model:
    """Taught by the texts with one request each, and by those with none."""
    lessons: list[tuple[Traits, str]] = []
    for item in items:
        wanted = item.get("requests", []) if item["kind"] != "not_request" else []
        if len(wanted) < 2:
            label = label_for(who_is(wanted[0][0], registry), registry) if wanted else TALK
            lessons.append((router.traits((item["subject"], item["body"]), ""), label))
    return fit(lessons)


def taught(items: list[Item], router: Router, registry: Registry) -> Taught:
    """What the texts teach. A model sees more in what it was taught than in what it was not, so the judgements learn
    from texts that the model they learn beside has not seen."""
    words = traces(router.words, registry)
    lessons = Lessons(registry)
    for fold in range(_FOLDS):
        model = model_of((i for n, i in enumerate(items) if n % _FOLDS != fold), router, registry)
        unjudged = Taught(model, Judgements(_NOTHING, _NOTHING, _NOTHING), words)
        lessons.take(items[fold::_FOLDS], Router(registry, router.categories, unjudged))
    return Taught(model_of(items, router, registry), lessons.judgements(), words)


def main() -> None:
    router, registry = shipped_router(untaught=True)
    found = taught(list(samples()), router, registry)
    facts = {"samples": sum(1 for _ in samples()), "sign": sign(), "words": sorted(found.words)}
    TAUGHT.write_bytes(learned_json.serialise(found.model, facts) + b"\n")
    JUDGEMENTS.write_bytes(judgement.serialise(found.judgements, sign()))
    print(f"{facts['samples']} samples, {len(found.model.labels)} labels, {len(found.model.weights)} weights")


if __name__ == "__main__":
    main()
