"""``muhtarlik.toml``: what the administrator sets. All faults at once; an unknown key names its nearest kin.

Every key has a default where one is safe. Passwords are read when they are needed, from a file or a systemd
credential of the same name, so commands that need no server work without them.
"""

import ipaddress
import os
import re
import stat
import tomllib
from collections.abc import Iterator
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from daemon.domain.errors import ConfigurationError
from daemon.resources import shipped

DEFAULT_PATH = Path("/etc/muhtarlik/muhtarlik.toml")
VARIABLE = "MUHTARLIK_CONFIG"

Security = Literal["tls", "starttls", "none"]
Port = Annotated[int, Field(ge=1, le=65535)]
Seconds = Annotated[float, Field(gt=0, le=3600)]


def _address(value: object) -> object:
    if not isinstance(value, str) or not re.fullmatch(
        r"[^\s@<>,;:\"]+@[^\s@<>,;:\"]+\.[^\s@<>,;:\".]+", value.strip()
    ):
        raise ValueError(f"{value!r} is not a mail address")
    return value.strip()


MailAddress = Annotated[str, BeforeValidator(_address)]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, validate_default=True)


class Office(_Section):
    """Who the office is. ``templates`` is looked up before the shipped ones."""

    name: str = "Örnek Belediyesi Muhtarlık İşleri Müdürlüğü"
    address: MailAddress
    manager: MailAddress
    mappings: Path = Path("mappings.yaml")
    templates: Path | None = None


class LedgerSettings(_Section):
    """``path`` is a file or a database URL."""

    path: Path = Path("ledger.db")


class _Server(_Section):
    host: str
    security: Security = "tls"
    user: str = ""
    password_file: Path | None = None
    oauth2: Literal["", "google", "microsoft"] = ""
    oauth2_token_file: Path | None = None
    ca_file: Path | None = None
    timeout: Seconds = 60.0

    @model_validator(mode="after")
    def _plain_only_on_loopback(self) -> Self:
        if self.security == "none" and not _is_loopback(self.host):
            raise ValueError('security = "none" is only allowed on loopback')
        return self

    def password(self) -> str:
        """The password, from systemd's credential or the file. Raises :class:`ConfigurationError`."""
        return _secret(self.password_file)


class ImapSettings(_Server):
    """``since`` limits the first reading of a full inbox; ``idle = false`` polls even where IDLE exists."""

    port: Port = 993
    folder: str = "INBOX"
    done_folder: str = "Islenenler"
    held_folder: str = "Bekleyenler"
    since: date | None = None
    idle: bool = True
    poll_seconds: Seconds = 30.0
    largest_mail: Annotated[int, Field(ge=10_000)] = 50_000_000


class SmtpSettings(_Server):
    """``daily_limit`` is the provider's: letters a day, 0 for none."""

    port: Port = 587
    security: Security = "starttls"
    daily_limit: Annotated[int, Field(ge=0)] = 0


class Trust(_Section):
    """Whose ``Authentication-Results`` are believed, and what a mail must pass to change a request."""

    authserv_id: str = ""
    require: Literal["dmarc", "none", ""] = ""

    @property
    def demanded(self) -> Literal["dmarc", "none"]:
        """What is really asked for: DMARC where the office's server is known, unless said otherwise."""
        if self.require:
            return self.require
        return "dmarc" if self.authserv_id else "none"


class WorkbookSheets(_Section):
    folder: Path = Path("tablolar")


class GoogleSheets(_Section):
    credentials_file: Path | None = None
    columns: tuple[str, ...] = ()
    endpoint: str = ""


class Sheets(_Section):
    """``quiet_seconds``: how long an edit must stand before it sends a letter; unset: 0, for Google 60."""

    backend: Literal["workbook", "google"] = "workbook"
    quiet_seconds: Annotated[float, Field(ge=0)] | None = None
    workbook: WorkbookSheets = WorkbookSheets()
    google: GoogleSheets = GoogleSheets()


class Scans(_Section):
    """``folder``: where the office's scanner writes; empty for none."""

    folder: Path | None = None


class FilesSettings(_Section):
    """``link``: how staff open attachments, e.g. ``file://sunucu/ekler/``; empty gives the path."""

    folder: Path = Path("ekler")
    link: str = ""


class Settings(_Section):
    """The whole file. Relative paths are already resolved against its folder."""

    office: Office
    ledger: LedgerSettings = LedgerSettings()
    imap: ImapSettings
    smtp: SmtpSettings
    trust: Trust = Trust()
    sheets: Sheets = Sheets()
    scans: Scans = Scans()
    files: FilesSettings = FilesSettings()
    folder: Path = Field(default=Path(), exclude=True)

    def warnings(self) -> Iterator[str]:
        """Turkish sentences on what is allowed but deserves a thought."""
        if self.trust.demanded == "none":
            yield (
                "trust.authserv_id ayarlı değil: iletilerin göndereni doğrulanmıyor, sahte bir gönderen "
                "adresiyle talep kapatılabilir. Posta sunucunuzun Authentication-Results adını giriniz."
            )
        for server in (self.imap, self.smtp):
            path = server.password_file
            if path and path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
                yield f"{path} dosyasını başkaları da okuyabiliyor (chmod 600 yapınız)."


# --- reading ----------------------------------------------------------------------------------------------


def find_config(chosen: Path | None = None) -> Path:
    """``--config``, else ``$MUHTARLIK_CONFIG``, else the default."""
    return chosen or Path(os.environ.get(VARIABLE) or DEFAULT_PATH)


def load_settings(path: Path) -> Settings:
    """Read and prove the settings. Raises :class:`ConfigurationError` with every fault and its line."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
        found = tomllib.loads(text)
    except FileNotFoundError as fault:
        line = f"{path}: ayar dosyası yok; --config DOSYA veya ${VARIABLE} ile yerini bildiriniz"
        raise ConfigurationError(f"no settings at {path}", faults=(line,)) from fault
    except OSError as fault:
        raise ConfigurationError(
            f"{path}: {fault.strerror}", faults=(f"{path}: okunamıyor ({fault.strerror})",)
        ) from fault
    except UnicodeDecodeError as fault:
        raise ConfigurationError(
            f"{path} is not UTF-8", faults=(f"{path}: UTF-8 olarak kaydediniz",)
        ) from fault
    except tomllib.TOMLDecodeError as fault:
        raise ConfigurationError(f"{path}: {fault}", faults=(f"{path}: TOML hatası: {fault}",)) from fault
    try:
        settings = Settings.model_validate({**found, "folder": path.resolve().parent})
    except ValidationError as fault:
        faults = tuple(_fault(path, text, error) for error in fault.errors())
        raise ConfigurationError(f"{path}: {len(faults)} faults", faults=faults) from fault
    return _resolved(settings)


def example_settings(folder: Path | None = None) -> Settings:
    """Settings for commands that need no servers: the shipped example office; files below ``folder``."""
    base = folder or Path.cwd()
    return _resolved(
        Settings.model_validate(
            {
                "office": {
                    "address": "muhtarlik@ornek.bel.tr",
                    "manager": "muhtarlik.mudur@ornek.bel.tr",
                    "mappings": shipped("mappings.yaml"),
                },
                "imap": {"host": "localhost"},
                "smtp": {"host": "localhost"},
                "folder": base,
            }
        )
    )


def _resolved(settings: Settings) -> Settings:
    """Make every relative path absolute below the settings' folder."""
    return settings.model_copy(update=_resolve(settings, settings.folder))


def _resolve(section: BaseModel, folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in type(section).model_fields:
        value = getattr(section, name)
        if isinstance(value, BaseModel):
            found[name] = value.model_copy(update=_resolve(value, folder))
        elif isinstance(value, Path) and not (name == "folder" and isinstance(section, Settings)):
            found[name] = value if "://" in str(value) else folder / value
    return found


# --- faults -----------------------------------------------------------------------------------------------


def _fault(path: Path, text: str, error: Any) -> str:
    """One line: file, line number, key, what is wrong."""
    keys = [str(key) for key in error["loc"]]
    line = _line_of(text, keys)
    where = f"{path}:{line}" if line else str(path)
    name = ".".join(keys)
    match error["type"]:
        case "extra_forbidden":
            near = _nearest(keys)
            return f"{where}: {name}: bilinmeyen anahtar" + (
                f"; şunu mu demek istediniz: {near}?" if near else ""
            )
        case "missing":
            return f"{where}: {name}: eksik"
        case "literal_error":
            return f"{where}: {name}: {error['input']!r} olamaz; olabilecekler: {error['ctx']['expected']}"
        case _:
            return f"{where}: {name}: {error['msg']}"


def _nearest(keys: list[str]) -> str:
    model: type[BaseModel] = Settings
    for key in keys[:-1]:
        annotation = model.model_fields[key].annotation
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            model = annotation
    known = [name for name in model.model_fields if name != "folder" or model is not Settings]
    return next(iter(get_close_matches(keys[-1], known, 1, 0.5)), "")


def _line_of(text: str, keys: list[str]) -> int:
    """The line on which the key (or else its section) stands; 0 when it stands nowhere."""
    section, sections = "", {}
    for number, line in enumerate(text.split("\n"), 1):
        if heading := re.match(r"\s*\[([\w.-]+)\]", line):
            section = heading[1]
            sections[section] = number
        elif (assignment := re.match(r"\s*([\w-]+)\s*=", line)) and [
            *section.split("."),
            assignment[1],
        ] == keys:
            return number
    return sections.get(".".join(keys), sections.get(".".join(keys[:-1]), 0))


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _secret(path: Path | None) -> str:
    if path is None:
        return ""
    credential = Path(os.environ.get("CREDENTIALS_DIRECTORY", "")) / path.name
    source = credential if os.environ.get("CREDENTIALS_DIRECTORY") and credential.exists() else path
    try:
        return source.read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as fault:
        raise ConfigurationError(
            f"cannot read the password file {source}",
            faults=(f"{source}: parola dosyası okunamıyor ({fault})",),
        ) from fault
