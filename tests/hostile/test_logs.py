"""What is logged, at the most talkative level, names nobody: no name, address, telephone, words or secrets."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from daemon.app import App
from daemon.cli.logs import log_to_stderr
from daemon.domain.errors import Temporary, Unprocessable
from daemon.domain.personal import for_the_log
from daemon.settings import load_settings
from daemon.steps.opening import Opening
from tests.hostile.test_erase import Office

SECRET = "cok-gizli-parola-17"
WORDS = "Annem yatalak, 10000000146 kimlik no ile 0532 111 22 33 numaradan"


@pytest.fixture
def talkative(capsys: pytest.CaptureFixture[str]) -> Iterator[pytest.CaptureFixture[str]]:
    before = structlog.get_config()
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield capsys
    structlog.configure(**before)
    root.handlers[:], root.level = handlers, level


def talk() -> None:
    """Log everything there is; from within the test, for pytest gives each phase a stderr of its own."""
    log_to_stderr(level=logging.DEBUG)
    logging.getLogger().setLevel(logging.DEBUG)


@pytest.mark.parametrize(
    ("text", "logged"),
    [
        ("login of muhtarlik@ornek.bel.tr refused", "login of <adres>@ornek.bel.tr refused"),
        (
            "550 5.1.1 <ayse.yilmaz@example.com>: no such user",
            "550 5.1.1 <<adres>@example.com>: no such user",
        ),
        ("Tel 0532 111 22 33 / +90(312)0000001", "Tel <telefon> / <telefon>"),
        ("5321112233", "<telefon>"),
        ("TC 10000000146", "TC *******0146"),
        ("INBOX/1795664739/14 in 2026-12-07T08:00:00", "INBOX/1795664739/14 in 2026-12-07T08:00:00"),
        ("a\nERROR forged\x1b[31m\u202e", "a\\u000aERROR forged\\u001b[31m\\u202e"),
        ("x" * 900, "x" * 500 + "…"),
    ],
)
def test_a_value_is_masked_cut_and_kept_on_one_line(text: str, logged: str) -> None:
    assert for_the_log(text) == logged


def test_an_error_s_own_words_never_reach_the_log(talkative: pytest.CaptureFixture[str]) -> None:
    talk()
    try:
        raise ValueError(WORDS)
    except ValueError:
        structlog.get_logger().error("arrival failed", exc_info=True)
        logging.getLogger("library").warning("%s", "ayse.yilmaz@example.com wrote", exc_info=True)
    said = talkative.readouterr().err
    assert "ValueError in test_logs.py" in said
    assert not any(word in said for word in ("Annem", "10000000146", "0532", "ayse.yilmaz"))


@pytest.mark.parametrize(
    "fault",
    [RuntimeError(WORDS), Temporary("not now"), Unprocessable("broken", reason=WORDS), KeyError(WORDS)],
    ids=["unforeseen", "temporary", "unprocessable", "key"],
)
def test_everything_at_debug_level_names_nobody(
    tmp_path: Path, talkative: pytest.CaptureFixture[str], fault: Exception
) -> None:
    talk()
    office = Office(tmp_path)
    registry = office.app.office.registry
    with office.app:
        office.asks(office.gone, f"{WORDS} yazıyorum: asfalt çöktü.", attachment=b"%PDF-1.4 x")
        office.asks(office.gone, "Kime: <script>\x1b[31m\nDURUM")
        good = office.app._reading._opening
        office.app._reading._opening = Opening(_failing(fault), good._judge)
        for _ in range(4):
            office.asks(office.other, f"{WORDS} çöp alınmıyor.")
        office.app._reading._opening = good
    said = talkative.readouterr().err
    people = [p.headman for p in registry.neighbourhoods]
    forbidden = [person.name for person in people] + [email for person in people for email in person.emails]
    forbidden += [*registry.speakers, "Annem", "yatalak", "10000000146", "0532 111"]
    assert said
    assert [word for word in forbidden if word and word in said] == []


def _failing(fault: Exception):  # type: ignore[no-untyped-def]
    def parse(raw: bytes) -> None:
        raise fault

    return parse


def test_no_secret_is_ever_said(tmp_path: Path, talkative: pytest.CaptureFixture[str]) -> None:
    talk()
    for name in ("imap-password", "smtp-password"):
        (tmp_path / name).write_text(SECRET)
        (tmp_path / name).chmod(0o600)
    config = tmp_path / "muhtarlik.toml"
    config.write_text(
        '[office]\nname = "Örnek"\naddress = "muhtarlik@ornek.bel.tr"\nmanager = "m@ornek.bel.tr"\n'
        '[imap]\nhost = "127.0.0.1"\nport = 9\nuser = "m"\npassword_file = "imap-password"\nsecurity = "none"\n'
        '[smtp]\nhost = "127.0.0.1"\nport = 9\nuser = "m"\npassword_file = "smtp-password"\nsecurity = "none"\n'
    )
    Office(tmp_path)
    settings = load_settings(config)
    said = repr(settings)
    with App.open(settings) as app:
        for step in ("intake", "sending"):
            try:
                app.run_step(step)
            except Exception as fault:
                said += repr(fault) + str(fault)
        said += repr(app.__dict__.get("source"))
        with app.ledger.view() as view:
            said += repr(view.steps())
            key = view.note("signing-key")
    said += "".join(talkative.readouterr())
    assert SECRET not in said
    assert key
    assert key not in said
