"""What a new row says, or staff's short form: what it still lacks, and the request that it becomes."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from daemon.domain import decision, entering
from daemon.domain.cells import is_error, same
from daemon.domain.decision import NOTHING, Outcome, add_note
from daemon.domain.edits import SHEET, Target, change_of, find_target, text_typed
from daemon.domain.entering import Submission
from daemon.domain.heading import heading
from daemon.domain.near_names import (
    directorate_meant,
    directorates_near,
    neighbourhood_meant,
    neighbourhoods_near,
)
from daemon.domain.office import Office
from daemon.domain.positions import with_map_links
from daemon.domain.registry import Neighbourhood, same_address
from daemon.domain.request import Channel, Request, RequestNumber
from daemon.domain.review import Origin
from daemon.domain.routing.named_category import by_name
from daemon.domain.routing.values import Nature, Route, Routing
from daemon.domain.row_headman import KEPT, another_headman, is_he, remark
from daemon.domain.several import with_several_named
from daemon.domain.sheet import CellValue
from daemon.domain.structured.form_labels import without_phones
from daemon.domain.structured.mail_form import completed
from daemon.domain.text import fold, one_line, words

_TELLING = 2
"""Words of a subject that may say what is wanted without a description ("yol çöktü"); a single one only names it, and a
row saved half typed would go out so."""
ENTRY = ("channel", "neighbourhood", "headman", "subject", "description", "directorate")
"""Columns of a row that becomes a request."""


def missing_in(row: Mapping[str, CellValue], *, office: Office) -> str:
    """What a ``Yeni Talep`` row still lacks, as a Turkish sentence; ``""`` when it can be entered."""
    told = told_in(row)
    row = completed(told, office.registry)
    needs = []
    channel, name = row.get("channel", ""), row.get("neighbourhood", "")
    if _channel(channel) is None:
        unknown = f"“{channel}” adında bir kanal yok; " if channel else ""
        needs.append(f"{unknown}Kanal seçiniz ({', '.join(each.value for each in Channel)})")
    if not name:
        needs.append("Mahalle yazınız")
    elif (place := office.registry.neighbourhood(name)) is None:
        near = _offered(neighbourhoods_near(name, office.registry))
        needs.append(f"“{name}” adında bir mahalle yok{near}; listeden seçiniz")
    elif other := another_headman(told["headman"], place, office.registry):
        who = one_line(told["headman"], 80)
        needs.append(f"“{who}”, {other.name} Mahallesi muhtarı; Mahalle veya Muhtar sütununu düzeltiniz")
    if not row.get("description"):
        subject = row.get("subject", "")
        if not subject:
            needs.append("Konu veya Açıklama yazınız")
        elif len(subject.split()) < _TELLING:
            needs.append("Ne istendiğini Açıklama’ya yazınız")
    wish = row.get("directorate", "")
    if wish and _target(wish, office) is None:
        near = _offered(directorates_near(wish, office.registry))
        needs.append(f"“{wish}” adında bir müdürlük yok{near}; listeden seçiniz veya boş bırakınız")
    return "; ".join(needs) + "." if needs else ""


def _offered(names: Sequence[str]) -> str:
    """Turkish, behind a name that nobody has: those that may be meant."""
    return f" (benzer: {', '.join(names)})" if names else ""


def _target(wish: str, office: Office) -> Target | None:
    """The directorate or outside body that a person named, abbreviated or with a slip."""
    if found := find_target(wish, office):
        return found
    directorate = directorate_meant(wish, office.registry)
    return Target(directorate) if directorate else None


def taken_for(row: Mapping[str, CellValue], request: Request, *, office: Office) -> str:
    """Turkish, where the neighbourhood was written with a slip and another name has been entered for it."""
    written = told_in(row)["neighbourhood"]
    meant = neighbourhood_meant(written, office.registry)
    if not meant or meant.name != request.neighbourhood or office.registry.neighbourhood(written):
        return ""
    return f"“{written}” yerine {meant.name} Mahallesi kaydedildi."


def told_in(row: Mapping[str, CellValue]) -> dict[str, str]:
    """What a new row says, as text; formula errors say nothing."""
    return {key: "" if is_error(row.get(key)) else text_typed(row.get(key)) for key in ENTRY}


def unlike_entry(row: Mapping[str, CellValue], request: Request, *, office: Office) -> list[str]:
    """Headers of what a row with a number says otherwise than the request that was made of it."""
    told = completed(told_in(row), office.registry)
    place = office.registry.neighbourhood(told["neighbourhood"])
    now_said = {
        "Mahalle": (place.name if place else told["neighbourhood"], request.neighbourhood),
        "Muhtar": ("" if _is_kept(told["headman"], request) else told["headman"], request.headman),
        "Konu": (one_line(told["subject"]), request.subject),
        "Açıklama": (with_map_links(told["description"]), request.description),
    }
    return [header for header, (said, kept) in now_said.items() if said and not same(said, kept)]


def _is_kept(who: str, request: Request) -> bool:
    """Whether ``Not`` keeps what the cell says beyond the register."""
    return f"{KEPT}{one_line(who, 200)}" in request.note


def unregistered(row: Mapping[str, CellValue], request: Request, *, office: Office) -> str:
    """Turkish, where the row names somebody else than the register's headman: letters and calls go to that one."""
    place = office.registry.neighbourhood(request.neighbourhood)
    named = told_in(row)["headman"]
    if place is None or not named or set(words(named)) & set(words(place.headman.name)):
        return ""
    if is_he(named, place, office.registry):
        return ""
    return (
        f"“{named}”, {place.name} Mahallesi muhtarı olarak kayıtlı değil (kayıtlı: {place.headman.name}); "
        "bildirimler kayıtlı muhtarın adresine veya telefonuna yapılır."
    )


def amend(request: Request, before: Mapping[str, str], after: Mapping[str, str], now: datetime) -> Outcome:
    """A row was typed on after it had been entered, before its number could be written into it."""
    columns = {"headman": "Muhtar", "subject": "Konu", "description": "Açıklama"}
    new = {key: after[key] for key in columns if after[key] and after[key] != before[key]}
    if not new:
        return NOTHING
    who = new.get("headman", "")
    new = {key: with_map_links(text) if key == "description" else text for key, text in new.items()}
    said = {key: text for key, text in new.items() if key != "headman" or not request.headman}
    if who and request.headman:  # letters go to the register's headman, whatever is typed
        said["note"] = add_note(request.note, f"{KEPT}{one_line(who, 200)}", now)
    changed = replace(request, **said, last_action="Tabloda güncellendi", last_action_at=now)  # type: ignore[arg-type]
    entries = tuple(
        decision.entry(
            changed, "edited", change_of(columns[key], getattr(request, key), text), now, actor=SHEET
        )
        for key, text in new.items()
    )
    return Outcome((), (changed,), entries)


def _channel(text: str) -> Channel | None:
    known = {fold(channel.value): channel for channel in Channel} | {
        "mbs": Channel.MBS,
        "mail": Channel.EMAIL,
    }
    return known.get(fold(text).strip()) if text else None


def enter_row(
    row: Mapping[str, CellValue],
    number: RequestNumber,
    *,
    office: Office,
    now: datetime,
    origin: Origin | None = None,
    actor: str = SHEET,
) -> Outcome:
    """Make a request of a row that lacks nothing. A named ``Müdürlük`` decides; ``origin`` is the mail that it
    came with, if any, and ``actor`` who entered it."""
    told = told_in(row)
    row = completed(told, office.registry)
    place = office.registry.neighbourhood(row["neighbourhood"])
    if place is None:
        raise ValueError("the row lacks a known neighbourhood")
    came = origin or Origin(now)
    subject, text = came.subject or row["subject"], came.description or row["description"]
    target = _target(row["directorate"], office)
    subject, text = subject or heading(one_line(text, 80).rstrip("."), text), text or subject
    routing = _routed(subject, text, place, office)
    route = _route_of(subject, with_map_links(text), place, target, routing, office)
    submission = _submission(row, place, came, actor)
    entered = entering.receive(submission, (route,), (number,), office=office, now=now)
    if kept := remark(told["headman"], place, office.registry):
        [request] = entered.added
        entered = replace(entered, added=(replace(request, note=add_note(request.note, kept, now)),))
    return with_several_named(
        entered, routing, (route.directorate, route.external_body), office=office, now=now
    )


def _routed(subject: str, text: str, place: Neighbourhood, office: Office) -> Routing:
    """As the words are weighed, or by the category that the subject names."""
    bare = without_phones(text)
    routing = office.router.route(subject=subject, body=bare or text, neighbourhood=place.name)
    categories = office.router.categories
    return by_name(routing, (subject,), subject=subject, text=bare, place=place.name, categories=categories)


def _submission(row: Mapping[str, str], place: Neighbourhood, came: Origin, actor: str) -> Submission:
    return Submission(
        channel=came.channel or _channel(row["channel"]) or Channel.VERBAL,
        received_at=came.received_at,
        neighbourhood=place.name,
        headman=place.headman.name or row["headman"],
        headman_email=came.answer_to or _address_of(place, came.sender),
        attachments=came.files,
        message_id=came.message_id,
        entered_by=actor,
        external_number=came.external_number,
    )


def _address_of(place: Neighbourhood, sender: str) -> str:
    """The headman's address: the one he wrote from, else his first."""
    own = {same_address(address) for address in place.headman.emails}
    return same_address(sender) if same_address(sender) in own else next(iter(place.headman.emails), "")


def _route_of(
    subject: str, text: str, place: Neighbourhood, target: Target | None, routing: Routing, office: Office
) -> Route:
    guess = _guess_in(routing)
    if target is None:
        return (
            replace(guess, subject=subject, text=text)
            if guess
            else Route.to_a_person(subject, text, place.name)
        )
    return Route(
        subject=subject,
        text=text,
        directorate=target.directorate.code,
        external_body=target.external_body,
        category=_category_in(subject, target, routing, office),
        confidence=1.0,
        review=False,
        neighbourhood=place.name,
        urgent=bool(guess and guess.urgent),
        because=(),
    )


def _guess_in(routing: Routing) -> Route | None:
    return routing.routes[0] if routing.nature is Nature.REQUEST and routing.routes else None


def category_of(request: Request, target: Target, office: Office) -> str:
    """The category of a request that a person gives to ``target``, as if it stood in a row; empty when none fits."""
    text = request.description
    routing = office.router.route(
        subject=request.subject, body=without_phones(text) or text, neighbourhood=request.neighbourhood
    )
    return _category_in(request.subject, target, routing, office)


def _category_in(subject: str, target: Target, routing: Routing, office: Office) -> str:
    """The one that the subject is called by, as on a form whose ticks are its subjects, else the one guessed, where
    it is the target's."""
    named = (each for each in office.router.categories if same(each.name, subject))
    for category in named:
        if _is_of(target, category.directorate, category.external_body, office):
            return category.name
    guess = _guess_in(routing)
    return guess.category if guess and _is_of(target, guess.directorate, guess.external_body, office) else ""


def _is_of(target: Target, directorate: str, body: str, office: Office) -> bool:
    """Whether what is that directorate's, or that outside body's, which the office itself follows, is the target's."""
    follower = office.home() if body else None
    code = directorate or (follower.code if follower else "")
    return (code, body) == (target.directorate.code, target.external_body)
