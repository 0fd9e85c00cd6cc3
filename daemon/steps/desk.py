"""The desk: reads one mail in the light of the ledger and decides what it is for the office.

Policy, in order (first match decides):

===================================  ===============================================================
a bounce                             the address is marked, the office told; never answered
an automatic reply, our own mail     remembered; never a request, never answered
matches a request                    a reply (:mod:`daemon.domain.replies`)
from a headman                       ``DURUM`` → status letter; thanks → remembered; else a request
forwarded or written by staff        a request of the headman in the forwarded part
list mail, spam                      held, listed by ``held``
anybody else                         ``İnceleme``, with the best guess
===================================  ===============================================================
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

from daemon.domain import decision
from daemon.domain.clock import day_of
from daemon.domain.decision import DAEMON, NOTHING, Outcome, Submission
from daemon.domain.mail import Address, Arrival, Mail, Trust, Verdict
from daemon.domain.notice import Notice, Occasion
from daemon.domain.office import Office
from daemon.domain.reading import Kind, Meaning, Reading, read_mail
from daemon.domain.registry import Neighbourhood, same_address
from daemon.domain.replies import Party, Reply, party_of, take_reply
from daemon.domain.request import Channel, Entry, Request
from daemon.domain.review import Review
from daemon.domain.routing import Nature, Route, Routing
from daemon.domain.text import one_line
from daemon.ports import RequestFilter, StoredArrival, Transaction

MOST_LISTED = 50
"""Requests listed in one status letter."""


@dataclass(frozen=True, slots=True)
class Letterbox:
    """A mail with what is known of its sender and where its attachments are kept."""

    mail: Mail
    verdict: Verdict
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ruled:
    """What the desk decided: the outcome, the arrival's end state, and addresses that bounced."""

    outcome: Outcome = NOTHING
    state: str = "read"
    reason: str = ""
    bad_addresses: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Bounce:
    """One address that a delivery report names (RFC 3464)."""

    address: str
    permanent: bool
    why: str = ""


@dataclass(frozen=True)
class _Case:
    """One mail on the desk, with everything that the decision may look at."""

    box: Letterbox
    reading: Reading
    sender: Address
    stored: StoredArrival
    tx: Transaction
    office: Office
    now: datetime

    @property
    def event(self) -> str:
        return self.stored.arrival.content_hash[:12]

    @cached_property
    def referenced(self) -> list[str]:
        """Numbers of the requests that the letters it answers are about."""
        mail = self.box.mail
        return self.tx.requests_of_message([*mail.in_reply_to, *mail.references])


class Desk:
    """Decides on mails. ``bounces`` finds the failed addresses of a delivery report, ``open_reference`` turns
    a signed reference and its bearers into a request number, ``receipt`` says when a mail counts as received.
    """

    def __init__(
        self,
        *,
        bounces: Callable[[Mail], Sequence[Bounce]],
        open_reference: Callable[[str, Iterable[str], date], str | None],
        receipt: Callable[[Arrival, datetime], datetime],
    ) -> None:
        self._bounces = bounces
        self._open_reference = open_reference
        self._receipt = receipt

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
        reading = read_mail(
            box.mail,
            office_address=registry.office_address,
            is_staff=registry.is_staff,
            is_headman=registry.is_headman,
        )
        writer = reading.sender if reading.sender.email else box.mail.sender
        case = _Case(box, reading, writer, stored, tx, office, now)
        match case.reading.kind:
            case Kind.BOUNCE:
                return self._take_bounce(case)
            case Kind.AUTO_REPLY:
                return self._remember(case, "auto-reply", "Otomatik yanıt; işlem yapılmadı.")
            case _ if same_address(case.sender.email) == same_address(registry.office_address):
                return self._remember(case, "own-mail", "Kendi iletimiz geri geldi; işlem yapılmadı.")
            case _:
                return self._take_mail(case)

    # --- mails that want something --------------------------------------------------------------------

    def _take_mail(self, case: _Case) -> Ruled:
        known = case.office.registry.neighbourhood_of(case.sender.email)
        request = self._matching(case)
        if request is not None and not self._is_fresh_request(case, request, known):
            return self._take_reply(case, request)
        if len(case.referenced) > 1 and case.reading.meaning not in {Meaning.STATUS, Meaning.THANKS}:
            reason = "Yanıt, birden çok talebi içeren bir mektuba verildi; hangi talep olduğu belirlenemedi."
            return self._ask_about_mail(case, reason, known.name if known else "")
        if known is not None:
            return self._from_headman(case, known)
        if case.office.registry.is_staff(case.box.mail.sender.email):
            return self._from_staff(case)
        if case.reading.kind in {Kind.LIST, Kind.SPAM}:
            return Ruled(state="held", reason="Toplu veya istenmeyen e-posta görünüyor.")
        return self._from_stranger(case)

    def _is_fresh_request(self, case: _Case, request: Request, known: Neighbourhood | None) -> bool:
        """An answer by the headman long after the closure is no answer any more if it asks for something."""
        late = not request.is_open and not decision.may_reopen(request, case.now)
        asks = case.reading.meaning in {Meaning.UNCLEAR, Meaning.REOPEN}
        return known is not None and late and asks

    def _take_reply(self, case: _Case, request: Request) -> Ruled:
        reply = Reply(case.sender.email, case.reading, case.box.verdict, case.box.mail.message_id, case.event)
        if case.box.files:
            request = replace(request, attachments=tuple(dict.fromkeys(request.attachments + case.box.files)))
        outcome = take_reply(request, reply, office=case.office, now=case.now)
        if case.box.files and not outcome.changed:
            outcome += Outcome(changed=(request,))
        headman = party_of(case.sender.email, request, office=case.office, now=case.now) is Party.HEADMAN
        if headman and case.reading.meaning is Meaning.STATUS:
            outcome += self._status(case)
        return Ruled(outcome)

    def _from_headman(self, case: _Case, place: Neighbourhood) -> Ruled:
        if case.box.verdict.trust is Trust.FAILED:
            return self._ask_about_mail(case, "Gönderenin kimliği doğrulanamadı (DMARC).", place.name)
        if case.reading.meaning is Meaning.STATUS:
            return Ruled(self._status(case))
        routing = self._route(case, place.name)
        if routing.nature is Nature.STATUS:
            return Ruled(self._status(case))
        if not routing.routes:
            return self._nothing_asked(case, routing, place)
        return self._open_requests(case, routing.routes, place)

    def _from_staff(self, case: _Case) -> Ruled:
        routing = self._route(case, "")
        name = next((route.neighbourhood for route in routing.routes if route.neighbourhood), "")
        place = case.office.registry.neighbourhood(name) if name else None
        if place is None or not routing.routes:
            return self._ask_about_mail(
                case, "Personelden gelen iletide mahalle veya talep belirlenemedi.", name
            )
        return self._open_requests(case, routing.routes, place)

    def _from_stranger(self, case: _Case) -> Ruled:
        if any(case.office.registry.directorates_of(case.sender.email, day_of(case.now))):
            return self._ask_about_mail(case, "Müdürlükten gelen ileti bir talebe bağlanamadı.", "")
        if case.reading.kind is Kind.EMPTY:
            return self._ask_about_mail(case, "Boş ileti.", "")
        return self._ask_about_mail(case, "Gönderen, kayıtlı bir muhtar değil.", "")

    # --- what comes of them ---------------------------------------------------------------------------

    def _open_requests(self, case: _Case, routes: Sequence[Route], place: Neighbourhood) -> Ruled:
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
        return Ruled(decision.receive(submission, routes, numbers, office=case.office, now=case.now))

    def _route(self, case: _Case, neighbourhood: str) -> Routing:
        return case.office.router.route(
            subject=case.reading.subject,
            body=case.reading.text,
            channel=Channel.EMAIL.value,
            neighbourhood=neighbourhood,
        )

    def _nothing_asked(self, case: _Case, routing: Routing, place: Neighbourhood) -> Ruled:
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

    def _status(self, case: _Case) -> Outcome:
        place = case.office.registry.neighbourhood_of(case.sender.email)
        which = RequestFilter(
            open=True,
            neighbourhood=place.name if place else None,
            headman_email=None if place else case.sender.email,
            limit=MOST_LISTED,
        )
        letter = decision.status_letter(
            case.tx.requests(which),
            recipient=case.sender.email,
            name=place.headman.name if place else case.sender.name,
            answers=case.box.mail.message_id,
            event=case.event,
        )
        asked = Entry(case.now, case.sender.email, "status-asked", "Muhtar taleplerinin durumunu sordu.")
        return Outcome(notices=(letter,), entries=(asked,))

    def _ask_about_mail(self, case: _Case, reason: str, neighbourhood: str) -> Ruled:
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
            guess=decision.guess_text(best, case.office) if best else "",
            confidence=best.confidence if best else None,
            link=case.box.files[0] if case.box.files else "",
        )
        return Ruled(Outcome(reviews=(review,)), reason=reason)

    def _remember(self, case: _Case, kind: str, text: str) -> Ruled:
        request = self._matching(case)
        number = request.number if request else ""
        entry = Entry(case.now, case.sender.email or DAEMON, kind, text, number)
        return Ruled(Outcome(entries=(entry,)), reason=text)

    def _take_bounce(self, case: _Case) -> Ruled:
        failed = [bounce for bounce in self._bounces(case.box.mail) if bounce.address]
        notices = tuple(
            Notice(
                key=f"{Occasion.OFFICE_NOTICE}/bounce/{bounce.address}/{day_of(case.now)}",
                occasion=Occasion.OFFICE_NOTICE,
                recipient=case.office.registry.office_manager,
                facts={
                    "title": "Bir adrese ileti ulaşmıyor",
                    "lines": (f"{bounce.address} adresine gönderilen ileti geri döndü.", bounce.why),
                },
            )
            for bounce in failed
            if bounce.permanent
        )
        ruled = self._remember(case, "bounce", "Gönderdiğimiz bir ileti geri döndü.")
        bad = tuple((bounce.address, bounce.why) for bounce in failed if bounce.permanent)
        return replace(ruled, outcome=ruled.outcome + Outcome(notices=notices), bad_addresses=bad)

    # --- which request is meant -----------------------------------------------------------------------

    def _matching(self, case: _Case) -> Request | None:
        """By References, then the signed reference, then the number together with the sender; never by the
        number alone."""
        mail, named = case.box.mail, case.reading.number
        referenced = case.referenced
        if len(referenced) == 1:
            return case.tx.request(referenced[0])
        if case.reading.reference:
            bearers = (case.sender.email, mail.sender.email)
            number = self._open_reference(case.reading.reference, bearers, day_of(case.now))
            if number is not None:
                return case.tx.request(number)
        if referenced:
            return None  # a letter about several: its subject names the first, the answer may mean another
        request = case.tx.request(named) if named else None
        if request is None:
            return None
        party = party_of(case.sender.email, request, office=case.office, now=case.now)
        return request if party is not Party.STRANGER else None


def _unread(reading: Reading, neighbourhood: str) -> Route:
    """A request whose words are in an attachment that nobody has read yet."""
    return Route(
        subject=one_line(reading.subject) or "Ekteki dilekçe",
        text=reading.text or "(Talep metni ekteki dosyadadır.)",
        directorate="",
        external_body="",
        category="",
        confidence=0.0,
        review=True,
        neighbourhood=neighbourhood,
        urgent=False,
        because=(),
    )
