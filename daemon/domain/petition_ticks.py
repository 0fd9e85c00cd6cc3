"""What the ticks on a printed form mean: one request per subject, and what must be looked at by a person."""

from daemon.domain.office import Office
from daemon.domain.petition import FormCode, Petition, Ticks
from daemon.domain.petition_form import subjects_of, sum_of
from daemon.domain.routing_values import Category, Nature, Route, Routing

HANDWRITTEN = "(Elle yazılmış talep; metni ekteki formdadır.)"


def route_form(code: FormCode, ticks: Ticks, office: Office) -> Routing:
    """A request per subject ticked. Doubtful ticks, and forms of an older list, decide nothing."""
    categories = office.router.categories
    subjects = subjects_of(categories)
    if sum_of(subjects) != code.subjects:
        return Routing(Nature.REQUEST, (_route(None),))
    by_name = {category.name: category for category in categories}
    chosen = [by_name[subjects[n]] for n in ticks.ticked if n < len(subjects)]
    return Routing(Nature.REQUEST, tuple(map(_route, chosen)) or (_route(None),))


def doubts_of_form(petition: Petition, office: Office) -> list[str]:
    """Why a person must look at a form (Turkish)."""
    ticks = petition.pages[0].form if petition.pages else None
    if petition.form is None or ticks is None:
        return []
    subjects = subjects_of(office.router.categories)
    if sum_of(subjects) != petition.form.subjects:
        return ["Form, konu listesinin eski hâliyle basılmış; işaretli konuya bakınız."]
    doubts = []
    if not ticks.ticked:
        doubts.append("Formda işaretli konu bulunamadı.")
    if unclear := [subjects[n] for n in ticks.doubtful if n < len(subjects)]:
        doubts.append(f"İşaretli olup olmadığı anlaşılamayan konu: {', '.join(unclear)}.")
    if ticks.handwriting is None:
        doubts.append("Formun yazı kutusu boş görünüyor.")
    return doubts


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
