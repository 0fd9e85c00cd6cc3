"""What a person's decision on a line of ``İnceleme`` means: what follows from it, or what it still lacks."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from daemon.domain import cancelling, decision
from daemon.domain.alarm import alarm_set_aside
from daemon.domain.answers import asked_back, contradicting, interim
from daemon.domain.answers.replies import REPLY_EVENT, WORDLESS, Party, party_of, without_button
from daemon.domain.decision import Outcome
from daemon.domain.edits import SHEET, Target, find_target
from daemon.domain.new_rows import category_of, enter_row, missing_in
from daemon.domain.office import Office
from daemon.domain.petitions.filing import UNREAD, UNREADABLE
from daemon.domain.petitions.ticks import HANDWRITTEN
from daemon.domain.registry import Neighbourhood
from daemon.domain.request import Channel, Entry, Request, RequestNumber, Status
from daemon.domain.review import ROUTE, Origin, Review
from daemon.domain.sheet import (
    DECISIONS,
    CellValue,
)
from daemon.domain.text import fold, tidy

Cells = Mapping[str, CellValue]


@dataclass(frozen=True, slots=True)
class Ruling:
    """A person's decision on a line of ``İnceleme``: what follows, or what is still missing for it."""

    outcome: Outcome
    said: str
    """Turkish, for the row's ``Durum``."""
    final: bool = True
    hint: str = ""
    """What the row's ``Durum`` says behind it."""


@dataclass(frozen=True, slots=True)
class Case:
    """A line of ``İnceleme``: the question, what the person typed, and what it is about.

    ``next_number`` gives a fresh number and ``origin`` what is known of the mail: asked only when the decision
    really opens a request; ``history`` is the request's own.
    """

    review: Review
    cells: Cells
    request: Request | None
    next_number: Callable[[], RequestNumber]
    origin: Callable[[], Origin]
    history: Callable[[], Sequence[Entry]]


def rule_on(case: Case, *, office: Office, now: datetime) -> Ruling | None:
    """Carry out ``Karar``; ``None`` while nothing is chosen."""
    choice = fold(_text(case.cells, "decision"))
    if not choice:
        return _without_choice(case)
    if unknown := _unknown_place(case.cells, office):
        return _lacks(unknown)
    match {fold(name): name for name in DECISIONS}.get(choice):
        case "Yönlendir":
            return _rule_refer(case, office=office, now=now)
        case "Yeni talep olarak kaydet":
            return _rule_new(case, office=office, now=now)
        case "Gereği yapıldı":
            return _rule_done(case, office=office, now=now)
        case "Talep değil":
            return _rule_no_request(case, office=office, now=now)
        case "Ara cevap olarak bildir":
            return _rule_interim(case, office=office, now=now)
        case _:
            return _lacks("Karar anlaşılamadı; listeden seçiniz.")


def _without_choice(case: Case) -> Ruling | None:
    if asked_back.is_question(case.review) and _text(case.cells, "note"):
        return _lacks("Yanıtın gönderilmesi için Karar sütunundan Gereği yapıldı’yı seçiniz.")
    begun = _text(case.cells, "directorate") or _text(case.cells, "decided_neighbourhood")
    return _lacks("Karar sütunundan da seçim yapınız.") if begun else None


def _lacks(said: str) -> Ruling:
    return Ruling(Outcome(), said, final=False)


def _text(cells: Cells, key: str) -> str:
    return tidy(str(cells.get(key) or ""))


def _unknown_place(cells: Cells, office: Office) -> str:
    name = _text(cells, "decided_neighbourhood")
    if not name or office.registry.neighbourhood(name):
        return ""
    return f"“{name}” adında bir mahalle yok; listeden seçiniz."


def _rule_refer(case: Case, *, office: Office, now: datetime) -> Ruling:
    """A mail that is no request yet becomes one: who says where it goes says that it is one."""
    wish = _text(case.cells, "directorate")
    target = find_target(wish, office) if wish else None
    if target is None:
        return _lacks("Müdürlük sütunundan birim seçiniz.")
    if case.request is None:
        return _rule_new(case, office=office, now=now)
    place = office.registry.neighbourhood(_text(case.cells, "decided_neighbourhood"))
    corrected = _corrected(case.request, place, now) if place else Outcome()
    request = corrected.changed[-1] if corrected.changed else case.request
    if not request.directorate:
        request = _as_read_by(request, target, case.cells, office=office)
    moved = corrected + _move(request, target, office=office, now=now)
    said = f"Yönlendirildi: {target.external_body or target.directorate.name}"
    return Ruling(replace(moved, changed=moved.changed[-1:]), said)


def _corrected(request: Request, place: Neighbourhood, now: datetime) -> Outcome:
    """The right neighbourhood; its headman speaks for it where nobody else has."""
    if place.name == request.neighbourhood:
        return Outcome()
    changed = replace(
        request,
        neighbourhood=place.name,
        headman=request.headman or place.headman.name,
        headman_email=request.headman_email or next(iter(place.headman.emails), ""),
    )
    text = f"Mahalle: “{request.neighbourhood}” yerine “{place.name}” yazıldı."
    return Outcome((), (changed,), (decision.entry(changed, "edited", text, now, actor=SHEET),))


def _move(request: Request, target: Target, *, office: Office, now: datetime) -> Outcome:
    if request.directorate:
        return decision.transfer(
            request,
            target.directorate,
            office=office,
            now=now,
            actor=SHEET,
            external_body=target.external_body,
        )
    decided = replace(request, external_body=target.external_body)
    referred = decision.refer(decided, target.directorate, office=office, now=now, actor=SHEET)
    if target.external_body:  # his receipt could not say so yet: Law 3071 art. 5, and the papers to bring
        referred += Outcome(notices=decision.tell_transfer(referred.request))
    return referred


def _rule_new(case: Case, *, office: Office, now: datetime) -> Ruling:
    review = case.review
    row = {
        "channel": _channel_of(review).value,
        "neighbourhood": _text(case.cells, "decided_neighbourhood") or review.neighbourhood,
        "subject": review.subject,
        "description": _with_clerks_words(review.read, case.cells),
        "directorate": case.cells.get("directorate"),
    }
    lacks = missing_in(row, office=office).replace(
        "Mahalle yazınız", "Doğru Mahalle sütunundan mahalle seçiniz"
    )
    if lacks:
        return _lacks(lacks)
    number = case.next_number()
    entered = enter_row(row, number, office=office, now=now, origin=case.origin())
    return Ruling(entered, f"Kaydedildi: {number}")


_NOT_TYPED = (HANDWRITTEN, UNREAD, UNREADABLE)


def _with_clerks_words(text: str, cells: Cells) -> str:
    """Where nothing could be read but by a person, what he writes beside it is what is asked."""
    words = _text(cells, "note")
    return f"{words}\n{text}" if words and text.startswith(_NOT_TYPED) else text


def _as_read_by(request: Request, target: Target, cells: Cells, *, office: Office) -> Request:
    """With the clerk's words; a form takes the category that it would have had as a row, by its ticks."""
    read = replace(request, description=_with_clerks_words(request.description, cells))
    if not request.description.startswith(HANDWRITTEN) or request.category:
        return read
    return replace(read, category=category_of(read, target, office))


def _channel_of(review: Review) -> Channel:
    """The key of a question begins with the channel where it did not come by mail."""
    source = review.key.partition("/")[0]
    return Channel.__members__.get(source.upper(), Channel.EMAIL)


def _rule_done(case: Case, *, office: Office, now: datetime) -> Ruling:
    """The words beside a liaison's question are its answer; elsewhere the line is closed, no more. A request that is
    nobody's yet would be lost with its line."""
    if case.request is not None and _is_homeless(case.review, case.request):
        if _text(case.cells, "directorate"):
            return _rule_refer(case, office=office, now=now)
        return _lacks(_HOMELESS)
    if case.request is None or not asked_back.is_question(case.review):
        return Ruling(Outcome(), "Kapatıldı")
    return rule_answer(case, case.request, office=office, now=now)


_HOMELESS = (
    "Talebin müdürlüğü henüz belli değil; Müdürlük sütunundan birim, talep değilse Talep değil’i seçiniz."
)


def _is_homeless(review: Review, request: Request) -> bool:
    """Whether the line asks whose an open request is."""
    asks = review.key.startswith(f"{request.number}/{ROUTE}")
    return asks and request.is_open and not request.directorate


def rule_answer(case: Case, request: Request, *, office: Office, now: datetime) -> Ruling:
    """Answer a liaison's question, if there is an answer and he still has to do with the request."""
    words, asker = _text(case.cells, "note"), case.review.sender
    if not words:
        return Ruling(Outcome(), asked_back.UNANSWERED)
    if party_of(asker, request, office=office, now=now) not in {Party.LIAISON, Party.STAFF}:
        return Ruling(
            Outcome(), "Kapatıldı; soruyu soran kişi artık bu talebe bakmadığından yanıt gönderilmedi"
        )
    answered = asked_back.answer(case.review, request, words, case.history(), now=now, actor=SHEET)
    return Ruling(answered, "Yanıt, soruyu sorana gönderiliyor")


_NOT_YET_UNDER_WAY = contradicting.HOLDS | {Status.NEW, Status.REFERRED}


def _rule_interim(case: Case, *, office: Office, now: datetime) -> Ruling:
    """The headman is told what ``Not`` says, else the very words of the municipality's own people."""
    request, review = case.request, case.review
    if request is None:
        return _lacks("Bu satır bir talebe ait değil; ara cevap bildirilemez.")
    if not request.is_open:
        return _lacks("Talep kapalı; ara cevap yalnızca açık talepler için bildirilir.")
    words = _text(case.cells, "note")
    by_us = party_of(review.sender, request, office=office, now=now) in {Party.LIAISON, Party.STAFF}
    is_ours = by_us and review.key.startswith(f"{request.number}/{REPLY_EVENT}")
    if not words and is_ours and not review.read.startswith(WORDLESS):
        words = without_button(review.read)
    elif not words and contradicting.asks_which(review):
        words = review.read
    if not interim.words_of(words):
        return _lacks("Muhtara bildirilecek ara cevabı Not sütununa yazınız.")
    moved = Outcome()
    if request.directorate and request.status in _NOT_YET_UNDER_WAY:
        moved = decision.set_status(request, Status.IN_PROGRESS, office=office, now=now, actor=SHEET)
    told = interim.tell(moved.request if moved.changed else request, words, now=now, actor=SHEET)
    return Ruling(replace(moved + told, changed=told.changed), "Ara cevap verildi")


def _rule_no_request(case: Case, *, office: Office, now: datetime) -> Ruling:
    request = case.request
    remark = _text(case.cells, "note")
    told = alarm_set_aside(office, case.review, request, remark)
    if request is None or not request.is_open or request.directorate:
        return Ruling(Outcome(notices=told), "Kapatıldı", hint=_IF_WRONG)
    why = cancelling.set_aside(remark)
    outcome = decision.set_status(request, Status.CANCELLED, office=office, now=now, actor=SHEET, result=why)
    return Ruling(outcome + Outcome(notices=told), "Talep iptal edildi", hint=_IF_WRONG)


_IF_WRONG = "; yanlışlıkla seçildiyse Karar’ı değiştiriniz"


def may_take_back(review: Review, request: Request | None, now: datetime) -> bool:
    """Whether a line that was set aside as no request may be decided anew: not where the request has gone its way
    since, or was closed too long ago."""
    if request is None or not review.key.startswith(f"{request.number}/{ROUTE}"):
        return True
    return _was_set_aside(request) and decision.may_reopen(request, now)


def take_back(request: Request, *, office: Office, now: datetime) -> Outcome:
    """``Talep değil`` was a mistake: what was cancelled by it is open again and waits in its line. The mistake was not
    the headman's, so it has the deadline that it had."""
    if not _was_set_aside(request) or not decision.may_reopen(request, now):
        return decision.NOTHING
    opened = decision.reopen(request, office=office, now=now, actor=SHEET, status=Status.NEW)
    as_due = replace(opened.request, due=request.due, rule=request.rule)
    return replace(opened, changed=(as_due,), reviews=())


def _was_set_aside(request: Request) -> bool:
    return request.status is Status.CANCELLED and not request.is_open and not request.directorate
