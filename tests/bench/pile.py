"""Reads one scan file and keeps its pages, as the daemon does; prints the time by the clock and its own peak memory."""

import json
import sys
import time
from pathlib import Path

from daemon.scans import open_scan
from tests.bench.memory import peak_mb


def main(path: Path) -> None:
    started = time.perf_counter()
    with open_scan(path.read_bytes()):
        seconds = time.perf_counter() - started
    print(json.dumps({"seconds": seconds, "peak_mb": peak_mb()}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
