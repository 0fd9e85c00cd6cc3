"""What every test process does first: nothing here changes what a test proves."""

import gc
import os
import sys
from functools import lru_cache

import pytest

from daemon.mappings import file

# Tests start the daemon's programs some three hundred times, and each worker reads nine thousand tests. Where the
# machine forbids Python to keep compiled modules, every one of these starts would compile the whole program anew.
# Whoever asks for it by -B means it: ``make mutants`` changes sources under the tests' feet.
if "-B" not in sys.orig_argv:
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False

# As the program itself does (``daemon/cli``): what a worker imports and collects stays until its end, and to look
# through it every 700 objects took a fifth of the time that collecting takes, a twentieth of the time of the tests.
gc.set_threshold(50_000)

# A daemon has one office, and remembers one text of mappings; tests have several, and each reading takes a second.
file._understood = lru_cache(maxsize=4)(file._understood.__wrapped__)


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """The collected tests stay until the end: the collector of garbage need not walk through them each time."""
    gc.collect()
    gc.freeze()
