"""What the router was taught by sample texts before an office has corrected anything (``make samples``)."""

from functools import cache
from pathlib import Path

from daemon.domain.routing import judgement, learned_json
from daemon.domain.routing.taught import Taught

TAUGHT = Path(__file__).with_name("samples.json")
JUDGEMENTS = Path(__file__).with_name("judgements.json")


@cache
def taught_by_samples() -> Taught:
    """Raises :class:`ValueError` when a file is not what was shipped."""
    model, facts = learned_json.read(TAUGHT.read_bytes())
    return Taught(model, judgement.parse(JUDGEMENTS.read_bytes()), frozenset(facts["words"]))
