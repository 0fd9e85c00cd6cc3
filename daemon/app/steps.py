"""The steps of the daemon, each joined with what it needs."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING

import structlog

from daemon import points
from daemon.app.parts import Parts, wall_clock
from daemon.app.shut_in import open_export, open_portfolio, parse_mail, read_material
from daemon.by_hand import FILE_SUFFIXES, as_mail, called, is_like_a_mail
from daemon.domain import token
from daemon.domain.allowance import Limits
from daemon.domain.errors import ConfigurationError, MuhtarlikError, Temporary
from daemon.domain.mail import (
    FOLDER_FILES,
    FOLDER_SCANS,
    MAIL_SUFFIXES,
    SCAN_SUFFIXES,
    SCANS,
    Arrival,
    Mail,
    Verdict,
)
from daemon.domain.registry import same_address
from daemon.domain.request import Channel
from daemon.domain.review import Origin
from daemon.domain.routing.router import Router
from daemon.mail.bounce import bounced_recipients
from daemon.mail.mime import looks_like_mail
from daemon.mail.photos import read_photo
from daemon.mail.signed import LookUpText, TextRecords, check_signatures
from daemon.mail.trust import judge_sender
from daemon.notes import NamedFiles
from daemon.ports.files import Files
from daemon.ports.ledger import View
from daemon.ports.records import Lesson, StepState, StoredArrival
from daemon.scans import open_scan
from daemon.scans.folder import ScanFolder
from daemon.sheets import OFFICE_CODE
from daemon.steps.bounces import Bounce
from daemon.steps.chats import Chats
from daemon.steps.desk import Desk
from daemon.steps.directorate_sheet import DirectorateCycle
from daemon.steps.intake import Intake
from daemon.steps.learning import Learning
from daemon.steps.office_sheet import OfficeCycle
from daemon.steps.opening import Opening
from daemon.steps.reading import Reading
from daemon.steps.reminding import Reminding
from daemon.steps.scanning import Scanning
from daemon.steps.sending import Sending
from daemon.steps.sheet_sync import Cycle, SheetSync, Tools

if TYPE_CHECKING:
    from daemon.learning.training import Learned

log = structlog.get_logger()

STEPS = ("intake", "reading", "scans", "sheets", "reminding", "sending", "learning")
BACKUP = "backup"
"""The nightly backup, as ``status`` names it beside the steps."""
AGAIN = "intake.again"
"""Note in the ledger: mails put away since that day are to be read again."""


class Steps(Parts):
    """Runs one step at a time, and says what may be waiting for one."""

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
        return Reading(self.ledger, self.files, Opening(parse_mail, self._judge, looks_like_mail), desk)

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
        like_mails = (FILE_SUFFIXES | MAIL_SUFFIXES) - SCAN_SUFFIXES
        scans = ScanFolder(
            folder,
            source=FOLDER_SCANS,
            suffixes=SCAN_SUFFIXES,
            strays=lambda path: not is_like_a_mail(path),
            called=called,
        )
        others = ScanFolder(
            folder,
            source=FOLDER_FILES,
            suffixes=like_mails,
            strays=is_like_a_mail,
            called=called,
            wrap=lambda path, raw, at: (
                raw
                if path.suffix.lower() in MAIL_SUFFIXES
                else as_mail(path, raw, self.settings, at, FOLDER_FILES)
            ),
        )
        return tuple(
            (source, Intake(name, source, self.ledger))
            for name, source in ((FOLDER_SCANS, scans), (FOLDER_FILES, others))
        )

    @cached_property
    def _scanning(self) -> Scanning:
        return Scanning(
            self.ledger,
            self.files,
            read=open_scan,
            parse=parse_mail,
            read_photo=read_photo,
            open_portfolio=open_portfolio,
            receipt=self._receipt,
        )

    def _run_scans(self, now: datetime) -> int:
        taken = 0
        for _, intake in self._scan_folders:
            intake.settle()
            taken += intake.run(now)
        done = self._scanning.run(now, office=self.office)
        for _, intake in self._scan_folders:
            intake.settle()
        return taken + done

    def bring_back_scan(self, stored: StoredArrival | None) -> bool:
        """Whether a held file of the scanner's folder was completed later, and arrives anew."""
        if stored is None or stored.arrival.source != FOLDER_SCANS:
            return False
        return any(folder.bring_back(stored.arrival) for folder, _ in self._scan_folders[:1])

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

    def _read_again(self) -> None:
        with self.ledger.view() as view:
            since = view.note(AGAIN)
        if since:
            count = self.source.bring_back(date.fromisoformat(since))
            log.info("reading again what was put away", since=since, mails=count)
            with self.ledger.transaction() as tx:
                tx.set_note(AGAIN, "")

    def step_states(self, view: View) -> list[StepState]:
        """Every step, also those that never ran."""
        known = {state.name: state for state in view.steps()}
        names = (*STEPS, BACKUP) if self.settings.ledger.backups else STEPS
        return [known.get(name, StepState(name, None, 0)) for name in names]

    def wait_for_mail(self, seconds: float) -> bool:
        """IDLE (or a pause where it is missing) for at most so long."""
        return self.source.wait(seconds)

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

    def warm_up(self) -> None:
        """Open what the first mail would otherwise wait for."""
        self.preload()
        _ = (self.ledger, self._wording, self._reading)


def _learn(lessons: Iterable[Lesson], router: Router) -> "Learned":
    """scikit-learn comes with the training module: only a process that trains loads it."""
    from daemon.learning.training import learn

    return learn(lessons, router)


def _bounces(mail: Mail) -> list[Bounce]:
    found = bounced_recipients(mail)
    return [Bounce(address, each.permanent, each.reason) for address, each in found.items()]
