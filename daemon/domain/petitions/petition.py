"""A scanned petition: the words on its pages with their places, and what was read from them.

Boxes are in pixels of the upright, straightened page; every guess carries the place that it was read from, so that a
person can be shown the very spot. Law 3071 art. 4 asks a petition for name, signature and address: those fields are
looked for, and what is missing or doubtful is a person's to decide.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from statistics import median

from daemon.domain.text import tidy


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def height(self) -> int:
        return self.bottom - self.top

    def joined(self, other: "Box") -> "Box":
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )


@dataclass(frozen=True, slots=True)
class Word:
    """One word as read; ``confidence`` is 0–1."""

    text: str
    confidence: float
    box: Box

    def placed(self, left: int, top: int, size: float) -> "Word":
        """Back on the page, read from a part of it that began there and was made so many times as large."""
        box = self.box
        across, down = (
            tuple(round(v / size) for v in side) for side in ((box.left, box.right), (box.top, box.bottom))
        )
        return Word(
            self.text, self.confidence, Box(left + across[0], top + down[0], left + across[1], top + down[1])
        )


@dataclass(frozen=True, slots=True)
class Line:
    """Words side by side, left to right."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def box(self) -> Box:
        return around(word.box for word in self.words)

    def words_in(self, start: int, end: int) -> tuple[Word, ...]:
        """The words that stand between two positions of ``text``."""
        found, at = [], 0
        for word in self.words:
            if at < end and at + len(word.text) > start:
                found.append(word)
            at += len(word.text) + 1
        return tuple(found)

    @property
    def confidence(self) -> float:
        letters = sum(len(word.text) for word in self.words)
        return sum(word.confidence * len(word.text) for word in self.words) / letters if letters else 0.0


class Condition(StrEnum):
    """What became of a page."""

    READ = "read"
    BLANK = "blank"
    SEPARATOR = "separator"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Code:
    """A QR or bar code found on a page."""

    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class Ticks:
    """What was found on a printed form: the numbers of the boxes ticked, of doubtful ones, and the place of the
    handwriting, if there is any."""

    ticked: tuple[int, ...] = ()
    doubtful: tuple[int, ...] = ()
    handwriting: Box | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One page as read, upright. ``number`` counts from 1 in the file."""

    number: int
    condition: Condition
    lines: tuple[Line, ...] = ()
    width: int = 0
    height: int = 0
    codes: tuple[Code, ...] = ()
    from_text_layer: bool = False
    reason: str = ""
    """Turkish; why the page could not be read."""
    form: Ticks | None = None
    part: int = 1
    """Which of the petitions that stand on the sheet one below the other."""
    top: int = 0
    """Where that part begins on the sheet; ``height`` is the part's own, boxes are places on the whole sheet."""
    closer: tuple[Line, ...] = ()
    """Other readings of rows that may say who signs: evidence for a name, no part of the text."""

    def share_of(self, box: Box) -> float:
        """How far down the box begins: 0 at the head, 1 at the foot."""
        return (box.top - self.top) / self.height if self.height else 0.0

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)

    @property
    def word_height(self) -> float:
        """The median of its words', in pixels; there must be one."""
        return median(word.box.height for line in self.lines for word in line.words)

    @property
    def confidence(self) -> float:
        letters = sum(len(line.text) for line in self.lines)
        return sum(line.confidence * len(line.text) for line in self.lines) / letters if letters else 0.0


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something was read."""

    page: int
    box: Box


@dataclass(frozen=True, slots=True)
class Found:
    """A field as read: its value, how sure it is (0–1; ``sure`` means that nobody need look), and where it stands."""

    value: str = ""
    confidence: float = 0.0
    sure: bool = False
    spot: Spot | None = None


NOT_FOUND = Found()


@dataclass(frozen=True, slots=True)
class Fields:
    """What a petition says of itself. ``written`` is an ISO date, ``phone`` national digits in groups."""

    neighbourhood: Found = NOT_FOUND
    headman: Found = NOT_FOUND
    written: Found = NOT_FOUND
    subject: Found = NOT_FOUND
    phone: Found = NOT_FOUND


FORM_CODE = "MHT-FORM"
"""How the text of our printed form's code begins."""


@dataclass(frozen=True, slots=True)
class FormCode:
    """What the form's QR code says."""

    neighbourhood: str
    number: str
    subjects: str
    """Sum over the list of subjects that is printed on it."""

    @property
    def text(self) -> str:
        return f"{FORM_CODE}:1:{self.number}:{self.subjects}:{self.neighbourhood}"


@dataclass(frozen=True, slots=True)
class Petition:
    """One petition of a file: its pages, its text, its fields."""

    pages: tuple[Page, ...]
    fields: Fields
    body: str
    """What is asked: without letterhead, labels, signature."""
    doubts: tuple[str, ...] = field(default=())
    """Turkish: why a person must look at it."""
    form: FormCode | None = None
    """The code of our printed form, when it is one."""

    @property
    def numbers(self) -> tuple[int, ...]:
        return tuple(page.number for page in self.pages)

    @property
    def text(self) -> str:
        return tidy("\n\n".join(page.text for page in self.pages))


def around(boxes: Iterable[Box]) -> Box:
    """The smallest box around all of them; there must be one."""
    first, *rest = boxes
    for box in rest:
        first = first.joined(box)
    return first
