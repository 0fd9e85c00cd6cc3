"""What the office decides: a pure function per event, each returning an :class:`Outcome`.

receive (:mod:`daemon.domain.entering`) → refer → (transfer | answer | close) → reopen. Deadlines follow the
Interior Ministry's circular 2015/8 as municipal by-laws apply it (15 business days); a request for another authority
is forwarded and its applicant told (Law 3071 art. 5); a refusal needs its reason (art. 7).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from daemon.domain.alarm import FORMER_RESULT, URGENT_MARK, tells_of_danger, urgent_notices
from daemon.domain.clock import day_of, show_day
from daemon.domain.grammar import dative
from daemon.domain.notice import Notice, Occasion
from daemon.domain.office import Office
from daemon.domain.registry import Directorate
from daemon.domain.request import Entry, Request, Status
from daemon.domain.review import ROUTE, Review
from daemon.domain.text import one_line, speaks_of_attachment, tidy

DAEMON = "muhtarlik"
REOPENING_DAYS = 30
"""A headman's reply to a closed request opens it again within this many days."""
_REOPENING = "reopening"
_WHOSE = "Talep değil denilerek kapatılan talep yeniden açıldı; lütfen sorumlu müdürlüğü seçiniz."
MOST_TRANSFERS = 4
"""After so many directorates in turn a person decides: nobody feels responsible."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A decision, not yet carried out: one transaction saves all of it or nothing."""

    added: tuple[Request, ...] = ()
    changed: tuple[Request, ...] = ()
    entries: tuple[Entry, ...] = ()
    notices: tuple[Notice, ...] = ()
    reviews: tuple[Review, ...] = ()

    def __add__(self, other: "Outcome") -> "Outcome":
        return Outcome(
            self.added + other.added,
            self.changed + other.changed,
            self.entries + other.entries,
            self.notices + other.notices,
            self.reviews + other.reviews,
        )

    @property
    def request(self) -> Request:
        """The request as it stands after this decision (the last one touched)."""
        return (self.added + self.changed)[-1]


NOTHING = Outcome()
"""The decision that nothing is to be done."""


# --- referring --------------------------------------------------------------------------------------------


def refer(
    request: Request, directorate: Directorate, *, office: Office, now: datetime, actor: str = DAEMON
) -> Outcome:
    """Hand the request to a directorate; its clock runs on from the receipt."""
    today = day_of(now)
    liaison = directorate.liaisons[0].name if directorate.liaisons else ""
    referred = replace(
        request,
        directorate=directorate.code,
        status=Status.REFERRED,
        liaison=liaison,
        sevk="",
        review_reason="",
        referred_on=today,
        clock_event=_next_referral(request),
        last_action=f"{dative(directorate.name)} yönlendirildi",
        last_action_at=now,
    )
    body = f" ({request.external_body} ile izlenecek)" if request.external_body else ""
    line = entry(referred, "referred", f"{dative(directorate.name)} yönlendirildi{body}.", now, actor=actor)
    notices = tuple(
        _to_liaison(referred, address, Occasion.LIAISON_REFERRAL, referred.clock_event, name=name)
        for address, name in directorate.present_on(day_of(now))
    )
    return Outcome(
        (), (referred,), (line,), notices + urgent_notices(referred, directorate, office=office, now=now)
    )


def transfer(
    request: Request,
    target: Directorate,
    *,
    office: Office,
    now: datetime,
    actor: str,
    external_body: str = "",
    why: str = "",
) -> Outcome:
    """Move the request to another directorate: its sheet, its liaisons; the headman is told (3071 art. 5).

    One that comes back to the directorate which follows bodies outside is again that of its category's body.
    """
    body = external_body or _body_on_return(request, target, office)
    moved = refer(replace(request, external_body=body), target, office=office, now=now, actor=actor)
    told = tell_transfer(moved.request)
    line = entry(
        moved.request, "transferred", f"Sevk gerekçesi: {why}" if why else "Sevk edildi.", now, actor=actor
    )
    return moved + Outcome(entries=(line,), notices=told)


def _body_on_return(request: Request, target: Directorate, office: Office) -> str:
    if target != office.home() or target.code == request.directorate or not request.category:
        return ""
    return next((c.external_body for c in office.router.categories if c.name == request.category), "")


def tell_transfer(request: Request) -> tuple[Notice, ...]:
    """The headman hears where his request went."""
    return _to_headman(request, Occasion.HEADMAN_TRANSFER, request.clock_event)


def _next_referral(request: Request) -> str:
    return f"referral-{referrals(request) + 1}"


def referrals(request: Request) -> int:
    """How often the request has been referred so far."""
    name, _, count = request.clock_event.rpartition("-")
    return int(count) if name in {"referral", _REOPENING} else 0


# --- answering --------------------------------------------------------------------------------------------


def set_status(
    request: Request, status: Status, *, office: Office, now: datetime, actor: str, result: str = ""
) -> Outcome:
    """Take a new status (and perhaps a result) as said by a person.

    A closing status without a result leaves the request open and asks for it (``İptal`` needs none).
    """
    result = tidy(result) or request.result
    if status is request.status and result == request.result:
        return Outcome()
    if status is not request.status and not request.may_become(status):
        return note(request, f"“{status.value}” durumuna geçilemez; durum değişmedi.", now, actor=DAEMON)
    if not status.is_closed:
        return _keep_open(request, status, office=office, now=now, actor=actor, result=result)
    if not result and status is not Status.CANCELLED:
        return _ask_for_result(request, status, office=office, now=now, actor=actor)
    return _close(request, status, result, now=now, actor=actor)


def _keep_open(
    request: Request, status: Status, *, office: Office, now: datetime, actor: str, result: str
) -> Outcome:
    if not request.is_open:
        new = "" if result == request.result else result
        return reopen(request, office=office, now=now, actor=actor, status=status, result=new)
    changed = replace(
        request, status=status, result=result, last_action=f"Durum: {status.value}", last_action_at=now
    )
    line = entry(changed, "status", f"Durum “{status.value}” oldu.", now, actor=actor)
    return Outcome((), (changed,), (line,))


def _ask_for_result(
    request: Request, status: Status, *, office: Office, now: datetime, actor: str
) -> Outcome:
    changed = replace(request, status=status, last_action="Sonuç bekleniyor", last_action_at=now)
    line = entry(changed, "result-missing", f"“{status.value}” seçildi, Sonuç yazılmadı.", now, actor=actor)
    return Outcome((), (changed,), (line,), question(changed, "result", office=office, now=now))


def _close(request: Request, status: Status, result: str, *, now: datetime, actor: str) -> Outcome:
    closed = replace(
        request,
        status=status,
        result=result,
        closed_at=request.closed_at or now,
        review_reason="",
        sevk="",
        last_action=f"Kapatıldı: {status.value}",
        last_action_at=now,
    )
    text = f"“{status.value}” olarak kapatıldı." + (f" Sonuç: {result}" if result else "")
    line = entry(closed, "closed", text, now, actor=actor)
    if request.closed_at is not None and request.status is status:
        return Outcome(
            (), (closed,), (entry(closed, "result-changed", f"Sonuç: {result}", now, actor=actor),)
        )
    told = () if status is Status.CANCELLED else tell_closure(closed)
    return Outcome((), (closed,), (line,), told)


def tell_closure(request: Request) -> tuple[Notice, ...]:
    """The headman hears that his request was closed; why it was cancelled: :mod:`daemon.domain.cancelling`."""
    event = f"closure-{referrals(request)}-{request.status.name.lower()}"
    return _to_headman(request, Occasion.HEADMAN_CLOSURE, event)


def reopen(
    request: Request,
    *,
    office: Office,
    now: datetime,
    actor: str,
    words: str = "",
    status: Status = Status.IN_PROGRESS,
    result: str = "",
) -> Outcome:
    """Open a closed request again: a new clock of the same length starts today. Danger that goes on, or of which the
    ``words`` tell, is told at once like that of a new one.

    The result of the former closure did not hold, so it is none for the next: it goes from ``Sonuç`` to ``Not``.
    """
    due = office.due(request.category, request.channel.value, day_of(now))
    is_danger = bool(words) and not request.urgent and tells_of_danger(office, "", words)
    remarks = add_note(request.note, f"Yeniden açıldı: {words}" if words else "Yeniden açıldı", now)
    if request.result:
        remarks = add_note(remarks, f"{FORMER_RESULT}{request.result}", now)
    opened = replace(
        request,
        status=status,
        result=result,
        closed_at=None,
        archived=False,
        due=due.due,
        rule=due.rule,
        referred_on=day_of(now),
        clock_event=f"{_REOPENING}-{referrals(request) + 1}",
        last_action="Yeniden açıldı",
        last_action_at=now,
        urgent=request.urgent or is_danger,
        note=f"{add_note('', URGENT_MARK, now)}\n{remarks}" if is_danger else remarks,
    )
    line = entry(opened, "reopened", f"Yeniden açıldı. {words}".strip(), now, actor=actor)
    told = _tell_reopening(opened, words, request.result, office=office, now=now)
    return _asking_whose(Outcome((), (opened,), (line,), told), words, now)


def _tell_reopening(
    opened: Request, words: str, former: str, *, office: Office, now: datetime
) -> tuple[Notice, ...]:
    """The headman and the liaisons hear it, these with the ``former`` result; danger is told as at the start."""
    event = opened.clock_event
    directorate = office.registry.directorate(opened.directorate)
    liaisons = directorate.present_on(day_of(now)) if directorate else ()
    return (
        *_to_headman(opened, Occasion.HEADMAN_REOPENED, event),
        *(
            _to_liaison(
                opened, address, Occasion.LIAISON_REOPENED, event, name=name, words=words, former=former
            )
            for address, name in liaisons
        ),
        *urgent_notices(opened, directorate, office=office, now=now, words=words),
    )


def _asking_whose(reopened: Outcome, words: str, now: datetime) -> Outcome:
    """What was set aside before any directorate had it stands in no spreadsheet: a person must say whose it is."""
    request = reopened.request
    if request.directorate:
        return reopened
    waits = replace(request, review_reason=_WHOSE)
    read = "\n\n".join(filter(None, (words, request.description)))
    review = ask(waits, f"{ROUTE}-{request.clock_event}", _WHOSE, now, read=read)
    return replace(reopened, changed=(waits,), reviews=(review,))


def may_reopen(request: Request, now: datetime) -> bool:
    """Whether a headman's reply today still opens the closed request again."""
    closed_at = request.closed_at
    return closed_at is not None and (day_of(now) - day_of(closed_at)).days <= REOPENING_DAYS


# --- notes, questions, reviews ----------------------------------------------------------------------------


def note(request: Request, text: str, now: datetime, *, actor: str, kind: str = "note") -> Outcome:
    """Put a remark into ``Not`` and the history; nothing else changes."""
    changed = replace(
        request, note=add_note(request.note, text, now), last_action="Not eklendi", last_action_at=now
    )
    return Outcome((), (changed,), (entry(changed, kind, text, now, actor=actor),))


def add_note(old: str, text: str, now: datetime) -> str:
    """Append a dated line to the cell's text; what stands there stays."""
    line = f"{show_day(day_of(now))}: {one_line(text, 500)}"
    return f"{old}\n{line}" if old else line


def question(
    request: Request, event: str, *, office: Office, now: datetime, words: str = ""
) -> tuple[Notice, ...]:
    """Ask the directorate's liaisons: for the missing ``Sonuç`` (``result``) or what a reply meant."""
    directorate = office.registry.directorate(request.directorate)
    if directorate is None:
        return ()
    key = f"{event}-{request.clock_event}-{request.status.name.lower()}"
    return tuple(
        _to_liaison(request, address, Occasion.LIAISON_QUESTION, key, name=name, about=event, words=words)
        for address, name in directorate.present_on(day_of(now))
    )


def ask(
    request: Request,
    event: str,
    reason: str,
    now: datetime,
    *,
    read: str = "",
    sender: str = "",
    guess: str = "",
    confidence: float | None = None,
) -> Review:
    """A line for ``İnceleme`` about a request."""
    return Review(
        key=f"{request.number}/{event}",
        opened_at=now,
        reason=reason,
        number=request.number,
        sender=sender or request.headman_email,
        neighbourhood=request.neighbourhood,
        subject=request.subject,
        read=read or request.description,
        guess=guess,
        confidence=confidence,
        link=request.attachments[0] if request.attachments else "",
    )


def entry(
    request: Request, kind: str, text: str, now: datetime, *, actor: str = DAEMON, **data: object
) -> Entry:
    """A line of the request's history."""
    return Entry(now, actor, kind, text, request.number, data)


def _to_liaison(
    request: Request, address: str, occasion: Occasion, event: str, *, name: str = "", **facts: object
) -> Notice:
    return Notice(
        key=f"{request.number}/{occasion}/{event}/{address}",
        occasion=occasion,
        recipient=address,
        recipient_name=name,
        about=(request.number,),
        facts=facts,
    )


def interim_notice(request: Request, event: str, words: str) -> Notice:
    """What a headman is told of an answer that is not yet the result (:mod:`daemon.domain.answers.interim`)."""
    attached = bool(request.attachments) and speaks_of_attachment(words)
    [notice] = _to_headman(request, Occasion.HEADMAN_INTERIM, event, words=words, attached=attached)
    return notice


def _to_headman(request: Request, occasion: Occasion, event: str, **facts: object) -> tuple[Notice, ...]:
    """Owed also where he has no address: then somebody tells him (:mod:`daemon.domain.telling`)."""
    return (
        Notice(
            key=f"{request.number}/{occasion}/{event}",
            occasion=occasion,
            recipient=request.headman_email,
            recipient_name=request.headman,
            about=(request.number,),
            facts=facts,
            in_reply_to=request.source_message_id,
        ),
    )


def status_letter(
    requests: Iterable[Request], *, more: int, recipient: str, name: str, answers: str, event: str
) -> Notice:
    """The answer to ``DURUM``: the headman's open requests, as a reply to his mail."""
    return Notice(
        key=f"{Occasion.HEADMAN_STATUS}/{recipient}/{event}",
        occasion=Occasion.HEADMAN_STATUS,
        recipient=recipient,
        recipient_name=name,
        about=tuple(request.number for request in requests),
        facts={"more": more},
        in_reply_to=answers,
    )
