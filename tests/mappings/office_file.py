"""A small, sound ``mappings.yaml`` whose sections a test replaces."""

from pathlib import Path

import pytest

from daemon.domain.errors import ConfigurationError
from daemon.mappings import OfficeFacts, load_mappings

FACTS = OfficeFacts("Örnek Belediyesi Muhtarlık İşleri", "muhtarlik@ornek.bel.tr", "mudur@ornek.bel.tr")

_SECTIONS = {
    "calendar": "{}",
    "deadlines": "{default: {business_days: 15}}",
    "reminders": """
  - {name: son-gun, business_days_left: 0, to: liaison, template: liaison/reminder}
""",
    "directorates": """
  - code: fen
    name: Fen İşleri Müdürlüğü
    aliases: [Yol Bakım]
    manager: fen.mudur@ornek.bel.tr
    liaisons: [{name: Ayşe Yol, email: fen@ornek.bel.tr}]
  - code: muhtarlik
    name: Muhtarlık İşleri Müdürlüğü
    manager: mudur@ornek.bel.tr
    liaisons: [{name: Ali Büro, email: buro@ornek.bel.tr}]
""",
    "neighbourhoods": """
  - name: Atapark
    headman: {name: Hasan Taş, emails: [atapark@example.com], phones: ["0532 000 00 00"]}
  - name: Yayla
    headman: {name: Zeynep Ak, emails: [yayla@example.com]}
""",
    "categories": """
  - {name: Yol çukuru, directorate: fen, words: [çukur, asfalt]}
  - {name: Su arızası, external_body: ASKİ, words: [su]}
""",
    "external_bodies": """
  - {name: ASKİ, runs: su, contact: 185}
""",
}


def office_text(**sections: str | None) -> str:
    """The file's text with some sections replaced, or left out when ``None``."""
    chosen = {**_SECTIONS, **sections}
    return "".join(
        f"{name}: {text if text.startswith(chr(10)) else text + chr(10)}"
        for name, text in chosen.items()
        if text is not None
    )


def write_office(folder: Path, **sections: str | None) -> Path:
    path = folder / "mappings.yaml"
    path.write_text(office_text(**sections), encoding="utf-8")
    return path


def faults_of(path: Path) -> tuple[str, ...]:
    with pytest.raises(ConfigurationError) as refused:
        load_mappings(path, FACTS)
    return refused.value.faults


def line_with(path: Path, words: str) -> int:
    """The number, from one on, of the first line in which ``words`` stand."""
    return next(n for n, line in enumerate(path.read_text().split("\n"), 1) if words in line)
