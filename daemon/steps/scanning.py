"""Scanning: scans that wait are read, and their petitions become requests or questions in ``İnceleme``.

Reading a page takes half a second, a pile minutes: this step has a process of its own, so that no mail waits for it.
The attempt is counted before the work; OCR runs outside any transaction; what comes of one arrival is saved in one.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import PurePath

import structlog

from daemon.domain.clock import day_of
from daemon.domain.decision import NOTHING, Outcome
from daemon.domain.errors import ConfigurationError, Unprocessable
from daemon.domain.mail import BY_WAY, HANDED_IN, MAIL_SCANS, OVERSIZE, Arrival, Attachment, Mail
from daemon.domain.office import Office
from daemon.domain.petitions.filing import (
    UNREADABLE,
    HandedIn,
    Kept,
    attached,
    doubtful_spot,
    file_petition,
    unread_request,
)
from daemon.domain.petitions.petition import Condition
from daemon.domain.petitions.photographed import is_surely_one
from daemon.domain.petitions.reading import bears_signs, read_petitions
from daemon.domain.petitions.typed import MOST_PAGES, is_too_long, may_be_petition, typed_pages
from daemon.domain.request import Channel
from daemon.domain.review import SCAN_REVIEW, Review, review_files
from daemon.domain.structured.mail_form import only_place_in, place_told
from daemon.domain.text import tidy
from daemon.ports.files import Files
from daemon.ports.incoming import OpenPortfolio, ParseMail, ReadPhoto, ReadScan
from daemon.ports.ledger import Ledger, Transaction, View
from daemon.ports.records import StoredArrival
from daemon.steps import filed_scans
from daemon.steps.asking import alarming
from daemon.steps.attempts import Attempts
from daemon.steps.chat_papers import ChatPaper, forget, paper_of
from daemon.steps.file_faults import FILES, listed, question, tell_administrator, with_unread
from daemon.steps.forms import photo_line
from daemon.steps.other_address import with_living_address
from daemon.steps.outcome import carry_out
from daemon.steps.scan_readings import (
    ScanFile,
    ScansRead,
    as_of,
    files_of,
    singly,
    with_members,
    worth_filing,
)
from daemon.steps.scanned_mail import mail_in, others_in, said_beside, way_of

log = structlog.get_logger()

_GIVEN_UP = "Tarama üç kez okunamadı; aslı saklandı, lütfen inceleyiniz."
_TOO_LARGE = "Dosya okunamayacak kadar büyük; aslı tarama klasöründeki “Bekleyenler” klasöründedir."
_AT_ONCE = 5
_LONGEST_WORDS = 500


class Scanning:
    """Reads waiting scans and carries out what follows."""

    name = "scans"

    def __init__(
        self,
        ledger: Ledger,
        files: Files,
        *,
        read: ReadScan,
        parse: ParseMail,
        read_photo: ReadPhoto,
        open_portfolio: OpenPortfolio,
        receipt: Callable[[Arrival, datetime], datetime],
    ) -> None:
        """``receipt`` says when a scan counts as received."""
        self._ledger = ledger
        self._attempts = Attempts(ledger, "scan", _GIVEN_UP)
        self._files = files
        self._read_scan = read
        self._parse = parse
        self._read_photo = read_photo
        self._open_portfolio = open_portfolio
        self._receipt = receipt

    def run(self, now: datetime, *, office: Office) -> int:
        """Read all that waits; return how many arrivals were settled."""
        done = 0
        while waiting := self._next(now):
            for stored in waiting:
                with self._ledger.transaction() as tx:
                    tx.count_attempts([stored.id], now)
                done += self._take(stored, now, office)
        return done

    def _next(self, now: datetime) -> list[StoredArrival]:
        with self._ledger.view() as view:
            return view.scans_waiting(now, _AT_ONCE)

    def _take(self, stored: StoredArrival, now: datetime, office: Office) -> int:
        return self._attempts.settle(stored, lambda: self._settle(stored, now, office), now)

    def _settle(self, stored: StoredArrival, now: datetime, office: Office) -> None:
        if stored.arrival.name == OVERSIZE:
            raise Unprocessable("scan too large to read", reason=_TOO_LARGE)
        mail = self._parse(mail_in(stored.arrival)) if stored.arrival.source == MAIL_SCANS else None
        files, left = with_members(list(files_of(stored.arrival, mail)), self._open_portfolio)
        with self._ledger.view() as view:
            before = filed_scans.taken_before(view, mail, [file.data for file in files])
            beside = [*_beside(view, stored.arrival, mail), *left]
            paper = paper_of(view, stored.arrival)
        fresh = [file for file in files if not before.holds(file.data)]
        came = day_of(self._receipt(stored.arrival, now))
        way = f"{paper.channel} sohbetiyle" if paper else BY_WAY.get(way_of(stored.arrival), "")
        read = ScansRead(mailed=mail is not None or paper is not None)
        self._read_all(read, fresh, beside if fresh else [], office, came)
        with self._ledger.transaction() as tx:
            handed = self._handed(tx, stored, mail, read, office, now)
            handed = _from_chat(handed, paper, office) if paper else handed
            outcome, reason = NOTHING, before.why
            if fresh or not files:
                outcome, reason = self._decide(tx, handed, read, office=office, now=now)
            sent = mail if paper is None else None
            brought = self._as_brought(outcome.reviews, stored.arrival, sent, fresh, office)
            outcome = replace(outcome, reviews=()) + alarming(office, *brought)
            outcome = with_living_address(outcome, tx, office.registry)
            numbers = [request.number for request in outcome.added or handed.said]
            carry_out(tx, outcome + filed_scans.told_again(tx, before, mail, now, way=way), now=now)
            for review in outcome.reviews:
                papers = read.papers.get(review.key, handed.files)
                tx.set_note(review_files(review.key), "\n".join(papers))
            tx.close_arrival(stored.id, "read", reason, numbers or before.numbers)
            if paper:
                forget(tx, stored.arrival)
            if not before.by_mail:
                filed_scans.remember(tx, mail, [file.data for file in files], numbers or before.numbers)

    # --- reading --------------------------------------------------------------------------------------

    def _read_all(
        self,
        read: ScansRead,
        files: Sequence[ScanFile],
        beside: Sequence[Attachment],
        office: Office,
        came: date,
    ) -> None:
        """Every file; what lies ``beside`` the scans goes along. One that cannot be read keeps the others from
        nothing; the only one of the scanner's is held."""
        for place, file in enumerate(files):
            try:
                self._read_file(place, file, read, office, came)
            except Unprocessable as fault:
                if not read.mailed and len(files) == 1:
                    raise
                if not read.sees_fault(file):
                    read.faults.append((file.name, fault.reason.rstrip(".")))
                    read.whys.append(str(fault))
            except ConfigurationError as fault:
                log.error("scans are not read", why=str(fault))
                read.faults.append((file.name, fault.reason.rstrip(".")))
            if file.left:
                read.faults.append((file.name, file.left))
                read.whys.append("files in a PDF that were left")
            if read.mailed or sum(number == place for number, _, _ in read.petitions) < 2:
                read.originals[place] = self._files.keep(file.name, file.data)
        read.petitions = singly(read)
        for n, other in enumerate(beside, start=len(files)):
            read.originals[n] = self._files.keep(other.name, other.data)
            read.bearing[n] = {at for at, file in enumerate(files) if other.content_hash in file.within}
            read.sees_fault(other)

    def _read_file(self, place: int, file: ScanFile, read: ScansRead, office: Office, came: date) -> None:
        if file.fault:
            raise Unprocessable("a file of which nothing can be taken out", reason=f"{file.fault}.")
        if file.words:
            self._read_letter(place, file, read, office, came)
            return
        with self._read_scan(file.data) as scan:
            read.pages += len(scan.pages)
            for page in scan.pages:
                if page.condition is Condition.FAILED:
                    read.whys.append("a page that cannot be read")
                    read.failed[place] = (file.name, f"{page.number}. sayfa: {page.reason.rstrip('.')}")
            for petition in read_petitions(scan.pages, office.registry, came):
                stem = PurePath(file.name).stem
                document = self._files.keep(f"{stem}-aranabilir.pdf", scan.document(petition.numbers))
                found = doubtful_spot(petition)
                picture = ""
                if found is not None and found.spot is not None:
                    picture = self._files.keep(f"{stem}-okunan-yer.png", scan.picture(found.spot))
                read.petitions.append((place, petition, Kept(document, picture)))

    def _read_letter(self, place: int, file: ScanFile, read: ScansRead, office: Office, came: date) -> None:
        """What is no petition goes along. Of several in one letter each is kept by itself, as of a scanned pile."""
        read.typed.add(place)
        if is_too_long(file.words):
            read.faults.append((file.name, f"yalnızca ilk {MOST_PAGES} sayfası okundu; kalanına bakınız"))
            read.whys.append("a letter of which only the beginning is read")
        letters = read_petitions(typed_pages(file.words), office.registry, came)
        for n, petition in enumerate(letters, 1):
            if may_be_petition(petition, office):
                name, data = file.name, file.data
                if len(letters) > 1:
                    name, data = f"{PurePath(name).stem}-{n}.txt", petition.text.encode()
                read.petitions.append((place, petition, Kept(self._files.keep(name, data))))

    # --- deciding -------------------------------------------------------------------------------------

    def _handed(
        self,
        view: View,
        stored: StoredArrival,
        mail: Mail | None,
        read: ScansRead,
        office: Office,
        now: datetime,
    ) -> HandedIn:
        arrival = stored.arrival
        written = (mail.forwarded or mail) if mail else None
        writer = office.registry.neighbourhood_of(written.sender.email) if written else None
        return HandedIn(
            arrival_id=stored.id,
            event=arrival.content_hash[:12],
            received_at=self._receipt(arrival, now),
            files=tuple(read.originals.values()),
            writer=writer,
            sender=written.sender.email if written and writer else "",
            message_id=mail.message_id if mail and not mail.forwarded else "",
            words=tidy(written.own_text)[:_LONGEST_WORDS] if written and writer else "",
            said=tuple(view.requests_numbered(view.note(said_beside(arrival)).split())) if mail else (),
        )

    def _as_brought(
        self,
        reviews: Sequence[Review],
        arrival: Arrival,
        mail: Mail | None,
        files: Sequence[ScanFile],
        office: Office,
    ) -> tuple[Review, ...]:
        """Who mailed what nobody could read, what he wrote and where his photos were taken: often it is no paper at
        all, and his words say whose matter it is."""
        if mail is None:
            return tuple(reviews)
        lines = [photo_line(file.name, facts) for file in files if (facts := self._read_photo(file.data))]
        written = mail.forwarded or mail
        words = tidy(f"{written.subject}\n{written.own_text}")[:_LONGEST_WORDS]
        told = place_told(words, office.registry)
        named = told.name if told else only_place_in(words, office.registry)
        by_hand = HANDED_IN.get(way_of(arrival), "")
        if words:
            lines.append(f"{by_hand}: {arrival.name}" if by_hand else f"İletide yazılan: {words}")
        return tuple(
            replace(
                review,
                sender=review.sender or by_hand or str(written.sender),
                neighbourhood=review.neighbourhood or named,
                read="\n".join((review.read, *lines)),
            )
            if not review.number
            else review
            for review in reviews
        )

    def _decide(
        self, tx: Transaction, handed: HandedIn, read: ScansRead, *, office: Office, now: datetime
    ) -> tuple[Outcome, str]:
        """What follows, and a Turkish word on it where no request came of it."""
        year = day_of(now).year
        if handed.said:
            petitions = [each for each in read.petitions if bears_signs(each[1])]
        elif handed.asked:
            petitions = [each for each in read.petitions if is_surely_one(each[1], handed.writer, office)]
        else:
            petitions = worth_filing(read.petitions, alone=handed.writer is None)
        outcome = NOTHING
        for place, petition, kept in petitions:
            own = as_of(handed, place, read)
            filed = file_petition(
                petition, kept, own, office=office, next_number=lambda: tx.next_number(year), now=now
            )
            papers = attached(petition, kept, own)
            read.papers |= {review.key: papers for review in filed.reviews}
            outcome += filed
        if handed.said:
            return outcome + _asked_beside(handed, read, now), ""
        if read.whys:
            tell_administrator(handed.arrival_id, read.whys)
        if handed.asked and not petitions:
            return Outcome(reviews=(handed.asked,)), handed.asked.reason
        if petitions:
            taken = {place for place, _, _ in petitions}
            faults = read.faults + [told for place, told in read.failed.items() if place not in taken]
            return with_unread(outcome, faults, now), f"Okunamadı: {listed(faults)}." if faults else ""
        told = [f"{name}: {why}." for name, why in read.faults]
        if read.pages or not told:
            told.insert(0, "Bütün sayfalar boş; kâğıdın ters konulup konulmadığına bakınız.")
        reason = " ".join(told)
        if handed.writer is not None:
            return unread_request(reason, handed, office=office, number=tx.next_number(year), now=now), reason
        return Outcome(reviews=(_unreadable(handed, reason, now),)), reason


def _from_chat(handed: HandedIn, paper: ChatPaper, office: Office) -> HandedIn:
    """A headman's own, sent by a messenger."""
    return replace(
        handed,
        received_at=min(paper.sent_at, handed.received_at),
        writer=office.registry.neighbourhood(paper.neighbourhood),
        words=paper.words[:_LONGEST_WORDS],
        channel=Channel(paper.channel),
        asked=paper.asked,
    )


def _asked_beside(handed: HandedIn, read: ScansRead, now: datetime) -> Outcome:
    """The question about what could not be read beside requests in words, but for what has been asked there."""
    faults = [told for told in (*read.faults, *read.failed.values()) if told not in read.seen]
    if not faults:
        return NOTHING
    tell_administrator(handed.arrival_id, read.whys)
    return Outcome(reviews=(question(handed.said[0], faults, now, event=f"{FILES}-{handed.event}"),))


def _beside(view: View, arrival: Arrival, mail: Mail | None) -> list[Attachment]:
    """What else came by the mail, but for what a person has been asked about already."""
    asked = f"mail/{arrival.key[:12]}/"
    others = others_in(mail) if mail else []
    return [file for file in others if view.review(asked + file.content_hash[:12]) is None]


def _unreadable(handed: HandedIn, reason: str, now: datetime) -> Review:
    return Review(
        key=f"{SCAN_REVIEW}{handed.event}/unread",
        opened_at=now,
        reason=reason,
        arrival_id=handed.arrival_id,
        subject="Taranmış belge",
        read=UNREADABLE,
        link=handed.files[0] if handed.files else "",
    )
