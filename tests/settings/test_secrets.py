"""Passwords: from a file or a systemd credential, read only when they are needed."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from daemon.domain.errors import ConfigurationError
from daemon.settings import Settings, load_settings

_TEXT = """\
[office]
address = "muhtarlik@ornek.bel.tr"
manager = "mudur@ornek.bel.tr"
[imap]
host = "imap.ornek.bel.tr"
user = "muhtarlik"
{imap}
[smtp]
host = "smtp.ornek.bel.tr"
{smtp}
[trust]
authserv_id = "mx.ornek.bel.tr"
"""


@pytest.fixture(autouse=True)
def _no_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CREDENTIALS_DIRECTORY", raising=False)


@pytest.fixture(autouse=True)
def _private_files() -> Iterator[None]:
    before = os.umask(0o077)
    yield
    os.umask(before)


def loaded(folder: Path, *, imap: str = 'password_file = "gizli"', smtp: str = "") -> Settings:
    path = folder / "muhtarlik.toml"
    path.write_text(_TEXT.format(imap=imap, smtp=smtp), encoding="utf-8")
    return load_settings(path)


@pytest.mark.parametrize(
    ("content", "password"),
    [
        (b"parola", "parola"),
        (b"parola\n", "parola"),
        (b"parola\r\n", "parola"),
        (b"\xef\xbb\xbfparola\n", "parola"),
        (b" bo\xc5\x9f luk \n", " boş luk "),
    ],
)
def test_a_password_is_the_files_text_without_the_line_end(
    tmp_path: Path, content: bytes, password: str
) -> None:
    (tmp_path / "gizli").write_bytes(content)
    assert loaded(tmp_path).imap.password() == password


def test_settings_load_without_the_password_file(tmp_path: Path) -> None:
    settings = loaded(tmp_path)
    with pytest.raises(ConfigurationError) as refused:
        settings.imap.password()
    assert refused.value.faults[0].startswith(f"{tmp_path}/gizli: parola dosyası okunamıyor")


@pytest.mark.parametrize("content", [b"", b"\n"])
def test_an_empty_password_file_is_a_fault(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "gizli").write_bytes(content)
    with pytest.raises(ConfigurationError) as refused:
        loaded(tmp_path).imap.password()
    assert refused.value.faults == (f"{tmp_path}/gizli: parola dosyası boş",)


def test_a_password_in_another_encoding_is_a_fault_that_does_not_show_it(tmp_path: Path) -> None:
    (tmp_path / "gizli").write_bytes("şifre".encode("windows-1254"))
    with pytest.raises(ConfigurationError) as refused:
        loaded(tmp_path).imap.password()
    assert "UTF-8" in refused.value.reason
    assert "ifre" not in refused.value.reason


def test_a_credential_of_the_same_name_goes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "gizli").write_text("eski")
    credentials = tmp_path / "credentials"
    credentials.mkdir()
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(credentials))
    assert loaded(tmp_path).imap.password() == "eski"
    (credentials / "gizli").write_text("yeni\n")
    assert loaded(tmp_path).imap.password() == "yeni"


def test_without_a_file_the_credential_has_the_units_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "imap-password").write_text("bir\n")
    (tmp_path / "smtp-password").write_text("iki\n")
    settings = loaded(tmp_path, imap="", smtp='user = "muhtarlik"')
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    assert (settings.imap.password(), settings.smtp.password()) == ("bir", "iki")


def test_who_logs_in_needs_a_password(tmp_path: Path) -> None:
    settings = loaded(tmp_path, imap="", smtp='user = "muhtarlik"')
    for server in (settings.imap, settings.smtp):
        with pytest.raises(ConfigurationError) as refused:
            server.password()
        assert server.credential in refused.value.reason


def test_a_relay_without_a_login_needs_none(tmp_path: Path) -> None:
    assert loaded(tmp_path).smtp.password() == ""


@pytest.mark.parametrize(
    ("mode", "who"),
    [
        (0o600, ""),
        (0o400, ""),
        (0o640, "dosyanın grubu"),
        (0o620, "dosyanın grubu"),
        (0o644, "başkaları"),
        (0o604, "başkaları"),
        (0o602, "başkaları"),
    ],
)
def test_a_password_file_that_others_may_read_is_refused(tmp_path: Path, mode: int, who: str) -> None:
    secret = tmp_path / "gizli"
    secret.write_text("parola")
    secret.chmod(mode)
    settings = loaded(tmp_path)
    lines = list(settings.open_secrets())
    assert [who in line and "chmod 600" in line and "parola" not in line for line in lines] == [True] * bool(
        who
    )
    if not who:
        assert settings.imap.password() == "parola"
        return
    with pytest.raises(ConfigurationError) as refused:
        settings.imap.password()
    assert list(refused.value.faults) == lines


@pytest.mark.parametrize(("mode", "taken"), [(0o400, True), (0o440, True), (0o444, False)])
def test_a_credential_s_access_list_may_look_like_group_rights(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: int, taken: bool
) -> None:
    (tmp_path / "imap-password").write_text("bir")
    (tmp_path / "imap-password").chmod(mode)
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    settings = loaded(tmp_path, imap="")
    if taken:
        assert settings.imap.password() == "bir"
    else:
        with pytest.raises(ConfigurationError):
            settings.imap.password()


def test_no_password_stands_in_the_settings_text(tmp_path: Path) -> None:
    (tmp_path / "gizli").write_text("cokgizli")
    settings = loaded(tmp_path)
    settings.imap.password()
    assert "cokgizli" not in repr(settings)
