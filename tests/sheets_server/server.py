"""The stand-in as one object: ``with SheetsServer() as server: …``.

It serves Sheets v4, Drive v3, the token endpoint and a page for people on a free port of loopback, in a thread of
its own, and lets a test be the people: add spreadsheets and share them, edit between two calls, make calls fail.
"""

import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from threading import RLock, Thread
from types import TracebackType
from typing import Any, Self

from tests.sheets_server import batch, page
from tests.sheets_server.accounts import Accounts, is_machine
from tests.sheets_server.api import Gate
from tests.sheets_server.book import Book
from tests.sheets_server.calls import Call, Calls
from tests.sheets_server.control import Control
from tests.sheets_server.drive.model import FOLDER, ROLES, File, Permission, new_id
from tests.sheets_server.drive.store import Drive
from tests.sheets_server.errors import ApiError
from tests.sheets_server.faults import Faults
from tests.sheets_server.history import History
from tests.sheets_server.oauth import TokenEndpoint
from tests.sheets_server.quotas import Meter, Quotas
from tests.sheets_server.transport import Listener
from tests.sheets_server.wire import Answer, Request, as_json, html_page, sheets_refusal

OWNER = "mudur@ornek.bel.tr"
LAG = timedelta(seconds=180)
"""How late Drive tells people's edits."""

_BOUNDARIES = {"locations": [], "encodedLocations": "0x0"}


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Books(Mapping[str, Book]):
    """The spreadsheets' contents by their identifiers; editing one is a person's edit."""

    def __init__(self, drive: Drive) -> None:
        self._drive = drive

    def __getitem__(self, identifier: str) -> Book:
        book = self._drive.files[identifier].book
        if book is None:
            raise KeyError(identifier)
        return book

    def __iter__(self) -> Iterator[str]:
        return (file.id for file in self._drive.files.values() if file.book is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class SheetsServer:
    """Google on loopback.

    :param clock: the time for changes, versions and quotas; tokens go by the real clock, as their senders do.
    :param quotas: calls a minute, None for no limit.
    :param machines_own_storage: whether service accounts may create files outside shared drives; Google: no.
    :param strangers: whether to take service accounts whose key is unknown.
    :param drive_lag: how late Drive tells what people edit.
    :param history: whether earlier states are always kept, rather than only while a stale read is scripted.
    """

    def __init__(
        self,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        clock: Callable[[], datetime] = _utc_now,
        quotas: Quotas | None = Quotas(),  # noqa: B008 - frozen
        machines_own_storage: bool = False,
        strangers: bool = False,
        drive_lag: timedelta = LAG,
        between: Callable[[Call], None] | None = None,
        history: bool = False,
    ) -> None:
        self._clock = clock
        self._ahead = timedelta()
        self.accounts = Accounts()
        self.drive = Drive(self.now, drive_lag)
        self.books = Books(self.drive)
        self.calls = Calls()
        self.faults = Faults()
        self.meter = Meter(quotas)
        self.lock = RLock()
        self.keep_history = history
        self._listener = Listener((host, port), self._answer)
        self.port: int = self._listener.server_address[1]
        self.url = f"http://{host}:{self.port}"
        past = History(lambda: self.keep_history or self.faults.wants_history)
        self.gate = Gate(
            clock=self.now,
            accounts=self.accounts,
            drive=self.drive,
            calls=self.calls,
            faults=self.faults,
            meter=self.meter,
            history=past,
            machines_own_storage=machines_own_storage,
            strangers=strangers,
            lock=self.lock,
            between=between,
        )
        self._tokens = TokenEndpoint(self.accounts, strangers=strangers)
        self._control = Control(self)
        self._thread: Thread | None = None
        self.defect: Exception | None = None
        """The first failure of the stand-in itself, or of what a test does between two calls."""

    # -- running ------------------------------------------------------------------------------------------

    def start(self) -> Self:
        """Serves in a thread of its own."""
        self._thread = Thread(
            target=self._listener.serve_forever,
            kwargs={"poll_interval": 0.05},
            name="sheets-server",
            daemon=True,
        )
        self._thread.start()
        return self

    def serve(self) -> None:
        """Serves in this thread until interrupted."""
        try:
            self._listener.serve_forever()
        finally:
            self.close()

    def close(self) -> None:
        """Stops, and hangs up on everybody."""
        if self._thread is not None:
            self._listener.shutdown()
            self._thread.join()
            self._thread = None
        self._listener.hang_up()
        self._listener.server_close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
        if self.defect is not None and error is None:
            raise self.defect

    # -- time ---------------------------------------------------------------------------------------------

    def now(self) -> datetime:
        """The server's time."""
        return self._clock() + self._ahead

    def advance(self, time: timedelta) -> None:
        """Puts the server's clock forward."""
        self._ahead += time

    @property
    def between(self) -> Callable[[Call], None] | None:
        """What is called at the boundary of every call, before it takes effect: here people act."""
        return self.gate.between

    @between.setter
    def between(self, act: Callable[[Call], None] | None) -> None:
        self.gate.between = act

    @property
    def behind(self) -> Callable[[Call], None] | None:
        """What is called once a call's answer stands and before it is sent: the answer is then an old one."""
        return self.gate.behind

    @behind.setter
    def behind(self, act: Callable[[Call], None] | None) -> None:
        self.gate.behind = act

    # -- what people do -----------------------------------------------------------------------------------

    def add_spreadsheet(
        self,
        title: str,
        *,
        shared_with: Iterable[str | tuple[str, str]] = (),
        owner: str = OWNER,
        folder: str = "",
        body: Mapping[str, Any] | None = None,
    ) -> str:
        """A person makes a spreadsheet and shares it (as writer, or ``(address, role)``); its identifier."""
        with self.lock:
            made = dict(body or {})
            made["properties"] = {"title": title, **made.get("properties", {})}
            book = Book(new_id(), made)
            file = self.drive.add_spreadsheet(book, owner, [folder] if folder else [])
            self._share(file, shared_with)
        return file.id

    def add_folder(
        self,
        name: str,
        *,
        shared_with: Iterable[str | tuple[str, str]] = (),
        owner: str = OWNER,
        folder: str = "",
    ) -> str:
        """A person makes a folder and shares it; its identifier."""
        with self.lock:
            now = self.now()
            made = File(
                new_id(), name, FOLDER, now, now, owner, owner=owner, parents=[folder] if folder else []
            )
            self._share(self.drive.add(made), shared_with)
        return made.id

    def add_shared_drive(self, name: str, members: Iterable[str | tuple[str, str]]) -> str:
        """A shared drive with its members (organizers, or ``(address, role)``); its identifier."""
        with self.lock:
            return self.drive.add_drive(name, [_permission(each, "organizer") for each in members]).id

    def share(self, identifier: str, address: str, role: str = "writer") -> None:
        """The owner shares a file."""
        with self.lock:
            self._share(self.drive.files[identifier], [(address, role)])

    def unshare(self, identifier: str, address: str) -> None:
        """The owner takes a share back."""
        with self.lock:
            file = self.drive.files[identifier]
            audience = self.drive.audience(file)
            for permission in [each for each in file.permissions.values() if each.address == address]:
                del file.permissions[permission.id]
            file.shared_at.pop(address.lower(), None)
            self.drive.note(file, audience)

    def trash(self, identifier: str, *, restore: bool = False) -> None:
        """The owner puts a file into the trash, or takes it out."""
        with self.lock:
            file = self.drive.files[identifier]
            file.trashed = None if restore else self.now()
            self.drive.written(file, file.owner)

    def delete(self, identifier: str) -> None:
        """The owner deletes a file for good."""
        with self.lock:
            self.drive.remove(self.drive.files[identifier])

    @contextmanager
    def person(self, identifier: str, who: str = OWNER) -> Iterator[Book]:
        """A person edits: ``with server.person(id, "memur@…") as book: book.values_update(…)``."""
        with self.lock:
            file = self.drive.files[identifier]
            self.gate.history.keep(file)
            yield self.books[identifier]
            self.drive.edited(file, who)

    def edit(self, identifier: str, *requests: Mapping[str, Any], who: str = OWNER) -> Any:
        """A person edits by the requests of a batch update."""
        with self.person(identifier, who) as book:
            return book.batch_update({"requests": list(requests)})

    def type_in(self, identifier: str, cell: str, *rows: Sequence[Any], who: str = OWNER) -> None:
        """A person types rows of values, beginning at ``cell`` (A1 notation)."""
        with self.person(identifier, who) as book:
            body = {"range": cell, "majorDimension": "ROWS", "values": [list(row) for row in rows]}
            book.values_update(cell, body, {"valueInputOption": "USER_ENTERED"})

    def token_for(self, user: str) -> str:
        """An access token of a person or service account, without the way through the token endpoint."""
        return self.accounts.grant(user)

    def may_create(self, user: str) -> bool:
        """Whether the account may create files of its own."""
        return self.gate.machines_own_storage or not is_machine(user)

    def _share(self, file: File, shared_with: Iterable[str | tuple[str, str]]) -> None:
        for each in shared_with:
            file.permit(_permission(each, "writer"), self.now())
        self.drive.note(file)

    # -- answering ----------------------------------------------------------------------------------------

    def _answer(self, request: Request) -> Answer:
        try:
            return self._routed(request)
        except ApiError as error:
            return sheets_refusal(error)
        except Exception as defect:  # must not look like a dead server
            traceback.print_exc()
            self.defect = self.defect or defect
            return html_page(500, "The stand-in itself failed; its traceback is on standard error.")

    def _routed(self, request: Request) -> Answer:
        path = request.path
        if path == "/token" and request.verb == "POST":
            return self.gate.token(request, self._tokens.answer)
        if path.endswith("/allowedLocations") and request.verb == "GET":
            return as_json(_BOUNDARIES)
        if path.startswith("/-/"):
            return self._control.answer(request)
        if path in batch.PATHS and request.verb == "POST":
            return batch.answered(request, self.gate.answer)
        if request.verb == "GET" and page.is_for_people(path):
            with self.lock:
                return page.answered(path, self.drive)
        return self.gate.answer(request)


def _permission(each: str | tuple[str, str], usual: str) -> Permission:
    address, role = (each, usual) if isinstance(each, str) else each
    if role not in ROLES:
        raise ValueError(f"no such role: {role}")
    return Permission("user", role, address)
