"""What was found in a mail's parts, before it is decided which of it is the text."""

from dataclasses import dataclass, field

from daemon.domain.mail import Attachment, Mail


@dataclass(slots=True)
class Content:
    """``body`` holds ("plain" | "html", text) in order; ``mails`` the (name, raw bytes) of attached mails
    that are still closed, ``opened`` those already read; ``report`` the delivery status as text.
    """

    body: list[tuple[str, str]] = field(default_factory=list)
    files: list[Attachment] = field(default_factory=list)
    mails: list[tuple[str, bytes]] = field(default_factory=list)
    opened: list[Mail] = field(default_factory=list)
    report: list[str] = field(default_factory=list)
