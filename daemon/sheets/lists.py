"""What the drop-downs of a workbook offer, and where it stands: a hidden worksheet, under defined names.

A list typed into a validation may have 255 characters; fifty neighbourhoods do not fit.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from daemon.domain.sheet import Shape

LISTS_TITLE = "Listeler"


@dataclass(frozen=True, slots=True)
class Lists:
    """Drop-downs of one workbook. ``title`` is whose workbook it is."""

    title: str = ""
    statuses: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    decisions: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    directorates: tuple[str, ...] = ()
    """Directorates and outside bodies: where ``Sevk`` may lead."""
    neighbourhoods: tuple[str, ...] = ()
    liaisons: tuple[str, ...] = ()
    own_directorates: tuple[str, ...] = ()
    """Directorates alone: the lines of ``Genel Bakış``."""
    ticks: tuple[str, ...] = ("Evet",)

    def of(self, shape: Shape) -> Sequence[str]:
        match shape:
            case Shape.STATUS:
                return self.statuses
            case Shape.CHANNEL:
                return self.channels
            case Shape.DECISION:
                return self.decisions
            case Shape.CATEGORY:
                return self.categories
            case Shape.DIRECTORATE:
                return self.directorates
            case Shape.NEIGHBOURHOOD:
                return self.neighbourhoods
            case Shape.LIAISON:
                return self.liaisons
            case Shape.TICK:
                return self.ticks
            case _:
                return ()


LISTED = (
    Shape.STATUS, Shape.CHANNEL, Shape.DECISION, Shape.CATEGORY, Shape.DIRECTORATE, Shape.NEIGHBOURHOOD,
    Shape.LIAISON, Shape.TICK,
)  # fmt: skip
HEADINGS = {
    Shape.STATUS: "Durum", Shape.CHANNEL: "Kanal", Shape.DECISION: "Karar", Shape.CATEGORY: "Kategori",
    Shape.DIRECTORATE: "Müdürlük / Kurum", Shape.NEIGHBOURHOOD: "Mahalle", Shape.LIAISON: "İrtibat",
    Shape.TICK: "Girildi",
}  # fmt: skip


def list_name(shape: Shape) -> str:
    return f"Liste_{shape.value}"
