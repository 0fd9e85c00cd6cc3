"""Reading: every arrival becomes a request, a reply, or something a person decides.

What comes of one arrival is saved in one transaction. Fresh arrivals share it (measured: a mail's own commit
costs as much as reading it); when one of them fails, nothing of the group is kept and each goes alone. The
attempt is counted before the work, so an arrival that kills the process is held at the third try instead of
killing it for ever. An unknown error counts as temporary until then.
"""

from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from functools import partial

import structlog

from daemon.beside import Beside
from daemon.domain.errors import Unprocessable
from daemon.domain.mail import Arrival, Attachment, Mail
from daemon.domain.notice import Owed
from daemon.domain.office import Office
from daemon.domain.review import Origin
from daemon.ports.files import Files
from daemon.ports.ledger import Ledger, Transaction
from daemon.ports.records import StoredArrival
from daemon.steps.attempts import Attempts
from daemon.steps.case import Letterbox
from daemon.steps.desk import Desk
from daemon.steps.opening import Ahead, Opening
from daemon.steps.other_address import with_living_address, write_what_bounced
from daemon.steps.outcome import save
from daemon.steps.scanned_mail import as_scans, said_beside
from daemon.steps.storms import hold_storms

log = structlog.get_logger()

BATCH = 50
"""Arrivals that may share a commit; the ledger is locked for others meanwhile (some 0.1 s)."""

_GIVEN_UP = "İleti üç kez okunamadı; aslı saklandı, lütfen inceleyiniz."
TELLING = 1_000
"""After so many arrivals the log says how far a long reading is."""


class Reading:
    """Reads waiting arrivals and carries out what the desk decides."""

    name = "reading"

    def __init__(self, ledger: Ledger, files: Files, opening: Opening, desk: Desk) -> None:
        self._ledger = ledger
        self._attempts = Attempts(ledger, "arrival", _GIVEN_UP)
        self._files = files
        self._opening = opening
        self._desk = desk

    def run(self, now: datetime, *, office: Office, clock: Callable[[], datetime] | None = None) -> int:
        """Read all that waits; return how many arrivals were settled."""
        told = 0
        done = hold_storms(self._ledger, now)
        with ExitStack() as stack:
            ahead: Ahead | None = None
            while waiting := self._waiting(now):
                if done - told >= TELLING:
                    log.info("reading mails", done=(told := done))
                if ahead is None:
                    ahead = self._ahead(stack, office, many=len(waiting) > BATCH)
                batch = self._next_batch(waiting, now)
                after = waiting[len(batch) :] if batch == waiting[: len(batch)] else []
                if len(batch) > 1 and self._read_together(
                    batch, after, ahead, clock() if clock else now, office
                ):
                    done += len(batch)
                    continue
                for stored in batch:
                    done += self._read_one(stored, clock() if clock else now, office)
        return done

    def _ahead(self, stack: ExitStack, office: Office, *, many: bool) -> Ahead:
        """With a process beside this one, if there is enough for two and it can be started."""
        if many:
            self._ledger.let_go()
            try:
                beside = stack.enter_context(Beside(partial(self._opening.open_each, office=office)))
                return Ahead(self._opening, office, beside)
            except OSError as fault:
                log.warning("no process to open mails ahead", why=str(fault))
        return Ahead(self._opening, office)

    def _waiting(self, now: datetime) -> list[StoredArrival]:
        with self._ledger.view() as view:
            return view.arrivals_waiting(now, 2 * BATCH)

    def _next_batch(self, waiting: Sequence[StoredArrival], now: datetime) -> Sequence[StoredArrival]:
        """Count the attempt, then hand out: the fresh ones together, a suspicious one alone."""
        fresh = [stored for stored in waiting if stored.attempts == 0]
        batch = fresh[:BATCH] or waiting[:1]
        with self._ledger.transaction() as tx:
            tx.count_attempts([stored.id for stored in batch], now)
        return batch

    def _read_together(
        self,
        batch: Sequence[StoredArrival],
        after: Sequence[StoredArrival],
        ahead: Ahead,
        now: datetime,
        office: Office,
    ) -> bool:
        """One commit for all of them, while those after it are opened; ``False`` when any failed: then none has
        been read."""
        if any(stored.fault for stored in batch):
            return False
        try:
            letterboxes = [self._with_files(box) for box in ahead.open(batch)]
            ahead.give(after)
            with self._ledger.transaction() as tx:
                letters: list[Owed] = []
                for stored, letterbox in zip(batch, letterboxes, strict=True):
                    letters += self._decide(tx, stored, letterbox, now=now, office=office)
                tx.owe(letters, now)
        except Exception as fault:  # whose fault it was shows when each goes alone
            log.info("reading one by one", why=type(fault).__name__)
            return False
        return True

    def _read_one(self, stored: StoredArrival, now: datetime, office: Office) -> int:
        return self._attempts.settle(stored, lambda: self._read_alone(stored, now, office), now)

    def _read_alone(self, stored: StoredArrival, now: datetime, office: Office) -> None:
        letterbox = self._open(stored.arrival, office)
        with self._ledger.transaction() as tx:
            tx.owe(self._decide(tx, stored, letterbox, now=now, office=office), now)

    def _decide(
        self, tx: Transaction, stored: StoredArrival, letterbox: Letterbox, *, now: datetime, office: Office
    ) -> list[Owed]:
        """Save what the desk decides but for the letters, which are owed together: half of the statements."""
        ruled = self._desk.decide(letterbox, stored, tx, office=office, now=now)
        outcome = with_living_address(ruled.outcome, tx, office.registry)
        letters = save(tx, outcome, now=now)
        if not ruled.bad_addresses and letterbox.verdict.may_change_requests:
            tx.clear_bad_address(letterbox.mail.sender.email)
        for address, why in ruled.bad_addresses:
            tx.mark_address_bad(address, why, now)
            write_what_bounced(tx, address, now, office.registry)
        numbers = [request.number for request in ruled.outcome.added + ruled.outcome.changed]
        tx.close_arrival(stored.id, ruled.state, ruled.reason, numbers)
        if ruled.scans:
            scans = as_scans(stored.arrival)
            tx.keep_arrivals([scans], now)
            tx.set_note(said_beside(scans), " ".join(request.number for request in ruled.outcome.added))
        return letters

    def origin(self, stored: StoredArrival, received_at: datetime, office: Office) -> Origin:
        """What a request needs of the mail that a person makes it of."""
        try:
            letterbox = self._open(stored.arrival, office)
        except Unprocessable:  # the original is lost or was never a mail: the request counts without it
            return Origin(received_at)
        mail = letterbox.mail
        return Origin(
            received_at,
            sender=(mail.forwarded or mail).sender.email,
            files=letterbox.files,
            message_id="" if mail.forwarded else mail.message_id,
            told=self._desk.told_by(letterbox, office),
        )

    def _open(self, arrival: Arrival, office: Office) -> Letterbox:
        return self._with_files(self._opening.open(arrival, office))

    def _with_files(self, box: Letterbox) -> Letterbox:
        return replace(box, files=self._keep(box.mail))

    def _keep(self, mail: Mail) -> tuple[str, ...]:
        """Store the attachments before the decision: a file without a request is harmless."""
        forwarded: Iterable[Attachment] = mail.forwarded.attachments if mail.forwarded else ()
        kept = [a for a in (*mail.attachments, *forwarded) if not a.is_ornament and not a.is_emptied]
        return tuple(dict.fromkeys(self._files.keep(a.name, a.data) for a in kept))
