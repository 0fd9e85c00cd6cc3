"""Attachments for people who work in Google Sheets: copies in a folder of the shared drive, next to the spreadsheets.

Without a shared drive they stay files in the house; their configured link is shown where a browser can open it.
"""

import mimetypes
from collections.abc import Callable

import structlog

from daemon.domain.errors import Unprocessable
from daemon.domain.text import file_name
from daemon.ports.files import FILE
from daemon.ports.spreadsheets import Notes
from daemon.sheets.google.drive import Drive

log = structlog.get_logger()

FOLDER = "Ekler"
_BROWSABLE = ("http://", "https://")


class Attachments:
    """Gives each file its link, and puts it into Drive the first time it is asked for."""

    def __init__(
        self,
        drive: Drive,
        notes: Notes,
        folder: str,
        *,
        read: Callable[[str], bytes],
        link: Callable[[str], str],
    ) -> None:
        """``read`` and ``link`` are the house's own files; ``folder`` is empty without a shared drive."""
        self._drive = drive
        self._notes = notes
        self._folder = folder
        self._read = read
        self._link = link

    def link(self, target: str) -> str:
        """The address for a cell; ``""`` where a browser could open none. Raises :class:`Temporary`."""
        if not target.startswith(FILE):
            return target if target.startswith(_BROWSABLE) else ""
        path = target.removeprefix(FILE)
        if known := self._notes.get(f"google/file/{path}"):
            return known
        if self._folder:
            try:
                return self._published(path)
            except Unprocessable as fault:  # no right to that folder: the row is worth more than its link
                log.warning("attachment not put into Drive", why=str(fault))
        own = self._link(path)
        return own if own.startswith(_BROWSABLE) else ""

    def _published(self, path: str) -> str:
        name = file_name(path)
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        link = self._drive.upload(
            self._file_id(path), name, self._read(path), kind, self._attachments_folder()
        )
        self._notes.set(f"google/file/{path}", link)
        return link

    def forget(self, path: str) -> None:
        """Remove the copy, if one was ever put into Drive; again is safe. Raises as :meth:`Drive.remove`."""
        link, known = (self._notes.get(f"google/{kind}/{path}") for kind in ("file", "file-id"))
        if file := known or link.partition("/d/")[2].partition("/")[0]:
            self._drive.remove(file)
        for kind in ("file", "file-id"):
            self._notes.set(f"google/{kind}/{path}", "")

    def _file_id(self, path: str) -> str:
        """Kept before the upload: whoever dies over it, or never hears of its end, finds the same file again."""
        key = f"google/file-id/{path}"
        known = self._notes.get(key)
        if not known:
            known = self._drive.new_id()
            self._notes.set(key, known)
        return known

    def _attachments_folder(self) -> str:
        key = f"google/attachments/{self._folder}"
        known = self._notes.get(key)
        if not known:
            known = self._drive.folder(FOLDER, self._folder)
            self._notes.set(key, known)
        return known
