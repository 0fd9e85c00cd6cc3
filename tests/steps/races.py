"""``make races STEPS=20000``: the machine at Google, for so many steps with new random choices.

    python -m tests.steps.races [STEPS [SEED]]

Several may run side by side with seeds of their own. A failure is shrunk and printed with its seed.
"""

import math
import random
import sys
import time
from collections import Counter

import structlog
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.steps.test_google_machine import GoogleSheets

PHASES = [Phase.generate, Phase.shrink]
A_RUN = 40
"""Steps before everything must have come to rest."""


class Counted(GoogleSheets):
    """The machine, and how many steps it has taken."""

    steps = 0

    def check_invariants(self, *args: object, **options: object) -> None:
        Counted.steps += 1
        super().check_invariants(*args, **options)  # type: ignore[no-untyped-call]


def main(steps: int, chosen_seed: int) -> None:
    """Runs until so many steps were taken. A run may end before its time, so more of them are begun than needed."""
    structlog.configure(processors=[structlog.processors.JSONRenderer()], logger_factory=_Silence)
    started = time.monotonic()
    print(f"seed {chosen_seed}: begun", flush=True)
    chosen = settings(
        max_examples=20,
        stateful_step_count=A_RUN,
        deadline=None,
        database=None,
        print_blob=True,
        phases=PHASES,
        suppress_health_check=list(HealthCheck),
    )
    for part in range(math.ceil(steps / A_RUN)):
        if Counted.steps >= steps:
            break
        run_state_machine_as_test(seed(chosen_seed + part)(_fresh()), settings=chosen)
        print(
            f"seed {chosen_seed + part}: {Counted.steps} steps, {time.monotonic() - started:.0f} s",
            flush=True,
        )
    turns = Counter(GoogleSheets.turns_to_rest)
    print(f"turns until rest: {dict(sorted(turns.items()))}")
    print(
        f"{Counted.steps} steps from seed {chosen_seed} on: nothing lost, nothing doubled, at rest after each run"
    )


def _fresh() -> type[Counted]:
    """A seed stays with its class."""
    return type("Counted", (Counted,), {})


class _Silence:
    def __init__(self, *_: object) -> None: ...

    def msg(self, _: str) -> None: ...

    debug = info = warning = error = msg


if __name__ == "__main__":
    main(
        int(sys.argv[1]) if len(sys.argv) > 1 else 20_000,
        int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(1_000_000),
    )
