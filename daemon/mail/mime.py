"""Raw bytes → :class:`Mail`: which parts are the body, which are files, which are another mail.

Obeys RFC 2045–2049, 2231, 3462, 3676 and, more often, what Turkish offices' programs send instead. Never
raises for bad mail: what cannot be read becomes an attachment or a fault, and the raw bytes are kept anyway.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from daemon.domain.answers.signature import strip_signature
from daemon.domain.files.limits import SHORTEST_PETITION
from daemon.domain.mail import Address, Attachment, Mail
from daemon.domain.petitions.letter_subject import subject_in
from daemon.domain.reading import is_forward_subject, is_reply
from daemon.domain.text import fold, words
from daemon.mail import headers
from daemon.mail.attachments import attachment
from daemon.mail.content import Content
from daemon.mail.embedded import embedded_files
from daemon.mail.forwards import find_forward
from daemon.mail.html import to_text
from daemon.mail.lifted import with_lifted
from daemon.mail.parts import BEGINS_MAIL, MAX_TEXT, OLE_MAGIC, collect
from daemon.mail.tree import Budget, Part, read_tree

MAX_MAILS_INSIDE = 5
_INVISIBLE = dict.fromkeys((0xFEFF, 0x200B, 0x200E, 0x200F, 0x2060))
"""Apple Mail begins a quotation with one of them, which would hide its ``>``."""
_COVER_NOTE = re.compile(
    r"\b(?:ek(?:te|teki|li|tedir|lidir|im\w*|inde\w*|ler\w*)?|ilisik\w*|dilekce\w*|basvuru formu\w*)\b"
    r"|\.(?:docx?|docm|odt|rtf|zip|tar|t?gz|t?bz2|t?xz) dosyasi (?:elden|tarama klasorunden) alindi\b"
    # a letter handed in; a text may be a chat
)
_LONGEST_NOTE = 25
_TRACE_FIELDS = frozenset(
    ["received", "return-path", "received-spf", "authentication-results", "dkim-signature"]
)


def parse_mail(raw: bytes) -> Mail:
    """Read a mail, or an Outlook .msg file, from its bytes."""
    if raw.startswith(OLE_MAGIC):
        from daemon.mail.msg import parse_msg

        return parse_msg(raw)
    return _parse(raw, 0)


def looks_like_mail(raw: bytes) -> bool:
    """Whether the bytes begin with a header, or are an Outlook message: what else is no mail."""
    return raw.startswith(OLE_MAGIC) or BEGINS_MAIL.match(raw) is not None


def _parse(raw: bytes, level: int) -> Mail:
    budget = Budget()
    root = read_tree(raw, budget)
    content = Content()
    collect(root, content, budget)
    return build_mail(root, content, budget, level)


def build_mail(root: Part, content: Content, budget: Budget, level: int) -> Mail:
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
        headers=tuple((name, _header_value(name, value)) for name, value in root.fields),
        report="\n\n".join(content.report)[:100_000],
        html=html[:MAX_TEXT],
    )
    return _with_inner_mails(mail, content, budget, level)


def _header_value(name: str, raw: bytes) -> str:
    """Decoded, but trace fields as written: an encoded word in an address must not become syntax."""
    if name in _TRACE_FIELDS:
        return " ".join(raw[: headers.MAX_VALUE].decode("utf-8", "replace").split())
    return headers.decode_value(raw)


def _addresses(root: Part, name: str) -> tuple[Address, ...]:
    """Every address of every field of that name: some programs repeat ``To``."""
    values = [value for key, value in root.fields if key == name]
    return tuple(address for value in values[:50] for address in headers.addresses(value))


def _body_text(body: list[tuple[str, str]], budget: Budget) -> str:
    pieces: list[str] = []
    room = MAX_TEXT
    for kind, text in body:
        piece = (to_text(text) if kind == "html" else text).translate(_INVISIBLE).strip("\n")
        if len(piece) > room:
            budget.fault("text cut at the limit")
            piece = piece[:room]
        if piece.strip():
            pieces.append(piece)
            room -= len(piece)
        if room <= 0:
            break
    return "\n\n".join(pieces)


# --- mails inside -----------------------------------------------------------------------------------------


def _with_inner_mails(mail: Mail, content: Content, budget: Budget, level: int) -> Mail:
    """Decide about attached mails, words in documents and inline forwards; add what was noted."""
    files = with_lifted(content.files, mail.subject)
    forwarded: Mail | None = None
    takes_words = _is_forward_of_attached(mail)
    for inner, name, raw in _attached(
        content, readable=takes_words and level < MAX_MAILS_INSIDE, level=level
    ):
        if inner is not None and forwarded is None and takes_words:
            files.extend(inner.attachments)
            forwarded = inner.forwarded if _passes_on(inner) else inner
        elif raw:
            files.append(_attached_mail(name, raw, len(files) + 1))
        elif inner is not None:
            files.append(_opened_as_file(inner, len(files) + 1))
    if forwarded is None:
        mail = _with_document(mail, files)
    files.extend(embedded_files((forwarded or mail).text, files))
    return replace(
        mail,
        attachments=tuple(files),
        forwarded=forwarded or find_forward(mail),
        faults=tuple(budget.faults),
    )


def _attached(content: Content, *, readable: bool, level: int) -> Iterator[tuple[Mail | None, str, bytes]]:
    """(mail or ``None``, name, raw bytes): only the first closed one is opened, where that is wanted."""
    for mail in content.opened:
        yield mail, "", b""
    for index, (name, raw) in enumerate(content.mails):
        wanted = readable and index == 0 and not content.opened
        yield (_read_inner(raw, level + 1) if wanted else None), name, raw


def _read_inner(raw: bytes, level: int) -> Mail:
    return parse_mail(raw) if raw.startswith(OLE_MAGIC) else _parse(raw, level)


def _opened_as_file(mail: Mail, index: int) -> Attachment:
    """A message embedded in a .msg has no bytes of its own: its words are kept as text."""
    sent = mail.date.isoformat() if mail.date else ""
    text = f"Kimden: {mail.sender}\nTarih: {sent}\nKonu: {mail.subject}\n\n{mail.text}"
    return attachment(f"{mail.subject[:80] or 'ileti'}.txt", "text/plain", text.encode(), index=index)


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


def _with_document(mail: Mail, files: list[Attachment]) -> Mail:
    """A body without words, or one that only points to an attached petition, with the document's words."""
    own, signature = strip_signature(mail.text, name=mail.sender.name)
    if own and (is_reply(mail) or len(words(own)) > _LONGEST_NOTE or not _COVER_NOTE.search(fold(own))):
        return mail
    document = _text_of_files(files)
    if own and len(words(document)) < SHORTEST_PETITION:
        return mail
    if not document:
        return mail
    text = "\n\n".join(filter(None, (own, document, signature)))
    return replace(mail, text=text, letter_subject=subject_in(document), letter=document)


def _text_of_files(files: list[Attachment]) -> str:
    """An empty mail whose words are in a document: the first one that can be read."""
    from daemon.mail.documents import document_text

    for file in files[:10]:
        if text := file.words or document_text(file.name, file.type, file.data).strip():
            return text[:MAX_TEXT]
    return ""
