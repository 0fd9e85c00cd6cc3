"""Letters owed and sent, and addresses that refuse them.

SMTP cannot promise "exactly once": a letter is marked ``sending``, committed, sent, then marked ``sent``. One
found in ``sending`` is in doubt and goes again, to the byte the same with the same Message-ID. That is right
only while a single process sends; who sends must see to that. A letter is worded in the transaction that marks it
``sending``; until then its row keeps what is owed, and a number that nobody can guess where its Message-ID will
stand.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cached_property
from secrets import token_hex
from typing import Any

from sqlalchemy import Row, and_, bindparam, delete, func, insert, or_, select, update

from daemon.domain.notice import Letter, Owed
from daemon.ledger.columns import EPOCH, to_json
from daemon.ledger.dialect import among, insert_new, strings_of, upsert
from daemon.ledger.owed import read_owed, write_owed
from daemon.ledger.part import Part
from daemon.ledger.schema import addresses, letter_about, outbox, reminded
from daemon.ports.records import LetterRecord, StoredLetter

_o, _x = outbox.c, addresses.c

_STORED = select(
    _o.id, _o.attempts, _o.state, _o.created_at, _o.owed,
    _o.key, _o.occasion, _o.recipient, _o.message_id, _o.subject, _o.mime, _o.about,
)  # fmt: skip
_WAITING = (
    _STORED.where(or_(_o.state == "sending", and_(_o.state == "queued", _o.next_at <= bindparam("now"))))
    .order_by(_o.id)
    .limit(bindparam("limit"))
)
_BY_MESSAGE_ID = _STORED.where(among(_o.message_id, "ids"))
_SENT_SINCE = select(func.count()).select_from(outbox).where(_o.sent_at >= bindparam("since"))
_LATELY = (
    select(_o.recipient, _o.occasion, _o.sent_at).where(_o.sent_at > bindparam("since")).order_by(_o.sent_at)
)
_ABOUT = (
    select(_o.occasion, _o.recipient, _o.subject, _o.message_id, _o.state, _o.sent_at)
    .join_from(outbox, letter_about)
    .where(letter_about.c.number == bindparam("of"))
    .order_by(_o.id)
)
_BAD = select(_x.address, _x.reason)
_REMINDED = select(reminded.c.key).where(among(reminded.c.key, "keys"))

_OWE = insert_new(outbox, "key").returning(_o.id, _o.key)
_ADD_ABOUT = insert(letter_about)
_this = update(outbox).where(_o.id == bindparam("this"))
_SENDING = _this.values(
    state="sending",
    attempts=_o.attempts + 1,
    tried_at=bindparam("now"),
    message_id=bindparam("names"),
    subject=bindparam("title"),
    mime=bindparam("words"),
    owed="",
)
_SENT = _this.values(state="sent", sent_at=bindparam("now"), detail="")
_POSTPONE = _this.values(state="queued", next_at=bindparam("until"), detail=bindparam("why"))
_REFUSED = _this.values(state="refused", tried_at=bindparam("now"), detail=bindparam("why"))
_MARK_BAD = upsert(addresses, "address")
_CLEAR_BAD = delete(addresses).where(_x.address == bindparam("this"))
_keys = strings_of("keys")
_REMIND = insert_new(reminded, "key").from_select(
    ["key", "at"],
    # SQLite cannot tell ON CONFLICT from a join's ON unless there is a WHERE.
    select(_keys, bindparam("now", type_=reminded.c.at.type)).where(_keys.is_not(None)).order_by(_keys),
)


class LettersRead(Part):
    def letters_waiting(self, now: datetime, limit: int) -> list[StoredLetter]:
        """Queued and due, and those in doubt; in the order in which they were owed."""
        return [_stored(row) for row in self._run(_WAITING, now=now, limit=limit)]

    def letters_sent_since(self, since: datetime) -> int:
        return int(self._run(_SENT_SINCE, since=since).scalar_one())

    def sent_since(self, since: datetime) -> list[tuple[str, str, datetime]]:
        return [(recipient, occasion, at) for recipient, occasion, at in self._run(_LATELY, since=since)]

    def letter_about(self, message_id: str) -> StoredLetter | None:
        """The letter with that Message-ID, given with or without its angle brackets."""
        bare = message_id.strip().strip("<>")
        row = self._run(_BY_MESSAGE_ID, ids=to_json([bare, f"<{bare}>"])).first()
        return _stored(row) if row else None

    def letters_of(self, number: str) -> list[LetterRecord]:
        return [LetterRecord(*row) for row in self._run(_ABOUT, of=number)]

    def bad_addresses(self) -> dict[str, str]:
        return dict(map(tuple, self._run(_BAD)))

    def reminded(self, keys: Iterable[str]) -> set[str]:
        return set(self._run(_REMINDED, keys=to_json(list(keys))).scalars().all())


class LettersWrite(LettersRead):
    @cached_property
    def _bad(self) -> dict[str, str]:
        """Asked for at every letter: read once, nobody else writes meanwhile."""
        return super().bad_addresses()

    def bad_addresses(self) -> dict[str, str]:
        return dict(self._bad)

    def owe(self, owed: Iterable[Owed], now: datetime) -> int:
        by_key: dict[str, Owed] = {}
        for each in owed:
            by_key.setdefault(each.notice.key, each)
        if not by_key:
            return 0
        rows = [_row(each, now) for each in by_key.values()]
        new = self._connection.execute(_OWE, rows).all()
        about = [
            {"letter_id": letter_id, "position": position, "number": number}
            for letter_id, key in new
            for position, number in enumerate(by_key[key].notice.about)
        ]
        self._run_for_each(_ADD_ABOUT, about)
        return len(new)

    def mark_sending(self, letters: Mapping[int, Letter], now: datetime) -> None:
        """Fixes the words and counts the attempt before it is made."""
        self._run_for_each(
            _SENDING,
            (
                {
                    "this": letter_id,
                    "now": now,
                    "names": letter.message_id,
                    "title": letter.subject,
                    "words": letter.mime,
                }
                for letter_id, letter in letters.items()
            ),
        )

    def mark_sent(self, letter_id: int, now: datetime) -> None:
        self._run_for_one(_SENT, f"letter {letter_id}", this=letter_id, now=now)

    def postpone_letter(self, letter_id: int, until: datetime, detail: str) -> None:
        self._run_for_one(_POSTPONE, f"letter {letter_id}", this=letter_id, until=until, why=detail)

    def mark_refused(self, letter_id: int, detail: str, now: datetime) -> None:
        self._run_for_one(_REFUSED, f"letter {letter_id}", this=letter_id, now=now, why=detail)

    def mark_address_bad(self, address: str, reason: str, now: datetime) -> None:
        self._run(_MARK_BAD, address=address.lower(), reason=reason, since=now)
        self._bad[address.lower()] = reason

    def clear_bad_address(self, address: str) -> None:
        if self._bad.pop(address.lower(), None) is not None:
            self._run(_CLEAR_BAD, this=address.lower())

    def mark_reminded(self, keys: Iterable[str], now: datetime) -> None:
        self._run(_REMIND, keys=to_json(list(keys)), now=now)


def _stored(row: Row[*tuple[Any, ...]]) -> StoredLetter:
    letter_id, attempts, state, owed_at, owed, key, occasion, recipient, message_id, subject, mime, about = (
        row
    )
    letter = Letter(key, occasion, recipient, message_id, subject, mime, about) if mime else None
    return StoredLetter(
        letter_id,
        key,
        occasion,
        recipient,
        about,
        attempts=attempts,
        state=state,
        owed_at=owed_at,
        owed=read_owed(owed) if owed else None,
        letter=letter,
    )


def _row(owed: Owed, now: datetime) -> dict[str, object]:
    notice = owed.notice
    return {
        "key": notice.key,
        "occasion": notice.occasion,
        "recipient": notice.recipient,
        "message_id": token_hex(16),
        "subject": "",
        "about": notice.about,
        "owed": write_owed(owed),
        "state": "queued",
        "attempts": 0,
        "next_at": EPOCH,
        "created_at": now,
        "detail": "",
        "mime": b"",
    }
