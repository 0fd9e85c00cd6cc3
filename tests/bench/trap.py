"""Reads one file as the daemon does a scan, pages taken over included; prints what became of it, and the seconds."""

import json
import sys
import time
from collections import Counter
from pathlib import Path

from daemon.domain.errors import Unprocessable
from daemon.scans import open_scan


def main(path: Path) -> None:
    started = time.perf_counter()
    try:
        with open_scan(path.read_bytes()) as scan:
            scan.document([page.number for page in scan.pages])
            fared = Counter(f"{page.condition} {page.reason}".strip() for page in scan.pages)
            said = ", ".join(f"{count} × {how}" for how, count in fared.items())
    except Unprocessable as fault:
        said = f"held: {fault.reason}"
    print(json.dumps({"said": said, "seconds": time.perf_counter() - started}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
