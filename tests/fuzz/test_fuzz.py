"""The everyday dose of ``make fuzz``: the same changed inputs each time, a few hundred for every reader."""

from pathlib import Path
from random import Random

import pytest

from tests.fuzz.__main__ import FOUND, fault_of
from tests.fuzz.mutate import mutant
from tests.fuzz.targets import Target, targets

TARGETS = {target.name: target for target in targets()}
DOSE = {"mail": 400, "xlsx": 60, "scan": 60}


@pytest.mark.parametrize("target", TARGETS.values(), ids=TARGETS.keys())
def test_changed_inputs_neither_break_nor_stall_a_reader(target: Target) -> None:
    random = Random(20_261_207)
    faults = [
        fault
        for _ in range(DOSE.get(target.name, 150))
        if (fault := fault_of(target, mutant(target, random)))
    ]
    assert faults == []


@pytest.mark.parametrize("path", sorted(FOUND.glob("*")), ids=lambda path: path.name)
def test_what_fuzzing_once_found_is_cured(path: Path) -> None:
    target = TARGETS.get(path.name.partition("-")[0])
    if target is None:
        pytest.skip("this reader is not in this checkout")
    assert fault_of(target, path.read_bytes()) == ""
