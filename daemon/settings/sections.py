"""The sections of ``muhtarlik.toml``: every key, its default where one is safe, and what it may be.

Passwords are read when they are needed, from a systemd credential or a file of the same name, so commands
that need no server work without them.
"""

import ipaddress
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, ClassVar, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    Strict,
    ValidationInfo,
    field_validator,
)

from daemon.domain.errors import ConfigurationError
from daemon.domain.sheet import TALEPLER
from daemon.domain.system_faults import told_of
from daemon.fields import Address, Day, Name, Text, nearest
from daemon.private import ANYBODY_ELSE, OTHERS, ensure_private, openness

_USUAL_PORTS = {
    "imap": {"tls": 993, "starttls": 143, "none": 143},
    "smtp": {"tls": 465, "starttls": 587, "none": 25},
}
_UNVERIFIED = (
    "Gönderen doğrulanmıyor: From adresi kolayca taklit edilebildiğinden, başkası bir irtibat personelinin "
    "veya muhtarın adıyla talep açabilir ve kapatabilir. Posta sunucunuzun Authentication-Results "
    "başlığındaki adını trust.authserv_id olarak yazınız."
)
_UNVERIFIABLE = (
    'trust.require = "dmarc", ancak trust.authserv_id yazılmamış: yalnızca kendi alan adının DKIM imzasını '
    "taşıyan iletilerin göndereni doğrulanabilir, diğerleri İnceleme sayfasında bir kişinin kararını bekler. "
    "Posta sunucunuzun Authentication-Results başlığındaki adını yazınız."
)

# --- kinds of values --------------------------------------------------------------------------------------


def _path(value: object, info: ValidationInfo) -> Path:
    """A path, relative to the settings' folder (given as the validation's context)."""
    if not isinstance(value, str | Path):
        raise ValueError("bir metin olmalı")
    text = str(value).strip() if isinstance(value, str) else str(value)
    if not text:
        raise ValueError("boş olamaz")
    if "://" in text or "\0" in text:
        raise ValueError(f"“{value}” bir dosya yolu değil")
    return Path((info.context or {}).get("folder", ""), text)


def _path_or_none(value: object, info: ValidationInfo) -> Path | None:
    return None if value is None or (isinstance(value, str) and not value.strip()) else _path(value, info)


def _host(value: str) -> str:
    if re.fullmatch(r"[^:]+:\d+", value):
        raise ValueError(f"“{value}”: port, ayrı olarak port ile yazılmalı")
    if re.search(r"[\s/@]", value):
        raise ValueError(f"“{value}” bir sunucu adı değil")
    return value


def _columns(value: object) -> object:
    if not isinstance(value, list | tuple):
        raise ValueError("bir liste olmalı")
    known = [column.header for column in TALEPLER.columns]
    for name in value:
        if name not in known:
            raise ValueError(f"“{name}” diye bir sütun yok{nearest(str(name), known)}")
    return tuple(value)


def _day_or_none(value: object) -> object:
    return None if value == "" else value


FilePath = Annotated[Path, BeforeValidator(_path)]
MaybePath = Annotated[Path | None, BeforeValidator(_path_or_none)]
Host = Annotated[Name, AfterValidator(_host)]
Security = Literal["tls", "starttls", "none"]
Port = Annotated[int, Strict(), Field(ge=1, le=65535)]
Seconds = Annotated[float, Strict(), Field(gt=0, le=3600)]
Switch = Annotated[bool, Strict()]


class _Section(BaseModel):
    """Defaults and whole default sections are validated too: that resolves their paths."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, validate_default=True, revalidate_instances="always"
    )


# --- sections ---------------------------------------------------------------------------------------------


class Office(_Section):
    """Who the office is. ``templates`` is looked up before the shipped ones."""

    name: Name = "Muhtarlık İşleri Müdürlüğü"
    address: Address
    manager: Address
    mappings: FilePath = Path("mappings.yaml")
    templates: MaybePath = None


class LedgerSettings(_Section):
    """``backups``: how many nightly backups are kept beside the ledger, in ``yedek/``; 0 for none."""

    path: FilePath = Path("ledger.db")
    backups: Annotated[int, Strict(), Field(ge=0, le=3650)] = 14


class _Server(_Section):
    """``ca_file`` adds authorities to trust; ``timeout`` is in seconds, for one answer of the server.

    With ``oauth2``, the JSON file ``oauth2_token_file`` replaces the password.
    """

    credential: ClassVar[str]

    host: Host
    security: Security = "tls"
    user: Text = ""
    password_file: MaybePath = None
    oauth2: Literal["", "google", "microsoft"] = ""
    oauth2_token_file: MaybePath = None
    ca_file: MaybePath = None
    timeout: Seconds = 60.0

    @field_validator("security")
    @classmethod
    def _plain_only_on_loopback(cls, value: Security, info: ValidationInfo) -> Security:
        if value == "none" and not _is_loopback(info.data.get("host", "localhost")):
            raise ValueError("“none” yalnızca aynı makinedeki sunucu (localhost) için olabilir")
        return value

    @field_validator("oauth2_token_file")
    @classmethod
    def _token_for_oauth2(cls, value: Path | None, info: ValidationInfo) -> Path | None:
        if info.data.get("oauth2") and value is None:
            raise ValueError("oauth2 için belirteç (token) dosyası yazılmalı")
        return value

    def password(self) -> str:
        """The password; empty only where nobody logs in. Raises :class:`ConfigurationError`."""
        return _secret(self.password_file, self.credential, needed=bool(self.user))


class ImapSettings(_Server):
    """``since`` limits the first reading of a full inbox; ``idle = false`` polls even where IDLE exists.

    Of a mail larger than ``largest_mail`` bytes only the header is taken.
    """

    credential = "imap-password"

    user: Name
    port: Port = Field(default_factory=lambda data: _USUAL_PORTS["imap"][data.get("security", "tls")])
    folder: Name = "INBOX"
    done_folder: Name = "Islenenler"
    held_folder: Name = "Bekleyenler"
    since: Annotated[Day | None, BeforeValidator(_day_or_none)] = None
    idle: Switch = True
    poll_seconds: Seconds = 30.0
    largest_mail: Annotated[int, Strict(), Field(ge=10_000)] = 50_000_000

    @field_validator("done_folder", "held_folder")
    @classmethod
    def _elsewhere(cls, value: str, info: ValidationInfo) -> str:
        taken = [info.data.get(name) for name in ("folder", "done_folder")]
        if value in taken:
            raise ValueError(f"“{value}” başka bir iş için de yazılmış; her klasör ayrı olmalı")
        return value


class SmtpSettings(_Server):
    """``daily_limit``: the provider's, in letters a day; 0, as an office's own server has it, for none.

    ``hourly_per_address`` and ``daily_per_address``: letters that answer one address's mails; ten times as many
    others. 0 for none.
    """

    credential = "smtp-password"

    security: Security = "starttls"
    port: Port = Field(default_factory=lambda data: _USUAL_PORTS["smtp"][data.get("security", "starttls")])
    daily_limit: Annotated[int, Strict(), Field(ge=0)] = 0
    hourly_per_address: Annotated[int, Strict(), Field(ge=0)] = 120
    daily_per_address: Annotated[int, Strict(), Field(ge=0)] = 600


class Trust(_Section):
    """Whose ``Authentication-Results`` are believed, and what a mail must pass to change a request.

    ``check_dkim``: where the server says nothing, DKIM signatures are checked here; needs DNS.
    """

    authserv_id: Text = ""
    check_dkim: Switch = True
    require: Literal["dmarc", "none", ""] = ""

    @property
    def demanded(self) -> Literal["dmarc", "none"]:
        """What is really asked for: DMARC where the office's server is known, unless said otherwise."""
        if self.require:
            return self.require
        return "dmarc" if self.authserv_id else "none"


class WorkbookSheets(_Section):
    folder: FilePath = Path("tablolar")


class GoogleSheets(_Section):
    """``columns``: the headers that may leave the house, empty for all. ``folder``: the shared drive's folder in which
    spreadsheets are made, by its id or address. ``impersonate``: a user of the domain in whose name the daemon works
    (domain-wide delegation). ``calls_per_minute``: reads, and writes, that Google grants one user."""

    credentials_file: FilePath = Path("service-account.json")
    folder: Text = ""
    impersonate: Text = ""
    calls_per_minute: Annotated[int, Strict(), Field(ge=10)] = 60
    columns: Annotated[tuple[str, ...], BeforeValidator(_columns)] = ()
    endpoint: Text = ""


class Sheets(_Section):
    """``quiet_seconds``: how long an edit must stand before it sends a letter; unset: 0, for Google 60."""

    backend: Literal["workbook", "google"] = "workbook"
    quiet_seconds: Annotated[float, Strict(), Field(ge=0, le=86_400)] = Field(
        default_factory=lambda data: 60.0 if data.get("backend") == "google" else 0.0
    )
    workbook: WorkbookSheets = WorkbookSheets()
    google: GoogleSheets = GoogleSheets()


class Scans(_Section):
    """``folder``: where the office's scanner writes; empty for none."""

    folder: MaybePath = None


class FilesSettings(_Section):
    """``link``: how staff open attachments, e.g. ``file://sunucu/ekler/``; empty gives the path."""

    folder: FilePath = Path("ekler")
    link: Text = ""


class Watch(_Section):
    """``metrics``: a file for Prometheus' textfile collector, written anew every minute; empty for none."""

    metrics: MaybePath = None


class Settings(_Section):
    """The whole file; every path is already resolved against its folder."""

    office: Office
    ledger: LedgerSettings = LedgerSettings()
    imap: ImapSettings
    smtp: SmtpSettings
    trust: Trust = Trust()
    sheets: Sheets = Sheets()
    scans: Scans = Scans()
    files: FilesSettings = FilesSettings()
    watch: Watch = Watch()

    def warnings(self) -> Iterator[str]:
        """Turkish sentences on what is allowed but deserves a thought."""
        if not self.trust.authserv_id:
            yield _UNVERIFIABLE if self.trust.demanded == "dmarc" else _UNVERIFIED
        elif self.trust.demanded == "none":
            yield _UNVERIFIED
        if self.sheets.backend == "google" and (line := openness(self.sheets.google.credentials_file)):
            yield f"{line}."

    def open_secrets(self) -> Iterator[str]:
        """Turkish lines on secrets that others may read; the daemon refuses to use them."""
        servers = (self.imap, self.smtp)
        files = [path for each in servers for path in (each.password_file, each.oauth2_token_file)]
        yield from filter(None, (openness(path) for path in dict.fromkeys(files) if path))


def _is_loopback(host: object) -> bool:
    if str(host).lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(str(host)).is_loopback
    except ValueError:
        return False


# --- secrets ----------------------------------------------------------------------------------------------


def _secret(path: Path | None, credential: str, *, needed: bool) -> str:
    """The systemd credential named like the file (or ``credential``), else the file."""
    given = os.environ.get("CREDENTIALS_DIRECTORY")
    passed = Path(given, path.name if path else credential) if given else None
    source = passed if passed and passed.exists() else path
    if source is None:
        if needed:
            what = f"parola yok: password_file yazınız veya systemd ile {credential} veriniz"
            raise ConfigurationError(f"no {credential}", reason=what)
        return ""
    ensure_private(source, forbidden=OTHERS if source is passed else ANYBODY_ELSE)
    try:
        secret = source.read_text(encoding="utf-8-sig").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as fault:
        why = told_of(fault) if isinstance(fault, OSError) else "UTF-8 değil"
        raise _bad_secret(source, f"parola dosyası okunamıyor ({why})") from fault
    if not secret:
        raise _bad_secret(source, "parola dosyası boş")
    return secret


def _bad_secret(source: Path, what: str) -> ConfigurationError:
    line = f"{source}: {what}"
    return ConfigurationError(f"cannot use the password file {source}", reason=line)
