"""``python -m tests.crash.cold CONFIG CLOCK TRACE POINT run …``: the true command line from a cold start.

Most lives of the checker are forked from a server that has imported the daemon. A share of them start as an office's
machine starts them: a fresh interpreter, every import, every mapping, every template. Only the clock is the
checker's, and the points that are passed are written down.
"""

import ctypes
import os
import signal
import sys
from pathlib import Path

from daemon import points


def main() -> None:
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG: it does not outlive the checker
    config, clock, trace, point, *arguments = sys.argv[1:]
    passed = os.open(trace, os.O_WRONLY | os.O_APPEND)
    points.arm(point, lambda name: os.write(passed, f"{name}\n".encode()))
    from daemon.cli import main as command_line  # after the points are armed, as the variable would arm them
    from daemon.cli import serve
    from tests.crash.clock import Clock

    serve.wall_clock = Clock(Path(clock))  # type: ignore[assignment]
    sys.argv = ["muhtarlik", *arguments, "--config", config]
    command_line()


if __name__ == "__main__":
    main()
