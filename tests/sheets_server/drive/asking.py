"""One checked Drive call: who asks for what; and pages of long answers."""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from tests.sheets_server.drive.model import File
from tests.sheets_server.drive.store import Drive
from tests.sheets_server.wire import Refusal, invalid_parameter

Item = TypeVar("Item")

NO_STORAGE = "The user's Drive storage quota has been exceeded."


@dataclass(slots=True)
class Asked:
    """A call after all checks. ``media`` is what was uploaded with it, and of which type."""

    drive: Drive
    user: str
    params: dict[str, Any]
    body: dict[str, Any]
    now: datetime
    owns_storage: bool = True
    media: bytes | None = None
    media_type: str = ""

    @property
    def shared_drives(self) -> bool:
        """Whether the client says that it knows shared drives; else it does not see their items."""
        return bool(self.params.get("supportsAllDrives") or self.params.get("supportsTeamDrives"))

    def file(self, needed: str = "reader") -> File:
        """The file that the path names, on which the user has at least the role ``needed``."""
        file = self.drive.visible(self.user, self.params["fileId"], shared_drives=self.shared_drives)
        self.drive.require(self.user, file, needed)
        return file

    def require_storage(self, parents: Sequence[str]) -> None:
        """A service account owns no files: outside a shared drive it can make none."""
        if not self.owns_storage and not self.drive.drive_of(parents):
            raise Refusal(403, NO_STORAGE, reason="storageQuotaExceeded")


def page_of(items: Sequence[Item], asked: Asked, default: int = 100) -> tuple[Sequence[Item], str]:
    """One page of a long list, and the token of the next ("": it was the last)."""
    start = _offset(asked.params.get("pageToken") or "")
    size = asked.params.get("pageSize") or default
    end = start + size
    return items[start:end], _token(end) if end < len(items) else ""


def _token(offset: int) -> str:
    return "~!!~" + base64.urlsafe_b64encode(json.dumps([offset]).encode()).decode()


def _offset(token: str) -> int:
    if not token:
        return 0
    try:
        [offset] = json.loads(base64.urlsafe_b64decode(token.removeprefix("~!!~")))
        return int(offset)
    except (ValueError, TypeError) as fault:
        raise invalid_parameter("pageToken", "Invalid Value", reason="invalid") from fault
