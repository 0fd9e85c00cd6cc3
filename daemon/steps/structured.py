"""Mails and lists of other systems (Muhtar Bilgi Sistemi, Muhtar Mobil) on the desk.

===================================  ===============================================================
a number never seen                  a request, or ``İnceleme`` when the headman is not as registered
a number never seen, concluded       remembered; no request
a known number                       what is new goes to the request's history
concluded or open there              ticks in ``MBS Cevapları`` are confirmed or taken away
no number, or no words               ``İnceleme``, and the office is told: the layout may have changed
===================================  ===============================================================
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from daemon.domain import entering
from daemon.domain.alarm import alarm_about
from daemon.domain.clock import day_of
from daemon.domain.decision import DAEMON, NOTHING, Outcome
from daemon.domain.mail import Arrival
from daemon.domain.notice import Notice, Occasion
from daemon.domain.office import Office
from daemon.domain.registry import same_address
from daemon.domain.request import Entry, Request
from daemon.domain.review import Review
from daemon.domain.structured import deciding as foreign
from daemon.domain.structured.reading import Told, new_words, news
from daemon.domain.structured.sources import EMBEDDED, Fact, Record, SourceRule, Standing
from daemon.domain.structured.values import number_key
from daemon.domain.text import one_line
from daemon.ports.incoming import ReadMaterial
from daemon.steps.asking import alarming
from daemon.steps.case import Case, Letterbox
from daemon.steps.recognising import Structured, recognise
from daemon.steps.standing import STILL_OPEN, compare, filed_without_number, remember_spelling, spelt_here
from daemon.steps.structured_telling import Taken, told_office, unread, why_unread

_LISTS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv", ".tsv")
_DATA = (".json", ".geojson", ".xml", *_LISTS)
"""Files that carry the record itself: read already, no attachment of the request."""


@dataclass(slots=True)
class _Tally:
    """What one mail or list brought, for the office's notice."""

    rule: SourceRule
    records: Sequence[Record]
    outcome: Outcome = NOTHING
    new: int = 0
    known: int = 0
    asked: int = 0
    concluded: int = 0
    still_open: list[str] = field(default_factory=list)

    def summary(self, broken: int) -> str:
        parts = (
            (self.new, "yeni talep"),
            (self.known, "bilinen kayıt"),
            (self.asked, "kayıt İnceleme’de"),
            (self.concluded, "sonuçlanmış kayıt (talep açılmadı)"),
            (broken, "okunamayan kayıt"),
        )
        return f"{self.rule.name}: " + (", ".join(f"{n} {what}" for n, what in parts if n) or "kayıt yok")


class StructuredDesk:
    """Decides on structured mails; ``read`` opens their attachments, ``receipt`` says when they count as received."""

    def __init__(self, read: ReadMaterial, receipt: Callable[[Arrival, datetime], datetime]) -> None:
        self._read = read
        self._receipt = receipt

    def take(self, case: Case) -> Taken | None:
        """``None`` for a mail that is of no structured source."""
        found = self._recognised(case.box, case.office)
        return self._take(case, found) if found is not None and not _is_answer_only(case, found) else None

    def told_by(self, box: Letterbox, office: Office) -> Record | None:
        """The one record of a mail that waited for a person, read anew: meanwhile the mappings may say more."""
        found = self._recognised(box, office)
        told = found.told if found else None
        records = [*told.records, *(record for record, _ in told.broken)] if told else []
        if told is None or len(records) != 1:
            return None
        number = "" if told.contradicts else records[0].number
        return replace(records[0], facts={**records[0].facts, Fact.NUMBER: number})

    def _recognised(self, box: Letterbox, office: Office) -> Structured | None:
        mail = box.mail
        colleague = office.registry.is_staff(mail.sender.email)
        if mail.forwarded is not None and not colleague:
            return None
        return recognise(mail, box.writer.email, office, self._read, from_office=colleague)

    def _take(self, case: Case, found: Structured) -> Taken:
        rule, told = found.rule, found.told
        if case.box.verdict.is_contradicted:
            why = "gönderenin kimliği doğrulanamadı (DMARC)"
            return unread(case, rule, told, why, tell=False)
        if told is None:
            return unread(case, rule, told, found.fault)
        told = _known_already(case, told)
        if not told.is_list and not told.records:
            return unread(case, rule, told, why_unread(told, found.fault))
        return self._take_records(case, told, found.fault)

    def _take_records(self, case: Case, told: Told, fault: str) -> Taken:
        tally = _Tally(told.rule, told.records)
        alone = not told.is_list and len(told.records) + len(told.broken) == 1
        own = case.reading.text if alone else ""
        for record in _each_once(told.records):
            self._take_record(case, _with_way_back(case, record, told), tally, is_list=told.is_list, own=own)
        summary = tally.summary(len(told.broken))
        outcome = replace(tally.outcome, notices=_confirmed_together(tally.outcome.notices))
        outcome += told_office(case, told, still_open=tally.still_open, fault=fault, summary=summary)
        if told.is_list or tally.concluded:
            what = "Liste" if told.is_list else "İleti"
            entry = Entry(case.now, DAEMON, "list-read", f"{what} okundu. {summary}.")
            outcome += Outcome(entries=(entry,))
        return Taken(outcome, summary)

    # --- one record -----------------------------------------------------------------------------------

    def _take_record(self, case: Case, record: Record, tally: _Tally, *, is_list: bool, own: str) -> None:
        """``own``: the words of the mail, where all of them are about this record."""
        tx, arrived = case.tx, self._receipt(case.stored.arrival, case.now)
        record = _as_known_here(case, record)
        files = () if is_list else _attachments(case.box.files, record)
        known = tx.foreign_record(record.channel, record.number)
        trusted = case.box.verdict.may_change_requests
        fresh = foreign.remembered(record, tally.rule, arrived, trusted=trusted)
        latest = foreign.updated(known, fresh) if known else fresh
        if known is None:
            remember_spelling(tx, record.channel, record.number)
        if latest != known:
            tx.keep_foreign(latest)
        request = tx.request_of_foreign(record.channel, record.number)
        if request is None and (
            filed := filed_without_number(tx, record, latest, case.office, beside=tally.records)
        ):
            named = foreign.numbered(filed, record, case.now)
            tally.outcome += named
            request = named.changed[-1]
        if request is None:
            tally.outcome += self._enter(case, record, latest, files, tally, arrived=arrived, own=own)
            return
        tally.known += 1
        if known is not None:
            told = foreign.completed(request, known, latest, office=case.office, now=case.now)
            request = told.changed[-1] if told.changed else request
            changes = news(known.facts, record.facts)
            tally.outcome += told + foreign.take_news(request, record, changes, files, case.now)
            tally.outcome += _danger(case, request, new_words(changes))
        if own and not record.text and not record.standing:
            told = foreign.take_words(request, record, case.reading.subject, own, case.now)
            tally.outcome += told + _danger(case, request, own if told.changed else "")
            request = told.changed[-1] if told.changed else request
        before = known.standing if known else Standing.UNKNOWN
        compared = compare(tx, request, record, before, arrived=arrived, now=case.now, office=case.office)
        tally.still_open += [entry.number for entry in compared.entries if entry.kind == STILL_OPEN]
        tally.outcome += compared

    def _enter(
        self,
        case: Case,
        record: Record,
        known: foreign.ForeignRecord,
        files: tuple[str, ...],
        tally: _Tally,
        *,
        arrived: datetime,
        own: str,
    ) -> Outcome:
        """A number without a request: it becomes one, unless it is concluded, in doubt, or was decided on."""
        key = foreign.review_key(record.channel, record.number)
        asked = case.tx.review(key)
        if asked is not None and asked.decided_at is not None:
            tally.known += 1
            return NOTHING
        if record.standing is Standing.CLOSED:
            tally.concluded += 1
            return NOTHING
        match = foreign.find_place(record.facts, case.office.registry)
        if match.place is None or match.doubt:
            tally.asked += 1
            return alarming(case.office, _doubt(case, record, known, match, own))
        mail = case.box.mail
        submitted = foreign.submission(
            record,
            known,
            match.place,
            files=files,
            message_id="" if mail.forwarded else mail.message_id,
        )
        number = case.tx.next_number(day_of(case.now).year)
        route = foreign.one_route(record, match.place, case.office)
        entered = entering.receive(submitted, (route,), (number,), office=case.office, now=case.now)
        if asked is not None:
            case.tx.decide_review(key, "Kendiliğinden kapandı", case.now)
        tally.new += 1
        return foreign.with_remarks(entered, record, known, arrived)


def _danger(case: Case, request: Request, words: str) -> Outcome:
    """Danger in what a known number brings is told at once, for nobody reads the history that soon."""
    alarms = alarm_about(case.office, request, case.event, words) if words else ()
    return Outcome(notices=alarms)


def _as_known_here(case: Case, record: Record) -> Record:
    """The one number enters once, however its separators are written."""
    spelt = spelt_here(case.tx, record.channel, record.number)
    return record if spelt == record.number else replace(record, facts={**record.facts, Fact.NUMBER: spelt})


def _known_already(case: Case, told: Told) -> Told:
    """A later mail may say no more than a known number and how it stands, or that its time runs out: it needs no words
    to be read."""

    def is_known(record: Record) -> bool:
        if not record.number:
            return False
        if record.standing:
            return case.tx.foreign_record(record.channel, record.number) is not None
        asked = case.tx.request_of_foreign(record.channel, record.number)
        return asked is not None and Fact.STATUS not in record.facts

    if told.contradicts:
        return told
    spelt = [(_as_known_here(case, record), why) for record, why in told.broken]
    records = tuple(record for record, _ in spelt if is_known(record))
    broken = tuple(
        (record, _why_unknown(case, record) or why) for record, why in spelt if not is_known(record)
    )
    return replace(told, records=told.records + records, broken=broken)


def _why_unknown(case: Case, record: Record) -> str:
    """A known number with nothing but a status that the mappings do not list: that is what a clerk must mend."""
    status = record.facts.get(Fact.STATUS, "")
    if record.standing or not record.number:
        return ""
    request = case.tx.request_of_foreign(record.channel, record.number)
    if request is None:
        if record.text or case.tx.foreign_record(record.channel, record.number) is not None:
            return ""
        return f"talebin metni bulunamadı ve {record.number} numaralı başvuru burada kayıtlı değil"
    return (
        f"{record.number} numaralı kaydın ({request.number}) “{one_line(status, 80)}” durumu tanınmıyor; "
        "mappings.yaml dosyasında sources bölümünün open veya closed satırına eklenmelidir"
    )


def _is_answer_only(case: Case, found: Structured) -> bool:
    """A system's automatic thanks for our letter is no record that could not be read."""
    mail = case.box.mail
    answered = case.tx.requests_of_message((*mail.in_reply_to, *mail.references))
    return bool(answered) and not (found.told and (found.told.records or found.told.is_list))


def _each_once(records: Sequence[Record]) -> list[Record]:
    """A list may show a number twice: what the first row leaves open, the second may say."""
    found: dict[str, Record] = {}
    for record in records:
        key = number_key(record.number, record.channel.value)
        before = found.get(key)
        facts = {**record.facts, **before.facts} if before else record.facts
        found[key] = replace(before or record, facts=facts)
    return list(found.values())


def _with_way_back(case: Case, record: Record, told: Told) -> Record:
    """An app may say where its answer goes in the mail's own Reply-To."""
    wanted = {same_address(each.email) for each in case.box.mail.reply_to} - {same_address(case.sender.email)}
    wants = Fact.ANSWER_TO in told.rule.labels and Fact.ANSWER_TO not in record.facts and not told.is_list
    if not wants or len(wanted) != 1 or case.box.mail.forwarded is not None:
        return record
    return replace(record, facts={**record.facts, Fact.ANSWER_TO: wanted.pop()})


def is_list(name: str) -> bool:
    return name.lower().endswith(_LISTS)


def is_data(name: str) -> bool:
    return name.lower().endswith(_DATA)


def _attachments(files: tuple[str, ...], record: Record) -> tuple[str, ...]:
    """Of what stood inside the data, only the record's own."""
    own = record.facts.get(Fact.PHOTO, "").split(" ")
    kept = [path for path in files if not is_data(path)]
    return tuple(
        path for path in kept if EMBEDDED not in path or any(path.endswith(name) for name in own if name)
    )


def _doubt(
    case: Case, record: Record, known: foreign.ForeignRecord, match: foreign.Match, own: str
) -> Review:
    return foreign.ask_about(
        record,
        known,
        match,
        own=own,
        sender=case.sender_shown,
        arrival_id=case.stored.id,
        now=case.now,
        link=case.box.files[0] if case.box.files else "",
    )


def _confirmed_together(notices: Sequence[Notice]) -> tuple[Notice, ...]:
    """One confirmation per headman for one list, however many of its rows are his."""
    kept: dict[tuple[str, ...], Notice] = {}
    for notice in notices:
        if notice.occasion != Occasion.HEADMAN_CONFIRMATION:
            kept[notice.key,] = notice
            continue
        place = (Occasion.HEADMAN_CONFIRMATION, same_address(notice.recipient))
        first = kept.get(place)
        kept[place] = replace(first, about=first.about + notice.about) if first else notice
    return tuple(kept.values())
