"""The product's printed form, filled in by many hands and damaged, with what was meant: from a fixed seed.

python -m tests.scans.forms FOLDER [COUNT] [SEED]      # writes the pages, to look at them
"""

import random
import secrets
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from unittest import mock

import cv2
import numpy as np
from click.testing import CliRunner

from daemon.cli import muhtarlik
from daemon.domain.petitions import form as plan
from daemon.scans.loading import load_page
from tests.scans import damage
from tests.scans.damage import Picture
from tests.scans.generator import shipped_places
from tests.scans.pens import PENS, STYLES, circle_label, scrawl, strike_out

SEED = 20_260_301
FORMS = 96
DOTS = 300 / 25.4
"""To the millimetre, of the form as it is filled in."""
_A4 = (2480, 3508)


@dataclass(frozen=True)
class Filled:
    """One damaged form. ``clean`` is the same before the damage."""

    name: str
    damage: str
    clean: Picture
    picture: Picture
    neighbourhood: str
    ticked: frozenset[int]
    styles: tuple[str, ...]
    written: bool


# --- damages of forms --------------------------------------------------------------------------------------


def _grey(page: Picture) -> Picture:
    return page if page.ndim == 2 else np.asarray(cv2.cvtColor(page, cv2.COLOR_BGR2GRAY), np.uint8)


def _code_box() -> tuple[int, int, int, int]:
    left, top, side = (round(v * DOTS) for v in plan.QR)
    return left, top, left + side, top + side


def stamp_on_code(page: Picture, seed: int) -> Picture:
    """An arrival stamp, blue or black, whose edge lies over a part of the code."""
    chance, page = random.Random(seed), page.copy()
    left, top, right, bottom = _code_box()
    layer = np.full_like(page, 255)
    middle = (
        chance.choice((left, right)) + chance.randint(-60, 60),
        chance.choice((top, bottom)) + chance.randint(-60, 60),
    )
    ink = chance.choice(((150, 40, 20), (60, 60, 60), (40, 30, 170)))
    ink_here = ink if page.ndim == 3 else int(sum(ink) / 3)
    for radius, thick in ((240, 10), (170, 6), (110, 14)):
        cv2.circle(layer, middle, radius, ink_here, thick, cv2.LINE_AA)
    cv2.putText(
        layer, "GELEN EVRAK", (middle[0] - 200, middle[1] + 15), cv2.FONT_HERSHEY_DUPLEX, 1.9, ink_here, 6
    )
    return np.minimum(page, layer)


def spot_on_code(page: Picture, seed: int) -> Picture:
    """A spot of ink in the middle of the code: nothing reads it any more."""
    page = page.copy()
    left, top, right, bottom = _code_box()
    chance = random.Random(seed)
    middle = ((left + right) // 2 + chance.randint(-40, 40), (top + bottom) // 2 + chance.randint(-40, 40))
    cv2.ellipse(
        page,
        middle,
        (170, 120),
        chance.uniform(0, 90),
        0,
        360,
        (70, 60, 60)[: 3 if page.ndim == 3 else 1] * 1,
        -1,
    )
    return page


def torn_corner(page: Picture, seed: int) -> Picture:
    """The upper right corner is gone, and with it a mark and most of the code."""
    page = page.copy()
    reach = random.Random(seed).randint(650, 780)
    width = page.shape[1]
    white = (255, 255, 255) if page.ndim == 3 else 255
    cv2.fillPoly(page, [np.array([(width - reach, 0), (width, 0), (width, reach)])], white)
    return page


def stained(page: Picture, seed: int) -> Picture:
    """Rings of tea and a large pale spot, anywhere."""
    chance = random.Random(seed)
    tint = np.ones((*page.shape[:2], 1), np.float32)
    for _ in range(3):
        middle = (chance.randint(300, 2_200), chance.randint(300, 3_200))
        cv2.circle(tint, middle, chance.randint(200, 380), chance.uniform(0.6, 0.75), chance.randint(12, 30))
    cv2.circle(tint, (chance.randint(300, 2_200), chance.randint(300, 3_200)), 420, 0.82, -1)
    tint = cv2.GaussianBlur(tint, (0, 0), 5)
    return np.clip(page * (tint if page.ndim == 2 else tint[..., None]), 0, 255).astype(np.uint8)


def folded(page: Picture, seed: int) -> Picture:
    """Folded in four: a fold across and one down, dark on a copy, worn to white where they cross the print."""
    page, chance = damage.creased(page, seed), random.Random(seed)
    y, x = page.shape[0] // 2 + chance.randint(-500, 100), page.shape[1] // 2 + chance.randint(-300, 300)
    worn = chance.random() < 0.5
    value = (255, 255, 255) if worn else (110, 110, 110)
    colour = value if page.ndim == 3 else value[0]
    cv2.line(page, (0, y), (page.shape[1], y + chance.randint(-20, 20)), colour, 5)
    cv2.line(page, (x, 0), (x + chance.randint(-20, 20), page.shape[0]), colour, 5)
    return page


def fax_at_100(page: Picture, seed: int) -> Picture:
    small = damage.at_dpi(damage.skewed(_grey(page), random.Random(seed).uniform(-1, 1)), 100)
    return (damage.grainy(small, 10, seed) > 160).astype(np.uint8) * 255


_OF_PETITIONS = (
    "clean-200", "scan-150-jpeg", "scan-100", "scan-100-rough", "skew", "turned", "turned-copy", "photocopy",
    "copy-of-copy", "streaks", "fax", "fax-skew", "photo", "photo-turned", "photo-small", "photo-creased",
    "low-contrast", "toner-low", "stamp",
)  # fmt: skip
_IN_COLOUR = {
    "clean-200",
    "scan-150-jpeg",
    "skew",
    "photo",
    "photo-turned",
    "photo-small",
    "photo-creased",
    "stamp",
}
DAMAGES: dict[str, Callable[[Picture, int], Picture]] = {
    **{
        name: (damage.DAMAGES[name] if name in _IN_COLOUR else (lambda p, s, n=name: damage.DAMAGES[n](_grey(p), s)))
        for name in _OF_PETITIONS
    },
    "fax-100": fax_at_100,
    "code-stamped": lambda p, s: damage.grainy(damage.at_dpi(stamp_on_code(p, s), 150), 6, s),
    "code-stamped-copy": lambda p, s: damage.photocopied(damage.at_dpi(_grey(stamp_on_code(p, s)), 150), s),
    "code-spoilt": lambda p, s: damage.jpeg(damage.grainy(damage.at_dpi(spot_on_code(p, s), 150), 6, s), 70),
    "code-spoilt-photo": lambda p, s: damage.photographed(spot_on_code(p, s), s),
    "code-spoilt-turned": lambda p, s: damage.turned(
        damage.grainy(damage.at_dpi(damage.skewed(spot_on_code(p, s), 1.7), 200), 6, s), damage.quarter_of(s)
    ),
    "torn": lambda p, s: damage.grainy(damage.at_dpi(torn_corner(p, s), 150), 6, s),
    "stained": lambda p, s: damage.jpeg(damage.at_dpi(stained(p, s), 150), 75),
    "folded": lambda p, s: damage.grainy(damage.at_dpi(folded(p, s), 200), 6, s),
    "folded-photo": lambda p, s: damage.photographed(folded(p, s), s),
}  # fmt: skip


# --- the set ---------------------------------------------------------------------------------------------------


@contextmanager
def _known_numbers(chance: random.Random) -> Iterator[None]:
    """A form's number is drawn by chance; here always the same."""
    with mock.patch.object(secrets, "choice", chance.choice):
        yield


def printed(neighbourhood: str, chance: random.Random) -> Picture:
    """The form as ``muhtarlik form`` prints it, grey."""
    with tempfile.TemporaryDirectory(prefix="muhtarlik-form-") as folder, _known_numbers(chance):
        path = Path(folder) / "form.pdf"
        arguments = ["form", "--neighbourhood", neighbourhood, "--out", str(path)]
        done = CliRunner().invoke(muhtarlik, arguments, env={"MUHTARLIK_CONFIG": "/olmayan.toml"})
        assert done.exit_code == 0, done.output
        page = load_page(path.read_bytes(), 0).picture
    return np.asarray(cv2.resize(page, _A4, interpolation=cv2.INTER_CUBIC), np.uint8)


def forms(count: int = FORMS, *, seed: int = SEED) -> Iterator[Filled]:
    return (form(n, seed=seed) for n in range(count))


def form(n: int, *, seed: int = SEED) -> Filled:
    """Every damage in turn; places, subjects, pens and ways to tick by chance."""
    chance = random.Random(f"{seed} {n}")  # of numbers side by side the first figures are alike
    place = chance.choice(places())
    page = np.asarray(cv2.cvtColor(printed(place, chance), cv2.COLOR_GRAY2BGR), np.uint8)
    ticked, styles = _tick(page, chance)
    written = chance.random() > 0.08
    if written:
        scrawl(page, chance, chance.choice(PENS))
    harm = tuple(DAMAGES)[n % len(DAMAGES)]
    return Filled(
        f"{n:03d}-{harm}", harm, page, DAMAGES[harm](page, seed + n), place, ticked, styles, written
    )


@cache
def places() -> tuple[str, ...]:
    return tuple(place.name for place in shipped_places())


def _tick(page: Picture, chance: random.Random) -> tuple[frozenset[int], tuple[str, ...]]:
    """A subject or two are ticked; now and then a wrong one was, and is struck out."""
    places = chance.sample(range(plan.MOST_SUBJECTS), 4)
    few = chance.choice((1, 1, 1, 2, 2, 3))
    pen = chance.choice(PENS)
    style = chance.choice((*STYLES, "circled label"))
    styles = [style]
    for n in places[:few]:
        corner = np.array(plan.tick_place(n)) * DOTS
        if style == "circled label":
            circle_label(page, corner, chance, pen)
        else:
            STYLES[style](page, corner, plan.TICK * DOTS, chance, pen)
    if chance.random() < 0.18:
        strike_out(page, np.array(plan.tick_place(places[3])) * DOTS, plan.TICK * DOTS, chance, pen)
        styles.append("struck out")
    return frozenset(places[:few]), tuple(styles)


def main(folder: Path, count: int, seed: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for each in forms(count, seed=seed):
        cv2.imwrite(str(folder / f"{each.name}.jpg"), each.picture)
        print(each.name, each.neighbourhood, sorted(each.ticked), *each.styles)


if __name__ == "__main__":
    main(
        Path(sys.argv[1]),
        int(sys.argv[2]) if len(sys.argv) > 2 else FORMS,
        int(sys.argv[3]) if len(sys.argv) > 3 else SEED,
    )
