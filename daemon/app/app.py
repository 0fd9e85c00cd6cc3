"""The office at work in one process: opens what a step or a command needs, when it needs it."""

import fcntl
import os
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING, Self

import structlog

from daemon import metrics, points, safekeeping
from daemon.app.accounts import imap_account, smtp_account
from daemon.by_hand import (
    FILE_SUFFIXES,
    MAIL_SUFFIXES,
    as_mail,
    read_file,
)
from daemon.domain import token
from daemon.domain.allowance import Limits
from daemon.domain.clock import ISTANBUL
from daemon.domain.errors import ConfigurationError, MuhtarlikError, Temporary
from daemon.domain.mail import FILE_SCANS, FOLDER_SCANS, SCANS, Arrival, Mail, Verdict
from daemon.domain.notice import Letter, Owed
from daemon.domain.office import Office
from daemon.domain.registry import same_address
from daemon.domain.request import Channel, Request
from daemon.domain.review import Origin
from daemon.domain.routing import Router
from daemon.learning import LearnedFile
from daemon.ledger.backup import Restored, back_up, restore
from daemon.ledger.faults import CORRUPT
from daemon.ledger.files import FileStore
from daemon.ledger.ledger import SqlLedger, open_ledger
from daemon.ledger.nightly import folder_of
from daemon.mail.archives import open_export
from daemon.mail.bounce import bounced_recipients
from daemon.mail.imap import ImapSource, log_progress
from daemon.mail.mime import parse_mail
from daemon.mail.photos import read_photo
from daemon.mail.signed import LookUpText, TextRecords, check_signatures
from daemon.mail.smtp import SmtpMailer
from daemon.mail.structured import read_material
from daemon.mail.trust import judge_sender
from daemon.mappings import Mappings, MappingsFile, OfficeFacts
from daemon.notes import LedgerNotes, NamedFiles
from daemon.ports import Files, Lesson, SheetInNeed, StepState, StoredArrival, View, Workbook, Workbooks
from daemon.resources import shipped
from daemon.safekeeping import Recovery
from daemon.scans import open_scan
from daemon.scans.folder import ScanFolder
from daemon.settings import Settings
from daemon.sheets import OFFICE_CODE, WorkbookFolder, name_of
from daemon.steps.absent import note_absent
from daemon.steps.bounces import Bounce
from daemon.steps.chats import Chats
from daemon.steps.desk import Desk
from daemon.steps.directorate_sheet import DirectorateCycle
from daemon.steps.intake import Intake
from daemon.steps.learning import Learning
from daemon.steps.office_sheet import OfficeCycle
from daemon.steps.opening import Opening
from daemon.steps.outcome import owe
from daemon.steps.reading import Reading
from daemon.steps.reminding import Reminding
from daemon.steps.scanned_mail import SCAN_SUFFIXES
from daemon.steps.scanning import Scanning
from daemon.steps.sending import Sending
from daemon.steps.sheet_sync import Cycle, SheetSync, Tools, office_notices
from daemon.steps.watching import Watching
from daemon.wording import Templates, Wording

if TYPE_CHECKING:
    from daemon.learning.training import Learned

log = structlog.get_logger()

Clock = Callable[[], datetime]


def wall_clock() -> datetime:
    """The moment, aware UTC."""
    return datetime.now(UTC)


STEPS = ("intake", "reading", "scans", "sheets", "reminding", "sending", "learning")
BACKUP = "backup"
"""The nightly backup, as ``status`` names it beside the steps."""
_AGAIN = "intake.again"
"""Note in the ledger: mails put away since that day are to be read again."""
MOST_ROUNDS = 60
"""``once`` goes round at most so often: a loop that never comes to rest is a fault, not a reason to hang."""


@dataclass(slots=True)
class Tally:
    """What ``once`` did: how much per step, and which steps failed why, which spreadsheets wait."""

    done: dict[str, int] = field(default_factory=lambda: dict.fromkeys(STEPS, 0))
    faults: dict[str, MuhtarlikError] = field(default_factory=dict)
    waiting: Mapping[str, MuhtarlikError] = field(default_factory=dict)
    """Spreadsheets left for later or left alone, by the names that people know."""


class App:
    """One process's open parts; everything is opened on first use. Use as a context manager.

    Without a ``clock`` it is the wall's; a given one rules every decision, the day of receipt too.
    """

    def __init__(self, settings: Settings, clock: Clock | None = None) -> None:
        self.settings = settings
        self.clock = clock or wall_clock
        self.pulse: Callable[[], object] = lambda: None
        """Called now and then within long work: the watchdog hears that it goes on."""
        self._key = b""
        """Signs the references in our letters; kept in the ledger."""

    @classmethod
    def open(cls, settings: Settings, clock: Clock | None = None) -> Self:
        return cls(settings, clock)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        if "source" in self.__dict__:
            with suppress(MuhtarlikError):
                self.source.close()
        if "ledger" in self.__dict__:
            self.ledger.close()

    @staticmethod
    @contextmanager
    def locked(settings: Settings) -> Iterator[None]:
        """Only one daemon (or ``once``) works on a ledger at a time; the second is told and goes."""
        path = Path(f"{settings.ledger.path}.lock")
        try:
            handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as fault:
            raise ConfigurationError(
                f"cannot open {path}: {fault.strerror}", faults=(f"{path}: açılamıyor ({fault.strerror})",)
            ) from fault
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as fault:
            raise Temporary(
                "another muhtarlik works on this ledger",
                reason="Bu defterle başka bir muhtarlik çalışıyor; önce onu durdurunuz.",
            ) from fault
        else:
            yield
        finally:
            os.close(handle)

    # --- parts ----------------------------------------------------------------------------------------

    @cached_property
    def ledger(self) -> SqlLedger:
        """Open, and with a signing key: letters are worded inside a transaction, too late to make one."""
        ledger = self._open_ledger()
        with ledger.view() as view:
            key = view.note("signing-key")
        if not key:
            with ledger.transaction() as tx:
                key = tx.note("signing-key") or secrets.token_hex(32)
                tx.set_note("signing-key", key)
        self._key = bytes.fromhex(key)
        return ledger

    def _open_ledger(self) -> SqlLedger:
        kept = self.settings.ledger
        try:
            return open_ledger(str(kept.path), record=folder_of(kept.path) if kept.backups else None)
        except ConfigurationError as fault:
            if fault.reason != CORRUPT:
                raise
            advice = safekeeping.how_to_restore(kept.path)
            raise ConfigurationError(
                str(fault), reason=f"{kept.path}: {CORRUPT} {advice}".rstrip()
            ) from fault

    @cached_property
    def files(self) -> FileStore:
        return FileStore(self.settings.files.folder, self.settings.files.link)

    @cached_property
    def _mappings_file(self) -> MappingsFile:
        office = self.settings.office
        return MappingsFile(office.mappings, OfficeFacts(office.name, office.address, office.manager))

    @property
    def mappings(self) -> Mappings:
        return self._mappings_file.current

    @cached_property
    def _learned(self) -> LearnedFile:
        ledger = self.settings.ledger.path
        return LearnedFile(ledger.with_name(f"{ledger.name}-learned.json"))

    @property
    def office(self) -> Office:
        """As the mappings say, with what routing has learned from corrections."""
        return self._learned.applied_to(self.mappings.office)

    @cached_property
    def source(self) -> ImapSource:
        return ImapSource(imap_account(self.settings.imap), progress=self._fetched)

    def connect_smtp(self) -> SmtpMailer:
        return SmtpMailer(smtp_account(self.settings))

    @cached_property
    def _templates(self) -> Templates:
        own = self.settings.office.templates
        return Templates([*([own] if own else []), shipped("templates")])

    @cached_property
    def _wording(self) -> Wording:
        _ = self.ledger
        return Wording(self.office.registry, templates=self._templates, key=self._key, link=self.files.link)

    def word(self, owed: Owed, now: datetime) -> Letter:
        """Word what is owed with the office's templates and the register as it is now."""
        requests: dict[str, Request] = {request.number: request for request in owed.requests}
        return self._wording.with_registry(self.office.registry).word(owed.notice, requests, now)

    def tell(self, occasion: str, request: Request, now: datetime) -> str:
        """What to say to a headman who gets no letters."""
        return self._wording.with_registry(self.office.registry).tell(occasion, request, now)

    @cached_property
    def workbooks(self) -> Workbooks:
        sheets = self.settings.sheets
        return self._google() if sheets.backend == "google" else WorkbookFolder(sheets.workbook.folder)

    def _google(self) -> Workbooks:
        """Google's adapter, loaded only where it is used: it brings the memory of a whole HTTP client."""
        from daemon.sheets.google import Account, Calls, GoogleFolder

        google = self.settings.sheets.google
        return GoogleFolder(
            Calls(
                Account(google.credentials_file, google.impersonate, google.endpoint),
                granted=google.calls_per_minute,
            ),
            LedgerNotes(self.ledger),
            clock=self.clock,
            is_working=self._is_working_hour,
            read_file=self.files.read,
            link_file=self.files.link,
            folder=google.folder,
            columns=google.columns,
        )

    def _is_working_hour(self, now: datetime) -> bool:
        """When people sit before their spreadsheets: business days from half past seven to seven."""
        local = now.astimezone(ISTANBUL)
        return self.office.calendar.is_business_day(local.date()) and time(7, 30) <= local.time() < time(19)

    def all_workbooks(self) -> Mapping[str, Workbook]:
        """By code: the office's own first, then every directorate's."""
        return self.workbooks.all(self.office.registry, self.mappings.categories)

    def _workbooks_at_a_turn(self) -> Mapping[str, Workbook]:
        books = self.all_workbooks()
        self.workbooks.take_hints()
        return books

    def template_faults(self) -> list[str]:
        """Every template rendered on sample data: one line per faulty one."""
        return self._wording.with_registry(self.office.registry).faults(self.clock())

    # --- steps ----------------------------------------------------------------------------------------

    @cached_property
    def _intake(self) -> Intake:
        return Intake("imap", self.source, self.ledger)

    @cached_property
    def _reading(self) -> Reading:
        desk = Desk(
            bounces=_bounces,
            open_reference=self._open_reference,
            receipt=self._receipt,
            chats=Chats(open_export, self.files, read_photo),
            read_photo=read_photo,
            read=read_material,
        )
        return Reading(self.ledger, self.files, Opening(parse_mail, self._judge), desk)

    def _receipt(self, arrival: Arrival, now: datetime) -> datetime:
        """A mail that waited out an outage on the server was received when the server took it."""
        return min(arrival.received_at, now) if self.clock is wall_clock else now

    def _judge(self, mail: Mail, raw: bytes) -> Verdict:
        trust = self.settings.trust
        checks = trust.check_dkim and same_address(mail.sender.email) in self.office.registry.speakers
        return judge_sender(
            mail,
            authserv_id=trust.authserv_id,
            require=trust.demanded,
            check_signatures=(lambda mail: check_signatures(mail, raw, look_up=self.text_records))
            if checks
            else None,
        )

    @cached_property
    def text_records(self) -> LookUpText:
        """Where the keys of DKIM signatures are looked up; only people who may do something are worth a question."""
        return TextRecords()

    def _open_reference(self, reference: str, bearers: Iterable[str], today: date) -> str | None:
        return token.verify(self._key, reference, bearers, today)

    @cached_property
    def _sheets(self) -> SheetSync:
        return SheetSync(self._tools, self._workbooks_at_a_turn, self._cycle_for, self.strange_files)

    def strange_files(self) -> Iterator[str]:
        """Files beside the workbooks that people may take for them."""
        return self.workbooks.strangers(self.office.registry)

    @cached_property
    def _tools(self) -> Tools:
        quiet = timedelta(seconds=self.settings.sheets.quiet_seconds)
        google = self.settings.sheets.backend == "google"
        files: Files = NamedFiles(self.files) if google else self.files
        return Tools(self.ledger, files, self.tell, self._origin, quiet)

    def _origin(self, stored: StoredArrival, opened_at: datetime) -> Origin:
        if stored.arrival.source in SCANS:
            return Origin(self._receipt(stored.arrival, opened_at), channel=Channel.PETITION)
        return self._reading.origin(stored, self._receipt(stored.arrival, opened_at), self.office)

    def _cycle_for(self, code: str) -> Cycle:
        return OfficeCycle(self._tools) if code == OFFICE_CODE else DirectorateCycle(code, self._tools)

    @cached_property
    def _scan_folders(self) -> tuple[tuple[ScanFolder, Intake], ...]:
        """The scanner's folder: scans, and other files that people drop there, which are read like mails."""
        folder = self.settings.scans.folder
        if folder is None:
            return ()
        scans = ScanFolder(folder, source=FOLDER_SCANS, suffixes=SCAN_SUFFIXES)
        others = ScanFolder(
            folder,
            source="folder",
            suffixes=(FILE_SUFFIXES | MAIL_SUFFIXES) - SCAN_SUFFIXES,
            wrap=lambda path, raw, at: (
                raw if path.suffix.lower() in MAIL_SUFFIXES else self._as_mail(path, raw, at)
            ),
        )
        return tuple(
            (source, Intake(name, source, self.ledger))
            for name, source in ((FOLDER_SCANS, scans), ("folder", others))
        )

    def _as_mail(self, path: Path, raw: bytes, at: datetime) -> bytes:
        return as_mail(path, raw, self.settings, at)

    @cached_property
    def _scanning(self) -> Scanning:
        return Scanning(self.ledger, self.files, read=open_scan, parse=parse_mail, receipt=self._receipt)

    def _run_scans(self, now: datetime) -> int:
        taken = 0
        for _, intake in self._scan_folders:
            intake.settle()
            taken += intake.run(now)
        done = self._scanning.run(now, office=self.office)
        for _, intake in self._scan_folders:
            intake.settle()
        return taken + done

    def scans_sign(self) -> str:
        """Not empty while a turn of the scans may find something to do."""
        found = "".join(folder.sign() for folder, _ in self._scan_folders)
        with self.ledger.view() as view:
            waiting = view.first_scan_waiting(self.clock())
        return f"{found}/{waiting or ''}" if found or waiting else ""

    @cached_property
    def _reminding(self) -> Reminding:
        return Reminding(self.ledger)

    @cached_property
    def _learning(self) -> Learning:
        return Learning(self.ledger, _learn, self._learned.save)

    def may_learn(self) -> bool:
        """Whether the night's lesson is still to be had."""
        return self._learning.is_due(self.clock())

    @cached_property
    def _sending(self) -> Sending:
        smtp = self.settings.smtp
        return Sending(
            self.ledger,
            self.connect_smtp,
            self.word,
            daily_limit=smtp.daily_limit,
            limits=Limits(smtp.hourly_per_address, smtp.daily_per_address),
            pulse=self._go_on,
        )

    def run_step(self, name: str) -> int:
        """Run one step once; its success or failure is noted for ``status``."""
        points.enter(name)
        now = self.clock()
        try:
            done = self._run_step(name, now)
        except MuhtarlikError as fault:
            self._note_failure(name, str(fault), now)
            raise
        except Exception as fault:
            self._note_failure(name, f"{type(fault).__name__}: {fault}", now)
            raise
        self._note_success(name, now)
        return done

    def _run_step(self, name: str, now: datetime) -> int:
        match name:
            case "intake":
                self._read_again()
                self._intake.settle()
                return self._intake.run(now)
            case "reading":
                return self._reading.run(now, office=self.office, clock=self._time_of_work)
            case "scans":
                return self._run_scans(now)
            case "sheets":
                return self._sheets.run(now, office=self.office)
            case "reminding":
                return self._reminding.run(now, office=self.office, rules=self.mappings.reminders)
            case "sending":
                return self._sending.run(now, office=self.office)
            case "learning":
                return self._learning.run(now, office=self.mappings.office, mappings=self._mappings_sign())
            case _:
                raise ConfigurationError(f"unknown step {name!r}")

    def _go_on(self) -> None:
        self.pulse()

    def _time_of_work(self) -> datetime:
        self.pulse()
        return self.clock()

    def _fetched(self, done: int, total: int) -> None:
        self.pulse()
        log_progress(done, total)

    _noted: dict[str, datetime]

    def _note_success(self, name: str, now: datetime) -> None:
        """Once a minute is enough to see that a step lives; every beat would wear the disk."""
        noted = self.__dict__.setdefault("_noted", {})
        if name in noted and 0 <= (now - noted[name]).total_seconds() < 60:
            return
        with self.ledger.transaction() as tx:
            tx.step_succeeded(name, now)
        noted[name] = now

    def _note_failure(self, name: str, detail: str, now: datetime) -> None:
        self.__dict__.setdefault("_noted", {}).pop(name, None)
        with suppress(MuhtarlikError), self.ledger.transaction() as tx:
            tx.step_failed(name, detail, now)

    def run_until_quiet(self) -> Tally:
        """``once``: every step in turn until a whole round finds nothing to do."""
        tally = Tally()
        for _ in range(MOST_ROUNDS):
            self.refresh_mappings()
            if not sum(self._attempt(step, tally) for step in STEPS):
                break
        else:
            log.warning("did not come to rest", rounds=MOST_ROUNDS)
        tally.waiting = {name_of(code): fault for code, fault in self._sheets.waiting.items()}
        return tally

    def _attempt(self, step: str, tally: Tally) -> int:
        if step in tally.faults:
            return 0
        try:
            done = self.run_step(step)
        except MuhtarlikError as fault:
            tally.faults[step] = fault
            return 0
        tally.done[step] += done
        return done

    # --- keeping safe ---------------------------------------------------------------------------------

    def mend_ledger(self) -> None:
        """Before work begins: a ledger that is damaged or gone is restored, and the office is told."""
        recovery = safekeeping.mend(self.settings.ledger, self.clock())
        if recovery:
            self._recover(recovery, "Kayıt defteri dosyası bozuk veya yerinde değildi.")

    def _recover(self, recovery: Recovery, why: str) -> None:
        """What the restored ledger cannot know: numbers given since, mails read since."""
        now = self.clock()
        last = {}
        if not recovery.restored.replayed.is_whole:
            last = safekeeping.last_numbers(self._numbers_in_sheets(), recovery.restored.aside)
        lines = recovery.lines(why)
        with self.ledger.transaction() as tx:
            for year, serial in last.items():
                tx.give_no_number_until(year, serial)
            tx.set_note(_AGAIN, recovery.since.isoformat())
            key = f"restored/{now.isoformat()}"
            notices = office_notices(key, "Kayıt defteri yedekten geri yüklendi", lines, self.office)
            owe(tx, notices, now)

    def _numbers_in_sheets(self) -> Iterator[str]:
        for workbook in self.all_workbooks().values():
            with suppress(MuhtarlikError):  # one that cannot be read now says nothing; there is a margin
                for table in workbook.read().tables.values():
                    yield from (str(row.cells.get("number") or "") for row in table.rows)

    def _read_again(self) -> None:
        with self.ledger.view() as view:
            since = view.note(_AGAIN)
        if since:
            count = self.source.bring_back(date.fromisoformat(since))
            log.info("reading again what was put away", since=since, mails=count)
            with self.ledger.transaction() as tx:
                tx.set_note(_AGAIN, "")

    def backup_is_due(self) -> bool:
        """Whether tonight's backup is still to be made."""
        return safekeeping.is_due(self.settings.ledger, self.clock())

    def keep_backup(self) -> None:
        """Make it; its success or failure is noted as a step's is."""
        points.enter("night")
        now = self.clock()
        try:
            safekeeping.make(self.ledger, self.settings.ledger, now)
        except MuhtarlikError as fault:
            self._note_failure(BACKUP, str(fault), now)
            raise
        self._note_success(BACKUP, now)

    def forget_former_backups(self) -> None:
        """After an erasure. Raises what a backup raises."""
        safekeeping.forget_former(self.ledger, self.settings.ledger, self.clock())

    @cached_property
    def _watching(self) -> Watching:
        return Watching(self.ledger)

    def watch(self) -> None:
        """Once a minute: tell the office what has been wrong for too long, and write the figures."""
        now = self.clock()
        self._watching.run(now, office=self.office)
        if path := self.settings.watch.metrics:
            with self.ledger.view() as view:
                text = metrics.exposition(
                    view.counts(now.astimezone(ISTANBUL).date()),
                    self.step_states(view),
                    sheets_in_need=len(view.sheets_in_need()),
                    now=now,
                )
            try:
                metrics.write(path, text)
            except OSError as fault:
                log.warning("cannot write metrics", file=str(path), why=fault.strerror)

    def sheets_in_need(self, view: View) -> list[SheetInNeed]:
        """Spreadsheets that wait for a person, by the names that people know."""
        return [replace(each, sheet=name_of(each.sheet)) for each in view.sheets_in_need()]

    def sheet_faults(self) -> list[MuhtarlikError]:
        """Why the last turn left spreadsheets for later or alone."""
        return list(self._sheets.waiting.values())

    def step_states(self, view: View) -> list[StepState]:
        """Every step, also those that never ran."""
        known = {state.name: state for state in view.steps()}
        names = (*STEPS, BACKUP) if self.settings.ledger.backups else STEPS
        return [known.get(name, StepState(name, None, 0)) for name in names]

    def refresh_mappings(self) -> None:
        """Take up a changed mappings file; a broken one is told to the office, the old one stays in force."""
        faults = self._mappings_file.refresh()
        if not faults:
            return
        log.error("mappings refused", places=[line.partition(": ")[0] for line in faults])
        now = self.clock()
        lines = (*faults[:20], "Önceki eşlemeler geçerliliğini koruyor.")
        key = f"mappings/{sha256(repr(faults).encode()).hexdigest()[:12]}/{now.isoformat()}"
        with self.ledger.transaction() as tx:
            notices = office_notices(key, "mappings.yaml dosyasında hata var", lines, self.office)
            owe(tx, notices, now)

    def wait_for_mail(self, seconds: float) -> bool:
        """IDLE (or a pause where it is missing) for at most so long."""
        return self.source.wait(seconds)

    def preload(self) -> None:
        """Load what needs no connection: register, routing words, templates. Processes forked after it share
        the memory."""
        _ = self.office
        self._templates.compile()

    def sheets_sign(self) -> str:
        """Changes whenever a turn of the spreadsheets may find something to do; the mappings fill drop-downs."""
        return f"{self._sheets.sign(self.clock())}/{id(self.mappings)}"

    def _mappings_sign(self) -> str:
        return sha256(repr(self.mappings.categories).encode()).hexdigest()[:16]

    @property
    def sheets_waiting(self) -> bool:
        """Whether the last turn left a spreadsheet for later: somebody has it open or has just saved it, or the disk
        is full."""
        sheets = self._sheets
        return bool(sheets.unquiet) or any(isinstance(f, Temporary) for f in sheets.waiting.values())

    @property
    def sheets_stand(self) -> bool:
        """Whether what a turn of the spreadsheets has read is worth keeping for the next."""
        return self.settings.sheets.backend == "google"

    def let_go(self) -> None:
        """Close the ledger for a moment (it opens again by itself): a fork may only come while it is closed."""
        self.ledger.let_go()

    def sibling(self) -> "App":
        """The same office for another process: what is loaded is shared, what is open is opened anew."""
        other = App(self.settings, self.clock)
        other._mappings_file = self._mappings_file
        other._templates = self._templates
        other._learned = self._learned
        return other

    def warm_up(self) -> None:
        """Open what the first mail would otherwise wait for."""
        self.preload()
        _ = (self.ledger, self._wording, self._reading)

    def migrate(self) -> None:
        """Opening brings the ledger to this program's form."""
        _ = self.ledger

    # --- commands -------------------------------------------------------------------------------------

    def ingest(self, path: Path) -> str:
        """Take a file as if it had arrived; return what became of it, in Turkish."""
        raw = read_file(path)
        now = self.clock()
        digest = sha256(raw).hexdigest()
        scan = path.suffix.lower() in SCAN_SUFFIXES
        mail = raw if scan or path.suffix.lower() in MAIL_SUFFIXES else self._as_mail(path, raw, now)
        arrival = Arrival(FILE_SCANS if scan else "file", digest, digest, now, mail, path.name)
        with self.ledger.transaction() as tx:
            if not tx.keep_arrivals([arrival], now):
                return "daha önce alınmış"
        self.run_step("scans" if scan else "reading")
        return "alındı"

    def set_up_sheets(self) -> Iterator[tuple[str, list[str], MuhtarlikError | None]]:
        """Create or repair every workbook: (file, what was done, fault)."""
        for workbook in self.all_workbooks().values():
            with suppress(MuhtarlikError):  # setting it up says so
                note_absent(self.ledger, workbook)
        for code, workbook in self.all_workbooks().items():
            try:
                yield name_of(code), _patiently(workbook.set_up), None
            except MuhtarlikError as fault:
                yield name_of(code), [], fault
            else:
                with self.ledger.transaction() as tx:
                    tx.save_sheet_state(code, {"fingerprint": "", "fault": "", "fault_since": ""})

    def verify_history(self) -> tuple[int, str | None]:
        """(entries, the first broken entry in words or ``None``)."""
        with self.ledger.view() as view:
            verdict = view.verify_chain()
        if verdict.broken is None:
            return verdict.head.entries, None
        found = verdict.broken
        return verdict.head.entries, f"{found.seq}. kayıt ({found.number}, {found.at}): {found.fault.value}"

    def export_history(self) -> Iterator[str]:
        """The whole history as JSON lines."""
        with self.ledger.view() as view:
            yield from view.export_chain()

    def backup(self, target: Path) -> None:
        back_up(self.ledger, target)

    def restore(self, backup: Path, *, as_it_was: bool = False) -> Restored:
        """Put a backup in the ledger's place, brought up to date unless it is wanted as it was."""
        path = self.settings.ledger.path
        record = None if as_it_was else folder_of(path)
        done = restore(backup, path, self.clock(), record=record)
        self._recover(Recovery(backup, done), "Kayıt defteri, sistem yöneticisi tarafından geri yüklendi.")
        return done


def _learn(lessons: Iterable[Lesson], router: Router) -> "Learned":
    """scikit-learn comes with the training module: only a process that trains loads it."""
    from daemon.learning.training import learn

    return learn(lessons, router)


def _patiently(work: Callable[[], list[str]], most: float = 150.0) -> list[str]:
    """Wait for a quota that is soon free again: somebody sits before the command."""
    while True:
        try:
            return work()
        except Temporary as fault:
            wait = fault.retry_after
            if wait is None or wait > most:
                raise
            most -= wait
            log.info("waiting for the quota", seconds=round(wait))
            sleep(wait)


def _bounces(mail: Mail) -> list[Bounce]:
    found = bounced_recipients(mail)
    return [Bounce(address, each.permanent, each.reason) for address, each in found.items()]
