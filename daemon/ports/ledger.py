"""The ledger: read as a view of one consistent state, written in transactions."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import Protocol

from daemon.domain.chats.identity import ChatRecord
from daemon.domain.duplicates import Earlier
from daemon.domain.mail import Arrival
from daemon.domain.notice import Letter, Owed
from daemon.domain.reminders import OpenClock
from daemon.domain.request import Channel, Entry, Request, RequestNumber
from daemon.domain.review import Review
from daemon.domain.storm import Alike
from daemon.domain.structured.deciding import ForeignRecord
from daemon.domain.structured.mbs_answer import Entered
from daemon.domain.telling import Telling
from daemon.ports.records import (
    Lesson,
    LetterRecord,
    LostLetter,
    RequestFilter,
    SheetBase,
    SheetInNeed,
    StepState,
    StoredArrival,
    StoredLetter,
)


class View(Protocol):
    """Reading the ledger, one consistent state."""

    # arrivals
    def known_arrivals(self, source: str, keys: Sequence[str]) -> set[str]: ...
    def arrivals_waiting(self, now: datetime, limit: int) -> list[StoredArrival]:
        """State ``new`` whose next attempt is due, with their raw bytes; senders take turns, each in his order; no
        scans."""

    def scans_waiting(self, now: datetime, limit: int) -> list[StoredArrival]:
        """The same for scans (:data:`daemon.domain.mail.SCANS`)."""

    def first_scan_waiting(self, now: datetime) -> int | None:
        """The id of the first of them, without its bytes."""

    def alike(self) -> list[Alike]:
        """Unread arrivals whose sender has sent more of the same than a person does."""

    def arrival(self, arrival_id: int) -> StoredArrival | None: ...
    def held_arrivals(self) -> list[StoredArrival]:
        """Oldest first, without their raw bytes (:meth:`arrival` has them): they may be many and large."""

    def unsettled_arrivals(self, source: str) -> list[tuple[str, str]]:
        """(key, state) of arrivals that are read, held or dropped but whose source has not been told."""

    # conversations
    def chat_records(self, slots: Sequence[str]) -> list[ChatRecord]:
        """What has been seen of the given slots (a person's minutes)."""

    # requests
    def request(self, number: str) -> Request | None: ...
    def requests_numbered(self, numbers: Sequence[str]) -> list[Request]:
        """Those of the given numbers that there are, in no particular order."""

    def requests(self, which: RequestFilter) -> list[Request]: ...
    def latest_open(self, neighbourhood: str, category: str, most: int) -> list[Earlier]:
        """The ``most`` latest open requests of a place and, unless it is "", a category; the latest first."""

    def open_clocks(self, due_until: date) -> Iterable[OpenClock]:
        """Open requests with a directorate and a due date up to and including ``due_until``."""

    def corrections(self) -> int:
        """How many requests people have routed otherwise: by ``Sevk``, by ``Kategori`` or in ``İnceleme``."""

    def lessons(self, limit: int) -> list[Lesson]:
        """Closed (not cancelled) and re-routed requests, the latest first."""

    def closed_count(self, directorate: str, since: datetime) -> int:
        """How many requests the directorate (code) has closed since then."""

    def requests_of_message(self, message_ids: Sequence[str]) -> list[str]:
        """Numbers that our letters (or the original mail) with one of these Message-IDs are about."""

    def history(self, number: str) -> list[Entry]: ...
    def entries(self, kind: str, numbers: Sequence[str]) -> list[Entry]:
        """What the histories of these requests hold of one kind, oldest first."""

    def changed_since(self, directorate: str, revision: int) -> list[tuple[int, Request]]:
        """(revision, request) of requests now in ``directorate``, changed after ``revision``, in order."""

    def revision(self) -> int:
        """The highest revision given to any request so far."""

    # other systems' numbers
    def foreign_record(self, channel: Channel, number: str) -> ForeignRecord | None:
        """What was last told of another system's number."""

    def request_of_foreign(self, channel: Channel, number: str) -> Request | None:
        """The one request that carries it."""

    def answers_owed(self, channel: Channel) -> list[tuple[Request, Entered]]:
        """Closed requests of a channel whose answer, as it is now, nobody has entered in the other system."""

    # reviews
    def reviews(self, *, undecided_only: bool = True) -> list[Review]: ...
    def reviews_waiting(self) -> list[int]:
        """Ids of the undecided ones, oldest first."""

    def review(self, key: str) -> Review | None: ...

    # tellings
    def tellings(self) -> list[Telling]:
        """Those that wait and those told whose rows still stand; the told ones first, then by age."""

    def letters_lost(self, address: str, since: datetime) -> list[LostLetter]:
        """Headmen's letters to an address that refuses them: sent since then, or not sent at all."""

    # letters
    def letters_waiting(self, now: datetime, limit: int) -> list[StoredLetter]: ...
    def letters_sent_since(self, since: datetime) -> int: ...
    def sent_since(self, since: datetime) -> list[tuple[str, str, datetime]]:
        """(recipient, occasion, when) of every letter sent after that moment, oldest first."""

    def letter_about(self, message_id: str) -> StoredLetter | None: ...
    def letters_of(self, number: str) -> list[LetterRecord]:
        """Every letter about a request, in the order in which they were owed."""

    def bad_addresses(self) -> dict[str, str]:
        """Addresses that bounced, with the reason."""

    # reminders
    def reminded(self, keys: Iterable[str]) -> set[str]: ...

    # sheets
    def sheet_bases(self, sheet: str) -> dict[tuple[str, str], SheetBase]: ...
    def superseded_rows(self, sheet: str) -> list[tuple[str, str]]:
        """(title, number) of rows that this sheet still has although the request's row now stands elsewhere:
        in another directorate's sheet. Only where the new place is confirmed by a base of its own."""

    def sheet_state(self, sheet: str) -> dict[str, str]:
        """Free notes on a sheet: ``fingerprint``, ``as_of`` (date of ``Kalan İş Günü``), ``revision`` …; why it is
        in need: ``fault`` and ``fault_since``, or ``waits`` and ``waiting_since``."""

    def sheets_in_need(self) -> list[SheetInNeed]: ...

    # daemon
    def steps(self) -> list[StepState]: ...
    def counts(self, today: date) -> dict[str, int]:
        """``open``, ``late``, ``closed``, ``held``, ``outbox``, ``arrivals``, ``reviews``."""

    def note(self, key: str) -> str:
        """A small fact kept by the daemon (``""`` when absent)."""


class Transaction(View, Protocol):
    """Writing the ledger; commits when the ``with`` block ends, rolls back when it raises."""

    # arrivals
    def keep_arrivals(self, arrivals: Sequence[Arrival], now: datetime) -> int:
        """Insert those not known by key or content hash; return how many were new."""

    def mark_settled(self, source: str, keys: Sequence[str]) -> None: ...
    def count_attempts(self, ids: Sequence[int], now: datetime) -> None: ...
    def postpone_arrival(self, arrival_id: int, until: datetime, reason: str) -> None: ...
    def close_arrival(
        self, arrival_id: int, state: str, reason: str = "", numbers: Sequence[str] = ()
    ) -> None:
        """``state``: ``read`` | ``held`` | ``dropped``. Raises :class:`Temporary` when another process has made
        requests of it meanwhile: the whole decision is undone."""

    def hold_alike(self, alike: Alike, reason: str) -> tuple[int, int]:
        """Hold the unread ones as one entry; return its id and for how many it stands (``{count}`` in ``reason``)."""

    def held_together(self, arrival_id: int) -> list[int]:
        """Every arrival for which a held one stands, itself too; from now on each stands for itself."""

    def reopen_arrival(self, arrival_id: int) -> None:
        """Back to ``new`` with no attempts counted (``held retry``)."""

    # conversations
    def keep_chat_records(self, records: Iterable[ChatRecord], arrival_id: int) -> None:
        """Insert those whose key is new; of the others only ``with_files`` changes."""

    # requests
    def next_number(self, year: int) -> RequestNumber: ...
    def give_no_number_until(self, year: int, serial: int) -> None:
        """The year's next number comes after ``serial``, whatever the ledger knows."""

    def add_request(self, request: Request) -> None: ...
    def save_request(self, request: Request) -> None:
        """Replace by number; gives it a new revision."""

    def append_history(self, entries: Iterable[Entry]) -> None:
        """Add to the hash chain, in order."""

    # other systems' numbers
    def keep_foreign(self, record: ForeignRecord) -> None:
        """Insert, or replace what was known of its number."""

    # reviews
    def open_review(self, review: Review) -> None:
        """Insert unless ``key`` is there."""

    def decide_review(self, key: str, decision: str, now: datetime) -> None: ...
    def reopen_review(self, key: str) -> None:
        """It waits for a decision again."""

    # tellings
    def open_telling(self, telling: Telling) -> bool:
        """Insert unless ``key`` is there; the request's earlier ones are then over. Returns whether it is new."""

    def settle_telling(self, telling: Telling) -> None:
        """Save its state, when and by whom; found by its key."""

    # letters
    def owe(self, owed: Iterable[Owed], now: datetime) -> int:
        """Queue letters whose key is new; return how many were."""

    def mark_sending(self, letters: Mapping[int, Letter], now: datetime) -> None: ...
    def mark_sent(self, letter_id: int, now: datetime) -> None: ...
    def postpone_letter(self, letter_id: int, until: datetime, detail: str) -> None: ...
    def mark_refused(self, letter_id: int, detail: str, now: datetime) -> None: ...
    def mark_address_bad(self, address: str, reason: str, now: datetime) -> None: ...
    def clear_bad_address(self, address: str) -> None: ...

    # reminders
    def mark_reminded(self, keys: Iterable[str], now: datetime) -> None: ...

    # sheets
    def save_bases(self, sheet: str, bases: Iterable[SheetBase]) -> None: ...
    def drop_bases(self, sheet: str, rows: Iterable[tuple[str, str]]) -> None: ...
    def save_sheet_state(self, sheet: str, state: Mapping[str, str]) -> None:
        """Keys not given stay as they are."""

    # daemon
    def step_succeeded(self, name: str, now: datetime) -> None: ...
    def step_failed(self, name: str, detail: str, now: datetime) -> None: ...
    def set_note(self, key: str, value: str) -> None: ...


class Ledger(Protocol):
    def view(self) -> AbstractContextManager[View]: ...
    def transaction(self) -> AbstractContextManager[Transaction]: ...
    def let_go(self) -> None:
        """Keep nothing open that a forked process must not inherit; the next use opens it again."""

    def close(self) -> None: ...
