"""A learned model as JSON with its own hash, read with suspicion; nothing in it is ever executed."""

import json
import math
from array import array
from base64 import b64decode, b64encode
from hashlib import sha256
from itertools import islice
from operator import le
from typing import Any

from daemon.domain.routing.learned import Model, Trust

_KIND = "muhtarlik-learned-route"
_VERSION = 1


def serialise(model: Model, facts: dict[str, object]) -> bytes:
    content: dict[str, object] = {
        "kind": _KIND,
        "version": _VERSION,
        "facts": facts,
        "labels": list(model.labels),
        "traits": list(model.traits),
        "trust": {name: [t.threshold, t.precision] for name, t in model.trust.items()},
        "intercepts": _packed(model.intercepts),
        "rarity": _packed(model.rarity),
        "starts": _packed(model.starts),
        "classes": _packed(model.classes),
        "weights": _packed(model.weights),
    }
    return json.dumps({**content, "sha256": _digest(content)}, ensure_ascii=False).encode()


def parse(raw: bytes) -> Model:
    """Raises :class:`ValueError` (or its kin) for anything that is not exactly what we wrote."""
    return read(raw)[0]


def read(raw: bytes) -> tuple[Model, dict[str, Any]]:
    """The model and the facts written with it; raises as :func:`parse` does."""
    content = json.loads(raw)
    if not isinstance(content, dict) or content.pop("sha256", "") != _digest(content):
        raise ValueError("its hash does not fit")
    if (content.get("kind"), content.get("version")) != (_KIND, _VERSION):
        raise ValueError("another kind or version")
    names = list(map(str, content["traits"]))
    model = Model(
        labels=tuple(str(label) for label in content["labels"]),
        intercepts=_unpacked("d", content["intercepts"]),
        traits=dict(zip(names, range(len(names)), strict=True)),
        rarity=_unpacked("f", content["rarity"]),
        starts=_unpacked("I", content["starts"]),
        classes=_unpacked("H", content["classes"]),
        weights=_unpacked("f", content["weights"]),
        trust={str(name): Trust(float(t), float(p)) for name, (t, p) in content["trust"].items()},
    )
    _prove(model, len(names))
    return model, dict(content["facts"])


def _prove(model: Model, traits: int) -> None:
    """Every index leads somewhere and every weight is a number."""
    sound = (
        len(model.traits) == traits == len(model.rarity) == len(model.starts) - 1
        and len(model.intercepts) == len(model.labels) > 0
        and model.starts[0] == 0
        and model.starts[-1] == len(model.classes) == len(model.weights)
        and all(map(le, model.starts, islice(model.starts, 1, None)))
        and max(model.classes, default=0) < len(model.labels)
        and all(map(math.isfinite, map(sum, (model.weights, model.rarity, model.intercepts))))
    )
    if not sound:
        raise ValueError("its parts do not fit together")


def _digest(content: dict[str, Any]) -> str:
    return sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _packed(values: "array[Any]") -> str:
    return b64encode(values.tobytes()).decode()


def _unpacked(kind: str, packed: str) -> "array[Any]":
    values: array[Any] = array(kind)
    values.frombytes(b64decode(packed, validate=True))
    return values
