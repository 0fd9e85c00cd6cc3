"""Ours: intake and reading (request, history, letters worded and owed), with or without the workbooks."""

import json
import sys
import time
from pathlib import Path

from daemon.app import App
from daemon.settings import load_settings
from tests.bench.memory import peak_mb
from tests.bench.raw import now


def main(config: str, *, sheets: bool) -> None:
    with App.open(load_settings(Path(config)), now) as app:
        app.migrate()
        if sheets:
            for _ in app.set_up_sheets():
                pass
        app.warm_up()
        started = time.perf_counter()
        app.run_step("intake")
        app.run_step("reading")
        app.run_step("intake")
        while sheets and app.run_step("sheets"):
            pass
        seconds = time.perf_counter() - started
    print(json.dumps({"seconds": seconds, "peak_mb": peak_mb()}))


if __name__ == "__main__":
    main(sys.argv[1], sheets="sheets" in sys.argv[2:])
