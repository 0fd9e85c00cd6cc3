"""Files inside a mail's files, taken out as if they had been attached singly.

A document without words may hold a petition's scanned pages: they go to the scanner's step like any attached picture.
What cannot be taken out is told with the file that holds it (``unread``).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import PurePath

from daemon.domain.mail import Attachment
from daemon.domain.text import words
from daemon.mail.attachments import attachment
from daemon.mail.documents import docx_pages, docx_text, is_docx

SHORTEST_PETITION = 8
"""Words; less is a heading, or a caption beside the pages."""
MOST_FILES, MOST_BYTES = 100, 60_000_000
"""Taken out of one mail's files, all together."""
_NO_WORDS = "içinde okunabilir yazı veya taranmış sayfa bulunamadı"
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


def with_lifted(files: Iterable[Attachment]) -> list[Attachment]:
    """The files, each followed by those in it."""
    room = _Room()
    return [each for file in files for each in _with_pages(file, room)]


def _with_pages(file: Attachment, room: _Room) -> Iterator[Attachment]:
    if not is_docx(file.name, file.type, file.data):
        yield file
        return
    text = docx_text(file.data)
    pages: list[bytes] = []
    unread = ""
    for page in docx_pages(file.data) if len(words(text)) < SHORTEST_PETITION else ():
        if not room.holds(page):
            unread = _TOO_MUCH
            break
        pages.append(page)
    yield replace(file, unread=unread or ("" if text or pages else _NO_WORDS))
    stem = PurePath(file.name).stem
    for n, page in enumerate(pages, 1):
        yield attachment(f"{stem}-sayfa-{n}", "", page, index=n)
