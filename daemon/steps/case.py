"""One mail on the desk, with everything that a decision about it may look at."""

from dataclasses import dataclass
from datetime import datetime

from daemon.domain.decision import NOTHING, Outcome
from daemon.domain.mail import Address, Mail, Verdict
from daemon.domain.office import Office
from daemon.domain.reading import Reading
from daemon.domain.replies import Reply
from daemon.ports import StoredArrival, Transaction


@dataclass(frozen=True, slots=True)
class Letterbox:
    """A mail with what is known of its sender and where its attachments are kept."""

    mail: Mail
    verdict: Verdict
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ruled:
    """What the desk decided: the outcome, the arrival's end state, and addresses that bounced."""

    outcome: Outcome = NOTHING
    state: str = "read"
    reason: str = ""
    bad_addresses: tuple[tuple[str, str], ...] = ()
    scans: bool = False
    """The petition is in an attached scan: the scans' step reads it, and what follows is decided then."""


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
    def event(self) -> str:
        return self.stored.arrival.content_hash[:12]

    def reply(self, reading: Reading, *, doubt: str = "") -> Reply:
        """The mail as a reply to one request, which ``reading`` may have narrowed to its own words."""
        mail = self.box.mail
        return Reply(
            self.sender.email,
            reading,
            self.box.verdict,
            mail.message_id,
            self.event,
            files=self.box.files,
            doubt=doubt,
        )
