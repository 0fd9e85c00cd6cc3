"""Scans: how well and how quickly the generated set of degraded petitions is read.

Beside plain Tesseract on the ideal bitmap (the limit) and on the degraded page, and OCRmyPDF where it is installed.
Times are CPU seconds of everything that ran for a page: wall-clock time says more about who else uses the machine.

    python -m tests.bench.scans [PAGES]
"""

import json
import resource
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import cv2
from rapidfuzz.distance import Levenshtein

from daemon.app import App
from daemon.domain.petitions.reading import scan_json
from daemon.domain.text import fold
from daemon.scans import read_scan
from daemon.settings import example_settings
from tests.bench.memory import run_watched
from tests.scans import files
from tests.scans.damage import Picture
from tests.scans.generator import CAME, PAGES, Scan, scans

FIELDS = ("neighbourhood", "headman", "date", "subject", "phone")


def main(count: int = PAGES) -> None:
    tally: Counter[str] = Counter()
    wrong: dict[str, list[float]] = {}
    with (
        App.open(example_settings()) as app,
        tempfile.TemporaryDirectory(prefix="muhtarlik-bench-") as folder,
    ):
        for scan in scans(count):
            path = scan.save(Path(folder))
            _measure(tally, "ideal", partial(_plain, _written(scan.clean, Path(folder))), scan, wrong)
            _measure(tally, "plain", partial(_plain, path), scan, wrong)
            pages = _measure(tally, "ours", partial(read_scan, path.read_bytes()), scan, wrong)
            if shutil.which("ocrmypdf"):
                _measure(tally, "OCRmyPDF", partial(_ocrmypdf, path), scan, wrong)
            _count_fields(tally, scan, scan_json(pages, app.office, CAME))
    _tell(count, tally, wrong)
    _tell_pile(min(count, 48))


def _measure(
    tally: Counter[str], name: str, read: Callable[[], Any], scan: Scan, wrong: dict[str, list[float]]
) -> Any:
    before = _cpu()
    found = read()
    tally[f"{name} ms"] += round(1000 * (_cpu() - before))
    text = found if isinstance(found, str) else "\n".join(page.text for page in found)
    said, truth = " ".join(text.split()), " ".join(scan.text.split())
    wrong.setdefault(name, []).append(min(1.0, Levenshtein.distance(said, truth) / len(truth)))
    return found


def _cpu() -> float:
    own, others = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime


def _written(picture: Picture, folder: Path) -> Path:
    path = folder / "ideal.png"
    cv2.imwrite(str(path), picture)
    return path


def _plain(path: Path) -> str:
    command = ["tesseract", str(path), "stdout", "-l", "tur"]
    done = subprocess.run(command, capture_output=True, text=True, env={"OMP_THREAD_LIMIT": "1"}, check=False)
    return done.stdout


def _ocrmypdf(path: Path) -> str:
    text, target = path.with_suffix(".txt"), path.with_suffix(".pdf")
    options = [
        "--image-dpi",
        "200",
        "-l",
        "tur",
        "--rotate-pages",
        "--deskew",
        "--clean",
        "--sidecar",
        str(text),
    ]
    subprocess.run(["ocrmypdf", *options, str(path), str(target)], capture_output=True, check=False)
    return text.read_text() if text.exists() else ""


def _count_fields(tally: Counter[str], scan: Scan, found: dict[str, Any]) -> None:
    if len(found["petitions"]) != 1:
        tally["not one petition"] += 1
        return
    petition = found["petitions"][0]
    tally["filed"] += not petition["review"]
    for name in FIELDS:
        field = petition["fields"][name]
        good = is_right(scan, name, field["value"])
        tally[f"{name} right"] += good
        tally[f"{name} sure"] += field["sure"]
        tally["sure"] += field["sure"]
        tally["sure but wrong"] += field["sure"] and not good


def is_right(scan: Scan, name: str, value: str | None) -> bool:
    """Whether a field says what the generator wrote."""
    truth, value = scan.truth, value or ""
    match name:
        case "date":
            return value == truth.written.isoformat()
        case "phone":
            return "".join(c for c in value if c.isdigit())[-10:] == truth.phone
        case "subject":
            return fold(value).removesuffix(" hakkinda") == fold(truth.subject)
        case _:
            return bool(value == getattr(truth, name))


def _tell(count: int, tally: Counter[str], wrong: dict[str, list[float]]) -> None:
    names = {
        "ideal": "plain Tesseract, ideal bitmap",
        "plain": "plain Tesseract, degraded page",
        "ours": "ours, degraded page",
        "OCRmyPDF": "OCRmyPDF, degraded page",
    }
    plain = tally["plain ms"]
    for name, values in wrong.items():
        each = tally[f"{name} ms"] / count
        print(
            f"{names[name]:<32} {100 * sum(values) / count:5.1f} % wrong characters  "
            f"{each:5.0f} ms of CPU a page  {each * count / plain:4.2f} × plain"
        )
    if "OCRmyPDF" not in wrong:
        print("(OCRmyPDF is not installed here)")
    for name in FIELDS:
        print(f"{name:<32} {100 * tally[f'{name} right'] / count:5.1f} % right, {tally[f'{name} sure']} sure")
    print(f"{'sure but wrong':<32} {tally['sure but wrong']} of {tally['sure']}")
    print(f"{'filed without a person':<32} {100 * tally['filed'] / count:5.1f} %")
    if tally["not one petition"]:
        print(f"{'not taken for one petition':<32} {tally['not one petition']}")


def _tell_pile(count: int) -> None:
    """One PDF with many pages: how quickly, and with how much memory, in a process that has done nothing else."""
    with tempfile.TemporaryDirectory(prefix="muhtarlik-bench-") as folder:
        pile = Path(folder) / "pile.pdf"
        pile.write_bytes(files.pdf([scan.picture for scan in scans(count)]))
        printed, sampled = run_watched("tests.bench.pile", str(pile))
    figures = json.loads(printed)
    print(f"one PDF of {count} pages: {count / figures['seconds']:.1f} pages a second by the clock")
    print(
        f"peak memory: {sampled.together_mb:.0f} MB together (Pss), {figures['peak_mb']:.0f} MB the reading process, "
        f"{sampled.largest_mb:.0f} MB the largest page's process (each with what they share)"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else PAGES)
