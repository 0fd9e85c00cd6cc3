"""The learned model's file: JSON with its own hash, read with suspicion; nothing in it is ever executed.

It lies beside the ledger and is replaced as a whole. A file that was touched, cut or made by hand is refused with a
line in the log, and routing goes on by the words alone.
"""

import json
import math
import os
from array import array
from base64 import b64decode, b64encode
from dataclasses import replace
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

import structlog

from daemon.domain.learned import Model, Trust
from daemon.domain.learned_routing import LearnedRouter
from daemon.domain.office import Office

log = structlog.get_logger()

_KIND = "muhtarlik-learned-route"
_VERSION = 1
_MOST_BYTES = 64 * 1024 * 1024


class LearnedFile:
    """The model of one office, read again when its file changes."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._stamp: tuple[int, int] | None = None
        self._model: Model | None = None
        self._last: tuple[Office, Office] | None = None

    def applied_to(self, office: Office) -> Office:
        """The office whose router asks the model too; the same one while neither has changed."""
        if self._refresh() or self._last is None or self._last[0] is not office:
            taught = self._model and replace(office, router=LearnedRouter(office.router, self._model))
            self._last = (office, taught or office)
        return self._last[1]

    def _refresh(self) -> bool:
        try:
            found = self.path.stat()
            stamp = (found.st_mtime_ns, found.st_size)
        except OSError:
            stamp = None
        if stamp == self._stamp:
            return False
        self._stamp = stamp
        self._model = self._read() if stamp else None
        return True

    def _read(self) -> Model | None:
        try:
            if self.path.stat().st_size > _MOST_BYTES:
                raise ValueError("too large")
            return parse(self.path.read_bytes())
        except (OSError, ValueError, KeyError, TypeError, RecursionError, MemoryError) as fault:
            log.warning("learned model refused", file=str(self.path), why=f"{type(fault).__name__}: {fault}")
            return None

    def save(self, model: Model | None, facts: dict[str, object]) -> None:
        """Replace the file as a whole; without a model it goes."""
        if model is None:
            self.path.unlink(missing_ok=True)
            return
        beside = self.path.with_suffix(".new")
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(serialise(model, facts))
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self.path)


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
    content = json.loads(raw)
    if not isinstance(content, dict) or content.pop("sha256", "") != _digest(content):
        raise ValueError("its hash does not fit")
    if (content.get("kind"), content.get("version")) != (_KIND, _VERSION):
        raise ValueError("another kind or version")
    names = [str(name) for name in content["traits"]]
    model = Model(
        labels=tuple(str(label) for label in content["labels"]),
        intercepts=_unpacked("d", content["intercepts"]),
        traits={name: n for n, name in enumerate(names)},
        rarity=_unpacked("f", content["rarity"]),
        starts=_unpacked("I", content["starts"]),
        classes=_unpacked("H", content["classes"]),
        weights=_unpacked("f", content["weights"]),
        trust={str(name): Trust(float(t), float(p)) for name, (t, p) in content["trust"].items()},
    )
    _prove(model, len(names))
    return model


def _prove(model: Model, traits: int) -> None:
    """Every index leads somewhere and every weight is a number."""
    sound = (
        len(model.traits) == traits == len(model.rarity) == len(model.starts) - 1
        and len(model.intercepts) == len(model.labels) > 0
        and model.starts[0] == 0
        and model.starts[-1] == len(model.classes) == len(model.weights)
        and all(one <= two for one, two in pairwise(model.starts))
        and max(model.classes, default=0) < len(model.labels)
        and all(map(math.isfinite, (*model.weights, *model.rarity, *model.intercepts)))
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
