"""What the office works with, opened on first use: ledger, mappings, mailboxes, templates, spreadsheets."""

import errno
import fcntl
import os
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime, time
from functools import cached_property
from pathlib import Path
from typing import Self

from daemon import copies, safekeeping
from daemon.app.accounts import imap_account, smtp_account
from daemon.domain.clock import ISTANBUL
from daemon.domain.errors import ConfigurationError, MuhtarlikError, Temporary
from daemon.domain.notice import Letter, Owed
from daemon.domain.request import Request
from daemon.domain.system_faults import told_of
from daemon.ledger.faults import CORRUPT
from daemon.ledger.files import FileStore
from daemon.ledger.ledger import SqlLedger, open_ledger
from daemon.ledger.nightly import folder_of
from daemon.mail.imap import ImapSource, log_progress
from daemon.mail.smtp import SmtpMailer
from daemon.notes import LedgerNotes
from daemon.ports.spreadsheets import Workbook, Workbooks
from daemon.resources import shipped
from daemon.rules import Rules
from daemon.settings import Settings
from daemon.sheets import WorkbookFolder
from daemon.wording import Templates, Wording

Clock = Callable[[], datetime]


def wall_clock() -> datetime:
    """The moment, aware UTC."""
    return datetime.now(UTC)


LOCKS = {
    "ledger": (".lock", "Bu defterle başka bir muhtarlik çalışıyor; önce onu durdurunuz."),
    "scans": (".scans.lock", "Bu defterin taramalarını başka bir muhtarlik okuyor; önce onu durdurunuz."),
}
"""What two processes must not do at once: the lock file's ending, and what the second is told."""


_NO_FOLDER = {errno.ENOENT: "klasörü yok"}
"""A lock's file is made where it is not."""


@contextmanager
def _only(path: Path, reason: str) -> Iterator[None]:
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as fault:
        raise ConfigurationError(
            f"cannot open {path}: {fault.strerror}",
            faults=(f"{path}: açılamıyor ({told_of(fault, _NO_FOLDER)})",),
        ) from fault
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as fault:
        raise Temporary("another muhtarlik works on this ledger", reason=reason) from fault
    else:
        yield
    finally:
        os.close(handle)


class Parts(Rules):
    """One process's open parts; everything is opened on first use. Use as a context manager.

    Without a ``clock`` it is the wall's; a given one rules every decision, the day of receipt too.
    """

    def __init__(self, settings: Settings, clock: Clock | None = None) -> None:
        super().__init__(settings)
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
    def locked(settings: Settings, *works: str) -> Iterator[None]:
        """Only one process works on a ledger at a time, and one on its scans, which may be another; the second is told
        and goes. ``works``: which of :data:`LOCKS`, all unless told."""
        with ExitStack() as stack:
            for work in works or LOCKS:
                suffix, reason = LOCKS[work]
                stack.enter_context(_only(Path(f"{settings.ledger.path}{suffix}"), reason))
            yield

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

    def tell(self, occasion: str, request: Request, now: datetime, *, words: str = "") -> str:
        """What to say to a headman who gets no letters."""
        return self._wording.with_registry(self.office.registry).tell(occasion, request, now, words=words)

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
        copies.remove(self.ledger, self.workbooks, self.clock())
        return books

    def template_faults(self) -> list[str]:
        """Every template rendered on sample data: one line per faulty one."""
        return self._wording.with_registry(self.office.registry).faults(self.clock())

    def _fetched(self, done: int, total: int) -> None:
        self.pulse()
        log_progress(done, total)

    def preload(self) -> None:
        """Load what needs no connection: register, routing words, templates. Processes forked after it share
        the memory."""
        _ = self.office
        self._templates.compile()

    def let_go(self) -> None:
        """Close the ledger for a moment (it opens again by itself): a fork may only come while it is closed."""
        self.ledger.let_go()
