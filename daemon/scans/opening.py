"""A scan that has been read, with its pictures at hand: crops of a spot, and a searchable PDF to keep.

The PDF is made to PDF/A-2b (ISO 19005-2: output intent, metadata, embedded fonts). Every page of it is ours; only one
that nobody could read is taken over as it came, and the file then claims nothing.
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
from fpdf.util import builtin_srgb2014_bytes
from PIL import Image

from daemon.domain.petitions.petition import Page, Spot
from daemon.scans.apart import apart
from daemon.scans.kinds import corrupt
from daemon.scans.page import Keep
from daemon.scans.reader import read_scan

_FOLDER = "muhtarlik-scan-"
"""Begins the name of a scan's own folder in the temporary one; the number of the process that reads it follows."""
_JOIN_SECONDS = 60.0
_TITLE, _PRODUCER = "Taranmış dilekçe", "muhtarlik"
_METADATA = f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
   <pdfaid:part>2</pdfaid:part>
   <pdfaid:conformance>B</pdfaid:conformance>
  </rdf:Description>
  <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
   <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{_TITLE}</rdf:li></rdf:Alt></dc:title>
  </rdf:Description>
  <rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
   <pdf:Producer>{_PRODUCER}</pdf:Producer>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""
"""Each schema is named where its properties stand: some validators look for it nowhere else."""
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
            joined.save(
                target,
                min_version="1.4",  # the oldest with metadata and output intents
                object_stream_mode=pikepdf.ObjectStreamMode.disable,
                deterministic_id=True,
            )
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
    """Output intent (sRGB, its profile of ICC version 2, which every part of ISO 19005 allows) and metadata."""
    profile = pikepdf.Stream(document, builtin_srgb2014_bytes(), N=3)
    intent = pikepdf.Dictionary(
        Type=pikepdf.Name.OutputIntent,
        S=pikepdf.Name.GTS_PDFA1,
        OutputConditionIdentifier="sRGB IEC61966-2.1",
        Info="sRGB IEC61966-2.1",
        DestOutputProfile=document.make_indirect(profile),
    )
    document.Root.OutputIntents = pikepdf.Array([document.make_indirect(intent)])
    document.Root.Lang = "tr-TR"
    document.docinfo["/Title"], document.docinfo["/Producer"] = _TITLE, _PRODUCER
    document.Root.Metadata = document.make_stream(_METADATA.encode(), Type=pikepdf.Name.Metadata)
    document.Root.Metadata["/Subtype"] = pikepdf.Name.XML


def _png(image: Image.Image) -> bytes:
    data = io.BytesIO()
    image.save(data, "PNG", optimize=True)
    return data.getvalue()
