"""An interim answer: the matter is put off to a later programme, budget or year, and its result is still owed.

Law 3071 art. 7 allows one within the thirty days, but the result must follow: the request stays open, its clock runs
on, and the headman is told, once for each such answer. That it is one is said expressly (``ARA CEVAP``), or
by the words of office Turkish for it ("2027 yılı yatırım programında değerlendirilecektir"). Work that is merely under
way ("ekip yönlendirildi", "haftaya yapılacak") is none: its end is what the headman waits for.
"""

import re
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from daemon.domain import decision
from daemon.domain.answers import later, phrases
from daemon.domain.answers.heads import fold_aligned
from daemon.domain.answers.meaning import Meaning, understand
from daemon.domain.clock import day_of, show_day
from daemon.domain.decision import NOTHING, Outcome
from daemon.domain.reminders import PROMISED
from daemon.domain.request import Entry, Request, Status
from daemon.domain.text import capitalised, fold, one_line, tidy

ENTRY = "interim"
"""Kind of the history's entry: its data hold the ``words`` and the key of the ``notice`` that tells them."""
NO_RESULT = "interim-"
"""How the key of a question about such a result begins, behind the request's number."""
_TOLD_IN = frozenset({Status.IN_PROGRESS, Status.WAITING})
"""States in which an open request's ``Sonuç`` may be an interim answer; before, it may be a result half entered."""
_IS_IT_DONE = (
    "Talep “Tamamlandı” olarak kapatıldı, ancak Sonuç bir ara cevap gibi görünüyor; iş bitmediyse müdürlük "
    "tablosunda Durum’u İşlemde yapınız, bittiyse Sonuç’u düzeltiniz veya Karar’dan Gereği yapıldı’yı seçiniz."
)
_NOT_YET = (
    "Sonuç ileri bir günü gösteriyor ({}); talep kapatılmadı. İş bitince, bittiyse şimdi, yapılanı Sonuç’a yazınız; "
    "talep o zaman kapanır."
)
_LONGEST = 2_000
"""Characters of a text in which it would say so."""

_DECLARED = re.compile(r"\W*ara cevap\s*(?:[-–—:;>→=.,!|/]+|\n|$)\s*")
_LATER = r"(?:(?<![\d./-])(?P<{}>20\d\d)|onumuzdeki|gelecek|sonraki|izleyen|ilerleyen)"
_PUT_TO = re.compile(
    rf"\b{_LATER.format('year')}\s+(?:(?:mali|butce|calisma|yatirim)\s+)*(?:yil|sene|donem)\w*|"
    rf"\b{_LATER.format('of')}\s+(?:\w+\s+){{0,3}}(?:program|butce|plan|yatirim)\w*|"
    r"\b(?:yatirim|stratejik|performans)\s+(?:program|plan)\w*|"
    r"\b(?:ek\s+)?butce(?:ye|de|si|sine|sinde|miz|mize|mizde)?(?:\s+(?:calisma|imkan|olanak|gorusme|hazirlik|donem)\w*)?\b|"
    r"\b(?:odenek|imkan|olanak)\w*\s+(?:durum|dahilinde|olcusunde|cercevesinde|nispetinde|bulun|temin|saglan)\w*|"
    r"\bprogram\w*\s.{0,40}\bsirasi\s+geldi\w*"
)
"""What a matter is put off to. A whole date ("20.01.2027 tarihinde") is an appointment, no programme."""
_PUT_OFF = re.compile(
    r"[^,;]*?(?:"
    r"\b(?!\w*m[ae]y[ae]c)\w{2,}[ae]c[ae](?:k(?:t[iu]r)?|giz)\b\W*(?:$|[.,;!\n]|(?:ve|olup)\b)|"
    r"\b(?:planlan|ongorul|hedeflen|programlan|degerlendiril|yer al)(?:m[ae]kt[ae]\w*|m[iu]st[iu]r\b|d[iu]\b)|"
    r"\b(?:program|butce|plan)\w*(?:\s+\w+)?\s+(?:dahil\s+)?(?:al|ed|ekle|kon|koy)\w*(?:m[iu]s\w*|[dt][iu]k?)\b|"
    r"\bprogram\w*d[ae]d[iu]r\b|\bdegerlendirilmek\s+uzere\b|\bsirasi\s+geldi\w*[^,;]*[ae]c[ae]kt?)"
)
"""How it is put off, in the same clause."""
_SOON = re.compile(
    r"\b(?:bugun|yarin|hafta\w*|gun(?:u|unde|ler\w*|luk)?|pazartesi|sali|carsamba|persembe|cuma|cumartesi)\b|"
    r"\b\d{1,2}[./]\d{1,2}[./]20\d\d\b"
)


def is_declared(text: str) -> bool:
    """Whether the writer himself calls it an interim answer."""
    return bool(_DECLARED.match(fold(text[:_LONGEST])))


def is_interim(text: str, now: datetime) -> bool:
    """Whether ``text`` is one without doubt: declared, or put off in so many words and saying nothing else."""
    return is_declared(text) or (sounds_interim(text, now) and _is_surely_open(text))


def sounds_interim(text: str, now: datetime) -> bool:
    """Whether something in it is put off to a programme, budget or year that is not over."""
    this_year = day_of(now).year
    sentences = phrases.SENTENCE.finditer(fold(text[:_LONGEST]))
    return any(_puts_off(found[0], this_year) for found in sentences)


def is_promise(text: str, now: datetime) -> bool:
    """Whether ``text`` says nothing but that the work will be finished on a day to come: told where somebody closes a
    request with it, for the headman would take it for the result."""
    return bool(later.promised(text, now)) and _is_surely_open(text)


def _is_surely_open(text: str) -> bool:
    said = understand(text, to_headman=False)
    return said.sure and said.meaning is Meaning.IN_PROGRESS


def _puts_off(sentence: str, this_year: int) -> bool:
    """A year that is over is what has been, not what will be."""
    if _SOON.search(sentence):
        return False
    return any(
        int(found["year"] or found["of"] or this_year) >= this_year
        and _PUT_OFF.match(sentence, found.start())
        for found in _PUT_TO.finditer(sentence)
    )


def words_of(text: str) -> str:
    """What the headman is told: the answer without the words that declare it."""
    lines = tidy(text)
    declared = _DECLARED.match(fold_aligned(lines))
    return capitalised(lines[declared.end() :].strip() if declared else lines)


def tell(request: Request, text: str, *, now: datetime, actor: str) -> Outcome:
    """The headman hears what the answer says, in his own way; the open request stays as it is, and so does its clock.

    The same words are told once while the same clock runs, whichever way they come.
    """
    words = words_of(text)
    if not (request.is_open and words):
        return NOTHING
    notice = decision.interim_notice(request, f"{request.clock_event}-{mark_of(words)}", words)
    changed = replace(request, last_action="Ara cevap verildi", last_action_at=now)
    said = f"Ara cevap verildi; talep açıktır, süresi işlemektedir: “{one_line(words, 500)}”"
    line = decision.entry(changed, ENTRY, said, now, actor=actor, words=words, notice=notice.key)
    return Outcome((), (changed,), (line,), (notice,)) + remember_day(request, words, now=now, actor=actor)


def remember_day(request: Request, text: str, *, now: datetime, actor: str) -> Outcome:
    """The date for which an answer promises the work stands in the history: once it has passed, the directorate is
    reminded of it (:func:`daemon.domain.reminders.broken_promises`)."""
    day = later.last_day(text, now)
    if day is None:
        return NOTHING
    said = (
        f"Bildirilen süre {show_day(day)} tarihinde doluyor; o güne kadar sonuç gelmezse hatırlatılacaktır."
    )
    line = decision.entry(request, PROMISED, said, now, actor=actor, day=day, clock=request.clock_event)
    return Outcome(entries=(line,))


def mark_of(words: str) -> str:
    """The same for the same words, however they are set."""
    return sha256(re.sub(r"\W+", " ", fold(words)).strip().encode()).hexdigest()[:12]


def in_result(before: Request, after: Request, *, now: datetime, actor: str) -> Outcome:
    """What follows from a ``Sonuç`` that a person wrote, if it only puts the matter off.

    Of an open request it is told. Whoever closes a request with it, or with work that is under way, has closed it, but
    is asked: it is no result.
    """
    is_new = after.result != before.result
    if not after.result:
        return NOTHING
    puts_off = is_interim(after.result, now)
    if is_new and after.is_open and after.status in _TOLD_IN and not puts_off:
        return remember_day(after, after.result, now=now, actor=actor)
    if puts_off and after.is_open and after.status in _TOLD_IN and (is_new or _waited(before)):
        return tell(after, after.result, now=now, actor=actor)
    closed = after.status is Status.DONE and not after.is_open and (is_new or before.is_open)
    if closed and (puts_off or _is_surely_open(after.result)):
        event = f"{NO_RESULT}{after.clock_event}-{mark_of(after.result)}"
        return Outcome(reviews=(decision.ask(after, event, _IS_IT_DONE, now, read=after.result),))
    return NOTHING


def not_yet(request: Request, result: str, now: datetime, *, actor: str) -> Outcome:
    """What follows where a person closes an open request with a ``Sonuç`` that names a day to come: ``Durum`` stays as
    she set it and the request open, as where there is no ``Sonuç`` yet, and what it promises is told. ``NOTHING`` where
    it names none, or where she sets ``Durum`` anew beside the same words."""
    day = later.promised(result, now) if request.is_open else ""
    remark = _NOT_YET.format(day)
    is_said = remark in request.note
    insists = is_said and result == request.result and request.status is not Status.DONE
    if not day or insists:
        return NOTHING
    waits = replace(
        request, status=Status.DONE, result=result, last_action="İş bitince kapanacak", last_action_at=now
    )
    text = f"“Tamamlandı” seçildi. {remark}"
    outcome = (
        Outcome((), (waits,), (decision.entry(waits, "not-yet", text, now, actor=actor),))
        if is_said
        else decision.note(waits, remark, now, actor=actor, kind="not-yet")
    )
    then = tell if is_promise(result, now) else remember_day
    return outcome + then(outcome.request, result, now=now, actor=actor)


def _waited(before: Request) -> bool:
    """Whether the ``Sonuç`` was written before the ``Durum`` that makes it one, and is none of an earlier closure."""
    return before.status in {Status.NEW, Status.REFERRED} and decision.referrals(before) <= 1


def words_told(key: str, history: list[Entry]) -> str:
    """What the notice ``key`` says, from the history of its request; "" where it has been erased."""
    found = (entry.data.get("words") for entry in history if entry.data.get("notice") == key)
    return str(next(found, None) or "")
