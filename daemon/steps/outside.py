"""What a stranger may be writing about: an external body answers without our number, of a request that lies with it.

Nobody reads his papers but a person, so each of them has a line of its own: the mail's shows one.
"""

from dataclasses import replace

from daemon.domain import entering
from daemon.domain.files.unopenable import fault_in
from daemon.domain.mail import Attachment
from daemon.domain.petitions.letter_subject import subject_in
from daemon.domain.review import Review, review_files
from daemon.domain.routing.values import Route, Routing
from daemon.domain.text import one_line
from daemon.ports.records import RequestFilter
from daemon.steps.asking import alarming
from daemon.steps.case import Case, Ruled
from daemon.steps.scanned_mail import is_letter, papers_in

_STRANGER = "Gönderen, kayıtlı bir muhtar değil."
_MOST_NAMED = 5
_MOST_PAPERS = 5
"""So many further ones have a line each; more are named in the first's."""
_FURTHER = "{} İletinin bir başka belgesi; ilki ayrı satırdadır."
_MOST_WEIGHED = 20
"""So many are looked through for danger."""
_MANY = "{} İletide {} belge daha var: {}."
_NOT_READ = "(Belgenin kendisine bakınız.)"


def reason_of_stranger(case: Case, routing: Routing) -> str:
    """Why a person decides (Turkish); the open requests that the mail may be an answer to are named."""
    bodies = {(route.external_body, route.neighbourhood) for route in routing.routes}
    meant = [
        request.number
        for body, place in sorted(bodies)
        if body and place
        for request in case.tx.requests(RequestFilter(open=True, neighbourhood=place))
        if request.external_body == body
    ]
    if not meant:
        return _STRANGER
    return f"{_STRANGER} {', '.join(meant[:_MOST_NAMED])} numaralı talep için kurumdan gelen yanıt olabilir."


def with_further_papers(case: Case, ruled: Ruled) -> Ruled:
    """What a person is asked about a mail, and about each document in it that this question does not show. Photographs
    and what nobody can open belong to the first."""
    about = next((review for review in ruled.outcome.reviews if review.arrival_id == case.stored.id), None)
    if about is None:
        return ruled
    papers = [each for each in papers_in(case.box.mail) if _is_document(each) and fault_in(each) is None]
    if len(papers) < 2:
        return ruled
    shown = next((each for each in papers if is_letter(each) and each.words in case.box.mail.text), papers[0])
    further = [each for each in papers if each is not shown]
    first = replace(about, link=_path_of(case, shown) or about.link)
    told = alarming(case.office, *(_about_paper(case, about, each) for each in further[:_MOST_WEIGHED]))
    if len(further) > _MOST_PAPERS:
        names = one_line(", ".join(each.name for each in further), 300)
        first = replace(first, reason=_MANY.format(first.reason, len(further), names))
        told = replace(told, reviews=())
    for review in told.reviews:
        case.tx.set_note(review_files(review.key), review.link)
    asked = tuple(first if each is about else each for each in ruled.outcome.reviews)
    return replace(ruled, outcome=replace(ruled.outcome, reviews=asked) + told)


def _path_of(case: Case, file: Attachment) -> str:
    """Files are kept under names that begin with their content's hash."""
    return next((path for path in case.box.files if file.content_hash[:12] in path), "")


def _is_document(file: Attachment) -> bool:
    return is_letter(file) or file.data.startswith(b"%PDF")


def _about_paper(case: Case, about: Review, file: Attachment) -> Review:
    best = _route_of(case, file) if is_letter(file) else None
    return replace(
        about,
        key=f"{about.key}/paper-{file.content_hash[:12]}",
        reason=_FURTHER.format(about.reason),
        subject=one_line(subject_in(file.words)) or file.name,
        neighbourhood=best.neighbourhood if best else "",
        read=file.words.strip() or _NOT_READ,
        guess=entering.guess_text(best, case.office) if best else "",
        confidence=best.confidence if best else None,
        link=_path_of(case, file) or about.link,
    )


def _route_of(case: Case, file: Attachment) -> Route | None:
    routing = case.office.router.route(subject=subject_in(file.words), body=file.words)
    return next(iter(routing.routes), None)
