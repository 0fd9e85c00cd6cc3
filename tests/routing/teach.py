"""``make samples``: teach the shipped model and judgements the sample texts (``samples.json``, ``judgements.json``).

Only the sets that the words were found with, and those written for teaching, are taught. The others (``unseen``,
``ordinary``, ``*-held``) are never seen: they tell how well it does.
"""

from collections.abc import Iterable, Iterator
from hashlib import sha256

from daemon.domain.registry import Registry
from daemon.domain.routing import judgement, learned_json
from daemon.domain.routing.framing import own_words
from daemon.domain.routing.judgement import Judgement, Judgements
from daemon.domain.routing.learned import Model, Traits
from daemon.domain.routing.router import Router
from daemon.domain.routing.taught import TALK, Taught, label_for, traces
from daemon.learning.training import SHIPPED, fit
from daemon.mappings.samples import JUDGEMENTS, TAUGHT
from tests.routing.score import HERE, labelled, shipped_router
from tests.routing.teach_judgements import Item, Lessons, asks, parts_of, who_is

TEACHING = (
    "dev", "registers", "nuances", "voices", "several", "petitions", "misleading", "everyday", "official", "matters",
    "talk", "streets", "offices", "bodies", "pairs", "small-talk", "long", "unlinked", "sideways", "headmen",
    "works", "grounds", "supplies", "people", "brisk", "wordy", "byway", "rare", "plain",
    "joints", "winding", "neighbours", "breadth", "tangled", "manner", "kinds",
)  # fmt: skip
_DIVIDING = frozenset({"plain"})
"""These teach the judgements only: so terse, and with one addressee where several will do, they made models worse."""
DANGER = "danger"
"""This teaches nothing but who tells of danger."""
BACKING = "backing"
"""Sentences, a line each, that teach nothing but what backs up a request."""
_FOLDS = 4
_NOTHING = Judgement({})
_KNOW_NOTHING = Judgements(_NOTHING, _NOTHING, _NOTHING, _NOTHING, _NOTHING)


def samples() -> Iterator[Item]:
    """Every text that is taught, as the router reads it."""
    for name in TEACHING:
        for item in labelled(HERE / f"{name}.jsonl"):
            body = own_words(item["body"])[0]
            if all(start in body for start in item.get("starts", ())):
                item |= {"body": body}
            yield item | {"set": name}


def sign() -> str:
    """Names the state of the sample texts."""
    files = (*(f"{name}.jsonl" for name in (*TEACHING, DANGER)), f"{BACKING}.txt")
    return sha256(b"".join((HERE / file).read_bytes() for file in files)).hexdigest()


def model_of(items: Iterable[Item], router: Router, registry: Registry) -> Model:
    """Taught by every request of the texts, and by those that ask for nothing."""
    lessons: list[tuple[Traits, str]] = []
    for item in items:
        if item["set"] in _DIVIDING:
            continue
        if not asks(item):
            lessons.append((router.traits((item["subject"], item["body"]), ""), TALK))
        for subject, body, names in parts_of(item):
            label = label_for(who_is(names[0], registry), registry)
            lessons.append((router.traits((subject, body), ""), label))
    return fit(lessons, SHIPPED)


def taught(items: list[Item], router: Router, registry: Registry) -> Taught:
    """What the texts teach. A model sees more in what it was taught than in what it was not, so the judgements learn
    from texts that the model they learn beside has not seen."""
    words = traces(router.words, registry)
    lessons = Lessons(registry)
    models = [
        model_of((i for n, i in enumerate(items) if n % _FOLDS != fold), router, registry)
        for fold in range(_FOLDS)
    ]

    def beside(model: Model, judgements: Judgements) -> Router:
        return Router(registry, router.categories, Taught(model, judgements, words))

    for fold, model in enumerate(models):
        lessons.take(items[fold::_FOLDS], beside(model, _KNOW_NOTHING))
    lessons.take_dangers(labelled(HERE / f"{DANGER}.jsonl"), items, router)
    backing = (HERE / f"{BACKING}.txt").read_text(encoding="utf-8")
    lessons.take_backing(backing.splitlines(), items, router)
    half = lessons.judgements()
    for fold, model in enumerate(models):
        lessons.take_known(items[fold::_FOLDS], beside(model, half))
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
