"""Files of every kind around generated pages, for the tests."""

import io
import tarfile
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache

import cv2
import fpdf
import numpy as np
import pikepdf
import pypdfium2
from PIL import Image

from tests.scans.damage import Picture
from tests.scans.generator import Scan, scans


@lru_cache(16)
def scan(number: int) -> Scan:
    """The generated scan of that number; whoever changes its pictures copies them first."""
    return next(scans(1, first=number))


def as_image(picture: Picture) -> Image.Image:
    return Image.fromarray(picture if picture.ndim == 2 else np.ascontiguousarray(picture[:, :, ::-1]))


def png(picture: Picture) -> bytes:
    """By OpenCV, which packs a photograph's grain in a tenth of Pillow's time, into a larger file."""
    _, data = cv2.imencode(".png", picture)
    return data.tobytes()


def jpg(picture: Picture) -> bytes:
    return _saved(as_image(picture), "JPEG")


def street() -> Picture:
    """A hole in a street, small as messengers send it: no paper, and no word that Tesseract could find.

    Noise is none either, but Tesseract ponders each of its specks, for six times as long.
    """
    height, width = 240, 320
    picture = np.repeat(np.linspace(200, 60, height).astype(np.uint8)[:, None], width, axis=1)
    lane = np.array([(int(0.4 * width), 72), (int(0.6 * width), 72), (width, height), (0, height)])
    cv2.fillPoly(picture, [lane], 90)
    cv2.ellipse(picture, (width // 2, 168), (42, 19), 0, 0, 360, 20, -1)
    return picture + np.random.default_rng(3).integers(0, 6, picture.shape, np.uint8)


def zipped(*members: tuple[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return data.getvalue()


def tarred(*members: tuple[str, bytes], mode: str = "w:gz") -> bytes:
    """``mode`` as :func:`tarfile.open` has it: ``w``, ``w:gz``, ``w:bz2``, ``w:xz``."""
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in members:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return data.getvalue()


def tiff(pictures: Sequence[Picture]) -> bytes:
    first, *more = [as_image(p).convert("1") for p in pictures]
    data = io.BytesIO()
    first.save(data, "TIFF", save_all=True, append_images=more, compression="group4", dpi=(200, 200))
    return data.getvalue()


def pdf(pictures: Sequence[Picture]) -> bytes:
    """Pages that are pictures, as scanners write them."""
    first, *more = [as_image(p) for p in pictures]
    data = io.BytesIO()
    first.save(data, "PDF", save_all=True, append_images=more, resolution=200)
    return data.getvalue()


@lru_cache(64)
def typed_pdf(text: str) -> bytes:
    """A PDF printed from a word processor: text, no picture. Many tests print the same; the font takes its time."""
    document = fpdf.FPDF()
    document.set_creation_date(datetime(2026, 10, 12, tzinfo=UTC))
    document.add_font("sans", fname="/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
    document.set_font("sans", size=12)
    document.add_page()
    document.multi_cell(0, 7, text)
    return bytes(document.output())


def form_of(printed: str, values: Sequence[str]) -> bytes:
    """A page with print, and a form's fields below it with values that no appearance was made of yet."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(typed_pdf(printed))) as document:
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        fields = [
            document.make_indirect(
                pikepdf.Dictionary(
                    Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Tx, T=f"alan{n}", V=value,
                    DA="/Helv 11 Tf 0 g", Rect=[60, 680 - 25 * n, 560, 700 - 25 * n], F=4,
                )
            )
            for n, value in enumerate(values)
        ]  # fmt: skip
        document.pages[0].Annots = pikepdf.Array(fields)
        document.Root.AcroForm = pikepdf.Dictionary(
            Fields=pikepdf.Array(fields),
            NeedAppearances=True,
            DR=pikepdf.Dictionary(Font=pikepdf.Dictionary(Helv=document.make_indirect(font))),
        )
        document.save(out)
    return out.getvalue()


def portfolio(*members: tuple[str, bytes], packed: bool = False) -> bytes:
    """An envelope of PDF as Acrobat makes it: one page that asks for a newer program, and files. ``packed`` is with
    the catalogue in an object stream."""
    out = io.BytesIO()
    cover = typed_pdf(
        "For the best experience, open this PDF portfolio in Acrobat X or Adobe Reader X, or later."
    )
    with pikepdf.open(io.BytesIO(cover)) as document:
        for n, (name, data) in enumerate(members):
            document.attachments[f"{n}"] = pikepdf.AttachedFileSpec(document, data, filename=name)
        document.Root.Collection = pikepdf.Dictionary(Type=pikepdf.Name.Collection, View=pikepdf.Name.D)
        streams = pikepdf.ObjectStreamMode.generate if packed else pikepdf.ObjectStreamMode.disable
        document.save(out, object_stream_mode=streams, compress_streams=True, deterministic_id=True)
    return out.getvalue()


def carrying(pdf: bytes, *members: tuple[str, bytes], pinned: bool = False) -> bytes:
    """A letter with other files behind it, in the document's list or each ``pinned`` to its first page; none has
    another entry than the one named in Unicode."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for n, (name, data) in enumerate(members):
            spec = pikepdf.AttachedFileSpec(document, data, filename=name)
            for entries in (spec.obj, spec.obj.EF):
                del entries["/F"]
            if pinned:
                note = pikepdf.Dictionary(
                    Type=pikepdf.Name.Annot,
                    Subtype=pikepdf.Name.FileAttachment,
                    FS=spec.obj,
                    Rect=[0, 0, 9, 9],
                )
                page = document.pages[0].obj
                page.Annots = pikepdf.Array([*page.get("/Annots", ()), document.make_indirect(note)])
            else:
                document.attachments[f"{n}"] = spec
        document.save(out)
    return out.getvalue()


def dynamic_form() -> bytes:
    """An XFA form of Adobe LiveCycle: its pages are made by Acrobat, in the file stands that one has to wait."""
    out = io.BytesIO()
    waits = "Please wait... If this message is not eventually replaced by the proper contents of the document"
    with pikepdf.open(io.BytesIO(typed_pdf(waits))) as document:
        xdp = b'<xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/"><template><subform/></template></xdp:xdp>'
        document.Root.AcroForm = pikepdf.Dictionary(
            Fields=pikepdf.Array(), XFA=document.make_stream(xdp), DA="/Helv 0 Tf 0 g"
        )
        document.Root.NeedsRendering = True
        document.save(out)
    return out.getvalue()


def blank(height: int = 2339, width: int = 1654) -> Picture:
    """An empty sheet with a scanner's grain and a little dust."""
    random = np.random.default_rng(5)
    page = np.clip(random.normal(247, 3, (height, width)), 0, 255).astype(np.uint8)
    for y, x in random.integers(50, 1600, (25, 2)):
        page[y : y + 2, x : x + 2] = 60
    return page


def photographed(text: str, kind: str = "JPEG", dpi: int = 200) -> bytes:
    """The same as a picture of a page."""
    page = pypdfium2.PdfDocument(typed_pdf(text))[0]
    return _saved(page.render(scale=dpi / 72).to_pil(), kind)


def many_pages() -> bytes:
    """A PDF of two thousand empty pages."""
    data = io.BytesIO()
    with pikepdf.new() as document:
        for _ in range(2_000):
            document.add_blank_page()
        document.save(data)
    return data.getvalue()


def locked() -> bytes:
    """A PDF that asks for a password."""
    data = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(data, encryption=pikepdf.Encryption(owner="gizli", user="gizli"))
    return data.getvalue()


def forbidding(data: bytes, *, aes: bool = True, revision: int = 6) -> bytes:
    """The same PDF, which opens without a password; only its owner's allows to print or change it."""
    out = io.BytesIO()
    how = pikepdf.Encryption(
        owner="gizli", user="", R=revision, aes=aes, metadata=aes, allow=pikepdf.Permissions(extract=False)
    )
    with pikepdf.open(io.BytesIO(data)) as document:
        document.save(out, encryption=how)
    return out.getvalue()


def _saved(image: Image.Image, kind: str) -> bytes:
    data = io.BytesIO()
    image.save(data, kind)
    return data.getvalue()
