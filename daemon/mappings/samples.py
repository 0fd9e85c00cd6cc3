"""What the router was taught by sample texts before an office has corrected anything (``make samples``)."""

from functools import cache
from pathlib import Path

from daemon.domain.learned import Model
from daemon.domain.learned_json import parse

TAUGHT = Path(__file__).with_name("samples.json")


@cache
def taught_by_samples() -> Model:
    """The shipped model. Raises :class:`ValueError` when its file is not what was shipped."""
    return parse(TAUGHT.read_bytes())
