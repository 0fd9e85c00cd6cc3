"""``make races STEPS=20000``: the machine at Google, for so many steps with new random choices."""

import math
import sys

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.steps.test_google_machine import GoogleSheets

A_RUN = 40
"""Steps before everything must have come to rest."""


def main(steps: int) -> None:
    runs = math.ceil(steps / A_RUN)
    chosen = settings(
        max_examples=runs,
        stateful_step_count=A_RUN,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(GoogleSheets, settings=chosen)
    print(f"{runs} runs of up to {A_RUN} steps: nothing lost, nothing doubled, at rest after each")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
