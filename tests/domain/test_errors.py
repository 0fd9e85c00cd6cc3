"""What an error tells the clerk, and what the administrator."""

import pytest

from daemon.domain.errors import ConfigurationError, MuhtarlikError, Temporary, Unprocessable


@pytest.mark.parametrize("kind", [Temporary, Unprocessable, ConfigurationError])
def test_what_has_no_reason_of_its_own_tells_its_message(kind: type[MuhtarlikError]) -> None:
    assert kind("no network").reason == "no network"
    assert kind("no network", reason="Ağ yok.").reason == "Ağ yok."


def test_of_reason_and_faults_either_stands_for_the_other() -> None:
    told = ConfigurationError("no settings at x.toml", faults=("x.toml: ayar dosyası yok",))
    assert told.reason == "x.toml: ayar dosyası yok", "the clerk reads no English"
    assert ConfigurationError("nobody", reason="Kimse yok.").faults == ("Kimse yok.",)
    both = ConfigurationError("nobody", reason="Kimse yok.", faults=("a", "b"))
    assert (both.reason, both.faults) == ("Kimse yok.", ("a", "b"))
