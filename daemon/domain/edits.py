"""What people's typing in a request's row means, ``Sevk`` too; new rows: :mod:`daemon.domain.new_rows`."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from daemon.domain import cancelling, decision
from daemon.domain.alarm import alarm_typed
from daemon.domain.answers import contradicting, interim
from daemon.domain.cells import is_error
from daemon.domain.clock import day_of, show_day
from daemon.domain.decision import MOST_TRANSFERS, NOTHING, Outcome
from daemon.domain.office import Office
from daemon.domain.registry import Directorate
from daemon.domain.request import Request, Status
from daemon.domain.review import ROUTE, Review
from daemon.domain.sheet import TALEPLER, CellValue
from daemon.domain.text import fold, one_line, tidy

SHEET = "tablo"
"""The actor of edits made in a spreadsheet: files do not say who typed."""
BY_HAND = "elle belirlendi"
"""The rule of a due date that a person set."""


# --- a request's row --------------------------------------------------------------------------------------


def take_edit(
    request: Request, changes: Mapping[str, CellValue], *, office: Office, now: datetime
) -> Outcome:
    """Carry out what a person changed in a row: ``changes`` maps column keys to the new, normalised cells.

    A formula's error is nothing that a person said: it is remarked on and changes nothing else.
    """
    spoilt = {key: str(value) for key, value in changes.items() if is_error(value)}
    changes = {key: value for key, value in changes.items() if key not in spoilt}
    outcome = _plain_edits(request, changes, now)
    for key, value in spoilt.items():
        text = f"{TALEPLER.column(key).header} alanında formül hatası var ({value}); dikkate alınmadı."
        outcome += decision.note(_latest(outcome, request), text, now, actor=decision.DAEMON)
    if "due" in changes:
        outcome += _new_due(_latest(outcome, request), changes["due"], now)
    if "status" in changes or "result" in changes:
        outcome += _new_status(_latest(outcome, request), changes, office=office, now=now)
        outcome += interim.in_result(request, _latest(outcome, request), now=now, actor=SHEET)
    if wish := text_typed(changes.get("sevk")):
        outcome += take_sevk(_latest(outcome, request), wish, office=office, now=now, actor=SHEET)
    elif "sevk" in changes and request.sevk:
        outcome += Outcome(changed=(replace(_latest(outcome, request), sevk=""),))
    outcome += Outcome(notices=alarm_typed(office, request, _latest(outcome, request)))
    return _only_last(outcome)


def _latest(outcome: Outcome, request: Request) -> Request:
    return outcome.changed[-1] if outcome.changed else request


def _only_last(outcome: Outcome) -> Outcome:
    return replace(outcome, changed=outcome.changed[-1:])


def text_typed(value: CellValue) -> str:
    """A cell as text; a day as people write it."""
    if isinstance(value, date):
        return show_day(value)
    return "" if value is None else tidy(str(value))


_PLAIN = {"category": "Kategori", "liaison": "İrtibat", "note": "Not"}


def _plain_edits(request: Request, changes: Mapping[str, CellValue], now: datetime) -> Outcome:
    new = {key: text_typed(changes[key]) for key in _PLAIN if key in changes}
    new = {key: value for key, value in new.items() if value != getattr(request, key)}
    if not new:
        return Outcome()
    changed = replace(request, **new, last_action="Tabloda güncellendi", last_action_at=now)  # type: ignore[arg-type]
    entries = tuple(
        decision.entry(
            changed, "edited", change_of(_PLAIN[key], getattr(request, key), value), now, actor=SHEET
        )
        for key, value in new.items()
    )
    return Outcome((), (changed,), entries)


def change_of(header: str, old: str, new: str) -> str:
    """What the history says of an edit."""
    return f"{header}: “{old}” yerine “{new}” yazıldı."


def _new_due(request: Request, value: CellValue, now: datetime) -> Outcome:
    if not isinstance(value, date):
        typed = f"“{text_typed(value)}” bir tarih değil" if value else "Son Tarih boş bırakılamaz"
        return decision.note(request, f"{typed}; önceki tarih geçerlidir.", now, actor=decision.DAEMON)
    day = day_of(value) if isinstance(value, datetime) else value
    if day == request.due:
        return Outcome()
    old = show_day(request.due) if request.due else "—"
    changed = replace(
        request,
        due=day,
        rule=BY_HAND,
        last_action=f"Son tarih: {show_day(day)}",
        last_action_at=now,
    )
    text = f"Son Tarih {old} yerine {show_day(day)} oldu."
    return Outcome((), (changed,), (decision.entry(changed, "due-changed", text, now, actor=SHEET),))


def _new_status(
    request: Request, changes: Mapping[str, CellValue], *, office: Office, now: datetime
) -> Outcome:
    status = read_status(text_typed(changes["status"])) if "status" in changes else request.status
    result = text_typed(changes["result"]) if "result" in changes else request.result
    if status is request.status and not (status.is_closed and result):
        return _new_result(request, result, now)
    follows = status is not None and (status is request.status or request.may_become(status))
    written = NOTHING if result and follows else _new_result(request, result, now)
    latest = _latest(written, request)
    if status is None:
        text = f"Durum alanına yazılan “{text_typed(changes['status'])}” anlaşılamadı."
        return written + decision.note(latest, text, now, actor=decision.DAEMON)
    if status is Status.DONE and (put_off := interim.not_yet(request, result, now, actor=SHEET)).changed:
        return put_off
    if (doubt := contradicting.in_doubt(request, status, result, now, actor=SHEET)).changed:
        return doubt
    return written + decision.set_status(latest, status, office=office, now=now, actor=SHEET, result=result)


def _new_result(request: Request, result: str, now: datetime) -> Outcome:
    if result == request.result:
        return Outcome()
    changed = replace(request, result=result, last_action="Sonuç yazıldı", last_action_at=now)
    text = change_of("Sonuç", request.result, result)
    return Outcome((), (changed,), (decision.entry(changed, "edited", text, now, actor=SHEET),))


_STATUS_WORDS = {fold(status.value): status for status in Status} | {
    "kapandi": Status.DONE,
    "kapali": Status.DONE,
    "tamam": Status.DONE,
    "tamamlandi": Status.DONE,
    "bitti": Status.DONE,
    "cozuldu": Status.DONE,
    "yapildi": Status.DONE,
    "red": Status.REJECTED,
    "reddedildi": Status.REJECTED,
    "olumsuz": Status.REJECTED,
    "isleme alindi": Status.IN_PROGRESS,
    "devam ediyor": Status.IN_PROGRESS,
    "bekliyor": Status.WAITING,
    "iptal edildi": Status.CANCELLED,
}


def read_status(text: str) -> Status | None:
    """Read a ``Durum`` cell tolerantly ("kapandı ", "TAMAMLANDI"); ``None`` when it says nothing known."""
    return _STATUS_WORDS.get(" ".join(fold(text).split()))


# --- Sevk -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Target:
    """Where a request is to go: a directorate, or a body outside that the home directorate follows."""

    directorate: Directorate
    external_body: str = ""


def find_target(name: str, office: Office) -> Target | None:
    """The directorate or outside body that a person named, however spelt."""
    if body := office.registry.external_body(name):
        home = office.home()
        return Target(home, body.name) if home else None
    found = office.registry.directorate_named(name)
    return Target(found) if found else None


def take_sevk(
    request: Request, wish: str, *, office: Office, now: datetime, actor: str, why: str = ""
) -> Outcome:
    """Transfer as wished; a name that nobody has, or too many transfers, waits for a person."""
    target = find_target(wish, office)
    if target is None:
        return _odd_sevk(request, wish, now)
    same_place = (
        target.directorate.code == request.directorate and target.external_body == request.external_body
    )
    if same_place or not request.is_open:
        changed = replace(request, sevk="", last_action="Sevk gerekmedi", last_action_at=now)
        why = "Talep zaten bu birimdedir" if same_place else "Kapalı talep sevk edilmez"
        why = f"{why}; Sevk alanına yazılan: “{one_line(wish)}”."
        return Outcome(
            (), (changed,), (decision.entry(changed, "sevk-ignored", why, now, actor=decision.DAEMON),)
        )
    if decision.referrals(request) >= MOST_TRANSFERS:
        return _too_many_transfers(request, wish, now, actor)
    return decision.transfer(
        request,
        target.directorate,
        office=office,
        now=now,
        actor=actor,
        external_body=target.external_body,
        why=why,
    )


_SEVK_EVENT = "sevk-"


def _event_of(wish: str) -> str:
    return fold(wish)[:40]


def _odd_sevk(request: Request, wish: str, now: datetime) -> Outcome:
    text = f"Sevk alanına yazılan “{one_line(wish)}” adında bir birim bulunamadı."
    remarked = decision.note(replace(request, sevk=wish), text, now, actor=decision.DAEMON)
    return remarked + Outcome(
        reviews=(decision.ask(request, f"{_SEVK_EVENT}{_event_of(wish)}", text, now, read=wish),)
    )


def _too_many_transfers(request: Request, wish: str, now: datetime, actor: str) -> Outcome:
    reason = f"Talep birçok kez sevk edildi; son istek: {one_line(wish)}. Sorumlu müdürlüğü siz belirleyiniz."
    remarked = decision.note(replace(request, sevk=""), reason, now, actor=actor)
    event = f"transfers-{decision.referrals(request)}"
    return remarked + Outcome(reviews=(decision.ask(request, event, reason, now, guess=wish),))


CLOSED_ELSEWHERE = "closed-elsewhere"
"""Key of the question about a request that another system shows as concluded, behind the request's number."""

REOPENED_ELSEWHERE = "reopened-elsewhere"
"""Begins the key of the question about one that another system opened again; the day of its closure here follows."""


def withholds_answer(review: Review) -> bool:
    """Whether what it asks decides on the answer of a closed request: until then nobody enters it elsewhere."""
    event = review.key.removeprefix(f"{review.number}/")
    return event.startswith((interim.NO_RESULT, cancelling.NO_REASON, REOPENED_ELSEWHERE))


def is_settled(review: Review, request: Request) -> bool:
    """Whether its question has answered itself: the request has its directorate, another (or no) ``Sevk``, is open
    again, or closed here as in the other system."""
    event = review.key.removeprefix(f"{review.number}/")
    if event.startswith(interim.NO_RESULT):
        return request.is_open or request.result != review.read
    if contradicting.asks_which(review):
        return contradicting.is_settled(review, request)
    if event.startswith(REOPENED_ELSEWHERE):
        return request.is_open
    if event.startswith(cancelling.NO_REASON):
        return cancelling.is_explained(request)
    if event == CLOSED_ELSEWHERE:
        return not request.is_open
    if event.startswith(ROUTE):
        return bool(request.directorate) or not request.is_open
    wish = event.removeprefix(_SEVK_EVENT)
    return wish != event and (not request.is_open or wish != _event_of(request.sevk))
