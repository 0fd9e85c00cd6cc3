"""A scan as a whole: what it is, then its pages, several at once, each in a process of its own."""

from functools import partial
from importlib import import_module
from pathlib import Path

import cv2 as cv2  # these are loaded before the pages' processes are forked: they share them
import zxingcpp as zxingcpp
from numpy import ma  # noqa: F401 (a median would load it, in each process anew)
from PIL import Image

from daemon.domain.errors import Unprocessable
from daemon.domain.petitions.petition import Condition, Page
from daemon.scans.apart import Ended, Failure, apart, each_apart
from daemon.scans.engine import engine
from daemon.scans.kinds import Kind, corrupt, kind_of
from daemon.scans.loading import count_pages
from daemon.scans.page import Keep, read_page

_LOOK_SECONDS = 30.0
PAGE_SECONDS = 90.0
FILE_SECONDS = 1_800.0
"""Three hundred pages take some minutes; a file whose every page is a trap would hold up the others for a day."""
_WHY = {
    Failure.TIME: "Sayfa süresi içinde okunamadı.",
    Failure.MEMORY: "Sayfa belleğe sığmayacak kadar büyük; okunamadı.",
    Failure.CRASH: "Sayfa bozuk; okunamadı.",
}


def read_scan(data: bytes, *, keep: Path | None = None) -> tuple[Page, ...]:
    """Every page of the file, in order. Raises :class:`Unprocessable` with a Turkish reason for what is no scan,
    encrypted, corrupt or too large; a single page that cannot be read is told in its place. ``keep`` is a folder for
    the upright pictures and the searchable pages."""
    single = kind_of(data) in {Kind.PICTURE, Kind.HEIC}  # a look inside costs a process
    engine()  # loaded here, like the libraries
    Image.preinit()
    import_module("PIL.WebPImagePlugin")  # not among those
    count = 1 if single else _look(data)
    kept = Keep(keep) if keep else None
    work = [partial(read_page, data, place, kept) for place in range(count)]
    pages: list[Page | None] = [None] * count
    faults: list[Unprocessable] = []
    for ended in each_apart(
        work, seconds=PAGE_SECONDS, in_all=FILE_SECONDS, folder=keep, input_bytes=len(data)
    ):
        pages[ended.place] = ended.result or _failed(ended)
        if isinstance(ended.error, Unprocessable):
            faults.append(ended.error)
    if faults and len(faults) == count:
        raise faults[0]
    return tuple(page for page in pages if page is not None)


def _look(data: bytes) -> int:
    looked = apart(partial(count_pages, data), seconds=_LOOK_SECONDS, input_bytes=len(data))
    if looked.error:
        raise looked.error
    if looked.result is None:
        raise corrupt(f"opening it ended in {looked.failure}")
    return looked.result


def _failed(ended: Ended[Page]) -> Page:
    why = ended.error.reason if ended.error else _WHY[ended.failure or Failure.CRASH]
    return Page(ended.place + 1, Condition.FAILED, reason=why)
