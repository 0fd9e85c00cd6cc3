"""Degraded petition scans with what they say, from a fixed seed: the same pages on every machine.

python -m tests.scans.generator FOLDER      # writes every page and truth.json, to look at them
"""

import json
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

import cv2
import numpy as np

from daemon.app import App
from daemon.domain.registry import Neighbourhood
from daemon.settings import example_settings
from tests.scans.damage import DAMAGES, Picture
from tests.scans.layouts import draw_page
from tests.scans.texts import Truth, invent

SEED = 20_260_101
PAGES = 96
CAME = date(2026, 12, 31)
"""The day on which the pages come in."""


@dataclass(frozen=True)
class Scan:
    """One damaged page, the clean one it came from, and the truth."""

    name: str
    damage: str
    clean: Picture
    text: str
    truth: Truth
    seed: int

    @cached_property
    def picture(self) -> Picture:
        """The damaged page; damaging takes seconds, and many tests look at the clean one alone."""
        picture = DAMAGES[self.damage](self.clean, self.seed)
        picture.flags.writeable = False
        return picture

    def save(self, folder: Path) -> Path:
        suffix = ".jpg" if self.damage.startswith("photo") else ".png"
        path = folder / f"{self.name}{suffix}"
        cv2.imwrite(str(path), self.picture)
        return path


def shipped_places() -> tuple[Neighbourhood, ...]:
    with App.open(example_settings()) as app:
        return app.office.registry.neighbourhoods


def scans(count: int = PAGES, *, seed: int = SEED, first: int = 0) -> Iterator[Scan]:
    """Every damage in turn over every layout; fonts, sizes and words by chance. ``first`` begins later in the set."""
    places = shipped_places()
    names = tuple(DAMAGES)
    for n in range(first, first + count):
        chance = random.Random(seed + n)
        damage = names[n % len(names)]
        truth = invent(chance, places)
        points = 8.5 if damage.startswith("small-print") else chance.choice((11.0, 12.0, 12.0, 13.0))
        clean, text = draw_page(truth, chance, n // len(names) + n, points=points)
        page = np.array(clean, np.uint8)
        page.flags.writeable = False
        yield Scan(f"{n:03d}-{damage}", damage, page, text, truth, seed + n)


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    facts = []
    for scan in scans():
        path = scan.save(folder)
        truth = scan.truth
        said = {"neighbourhood": truth.neighbourhood, "headman": truth.headman, "subject": truth.subject}
        said |= {"date": truth.written.isoformat(), "phone": truth.phone, "text": scan.text}
        facts.append({"file": path.name, **said})
    (folder / "truth.json").write_text(json.dumps(facts, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
