"""The model's file is believed only when it is exactly what was written."""

import json
from array import array
from pathlib import Path

import pytest

from daemon.domain.routing.learned import Model, Traits, Trust
from daemon.domain.routing.learned_json import parse, serialise
from daemon.domain.routing.learned_routing import LearnedRouter
from daemon.learning.store import LearnedFile
from daemon.mappings import OfficeFacts, load_mappings
from tests.routing.score import SHIPPED

MODEL = Model(
    labels=("Asfalt ve yol bozukluğu", "=park"),
    intercepts=array("d", (-1.0, -1.0)),
    traits={"asfal": 0, "hanga": 1},
    rarity=array("f", (1.0, 2.0)),
    starts=array("I", (0, 1, 3)),
    classes=array("H", (0, 0, 1)),
    weights=array("f", (2.0, -1.5, 4.0)),
    trust={"Asfalt ve yol bozukluğu": Trust(0.5, 0.97)},
)


def test_what_was_written_comes_back() -> None:
    assert parse(serialise(MODEL, {"made": "bugün"})) == MODEL


def test_the_weights_decide() -> None:
    opinion = MODEL.opinion(Traits({"hanga": 1}, {"hanga": "Hangarın"}))
    assert opinion is not None
    assert (opinion.label, opinion.because) == ("=park", ("Hangarın",))
    assert MODEL.opinion(Traits({"yabanci": 1}, {"yabanci": "yabancı"})) is None


def _changed(**parts: object) -> bytes:
    """Made by hand, hash and all."""
    from daemon.domain.routing.learned_json import _digest

    content = {**json.loads(serialise(MODEL, {})), **parts}
    content.pop("sha256")
    return json.dumps({**content, "sha256": _digest(content)}).encode()


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x80\x04\x95cposix\nsystem\n",
        b"[]",
        b"{}",
        serialise(MODEL, {})[:-40],
        serialise(MODEL, {}).replace(b"=park", b"=fenn"),
        b'{"a":' * 50_000,
        _changed(version=2),
        _changed(classes="AAAAAA=="),
        _changed(starts="AAAAAP////8DAAAA"),
        _changed(traits=["asfal", "asfal"]),
        _changed(weights="AADAfwAAwH8AAMB/"),
        _changed(labels=[]),
        _changed(trust={"x": "y"}),
        _changed(rarity="!"),
        _changed(intercepts=5),
    ],
    ids=range(16),
)
def test_anything_else_is_refused_and_the_words_decide(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "learned.json"
    path.write_bytes(raw)
    office = load_mappings(SHIPPED, OfficeFacts("Örnek", "a@ornek.bel.tr", "b@ornek.bel.tr")).office
    assert LearnedFile(path).applied_to(office) is office


def test_a_new_model_is_taken_up_and_a_removed_one_given_up(tmp_path: Path) -> None:
    office = load_mappings(SHIPPED, OfficeFacts("Örnek", "a@ornek.bel.tr", "b@ornek.bel.tr")).office
    learned = LearnedFile(tmp_path / "learned.json")
    assert learned.applied_to(office) is office
    learned.save(MODEL, {})
    taught = learned.applied_to(office)
    assert isinstance(taught.router, LearnedRouter)
    assert learned.applied_to(office) is taught, "the same while nothing changes"
    assert taught.registry is office.registry
    assert learned.path.stat().st_mode & 0o077 == 0
    learned.save(None, {})
    assert learned.applied_to(office) is office
