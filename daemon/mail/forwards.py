"""The mail that somebody forwarded inside his own text: found by the dividers of the mail programs."""

import re
from dataclasses import replace

from daemon.domain.answers.heads import Announces, Head, find_head, fold_aligned
from daemon.domain.answers.quotation import split_quotation
from daemon.domain.mail import Address, Mail
from daemon.domain.reading import is_forward_subject, is_reply
from daemon.domain.text import words
from daemon.mail.headers import moment

MAX_LEVELS = 6
_MAY_FORWARD = re.compile(r"kimden|gonderen|gonderici|from|iletil|forward|yonlendiril")
_QUOTE_MARK = re.compile(r"^\s{0,3}> ?", re.MULTILINE)
_EMAIL = re.compile(r"[^\s<>\"'(),:;\[\]]{1,100}@[\w.-]{1,200}\w")
_END = re.compile(r"(?:mesaj|ileti)\w* sonu|end (?:of )?forwarded message")
_TRIVIAL = 12


def find_forward(mail: Mail, level: int = 0) -> Mail | None:
    """The innermost mail forwarded inline, or ``None``. A level at which somebody wrote more than
    "bilgilerinize" is taken as the writer's own mail."""
    if level >= MAX_LEVELS or not mail.text:
        return None
    folded_text = fold_aligned(mail.text)
    by_subject = is_forward_subject(mail.subject)
    if not _MAY_FORWARD.search(folded_text) or (is_reply(mail) and not by_subject):
        return None
    lines, folded = mail.text.split("\n"), folded_text.split("\n")
    head = _forward_head(lines, folded, by_subject=by_subject)
    if head is None:
        return None
    inner = _inner_mail(lines, head, mail)
    deeper = find_forward(inner, level + 1)
    if deeper is None:
        return inner
    own = " ".join(split_quotation(inner.text, is_answer=True).own)
    return deeper if len(words(own)) <= _TRIVIAL else replace(inner, forwarded=deeper)


def _forward_head(lines: list[str], folded: list[str], *, by_subject: bool) -> Head | None:
    seen_words = False
    for index, line in enumerate(folded):
        if not line.strip("> \t"):
            continue
        head = find_head(lines, folded, index)
        if head is not None and head.announces is not Announces.ATTRIBUTION and head.fields.get("from"):
            return head if by_subject or head.forward or (seen_words and len(head.fields) >= 3) else None
        if head is not None and head.announces is Announces.ATTRIBUTION:
            return None
        seen_words = seen_words or any(c.isalnum() for c in line)
    return None


def _inner_mail(lines: list[str], head: Head, outer: Mail) -> Mail:
    rest = _without_end(lines[head.after :])
    if any(line.lstrip().startswith(">") for line in (lines[head.after - 1], *rest[:3])):
        text = _QUOTE_MARK.sub("", "\n".join(rest))
    else:
        text = "\n".join(rest)
    fields = head.fields
    return Mail(
        message_id="",
        sender=address_in(fields.get("from", "")),
        to=tuple(a for a in [address_in(fields.get("to", ""))] if a.email or a.name),
        cc=(),
        reply_to=(),
        subject=fields.get("subject", "") or ("" if fields.get("subject") is not None else outer.subject),
        date=moment(fields.get("sent", "")) if fields.get("sent") else None,
        text=text.strip("\n"),
        letter_subject=outer.letter_subject,
        letter=outer.letter,
    )


def _without_end(lines: list[str]) -> list[str]:
    """Some programs also say where the forwarded mail ends; what follows is the colleague's signature."""
    ends = (n for n, line in enumerate(lines) if "-----" in line and _END.search(fold_aligned(line)))
    return lines[: next(ends, len(lines))]


def address_in(value: str) -> Address:
    """The mailbox in a header block's line: "Ad Soyad [mailto:x@y]", "Ad <x@y<mailto:x@y>>", "x@y"."""
    found = _EMAIL.search(value.replace("mailto:", " "))
    clean = value.replace("mailto:", " ")
    name = (clean[: found.start()] if found else clean).strip(" \t\"'<>[](),;*_")
    return Address(found[0].lower() if found else "", name)
