"""What hands do to tick boxes, and what copies, faxes, stamps and stains make of it."""

import random
from collections.abc import Callable

import cv2
import numpy as np
import pytest

from daemon.domain.petitions import form as plan
from daemon.scans.form_ink import BoxInk
from daemon.scans.form_ticks import decide
from daemon.scans.page import read_page
from tests.scans import damage, files, forms, pens
from tests.scans.damage import Picture

BLACK, WIDE, PENCIL, FAINT = pens.PENS[0], pens.PENS[1], pens.PENS[6], pens.PENS[7]
Hand = Callable[[Picture], object]


@pytest.fixture(scope="module")
def printed() -> Picture:
    """An empty form at 300 dpi, in colour."""
    grey = forms.printed("YAYLA MAH.", random.Random(4))
    return np.asarray(cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR), np.uint8)


def _at(n: int) -> tuple[np.ndarray[tuple[int], np.dtype[np.float64]], float]:
    return np.array(plan.tick_place(n)) * forms.DOTS, plan.TICK * forms.DOTS


def _by(style: str, *boxes: int, pen: pens.Pen = BLACK) -> Hand:
    def hand(page: Picture) -> None:
        for n in boxes:
            pens.STYLES[style](page, *_at(n), random.Random(n), pen)

    return hand


def _around_words(*boxes: int) -> Hand:
    def hand(page: Picture) -> None:
        for n in boxes:
            pens.circle_label(page, _at(n)[0], random.Random(n), BLACK)

    return hand


def _at_200(page: Picture) -> Picture:
    return damage.at_dpi(page, 200)


def _ticks(
    printed: Picture, *hands: Hand, harm: Callable[[Picture], Picture] = _at_200
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The boxes read as ticked, and those in doubt."""
    page = printed.copy()
    for hand in hands:
        hand(page)
    read = read_page(files.png(harm(page)), 0)
    assert read.form is not None
    return read.form.ticked, read.form.doubtful


def _grey(page: Picture) -> Picture:
    return np.asarray(cv2.cvtColor(page, cv2.COLOR_BGR2GRAY), np.uint8)


def _low_toner(page: Picture) -> Picture:
    return damage.DAMAGES["toner-low"](_grey(page), 5)


# --- rings ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ring", [_by("circled", 3, 20), _around_words(3, 20)], ids=["box", "words"])
@pytest.mark.parametrize(
    "harm",
    [
        _at_200,
        lambda p: damage.photographed(p, 4),
        lambda p: damage.faxed(_grey(p), 5),
        lambda p: damage.photocopied(damage.at_dpi(_grey(p), 150), 8),
    ],
    ids=["scan", "photograph", "fax", "photocopy"],
)
def test_a_page_that_has_only_rings_is_ticked_by_them(
    printed: Picture, ring: Hand, harm: Callable[[Picture], Picture]
) -> None:
    """They were all a person's."""
    assert _ticks(printed, ring, harm=harm) == ((3, 20), ())


def test_rings_of_boxes_one_below_the_other_may_touch(printed: Picture) -> None:
    assert _ticks(printed, _by("circled", 5, 8, 11, pen=WIDE)) == ((5, 8, 11), ())


def test_a_ring_beside_ticks_is_doubtful(printed: Picture) -> None:
    assert _ticks(printed, _by("cross", 3), _by("circled", 10)) == ((3,), (10,))


def test_a_ticked_box_that_is_ringed_is_doubtful(printed: Picture) -> None:
    assert _ticks(printed, _by("cross", 3), _by("circled", 3)) == ((), (3,))


# --- strokes -------------------------------------------------------------------------------------------------


def test_a_large_cross_by_a_wide_pen_is_not_scratched_over(printed: Picture) -> None:
    for n in (2, 6, 26):
        assert _ticks(printed, _by("large cross", n, pen=WIDE)) == ((n,), ())


@pytest.mark.parametrize(
    ("pen", "ticked", "doubtful"),
    [(PENCIL, (2, 13), ()), (FAINT, (2, 13), ())],
    ids=["pencil", "faint pencil"],
)
def test_a_pencil_is_as_faint_as_the_print_beside_it(
    printed: Picture, pen: pens.Pen, ticked: tuple[int, ...], doubtful: tuple[int, ...]
) -> None:
    """Where toner is low, ink is measured by the print. The faintest was seen as nothing at all."""
    hand = _by("check", 2, 13, pen=pen)
    assert _ticks(printed, hand, harm=_low_toner) == (ticked, doubtful)


def _tea(page: Picture) -> None:
    left, top = _at(13)[0]
    layer = np.full_like(page, 255)
    cv2.circle(layer, (int(left) + 230, int(top)), 220, (160, 160, 160), 20)
    page[:] = np.minimum(page, cv2.GaussianBlur(layer, (0, 0), 4))


def test_tea_that_is_paler_than_the_ticks_ticks_nothing(printed: Picture) -> None:
    assert _ticks(printed, _by("slash", 24), _tea) == ((24,), ())


def _date_stamp(page: Picture) -> None:
    left, top = (int(v) for v in _at(10)[0])
    cv2.putText(page, "27 KAS 2026", (left - 250, top + 50), cv2.FONT_HERSHEY_SIMPLEX, 1.5, (60, 60, 60), 5)


def test_a_stamps_date_across_a_box_is_no_tick(printed: Picture) -> None:
    """Filed with the true one, it made two requests of one."""
    ticked, doubtful = _ticks(printed, _by("cross", 3), _date_stamp)
    assert ticked == (3,)
    assert 10 in doubtful


# --- where the form lies --------------------------------------------------------------------------------------


def test_a_code_that_nothing_reads_may_keep_its_corners(printed: Picture) -> None:
    """These were taken for marks, and with the four true ones were too many."""

    def spot(page: Picture) -> None:
        left, top, side = (v * forms.DOTS for v in plan.QR)
        cv2.circle(page, (int(left + side / 2), int(top + side / 2)), 110, (60, 60, 60), -1)

    assert _ticks(printed, _by("filled", 4, 22), spot) == ((4, 22), ())


def test_streaks_through_the_marks_beside_the_code_lead_nowhere_else(printed: Picture) -> None:
    """The code's own corners were taken for the marks."""

    def streaks(page: Picture) -> None:
        x = int((plan.MARKS[1][0] + plan.MARK / 2) * forms.DOTS)
        cv2.line(page, (x, 0), (x, page.shape[0]), (90, 90, 90), 5)

    assert _ticks(printed, _by("cross", 2, 3), streaks) == ((2, 3), ())


def test_boxes_that_the_picture_does_not_show_are_doubtful(printed: Picture) -> None:
    """A tick on the part of a sheet that is cut off or covered was lost beside one that is seen."""

    def cover(page: Picture) -> None:
        left, top = (int(v) for v in _at(21)[0])
        page[top - 30 : top + 400, left - 30 : left + 600] = 255

    assert _ticks(printed, _by("cross", 3), cover) == ((3,), (21, 24, 27))


# --- handwriting ----------------------------------------------------------------------------------------------


def _is_written(printed: Picture, hand: Hand, harm: Callable[[Picture], Picture]) -> bool:
    page = printed.copy()
    hand(page)
    read = read_page(files.png(harm(page)), 0)
    assert read.form is not None
    return read.form.handwriting is not None


@pytest.mark.parametrize("pen", [BLACK, WIDE, PENCIL], ids=["black", "broad", "pencil"])
@pytest.mark.parametrize("harm", [_at_200, lambda p: damage.photographed(p, 4)], ids=["scan", "photograph"])
def test_two_words_are_handwriting(
    printed: Picture, pen: pens.Pen, harm: Callable[[Picture], Picture]
) -> None:
    """A word's letters are one shape, and three shapes were asked for."""
    assert _is_written(printed, lambda page: pens.two_words(page, random.Random(6), pen), harm)


def _rings_of_tea(page: Picture) -> None:
    """The upper edges of two cups, flat and as large as words."""
    left, top, _, _ = (side * forms.DOTS for side in plan.WRITING)
    for n in range(2):
        middle = (int(left) + 500 + 800 * n, int(top) + 500)
        cv2.ellipse(page, middle, (200, 120), 0, 200, 340, (120, 130, 140), 14, cv2.LINE_AA)


def test_the_edges_of_stains_are_no_handwriting(printed: Picture) -> None:
    assert not _is_written(printed, _rings_of_tea, _at_200)


# --- what is decided -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("box", "ticked", "doubtful"),
    [
        (BoxInk(inside=0.3, darkest=1.0, pieces=1), True, False),
        (BoxInk(inside=0.04, darkest=1.0, pieces=1), False, True),
        (BoxInk(inside=0.01), False, False),
        (BoxInk(inside=0.3, darkest=1.0, pieces=2), False, True),  # letters of a stamp
        (BoxInk(inside=0.3, darkest=1.0, pieces=1, in_stamp=True), False, True),
        (BoxInk(inside=0.3, darkest=1.0, pieces=1, left=0.06), False, True),
        (BoxInk(inside=0.3, darkest=1.0, pieces=1, beside=0.1), False, True),  # scratched over
        (BoxInk(dots=3), False, True),  # a pencil on a fax
        (BoxInk(dots=2), False, False),  # dust
        (BoxInk(rim=0.1), False, True),  # cut off
        (BoxInk(around=0.05), False, True),
        (BoxInk(inside=0.3, darkest=1.0, pieces=1, around=0.05), True, False),  # a large cross
        (BoxInk(inside=0.3, darkest=1.0, pieces=1, around=0.2), False, True),
        (BoxInk(inside=0.3, darkest=0.4, pieces=1, of_large=True), False, False),  # tea
        (BoxInk(inside=0.3, darkest=0.9, pieces=1, of_large=True), False, True),
    ],
)  # fmt: skip
def test_one_box_beside_a_clear_tick(box: BoxInk, ticked: bool, doubtful: bool) -> None:
    boxes = [BoxInk(inside=0.3, darkest=1.0, pieces=1), box]
    assert decide(boxes, 0.0, legible=True) == ([0, *([1] if ticked else [])], [1] if doubtful else [])


def test_what_lies_across_a_box_is_doubtful_where_no_tick_tells_the_pen() -> None:
    assert decide([BoxInk(inside=0.3, darkest=0.4, pieces=1, of_large=True)], 0.0, legible=True) == ([], [0])


def test_nothing_is_ticked_where_boxes_are_lost() -> None:
    assert decide([BoxInk(inside=0.3, darkest=1.0, pieces=1)], 0.0, legible=False) == ([], [0])
