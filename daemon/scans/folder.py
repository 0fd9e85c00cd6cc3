"""The folder where the office's scanner writes: a source of arrivals like the mailbox.

A file is taken when it has stopped growing; the ledger holds it before it is moved to ``Islenenler`` (``Bekleyenler``
when it is held). Scanners write in several strokes, and shares report sizes late: two looks must agree.
"""

import re
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from daemon.domain.errors import Temporary
from daemon.domain.mail import OVERSIZE, Arrival
from daemon.scans.endings import is_whole

DONE, HELD = "Islenenler", "Bekleyenler"
STILL_SECONDS = 2.0
"""A file whose size and time have stood for so long is complete."""
STRAY_STILL_SECONDS = 600.0
"""One of a kind that is not known may be a scanner's own, which gives it its name when it is done."""
PAUSE_SECONDS = 60.0
"""One without its format's end may be one that a scanner pauses over, between pages or where the network is slow. What
is completed still later, ``held retry`` brings back."""
MOST_AT_ONCE = 20
_LARGEST = 150_000_000
"""Bytes; a larger file is told and put away unread: only its beginning arrives."""
_HEAD = 1_000_000
_PASSING = re.compile(
    r"^[.~]|\.(?:tmp|temp|part|partial|filepart|crdownload|lock|bak|log|lnk|url)$|^(?:thumbs\.db|desktop\.ini)$",
    re.IGNORECASE,
)
"""Programs leave such files behind; nobody handed them in."""


class ScanFolder:
    """Fulfils :class:`daemon.ports.incoming.Source`. ``suffixes`` says which files are taken; ``strays`` may take
    others too, so that nobody waits for one in vain. ``called`` gives a file the name that it should have, and
    ``wrap`` may turn its bytes into something else that arrives."""

    def __init__(
        self,
        folder: Path,
        *,
        source: str,
        suffixes: Collection[str],
        strays: Callable[[Path], bool] = lambda _path: False,
        called: Callable[[Path, bytes], Path] = lambda path, _raw: path,
        wrap: Callable[[Path, bytes, datetime], bytes] = lambda _path, raw, _at: raw,
        wall: Callable[[], float] = time.time,
    ) -> None:
        self._folder = folder
        self._source = source
        self._suffixes = frozenset(suffixes)
        self._strays = strays
        self._called = called
        self._wrap = wrap
        self._wall = wall
        self._pause = PAUSE_SECONDS

    def wait_for_nobody(self) -> None:
        """Nobody will look again soon: what has no end by now is told at once."""
        self._pause = STILL_SECONDS

    def fetch(self, known: Callable[[Sequence[str]], set[str]]) -> Iterator[list[Arrival]]:
        """Complete files that the ledger has not yet seen, a few at a time."""
        files = {_key(path): path for path in self._complete()}
        have = known(list(files))
        fresh = [(key, path) for key, path in files.items() if key not in have]
        for start in range(0, len(fresh), MOST_AT_ONCE):
            batch = (self._arrival(key, path) for key, path in fresh[start : start + MOST_AT_ONCE])
            if arrived := [arrival for arrival in batch if arrival is not None]:
                yield arrived

    def _complete(self) -> Iterator[Path]:
        """Files to be taken that nobody writes any more, oldest first."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            found = [(path.stat(), path) for path in self._folder.iterdir() if _is_handed_in(path)]
        except OSError as fault:
            raise Temporary(
                f"cannot look into {self._folder}: {fault.strerror}",
                reason=f"Tarama klasörüne bakılamıyor: {self._folder}",
            ) from fault
        for facts, path in sorted(found, key=lambda pair: (pair[0].st_mtime_ns, pair[1].name)):
            still = abs(self._wall() - facts.st_mtime)  # a scanner's clock may be ahead of ours
            known = path.suffix.lower() in self._suffixes
            if not known:
                if still >= STRAY_STILL_SECONDS and self._strays(path):
                    yield path
            elif still >= self._pause or (still >= STILL_SECONDS and is_whole(path)):
                yield path

    def _arrival(self, key: str, path: Path) -> Arrival | None:
        """``None`` for a file that is gone, grew meanwhile or cannot be read now."""
        try:
            large = path.stat().st_size > _LARGEST
            with path.open("rb") as file:
                raw = file.read(_HEAD if large else -1)
            if _key(path) != key:
                return None
            written = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        except OSError:
            return None
        digest = sha256(raw or key.encode(errors="replace")).hexdigest()  # empty files are alike, but not one
        if large:
            return Arrival(self._source, key, digest, written, raw, OVERSIZE)
        name = self._called(path, raw)
        return Arrival(self._source, key, digest, written, self._wrap(name, raw, written), name.name)

    def settle(self, keys: Sequence[str], *, held: bool = False) -> None:
        """Move the files away. One that changed since is another file: it stays and arrives anew."""
        target = self._folder / (HELD if held else DONE)
        for key in keys:
            path = self._folder / key.partition("/")[2]
            with suppress(OSError):
                if _key(path) == key:
                    target.mkdir(exist_ok=True)
                    path.rename(_free_name(target, path.name))

    def bring_back(self, arrival: Arrival) -> bool:
        """Where a held file has grown since it arrived, the scanner has completed it: it lies in the folder again, to
        arrive anew. Whether it does."""
        name = Path(arrival.name)
        ours = re.compile(rf"{re.escape(name.stem)}(?: \(\d+\))?(?:{re.escape(name.suffix)})?")
        with suppress(OSError):
            for path in (self._folder / HELD).iterdir():
                if ours.fullmatch(path.name) and _goes_on(path, arrival.raw):
                    path.rename(_free_name(self._folder, arrival.name))
                    return True
        return False

    def sign(self) -> str:
        """Changes with what lies complete in the folder; empty when nothing does."""
        with suppress(Temporary):
            names = [_key(path) for path in self._complete()]
            return sha256("\n".join(sorted(names)).encode(errors="replace")).hexdigest() if names else ""
        return ""

    def wait(self, seconds: float) -> bool:
        """A folder tells nothing by itself."""
        time.sleep(seconds)
        return False

    def close(self) -> None:
        """Nothing is open."""


def _is_handed_in(path: Path) -> bool:
    return path.is_file() and not _PASSING.search(path.name)


def _key(path: Path) -> str:
    """Names a file in one state: its size and time, then its name."""
    try:
        facts = path.stat()
    except OSError:
        return ""
    return f"{facts.st_size}-{facts.st_mtime_ns}/{path.name}"


def _goes_on(path: Path, raw: bytes) -> bool:
    if path.stat().st_size <= len(raw):
        return False
    with path.open("rb") as file:
        return file.read(len(raw)) == raw


def _free_name(folder: Path, name: str) -> Path:
    path, n = folder / name, 1
    while path.exists():
        n += 1
        path = folder / f"{Path(name).stem} ({n}){Path(name).suffix}"
    return path
