"""A clock that the checker and the daemon's processes share."""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Clock:
    """A moment in a file, and the monotonic time at which it was put there: it runs on, and may be put forward."""

    path: Path

    def __call__(self) -> datetime:
        moment, put_at = self.path.read_text().split()
        return datetime.fromisoformat(moment) + timedelta(seconds=time.monotonic() - float(put_at))

    def put(self, moment: datetime) -> None:
        new = self.path.with_suffix(".new")
        new.write_text(f"{moment.isoformat()} {time.monotonic()}")
        new.replace(self.path)
