"""Files inside a mail's files, taken out as if they had been attached singly.

Petitions may come in an archive (but not an exported conversation: that is read as a whole), and a document without
words may hold a petition's scanned pages: these go to the scanner's step like any attached picture. What cannot be
taken out is told with the file that holds it (``unread``). Archives inside stay closed.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import Protocol

from daemon.domain.chats.chat import called, read_chat
from daemon.domain.errors import Unprocessable
from daemon.domain.files.limits import SHORTEST_PETITION
from daemon.domain.files.unopenable import is_program
from daemon.domain.mail import SCAN_SUFFIXES, Attachment
from daemon.domain.text import words
from daemon.mail import doc
from daemon.mail.archives import ARCHIVES, LARGEST_TEXT, Archive, text_of
from daemon.mail.attachments import attachment
from daemon.mail.cms import is_envelope, signed_content
from daemon.mail.documents import document_text
from daemon.mail.docx import MAX_TEXT, docx_pages, docx_text, is_docx
from daemon.mail.odt import is_locked, is_odt, odt_pages, odt_text
from daemon.mail.tars import TARS, TarArchive, is_tar

MOST_FILES, MOST_BYTES = 100, 60_000_000
"""Taken out of one mail's files, all together."""
TAKEN_OUT = (*sorted(SCAN_SUFFIXES), ".docx", ".docm", ".doc", ".odt", ".rtf")
_TYPED = (".doc", ".dot", ".rtf", ".txt")
_OTHER_ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c")
_OTHER_KIND = "bu tür arşiv açılamıyor; .zip olarak gönderilmelidir"
_OTHER_LETTERS = (".pages", ".wps", ".wpd", ".xps", ".oxps", ".udf", ".fodt", ".mht", ".mhtml")
_OTHER_LETTER = "bu tür belge okunamıyor; PDF veya Word belgesi olarak gönderilmelidir"
_MOST_NAMED = 5
_A_BEGINNING = 100_000
"""Letters that show whether a text is a conversation."""
_NO_WORDS = "içinde okunabilir yazı veya taranmış sayfa bulunamadı"
_LOCKED = "parola korumalı"
_SEALED = "şifreli veya bozuk e-imza zarfı; içindeki belge ayrıca gönderilmelidir"
_TOO_MUCH = "içindekilerin tümü okunamayacak kadar çok veya büyük; ayrı ayrı gönderilmelidir"


@dataclass(slots=True)
class _Room:
    """What may still be taken out."""

    files: int = MOST_FILES
    size: int = MOST_BYTES

    def holds(self, data: bytes) -> bool:
        if self.files < 1 or self.size < len(data):
            return False
        self.files, self.size = self.files - 1, self.size - len(data)
        return True


@dataclass(slots=True)
class _Opened:
    """What was taken out of one file, and why the rest was not."""

    files: list[Attachment] = field(default_factory=list)
    whys: list[str] = field(default_factory=list)
    is_whole: bool = False
    """Whether nothing was left."""


def with_lifted(files: Iterable[Attachment], subject: str) -> list[Attachment]:
    """The files, each followed by those in it. ``subject`` is the mail's: it may call an archive a conversation."""
    room = _Room()
    bare = [each for file in files for each in _with_signed(file, room)]
    singly = [each for file in bare for each in _with_members(file, subject, room)]
    return [each for file in singly for each in _with_pages(file, room)]


def _as_found(file: Attachment, opened: _Opened) -> Iterator[Attachment]:
    yield replace(file, unread="; ".join(opened.whys), is_emptied=opened.is_whole)
    for each in opened.files:
        yield replace(each, within=(file.content_hash, *file.within))


def _with_signed(file: Attachment, room: _Room) -> Iterator[Attachment]:
    """What was signed electronically, beside its envelope."""
    if not is_envelope(file.name) or not file.data:
        yield file
        return
    signed, opened = signed_content(file.data), _Opened()
    if signed is None:
        is_alone = file.name.lower().endswith(".p7s")  # the signature of another file
        opened.whys += [] if is_alone else [_SEALED]
    elif room.holds(signed):
        opened.files.append(attachment(PurePath(file.name).stem, "", signed, index=1))
    else:
        opened.whys.append(_TOO_MUCH)
    yield from _as_found(file, opened)


class Holder(Protocol):
    """An archive, or what holds files like one; opening it raises :class:`Unprocessable`."""

    names: tuple[str, ...]

    def each(self, endings: tuple[str, ...], most: int) -> Iterator[tuple[str, bytes | None]]: ...


def lifted_from(file: Attachment, open_it: Callable[[], Holder]) -> list[Attachment]:
    """The file, followed by what it holds: letters with their words, documents with the pages in them."""
    room = _Room()
    try:
        opened = _opened(open_it(), room)
    except Unprocessable as fault:
        opened = _Opened(whys=[fault.reason.rstrip(".")])
    whole, *members = _as_found(file, opened)
    return [whole, *(each for member in members for each in _with_pages(member, room))]


# --- archives ---------------------------------------------------------------------------------------------


def _with_members(file: Attachment, subject: str, room: _Room) -> Iterator[Attachment]:
    try:
        archive = _archive(file)
        if archive is None:
            yield replace(file, unread=_OTHER_KIND) if _is_other_archive(file) else file
            return
        is_chat = isinstance(archive, Archive) and _is_conversation(archive, file.name, subject)
        opened = _Opened() if is_chat else _opened(archive, room)
    except Unprocessable as fault:
        opened = _Opened(whys=[fault.reason.rstrip(".")])
    yield from _as_found(file, opened)


def _archive(file: Attachment) -> Archive | TarArchive | None:
    """``None`` for what is none, or of a kind that is not opened."""
    if _is_zip(file):
        return Archive(file.data)
    return TarArchive(file.data) if file.name.lower().endswith(TARS) and is_tar(file.data) else None


def _is_other_archive(file: Attachment) -> bool:
    """.rar and .7z: what opens them takes libraries and programs that are hardly kept, for what few send."""
    is_called_so = file.name.lower().endswith(ARCHIVES) and not file.name.lower().endswith(".zip")
    return bool(file.data) and (is_called_so or file.data.startswith(_OTHER_ARCHIVES))


def _is_zip(file: Attachment) -> bool:
    is_called_so = file.name.lower().endswith(".zip") or file.type in _ZIP_TYPES
    is_document = is_docx("", "", file.data) or is_odt("", "", file.data)
    return is_called_so and file.data.startswith(b"PK\x03\x04") and not is_document


_ZIP_TYPES = frozenset({"application/zip", "application/x-zip-compressed", "application/x-zip"})


def _is_conversation(archive: Archive, name: str, subject: str) -> bool:
    """By a text that is one. Where its words show nothing (nobody has written, a format that nobody knows) the
    archive's name counts; pictures alone are none, whatever messenger they came by."""
    texts = [each for each in archive.names if each.lower().endswith(".txt")]
    if texts and called(name)[0] is not None:
        return True
    for text in texts:
        best = next((n for n in (text, name, subject) if called(n)[0] is not None), text)
        if read_chat(text_of(archive.read(text, LARGEST_TEXT))[:_A_BEGINNING], name=best) is not None:
            return True
    return False


def _opened(archive: Holder, room: _Room) -> _Opened:
    opened, damaged = _Opened(), []
    for name, data in archive.each(TAKEN_OUT, MOST_BYTES):
        if data is None:
            damaged.append(name)
        elif room.holds(data):
            opened.files.append(attachment(name, "", data, index=len(opened.files) + 1))
        else:
            opened.whys.append(_TOO_MUCH)
            break
    if inner := [name for name in archive.names if name.lower().endswith(ARCHIVES)]:
        opened.whys.append(f"içindeki arşiv açılmadı: {named(inner)}")
    if programs := [name for name in archive.names if is_program(name)]:
        opened.whys.append(f"içinde program dosyası var, açmayınız: {named(programs)}")
    if damaged:
        opened.whys.append(f"içindeki dosya okunamadı: {named(damaged)}")
    opened.is_whole = 0 < len(opened.files) == len(archive.names)
    return opened


def named(names: Sequence[str]) -> str:
    """The first few of them."""
    more = len(names) - _MOST_NAMED
    return ", ".join(names[:_MOST_NAMED]) + (f" ve {more} dosya daha" if more > 0 else "")


# --- documents --------------------------------------------------------------------------------------------


def _with_words(file: Attachment) -> Attachment:
    if not file.name.lower().endswith(_TYPED) and not file.data.startswith(b"{\\rtf"):
        is_other = bool(file.data) and file.name.lower().endswith(_OTHER_LETTERS)
        return replace(file, unread=_OTHER_LETTER) if is_other else file
    said = document_text(file.name, file.type, file.data).strip()
    if said or not file.data or file.name.lower().endswith(".txt"):
        return replace(file, words=said)
    return replace(file, unread=_LOCKED if doc.is_locked(file.data) else _NO_WORDS)


def _with_pages(file: Attachment, room: _Room) -> Iterator[Attachment]:
    is_writers = is_odt(file.name, file.type, file.data)
    if not is_writers and not is_docx(file.name, file.type, file.data):
        yield _with_words(file)
        return
    text = odt_text(file.data) if is_writers else docx_text(file.data)
    pages = odt_pages(file.data) if is_writers else docx_pages(file.data)
    opened = _Opened()
    stem = PurePath(file.name).stem
    for n, page in enumerate(pages if len(words(text)) < SHORTEST_PETITION else (), 1):
        if not room.holds(page):
            opened.whys.append(_TOO_MUCH)
            break
        opened.files.append(attachment(f"{stem}-sayfa-{n}", "", page, index=n))
    if not text and not opened.files:
        opened.whys.append(_LOCKED if is_writers and is_locked(file.data) else _NO_WORDS)
    yield from _as_found(replace(file, words=text[:MAX_TEXT]), opened)
