"""What the office decides about a request that another system tells: enter it, note what is new, ask a person.

The other system's number enters once (a UNIQUE key in the ledger); the term counts from its own date (circular
2015/8). Whoever is not the registered headman of the neighbourhood is a person's question.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from rapidfuzz import fuzz

from daemon.domain import decision
from daemon.domain.clock import day_of, show_day
from daemon.domain.decision import DAEMON, NOTHING, Outcome
from daemon.domain.edits import BY_HAND, CLOSED_ELSEWHERE, REOPENED_ELSEWHERE
from daemon.domain.entering import Submission
from daemon.domain.office import Office
from daemon.domain.registry import Neighbourhood, Registry, neighbourhood_key, same_address
from daemon.domain.request import Channel, Entry, Request
from daemon.domain.review import Review
from daemon.domain.routing.named_category import by_name
from daemon.domain.routing.values import Route
from daemon.domain.structured.lines import without_footer
from daemon.domain.structured.reading import describe, position_link
from daemon.domain.structured.sources import SHOWN, Fact, Facts, Record, SourceRule, Standing
from daemon.domain.structured.values import read_moment, read_phone, received
from daemon.domain.text import one_line, words

REVIEW = "source/"
"""Keys of reviews about records begin so: ``source/<channel>/<number>``."""
_SAME_NAME = 90.0


@dataclass(frozen=True, slots=True)
class ForeignRecord:
    """What another system has said of one of its numbers so far, whether or not it is a request by now."""

    channel: Channel
    number: str
    facts: Facts
    standing: Standing
    received_at: datetime
    answer_to: str = ""


def review_key(channel: Channel, number: str) -> str:
    return f"{REVIEW}{channel.value}/{number}"


def about(review: Review) -> tuple[Channel, str] | None:
    """The channel and number that a review is about, if it is one about a record."""
    if not review.key.startswith(REVIEW):
        return None
    channel, _, number = review.key.removeprefix(REVIEW).partition("/")
    return Channel(channel), number


def remembered(record: Record, rule: SourceRule, arrived: datetime, *, trusted: bool) -> ForeignRecord:
    """``trusted``: the sender is proven, so that an address for answers may be believed."""
    own = received(read_moment(record.facts.get(Fact.DATE, "")), arrived)
    address = record.facts.get(Fact.ANSWER_TO, "") if trusted else ""
    answer_to = address if "@" in address and rule.may_answer_to(address) else ""
    return ForeignRecord(
        record.channel, record.number, record.facts, record.standing, own or arrived, answer_to
    )


def updated(known: ForeignRecord, fresh: ForeignRecord) -> ForeignRecord:
    """With the newest of every fact; its date and the address for answers are those that were first believed."""
    dated = Fact.DATE in known.facts or Fact.DATE not in fresh.facts
    return replace(
        known,
        facts={**known.facts, **fresh.facts},
        standing=fresh.standing or known.standing,
        received_at=known.received_at if dated else min(fresh.received_at, known.received_at),
        answer_to=known.answer_to or fresh.answer_to,
    )


# --- whose it is ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Match:
    """The neighbourhood that a record is from; ``doubt`` is a Turkish reason why a person must say."""

    place: Neighbourhood | None
    doubt: str = ""


def find_place(facts: Facts, registry: Registry) -> Match:
    """By the neighbourhood's name, else by the headman's address, telephone or name; the names must agree."""
    named, who = facts.get(Fact.NEIGHBOURHOOD, ""), facts.get(Fact.HEADMAN, "")
    place = _place_named(named, registry) if named else None
    guess = place or _place_of_headman(facts, registry)
    if named and place is None:
        return Match(guess, f"“{one_line(named, 80)}” adında bir mahalle kayıtlı değil")
    if guess is None:
        return Match(None, "Mahalle ve muhtar kayıttan belirlenemedi")
    if who and not _is_same_person(who, guess.headman.name):
        text = f"“{one_line(who, 80)}”, {guess.name} Mahallesi muhtarı olarak kayıtlı değil"
        return Match(guess, f"{text} (kayıtlı muhtar: {guess.headman.name})")
    return Match(guess)


def _place_named(text: str, registry: Registry) -> Neighbourhood | None:
    """However it is written: "YAYLA MAH.", "Örnek / Yayla Mahallesi", "Yayla Mahallesi Muhtarlığı"."""
    if place := registry.neighbourhood(text):
        return place
    separated = text.replace("/", ",").replace(">", ",").replace(" - ", ",").replace(";", ",")
    parts = [found for part in separated.split(",") if (found := registry.neighbourhood(part))]
    if len({place.name for place in parts}) == 1:
        return parts[0]
    said = " ".join(words(text))
    within = {
        place.name: place
        for place in registry.neighbourhoods
        for name in (place.name, *place.aliases)
        if f" {neighbourhood_key(name)} mah" in f" {said} "
    }
    return next(iter(within.values())) if len(within) == 1 else None


def _place_of_headman(facts: Facts, registry: Registry) -> Neighbourhood | None:
    if place := registry.neighbourhood_of(facts.get(Fact.EMAIL, "")):
        return place
    phone, who = read_phone(facts.get(Fact.PHONE, "")), facts.get(Fact.HEADMAN, "")
    by_phone = [p for p in registry.neighbourhoods if phone and phone in map(read_phone, p.headman.phones)]
    by_name = [p for p in registry.neighbourhoods if who and _is_same_person(who, p.headman.name)]
    found = by_phone or by_name
    return found[0] if len(found) == 1 else None


def _is_same_person(one: str, other: str) -> bool:
    """Titles and the order of the names do not matter, nor one slip; a first name alone is too little."""
    said, known = (
        [w for w in words(name) if w not in {"sayin", "sn", "muhtar", "muhtari", "bay", "bayan"}]
        for name in (one, other)
    )
    if set(known) <= set(said) or (len(said) > 1 and set(said) <= set(known)):
        return bool(known)
    return fuzz.token_sort_ratio(" ".join(said), " ".join(known)) >= _SAME_NAME


# --- entering ---------------------------------------------------------------------------------------------


def submission(
    record: Record,
    known: ForeignRecord,
    place: Neighbourhood,
    *,
    files: tuple[str, ...],
    message_id: str,
) -> Submission:
    """An app's answers go where it says, MBS requests' letters to the headman's registered address."""
    registered = {same_address(address) for address in place.headman.emails}
    given = known.answer_to or record.facts.get(Fact.EMAIL, "")
    own = given if known.answer_to or same_address(given) in registered else ""
    return Submission(
        channel=record.channel,
        received_at=known.received_at,
        neighbourhood=place.name,
        headman=place.headman.name,
        headman_email=same_address(own) or next(iter(place.headman.emails), ""),
        attachments=files,
        message_id=message_id if known.answer_to else "",
        external_number=record.number,
    )


def one_route(record: Record, place: Neighbourhood, office: Office) -> Route:
    """One number is one request and gets one answer, so several wishes in it are a person's to sort."""
    subject = record.facts.get(Fact.SUBJECT, "") or one_line(record.text, 80)
    routing = office.router.route(
        subject=record.facts.get(Fact.SUBJECT, ""),
        body=record.text,
        neighbourhood=place.name,
    )
    text = describe(record)
    routing = by_name(
        routing,
        (subject, record.facts.get(Fact.KIND, "")),
        subject=subject,
        text=record.text,
        place=place.name,
        categories=office.router.categories,
    )
    if not routing.routes:
        return Route.to_a_person(subject, text, place.name)
    first = replace(routing.routes[0], subject=subject, text=text, neighbourhood=place.name)
    whose = tuple(dict.fromkeys((route.directorate, route.external_body) for route in routing.routes))
    several = len(whose) > 1
    return replace(first, review=first.review or several, together=whose if several else ())


def with_remarks(entered: Outcome, record: Record, known: ForeignRecord, arrived: datetime) -> Outcome:
    """What the history should say beside "received"; a doubt about the day from which the legal term counts also
    stands in ``Not``."""
    [request] = entered.added
    doubt = _doubt_of_date(record, known, arrived)
    if doubt and record.channel is Channel.MBS:
        noted = replace(request, note=decision.add_note(request.note, doubt, arrived))
        entered = replace(entered, added=(noted,))
    said = ([doubt] if doubt else []) + _remarks(record, known)
    entries = tuple(Entry(arrived, DAEMON, "remark", text, request.number) for text in said)
    return entered + Outcome(entries=entries)


def _doubt_of_date(record: Record, known: ForeignRecord, arrived: datetime) -> str:
    own = record.facts.get(Fact.DATE, "")
    if known.received_at != arrived:
        return ""
    if not own and record.channel is Channel.MBS:
        return "Sistemdeki tarih bulunamadı; süre, alındığı günden sayıldı."
    if own and received(read_moment(own), arrived) is None:
        return f"Sistemdeki tarih (“{one_line(own, 80)}”) geçerli görülmedi; süre, alındığı günden sayıldı."
    return ""


def _remarks(record: Record, known: ForeignRecord) -> list[str]:
    said = []
    if (address := record.facts.get(Fact.ANSWER_TO, "")) and not known.answer_to:
        said.append(
            f"Cevap adresi (“{one_line(address, 100)}”) kullanılmadı: gönderen doğrulanmadı veya alan adı izinli değil."
        )
    if record.facts.get(Fact.POSITION) and not position_link(record):
        said.append(f"Konum okunamadı: “{one_line(record.facts[Fact.POSITION])}”.")
    return said


def ask_about(
    record: Record,
    known: ForeignRecord,
    match: Match,
    *,
    own: str,
    sender: str,
    arrival_id: int,
    now: datetime,
    link: str,
) -> Review:
    """A line for ``İnceleme``: everything that was read and the mail's ``own`` words, and why a person must look."""
    reason = (
        f"{record.channel.value} {record.number} numaralı kayıt: {match.doubt}; "
        "doğru mahalleyi seçip kaydediniz."
    )
    return Review(
        key=review_key(record.channel, record.number),
        opened_at=now,
        reason=reason,
        arrival_id=arrival_id,
        sender=sender,
        neighbourhood=match.place.name if match.place else "",
        subject=record.facts.get(Fact.SUBJECT, "") or one_line(record.text, 80),
        read="\n\n".join(
            filter(None, (describe(record), f"Sistemde yazan: {_register_line(record, known)}", own))
        ),
        link=link,
    )


def _register_line(record: Record, known: ForeignRecord) -> str:
    shown = [record.facts.get(fact, "") for fact in (Fact.NEIGHBOURHOOD, Fact.HEADMAN, Fact.STATUS)]
    return ", ".join([record.number, show_day(day_of(known.received_at)), *filter(None, shown)])


# --- known already ----------------------------------------------------------------------------------------

_TO_THE_LIAISON = frozenset({Fact.TEXT, Fact.REST, Fact.SUBJECT, Fact.POSITION, Fact.LATITUDE, Fact.PHOTO})
"""What the people who do the work must see; the rest is for the history."""


def take_news(
    request: Request,
    record: Record,
    changes: Mapping[Fact, tuple[str, str]],
    files: tuple[str, ...],
    now: datetime,
) -> Outcome:
    """A known number comes again: what is new goes to its history, and to ``Not`` where the work needs it."""
    outcome = NOTHING
    if changes:
        text = f"{record.channel.value} kaydında yeni bilgi: {_changes(changes)}"
        if _TO_THE_LIAISON & changes.keys():
            outcome = decision.note(request, text, now, actor=record.source, kind="foreign-news")
        else:
            outcome = Outcome(entries=(Entry(now, record.source, "foreign-news", text, request.number),))
    fresh = tuple(path for path in files if path not in request.attachments)
    if fresh:
        latest = outcome.changed[-1] if outcome.changed else request
        with_files = replace(latest, attachments=latest.attachments + fresh)
        entry = Entry(now, record.source, "attached", f"{len(fresh)} ek geldi.", request.number)
        outcome = Outcome(changed=(with_files,), entries=(*outcome.entries, entry))
    return outcome


def numbered(request: Request, record: Record, now: datetime) -> Outcome:
    """What a person filed without the system's number gets it now; other words are shown, so that he can object."""
    text = f"{record.channel.value} numarası {record.number} olarak öğrenildi; kayıt bu taleple eşleştirildi."
    if words(record.text) != words(request.description)[: len(words(record.text))]:
        text += f" Sistemdeki metin: “{one_line(record.text, 300)}”"
    named = replace(request, external_number=record.number)
    return decision.note(named, text, now, actor=record.source, kind="foreign-news")


def completed(
    request: Request, before: ForeignRecord, after: ForeignRecord, *, office: Office, now: datetime
) -> Outcome:
    """What only the second way told: the day from which the term counts, the address to which answers go."""
    changed, said = request, []
    if after.answer_to != before.answer_to:
        changed = replace(changed, headman_email=after.answer_to)
        said.append(f"Cevaplar {after.answer_to} adresine gönderilecek.")
    if after.received_at != before.received_at and request.is_open and request.rule != BY_HAND:
        day = day_of(after.received_at)
        due = office.due(request.category, request.channel.value, day)
        changed = replace(changed, received_at=after.received_at, due=due.due, rule=due.rule)
        said.append(f"Süre, sistemdeki tarihten ({show_day(day)}) sayıldı; son tarih {show_day(due.due)}.")
    if not said:
        return NOTHING
    return Outcome(
        changed=(changed,), entries=(Entry(now, DAEMON, "foreign-news", " ".join(said), request.number),)
    )


def take_words(request: Request, record: Record, subject: str, own: str, now: datetime) -> Outcome:
    """A mail that says nothing of the record itself, such as that its time runs out, is a remark on its request."""
    text = f"{record.channel.value} bildirimi: {one_line(subject)}. {one_line(without_footer(own), 300)}"
    if one_line(text, 500) in request.note:
        return NOTHING
    return decision.note(request, text, now, actor=record.source, kind="foreign-news")


def _changes(changes: Mapping[Fact, tuple[str, str]]) -> str:
    return "; ".join(
        f"{SHOWN[fact]}: {f'“{one_line(old)}” yerine ' if old else ''}“{one_line(new, 400)}”"
        for fact, (old, new) in changes.items()
    )


def is_reopened(record: Record, before: Standing) -> bool:
    """Whether the other system says in so many words that a request was opened again, or no longer concludes it."""
    said = words(record.facts.get(Fact.STATUS, ""))[:2]
    again = len(said) > 1 and said[0] in {"yeniden", "tekrar"} and said[1].startswith("ac")
    return again or (before is Standing.CLOSED and record.standing is Standing.OPEN)


def reopened_elsewhere(request: Request, record: Record, now: datetime) -> Review:
    """Somebody opened it again in the other system while it is closed here."""
    status = one_line(record.facts.get(Fact.STATUS, ""), 80) or "açık"
    closed = f"{day_of(request.closed_at):%Y%m%d}" if request.closed_at else ""
    reason = (
        f"{record.channel.value} {record.number} numaralı kayıt sistemde “{status}” görünüyor, burada ise kapalı. "
        "Yeniden ele alınacaksa müdürlük tablosunda Durum’u İşlemde yapınız."
    )
    return decision.ask(request, f"{REOPENED_ELSEWHERE}-{closed}", reason, now)


def closed_elsewhere(request: Request, record: Record, now: datetime) -> Review:
    """Somebody concluded it in the other system while it is still open here."""
    status = record.facts.get(Fact.STATUS, "") or "sonuçlanmış"
    reason = (
        f"{record.channel.value} {record.number} numaralı kayıt sistemde “{status}” görünüyor, burada ise açık. "
        "Sonuçlandıysa müdürlük tablosunda Durum ve Sonuç yazınız."
    )
    return decision.ask(request, CLOSED_ELSEWHERE, reason, now)
