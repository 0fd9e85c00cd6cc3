"""Walks the parts of a mail: which are words, which are files, which are other mails.

Obeys RFC 2046 (alternatives, related, digest), RFC 3462 (reports), RFC 3676 (``format=flowed``), RFC 1847
(signed mail: the words inside, the signature aside).
"""

import re

from daemon.domain.text import words
from daemon.mail import charset
from daemon.mail.attachments import attachment
from daemon.mail.cms import signed_content
from daemon.mail.content import Content
from daemon.mail.html import to_text
from daemon.mail.transfer import decode_hidden, take_uu_files
from daemon.mail.tree import Budget, Part, read_tree

MAX_TEXT = 400_000
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SIGNATURES = frozenset(
    {"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"}
)
_ENVELOPES = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
"""A mail whose words are signed so stands in them as a whole (RFC 8551 § 3.5.2)."""
_STUB = re.compile(
    r"html|görüntüle|goruntule|tarayıcı|tarayici|browser|view this|desteklem|does not support|"
    r"e-posta istemci",
    re.IGNORECASE,
)
BEGINS_MAIL = re.compile(rb"\s*(?:From |[A-Za-z][A-Za-z0-9-]{1,60}:)")
_LOOKS_HTML = re.compile(r"\s*(?:<!doctype html|<html|<head|<body|<div|<p>|<table|<meta)", re.IGNORECASE)
_ENRICHED_TAG = re.compile(r"<(?:param>.*?</param|/?[a-zA-Z]{1,30})>", re.DOTALL | re.IGNORECASE)


def collect(part: Part, content: Content, budget: Budget, *, related: bool = False) -> None:
    kind = part.type
    if kind == "multipart/alternative":
        _collect_alternative(part, content, budget)
    elif kind == "multipart/report":
        _collect_report(part, content, budget)
    elif part.children:
        for child in part.children:
            collect(child, content, budget, related=kind == "multipart/related" or related)
    elif kind in _SIGNATURES:
        pass
    elif kind in _ENVELOPES and (signed := signed_content(part.content())) and BEGINS_MAIL.match(signed):
        collect(read_tree(signed, budget), content, budget, related=related)
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


def _collect_text(part: Part, content: Content, budget: Budget) -> None:
    data = part.content()
    if part.encoding not in {"base64", "quoted-printable"}:
        data = decode_hidden(data)
    if b"\nbegin " in data or data.startswith(b"begin "):
        data, files = take_uu_files(data)
        for name, inner in files:
            add_file(content, charset.decode(name), "", inner)
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
        from daemon.mail.rtf import rtf_text

        content.body.append(("plain", rtf_text(data)))
    elif kind in {"text/enriched", "text/richtext"}:
        content.body.append(("plain", _ENRICHED_TAG.sub("", text).replace("<<", "<")))
    elif part.params.get("format", "").lower() == "flowed":
        content.body.append(("plain", _unflow(text, delsp=part.params.get("delsp", "").lower() == "yes")))
    else:
        content.body.append(("plain", text))


def _collect_file(part: Part, content: Content, budget: Budget, *, related: bool) -> None:
    data = part.content()
    name = part.file_name
    if part.type in {"application/ms-tnef", "application/vnd.ms-tnef"} or name.lower() == "winmail.dat":
        from daemon.mail.tnef import read_tnef

        opened = read_tnef(data)
        if opened is not None:
            if not any(c.isalnum() for _, text in content.body for c in text):
                content.body.extend(opened.body)
            for file_name, type_, inner in opened.files:
                add_file(content, file_name, type_, inner)
            return
        budget.fault("winmail.dat cannot be read")
    if not data and not name:
        return
    if data.startswith(OLE_MAGIC) and (
        name.lower().endswith(".msg") or part.type == "application/vnd.ms-outlook"
    ):
        content.mails.append((name, data))
        return
    if name.lower().endswith(".eml") and BEGINS_MAIL.match(data):
        content.mails.append((name, data))
        return
    inline = (
        part.disposition != "attachment"
        and part.type.startswith("image/")
        and (related or bool(part.content_id))
    )
    add_file(content, name, part.type, data, inline=inline)


def add_file(content: Content, name: str, type_: str, data: bytes, *, inline: bool = False) -> None:
    content.files.append(attachment(name, type_, data, index=len(content.files) + 1, inline=inline))


def _collect_alternative(part: Part, content: Content, budget: Budget) -> None:
    """The plain form, unless it is empty, a stub or much poorer than the HTML; files of all forms."""
    plain: list[tuple[str, str]] = []
    rich: list[tuple[str, str]] = []
    for child in part.children:
        form = Content([], content.files, content.mails, content.opened, content.report)
        collect(child, form, budget)
        target = rich if any(kind == "html" for kind, _ in form.body) else plain
        if not target:
            target.extend(form.body)
    content.body.extend(rich if rich and (not plain or _is_poor(plain, rich)) else plain)


def _is_poor(plain: list[tuple[str, str]], rich: list[tuple[str, str]]) -> bool:
    text = "\n".join(text for _, text in plain)
    if not any(c.isalnum() for c in text):
        return True
    is_stub = len(text) < 250 and bool(_STUB.search(text))
    if not is_stub and (len(text) > 400 or sum(len(html) for _, html in rich) < 2 * len(text)):
        return False
    shown = "\n".join(to_text(html) if kind == "html" else html for kind, html in rich)
    here, there = len(words(text)), len(words(shown))
    return here * 4 < there or (is_stub and there > 2)


def _collect_report(part: Part, content: Content, budget: Budget) -> None:
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
            collect(child, content, budget)


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
