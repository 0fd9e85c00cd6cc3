"""The shared inbox as a :class:`daemon.ports.incoming.Source`: fetch in pipelined batches, put away, wait by IDLE.

One connection serves everything and stays open between the calls. A mail's key is
``<folder>/<UIDVALIDITY>/<UID>``; a server that numbers its mails anew gives new keys, and the ledger's
content hash keeps a mail from counting twice. Obeys RFC 3501, 2177 (IDLE), 4315 (UIDPLUS), 6851 (MOVE).

A mail that is larger than the account's limit comes as its header alone, named
:data:`~daemon.domain.mail.OVERSIZE`, with its size in ``X-Muhtarlik-Oversize``; the mail itself stays on the
server, where ``settle(..., held=True)`` moves it to the held folder.

Gmail: folders are labels and MOVE works; Exchange: sizes are estimates, which is why the limit is checked
against what the server says, not against what comes. Both end an IDLE early; it is renewed in time.
"""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256

import structlog

from daemon import points
from daemon.domain.errors import MuhtarlikError, Temporary
from daemon.domain.mail import OVERSIZE, Arrival
from daemon.domain.retry import backoff
from daemon.mail.imap_answers import Answer
from daemon.mail.imap_batches import MOST_MAILS, Batch, batches, parts
from daemon.mail.imap_moving import move
from daemon.mail.imap_session import Folders, ImapAccount, connect, select, translated
from daemon.mail.imap_waiting import Waiting
from daemon.mail.imap_wire import Asked, Connection

log = structlog.get_logger()

MOST_PAUSE = 15.0
"""Seconds between two attempts to come back to a server that is away."""

MANY_MAILS = 1_000
"""An inbox with more is told of at ``check``: perhaps its old mails are not meant to be read."""

Progress = Callable[[int, int], None]
"""Told (mails fetched so far, mails to fetch) after each batch."""


def log_progress(fetched: int, total: int) -> None:
    """Say now and then how far a long fetch is; the everyday handful is not worth a line."""
    if total > MOST_MAILS and (fetched % MANY_MAILS < MOST_MAILS or fetched == total):
        log.info("fetching mails", done=fetched, of=total)


@dataclass(slots=True)
class _Session:
    """One connection with the inbox selected."""

    connection: Connection
    folders: Folders
    uidvalidity: int
    read_at: float | None = None
    """When the inbox was last read to its end (monotonic seconds)."""


class ImapSource:
    """An IMAP folder as a source of arrivals. Not thread-safe; :meth:`interrupt` may come from anywhere."""

    def __init__(self, account: ImapAccount, *, progress: Progress = log_progress) -> None:
        self._account = account
        self._progress = progress
        self._session: _Session | None = None
        self._failures = 0
        self._waiting = Waiting(account)

    # --- Source -------------------------------------------------------------------------------------------

    def fetch(self, known: Callable[[Sequence[str]], set[str]]) -> Iterator[list[Arrival]]:
        """Yield batches of mails whose keys ``known`` does not return, oldest first.

        While one batch is being worked on, the next is already on its way; at most two are in memory. Raises
        :class:`Temporary` or :class:`ConfigurationError`.
        """
        if self._is_quiet():
            return
        with self._attempt() as session:
            uids = self._search(session)
        uids = [uid for part in parts(uids) for uid in self._unknown(session, part, known)]
        fetched = 0
        for arrivals in self._fetch_all(session, uids):
            fetched += len(arrivals)
            self._progress(fetched, len(uids))
            yield arrivals
        session.read_at = time.monotonic()

    def settle(self, keys: Sequence[str], *, held: bool = False) -> None:
        """Move mails to the done (or held) folder, which is made when missing. Safe to repeat.

        Keys of another UIDVALIDITY mean mails that cannot be named any more: passed over, and logged.
        """
        if not keys:
            return
        with self._attempt() as session:
            prefix = self._key(session, "")
            uids = [int(key.removeprefix(prefix)) for key in keys if key.startswith(prefix)]
            if len(uids) < len(keys):
                log.warning("mails were numbered anew by the server; not moved", count=len(keys) - len(uids))
            session.connection.answer_all()
            session.connection.stop_idle()
            folder = self._account.held_folder if held else self._account.done_folder
            points.reach("moving")
            move(session.connection, uids, session.folders.ensure(folder))
            points.reach("moved")

    def bring_back(self, since: date) -> int:
        """Put what was put away since that day into the inbox again, to be read anew; return how many mails.

        For a ledger that forgot them. What it does know is moved away again without being read twice.
        """
        moved = 0
        with self._attempt() as session:
            session.connection.answer_all()
            session.connection.stop_idle()
            session.read_at = None
            for name in (self._account.done_folder, self._account.held_folder):
                if folder := session.folders.find(name):
                    session.connection.select_folder(folder)
                    uids = session.connection.search(["UNDELETED", "SINCE", since])
                    move(session.connection, uids, session.folders.ensure(self._account.folder))
                    moved += len(uids)
            self._drop()  # the next one has the inbox selected
        return moved

    def wait(self, seconds: float) -> bool:
        """Wait for mail; ``True`` when something came, or may have come while the connection was lost.

        Reconnects by itself, with growing pauses; what keeps it from doing so is raised by the next
        :meth:`fetch`, not here.
        """
        deadline = time.monotonic() + seconds
        while True:
            try:
                with self._attempt() as session:
                    return self._waiting.listen(session.connection, deadline)
            except MuhtarlikError as fault:
                log.info("connection lost while waiting", why=str(fault))
            if not self._waiting.sleep(min(self._pause(), deadline - time.monotonic()), deadline):
                return False
            if self._reconnects():
                return True
            if time.monotonic() >= deadline:
                return False

    def interrupt(self) -> None:
        """End a :meth:`wait` now; may be called from a signal handler or another thread."""
        self._waiting.interrupt()

    def close(self) -> None:
        self._drop()
        self._waiting.close()

    # --- for the administrator ----------------------------------------------------------------------------

    def check(self) -> tuple[str, ...]:
        """Log in, look at the folders, change nothing. Turkish lines for ``check``; raises what is wrong."""
        with self._attempt() as session:
            connection, account = session.connection, self._account
            uids = self._search(session)
            lines = [f"{account.folder}: {len(uids)} ileti"]
            if len(uids) > MANY_MAILS and not account.since:
                lines.append(
                    "Eski iletilerin okunması istenmiyorsa imap.since ile bir başlangıç günü yazınız."
                )
            lines += [
                f"{folder}: klasör yok, ilk gerektiğinde oluşturulacak"
                for folder in (account.done_folder, account.held_folder)
                if session.folders.find(folder) is None
            ]
            if account.idle and not connection.has_capability("IDLE"):
                lines.append(f"sunucu IDLE bilmiyor; {account.poll_seconds:g} saniyede bir bakılacak")
            if not connection.has_capability("MOVE") and not connection.has_capability("UIDPLUS"):
                lines.append("sunucu MOVE ve UIDPLUS bilmiyor; işlenen iletiler silinmiş olarak kalır")
            return tuple(lines)

    # --- reading ------------------------------------------------------------------------------------------

    def _is_quiet(self) -> bool:
        """In IDLE, read to the end, and nothing announced since: no need to ask the server."""
        session = self._session
        if session is None or session.read_at is None or not session.connection.is_idling:
            return False
        if time.monotonic() - session.read_at > self._account.renew_seconds:
            return False
        try:
            return not session.connection.hear_now()
        except Exception:  # whatever is wrong, the full way meets it again and says so
            return False

    def _search(self, session: _Session) -> list[int]:
        session.read_at = None
        connection = session.connection
        connection.answer_all()
        connection.stop_idle()
        criteria: list[object] = ["UNDELETED"]
        if self._account.since:
            criteria += ["SINCE", self._account.since]
        uids: list[int] = []
        for _ in range(3):  # what a server announces with its answer is not yet in that answer
            connection.forget_news()
            uids = sorted(connection.search(criteria))
            if not connection.has_news():
                break
        return uids

    def _unknown(
        self, session: _Session, uids: Sequence[int], known: Callable[[Sequence[str]], set[str]]
    ) -> list[int]:
        keys = {self._key(session, uid): uid for uid in uids}
        held = known(list(keys))
        return [uid for key, uid in keys.items() if key not in held]

    def _fetch_all(self, session: _Session, uids: list[int]) -> Iterator[list[Arrival]]:
        for part in parts(uids):
            with self._attempt(session):
                answers = session.connection.answer(session.connection.ask(part, "RFC822.SIZE"))
            sizes = [(uid, int(answers[uid].get(b"RFC822.SIZE", 0))) for uid in part if uid in answers]
            yield from self._fetch_batches(session, batches(sizes, self._account.most_bytes))

    def _fetch_batches(self, session: _Session, planned: Iterator[Batch]) -> Iterator[list[Arrival]]:
        underway: tuple[Batch, Asked] | None = None
        for batch in (*planned, None):
            with self._attempt(session):
                asked = session.connection.ask(batch.uids, batch.items) if batch else None
                arrivals = self._collect(session, *underway) if underway else []
            underway = (batch, asked) if batch and asked else None
            if arrivals:
                points.reach("fetched")
                yield arrivals

    def _collect(self, session: _Session, batch: Batch, asked: Asked) -> list[Arrival]:
        answers = session.connection.answer(asked)
        if asked.fault:
            self._ask_singly(session, batch, answers, asked.fault)
        found = [(uid, answers[uid]) for uid in batch.uids if uid in answers]
        return [arrival for uid, answer in found if (arrival := self._arrival(session, uid, answer, batch))]

    def _ask_singly(self, session: _Session, batch: Batch, answers: dict[int, Answer], fault: str) -> None:
        """One mail that the server cannot read must not keep its neighbours."""
        log.warning("server could not give a batch; asking for its mails one by one", why=str(fault))
        for uid in batch.uids:
            if not _body(answers.get(uid, {})):
                single = session.connection.ask([uid], batch.items)
                answers.update(session.connection.answer(single))
                if single.fault:
                    log.error("server cannot give a mail", mail=self._key(session, uid), why=single.fault)

    def _arrival(self, session: _Session, uid: int, answer: Answer, batch: Batch) -> Arrival | None:
        raw = _body(answer)
        if raw is None:
            return None
        if batch.oversize:
            raw = b"X-Muhtarlik-Oversize: %d\r\n" % batch.oversize + raw
        return Arrival(
            source="imap",
            key=self._key(session, uid),
            content_hash=sha256(raw).hexdigest(),
            received_at=_aware(answer.get(b"INTERNALDATE")),
            raw=raw,
            name=OVERSIZE if batch.oversize else "",
        )

    def _key(self, session: _Session, uid: int | str) -> str:
        return f"{self._account.folder}/{session.uidvalidity}/{uid}"

    # --- the connection -----------------------------------------------------------------------------------

    @contextmanager
    def _attempt(self, session: _Session | None = None) -> Iterator[_Session]:
        """Work on the session; any failure closes it, for nobody knows what is still on the wire.

        With ``session`` the work belongs to that one: when it is gone, its answers are, too.
        """
        if session is not None and session is not self._session:
            raise Temporary(
                f"{self._account.where}: the connection was renewed in the middle of a fetch",
                reason="Posta sunucusuyla bağlantı yenilendi; okuma kaldığı yerden sürecek.",
            )
        try:
            with translated(self._account):
                yield session or self._open()
        except BaseException:
            self._drop()
            raise
        self._failures = 0

    def _open(self) -> _Session:
        """The session at hand if it still answers, else a new one."""
        if self._session and self._still_there(self._session):
            return self._session
        self._drop()
        connection = connect(self._account)
        try:
            self._session = _Session(connection, *select(connection, self._account))
        except BaseException:
            connection.drop()
            raise
        return self._session

    def _still_there(self, session: _Session) -> bool:
        """A server that restarted while we worked has closed the connection: that is no failure."""
        try:
            session.connection.hear_now()
        except Exception:  # any fault means: open another one
            return False
        return True

    def _pause(self) -> float:
        self._failures += 1
        return backoff(self._failures, first=0.5, most=MOST_PAUSE, jitter=random.random())

    def _reconnects(self) -> bool:
        try:
            with self._attempt():
                return True
        except MuhtarlikError as fault:
            log.info("still not connected", why=str(fault))
            return False

    def _drop(self) -> None:
        session, self._session = self._session, None
        if session:
            session.connection.drop()


def _body(answer: Answer) -> bytes | None:
    """The mail in an answer; servers write the item's name with or without its range."""
    for name, value in answer.items():
        if name.startswith(b"BODY["):
            return value if isinstance(value, bytes) else str(value or "").encode()
    return None


def _aware(moment: datetime | None) -> datetime:
    return (moment or datetime.now(UTC)).astimezone(UTC)
