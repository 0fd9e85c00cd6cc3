"""One mail on the desk, with everything that a decision about it may look at."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from daemon.domain.answers.replies import Reply
from daemon.domain.decision import DAEMON, NOTHING, Outcome
from daemon.domain.impostor import suspect
from daemon.domain.mail import HANDED_IN, Address, Mail, Trust, Verdict
from daemon.domain.office import Office
from daemon.domain.reading import Reading
from daemon.domain.registry import same_address
from daemon.domain.routing.values import Routing
from daemon.ports.ledger import Transaction
from daemon.ports.records import StoredArrival


@dataclass(frozen=True, slots=True)
class Foreseen:
    """Where a mail's words were routed before it was the mail's turn."""

    subject: str
    text: str
    neighbourhood: str
    routing: Routing

    def is_of(self, reading: Reading, neighbourhood: str) -> bool:
        """The desk may have narrowed the words, or know the place better."""
        return (self.subject, self.text, self.neighbourhood) == (reading.subject, reading.text, neighbourhood)


@dataclass(frozen=True, slots=True)
class Letterbox:
    """A mail with what its words say, what is known of its sender and where its attachments are kept."""

    mail: Mail
    verdict: Verdict
    reading: Reading
    files: tuple[str, ...] = ()
    foreseen: Foreseen | None = None

    @property
    def writer(self) -> Address:
        return self.reading.sender if self.reading.sender.email else self.mail.sender


@dataclass(frozen=True, slots=True)
class Ruled:
    """What the desk decided: the outcome, the arrival's end state, and addresses that bounced."""

    outcome: Outcome = NOTHING
    state: str = "read"
    reason: str = ""
    bad_addresses: tuple[tuple[str, str], ...] = ()
    scans: bool = False
    """There is a scan: the scans' step reads it. Where the petition is in it, what follows is decided then; beside
    requests in words it may be one more."""


@dataclass(frozen=True)
class Case:
    """One mail on the desk, with everything that the decision may look at."""

    box: Letterbox
    reading: Reading
    sender: Address
    stored: StoredArrival
    tx: Transaction
    office: Office
    now: datetime

    @property
    def is_handed_in(self) -> bool:
        """Whether it is no mail but a file that was handed in."""
        return self.stored.arrival.is_handed_in

    @property
    def sender_shown(self) -> str:
        """For a person's eye: a file that was handed in comes as a mail of the manager."""
        return HANDED_IN[self.stored.arrival.source] if self.is_handed_in else str(self.sender)

    @property
    def actor(self) -> str:
        """For the history: who did what comes of the mail."""
        return DAEMON if self.is_handed_in else self.sender.email or DAEMON

    @property
    def event(self) -> str:
        return self.stored.arrival.content_hash[:12]

    @property
    def verdict(self) -> Verdict:
        """May a reply steer? One that was not written to the office may be somebody's true mail, caught and sent on
        to us: a signature stays good then (RFC 6376 § 8.6)."""
        said, mail = self.box.verdict, self.box.mail
        office = same_address(self.office.registry.office_address)
        if not (said.is_checked and said.may_change_requests):
            return said
        if any(same_address(each.email) == office for each in (*mail.to, *mail.cc)):
            return said
        why = f"not written to the office; {said.why}"
        return Verdict(
            Trust.UNKNOWN, why, said.evidence, reason="Yanıt, Müdürlüğümüzün adresine gönderilmemiş."
        )

    @property
    def mark(self) -> str:
        """The same for two copies of one mail; nothing for mails without a Message-ID."""
        mail = self.box.mail
        said = f"{mail.message_id}\0{' '.join(self.reading.text.split())}"
        return sha256(said.encode("utf-8", "replace")).hexdigest()[:24] if mail.message_id else ""

    def reply(self, reading: Reading, *, doubt: str = "") -> Reply:
        """The mail as a reply to one request, which ``reading`` may have narrowed to its own words."""
        mail = self.box.mail
        suspicion = suspect(mail.sender, self.office.registry)
        return Reply(
            self.sender.email,
            reading,
            self.verdict,
            mail.message_id,
            self.event,
            files=self.box.files,
            doubt=doubt,
            mark=self.mark,
            suspicion=suspicion.reason if suspicion else "",
        )
