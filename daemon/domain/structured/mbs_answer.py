"""The answer that a person enters in Muhtar Bilgi Sistemi: its words, and whether it was entered.

A municipality owes the headman there the result and, for a wish not met, its reason (circular 2015/8; Law 3071
art. 7: a reasoned answer).
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256

from daemon.domain.clock import day_of, show_day
from daemon.domain.deadline import BusinessCalendar
from daemon.domain.office import Office
from daemon.domain.request import Request, Status

REOPENED = "(Talep yeniden açıldı; cevabı kapanınca burada olacaktır.)"
"""Stands in the place of an answer that holds no longer."""
ASKED_ABOUT = "(Cevap, İnceleme sayfasındaki soru karara bağlanınca burada olacaktır.)"
"""… and of one that may be none: what is ready to paste is pasted, and concludes the record there."""
CHASE_AFTER = 1
"""Business days after the closure on which the office is first reminded of an answer not yet entered."""
CHASE_EVERY = 2
"""… and in business days again after it."""
TELL_MANAGER_AFTER = 5


def answer_text(request: Request, *, office: Office) -> str:
    """Official words, ready to paste: number, date, who saw to it, result or reason."""
    day = show_day(day_of(request.received_at))
    number = request.external_number or request.number
    opening = f"{day} tarihli ve {number} sayılı başvurunuz"
    unit = _unit(request, office)
    match request.status:
        case Status.REJECTED:
            said = f"{opening} {unit} değerlendirilmiş, ancak karşılanması mümkün olmamıştır."
            why = f"Gerekçe: {_sentence(request.result)}" if request.result else ""
        case Status.CANCELLED:
            said = f"{opening} işlemden kaldırılmıştır."
            why = f"Açıklama: {_sentence(request.result)}" if request.result else ""
        case _:
            said = f"{opening} {unit} sonuçlandırılmıştır."
            why = f"Sonuç: {_sentence(request.result)}" if request.result else ""
    ours = f" (Belediye kayıt no: {request.number})" if request.external_number else ""
    return "\n".join(line for line in (said, why, f"Bilgilerinize sunarız.{ours}") if line)


def _unit(request: Request, office: Office) -> str:
    if request.external_body:
        return f"{request.external_body} tarafından"
    directorate = office.registry.directorate(request.directorate)
    return f"{directorate.name} tarafından" if directorate else "Belediyemizce"


def _sentence(text: str) -> str:
    text = text.strip()
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


# --- entered or not ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Entered:
    """What is known of an answer's way into the other system, as kept in one short note of the ledger.

    ``mark`` names the answer that was ticked. ``again``: the system still shows the request as open, so the tick
    in the sheet is to be taken away before it can be set anew. ``by_hand``: a person set the tick, so a person may
    take it back; what the system itself shows as concluded stays ticked.
    """

    mark: str = ""
    at: datetime | None = None
    again: bool = False
    by_hand: bool = False

    @classmethod
    def read(cls, note: str) -> "Entered":
        mark, _, rest = note.partition(" ")
        at, _, how = rest.partition(" ")
        moment = datetime.fromisoformat(at) if at else None
        return cls("" if mark == _AGAIN else mark, moment, mark == _AGAIN, how == _BY_HAND)

    def text(self) -> str:
        how = f" {_BY_HAND}" if self.by_hand else ""
        return f"{_AGAIN if self.again else self.mark} {self.at.isoformat()}{how}" if self.at else ""

    def stands_for(self, status: Status, result: str) -> bool:
        """Whether the answer as it is now was entered."""
        return not self.again and self.mark == answer_mark(status, result)


_AGAIN = "again"
_BY_HAND = "by-hand"


def note_key(number: str) -> str:
    return f"mbs-entered/{number}"


def answer_mark(status: Status, result: str) -> str:
    """Names an answer: another result, or the other outcome, is to be entered anew."""
    return sha256(f"{status.value}\0{result}".encode()).hexdigest()[:16]


def ticked(request: Request, now: datetime) -> Entered:
    """By a person, in the sheet."""
    return replace(confirmed(request, now), by_hand=True)


def confirmed(request: Request, now: datetime) -> Entered:
    """By the system, which shows the request as concluded."""
    return Entered(answer_mark(request.status, request.result), now)


def unticked(known: Entered, now: datetime) -> Entered:
    """By the system, which still shows it as open."""
    return replace(known, mark="", at=now, again=True, by_hand=False)


def taken_back(now: datetime) -> Entered:
    """By the person who had ticked it: the answer waits again."""
    return Entered(at=now)


def without_tick(known: Entered) -> Entered:
    """The untrue tick is gone from the sheet: the next one counts."""
    return replace(known, again=False)


def waiting_since(request: Request, entered: Entered) -> datetime | None:
    """When the answer could be entered: at the closure, or when it was found not to be entered."""
    return max((moment for moment in (request.closed_at, entered.at) if moment), default=None)


def days_waiting(since: datetime, calendar: BusinessCalendar, today: date) -> int:
    """Business days since then."""
    return -calendar.days_left(today, day_of(since))


def chase_round(days: int) -> int | None:
    """Which reminder is due after so many business days (0 for the first), ``None`` before it."""
    return (days - CHASE_AFTER) // CHASE_EVERY if days >= CHASE_AFTER else None
