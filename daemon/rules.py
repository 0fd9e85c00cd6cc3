"""What the office goes by, without its ledger and its servers: its mappings, and what routing has learned."""

from functools import cached_property

from daemon.domain.office import Office
from daemon.learning import LearnedFile
from daemon.mappings import Mappings, MappingsFile, OfficeFacts
from daemon.settings import Settings


class Rules:
    """Read on first use. Enough for commands that explain: nothing else need be loaded for them."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    @cached_property
    def _mappings_file(self) -> MappingsFile:
        office = self.settings.office
        return MappingsFile(office.mappings, OfficeFacts(office.name, office.address, office.manager))

    @property
    def mappings(self) -> Mappings:
        return self._mappings_file.current

    @cached_property
    def _learned(self) -> LearnedFile:
        ledger = self.settings.ledger.path
        return LearnedFile(ledger.with_name(f"{ledger.name}-learned.json"))

    @property
    def office(self) -> Office:
        """As the mappings say, with what routing has learned from corrections."""
        return self._learned.applied_to(self.mappings.office)
