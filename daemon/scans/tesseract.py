"""Tesseract 5 as a program of its own: a picture in, words with places out (its TSV form).

One thread each (``OMP_THREAD_LIMIT``): pages run side by side instead. Measured: its own threads make a page slower.
"""

import csv
import os
import subprocess
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from shutil import which

from daemon.domain.errors import ConfigurationError, Temporary
from daemon.domain.petition import Box, Line, Word
from daemon.scans.loading import DPI, Picture

LANGUAGE = "tur"
SECONDS = 60.0
"""A page takes half a second; one that takes a minute is none."""


@cache
def program() -> str:
    """Where Tesseract is, with Turkish. Raises :class:`ConfigurationError` when it is not installed."""
    found = which("tesseract")
    if found:
        told = subprocess.run(
            [found, "--list-langs"], capture_output=True, text=True, timeout=20, check=False
        )
        if LANGUAGE in told.stdout.split():
            return found
    reason = "Tesseract veya Türkçe dil dosyası kurulu değil: apt install tesseract-ocr tesseract-ocr-tur"
    raise ConfigurationError("tesseract with the language tur is not installed", reason=reason)


def read_lines(page: Picture, *, layout: int = 4, dpi: int = DPI) -> tuple[Line, ...]:
    """The page's lines. ``layout`` is Tesseract's page segmentation mode: 4 a column of varying sizes, 6 a block."""
    done = _run(["stdin", "stdout", *_options(layout, dpi), "tsv"], _pgm(page))
    return tuple(_lines(done.decode(errors="replace")))


def read_and_keep(page: Picture, target: Path) -> tuple[Line, ...]:
    """The page's lines, and a searchable page in ``target`` (a PDF), from one reading."""
    beside = target.with_suffix("")
    _run(["stdin", str(beside), *_options(4, DPI), "tsv", "pdf"], _pgm(page))
    table = beside.with_suffix(".tsv")
    lines = tuple(_lines(table.read_text(encoding="utf-8", errors="replace")))
    table.unlink()
    return lines


def _options(layout: int, dpi: int) -> list[str]:
    return [
        "-l",
        LANGUAGE,
        "--oem",
        "1",
        "--psm",
        str(layout),
        "--dpi",
        str(dpi),
        "-c",
        "tessedit_do_invert=0",
    ]


def _pgm(page: Picture) -> bytes:
    height, width = page.shape
    return b"P5 %d %d 255\n" % (width, height) + page.tobytes()


def _run(arguments: Sequence[str], picture: bytes) -> bytes:
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1", "LC_ALL": "C"}
    try:
        done = subprocess.run(
            [program(), *arguments],
            input=picture,
            capture_output=True,
            timeout=SECONDS,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired as fault:
        raise Temporary("tesseract ran out of time", reason="Sayfa süresi içinde okunamadı.") from fault
    if done.returncode != 0:
        said = done.stderr.decode(errors="replace").strip().splitlines()[-1:]
        raise Temporary(f"tesseract failed ({done.returncode}): {said}", reason="Sayfa okunamadı.")
    return done.stdout


def _lines(tsv: str) -> Iterator[Line]:
    words: list[Word] = []
    at: tuple[str, ...] = ()
    for row in csv.DictReader(tsv.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
        if row["level"] != "5" or not (text := (row["text"] or "").strip()):
            continue
        place = (row["block_num"], row["par_num"], row["line_num"])
        if place != at and words:
            yield Line(tuple(words))
            words = []
        at = place
        left, top = int(row["left"]), int(row["top"])
        box = Box(left, top, left + int(row["width"]), top + int(row["height"]))
        words.append(Word(text, max(0.0, float(row["conf"])) / 100, box))
    if words:
        yield Line(tuple(words))
