"""The corpus: mails as the programs of offices and headmen send them, and what must be read from each."""

import json
from pathlib import Path

import pytest

from daemon.domain.reading import read_mail, reading_json
from daemon.mail.mime import parse_mail

CORPUS = Path(__file__).parent / "corpus"
NAMES = sorted(path.stem for path in CORPUS.glob("*.eml"))


@pytest.mark.parametrize("name", NAMES)
def test_every_mail_of_the_corpus_is_read_as_written_down(name: str) -> None:
    raw = (CORPUS / f"{name}.eml").read_bytes()
    expected = json.loads((CORPUS / f"{name}.json").read_text(encoding="utf-8"))
    mail = parse_mail(raw)
    read = reading_json(mail, read_mail(mail, office_address="muhtarlik@ornek.bel.tr"))
    for piece in expected.pop("quoted_has", []):
        assert piece in str(read["quoted"])
        assert piece not in str(read["text"])
    assert {key: read[key] for key in expected} == expected


def test_the_corpus_is_large_enough_to_mean_something() -> None:
    assert len(NAMES) >= 90
