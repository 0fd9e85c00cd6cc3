"""Erasing in the ledger: words of the history, letters, mails, questions. What was once done stays once done.

Rows stay, with what makes them unique; their personal content goes. SQLite overwrites what is erased
(``secure_delete``); :meth:`SqlLedger.compact` then empties the write-ahead log and rebuilds the file.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from hashlib import sha256

from sqlalchemy import (
    Integer,
    Table,
    Text,
    and_,
    bindparam,
    case,
    column,
    false,
    func,
    or_,
    select,
    table,
    update,
)

from daemon.domain.request import Entry
from daemon.ledger import chain
from daemon.ledger.history import HistoryWrite
from daemon.ledger.schema import (
    addresses,
    arrivals,
    foreign_records,
    outbox,
    reminded,
    requests,
    reviews,
    tellings,
)

Clean = Callable[[str], str]
Change = Callable[[str, tuple[str, str, str]], tuple[str, str, str]]
"""Of a request's number and an entry's (actor, text, data as JSON): what is to stand there instead."""
_stored = table("history", *(column(name, Integer if name == "seq" else Text) for name in chain.Link._fields))
_h, _a, _o, _v = _stored.c, arrivals.c, outbox.c, reviews.c
_LINKS = select(*_h).where(_h.kind != chain.ERASURE).order_by(_h.seq)
_REWRITE = (
    update(_stored)
    .where(_h.seq == bindparam("of"))
    .values(actor=bindparam("by"), text=bindparam("words"), data=bindparam("facts"), salt="")
)
_MAILS = select(_a.id).where(_a.state != "new", _a.size > 0)
_EMPTY = (
    update(arrivals)
    .where(_a.id == bindparam("this"))
    .values(raw=None, original=None, size=0, sender="", shape="")
    .values(state=case((_a.state == "held", "dropped"), else_=_a.state))
)
_STILL_NEEDED = select(func.count()).where(_a.original == bindparam("digest"))
_LETTERS = select(_o.id).where(_o.state.in_(["sent", "refused"]), or_(_o.mime != b"", _o.owed != ""))
_FORGET = update(outbox).where(_o.id == bindparam("this")).values(mime=b"", owed="", subject="", detail="")
_UNNAMED = update(outbox).where(_o.id == bindparam("this")).values(recipient="", key=bindparam("secret"))
_STOP = (
    update(outbox)
    .where(_o.state == "queued", _o.recipient.in_(bindparam("to", expanding=True)))
    .values(state="refused", detail="erased", mime=b"", owed="")
)
_FORGET_QUESTION = update(reviews).values(sender="", subject="", read="", guess="", link="")
_WORDS: tuple[tuple[Table, str, tuple[str, ...]], ...] = (
    (reviews, "id", ("reason", "sender", "subject", "read", "guess", "decision")),
    (arrivals, "id", ("reason", "name")),
    (outbox, "id", ("recipient", "subject", "detail")),
    (tellings, "id", ("why", "told_by", "remark")),
)
_FORGET_FOREIGN = update(foreign_records).values(facts={}, answer_to="")
_KEYS: tuple[tuple[Table, str], ...] = ((outbox, "id"), (reminded, "key"), (reviews, "id"))


class ErasureWrite(HistoryWrite):
    def rewrite_history(self, change: Change, *, why: str, now: datetime) -> int:
        """Erase from the entries what ``change`` takes out of their words, and chain an entry that says so.

        Returns how many entries changed.
        """
        erased: dict[str, str] = {}
        for row in self._run(_LINKS).all():
            link = chain.Link(*row)
            actor, text, data = change(link.number, (link.actor, link.text, link.data))
            if (actor, text, data) == (link.actor, link.text, link.data):
                continue
            self._run(_REWRITE, of=link.seq, by=actor, words=text, facts=data)
            left = link._replace(actor=actor, text=text, data=data, salt="")
            erased[str(link.seq)] = chain.digest_of(left)
        if erased:
            text = f"{len(erased)} kayıttaki kişisel veriler silindi. {why}".strip()
            self.append_history([Entry(now, "muhtarlik", chain.ERASURE, text, "", {"entries": erased})])
        return len(erased)

    def mails_to_erase(
        self, *, before: datetime | None = None, sender: Iterable[str] = (), ids: Iterable[int] = ()
    ) -> list[int]:
        """Mails whose bytes are still there: of a sender, named, or older than a moment (then only those about
        which nobody has to decide any more)."""
        asked = select(_v.arrival_id).where(_v.decided_at.is_(None), _v.arrival_id.is_not(None))
        old = and_(_a.received_at < before, _a.state != "held", _a.id.not_in(asked)) if before else false()
        chosen = or_(old, _a.sender.in_(list(sender)), _a.id.in_(list(ids)))
        return list(self._connection.execute(_MAILS.where(chosen)).scalars())

    def arrivals_of(self, numbers: Iterable[str]) -> list[int]:
        """Arrivals out of which these requests were made or which changed them."""
        wanted = set(numbers)
        rows = self._connection.execute(select(_a.id, _a.numbers).where(_a.state == "read"))
        return [row.id for row in rows if wanted & set(row.numbers)]

    def erase_mails(self, ids: Iterable[int]) -> int:
        """Forget their bytes; that they came, when, and what became of them stays known."""
        count = 0
        for arrival_id in ids:
            digest = self._connection.execute(select(_a.original).where(_a.id == arrival_id)).scalar()
            self._run(_EMPTY, this=arrival_id)
            if digest and not self._run(_STILL_NEEDED, digest=digest).scalar():
                self._originals.remove(digest)
            count += 1
        return count

    def letters_to_erase(
        self, *, before: datetime | None = None, to: Iterable[str] = (), about: Iterable[str] = ()
    ) -> list[int]:
        wanted, recipients = set(about), set(to)
        query = _LETTERS.add_columns(_o.recipient, _o.about, _o.created_at)
        return [
            row.id
            for row in self._connection.execute(query)
            if (before is not None and row.created_at < before)
            or row.recipient.lower() in recipients
            or wanted & set(row.about)
        ]

    def letters_underway(self, about: Iterable[str]) -> int:
        """Letters about these requests that still have to go out to others."""
        wanted = set(about)
        rows = self._connection.execute(select(_o.about).where(_o.state.in_(["queued", "sending"])))
        return sum(bool(wanted & set(row.about)) for row in rows)

    def erase_letters(self, ids: Iterable[int]) -> int:
        return self._run_for_each(_FORGET, [{"this": letter_id} for letter_id in ids])

    def forget_recipients(self, ids: Iterable[int]) -> None:
        """To whom a letter went is no longer known, nor what its key says of it."""
        for letter_id in ids:
            key = self._connection.execute(select(_o.key).where(_o.id == letter_id)).scalar_one()
            secret = f"#{sha256(key.encode()).hexdigest()[:32]}"
            self._run(_UNNAMED, this=letter_id, secret=secret)

    def stop_letters(self, to: Iterable[str]) -> int:
        """Letters that still wait for these addresses are not sent any more."""
        return self._run(_STOP, to=list(to)).rowcount

    def forget_foreign(self, numbers: Iterable[str]) -> None:
        """What other systems said of these requests; their numbers stay, so that none enters again."""
        told = select(requests.c.external_number).where(
            requests.c.number.in_(list(numbers)), requests.c.external_number != ""
        )
        self._connection.execute(_FORGET_FOREIGN.where(foreign_records.c.number.in_(told)))

    def forget_questions(self, numbers: Iterable[str]) -> int:
        """Questions about these requests keep their answer, not what was read."""
        return self._connection.execute(_FORGET_QUESTION.where(_v.number.in_(list(numbers)))).rowcount

    def clean_words(self, clean: Clean) -> int:
        """Erase mentions from questions, reasons and addresses; returns how many rows changed."""
        changed = sum(self._clean_rows(of, key, columns, clean) for of, key, columns in _WORDS)
        changed += sum(self._clean_key(of, key, clean) for of, key in _KEYS)
        bad = [row.address for row in self._connection.execute(select(addresses.c.address))]
        for address in (each for each in bad if clean(each) != each):
            changed += self._connection.execute(
                addresses.delete().where(addresses.c.address == address)
            ).rowcount
        return changed

    def _clean_rows(self, of: Table, key: str, columns: tuple[str, ...], clean: Clean) -> int:
        changed = 0
        for row in self._connection.execute(select(of.c[key], *(of.c[name] for name in columns))).all():
            new = {name: clean(value) for name, value in zip(columns, row[1:], strict=True)}
            if new != dict(zip(columns, row[1:], strict=True)):
                self._connection.execute(update(of).where(of.c[key] == row[0]).values(**new))
                changed += 1
        return changed

    def _clean_key(self, of: Table, by: str, clean: Clean) -> int:
        """Keys stay unique: a mention becomes a short digest of the key, which tells nobody anything."""
        changed = 0
        for row in self._connection.execute(select(of.c[by], of.c.key)).all():
            if (bare := clean(row[1])) != row[1]:
                new = f"{bare}#{sha256(row[1].encode()).hexdigest()[:12]}"
                self._connection.execute(update(of).where(of.c[by] == row[0]).values(key=new))
                changed += 1
        return changed
