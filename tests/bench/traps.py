"""Traps: what PDFs made to harm their reader cost, each read by a process that has done nothing else.

Memory is of the whole tree of processes (Pss: shared pages count once). It is to stay below 600 MB whatever the PDF.

    python -m tests.bench.traps
"""

import json
import tempfile
from pathlib import Path

from tests.bench.memory import run_watched
from tests.scans.hostile import TRAPS

_EVERY = 0.03
"""Seconds between two looks: a bomb goes off quickly."""


def main() -> None:
    peak = 0.0
    with tempfile.TemporaryDirectory(prefix="muhtarlik-bench-") as folder:
        path = Path(folder) / "trap.pdf"
        for name, make in TRAPS.items():
            path.write_bytes(make())
            printed, sampled = run_watched("tests.bench.trap", str(path), every=_EVERY)
            figures = json.loads(printed.splitlines()[-1])
            peak = max(peak, sampled.together_mb)
            print(
                f"{name:<50} {sampled.together_mb:4.0f} MB {figures['seconds']:5.1f} s  {figures['said']}",
                flush=True,
            )
    print(f"peak memory of {len(TRAPS)} hostile PDFs: {peak:.0f} MB together (Pss)")


if __name__ == "__main__":
    main()
