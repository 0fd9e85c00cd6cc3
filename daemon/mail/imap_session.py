"""Opening an IMAP session: account, login, folders by the names people know, and what errors mean.

RFC 3501 (IMAP4rev1), 2342 (NAMESPACE), 5530 (response codes), 7628 and XOAUTH2 (tokens). Folder names are
given as people read them (``İşlenenler``); imapclient puts them into modified UTF-7.
"""

import imaplib
import re
import ssl
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from imapclient.exceptions import LoginError, ProtocolError

from daemon.domain.errors import ConfigurationError, MuhtarlikError, Temporary
from daemon.mail.imap_wire import Connection
from daemon.mail.tls import Security, demand_loopback, network_fault, tls_context

_CODE = re.compile(r"\[([A-Z-]+)")
_PASSING_CODES = {"UNAVAILABLE", "INUSE", "LIMIT", "SERVERBUG", "CONTACTADMIN", "CORRUPTION"}
_PASSING_WORDS = re.compile(r"temporar|try again|too many|throttl|internal error|system error|busy", re.I)


@dataclass(frozen=True, slots=True)
class ImapAccount:
    """Where the inbox is and how to get in. ``access_token`` (OAuth 2) goes before ``password``.

    ``since`` leaves older mail alone; a mail larger than ``most_bytes`` is taken by its header only.
    Durations are seconds: ``poll_seconds`` between looks where IDLE is missing or unwanted (``idle``),
    ``renew_seconds`` the longest IDLE (servers end it after 30 minutes, some routers forget the connection
    after 5), ``nudge_seconds`` the same for a server in the same building, asked often because it tells late.
    """

    host: str
    user: str
    password: str = field(default="", repr=False)
    port: int = 993
    security: Security = "tls"
    folder: str = "INBOX"
    done_folder: str = "Islenenler"
    held_folder: str = "Bekleyenler"
    since: date | None = None
    ca_file: Path | None = None
    access_token: Callable[[], str] | None = field(default=None, repr=False)
    idle: bool = True
    connect_seconds: float = 15
    read_seconds: float = 60
    poll_seconds: float = 30
    renew_seconds: float = 280
    nudge_seconds: float = 0.3
    most_bytes: int = 50 * 1024 * 1024

    @property
    def where(self) -> str:
        return f"IMAP {self.host}:{self.port}"


def connect(account: ImapAccount) -> Connection:
    """A logged-in connection. Raises :class:`ConfigurationError` or :class:`Temporary`."""
    if account.security == "none":
        demand_loopback(account.host, "imap.security")
    context = None if account.security == "none" else tls_context(account.ca_file)
    with translated(account):
        connection = Connection(
            account.host,
            account.port,
            tls=context if account.security == "tls" else None,
            connect_seconds=account.connect_seconds,
            read_seconds=account.read_seconds,
            largest=2 * account.most_bytes + 1024 * 1024,
        )
    try:
        with translated(account):
            if account.security == "starttls":
                _start_tls(connection, account, context)
            _log_in(connection, account)
    except BaseException:
        connection.drop()
        raise
    return connection


def _start_tls(connection: Connection, account: ImapAccount, context: ssl.SSLContext | None) -> None:
    if not connection.has_capability("STARTTLS"):
        raise ConfigurationError(
            f"{account.where} offers no STARTTLS",
            reason=f"{account.where} sunucusu STARTTLS sunmuyor; security ve port ayarlarını denetleyiniz.",
        )
    connection.starttls(context)


def _log_in(connection: Connection, account: ImapAccount) -> None:
    try:
        if account.access_token:
            connection.oauth2_login(account.user, account.access_token())
        elif connection.has_capability("AUTH=PLAIN"):
            connection.plain_login(account.user, account.password)  # the only way for letters beyond ASCII
        else:
            connection.login(account.user, account.password)
    except UnicodeEncodeError as fault:
        raise ConfigurationError(
            f"{account.where}: this server takes no password with letters beyond ASCII",
            reason=f"{account.where} sunucusu Türkçe harf içeren parolayı kabul etmiyor.",
        ) from fault
    except LoginError as fault:
        if isinstance(fault.__context__, imaplib.IMAP4.abort) or _is_passing(str(fault)):
            raise Temporary(
                f"{account.where}: login not possible now: {fault}",
                reason=f"{account.where} sunucusu şu anda oturum açmaya izin vermiyor.",
            ) from fault
        raise ConfigurationError(
            f"{account.where}: login of {account.user} refused: {fault}",
            reason=f"{account.where}: {account.user} için kullanıcı adı veya parola kabul edilmedi.",
        ) from fault


@contextmanager
def translated(account: ImapAccount) -> Iterator[None]:
    """Turn the errors of imaplib, imapclient and the network into ours."""
    try:
        yield
    except MuhtarlikError:
        raise
    except OSError as fault:
        raise network_fault(fault, account.where) from fault
    except imaplib.IMAP4.readonly as fault:
        raise ConfigurationError(
            f"{account.where}: {account.folder} is read-only for {account.user}",
            reason=f"{account.folder} klasörü {account.user} için salt okunur; yazma yetkisi verilmelidir.",
        ) from fault
    except (imaplib.IMAP4.error, ProtocolError, ValueError) as fault:
        raise _refusal(account, fault) from fault


def _refusal(account: ImapAccount, fault: Exception) -> MuhtarlikError:
    code = next(iter(_CODE.findall(str(fault))), "")
    if code == "OVERQUOTA":
        return Temporary(
            f"{account.where}: mailbox is full: {fault}",
            reason=f"{account.user} posta kutusunun kotası dolu; yer açılmalıdır.",
        )
    if code in {"NOPERM", "EXPIRED", "PRIVACYREQUIRED"}:
        return ConfigurationError(
            f"{account.where}: not permitted: {fault}",
            reason=f"{account.where}: {account.user} kullanıcısının bu işlem için yetkisi yok.",
        )
    return Temporary(
        f"{account.where}: {fault}",
        reason=f"{account.where} sunucusuyla bağlantı kesildi veya sunucu işlemi yapamadı.",
    )


def _is_passing(text: str) -> bool:
    return bool(_PASSING_CODES & set(_CODE.findall(text)) or _PASSING_WORDS.search(text))


class Folders:
    """The server's folders under the names that people use."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._names = {
            _same(name): name
            for flags, _, name in connection.list_folders()
            if b"\\noselect" not in {flag.lower() for flag in flags}
        }
        self._prefix, self._separator = self._personal_namespace()

    def _personal_namespace(self) -> tuple[str, str]:
        if self._connection.has_capability("NAMESPACE") and (
            personal := self._connection.namespace().personal
        ):
            prefix, separator = personal[0]
            return prefix, separator or "/"
        return "", "/"

    def find(self, name: str) -> str | None:
        """The server's name of ``name`` (with its prefix and separator), or ``None``."""
        if name.upper() == "INBOX":
            return "INBOX"
        return next((self._names[_same(way)] for way in self._ways(name) if _same(way) in self._names), None)

    def names(self) -> list[str]:
        return sorted(self._names.values())

    def ensure(self, name: str) -> str:
        """The server's name of ``name``; the folder is made and subscribed when missing."""
        if found := self.find(name):
            return found
        made = self._ways(name)[-1]
        try:
            self._connection.create_folder(made)
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error as fault:
            if "ALREADYEXISTS" not in str(fault):
                raise ConfigurationError(
                    f"cannot create folder {made}: {fault}",
                    reason=f"{made} klasörü oluşturulamadı; elle oluşturulmalı veya yetki verilmelidir.",
                ) from fault
        with suppress(imaplib.IMAP4.error):
            self._connection.subscribe_folder(made)
        self._names[_same(made)] = made
        return made

    def _ways(self, name: str) -> list[str]:
        """``name`` as it may stand on the server, the proper way last."""
        proper = name.replace("/", self._separator)
        if self._prefix and not proper.startswith(self._prefix):
            proper = self._prefix + proper
        return [name, proper]


def select(connection: Connection, account: ImapAccount) -> tuple[Folders, int]:
    """Open the inbox for reading and moving; return the folders and its UIDVALIDITY."""
    folders = Folders(connection)
    name = folders.find(account.folder)
    if name is None:
        raise ConfigurationError(
            f"{account.where}: no folder {account.folder}; there are: {', '.join(folders.names())}",
            reason=f"{account.folder} klasörü bulunamadı. Sunucudaki klasörler: {', '.join(folders.names())}",
        )
    chosen = connection.select_folder(name)
    if b"READ-ONLY" in chosen:
        raise imaplib.IMAP4.readonly
    return folders, int(chosen[b"UIDVALIDITY"])


def _same(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
