"""Sending: the outbox over one SMTP connection.

What is owed is worded here, when its turn comes: a mail is read without waiting for the words of its letters. A
template at fault holds back its own letters and no others.

SMTP cannot be exactly-once. A letter is marked ``sending``, committed, handed over, then marked ``sent``. One
found in ``sending`` after a crash is in doubt: it goes again with the same bytes and the same Message-ID, so
that the reader's mail program shows one letter. The window is the time between the server's 250 and our mark.
"""

from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from datetime import datetime, timedelta

import structlog

from daemon.domain.allowance import DAY, Allowance, Limits
from daemon.domain.clock import day_of, istanbul
from daemon.domain.errors import ConfigurationError, Temporary
from daemon.domain.notice import Letter, Notice, Occasion
from daemon.domain.office import Office
from daemon.domain.registry import same_address
from daemon.domain.retry import backoff
from daemon.ports.ledger import Ledger, Transaction
from daemon.ports.outgoing import Delivery, Mailer, WordLetter
from daemon.ports.records import StoredLetter
from daemon.steps.other_address import write_or_tell
from daemon.steps.outcome import owe

log = structlog.get_logger()

BATCH = 20
NO_LIMITS = Limits()
FIRST_PAUSE = 60.0
LONGEST_PAUSE = 4 * 3600.0
FAULTY_PAUSE = timedelta(minutes=5)
"""A template that somebody is just mending is tried again after so long."""
_UNCOUNTED = 0


class Sending:
    """Delivers waiting letters, within the provider's daily limit."""

    name = "sending"

    def __init__(
        self,
        ledger: Ledger,
        connect: Callable[[], Mailer],
        word: WordLetter,
        *,
        daily_limit: int = _UNCOUNTED,
        limits: Limits = NO_LIMITS,
        pulse: Callable[[], object] = lambda: None,
    ) -> None:
        """``pulse`` is called after each batch: a long outbox is no hanging step."""
        self._ledger = ledger
        self._connect = connect
        self._word = word
        self._daily_limit = daily_limit
        self._limits = limits
        self._allowance: Allowance | None = None
        self._fault: ConfigurationError | None = None
        self._pulse = pulse

    def run(self, now: datetime, *, office: Office) -> int:
        """Hand over all that is due; return how many letters were accepted. Raises :class:`Temporary`, and at
        the end :class:`ConfigurationError` when a template is at fault."""
        sent = 0
        self._allowance = self._fault = None
        with ExitStack() as stack:
            mailer: Mailer | None = None
            while batch := self._next_batch(now, office):
                mailer = mailer or stack.enter_context(self._connect())
                sent += sum(self._send(mailer, stored, letter, now, office) for stored, letter in batch)
                self._pulse()
        if self._fault:
            raise self._fault
        return sent

    def _next_batch(self, now: datetime, office: Office) -> list[tuple[StoredLetter, Letter]]:
        while letters := self._waiting(now):
            with self._ledger.transaction() as tx:
                bad = tx.bad_addresses()
                for stored in letters:
                    if stored.recipient in bad:
                        tx.mark_refused(stored.id, f"address bounced: {bad[stored.recipient]}", now)
                        write_or_tell(tx, stored, stored.recipient, now, office.registry)
                good = [stored for stored in letters if stored.recipient not in bad]
                going = self._worded(tx, self._within_limits(tx, good, now, office), now)
                tx.mark_sending({stored.id: letter for stored, letter in going}, now)
            if going:
                return going
        return []

    def _worded(
        self, tx: Transaction, letters: list[StoredLetter], now: datetime
    ) -> list[tuple[StoredLetter, Letter]]:
        """Each with its words; one whose template is at fault waits until that is mended."""
        worded = []
        for stored in letters:
            try:
                letter = stored.letter or self._word_owed(stored)
            except ConfigurationError as fault:
                log.error(
                    "letter cannot be worded", letter=stored.id, occasion=stored.occasion, why=str(fault)
                )
                tx.postpone_letter(stored.id, now + FAULTY_PAUSE, str(fault))
                self._fault = fault
            else:
                worded.append((stored, letter))
        return worded

    def _word_owed(self, stored: StoredLetter) -> Letter:
        if stored.owed is None:
            raise ConfigurationError(f"letter {stored.id} has neither words nor a notice")
        return self._word(stored.owed, stored.owed_at)

    def _waiting(self, now: datetime) -> list[StoredLetter]:
        with self._ledger.view() as view:
            room = BATCH
            if self._daily_limit:
                room = min(BATCH, self._daily_limit - view.letters_sent_since(istanbul(day_of(now))))
            return view.letters_waiting(now, room) if room > 0 else []

    def _within_limits(
        self, tx: Transaction, letters: list[StoredLetter], now: datetime, office: Office
    ) -> list[StoredLetter]:
        """Those that may go now; the others wait, and the office is told once a day of each address."""
        if not self._limits:
            return letters
        if self._allowance is None:
            self._allowance = Allowance(self._limits, tx.sent_since(now - DAY))
        going: list[StoredLetter] = []
        for stored in letters:
            to, occasion = stored.recipient, stored.occasion
            until = self._allowance.wait_until(to, occasion, now) if stored.state == "queued" else None
            if until is None:
                self._allowance.note(to, occasion, now)
                going.append(stored)
            else:
                tx.postpone_letter(stored.id, until, "limit of letters to one address")
                owe(tx, _too_many(to, now, office), now)
        return going

    def _send(
        self, mailer: Mailer, stored: StoredLetter, letter: Letter, now: datetime, office: Office
    ) -> int:
        try:
            delivery = mailer.send(letter)
        except Temporary as fault:
            self._postpone(stored, now, str(fault), fault.retry_after)
            raise
        if delivery.accepted:
            with self._ledger.transaction() as tx:
                tx.mark_sent(stored.id, now)
        elif delivery.refused:
            self._refused(stored.id, letter, delivery, now, office)
        else:
            self._postpone(stored, now, delivery.detail, delivery.retry_after)
        return int(delivery.accepted)

    def _postpone(self, stored: StoredLetter, now: datetime, detail: str, wish: float | None) -> None:
        pause = wish or backoff(stored.attempts + 1, first=FIRST_PAUSE, most=LONGEST_PAUSE)
        with self._ledger.transaction() as tx:
            tx.postpone_letter(stored.id, now + timedelta(seconds=pause), detail)

    def _refused(
        self, letter_id: int, letter: Letter, delivery: Delivery, now: datetime, office: Office
    ) -> None:
        """The server knows for sure that this address gets nothing: told to the office, not tried again."""
        log.warning("letter refused", letter=letter_id, occasion=letter.occasion, detail=delivery.detail)
        with self._ledger.transaction() as tx:
            tx.mark_refused(letter_id, delivery.detail, now)
            write_or_tell(tx, letter, letter.recipient, now, office.registry)
            if letter.occasion == Occasion.OFFICE_NOTICE:
                return
            owe(tx, _refused_notices(letter, now, office), now)


def _refused_notices(letter: Letter, now: datetime, office: Office) -> list[Notice]:
    """To the manager and to those who can reach the person otherwise, as where a letter comes back later."""
    facts: dict[str, object] = {
        "title": "Bir ileti teslim edilemedi",
        "lines": (
            f"{letter.recipient} adresi iletiyi kabul etmedi.",
            f"Konu: {letter.subject}",
            "Lütfen adresi denetleyiniz ve ilgiliye başka yolla ulaşınız.",
        ),
    }
    return _told("refused", letter.recipient, office.registry.office_people, facts, now)


def _too_many(address: str, now: datetime, office: Office) -> list[Notice]:
    """To everybody of the office, except who gets too many letters himself."""
    facts: dict[str, object] = {
        "title": "Bir adrese çok sayıda ileti gönderiliyor",
        "lines": (
            f"{address} adresine kısa sürede çok sayıda ileti gönderildi; sonrakiler bekletiliyor ve süre "
            "dolunca kendiliğinden gönderilecek. Hiçbir ileti kaybolmaz.",
            "İki otomatik yanıtlayıcının birbirine yazıp yazmadığına bakmanız uygun olacaktır.",
        ),
    }
    return _told("limit", address, office.registry.clerks, facts, now)


def _told(
    what: str, address: str, people: Iterable[str], facts: Mapping[str, object], now: datetime
) -> list[Notice]:
    """A notice about an address to each of the office's people, once a day, but not to that address itself."""
    return [
        Notice(
            key=f"{Occasion.OFFICE_NOTICE}/{what}/{address}/{day_of(now)}/{person}",
            occasion=Occasion.OFFICE_NOTICE,
            recipient=person,
            facts=facts,
        )
        for person in people
        if same_address(person) != same_address(address)
    ]
