"""Mails that ask for something: the headman's own, and what staff write or forward for him, become requests."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from daemon.domain import entering
from daemon.domain.alarm import tells_of_danger
from daemon.domain.clock import day_of
from daemon.domain.entering import Submission
from daemon.domain.mail import BY_WAY, Arrival
from daemon.domain.petitions.filing import UNREAD
from daemon.domain.reading import NUMBER, Meaning, Reading, is_reply
from daemon.domain.registry import Neighbourhood, same_address
from daemon.domain.request import Channel, Request
from daemon.domain.review import Origin
from daemon.domain.routing.values import Nature, Route, Routing
from daemon.domain.said_channel import matter_in, said_channel
from daemon.domain.structured.mail_form import Form, only_place_in, places_told
from daemon.domain.text import capitalised, fold, one_line
from daemon.ports.incoming import ReadPhoto
from daemon.ports.records import RequestFilter
from daemon.steps import replies
from daemon.steps.case import Case, Ruled
from daemon.steps.exports import files_of
from daemon.steps.forms import forms_in, has_whole_form, photo_lines, take_forms
from daemon.steps.matching import Matching
from daemon.steps.no_request import ask_about_mail, came_twice, remember
from daemon.steps.opening import route_of
from daemon.steps.scanned_mail import has_petitions, scans_in
from daemon.steps.status_letter import tell_status
from daemon.steps.structured import is_list

_EARLIER = re.compile(
    r"\b(?:tale[bp]|basvuru|dilekce|sikayet|evrak|kayit|kayd)\w*|\b(?:yaz|ilet|bildir)m[iu]st\w*"
)
"""Words (folded) by which somebody speaks of what he asked for before."""
MOST_POINTING = 300
"""Letters of a mail that says no more than that the petition is attached."""
_NOTHING_FOUND = "{} {} belirlenemedi."
_NO_SUCH_LIST = (
    " Ekteki liste ({}) tanınan bir sistemin listesi değil (başvuru numarası sütunu olmalıdır); içindeki talepleri "
    "“Yeni Talep” sayfasına giriniz."
)
_SEVERAL_HEADMEN = (
    "{} birden çok mahallenin muhtarı anılıyor ({}); her talebi “Yeni Talep” sayfasından "
    "kendi mahallesiyle giriniz."
)


def _unknown_lists(case: Case) -> str:
    """A list that no system under ``sources`` could have made is read by a person."""
    lists = ", ".join(one_line(file.name, 80) for file in files_of(case.box.mail) if is_list(file.name))
    return _NO_SUCH_LIST.format(lists) if lists else ""


def _where(case: Case) -> str:
    """In what it was looked for."""
    if not case.is_handed_in:
        return "Personelden gelen iletide"
    return capitalised(f"{BY_WAY[case.stored.arrival.source]} alınan dosyada")


def _in_its_own_words(case: Case) -> Case:
    """Without what :mod:`daemon.by_hand` says of a file: neither its name nor that line asks for anything."""
    if not case.is_handed_in:
        return case
    words = case.reading.text.partition("\n")[2].strip()
    return replace(case, reading=replace(case.reading, subject=case.box.mail.letter_subject, text=words))


def _named(places: Sequence[Neighbourhood]) -> str:
    return ", ".join(place.name for place in places[:5])


class NewRequests:
    """Opens requests. ``receipt`` says when a mail counts as received."""

    def __init__(
        self, *, matching: Matching, receipt: Callable[[Arrival, datetime], datetime], read_photo: ReadPhoto
    ) -> None:
        self._matching = matching
        self._receipt = receipt
        self._read_photo = read_photo

    def from_headman(self, case: Case, place: Neighbourhood) -> Ruled:
        """Unless he only asks how his requests stand, or thanks."""
        if is_reply(case.box.mail) and NUMBER.search(fold(case.box.mail.subject)):
            # then the subject is our letter's and says nothing of this
            case = replace(case, reading=replace(case.reading, subject=case.box.mail.letter_subject))
        if not case.box.verdict.may_change_requests:
            return ask_about_mail(case, case.box.verdict.reason, place.name)
        routing = route_of(case, place.name)
        asks = case.reading.meaning is Meaning.STATUS and not _asks_for_something_new(case, routing, place)
        if routing.nature is Nature.STATUS or asks:
            return Ruled(tell_status(case))
        if _is_in_scan(case, routing) or _is_in_letter(case, routing):
            return self._wait_for_scan(case)
        if not routing.routes:
            return self._nothing_asked(case, routing, place)
        return self._open(case, routing.routes, place)

    def renew(self, case: Case, old: Request, place: Neighbourhood) -> Ruled:
        """A headman's answer long after the closure is a request of its own: the old one's words go along."""
        if not case.box.verdict.may_change_requests or case.reading.meaning is not Meaning.REOPEN:
            own = case.box.mail.letter_subject
            reading = replace(case.reading, subject=own) if is_reply(case.box.mail) else case.reading
            return self.from_headman(replace(case, reading=reading), place)
        urgent = tells_of_danger(case.office, "", case.reading.text)
        return self._open(case, (_continuing(old, case.reading.text, urgent=urgent),), place)

    def is_form_of_staff(self, case: Case) -> bool:
        """Whether a colleague mails a form that lacks nothing: a request of its own, though it answers a letter."""
        return case.office.registry.is_staff(case.box.mail.sender.email) and has_whole_form(case)

    def from_staff(self, case: Case) -> Ruled:
        """The neighbourhood is the one that the words name: a colleague writes for somebody else."""
        if not case.box.verdict.may_change_requests:
            return ask_about_mail(case, case.box.verdict.reason, "")
        lines = photo_lines(files_of(case.box.mail), self._read_photo)
        if forms := forms_in(case):
            return self._take_forms(case, forms, lines)
        if (about := self._matching.named_in_subject(case)) is not None:
            return replies.take_brought(case, about)
        if _is_in_letter(case, None):
            return self._wait_for_scan(case)
        if len(told := places_told(case.reading.text, case.office.registry)) > 1:
            reason = _SEVERAL_HEADMEN.format(_where(case), _named(told))
            return self._ask_staff(case, lines, "", reason=reason)
        brought, case = case, _in_its_own_words(case)
        channel = Channel.EMAIL
        if case.box.mail.forwarded is None:
            channel = said_channel(case.reading.subject, case.reading.text)
        if channel is Channel.EMAIL and case.is_handed_in:
            channel = Channel.PETITION
        elif channel is not Channel.EMAIL:
            subject = matter_in(case.reading.subject, case.office.registry)
            case = replace(case, reading=replace(case.reading, subject=subject))
        routing = route_of(case, "")
        name = next((route.neighbourhood for route in routing.routes if route.neighbourhood), "")
        place = case.office.registry.neighbourhood(name) if name else None
        if _is_in_scan(case, routing):
            return self._wait_for_scan(case)
        if place is None or not routing.routes:
            lacks = "mahalle" if _is_clear(routing) else "talep" if place else "mahalle veya talep"
            asked = case if case.reading.text else brought
            reason = _NOTHING_FOUND.format(_where(case), lacks) + _unknown_lists(case)
            return self._ask_staff(asked, lines, name, reason=reason)
        routes = [replace(route, text="\n".join((route.text, *lines))) for route in routing.routes]
        return self._open(case, routes, place, channel=channel)

    def _ask_staff(self, case: Case, lines: Sequence[str], name: str, *, reason: str) -> Ruled:
        """Whose matter it is; what the photographs say goes along."""
        reading = case.reading
        if lines:
            case = replace(case, reading=replace(reading, text="\n".join((reading.text, *lines)).strip()))
        subject = case.box.mail.subject if case.is_handed_in else reading.subject
        named = name or only_place_in(f"{subject}\n{reading.text}", case.office.registry)
        return ask_about_mail(case, reason, named)

    def _take_forms(self, case: Case, forms: Sequence[Form], lines: Sequence[str]) -> Ruled:
        if known := self._matching.brought_before(case):
            return came_twice(case, known)
        received = self._receipt(case.stored.arrival, case.now)
        origin = Origin(received, files=case.box.files, message_id=case.box.mail.message_id)
        return take_forms(case, forms, origin, lines)

    def _open(
        self, case: Case, routes: Sequence[Route], place: Neighbourhood, *, channel: Channel = Channel.EMAIL
    ) -> Ruled:
        if known := self._matching.brought_before(case):
            return came_twice(case, known)
        emails = place.headman.emails
        own = case.sender.email if case.sender.email in {same_address(e) for e in emails} else ""
        submission = Submission(
            channel=channel,
            received_at=self._receipt(case.stored.arrival, case.now),
            neighbourhood=place.name,
            headman=place.headman.name,
            headman_email=own or (emails[0] if emails else ""),
            attachments=case.box.files,
            message_id=case.box.mail.message_id if not case.box.mail.forwarded else "",
        )
        year = day_of(case.now).year
        numbers = [case.tx.next_number(year) for _ in routes]
        self._matching.remember_forwarded(case, numbers)
        entered = entering.receive(submission, routes, numbers, office=case.office, now=case.now)
        return Ruled(
            entered, scans=any(scans_in(case.box.mail)) or has_petitions(case.box.mail, case.office, case.now)
        )

    def _wait_for_scan(self, case: Case) -> Ruled:
        if known := self._matching.brought_before(case):
            return came_twice(case, known)
        return Ruled(reason="Talep ekteki dilekçede; okunuyor.", scans=True)

    def _nothing_asked(self, case: Case, routing: Routing, place: Neighbourhood) -> Ruled:
        if case.box.files:
            return self._open(case, (_unread(case.reading, place.name),), place)
        if routing.nature is Nature.THANKS and case.reading.text:
            return remember(
                case,
                "thanks",
                f"Teşekkür: {one_line(case.reading.text, 300)}",
                number=self._matching.about(case),
            )
        reasons = {
            Nature.SPAM: "İstenmeyen ileti görünüyor; talep bulunamadı.",
            Nature.CHATTER: "İletide bir talep bulunamadı.",
        }
        reason = reasons.get(routing.nature, "İleti boş veya okunamadı.")
        return ask_about_mail(case, reason, place.name)


def _asks_for_something_new(case: Case, routing: Routing, place: Neighbourhood) -> bool:
    """Whether "su kesildi, ne zaman gelecek?" is no question after what he asked for earlier: then it is a request."""
    if not routing.routes:
        return False
    standing = case.tx.requests(RequestFilter(open=True, neighbourhood=place.name))
    if _EARLIER.search(fold(f"{case.reading.subject}\n{case.reading.text}")):
        return not standing
    asked = {(route.directorate, route.external_body) for route in routing.routes}
    return not any((request.directorate, request.external_body) in asked for request in standing)


def _is_in_scan(case: Case, routing: Routing) -> bool:
    """Whether what is asked stands in an attached scan: the mail's own words only point to it, if there are any."""
    if not any(scans_in(case.box.mail)) or routing.nature in {Nature.STATUS, Nature.THANKS, Nature.SPAM}:
        return False
    return len(case.reading.text) < MOST_POINTING and (
        _only_points(routing) or _subject_alone_asks(case, routing)
    )


def _is_in_letter(case: Case, routing: Routing | None) -> bool:
    """Whether what is asked stands in attached letters that are petitions: their words stand for the mail's."""
    if routing is not None and routing.nature in {Nature.STATUS, Nature.THANKS, Nature.SPAM}:
        return False
    mail = case.box.mail
    return bool((mail.forwarded or mail).letter) and has_petitions(mail, case.office, case.now)


def _is_clear(routing: Routing) -> bool:
    return bool(routing.routes) and not any(route.review for route in routing.routes)


def _only_points(routing: Routing) -> bool:
    return all(route.review and not route.because for route in routing.routes)


def _subject_alone_asks(case: Case, routing: Routing) -> bool:
    """ "Hâlâ yapılmadı", and then: "Ektedir." """
    unsure = all(route.review for route in routing.routes)
    return unsure and _only_points(case.office.router.route(subject="", body=case.reading.text))


def _continuing(old: Request, words: str, *, urgent: bool) -> Route:
    """What a headman says long after the closure, beside what he had asked for then."""
    return Route(
        subject=old.subject,
        text=f"{words}\n\nÖnceki talep {old.number}: {old.description}",
        directorate=old.directorate,
        external_body=old.external_body,
        category=old.category,
        confidence=1.0,
        review=not old.directorate,
        neighbourhood=old.neighbourhood,
        urgent=urgent,
        because=(),
    )


def _unread(reading: Reading, neighbourhood: str) -> Route:
    """A request whose words are in an attachment that nobody has read yet."""
    subject = one_line(reading.subject) or "Ekteki dilekçe"
    return Route.to_a_person(subject, reading.text or UNREAD, neighbourhood)
