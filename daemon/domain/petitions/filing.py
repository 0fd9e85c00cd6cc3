"""What becomes of a petition that was read from a scan: a request that is filed, or a question in ``İnceleme``.

A sure neighbourhood and words that say what is asked make a request (channel ``Dilekçe``, Law 3071); whose directorate
it is may still be a person's decision. Everything else waits in ``İnceleme`` with a picture of the spot in doubt.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from daemon.domain import entering
from daemon.domain.clock import show_day
from daemon.domain.decision import DAEMON, Outcome
from daemon.domain.duplicates import ALIKE, Matter, likeness, matter_of
from daemon.domain.entering import Submission
from daemon.domain.office import Office
from daemon.domain.petitions.petition import Fields, Found, Petition, Spot
from daemon.domain.petitions.reading import doubt_of_place, route_petition
from daemon.domain.petitions.ticks import HANDWRITTEN, doubtful_place, doubts_of_form, ticked_on
from daemon.domain.registry import Neighbourhood
from daemon.domain.request import Channel, Entry, Request, RequestNumber
from daemon.domain.review import SCAN_REVIEW, Review
from daemon.domain.routing.values import Nature, Route, Routing
from daemon.domain.text import one_line

_NOT_SURE = "Sorumlu müdürlük kesin olarak belirlenemedi."
UNREAD = "(Talep metni ekteki dosyadadır.)"
UNREADABLE = "(metin okunamadı)"


@dataclass(frozen=True, slots=True)
class HandedIn:
    """How a scan came. ``writer`` is the neighbourhood of the headman who mailed it, ``sender`` his address;
    ``event`` names the scan in keys, ``files`` is everything that came along."""

    arrival_id: int
    event: str
    received_at: datetime
    files: tuple[str, ...] = ()
    writer: Neighbourhood | None = None
    sender: str = ""
    message_id: str = ""
    words: str = ""
    """What the mail itself says."""
    said: tuple[Request, ...] = ()
    """The requests that the mail's own words have brought already."""
    channel: Channel = Channel.PETITION
    asked: Review | None = None
    """What is asked where none of the files is surely a petition; nothing is filed then."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Where a petition's searchable document and the picture of its doubtful spot were put."""

    document: str
    picture: str = ""


def file_petition(
    petition: Petition,
    kept: Kept,
    handed: HandedIn,
    *,
    office: Office,
    next_number: Callable[[], RequestNumber],
    now: datetime,
) -> Outcome:
    """Decide on one petition."""
    place, doubts = _place(petition, handed, office)
    doubts += doubts_of_form(petition, office)
    doubts += ticked_on(petition, office) if doubts else []
    routing = route_petition(petition, office)
    asks = routing.nature is Nature.REQUEST and bool(routing.routes)
    if handed.said:
        left = tuple(each for each in routing.routes if not is_said(each, place, handed.said)) if asks else ()
        if not left and (asks or not doubts):
            return _told_already(petition, handed, now)
        routing = replace(routing, routes=left)
        doubts += _doubts_beside(routing, doubts, handed.said)
    if not asks:
        doubts.append("Belgede bir talep bulunamadı.")
    if place is None or (doubts and (handed.writer is None or handed.said)):
        return Outcome(reviews=(_question(petition, routing, kept, handed, doubts, office=office, now=now),))
    routes = routing.routes if asks and not doubts else (_undecided(petition, routing),)
    numbers = [next_number() for _ in routes]
    submission = replace(
        _submission(place, attached(petition, kept, handed), handed),
        doubt=" ".join(doubts),
        only_doubt=asks and [route.review for route in routing.routes] == [False],
    )
    said = [
        replace(
            route,
            text=_with_words(_with_facts(route.text, petition.fields), handed),
            neighbourhood=place.name,
        )
        for route in routes
    ]
    outcome = entering.receive(submission, said, numbers, office=office, now=now)
    reviews = tuple(_with_picture(review, kept) if doubts else review for review in outcome.reviews)
    read = tuple(
        Entry(now, DAEMON, "scan-read", f"Dilekçeden okunan: {_summary(petition)}", number)
        for number in numbers
    )
    return replace(outcome, reviews=reviews) + Outcome(entries=read)


def is_said(route: Route, place: Neighbourhood | None, said: Iterable[Request]) -> bool:
    """Whether one of the mail's own requests asks for the same: of the same people, and of one kind or one thing. Other
    streets are another matter; a request that is nobody's yet must be much alike."""
    mine = matter_of(f"{route.subject}\n{route.text}")
    return any(
        _is_the_same(route, mine, each) for each in said if not place or place.name == each.neighbourhood
    )


def _is_the_same(route: Route, mine: Matter, request: Request) -> bool:
    theirs = matter_of(f"{request.subject}\n{request.description}")
    if mine.streets and theirs.streets and not mine.streets & theirs.streets:
        return False
    if not (route.directorate or route.external_body) or not request.directorate:
        return likeness(mine, theirs) >= ALIKE
    if route.external_body or request.external_body:
        return route.external_body == request.external_body
    alike = route.category == request.category or bool(mine.things & theirs.things)
    return route.directorate == request.directorate and alike


def _told_already(petition: Petition, handed: HandedIn, now: datetime) -> Outcome:
    text = f"Ekteki dilekçe okundu; iletide yazılandan ayrı bir talep yok. {_summary(petition)}".strip()
    return Outcome(entries=(Entry(now, DAEMON, "scan-read", text, handed.said[0].number),))


def _doubts_beside(routing: Routing, doubts: Sequence[str], said: Sequence[Request]) -> list[str]:
    """What is not sure beside a request in words makes no second one: a person compares them."""
    unsure = [_NOT_SURE] if any(route.review for route in routing.routes) else []
    if not doubts and not unsure:
        return []
    numbers = ", ".join(request.number for request in said)
    return [
        *unsure,
        f"İletide yazılan talep {numbers} numarasıyla kaydedildi; dilekçe aynı konudaysa “Talep değil” seçiniz.",
    ]


def doubtful_spot(petition: Petition) -> Found | None:
    """The field whose picture a person should see first; of a form the ticks in doubt, else its handwriting, which
    nobody guesses at."""
    fields = petition.fields
    form = petition.pages[0].form if petition.pages else None
    if form is not None and (place := doubtful_place(form) or form.handwriting) is not None:
        return Found(spot=Spot(petition.pages[0].number, place))
    candidates = (fields.neighbourhood, fields.headman, fields.written, fields.phone, fields.subject)
    return next((field for field in candidates if field.spot and not field.sure), None)


def _place(petition: Petition, handed: HandedIn, office: Office) -> tuple[Neighbourhood | None, list[str]]:
    """Whose petition it is, and what speaks against filing it."""
    found = petition.fields.neighbourhood
    doubts = list(petition.doubts)
    if handed.writer is None:
        if doubt := doubt_of_place(petition.fields):
            doubts.insert(0, doubt)
        return (office.registry.neighbourhood(found.value) if found.value else None), doubts
    if found.sure and found.value != handed.writer.name:
        doubts.append(
            f"Dilekçede {found.value} Mahallesi yazıyor, ileti {handed.writer.name} muhtarından geldi."
        )
    return handed.writer, doubts


def attached(petition: Petition, kept: Kept, handed: HandedIn) -> tuple[str, ...]:
    """A request's files; a form's first one is the picture of its handwriting."""
    first = (kept.picture,) if petition.form is not None and kept.picture else ()
    return tuple(dict.fromkeys((*first, kept.document, *handed.files)))


def _submission(place: Neighbourhood, files: tuple[str, ...], handed: HandedIn) -> Submission:
    return Submission(
        channel=handed.channel,
        received_at=handed.received_at,
        neighbourhood=place.name,
        headman=place.headman.name,
        headman_email=handed.sender or next(iter(place.headman.emails), ""),
        attachments=files,
        message_id=handed.message_id,
    )


def _undecided(petition: Petition, routing: Routing) -> Route:
    """One request of which a person decides everything; the best guess goes along."""
    subject = petition.fields.subject
    text = petition.body or (UNREAD if petition.form is None else HANDWRITTEN)
    if routing.routes:
        return replace(routing.routes[0], review=True, text=text)
    return Route.to_a_person(subject.value if subject.sure else "Ekteki dilekçe", text, "")


def _with_picture(review: Review, kept: Kept) -> Review:
    return replace(review, link=kept.picture or review.link)


def _question(
    petition: Petition,
    routing: Routing,
    kept: Kept,
    handed: HandedIn,
    doubts: list[str],
    *,
    office: Office,
    now: datetime,
) -> Review:
    best = routing.routes[0] if routing.routes else None
    fields = petition.fields
    return Review(
        key=f"{SCAN_REVIEW}{handed.event}/{_place_of(petition)}",
        opened_at=now,
        reason=" ".join(doubts),
        arrival_id=handed.arrival_id,
        sender=handed.sender or (f"{fields.headman.value}?" if fields.headman.value else ""),
        neighbourhood=fields.neighbourhood.value or (handed.writer.name if handed.writer else ""),
        subject=one_line(fields.subject.value)
        or (best.subject if best and petition.form else _called(petition)),
        read=_with_facts(_text_read(petition), fields),
        guess=entering.guess_text(best, office) if best else "",
        confidence=fields.neighbourhood.confidence or None,
        link=kept.picture or kept.document,
    )


def _text_read(petition: Petition) -> str:
    return HANDWRITTEN if petition.form is not None else petition.body or petition.text or UNREADABLE


def _called(petition: Petition) -> str:
    return "Dilekçe" if petition.pages[0].from_text_layer else "Taranmış dilekçe"


def _place_of(petition: Petition) -> str:
    """The page, and which petition on it where there are several."""
    first = petition.pages[0]
    return f"{first.number}" if first.part == 1 else f"{first.number}.{first.part}"


def _with_facts(text: str, fields: Fields) -> str:
    """The petition's own date and telephone, where sure, below its words."""
    facts = []
    if fields.written.sure:
        facts.append(f"dilekçe tarihi {show_day(date.fromisoformat(fields.written.value))}")
    if fields.phone.sure:
        facts.append(f"telefon {fields.phone.value}")
    return f"{text}\n({', '.join(facts)})" if facts else text


def _with_words(text: str, handed: HandedIn) -> str:
    """What the mail itself said, beside what stands in its scan."""
    return f"{text}\n\nİletide yazılan: {handed.words}" if handed.words else text


def _summary(petition: Petition) -> str:
    fields = petition.fields
    named = (
        ("mahalle", fields.neighbourhood),
        ("muhtar", fields.headman),
        ("tarih", fields.written),
        ("konu", fields.subject),
        ("telefon", fields.phone),
    )
    return "; ".join(
        f"{name} {_shown(name, found.value)}{'' if found.sure else ' (kesin değil)'}"
        for name, found in named
        if found.value
    )


def _shown(name: str, value: str) -> str:
    return show_day(date.fromisoformat(value)) if name == "tarih" else value


def unread_request(
    reason: str, handed: HandedIn, *, office: Office, number: RequestNumber, now: datetime
) -> Outcome:
    """A headman's mail whose scan cannot be read is a request all the same: a person looks at the file."""
    place = handed.writer
    if place is None:
        raise ValueError("only a known headman's scan is a request unread")
    petition = Petition((), Fields(), "")
    blank = _undecided(petition, Routing(Nature.CHATTER))
    route = replace(blank, text=_with_words(blank.text, handed), neighbourhood=place.name)
    kept = Kept(handed.files[0] if handed.files else "")
    files = attached(petition, kept, handed)
    submission = replace(_submission(place, files, handed), doubt=reason)
    return entering.receive(submission, (route,), (number,), office=office, now=now)


def event_of(content_hash: str, place: int) -> str:
    """Names a scan in keys: the arrival and which of its files."""
    return f"{content_hash[:12]}-{place}"
