"""What the ticks on a printed form mean: one request per subject, and what must be looked at by a person."""

from collections.abc import Sequence

from rapidfuzz import fuzz

from daemon.domain.office import Office
from daemon.domain.petitions.form import LIST_UNKNOWN, TICK, in_pixels, label_place, subjects_of, sum_of
from daemon.domain.petitions.petition import Box, Page, Petition, Ticks, around
from daemon.domain.routing.values import Category, Nature, Route, Routing
from daemon.domain.text import fold

_SAME = 80
"""Likeness (0–100) from which a printed subject, perhaps with a stroke over it, is the one of the list."""
HANDWRITTEN = "(Elle yazılmış talep; metni ekteki formdadır.)"


def route_form(petition: Petition, office: Office) -> Routing:
    """A request per subject ticked. Doubtful ticks, and forms of an older list, decide nothing."""
    ticks = _ticks_of(petition)
    categories = office.router.categories
    subjects = subjects_of(categories)
    if not _is_of_this_list(petition, subjects):
        return Routing(Nature.REQUEST, (_route(None),))
    by_name = {category.name: category for category in categories}
    chosen = [by_name[subjects[n]] for n in ticks.ticked if n < len(subjects)]
    return Routing(Nature.REQUEST, tuple(map(_route, chosen)) or (_route(None),))


def _ticks_of(petition: Petition) -> Ticks:
    return (petition.pages[0].form if petition.pages else None) or Ticks()


def _is_of_this_list(petition: Petition, subjects: Sequence[str]) -> bool:
    """By the code; where that could not be read, by the words beside every box that matters."""
    if petition.form is None or petition.form.subjects != LIST_UNKNOWN:
        return petition.form is not None and petition.form.subjects == sum_of(subjects)
    ticks = _ticks_of(petition)
    marked = [*ticks.ticked, *ticks.doubtful]
    return all(n < len(subjects) and _is_printed(petition.pages[0], n, subjects[n]) for n in marked)


def _is_printed(page: Page, n: int, subject: str) -> bool:
    place = in_pixels(*label_place(n))
    words = [word for line in page.lines for word in line.words if _lies_in(word.box, place)]
    return bool(fuzz.ratio(fold(" ".join(word.text for word in words)), fold(subject)) >= _SAME)


def _lies_in(box: Box, place: Box) -> bool:
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    return place.left <= x <= place.right and place.top <= y <= place.bottom


def doubts_of_form(petition: Petition, office: Office) -> list[str]:
    """Why a person must look at a form (Turkish)."""
    ticks = petition.pages[0].form if petition.pages else None
    if petition.form is None or ticks is None:
        return []
    subjects = subjects_of(office.router.categories)
    if not _is_of_this_list(petition, subjects):
        if petition.form.subjects == LIST_UNKNOWN:
            return ["Formun karekodu okunamadı; işaretli konuya bakınız."]
        return ["Form, konu listesinin eski hâliyle basılmış; işaretli konuya bakınız."]
    doubts = []
    if not ticks.ticked:
        doubts.append("Formda işaretli konu bulunamadı.")
    if unclear := [subjects[n] for n in ticks.doubtful if n < len(subjects)]:
        doubts.append(f"İşaretli olup olmadığı anlaşılamayan konu: {', '.join(unclear)}.")
    if ticks.handwriting is None:
        doubts.append("Formun yazı kutusu boş görünüyor.")
    return doubts


def ticked_on(petition: Petition, office: Office) -> list[str]:
    """What a person who must look at a form should know of it (Turkish): the subjects that are surely ticked."""
    subjects = subjects_of(office.router.categories)
    if petition.form is None or not _is_of_this_list(petition, subjects):
        return []
    ticked = [subjects[n] for n in _ticks_of(petition).ticked if n < len(subjects)]
    return [f"Formda işaretli: {', '.join(ticked)}."] if ticked else []


def doubtful_place(ticks: Ticks) -> Box | None:
    """Where the boxes of which nobody can tell whether they are ticked stand, with their words."""
    places = [
        in_pixels(left - TICK - 2.0, top - 1.0, width + TICK + 3.0, height + 2.0)
        for left, top, width, height in map(label_place, ticks.doubtful)
    ]
    return around(places) if places else None


def _route(category: Category | None) -> Route:
    return Route(
        subject=category.name if category else "Talep formu",
        text=HANDWRITTEN,
        directorate=category.directorate if category else "",
        external_body=category.external_body if category else "",
        category=category.name if category else "",
        confidence=0.9 if category else 0.0,
        review=category is None or category.review,
        neighbourhood="",
        urgent=False,
        because=("formdaki işaret",) if category else (),
    )
