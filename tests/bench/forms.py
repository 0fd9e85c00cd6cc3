"""``make bench BENCH=forms``: what is read from printed forms that people filled in and scanners spoilt.

A form is *right* when exactly the ticked boxes are read and nobody need look, *asked* when a person is told to look,
and *surely wrong* when neither. The picture of the handwriting is compared with the clean form's own box.

    python -m tests.bench.forms [FORMS] [SEED] [-v]
"""

import os
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial

import cv2
import numpy as np

from daemon.app import App
from daemon.domain.petitions import form as plan
from daemon.domain.petitions.petition import Petition, Spot, Ticks
from daemon.domain.petitions.reading import doubt_of_place, read_petitions
from daemon.domain.petitions.ticks import doubts_of_form
from daemon.scans.opening import OpenScan, open_scan
from daemon.settings import example_settings
from tests.scans import files
from tests.scans.damage import Picture
from tests.scans.forms import DOTS, FORMS, SEED, Filled
from tests.scans.forms import form as form_of
from tests.scans.generator import CAME

_SMALL = 2.0
"""Pixels to the millimetre, at which pictures of handwriting are compared."""
_ALIKE = 0.45


NO_TICKS = Ticks()


@dataclass
class Judged:
    """What became of one form."""

    form: Filled
    code: bool = False
    place: str = ""
    place_sure: bool = False
    ticks: Ticks = NO_TICKS
    asked: bool = True
    picture: bool = False
    """Of the handwriting: it covers the box, or there is rightly none."""

    @property
    def exactly(self) -> bool:
        return frozenset(self.ticks.ticked) == self.form.ticked

    @property
    def surely_wrong(self) -> bool:
        placed_wrong = self.place_sure and self.place != self.form.neighbourhood
        return placed_wrong or (not self.asked and not self.exactly)


def judge(form: Filled, app: App) -> Judged:
    with open_scan(files.png(form.picture)) as scan:
        petitions = read_petitions(scan.pages, app.office.registry, CAME)
        if len(petitions) != 1:
            return Judged(form)
        (petition,) = petitions
        place, ticks = petition.fields.neighbourhood, petition.pages[0].form or NO_TICKS
        asks = bool(
            doubt_of_place(petition.fields) or petition.doubts or doubts_of_form(petition, app.office)
        )
        return Judged(
            form,
            code=petition.form is not None,
            place=place.value,
            place_sure=place.sure,
            ticks=ticks,
            asked=asks or petition.pages[0].form is None,
            picture=_shows_the_writing(scan, petition, form),
        )


def _shows_the_writing(scan: OpenScan, petition: Petition, form: Filled) -> bool:
    ticks = petition.pages[0].form
    if ticks is None or (ticks.handwriting is None and form.written):
        return False
    if ticks.handwriting is None:
        return True
    spot = Spot(petition.pages[0].number, ticks.handwriting)
    shown = cv2.imdecode(np.frombuffer(scan.picture(spot), np.uint8), cv2.IMREAD_GRAYSCALE)
    return _shows_box(np.asarray(shown, np.uint8), form.clean)


def _shows_box(shown: Picture, clean: Picture) -> bool:
    """Whether the box of the clean form is seen whole in the picture, and where it should be."""
    left, top, width, height = (side * DOTS for side in plan.WRITING)
    box = cv2.cvtColor(
        clean[round(top) : round(top + height), round(left) : round(left + width)], cv2.COLOR_BGR2GRAY
    )
    wanted = _small(box, _SMALL / DOTS)
    seen = _small(shown, _SMALL / plan.PIXELS)
    if (np.array(seen.shape) < wanted.shape).any():
        return False
    likeness = cv2.matchTemplate(255 - seen, 255 - wanted, cv2.TM_CCOEFF_NORMED)
    return float(likeness.max()) > _ALIKE


def _small(picture: Picture, factor: float) -> Picture:
    small = cv2.resize(picture, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.GaussianBlur(small, (0, 0), 1.2), np.uint8)


def main(count: int = FORMS, seed: int = SEED, *, closely: bool = False) -> None:
    tally = Counter[str]()
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for judged in pool.map(partial(_judge, seed), range(count)):
            _count(tally, judged)
            if closely and (judged.asked or judged.surely_wrong or not judged.picture or not judged.exactly):
                _tell_one(judged)
    _tell(count, tally)


def _judge(seed: int, n: int) -> Judged:
    with App.open(example_settings()) as app:
        return judge(form_of(n, seed=seed), app)


def _count(tally: Counter[str], judged: Judged) -> None:
    form, ticks = judged.form, judged.ticks
    read = set(ticks.ticked)
    tally["code"] += judged.code
    tally["place"] += judged.place == form.neighbourhood
    tally["place sure"] += judged.place_sure
    tally["exactly"] += judged.exactly
    tally["right"] += judged.exactly and not judged.asked and judged.place_sure and not judged.surely_wrong
    tally["asked"] += judged.asked
    tally["surely wrong"] += judged.surely_wrong
    tally["ticks"] += len(form.ticked)
    tally["ticks read"] += len(form.ticked & read)
    tally["ticks doubted"] += len(form.ticked & set(ticks.doubtful))
    tally["false ticks"] += len(read - form.ticked)
    tally["false doubts"] += len(set(ticks.doubtful) - form.ticked)
    tally["picture"] += judged.picture


def _tell_one(judged: Judged) -> None:
    form, ticks = judged.form, judged.ticks
    print(
        f"{'WRONG' if judged.surely_wrong else 'asked' if judged.asked else ''} {form.name} {'/'.join(form.styles)}: "
        f"{'' if judged.code else 'no form; '}{judged.place or '?'}{'' if judged.place_sure else ' (unsure)'}, "
        f"ticked {sorted(form.ticked)}, read {ticks.ticked}, doubted {ticks.doubtful}"
        f"{'' if judged.picture else '; no picture'}",
        flush=True,
    )


def _tell(count: int, tally: Counter[str]) -> None:
    for name, key in (
        ("known as the form", "code"),
        ("neighbourhood right", "place"),
        ("ticks exactly right", "exactly"),
        ("handwriting's picture covers the box", "picture"),
        ("filed without a person, rightly", "right"),
        ("a person is asked", "asked"),
    ):
        print(f"{name:<38} {100 * tally[key] / count:5.1f} %")
    print(f"{'surely wrong':<38} {tally['surely wrong']} of {count} forms")
    print(
        f"{'of ' + str(tally['ticks']) + ' ticks':<38} {tally['ticks read']} read, {tally['ticks doubted']} in doubt, "
        f"{tally['false ticks']} false; {tally['false doubts']} doubts without a tick"
    )


if __name__ == "__main__":
    numbers = [int(each) for each in sys.argv[1:] if each.isdigit()]
    main(*numbers, closely="-v" in sys.argv)
