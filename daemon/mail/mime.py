"""Raw bytes → :class:`Mail`: which parts are the body, which are files, which are another mail.

Obeys RFC 2045–2049, 2231, 3462, 3676 and, more often, what Turkish offices' programs send instead. Never
raises for bad mail: what cannot be read becomes an attachment or a fault, and the raw bytes are kept anyway.
"""

import re
from dataclasses import dataclass, field, replace

from daemon.domain.mail import Address, Attachment, Mail
from daemon.domain.reading import is_forward_subject, is_reply
from daemon.domain.text import words
from daemon.mail import charset, headers
from daemon.mail.attachments import attachment
from daemon.mail.forwards import find_forward
from daemon.mail.html import to_text
from daemon.mail.transfer import decode_hidden, take_uu_files
from daemon.mail.tree import Budget, Part, read_tree

MAX_TEXT = 1_000_000
MAX_MAILS_INSIDE = 5
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SIGNATURES = frozenset(
    {"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"}
)
_STUB = re.compile(
    r"html|görüntüle|goruntule|tarayıcı|tarayici|browser|view this|desteklem|does not support|e-posta istemci",
    re.IGNORECASE,
)
_LOOKS_HTML = re.compile(r"\s*(?:<!doctype html|<html|<head|<body|<div|<p>|<table|<meta)", re.IGNORECASE)
_ENRICHED_TAG = re.compile(r"<(?:param>.*?</param|/?[a-zA-Z]{1,30})>", re.DOTALL | re.IGNORECASE)


@dataclass(slots=True)
class _Content:
    """What was found below one part. ``body`` holds ("plain" | "html", text) in order."""

    body: list[tuple[str, str]] = field(default_factory=list)
    files: list[Attachment] = field(default_factory=list)
    mails: list[tuple[str, bytes]] = field(default_factory=list)
    report: list[str] = field(default_factory=list)


def parse_mail(raw: bytes) -> Mail:
    """Read a mail, or an Outlook .msg file, from its bytes."""
    if raw.startswith(OLE_MAGIC):
        from daemon.mail.msg import parse_msg  # noqa: PLC0415 - rare, and slow to import

        return parse_msg(raw)
    return _parse(raw, 0)


def _parse(raw: bytes, level: int) -> Mail:
    budget = Budget()
    root = read_tree(raw, budget)
    content = _Content()
    _collect(root, content, budget)
    return build_mail(root, content, budget, level)


def build_mail(root: Part, content: _Content, budget: Budget, level: int) -> Mail:
    text = _body_text(content.body, budget)
    html = next((text for kind, text in content.body if kind == "html"), "")
    senders = headers.addresses(root.raw("from")) or headers.addresses(root.raw("sender"))
    date = root.raw("date")
    mail = Mail(
        message_id=next(iter(headers.message_ids(root.raw("message-id"))), ""),
        sender=senders[0] if senders else Address(""),
        to=_addresses(root, "to"),
        cc=_addresses(root, "cc"),
        reply_to=_addresses(root, "reply-to"),
        subject=headers.decode_value(root.raw("subject")),
        date=headers.moment(headers.decode_value(date)) if date else None,
        text=text,
        in_reply_to=headers.message_ids(root.raw("in-reply-to")),
        references=headers.message_ids(root.raw("references")),
        headers=tuple((name, headers.decode_value(value)) for name, value in root.fields),
        report="\n\n".join(content.report)[:100_000],
        html=html[:MAX_TEXT],
    )
    return _with_inner_mails(mail, content, budget, level)


def _addresses(root: Part, name: str) -> tuple[Address, ...]:
    """Every address of every field of that name: some programs repeat ``To``."""
    values = [value for key, value in root.fields if key == name]
    return tuple(address for value in values[:50] for address in headers.addresses(value))


# --- parts ------------------------------------------------------------------------------------------------


def _collect(part: Part, content: _Content, budget: Budget, *, related: bool = False) -> None:
    kind = part.type
    if kind == "multipart/alternative":
        _collect_alternative(part, content, budget)
    elif kind == "multipart/report":
        _collect_report(part, content, budget)
    elif part.children:
        for child in part.children:
            _collect(child, content, budget, related=kind == "multipart/related" or related)
    elif kind in _SIGNATURES:
        pass
    elif kind in {"message/rfc822", "message/global"}:
        content.mails.append(
            (part.file_name, part.content() if part.encoding in {"base64", "quoted-printable"} else part.body)
        )
    elif kind in {"message/delivery-status", "message/global-delivery-status"}:
        content.report.append(charset.decode(part.content()))
    elif _is_body(part):
        _collect_text(part, content, budget)
    else:
        _collect_file(part, content, budget, related=related)


def _is_body(part: Part) -> bool:
    if not part.type.startswith("text/") or part.disposition == "attachment":
        return False
    if part.type in {
        "text/calendar",
        "text/csv",
        "text/vcard",
        "text/x-vcard",
        "text/directory",
        "text/x-amp-html",
    }:
        return False
    return not part.file_name


def _collect_text(part: Part, content: _Content, budget: Budget) -> None:
    data = part.content()
    if part.encoding not in {"base64", "quoted-printable"}:
        data = decode_hidden(data)
    if b"\nbegin " in data or data.startswith(b"begin "):
        data, files = take_uu_files(data)
        for name, inner in files:
            _add_file(content, charset.decode(name), "", inner)
    label = part.params.get("charset", "")
    if label and not charset.is_known(label):
        budget.fault("unknown charset")
    text = (
        charset.decode(data[: MAX_TEXT * 4], label).replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    )
    kind = part.type
    if kind == "text/html" or (kind != "text/rtf" and _LOOKS_HTML.match(text[:300]) and "</" in text):
        content.body.append(("html", text))
    elif kind in {"text/rtf", "text/richtext"} and text.startswith("{\\rtf"):
        from daemon.mail.documents import rtf_text  # noqa: PLC0415 - rare

        content.body.append(("plain", rtf_text(data)))
    elif kind in {"text/enriched", "text/richtext"}:
        content.body.append(("plain", _ENRICHED_TAG.sub("", text).replace("<<", "<")))
    elif part.params.get("format", "").lower() == "flowed":
        content.body.append(("plain", _unflow(text, delsp=part.params.get("delsp", "").lower() == "yes")))
    else:
        content.body.append(("plain", text))


def _collect_file(part: Part, content: _Content, budget: Budget, *, related: bool) -> None:
    data = part.content()
    name = part.file_name
    if part.type in {"application/ms-tnef", "application/vnd.ms-tnef"} or name.lower() == "winmail.dat":
        from daemon.mail.tnef import read_tnef  # noqa: PLC0415 - rare, and slow to import

        opened = read_tnef(data, budget)
        if opened is not None:
            content.body.extend(opened.body)
            for file_name, type_, inner in opened.files:
                _add_file(content, file_name, type_, inner)
            return
    if not data and not name:
        return
    if data.startswith(OLE_MAGIC) and (
        name.lower().endswith(".msg") or part.type == "application/vnd.ms-outlook"
    ):
        content.mails.append((name, data))
        return
    inline = (
        part.disposition != "attachment"
        and part.type.startswith("image/")
        and (related or bool(part.content_id))
    )
    _add_file(content, name, part.type, data, inline=inline)


def _add_file(content: _Content, name: str, type_: str, data: bytes, *, inline: bool = False) -> None:
    content.files.append(attachment(name, type_, data, index=len(content.files) + 1, inline=inline))


def _collect_alternative(part: Part, content: _Content, budget: Budget) -> None:
    """The plain form, unless it is empty, a stub or much poorer than the HTML; files of all forms."""
    plain: list[tuple[str, str]] = []
    rich: list[tuple[str, str]] = []
    for child in part.children:
        form = _Content(files=content.files, mails=content.mails, report=content.report)
        _collect(child, form, budget)
        target = rich if any(kind == "html" for kind, _ in form.body) else plain
        if not target:
            target.extend(form.body)
    content.body.extend(rich if rich and (not plain or _is_poor(plain, rich)) else plain)


def _is_poor(plain: list[tuple[str, str]], rich: list[tuple[str, str]]) -> bool:
    text = "\n".join(text for _, text in plain)
    if not any(c.isalnum() for c in text):
        return True
    if len(text) > 400 or sum(len(html) for _, html in rich) < 2 * len(text):
        return False
    shown = "\n".join(to_text(html) if kind == "html" else html for kind, html in rich)
    here, there = len(words(text)), len(words(shown))
    return here * 4 < there or (here * 2 < there and bool(_STUB.search(text)))


def _collect_report(part: Part, content: _Content, budget: Budget) -> None:
    """RFC 3462: words for people, the report itself, then the returned mail or its header."""
    for child in part.children:
        if child.type in {
            "message/delivery-status",
            "message/global-delivery-status",
            "message/disposition-notification",
        }:
            content.report.append(charset.decode(child.content()))
        elif child.type in {
            "message/rfc822",
            "text/rfc822-headers",
            "message/global",
            "message/rfc822-headers",
        }:
            head = re.split(rb"\r?\n\r?\n", child.content()[:50_000], maxsplit=1)[0]
            content.report.append(charset.decode(head))
        else:
            _collect(child, content, budget)


# --- text -------------------------------------------------------------------------------------------------


def _body_text(body: list[tuple[str, str]], budget: Budget) -> str:
    pieces: list[str] = []
    room = MAX_TEXT
    for kind, text in body:
        piece = (to_text(text) if kind == "html" else text).strip("\n")
        if len(piece) > room:
            budget.fault("text cut at the limit")
            piece = piece[:room]
        if piece.strip():
            pieces.append(piece)
            room -= len(piece)
        if room <= 0:
            break
    return "\n\n".join(pieces)


def _unflow(text: str, *, delsp: bool) -> str:
    """Join the paragraphs of ``format=flowed`` (RFC 3676); quote depths stay apart, "-- " never flows."""
    out: list[str] = []
    flowing, depth_before = False, 0
    for line in text.split("\n"):
        bare = line.lstrip(">")
        depth = len(line) - len(bare)
        if bare.startswith(" "):
            bare = bare[1:]
        flows = bare.endswith(" ") and bare != "-- "
        if flows and delsp:
            bare = bare[:-1]
        if flowing and depth == depth_before and bare != "-- ":
            out[-1] += bare
        else:
            out.append((">" * depth + " " if depth else "") + bare)
        flowing, depth_before = flows, depth
    return "\n".join(line if line == "-- " else line.rstrip() for line in out)


# --- mails inside -----------------------------------------------------------------------------------------


def _with_inner_mails(mail: Mail, content: _Content, budget: Budget, level: int) -> Mail:
    """Decide about attached mails, words in documents and inline forwards; add what was noted."""
    files = list(content.files)
    forwarded: Mail | None = None
    for name, raw in content.mails:
        if forwarded is None and level < MAX_MAILS_INSIDE and _is_forward_of_attached(mail):
            forwarded = (
                parse_mail(raw) if raw.startswith(OLE_MAGIC) else _parse(raw.lstrip(b"\r\n"), level + 1)
            )
            files.extend(forwarded.attachments)
            forwarded = forwarded.forwarded if _passes_on(forwarded) else forwarded
        else:
            files.append(_attached_mail(name, raw, len(files) + 1))
    text = mail.text
    if not any(c.isalnum() for c in text) and forwarded is None:
        text = _text_of_files(files) or text
        mail = replace(mail, text=text)
    return replace(
        mail,
        attachments=tuple(files),
        forwarded=forwarded or find_forward(mail),
        faults=tuple(budget.faults),
    )


def _is_forward_of_attached(mail: Mail) -> bool:
    return is_forward_subject(mail.subject) or (not is_reply(mail) and len(words(mail.text)) <= 40)


def _passes_on(mail: Mail) -> bool:
    """Whether the attached mail only passes another one on (a forward of a forward)."""
    return mail.forwarded is not None and is_forward_subject(mail.subject)


def _attached_mail(name: str, raw: bytes, index: int) -> Attachment:
    is_msg = raw.startswith(OLE_MAGIC)
    type_ = "application/vnd.ms-outlook" if is_msg else "message/rfc822"
    if not name and not is_msg:
        subject = headers.decode_value(Part(read_tree(raw[:50_000], Budget()).fields, b"").raw("subject"))
        name = f"{subject[:80]}.eml" if subject else ""
    extension = ".msg" if is_msg else ".eml"
    if name and not name.lower().endswith(extension):
        name += extension
    return attachment(name, type_, raw, index=index)


def _text_of_files(files: list[Attachment]) -> str:
    """An empty mail whose words are in a document: the first one that can be read."""
    from daemon.mail.documents import document_text  # noqa: PLC0415 - rare

    for file in files[:10]:
        if text := document_text(file.name, file.type, file.data).strip():
            return text[:MAX_TEXT]
    return ""
