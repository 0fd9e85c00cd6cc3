"""What a reply does to the request that it answers, by who wrote it and what it says.

Only a liaison (or acting deputy, manager, staff) of the request's directorate changes it; only the headman
concerned opens it again. What is not certain never closes a request: it goes to ``Not`` and ``İnceleme``.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from daemon.domain import decision
from daemon.domain.alarm import danger_left
from daemon.domain.answers import asked_back, interim, refusing
from daemon.domain.answers.heads import fold_aligned
from daemon.domain.answers.later import promised
from daemon.domain.answers.meaning import BUTTONS
from daemon.domain.answers.naming import COURTESY, GREETING
from daemon.domain.cancelling import WITHDRAWN
from daemon.domain.clock import day_of
from daemon.domain.decision import Outcome
from daemon.domain.edits import Target, find_target, take_sevk
from daemon.domain.mail import Verdict
from daemon.domain.notice import Notice, Occasion
from daemon.domain.office import Office
from daemon.domain.reading import Meaning, Reading
from daemon.domain.registry import same_address
from daemon.domain.request import Entry, Request, Status
from daemon.domain.review import Review
from daemon.domain.text import capitalised, file_name, fold, one_line, speaks_of_attachment

REPLY_EVENT = "reply-"
"""How the keys of questions about a proven writer's reply begin, behind the request's number."""


WORDLESS = "(metin yok"
"""How what stands in place of words that are not there begins."""


class Party(StrEnum):
    """In which capacity somebody writes about a request."""

    LIAISON = "liaison"
    HEADMAN = "headman"
    STAFF = "staff"
    STRANGER = "stranger"


def party_of(sender: str, request: Request, *, office: Office, now: datetime) -> Party:
    """Whether ``sender`` may speak about this very request, and as who."""
    registry = office.registry
    if any(d.code == request.directorate for d in registry.directorates_of(sender, day_of(now))):
        return Party.LIAISON
    place = registry.neighbourhood_of(sender)
    wrote_it = bool(sender) and same_address(sender) == same_address(request.headman_email)
    if wrote_it or (place is not None and place.name == request.neighbourhood):
        return Party.HEADMAN
    return Party.STAFF if registry.is_staff(sender) else Party.STRANGER


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply as the decision needs it. ``event`` is unique to the mail (its content hash, shortened).

    ``doubt`` is a Turkish reason why a person decides although the words themselves are clear.
    """

    sender: str
    reading: Reading
    verdict: Verdict
    message_id: str
    event: str
    files: tuple[str, ...] = ()
    doubt: str = ""
    mark: str = ""
    """Kept in the history: another copy of the mail is known by it."""
    suspicion: str = ""
    """Turkish: why an unknown sender looks like somebody known."""


def take_reply(request: Request, reply: Reply, *, office: Office, now: datetime) -> Outcome:
    """Decide what the reply does. The mail's text always reaches the history."""
    party = party_of(reply.sender, request, office=office, now=now)
    if reply.reading.meaning is Meaning.OUT_OF_OFFICE:
        return _heard(request, reply, "Otomatik yanıt geldi.", now)
    if party is Party.STRANGER:
        return _refuse(request, reply, _unknown_writer(request, reply), now)
    if not reply.verdict.may_change_requests:
        return _refuse(request, reply, f"{reply.verdict.reason.rstrip('.')}; talep değişmedi.", now)
    request = _with_files(request, reply)
    outcome = _from_party(party, request, reply, office=office, now=now)
    if reply.files and not outcome.changed:
        outcome += Outcome(changed=(request,))
    return _marked(outcome, reply.mark)


def _unknown_writer(request: Request, reply: Reply) -> str:
    if request.external_body and not reply.suspicion:
        return (
            f"Gönderen kayıtlı değil; yanıt {request.external_body} kurumundan gelmiş olabilir. Talep değişmedi; "
            "yanıt doğruysa Sonuç’u yazıp Durum’u siz belirleyiniz."
        )
    unfit = "Yanıtı yazan kişi bu talep için yetkili görünmüyor; talep değişmedi."
    return f"{reply.suspicion} {unfit}".strip()


def was_taken(mark: str, history: Iterable[Entry]) -> bool:
    """Whether a copy of this mail has been heard already: what is sent again says nothing new."""
    return bool(mark) and any(entry.data.get("mail") == mark for entry in history)


def _marked(outcome: Outcome, mark: str) -> Outcome:
    first, *others = outcome.entries
    return (
        replace(outcome, entries=(replace(first, data={**first.data, "mail": mark}), *others))
        if mark
        else outcome
    )


def _from_party(party: Party, request: Request, reply: Reply, *, office: Office, now: datetime) -> Outcome:
    if party is Party.HEADMAN:
        return _from_headman(request, reply, office=office, now=now)
    if reply.doubt:
        return _hold(request, reply, reply.doubt, now)
    return _from_liaison(request, reply, office=office, now=now)


# --- the directorate's side -------------------------------------------------------------------------------


def _from_liaison(request: Request, reply: Reply, *, office: Office, now: datetime) -> Outcome:
    reading = reply.reading
    if request.is_open and _only_promises(reading.text, now):
        heard = _heard(request, reply, _quoted(reply), now)
        return _last(heard + _go_on(request, reply, without_button(reading.text), office=office, now=now))
    match reading.meaning:
        case Meaning.THANKS:
            return _heard(request, reply, f"Teşekkür: {one_line(reading.text, 300)}", now)
        case Meaning.QUESTION:
            return _ask_back(request, reply, now)
        case Meaning.EXTENSION:
            reason = "Ek süre isteniyor; uygunsa tablodaki Son Tarih’i değiştiriniz."
            return _hold(request, reply, reason, now)
        case Meaning.NOT_OURS | Meaning.TRANSFER:
            return _not_ours(request, reply, office=office, now=now)
        case Meaning.DONE if reading.sure and request.is_open and danger_left(office, reading.text):
            return _hold(request, reply, _DANGER_LEFT, now)
        case Meaning.DONE if reading.sure and request.is_open and (day := promised(reading.text, now)):
            return _hold(request, reply, _DAY_TO_COME.format(day), now)
        case Meaning.REJECTED if (
            reading.sure and request.is_open and (day := refusing.promised(without_button(reading.text), now))
        ):
            return _hold(request, reply, _REFUSED_AND_PROMISED.format(day), now)
        case Meaning.DONE | Meaning.REJECTED | Meaning.IN_PROGRESS if reading.sure:
            return _answer(request, reply, office=office, now=now)
        case _:
            return _hold(request, reply, _unclear(reply, now), now)


def _unclear(reply: Reply, now: datetime) -> str:
    words = reply.reading.text
    if _pressed(words)[0] is Meaning.REJECTED:
        day = refusing.promised(without_button(words), now)
        return _REFUSED_AND_PROMISED.format(day) if day else _NOT_SURELY_REFUSED
    if interim.is_declared(words) or interim.sounds_interim(words, now):
        return _PERHAPS_INTERIM
    if day := promised(words, now):
        return _DAY_TO_COME.format(day)
    if reply.files and (not words or (len(words) < _POINTING and speaks_of_attachment(words))):
        names = ", ".join(file_name(path) for path in reply.files[:3])
        return f"Yanıt ekte ({names}); eki açıp Sonuç’u yazınız ve Durum’u siz belirleyiniz."
    return "Yanıtın anlamı kesin değil; Durum ve Sonuç’u siz belirleyiniz."


_PERHAPS_INTERIM = (
    "Yanıtın anlamı kesin değil; ara cevapsa Karar’dan Ara cevap olarak bildir’i seçiniz, sonuçsa Durum ve "
    "Sonuç’u siz belirleyiniz."
)
_DAY_TO_COME = (
    "Yanıt ileri bir günü gösteriyor ({}); iş bitmediyse Karar’dan Ara cevap olarak bildir’i seçiniz, bittiyse Durum "
    "ve Sonuç’u siz belirleyiniz."
)
_REFUSED_AND_PROMISED = (
    "Yanıt olumsuz, ancak ileri bir günü de gösteriyor ({}); iş yapılacaksa Karar’dan Ara cevap olarak bildir’i "
    "seçiniz, yapılmayacaksa Durum ve Sonuç’u siz belirleyiniz."
)
_NOT_SURELY_REFUSED = (
    "Yanıt OLUMSUZ ile başlıyor, ancak açıklaması bunu kesin olarak doğrulamıyor; ara cevapsa Karar’dan Ara cevap "
    "olarak bildir’i seçiniz, değilse Durum ve Sonuç’u siz belirleyiniz."
)
_DANGER_LEFT = (
    "Yanıt işin yapıldığını bildiriyor, ancak süren bir can güvenliği tehlikesinden söz ediyor; Durum ve Sonuç’u siz "
    "belirleyiniz."
)
_POINTING = 150
"""Letters of a reply that says no more than that the answer is attached."""

_STATUS_OF = {
    Meaning.DONE: Status.DONE,
    Meaning.REJECTED: Status.REJECTED,
    Meaning.IN_PROGRESS: Status.IN_PROGRESS,
}


def _answer(request: Request, reply: Reply, *, office: Office, now: datetime) -> Outcome:
    status = _STATUS_OF[reply.reading.meaning]
    words = without_button(reply.reading.text)
    heard = _heard(request, reply, _quoted(reply), now)
    if not request.is_open:
        if request.status is not status:
            return _hold(request, reply, "Talep kapatılmış durumda; farklı bir yanıt geldi.", now)
        if not words or fold(words) in fold(request.result):
            return heard
        return decision.note(request, _quoted(reply), now, actor=reply.sender, kind="reply")
    if status is Status.IN_PROGRESS:
        return _last(heard + _go_on(request, reply, words, office=office, now=now))
    result = capitalised(words) or ("Tamamlandı." if status is Status.DONE else "")
    closing = decision.set_status(request, status, office=office, now=now, actor=reply.sender, result=result)
    closed = bool(closing.changed) and not closing.request.is_open
    return _last(heard + closing + Outcome(notices=(_thanks(closing.request, reply),) if closed else ()))


def _go_on(request: Request, reply: Reply, words: str, *, office: Office, now: datetime) -> Outcome:
    """The work goes on; an answer that puts it off is one that the headman hears of."""
    if interim.is_declared(reply.reading.text) and not words:
        return _hold(
            request, reply, "Ara cevabın metni yok; muhtara bildirilecek bir açıklama bulunamadı.", now
        )
    text = reply.reading.text
    puts_off = interim.is_interim(text, now) or interim.is_interim(words, now) or _only_promises(text, now)
    remark = f"Ara cevap: {interim.words_of(words)}" if puts_off else words
    outcome = decision.note(request, remark, now, actor=reply.sender) if words else Outcome()
    current = outcome.changed[-1] if outcome.changed else request
    outcome += decision.set_status(current, Status.IN_PROGRESS, office=office, now=now, actor=reply.sender)
    if not puts_off:
        return outcome + interim.remember_day(request, words, now=now, actor=reply.sender)
    return outcome + interim.tell(outcome.request, words, now=now, actor=reply.sender)


def _only_promises(text: str, now: datetime) -> bool:
    """Whether TAMAMLANDI stands over words that only promise it for a day to come."""
    return _pressed(text)[0] is Meaning.DONE and interim.is_promise(without_button(text), now)


def _thanks(request: Request, reply: Reply) -> Notice:
    return Notice(
        key=f"{request.number}/{Occasion.LIAISON_THANKS}/{reply.event}",
        occasion=Occasion.LIAISON_THANKS,
        recipient=reply.sender,
        about=(request.number,),
        in_reply_to=reply.message_id,
    )


def _not_ours(request: Request, reply: Reply, *, office: Office, now: datetime) -> Outcome:
    words = one_line(without_button(reply.reading.text), 300)
    target = find_target(reply.reading.target, office) if reply.reading.target else None
    heard = _heard(request, reply, _quoted(reply), now)
    if not request.is_open:
        return _hold(request, reply, "Kapatılmış talep için “bize ait değil” yanıtı geldi.", now)
    directorate = office.registry.directorate(request.directorate)
    here = Target(directorate, request.external_body) if directorate else None
    if target is not None and target != here and reply.reading.sure:
        moved = take_sevk(
            request, reply.reading.target, office=office, now=now, actor=reply.sender, why=words
        )
        return heard + moved
    by_staff = party_of(reply.sender, request, office=office, now=now) is Party.STAFF
    said = "Personel, talebin başka bir birime" if by_staff else "Müdürlük, talebin kendisine"
    reason = (
        f"{said} ait {'olduğunu' if by_staff else 'olmadığını'} bildirdi; lütfen sorumlu müdürlüğü seçiniz."
    )
    remarked = decision.note(request, words or "Bize ait değil.", now, actor=reply.sender)
    review = _ask(request, f"not-ours-{reply.event}", reason, reply, now, guess=reply.reading.target)
    return heard + remarked + Outcome(reviews=(review,))


# --- the headman's side -----------------------------------------------------------------------------------


def _from_headman(request: Request, reply: Reply, *, office: Office, now: datetime) -> Outcome:
    meaning, words = reply.reading.meaning, reply.reading.text
    if meaning is Meaning.THANKS or (meaning is Meaning.DONE and not request.is_open):
        return _heard(request, reply, f"Muhtardan: {one_line(words, 300)}", now)
    if meaning is Meaning.STATUS:
        return _heard(request, reply, "Muhtar talebinin durumunu sordu.", now)
    if not request.is_open and decision.may_reopen(request, now):
        opened = decision.reopen(
            request, office=office, now=now, actor=reply.sender, words=one_line(without_button(words), 300)
        )
        return _heard(request, reply, _quoted(reply), now) + opened
    if not request.is_open:
        return _hold(request, reply, "Kapanışından 30 günden fazla geçmiş bir talebe yanıt geldi.", now)
    if meaning is Meaning.DONE:
        return _hold(request, reply, "Muhtar sorunun çözüldüğünü bildirdi; talep açık duruyor.", now)
    if meaning is Meaning.REOPEN:
        return decision.note(request, f"Muhtar: {one_line(words, 300)}", now, actor=reply.sender)
    if WITHDRAWN.search(fold(words)):
        reason = "Muhtar talebinden vazgeçmiş olabilir; öyleyse Durum sütununda İptal seçiniz."
        return _hold(request, reply, reason, now)
    return _hold(request, reply, "Muhtar açık talebine yazdı; ek bilgi veya yeni bir talep olabilir.", now)


# --- what all of them share -------------------------------------------------------------------------------


def _quoted(reply: Reply) -> str:
    if not reply.reading.text:
        return f"{reply.sender} yanıtladı: {_wordless(reply)}"
    return f"{reply.sender} yanıtladı: “{one_line(reply.reading.text, 500)}”"


def _wordless(reply: Reply) -> str:
    """What a person sees in place of words that are not there."""
    names = ", ".join(file_name(path) for path in reply.files[:5])
    return f"{WORDLESS}; ek: {names})" if names else f"{WORDLESS})"


def _ask(
    request: Request, event: str, reason: str, reply: Reply, now: datetime, *, guess: str = ""
) -> Review:
    """A question that shows what this reply says and brings, not what the request said and brought."""
    read = reply.reading.text or _wordless(reply)
    review = decision.ask(request, event, reason, now, read=read, sender=reply.sender, guess=guess)
    return replace(review, link=reply.files[0]) if reply.files else review


def _heard(request: Request, reply: Reply, text: str, now: datetime) -> Outcome:
    return Outcome(entries=(decision.entry(request, "reply", text, now, actor=reply.sender),))


def _hold(request: Request, reply: Reply, reason: str, now: datetime, *, event: str = "") -> Outcome:
    """Nothing changes but ``Not``; a person decides in ``İnceleme``."""
    remarked = decision.note(request, _quoted(reply), now, actor=reply.sender, kind="reply-held")
    return remarked + Outcome(
        reviews=(_ask(request, event or f"{REPLY_EVENT}{reply.event}", reason, reply, now),)
    )


def _ask_back(request: Request, reply: Reply, now: datetime) -> Outcome:
    """The question waits for a clerk's answer, which goes back to the mail that asked."""
    held = _hold(request, reply, asked_back.REASON, now, event=asked_back.event_of(reply.event))
    return asked_back.remembered(held, reply.message_id)


def _refuse(request: Request, reply: Reply, reason: str, now: datetime) -> Outcome:
    """Nobody who may speak of the request said this: the row and its files stay as they are."""
    heard = _heard(request, reply, f"{reason} {_quoted(reply)}", now)
    review = replace(
        _ask(request, f"unproven-{reply.event}", reason, reply, now), link="".join(reply.files[:1])
    )
    return heard + Outcome(reviews=(review,))


def _with_files(request: Request, reply: Reply) -> Request:
    return replace(request, attachments=tuple(dict.fromkeys(request.attachments + reply.files)))


def _last(outcome: Outcome) -> Outcome:
    return replace(outcome, changed=outcome.changed[-1:])


_BUTTON = re.compile(rf"[\W_]*({'|'.join(BUTTONS)})(?:[\W_]*$|(?:\s*[-–—:;>→=]+|(?<=olumsuz)[.,!|/]+)\s*)")


def _pressed(text: str) -> tuple[Meaning | None, str]:
    """The button whose word stands on the first line, alone or with what is told behind a colon, and what is told."""
    first, _, rest = text.lstrip().partition("\n")
    found = _BUTTON.match(fold_aligned(first))
    return (BUTTONS[found[1]], f"{first[found.end() :]}\n{rest}") if found else (None, text)


def without_button(text: str) -> str:
    """What the writer has to tell: without the button's word, salutation and courtesies around it."""
    lines = _pressed(text)[1].strip().split("\n")
    told = list(lines)
    while told and GREETING.fullmatch(fold(told[0])):
        told.pop(0)
    while told and COURTESY.fullmatch(fold(told[-1])):
        told.pop()
    return "\n".join(told or lines).strip()
