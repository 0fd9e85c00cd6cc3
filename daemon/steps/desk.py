"""The desk: reads one mail in the light of the ledger and decides what it is for the office.

Policy, in order (first match decides):

===================================  ===============================================================
a bounce                             the address is marked, the office told; never answered
an automatic reply, our own letter   remembered; never a request, never answered
from the office's own address        ``İnceleme``: a colleague wrote from the shared mailbox
staff bring an exported chat         :mod:`daemon.steps.chats`; a headman's own export → ``İnceleme``
of a structured source, a list       :mod:`daemon.steps.structured` (also when a machine sent it)
matches a request                    a reply (:mod:`daemon.domain.replies`)
from a headman                       ``DURUM`` → status letter; thanks → remembered; else a request
staff's short form                   a request of the channel that it names (:mod:`daemon.steps.forms`)
forwarded or written by staff        a request of the headman in the forwarded part
list mail, spam                      held, listed by ``held``
anybody else                         ``İnceleme``, with the best guess
===================================  ===============================================================
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from daemon.domain import decision, entering
from daemon.domain.alarm import alarm
from daemon.domain.chat_lines import words_before
from daemon.domain.clock import day_of
from daemon.domain.decision import DAEMON, NOTHING, Outcome
from daemon.domain.entering import Submission
from daemon.domain.impostor import suspect
from daemon.domain.mail import Arrival, Mail, Trust
from daemon.domain.mail_form import Form, only_place_in, place_named
from daemon.domain.meaning import understand
from daemon.domain.naming import Naming
from daemon.domain.notice import Notice, Occasion
from daemon.domain.office import Office
from daemon.domain.reading import Kind, Meaning, Reading, is_reply
from daemon.domain.registry import Neighbourhood, same_address
from daemon.domain.replies import Party, party_of, take_reply, was_taken
from daemon.domain.request import Channel, Entry, Request
from daemon.domain.review import Origin, Review
from daemon.domain.routing import Nature, Route, Routing
from daemon.domain.text import one_line
from daemon.domain.unopenable import faults_of
from daemon.ports import ReadMaterial, ReadPhoto, RequestFilter, StoredArrival, Transaction
from daemon.steps.bounces import Bounce, is_believable, undeliverable
from daemon.steps.case import Case, Letterbox, Ruled
from daemon.steps.chats import CHAT_READ, NOT_THEIRS, Chats
from daemon.steps.exports import files_of, is_export
from daemon.steps.file_faults import with_file_faults
from daemon.steps.forms import forms_in, photo_lines, take_forms
from daemon.steps.matching import Matching, OpenReference
from daemon.steps.opening import route
from daemon.steps.outside import reason_of_stranger
from daemon.steps.scanned_mail import scans_in
from daemon.steps.structured import StructuredDesk
from daemon.steps.warning import warnings_about

MOST_LISTED = 50
"""Requests listed in one status letter."""
MOST_POINTING = 300
"""Letters of a mail that says no more than that the petition is attached."""
LONGEST_NOTE = 20_000
"""Characters of a staff member's mail in which he may name a neighbourhood."""
MOST_NAMED = 50
"""Requests that one reply may answer by naming them."""
_TWICE = "Aynı ileti ikinci kez geldi; yeniden işlenmedi."
_NOTHING_FOUND = "Personelden gelen iletide mahalle veya talep belirlenemedi."
_BROUGHT = "Personelin ilettiği yanıt; doğruysa Sonuç’u yazıp Durum’u siz belirleyiniz."
_UNLIKELY_BOUNCE = "Teslim edilemedi raporu, gönderdiğimiz bir yazıya bağlanamadı; adres işaretlenmedi."


class Desk:
    """Decides on mails. ``bounces`` finds the failed addresses of a delivery report, ``open_reference`` turns
    a signed reference and its bearers into a request number, ``receipt`` says when a mail counts as received,
    ``read`` opens what other systems attach.
    """

    def __init__(
        self,
        *,
        bounces: Callable[[Mail], Sequence[Bounce]],
        open_reference: OpenReference,
        receipt: Callable[[Arrival, datetime], datetime],
        chats: Chats,
        read_photo: ReadPhoto,
        read: ReadMaterial,
    ) -> None:
        self._bounces = bounces
        self._structured = StructuredDesk(read, receipt)
        self._matching = Matching(open_reference)
        self._receipt = receipt
        self._chats = chats
        self._read_photo = read_photo

    def decide(
        self,
        box: Letterbox,
        stored: StoredArrival,
        tx: Transaction,
        *,
        office: Office,
        now: datetime,
    ) -> Ruled:
        registry = office.registry
        reading = box.reading
        writer = reading.sender if reading.sender.email else box.mail.sender
        case = Case(box, reading, writer, stored, tx, office, now)
        own = same_address(case.sender.email) == same_address(registry.office_address)
        if reading.kind is not Kind.BOUNCE and not own and (taken := self._structured.take(case)):
            return Ruled(taken.outcome, reason=taken.reason)
        match case.reading.kind:
            case Kind.BOUNCE:
                return self._take_bounce(case)
            case Kind.AUTO_REPLY:
                return self._remember(case, "auto-reply", "Otomatik yanıt; işlem yapılmadı.")
            case _ if own:
                return self._take_own(case)
            case _:
                return with_file_faults(case, _with_warnings(case, self._take_mail(case)))

    def _take_own(self, case: Case) -> Ruled:
        """Our letter come back is nothing new; what a colleague wrote from the shared address a person sees."""
        if case.tx.letter_about(case.box.mail.message_id) is not None:
            return self._remember(case, "own-mail", "Kendi iletimiz geri geldi; işlem yapılmadı.")
        return self._ask_about_mail(case, "İleti ofisin kendi adresinden gönderilmiş; işlem yapılmadı.", "")

    # --- mails that want something --------------------------------------------------------------------

    def _take_mail(self, case: Case) -> Ruled:
        chat = self._take_chat(case)
        return chat if chat is not None else self._take_words(case)

    def _take_words(self, case: Case) -> Ruled:
        known = case.office.registry.neighbourhood_of(case.sender.email)
        answered = self._matching.answered(case)
        request = self._matching.request_of(case, answered)
        naming = self._matching.naming(case, request, answered)
        if naming.numbers and (request is None or request.number in naming.numbers):
            return self._take_several(case, naming, known)
        if request is not None and not self._is_fresh_request(case, request, known):
            return self._take_reply(case, request, doubt=_other_numbers(request, naming))
        if len(answered) > 1 and case.reading.meaning not in {Meaning.STATUS, Meaning.THANKS}:
            return self._ask_about_mail(case, _which_of(answered), known.name if known else "")
        if request is not None and known is not None:
            return self._renew(case, request, known)
        if known is not None:
            return self._from_headman(case, known)
        if case.office.registry.is_staff(case.box.mail.sender.email):
            return self._from_staff(case)
        if case.reading.kind in {Kind.LIST, Kind.SPAM}:
            return Ruled(state="held", reason="Toplu veya istenmeyen e-posta görünüyor.")
        return self._from_stranger(case)

    def _take_chat(self, case: Case) -> Ruled | None:
        """An exported conversation, if there is one: only the office's own people may bring it."""
        mail, registry = case.box.mail, case.office.registry
        if registry.is_staff(mail.sender.email):
            if case.box.verdict.trust is Trust.FAILED:
                return None
            ruled = self._chats.take(case, place_named(mail.text[:LONGEST_NOTE], registry))
            return self._with_words(case, ruled) if ruled is not None else None
        known = registry.neighbourhood_of(case.sender.email)
        if known is None or not is_export(mail, case.now):
            return None
        return self._ask_about_mail(case, NOT_THEIRS, known.name)

    def _with_words(self, case: Case, chat: Ruled) -> Ruled:
        """A mail whose archive cannot be opened may say enough without it."""
        if any(entry.kind == CHAT_READ for entry in chat.outcome.entries):
            return replace(chat, outcome=chat.outcome + self._beside_chat(case))
        words = self._take_words(case)
        said = words.outcome.added or words.outcome.changed or words.outcome.notices
        return replace(words, outcome=words.outcome + chat.outcome) if said else chat

    def _beside_chat(self, case: Case) -> Outcome:
        """What a staff member wrote beside an export may be a request of its own."""
        text = words_before(case.reading.text)
        if all(route.review for route in case.office.router.route(subject="", body=text).routes):
            return NOTHING
        reason = "Sohbet işlendi; iletinin kendi metni de bir talep olabilir."
        case = replace(case, reading=replace(case.reading, text=text))
        return self._ask_about_mail(case, reason, "").outcome

    def _is_fresh_request(self, case: Case, request: Request, known: Neighbourhood | None) -> bool:
        """An answer by the headman long after the closure is no answer any more if it asks for something."""
        late = not request.is_open and not decision.may_reopen(request, case.now)
        asks = case.reading.meaning in {Meaning.UNCLEAR, Meaning.REOPEN}
        return known is not None and late and asks

    def _take_reply(self, case: Case, request: Request, *, doubt: str = "") -> Ruled:
        reply = case.reply(case.reading, doubt=doubt)
        if was_taken(reply.mark, case.tx.history(request.number)):
            return self._remember(case, "came-twice", _TWICE)
        outcome = take_reply(request, reply, office=case.office, now=case.now)
        if party_of(reply.sender, request, office=case.office, now=case.now) is not Party.HEADMAN:
            return Ruled(outcome)
        if case.reading.meaning is Meaning.STATUS and reply.verdict.may_change_requests:
            outcome += self._status(case)
        if any(entry.kind == "reopened" for entry in outcome.entries):
            outcome += self._perhaps_new(case, request)
        if outcome.reviews and not request.urgent and self._speaks_of_danger(case, request.neighbourhood):
            said = {"words": case.reading.text}
            outcome += Outcome(notices=alarm(case.office, case.event, said, about=(request.number,)))
        return Ruled(outcome)

    def _speaks_of_danger(self, case: Case, neighbourhood: str) -> bool:
        return any(route.urgent for route in self._route(case, neighbourhood).routes)

    def _take_several(self, case: Case, naming: Naming, known: Neighbourhood | None) -> Ruled:
        """A reply that names its requests: each gets what is said of it, and only that."""
        requests = {request.number: request for request in case.tx.requests_numbered(naming.numbers)}
        if not case.verdict.may_change_requests:
            reason = f"{case.verdict.reason.rstrip('.')}; talepler değişmedi."
            return self._ask_about_mail(case, reason, known.name if known else "")
        if any(was_taken(case.mark, case.tx.history(number)) for number in requests):
            return self._remember(case, "came-twice", _TWICE)
        if not naming.said or len(naming.said) > MOST_NAMED or len(requests) < len(naming.numbers):
            return self._ask_about_mail(case, _which_of(naming.numbers), known.name if known else "")
        outcome = NOTHING
        for said in naming.said:
            understood = understand(said.words, to_headman=known is not None)
            reading = replace(
                case.reading,
                text=said.words,
                meaning=understood.meaning,
                sure=understood.sure,
                target=understood.target,
            )
            outcome += take_reply(
                requests[said.number], case.reply(reading), office=case.office, now=case.now
            )
        return Ruled(replace(outcome, notices=_thanks_together(outcome.notices)))

    def _perhaps_new(self, case: Case, request: Request) -> Outcome:
        """A headman's reply that opened a closed request again may ask for something else beside it."""
        if case.reading.meaning is Meaning.REOPEN:
            return NOTHING
        elsewhere = [
            route
            for route in self._route(case, request.neighbourhood).routes
            if not route.review and route.directorate != request.directorate
        ]
        if not elsewhere:
            return NOTHING
        reason = "Talep, muhtarın yanıtı üzerine yeniden açıldı; yanıtta yeni bir talep de olabilir."
        review = decision.ask(
            request,
            f"new-{case.event}",
            reason,
            case.now,
            read=case.reading.text,
            sender=case.sender.email,
            guess=entering.guess_text(elsewhere[0], case.office),
        )
        return Outcome(reviews=(review,))

    def _renew(self, case: Case, old: Request, place: Neighbourhood) -> Ruled:
        """A headman's answer long after the closure is a request of its own: the old one's words go along."""
        if not case.box.verdict.may_change_requests or case.reading.meaning is not Meaning.REOPEN:
            ours = is_reply(case.box.mail)  # then the subject is our letter's and says nothing of this
            reading = replace(case.reading, subject="") if ours else case.reading
            return self._from_headman(replace(case, reading=reading), place)
        return self._open_requests(case, (_continuing(old, case.reading.text),), place)

    def _from_headman(self, case: Case, place: Neighbourhood) -> Ruled:
        if not case.box.verdict.may_change_requests:
            return self._ask_about_mail(case, case.box.verdict.reason, place.name)
        if case.reading.meaning is Meaning.STATUS:
            return Ruled(self._status(case))
        routing = self._route(case, place.name)
        if routing.nature is Nature.STATUS:
            return Ruled(self._status(case))
        if _is_in_scan(case, routing):
            return self._wait_for_scan(case)
        if not routing.routes:
            return self._nothing_asked(case, routing, place)
        return self._open_requests(case, routing.routes, place)

    def _from_staff(self, case: Case) -> Ruled:
        if not case.box.verdict.may_change_requests:
            return self._ask_about_mail(case, case.box.verdict.reason, "")
        lines = photo_lines(files_of(case.box.mail), self._read_photo)
        if forms := forms_in(case):
            return self._take_forms(case, forms, lines)
        if (about := self._matching.named_in_subject(case)) is not None:
            return self._take_brought_answer(case, about)
        routing = self._route(case, "")
        name = next((route.neighbourhood for route in routing.routes if route.neighbourhood), "")
        place = case.office.registry.neighbourhood(name) if name else None
        if _is_in_scan(case, routing):
            return self._wait_for_scan(case)
        if place is None or not routing.routes:
            seen = replace(
                case, reading=replace(case.reading, text="\n".join((case.reading.text, *lines)).strip())
            )
            return self._ask_about_mail(
                seen if lines else case,
                _with_faults(_NOTHING_FOUND, case),
                name or only_place_in(f"{case.reading.subject}\n{case.reading.text}", case.office.registry),
            )
        routes = [replace(route, text="\n".join((route.text, *lines))) for route in routing.routes]
        return self._open_requests(case, routes, place)

    def _take_forms(self, case: Case, forms: Sequence[Form], lines: Sequence[str]) -> Ruled:
        if known := self._matching.brought_before(case):
            return _came_twice(case, known)
        received = self._receipt(case.stored.arrival, case.now)
        origin = Origin(received, files=case.box.files, message_id=case.box.mail.message_id)
        return take_forms(case, forms, origin, lines)

    def _take_brought_answer(self, case: Case, request: Request) -> Ruled:
        """A colleague forwards what somebody outside wrote of a request: heard, but a person decides."""
        reply = replace(case.reply(case.reading, doubt=_BROUGHT), sender=case.box.mail.sender.email)
        if was_taken(reply.mark, case.tx.history(request.number)):
            return self._remember(case, "came-twice", _TWICE)
        return Ruled(take_reply(request, reply, office=case.office, now=case.now))

    def _from_stranger(self, case: Case) -> Ruled:
        if (about := self._matching.named_in_subject(case)) is not None:
            return self._take_reply(case, about)
        if any(case.office.registry.directorates_of(case.sender.email, day_of(case.now))):
            return self._ask_about_mail(case, "Müdürlükten gelen ileti bir talebe bağlanamadı.", "")
        if case.reading.kind is Kind.EMPTY:
            return self._ask_about_mail(case, "Boş ileti.", "")
        suspicion = suspect(case.sender, case.office.registry)
        return self._ask_about_mail(
            case, suspicion.reason if suspicion else reason_of_stranger(case, self._route(case, "")), ""
        )

    # --- what comes of them ---------------------------------------------------------------------------

    def _open_requests(self, case: Case, routes: Sequence[Route], place: Neighbourhood) -> Ruled:
        if known := self._matching.brought_before(case):
            return _came_twice(case, known)
        emails = place.headman.emails
        own = case.sender.email if case.sender.email in {same_address(e) for e in emails} else ""
        submission = Submission(
            channel=Channel.EMAIL,
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
        return Ruled(entering.receive(submission, routes, numbers, office=case.office, now=case.now))

    def _route(self, case: Case, neighbourhood: str) -> Routing:
        foreseen = case.box.foreseen
        if foreseen is not None and foreseen.is_of(case.reading, neighbourhood):
            return foreseen.routing
        return route(case.reading, neighbourhood, case.office)

    def _wait_for_scan(self, case: Case) -> Ruled:
        if known := self._matching.brought_before(case):
            return _came_twice(case, known)
        return Ruled(reason="Talep ekteki taramada; okunuyor.", scans=True)

    def _nothing_asked(self, case: Case, routing: Routing, place: Neighbourhood) -> Ruled:
        if case.box.files:
            return self._open_requests(case, (_unread(case.reading, place.name),), place)
        if routing.nature is Nature.THANKS and case.reading.text:
            return self._remember(case, "thanks", f"Teşekkür: {one_line(case.reading.text, 300)}")
        reasons = {
            Nature.SPAM: "İstenmeyen ileti görünüyor; talep bulunamadı.",
            Nature.CHATTER: "İletide bir talep bulunamadı.",
        }
        reason = reasons.get(routing.nature, "İleti boş veya okunamadı.")
        return self._ask_about_mail(case, reason, place.name)

    def _status(self, case: Case) -> Outcome:
        place = case.office.registry.neighbourhood_of(case.sender.email)
        which = RequestFilter(
            open=True,
            neighbourhood=place.name if place else None,
            headman_email=None if place else case.sender.email,
        )
        found = case.tx.requests(which)
        letter = decision.status_letter(
            found[:MOST_LISTED],
            more=max(0, len(found) - MOST_LISTED),
            recipient=case.sender.email,
            name=place.headman.name if place else case.sender.name,
            answers=case.box.mail.message_id,
            event=case.event,
        )
        asked = Entry(case.now, case.sender.email, "status-asked", "Muhtar taleplerinin durumunu sordu.")
        return Outcome(notices=(letter,), entries=(asked,))

    def _ask_about_mail(self, case: Case, reason: str, neighbourhood: str) -> Ruled:
        """Nothing is dropped: a person sees it in ``İnceleme`` with the best guess beside it."""
        routing = self._route(case, neighbourhood)
        best = routing.routes[0] if routing.routes else None
        review = Review(
            key=f"mail/{case.event}",
            opened_at=case.now,
            reason=reason,
            arrival_id=case.stored.id,
            sender=str(case.sender),
            neighbourhood=neighbourhood or (best.neighbourhood if best else ""),
            subject=one_line(case.reading.subject) or "(konusuz)",
            read=case.reading.text or "(metin okunamadı)",
            guess=entering.guess_text(best, case.office) if best else "",
            confidence=best.confidence if best else None,
            link=case.box.files[0] if case.box.files else "",
        )
        danger = any(route.urgent for route in routing.routes)
        facts = {"sender": review.sender, "subject": review.subject, "words": review.read}
        notices = alarm(case.office, case.event, facts) if danger else ()
        return Ruled(Outcome(reviews=(review,), notices=notices), reason=reason)

    def _remember(self, case: Case, kind: str, text: str) -> Ruled:
        request = self._matching.request_of(case, self._matching.answered(case))
        number = request.number if request else ""
        entry = Entry(case.now, case.sender.email or DAEMON, kind, text, number)
        return Ruled(Outcome(entries=(entry,)), reason=text)

    def _take_bounce(self, case: Case) -> Ruled:
        failed = [bounce for bounce in self._bounces(case.box.mail) if bounce.address]
        if not all(is_believable(case, bounce) for bounce in failed if bounce.permanent):
            return self._ask_about_mail(case, _UNLIKELY_BOUNCE, "")
        notices = tuple(
            undeliverable(bounce, address, day_of(case.now))
            for bounce in failed
            if bounce.permanent
            for address in case.office.registry.office_people
        )
        ruled = self._remember(case, "bounce", "Gönderdiğimiz bir ileti geri döndü.")
        bad = tuple((bounce.address, bounce.why) for bounce in failed if bounce.permanent)
        return replace(ruled, outcome=ruled.outcome + Outcome(notices=notices), bad_addresses=bad)


def _came_twice(case: Case, known: Sequence[str]) -> Ruled:
    text = f"Aynı ileti ikinci kez geldi ({', '.join(known)}); yeniden kaydedilmedi."
    return Ruled(Outcome(entries=(Entry(case.now, DAEMON, "came-twice", text, known[0]),)), reason=text)


def _with_faults(reason: str, case: Case) -> str:
    faults = faults_of(files_of(case.box.mail))
    return f"{reason} Eki açılamıyor: {faults}." if faults else reason


def _with_warnings(case: Case, ruled: Ruled) -> Ruled:
    """Whoever a held mail speaks for without proof is told."""
    if not ruled.outcome.reviews:
        return ruled
    return replace(ruled, outcome=ruled.outcome + Outcome(notices=warnings_about(case)))


def _is_in_scan(case: Case, routing: Routing) -> bool:
    """Whether what is asked stands in an attached scan: the mail's own words only point to it, if there are any."""
    if not any(scans_in(case.box.mail)) or routing.nature in {Nature.STATUS, Nature.THANKS, Nature.SPAM}:
        return False
    points = all(route.review and not route.because for route in routing.routes)
    return points and len(case.reading.text) < MOST_POINTING


def _thanks_together(notices: Sequence[Notice]) -> tuple[Notice, ...]:
    """One letter of thanks for one mail, however many requests it closed."""
    thanks = [notice for notice in notices if notice.occasion == Occasion.LIAISON_THANKS]
    if len(thanks) < 2:
        return tuple(notices)
    about = tuple(number for notice in thanks for number in notice.about)
    others = (notice for notice in notices if notice.occasion != Occasion.LIAISON_THANKS)
    return (*others, replace(thanks[0], about=about))


def _which_of(numbers: Sequence[str]) -> str:
    shown = ", ".join(numbers[:5]) + (" …" if len(numbers) > 5 else "")
    return f"Yanıt birden çok talebi ilgilendiriyor ({shown}); hangisi için ne denildiği belirlenemedi."


def _other_numbers(request: Request, naming: Naming) -> str:
    if not naming.numbers:
        return ""
    return (
        f"Yanıt {request.number} için yazılmış, metninde ise {', '.join(naming.numbers[:5])} geçiyor; "
        "hangi talep olduğu belirlenemedi."
    )


def _continuing(old: Request, words: str) -> Route:
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
        urgent=False,
        because=(),
    )


def _unread(reading: Reading, neighbourhood: str) -> Route:
    """A request whose words are in an attachment that nobody has read yet."""
    subject = one_line(reading.subject) or "Ekteki dilekçe"
    return Route.to_a_person(subject, reading.text or "(Talep metni ekteki dosyadadır.)", neighbourhood)
