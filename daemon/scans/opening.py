"""A scan that has been read, with its pictures at hand: crops of a spot, and a searchable PDF to keep.

The PDF is made to PDF/A-2b (ISO 19005-2: output intent, metadata, embedded fonts) where every page is ours; pages with
a text layer of their own stay as they came.
"""

import io
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pikepdf
import structlog
from PIL import Image, ImageCms

from daemon.domain.petition import Page, Spot
from daemon.scans.apart import apart
from daemon.scans.kinds import corrupt
from daemon.scans.page import Keep
from daemon.scans.reader import read_scan

_FOLDER = "muhtarlik-scan-"
"""Begins the name of a scan's own folder in the temporary one; the number of the process that reads it follows."""
_JOIN_SECONDS = 60.0
_AROUND = 0.6
"""How much of a spot's height is shown above and below it."""
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class OpenScan:
    """Fulfils :class:`daemon.ports.incoming.OpenScan`."""

    pages: tuple[Page, ...]
    _data: bytes
    _keep: Keep

    def picture(self, spot: Spot) -> bytes:
        with Image.open(self._keep.picture(spot.page)) as page:
            box, high = spot.box, max(24, spot.box.height)
            left, right = max(0, box.left - 4 * high), min(page.width, box.right + 4 * high)
            top = max(0, round(box.top - _AROUND * high))
            bottom = min(page.height, round(box.bottom + _AROUND * high))
            return _png(page.crop((left, top, max(left + 1, right), max(top + 1, bottom))))

    def document(self, numbers: Sequence[int]) -> bytes:
        """Pages of theirs are taken over in a process of its own: a PDF that shows little may unpack to gigabytes
        there. What cannot be taken over goes along whole, as it came."""
        target = self._keep.folder / "document.pdf"
        join = partial(_join, self._data, self._keep, tuple(numbers), target)
        if self._data_is_pdf and not all(self._keep.searchable(number).exists() for number in numbers):
            ended = apart(join, seconds=_JOIN_SECONDS, folder=self._keep.folder, input_bytes=len(self._data))
            if not ended.result:
                log.warning("a scan is kept as it came", why=str(ended.error or ended.failure))
                return self._data
        else:
            join()
        return target.read_bytes()

    @property
    def _data_is_pdf(self) -> bool:
        return b"%PDF-" in self._data[:1024]


def _join(data: bytes, keep: Keep, numbers: Sequence[int], target: Path) -> bool:
    """Write these pages as one PDF: ours where there is one, else theirs."""
    with pikepdf.new() as joined:
        ours = True
        for number in numbers:
            own = keep.searchable(number)
            if own.exists():
                with pikepdf.open(own) as page:
                    joined.pages.extend(page.pages)
            elif b"%PDF-" in data[:1024]:
                ours = False
                _take_over(data, number, joined)
        if ours:
            _declare_archival(joined)
        try:
            joined.save(target, object_stream_mode=pikepdf.ObjectStreamMode.disable, deterministic_id=True)
        except pikepdf.PdfError as fault:
            raise corrupt(str(fault)) from fault
    return True


def _take_over(data: bytes, number: int, joined: pikepdf.Pdf) -> None:
    try:
        with pikepdf.open(io.BytesIO(data)) as whole:
            joined.pages.append(whole.pages[number - 1])
    except (pikepdf.PdfError, IndexError) as fault:
        raise corrupt(str(fault)) from fault


@contextmanager
def open_scan(data: bytes) -> Iterator[OpenScan]:
    """Read every page (see :func:`daemon.scans.reader.read_scan`) and keep its pictures until the block ends."""
    _clear_up()
    with tempfile.TemporaryDirectory(prefix=f"{_FOLDER}{os.getpid()}-") as folder:
        pages = read_scan(data, keep=Path(folder))
        yield OpenScan(pages, data, Keep(Path(folder)))


def _clear_up() -> None:
    """Folders of reading processes that were killed: a petition's pictures are nobody's to find."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_FOLDER}*-*"):
        owner = folder.name.removeprefix(_FOLDER).partition("-")[0]
        if owner.isdigit() and not Path(f"/proc/{owner}").exists():
            shutil.rmtree(folder, ignore_errors=True)


def _declare_archival(document: pikepdf.Pdf) -> None:
    """Output intent (sRGB) and metadata of PDF/A-2b."""
    profile = pikepdf.Stream(
        document, ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(), N=3
    )
    intent = pikepdf.Dictionary(
        Type=pikepdf.Name.OutputIntent,
        S=pikepdf.Name.GTS_PDFA1,
        OutputConditionIdentifier="sRGB IEC61966-2.1",
        Info="sRGB IEC61966-2.1",
        DestOutputProfile=document.make_indirect(profile),
    )
    document.Root.OutputIntents = pikepdf.Array([document.make_indirect(intent)])
    document.Root.Lang = "tr-TR"
    with document.open_metadata(set_pikepdf_as_editor=False) as metadata:
        metadata["pdfaid:part"] = "2"
        metadata["pdfaid:conformance"] = "B"
        metadata["dc:title"] = "Taranmış dilekçe"
        metadata["pdf:Producer"] = "muhtarlik"


def _png(image: Image.Image) -> bytes:
    data = io.BytesIO()
    image.save(data, "PNG", optimize=True)
    return data.getvalue()
