"""Attachments and originals, kept beside the ledger."""

from typing import Protocol

FILE = "ek:"
"""Begins a link that names a file by its path: the spreadsheet's adapter finds out how a browser opens it."""


class Files(Protocol):
    """Attachments and originals on disk, by content hash."""

    def keep(self, name: str, data: bytes) -> str:
        """Store (fsynced) and return the path below the files folder; the same bytes once."""

    def link(self, path: str) -> str:
        """How staff open it (``files.link`` prefix, or the absolute path)."""
