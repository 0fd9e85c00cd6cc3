"""Tesseract 5 as a library (its C API, ``tesseract/capi.h``), loaded once and shared by the pages' processes.

Measured on the generated set: the program spends 0.1–0.3 s of CPU a page on linking itself and unpacking its model,
as much as reading the page takes. Here that happens once, before the fork; every page is still read in a process of
its own, so a crash of the library costs that page alone. The words are the same to the letter.
"""

import atexit
import ctypes
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from daemon.domain.errors import ConfigurationError, Temporary
from daemon.scans.loading import Picture

LANGUAGE = "tur"
SECONDS = 60.0
"""A page takes half a second; one that takes a minute is none."""
_LIBRARY = "libtesseract.so.5"
_LSTM_ONLY = 1
_SAY_NOTHING = 6

_Handle = ctypes.c_void_p
_TEXT, _NUMBER = ctypes.c_char_p, ctypes.c_int
_SIGNATURES: dict[str, tuple[object, tuple[object, ...]]] = {
    "TessBaseAPICreate": (_Handle, ()),
    "TessBaseAPIDelete": (None, (_Handle,)),
    "TessBaseAPIInit2": (_NUMBER, (_Handle, _TEXT, _TEXT, _NUMBER)),
    "TessBaseAPISetVariable": (_NUMBER, (_Handle, _TEXT, _TEXT)),
    "TessBaseAPISetPageSegMode": (None, (_Handle, _NUMBER)),
    "TessBaseAPISetInputName": (None, (_Handle, _TEXT)),
    "TessBaseAPISetImage": (None, (_Handle, _TEXT, _NUMBER, _NUMBER, _NUMBER, _NUMBER)),
    "TessBaseAPISetSourceResolution": (None, (_Handle, _NUMBER)),
    "TessBaseAPIRecognize": (_NUMBER, (_Handle, _Handle)),
    "TessBaseAPIGetTsvText": (_Handle, (_Handle, _NUMBER)),
    "TessBaseAPIGetDatapath": (_TEXT, (_Handle,)),
    "TessBaseAPIClear": (None, (_Handle,)),
    "TessDeleteText": (None, (_Handle,)),
    "TessMonitorCreate": (_Handle, ()),
    "TessMonitorDelete": (None, (_Handle,)),
    "TessMonitorSetDeadlineMSecs": (None, (_Handle, _NUMBER)),
    "TessPDFRendererCreate": (_Handle, (_TEXT, _TEXT, _NUMBER)),
    "TessResultRendererBeginDocument": (_NUMBER, (_Handle, _TEXT)),
    "TessResultRendererAddImage": (_NUMBER, (_Handle, _Handle)),
    "TessResultRendererEndDocument": (_NUMBER, (_Handle,)),
    "TessDeleteResultRenderer": (None, (_Handle,)),
    "setMsgSeverity": (_NUMBER, (_NUMBER,)),
}


class Engine:
    """One Tesseract with Turkish. Raises :class:`ConfigurationError` when it is not installed."""

    def __init__(self) -> None:
        os.environ["OMP_THREAD_LIMIT"] = (
            "1"  # read when the library is loaded; pages run side by side instead
        )
        try:
            self._library = ctypes.CDLL(_LIBRARY)
        except OSError as fault:
            raise _missing(str(fault)) from fault
        for name, (result, arguments) in _SIGNATURES.items():
            function = getattr(self._library, name)
            function.restype, function.argtypes = result, arguments
        self._handle = self._library.TessBaseAPICreate()
        if self._library.TessBaseAPIInit2(self._handle, None, LANGUAGE.encode(), _LSTM_ONLY) != 0:
            self.close()
            raise _missing(f"no model of the language {LANGUAGE}")
        self._library.TessBaseAPISetVariable(self._handle, b"tessedit_do_invert", b"0")
        self._library.TessBaseAPISetVariable(self._handle, b"debug_file", b"/dev/null")
        self._library.setMsgSeverity(_SAY_NOTHING)  # Leptonica's; both would write to our log

    def close(self) -> None:
        self._library.TessBaseAPIDelete(self._handle)

    @contextmanager
    def looking_at(self, page: Picture, *, layout: int, dpi: int, letters: str = "") -> Iterator[None]:
        """The page is read and can be asked for until the block ends. ``letters`` are the only ones that may be read,
        if any are given. Raises :class:`Temporary`."""
        height, width = page.shape
        self._library.TessBaseAPISetPageSegMode(self._handle, layout)
        self._library.TessBaseAPISetVariable(self._handle, b"tessedit_char_whitelist", letters.encode())
        self._library.TessBaseAPISetInputName(
            self._handle, b"stdin"
        )  # the picture is in memory, not in a file
        self._library.TessBaseAPISetImage(self._handle, page.tobytes(), width, height, 1, width)
        self._library.TessBaseAPISetSourceResolution(self._handle, dpi)
        try:
            self._recognize()
            yield
        finally:
            self._library.TessBaseAPIClear(self._handle)

    def _recognize(self) -> None:
        monitor = self._library.TessMonitorCreate()
        self._library.TessMonitorSetDeadlineMSecs(monitor, round(SECONDS * 1000))
        failed = self._library.TessBaseAPIRecognize(self._handle, monitor)
        self._library.TessMonitorDelete(monitor)
        if failed:
            raise Temporary("tesseract could not read the page", reason="Sayfa okunamadı.")

    def table(self) -> str:
        """The words of what it looks at, with their places: the rows of Tesseract's TSV form, without its head."""
        text = self._library.TessBaseAPIGetTsvText(self._handle, 0)
        if not text:
            raise Temporary("tesseract gave no words", reason="Sayfa okunamadı.")
        try:
            return ctypes.string_at(text).decode(errors="replace")
        finally:
            self._library.TessDeleteText(text)

    def font(self) -> bytes:
        """Its font without shapes, for words that are under a picture."""
        try:
            return Path(
                os.fsdecode(self._library.TessBaseAPIGetDatapath(self._handle)), "pdf.ttf"
            ).read_bytes()
        except OSError as fault:
            raise _missing(str(fault)) from fault

    def write_pdf(self, target: Path) -> None:
        """What it looks at as a searchable PDF of one page."""
        data = self._library.TessBaseAPIGetDatapath(self._handle)
        renderer = self._library.TessPDFRendererCreate(os.fsencode(target.with_suffix("")), data, 0)
        try:
            written = (
                self._library.TessResultRendererBeginDocument(renderer, b"")
                and self._library.TessResultRendererAddImage(renderer, self._handle)
                and self._library.TessResultRendererEndDocument(renderer)
            )
        finally:
            self._library.TessDeleteResultRenderer(renderer)
        if not written:
            raise Temporary("tesseract could not write the PDF", reason="Aranabilir PDF yazılamadı.")


@cache
def engine() -> Engine:
    """The one of this process; those forked from it share what it has loaded."""
    made = Engine()
    atexit.register(made.close)
    return made


def _missing(what: str) -> ConfigurationError:
    reason = "Tesseract veya Türkçe dil dosyası kurulu değil: apt install tesseract-ocr tesseract-ocr-tur"
    return ConfigurationError(
        f"tesseract 5 with the language {LANGUAGE} is not installed: {what}", reason=reason
    )
