"""``check``: every fault of every file in one go."""

from pathlib import Path

from click.testing import CliRunner

from daemon.cli import muhtarlik
from daemon.domain.errors import ConfigurationError


def test_faults_of_settings_and_mappings_are_told_together(tmp_path: Path) -> None:
    config = tmp_path / "muhtarlik.toml"
    config.write_text('[office]\nname = "Örnek"\nmappings = "eslemeler.yaml"\nadres = "a@b.c"\n')
    (tmp_path / "eslemeler.yaml").write_text("directorates: 3\nbilinmeyen: 1\n")
    result = CliRunner().invoke(muhtarlik, ["check", "--config", str(config)])
    assert isinstance(result.exception, ConfigurationError)
    told = "\n".join(result.exception.faults)
    assert "muhtarlik.toml:4: office.adres" in told
    assert "eslemeler.yaml:1:" in told
    assert "eslemeler.yaml:2:" in told


def test_settings_that_are_not_there_are_told_in_one_line(tmp_path: Path) -> None:
    result = CliRunner().invoke(muhtarlik, ["check", "--config", str(tmp_path / "yok.toml")])
    assert isinstance(result.exception, ConfigurationError)
    assert "ayar dosyası yok" in result.exception.faults[0]
