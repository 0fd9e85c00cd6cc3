"""Scans that have been taken already: the same mail delivered once more, or the same file by another way.

A mail that comes again says nothing new, whatever has become of its request since. A file that comes again by another
mail or by the scanner is the same petition while its request is open: it is named in ``Not``, not entered again. Once
that is closed, handing the paper in again is asking again.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from daemon.domain import decision
from daemon.domain.decision import DAEMON, NOTHING, Outcome
from daemon.domain.mail import Mail
from daemon.domain.request import Entry
from daemon.ports.ledger import Transaction, View

_FILE, _MAIL = "filed-scan/", "filed-scan-mail/"
_NONE = "-"
"""Instead of numbers: the mail was taken, but a person decides in ``İnceleme``."""


@dataclass(frozen=True, slots=True)
class Before:
    """What has come before: the requests that it brought, and which files (by their digests) are known."""

    numbers: tuple[str, ...] = ()
    known: frozenset[str] = field(default_factory=frozenset)
    by_mail: bool = False
    """It is the very same mail, not only the same file."""

    def holds(self, data: bytes) -> bool:
        return _digest(data) in self.known

    @property
    def why(self) -> str:
        """Turkish; empty when nothing came before."""
        shown = f" ({', '.join(self.numbers)})" if self.numbers else ""
        what = "ileti ikinci kez" if self.by_mail else "tarama yeniden"
        return f"Aynı {what} geldi{shown}; yeniden kaydedilmedi." if self.known else ""


def taken_before(view: View, mail: Mail | None, files: Sequence[bytes]) -> Before:
    """What is known of an arrival's files."""
    digests = [_digest(data) for data in files]
    if (key := _mail_key(mail, digests)) and (told := view.note(key)):
        numbers = tuple(told.split()) if told != _NONE else ()
        return Before(numbers, frozenset(digests), by_mail=True)
    known = {digest: _open_of(view, digest) for digest in digests}
    numbers = tuple(dict.fromkeys(number for open_ones in known.values() for number in open_ones))
    return Before(numbers, frozenset(digest for digest, open_ones in known.items() if open_ones))


def told_again(tx: Transaction, before: Before, mail: Mail | None, now: datetime, *, way: str) -> Outcome:
    """A word of it: in ``Not`` where the file came by another way, in the history alone where the mail did. ``way`` is
    that of files that no mail brought."""
    if before.by_mail:
        heard = (Entry(now, DAEMON, "came-twice", before.why, number) for number in before.numbers[:1])
        return Outcome(entries=tuple(heard))
    sender = (mail.forwarded or mail).sender.email if mail and not way else ""
    text = f"Aynı dilekçe yeniden geldi ({sender or way}); ayrıca kaydedilmedi."
    outcome = NOTHING
    for request in tx.requests_numbered(before.numbers):
        outcome += decision.note(request, text, now, actor=sender or DAEMON, kind="came-twice")
    return outcome


def remember(tx: Transaction, mail: Mail | None, files: Sequence[bytes], numbers: Sequence[str]) -> None:
    """Note what has come of an arrival's files."""
    digests, told = [_digest(data) for data in files], " ".join(numbers)
    if key := _mail_key(mail, digests):
        tx.set_note(key, told or _NONE)
    for digest in digests if told else ():
        tx.set_note(_FILE + digest, told)


def _open_of(view: View, digest: str) -> list[str]:
    numbers = view.note(_FILE + digest).split()
    return sorted(request.number for request in view.requests_numbered(numbers) if request.is_open)


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()[:32]


def _mail_key(mail: Mail | None, digests: Sequence[str]) -> str:
    """Some programs give all their mails one Message-ID, so the files must be the same, too."""
    if mail is None or not mail.message_id or not digests:
        return ""
    said = "\0".join((mail.message_id, *sorted(digests)))
    return _MAIL + sha256(said.encode("utf-8", "replace")).hexdigest()[:32]
