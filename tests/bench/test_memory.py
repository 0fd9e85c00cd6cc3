"""The benches' memory figures are of the program measured, not of whoever started it."""

import resource
import subprocess
import sys

from tests.bench.memory import peak_mb, run_watched

_HOLD_MB = 120
_CHILD = "from tests.bench.memory import peak_mb; print(peak_mb())"


def test_a_childs_peak_is_its_own_though_its_parent_had_more() -> None:
    held = b"\1" * (_HOLD_MB * 1_000_000)
    inherited = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    done = subprocess.run([sys.executable, "-c", _CHILD], capture_output=True, text=True, check=True)
    assert inherited > _HOLD_MB
    assert peak_mb() > _HOLD_MB
    assert 1 < float(done.stdout) < _HOLD_MB
    assert held[-1] == 1


def test_what_a_program_and_its_child_hold_is_added_up() -> None:
    _, sampled = run_watched("tests.bench.holding", str(_HOLD_MB))
    assert sampled.together_mb > 2 * _HOLD_MB * 0.9
    assert sampled.largest_mb > _HOLD_MB * 0.9
