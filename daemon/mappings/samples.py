"""What the router was taught by sample texts before an office has corrected anything (``make samples``)."""

from functools import cache
from pathlib import Path

from daemon.domain.boundaries import Boundaries
from daemon.domain.boundaries import parse as parse_boundaries
from daemon.domain.learned import Model
from daemon.domain.learned_json import parse

TAUGHT = Path(__file__).with_name("samples.json")
BOUNDARIES = Path(__file__).with_name("boundaries.json")


@cache
def taught_by_samples() -> Model:
    """The shipped model. Raises :class:`ValueError` when its file is not what was shipped."""
    return parse(TAUGHT.read_bytes())


@cache
def taught_boundaries() -> Boundaries:
    """Where requests begin. Raises :class:`ValueError` when its file is not what was shipped."""
    return parse_boundaries(BOUNDARIES.read_bytes())
