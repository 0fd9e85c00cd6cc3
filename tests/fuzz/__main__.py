"""``make fuzz``: every reader of strangers' things, for so many minutes; what it finds is kept and becomes a test.

    python -m tests.fuzz MINUTES [target …]

A finding is any error that is not the product's own, more than five seconds of work, or memory that grows for ever. It
is written to ``tests/fuzz/found/<target>-<hash>`` and named with its generator's seed; exit 1 if there was any.
"""

import resource
import sys
import time
from hashlib import sha256
from pathlib import Path
from random import Random

from tests.fuzz.mutate import mutant
from tests.fuzz.targets import EXPECTED, Target, targets

FOUND = Path(__file__).parent / "found"
LONGEST_SECONDS = 5.0
MOST_GROWTH_MB = 150


def main(minutes: float, names: list[str]) -> int:
    chosen = [target for target in targets() if not names or target.name in names]
    begin, findings = int(time.time()), 0
    for target in chosen:
        findings += _fuzz(target, seconds=minutes * 60 / len(chosen), seed=begin)
    return min(findings, 1)


def _fuzz(target: Target, *, seconds: float, seed: int) -> int:
    random, until = Random(seed), time.monotonic() + seconds
    count = findings = 0
    kept: set[str] = set()
    warm, slowest = 0.0, 0.0
    while time.monotonic() < until:
        data = mutant(target, random)
        begin = time.process_time()
        fault = fault_of(target, data)
        slowest = max(slowest, time.process_time() - begin)
        count += 1
        if fault:
            findings += 1
            if (kind := fault[:12]) not in kept:
                kept.add(kind)
                _keep(target, data, fault)
        if count == 300:
            warm = _peak_mb()
    grown = _peak_mb() - warm if warm else 0.0
    print(
        f"{target.name:<6} {count:>8} inputs  slowest {slowest:5.2f} s  memory +{grown:.0f} MB  "
        f"findings {findings}  (seed {seed})",
        flush=True,
    )
    return findings + (grown > MOST_GROWTH_MB)


def fault_of(target: Target, data: bytes) -> str:
    """What is wrong with how the target takes this; ``""`` for nothing."""
    begin = time.process_time()
    try:
        target.read(data)
    except EXPECTED:
        pass
    except Exception as fault:
        return f"{type(fault).__name__}: {fault}"
    took = time.process_time() - begin
    return f"took {took:.1f} s" if took > LONGEST_SECONDS else ""


def _keep(target: Target, data: bytes, fault: str) -> None:
    FOUND.mkdir(exist_ok=True)
    path = FOUND / f"{target.name}-{sha256(data).hexdigest()[:12]}"
    path.write_bytes(data)
    print(f"{target.name}: {fault[:200]}: kept as {path.name}", flush=True)


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]) if len(sys.argv) > 1 else 1.0, sys.argv[2:]))
