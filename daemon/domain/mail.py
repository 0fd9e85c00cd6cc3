"""What arrives: an :class:`Arrival` (raw bytes with a key) and the :class:`Mail` that was read from it."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

OVERSIZE = "oversize"
"""Name of an :class:`Arrival` whose ``raw`` is only the header: the whole was too large to fetch (held)."""

FOLDER_SCANS, MAIL_SCANS, FILE_SCANS = "scans", "mail-scans", "file-scans"
SCANS = (FOLDER_SCANS, MAIL_SCANS, FILE_SCANS)
"""Sources whose arrivals the scans' step reads: the scanner's folder, mails whose petition is in an attached scan
(``raw`` is the mail behind one header line of ours), files handed in."""

FOLDER_FILES, HAND_FILES = "folder", "file"
"""Sources of files of other kinds, from the scanner's folder or by command, that are read like mails."""
HANDED_IN = {FOLDER_FILES: "Tarama klasörü", HAND_FILES: "Elden teslim"}
"""As a clerk is told of them."""
BY_WAY = {FOLDER_FILES: "tarama klasöründen", HAND_FILES: "elden"}
"""The same within a sentence."""
MAIL_SUFFIXES = frozenset({".eml", ".msg"})
SCAN_SUFFIXES = frozenset(
    {".pdf", ".tif", ".tiff", ".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".heic", ".webp", ".bmp", ".gif"}
)
"""Files that may be petitions on paper."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """One thing that came in, before anybody understood it.

    ``source`` and ``key`` identify where it lay ("imap", "INBOX/1700000000/42"); ``content_hash`` is the
    SHA-256 of ``raw`` in hex. Both pairs are unique in the ledger.
    """

    source: str
    key: str
    content_hash: str
    received_at: datetime
    raw: bytes
    name: str = ""
    """File name for things that came as files."""

    @property
    def is_handed_in(self) -> bool:
        """Whether it is a file of another kind that is read like a mail."""
        return self.source in HANDED_IN and not self._is_called_a_mail

    @property
    def is_saved_mail(self) -> bool:
        """Whether it is handed in as a mail that somebody saved, by its name."""
        return self.source in HANDED_IN and self._is_called_a_mail

    @property
    def _is_called_a_mail(self) -> bool:
        return self.name.lower().endswith(tuple(MAIL_SUFFIXES))


@dataclass(frozen=True, slots=True)
class Address:
    """A mailbox as RFC 5322 means it; ``email`` in lower case, empty when unreadable."""

    email: str
    name: str = ""

    def __str__(self) -> str:
        return f"{self.name} <{self.email}>" if self.name else self.email


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with a mail. ``name`` is safe as a file name; ``data`` are its decoded bytes."""

    name: str
    type: str
    data: bytes
    content_hash: str
    inline: bool = False
    words: str = ""
    """Of a letter typed in a word processor: what it says."""
    unread: str = ""
    """Of a document or archive: why what it holds was not read, in Turkish; not that nobody can open it."""
    is_emptied: bool = False
    """An archive of which everything was taken out: kept beside that, it would outlast whom it is about (KVKK art. 7).
    Its bytes stand in the mail."""
    within: tuple[str, ...] = ()
    """Hashes of the files that it was taken out of, the innermost first."""

    @property
    def size(self) -> int:
        return len(self.data)

    @property
    def is_ornament(self) -> bool:
        """A small picture that stands in the text itself: a logo."""
        return self.inline and self.size < 8_192


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail as read: headers decoded, bodies as text, attachments out of the way.

    ``text`` is the best plain text of the body (HTML turned into text where there is no plain part), not yet
    stripped of quotations. ``forwarded`` is the mail that a colleague forwarded (inline or attached), if any.
    ``faults`` are English notes on what was broken and mended.
    """

    message_id: str
    sender: Address
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    reply_to: tuple[Address, ...]
    subject: str
    date: datetime | None
    text: str
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    """Every header in order, names in lower case, values unfolded and decoded."""
    forwarded: "Mail | None" = None
    faults: tuple[str, ...] = ()
    report: str = ""
    """The delivery-status part (RFC 3464) as text, where there is one."""
    html: str = ""
    letter_subject: str = ""
    """What the attached letter, whose words stand in ``text``, calls its subject."""
    letter: str = ""
    """The words of that letter."""

    @property
    def own_text(self) -> str:
        """What stands in the mail itself, beside the attached letter."""
        return self.text.replace(self.letter, "", 1) if self.letter else self.text

    def header(self, name: str) -> str:
        """First value of a header, or ``""``."""
        return next((value for key, value in self.headers if key == name), "")

    def header_all(self, name: str) -> list[str]:
        return [value for key, value in self.headers if key == name]


class Trust(StrEnum):
    """What the office's own server said about the sender (RFC 8601)."""

    PASSED = "passed"
    FAILED = "failed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the sender's address may be believed, and why (English, for the history)."""

    trust: Trust
    why: str = ""
    evidence: tuple[str, ...] = field(default=())
    is_checked: bool = True
    """``False`` where the office asks for no proof."""
    reason: str = "Gönderenin kimliği doğrulanamadı (DMARC)."
    """What a clerk is told of a mail that did not pass."""

    @property
    def may_change_requests(self) -> bool:
        return self.trust is Trust.PASSED

    @property
    def is_contradicted(self) -> bool:
        """Whether what the server found speaks against the sender: a check failed, or passed for somebody else only. Of
        who publishes nothing that could be checked, or was not checked, nothing speaks for or against."""
        if self.trust is Trust.UNKNOWN:
            return any(each.startswith(_AGAINST) for each in self.evidence)
        return self.trust is Trust.FAILED


_AGAINST = ("spf=pass", "spf=fail", "spf=softfail", "dkim=pass", "dkim=fail")
"""Results of a mail that nothing authenticates: what passed there, passed for another domain."""
