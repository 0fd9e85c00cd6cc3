"""``muhtarlik.toml``: what it becomes, and every fault with its line.

A line that is at fault ends in ``#!``; the faults must stand on exactly these lines.
"""

from datetime import date
from pathlib import Path

import pytest

from daemon.domain.errors import ConfigurationError
from daemon.settings import DEFAULT_PATH, VARIABLE, Settings, example_settings, find_config, load_settings

_CONTRACT = """\
[office]
name = "Örnek Belediyesi Muhtarlık İşleri Müdürlüğü"
address = "muhtarlik@ornek.bel.tr"
manager = "mudur@ornek.bel.tr"
mappings = "mappings.yaml"
templates = "templates"
[ledger]
path = "ledger.db"
[imap]
host = "imap.ornek.bel.tr"
port = 993
security = "tls"
user = "muhtarlik"
password_file = "imap-password"
folder = "INBOX"
done_folder = "Islenenler"
held_folder = "Bekleyenler"
[smtp]
host = "smtp.ornek.bel.tr"
port = 587
security = "starttls"
user = "muhtarlik"
password_file = "smtp-password"
[trust]
authserv_id = "mx.ornek.bel.tr"
require = "dmarc"
[sheets]
backend = "workbook"
quiet_seconds = 0
[sheets.workbook]
folder = "tablolar"
[sheets.google]
credentials_file = "service-account.json"
columns = []
endpoint = ""
[scans]
folder = "tarama"
[files]
folder = "ekler"
link = ""
"""

_OFFICE = """\
[office]
address = "muhtarlik@ornek.bel.tr"
manager = "mudur@ornek.bel.tr"
"""
_IMAP = """\
[imap]
host = "imap.ornek.bel.tr"
user = "muhtarlik"
"""
_SMTP = """\
[smtp]
host = "smtp.ornek.bel.tr"
"""
_SHORTEST = _OFFICE + _IMAP + _SMTP


def loaded(folder: Path, text: str = _SHORTEST) -> Settings:
    return load_settings(written(folder, text))


def written(folder: Path, text: str) -> Path:
    path = folder / "muhtarlik.toml"
    path.write_text(text, encoding="utf-8")
    return path


def faults_of(path: Path) -> tuple[str, ...]:
    with pytest.raises(ConfigurationError) as refused:
        load_settings(path)
    return refused.value.faults


# --- sound files ------------------------------------------------------------------------------------------


def test_the_file_of_the_contract_is_read(tmp_path: Path) -> None:
    settings = loaded(tmp_path, _CONTRACT)
    assert settings.office.name == "Örnek Belediyesi Muhtarlık İşleri Müdürlüğü"
    assert (settings.imap.port, settings.smtp.port) == (993, 587)
    assert settings.trust.demanded == "dmarc"
    assert list(settings.warnings()) == []


def test_relative_paths_are_relative_to_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path, _CONTRACT)
    monkeypatch.chdir(tmp_path.parent)
    settings = load_settings(Path(tmp_path.name, "muhtarlik.toml"))
    assert settings.office.mappings == tmp_path / "mappings.yaml"
    assert settings.office.templates == tmp_path / "templates"
    assert settings.ledger.path == tmp_path / "ledger.db"
    assert settings.imap.password_file == tmp_path / "imap-password"
    assert settings.sheets.workbook.folder == tmp_path / "tablolar"
    assert settings.sheets.google.credentials_file == tmp_path / "service-account.json"
    assert settings.scans.folder == tmp_path / "tarama"
    assert settings.files.folder == tmp_path / "ekler"


def test_paths_left_out_are_below_the_files_folder_too(tmp_path: Path) -> None:
    settings = loaded(tmp_path)
    assert settings.office.mappings == tmp_path / "mappings.yaml"
    assert settings.ledger.path == tmp_path / "ledger.db"
    assert settings.sheets.workbook.folder == tmp_path / "tablolar"
    assert settings.files.folder == tmp_path / "ekler"
    assert settings.office.templates is None
    assert settings.scans.folder is None


def test_absolute_paths_stay(tmp_path: Path) -> None:
    settings = loaded(tmp_path, _SHORTEST + '[ledger]\npath = "/srv/ledger.db"\n')
    assert settings.ledger.path == Path("/srv/ledger.db")


def test_an_empty_optional_path_is_none(tmp_path: Path) -> None:
    text = _SHORTEST + 'password_file = ""\n[scans]\nfolder = ""\n'
    settings = loaded(tmp_path, text.replace("[office]\n", '[office]\ntemplates = ""\n'))
    assert settings.scans.folder is None
    assert settings.office.templates is None
    assert settings.smtp.password_file is None


@pytest.mark.parametrize(
    ("section", "security", "port"),
    [
        ("imap", "tls", 993),
        ("imap", "starttls", 143),
        ("imap", "none", 143),
        ("smtp", "tls", 465),
        ("smtp", "starttls", 587),
        ("smtp", "none", 25),
    ],
)
def test_the_usual_port_follows_from_the_security(
    tmp_path: Path, section: str, security: str, port: int
) -> None:
    other = _SMTP if section == "imap" else _IMAP
    text = f'{_OFFICE}{other}[{section}]\nhost = "localhost"\nuser = "a"\nsecurity = "{security}"\n'
    assert getattr(loaded(tmp_path, text), section).port == port


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.9.1", "::1", "LOCALHOST"])
def test_without_tls_only_the_same_machine_is_spoken_to(tmp_path: Path, host: str) -> None:
    assert (
        loaded(tmp_path, _OFFICE + _IMAP + f'[smtp]\nhost = "{host}"\nsecurity = "none"\n').smtp.host == host
    )


@pytest.mark.parametrize("since", ["2026-01-15", '"2026-01-15"', '"15.01.2026"', "2026-01-15T10:00:00"])
def test_the_first_reading_may_begin_on_a_day(tmp_path: Path, since: str) -> None:
    settings = loaded(tmp_path, _OFFICE + _SMTP + _IMAP + f"since = {since}\n")
    assert settings.imap.since == date(2026, 1, 15)


def test_the_first_reading_takes_everything_unless_told(tmp_path: Path) -> None:
    assert loaded(tmp_path, _OFFICE + _SMTP + _IMAP + 'since = ""\n').imap.since is None
    assert loaded(tmp_path).imap.since is None


@pytest.mark.parametrize(("backend", "seconds"), [("workbook", 0), ("google", 60)])
def test_edits_rest_before_they_send_letters_where_saving_is_not_deliberate(
    tmp_path: Path, backend: str, seconds: float
) -> None:
    text = f'{_SHORTEST}[sheets]\nbackend = "{backend}"\n'
    assert loaded(tmp_path, text).sheets.quiet_seconds == seconds
    assert loaded(tmp_path, text + "quiet_seconds = 5\n").sheets.quiet_seconds == 5


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "muhtarlik.toml"
    path.write_bytes(_SHORTEST.replace("\n", "\r\n").encode("utf-8-sig"))
    assert load_settings(path).imap.host == "imap.ornek.bel.tr"


def test_settings_cannot_be_changed(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="frozen"):
        loaded(tmp_path).imap.host = "evil"  # type: ignore[misc]


def test_the_example_needs_no_file(tmp_path: Path) -> None:
    settings = example_settings(tmp_path)
    assert settings.office.mappings.is_file()
    assert settings.ledger.path == tmp_path / "ledger.db"
    assert "@ornek.bel.tr" in settings.office.address


# --- trust ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("trust", "demanded", "warning"),
    [
        ('authserv_id = "mx.ornek.bel.tr"', "dmarc", ""),
        ('authserv_id = "mx.ornek.bel.tr"\nrequire = "dmarc"', "dmarc", ""),
        ('authserv_id = "mx.ornek.bel.tr"\nrequire = "none"', "none", "taklit"),
        ("", "none", "taklit"),
        ('require = "none"', "none", "taklit"),
        ('require = "dmarc"', "dmarc", "yalnızca kendi alan adının DKIM imzasını"),
    ],
)
def test_what_senders_must_pass_is_told_when_it_is_nothing(
    tmp_path: Path, trust: str, demanded: str, warning: str
) -> None:
    settings = loaded(tmp_path, f"{_SHORTEST}[trust]\n{trust}\n")
    assert settings.trust.demanded == demanded
    warnings = list(settings.warnings())
    assert len(warnings) == bool(warning)
    assert all(warning in text and "authserv_id" in text for text in warnings)


# --- faults -----------------------------------------------------------------------------------------------

_FAULTS = {
    "unknown key": (_OFFICE + 'adress = "a@b.tr" #!\n' + _IMAP + _SMTP, "address?"),
    "unknown section": (_SHORTEST + "[thrust] #!\n", "trust?"),
    "unknown subsection": (_SHORTEST + '[sheets.workbooks] #!\nfolder = "a"\n', "workbook?"),
    "unknown key on top": ('folder = "x" #!\n' + _SHORTEST, "bilinmeyen anahtar"),
    "unknown dotted key": (_SHORTEST + '[sheets]\nworkbook.foldr = "a" #!\n', "folder?"),
    "missing key": ('[office] #!\naddress = "a@b.tr"\n' + _IMAP + _SMTP, "office.manager: eksik"),
    "missing user": (_OFFICE + '[imap] #!\nhost = "localhost"\n' + _SMTP, "imap.user: eksik"),
    "bad address": (_IMAP + _SMTP + '[office]\nmanager = "a@b.tr"\naddress = "muhtarlik" #!\n', "e-posta"),
    "Turkish address": (
        _IMAP + _SMTP + '[office]\nmanager = "müdür@b.tr" #!\naddress = "a@b.tr"\n',
        "müdür@b.tr",
    ),
    "nameless office": (_OFFICE + 'name = " " #!\n' + _IMAP + _SMTP, "boş olamaz"),
    "empty path": (_OFFICE + 'mappings = "" #!\n' + _IMAP + _SMTP, "boş olamaz"),
    "path that is a number": (_OFFICE + "mappings = 5 #!\n" + _IMAP + _SMTP, "metin"),
    "path with a NUL": (_OFFICE + 'mappings = "a\\u0000b" #!\n' + _IMAP + _SMTP, "dosya yolu değil"),
    "ledger that is a database": (_SHORTEST + '[ledger]\npath = "postgresql://x/y" #!\n', "dosya yolu değil"),
    "port too large": (_SHORTEST + "port = 65536 #!\n", "en çok 65535"),
    "port zero": (_SHORTEST + "port = 0 #!\n", "en az 1"),
    "port in quotes": (_SHORTEST + 'port = "587" #!\n', "tam sayı"),
    "port true": (_SHORTEST + "port = true #!\n", "tam sayı"),
    "no such security": (_SHORTEST + 'security = "ssl" #!\n', "tls, starttls, none"),
    "plain to another machine": (_SHORTEST + 'security = "none" #!\n', "aynı makinedeki"),
    "host with a port": (_OFFICE + _IMAP + '[smtp]\nhost = "mail.tr:25" #!\n', "ayrı olarak port"),
    "host that is an address": (_OFFICE + _IMAP + '[smtp]\nhost = "smtps://mail.tr" #!\n', "sunucu adı"),
    "empty host": (_OFFICE + _IMAP + '[smtp]\nhost = "" #!\n', "boş olamaz"),
    "negative timeout": (_SHORTEST + "timeout = -1 #!\n", "0 değerinden büyük"),
    "endless timeout": (_SHORTEST + "timeout = inf #!\n", "en çok 3600"),
    "timeout that is no number": (_SHORTEST + "timeout = nan #!\n", "“nan” olamaz"),
    "negative limit": (_SHORTEST + "daily_limit = -1 #!\n", "en az 0"),
    "idle neither yes nor no": (_OFFICE + _SMTP + _IMAP + 'idle = "evet" #!\n', "true (evet)"),
    "since no date": (_OFFICE + _SMTP + _IMAP + 'since = "geçen ay" #!\n', "bir tarih değil"),
    "done is the inbox": (_OFFICE + _SMTP + _IMAP + 'done_folder = "INBOX" #!\n', "ayrı olmalı"),
    "held is done": (_OFFICE + _SMTP + _IMAP + 'held_folder = "Islenenler" #!\n', "ayrı olmalı"),
    "oauth2 by whom": (_SHORTEST + 'oauth2 = "yahoo" #!\n', "google, microsoft"),
    "trust in what": (_SHORTEST + '[trust]\nrequire = "spf" #!\n', "dmarc, none"),
    "sheets where": (_SHORTEST + '[sheets]\nbackend = "excel" #!\n', "workbook, google"),
    "quiet for how long": (_SHORTEST + "[sheets]\nquiet_seconds = -5 #!\n", "en az 0"),
    "column unknown": (_SHORTEST + '[sheets.google]\ncolumns = ["Konu", "Muhtr"] #!\n', "Muhtar?"),
    "columns no list": (_SHORTEST + '[sheets.google]\ncolumns = "Konu" #!\n', "liste"),
    "section no section": ("files = 5 #!\n" + _SHORTEST, "bölüm"),
    "twice the same key": (_OFFICE + 'manager = "a@b.tr" #!\n' + _IMAP + _SMTP, "iki kez"),
    "twice the same section": (_SHORTEST + "[imap] #!\n", "iki kez"),
    "value without quotes": (_SHORTEST + "[files]\nfolder = ekler #!\n", "tırnak içinde"),
    "backslashes": (_SHORTEST + '[files]\nfolder = "C:\\ekler" #!\n', "tek tırnak"),
    "open quote": (_SHORTEST + '[files]\nlink = "file: #!\nfolder = "a"\n', "tırnak"),
    "no equals sign": (_SHORTEST + "[files]\nfolder ekler #!\n", "anahtar = değer"),
    "nested too deep": (_SHORTEST + "x = " + "[" * 20_000 + "\n#!", "iç içe"),
}


@pytest.mark.parametrize(("text", "words"), _FAULTS.values(), ids=_FAULTS)
def test_a_fault_is_told_with_its_line(tmp_path: Path, text: str, words: str) -> None:
    path = written(tmp_path, text)
    marked = [number for number, line in enumerate(text.split("\n"), 1) if line.endswith("#!")]
    faults = faults_of(path)
    assert [int(fault.removeprefix(f"{path}:").split(":")[0]) for fault in faults] == marked, faults
    assert words in faults[0]


def test_oauth2_needs_a_file_of_credentials(tmp_path: Path) -> None:
    (fault,) = faults_of(written(tmp_path, _SHORTEST + 'oauth2 = "google"\n'))
    assert "smtp.oauth2_token_file" in fault
    settings = loaded(tmp_path, _SHORTEST + 'oauth2 = "google"\noauth2_token_file = "token.json"\n')
    assert settings.smtp.oauth2_token_file == tmp_path / "token.json"


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    text = _OFFICE + 'x = 1\n[imap]\nhost = ""\nport = 0\n[smtp]\nhost = "mail.tr"\nsecurity = "none"\n'
    faults = faults_of(written(tmp_path, text + '[trust]\nrequire = "spf"\n[foo]\n'))
    assert len(faults) == 7
    assert sum("eksik" in fault for fault in faults) == 1


def test_an_empty_file_misses_three_sections(tmp_path: Path) -> None:
    path = written(tmp_path, "")
    assert faults_of(path) == tuple(f"{path}: {name}: eksik" for name in ("imap", "office", "smtp"))


def test_another_encoding_is_refused_with_advice(tmp_path: Path) -> None:
    path = tmp_path / "muhtarlik.toml"
    path.write_bytes(_CONTRACT.encode("windows-1254"))
    assert faults_of(path) == (f"{path}: UTF-8 olarak kaydediniz",)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    (fault,) = faults_of(tmp_path)
    assert fault.startswith(f"{tmp_path}: okunamıyor")


# --- where the file is ------------------------------------------------------------------------------------


def test_the_file_is_the_chosen_one_else_the_environments_else_the_usual(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(VARIABLE, "/srv/a.toml")
    assert find_config(Path("b.toml")) == Path("b.toml")
    assert find_config() == Path("/srv/a.toml")
    monkeypatch.setenv(VARIABLE, "")
    assert find_config() == DEFAULT_PATH
    monkeypatch.delenv(VARIABLE)
    assert find_config() == Path("/etc/muhtarlik/muhtarlik.toml")


def test_an_absent_file_is_named_with_advice(tmp_path: Path) -> None:
    (fault,) = faults_of(tmp_path / "yok.toml")
    assert fault.startswith(f"{tmp_path}/yok.toml: ayar dosyası yok")
    assert "--config" in fault
    assert VARIABLE in fault
