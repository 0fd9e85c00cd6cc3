"""``make samples``: teach the shipped model the sample texts, and write ``daemon/mappings/samples.json``.

Only the sets that the words were found with are taught. The others (``unseen``, ``ordinary``, ``*-held``) are never
seen by it: they tell how well it does.
"""

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from daemon.domain.learned import ADDRESSEE, BODY, Traits
from daemon.domain.learned_json import serialise
from daemon.domain.registry import Registry
from daemon.learning.training import fit
from daemon.mappings.samples import TAUGHT
from tests.routing.score import HERE, labelled, shipped_router

TEACHING = ("dev", "registers", "nuances", "voices", "several")


def samples() -> Iterator[dict[str, Any]]:
    """Texts with one request each."""
    for name in TEACHING:
        for item in labelled(HERE / f"{name}.jsonl"):
            if item["kind"] != "not_request" and len(item["requests"]) == 1:
                yield item


def sign() -> str:
    """Names the state of the sample texts."""
    return sha256(b"".join((HERE / f"{name}.jsonl").read_bytes() for name in TEACHING)).hexdigest()


def main() -> None:
    router, registry = shipped_router()
    lessons: list[tuple[Traits, str]] = [
        (router.traits((item["subject"], item["body"]), ""), _label(item["requests"][0][0], registry))
        for item in samples()
    ]
    model = fit(lessons)
    TAUGHT.write_bytes(serialise(model, {"samples": len(lessons), "sign": sign()}) + b"\n")
    print(f"{len(lessons)} samples, {len(model.labels)} addressees, {len(model.weights)} weights")


def _label(name: str, registry: Registry) -> str:
    if body := registry.external_body(name):
        return f"{BODY}{body.name}"
    directorate = registry.directorate(name) or registry.directorate_named(name)
    assert directorate, name
    return f"{ADDRESSEE}{directorate.name}"


if __name__ == "__main__":
    main()
