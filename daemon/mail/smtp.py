"""Handing letters to the submission server: one connection for many (RFC 5321, 6409, 4954, 3207).

What a reply means is decided by code, enhanced code (RFC 3463) and, where providers misuse both, by words: a
daily sending limit is answered with 550 5.4.5, yet says nothing about the recipient. :func:`judge` holds that
table. A connection lost after the letter's last byte leaves it in doubt: the caller sends the same again.
"""

import base64
import re
import smtplib
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

import structlog

from daemon import points
from daemon.domain.errors import ConfigurationError, MuhtarlikError, Temporary
from daemon.domain.notice import Letter
from daemon.mail.tls import Security, demand_loopback, keep_alive, network_fault, tls_context
from daemon.ports.outgoing import Delivery

log = structlog.get_logger()

LIMIT_PAUSE = 3600.0
"""Seconds to leave a provider alone that has said that a sending limit is reached."""
ACCOUNT_PAUSE = 1800.0
"""Seconds until the next try when the server refuses us (relay, sender), not the recipient."""

_LIMIT = re.compile(
    r"\b5\.4\.5\b|limit (was |is |has been )?(exceeded|reached)|(exceed|reach)\w*.{0,40}(limit|quota)"
    r"|quota exceeded|(rate|sending|submission|daily|hourly|message) limit|rate.?limit|throttl"
    r"|too many (messages|mails|emails|connections|concurrent)|outboundspam|over quota|mailbox (is )?full",
    re.IGNORECASE,
)
_ABOUT_US = re.compile(
    r"relay|authenticat|auth(entication)? required|not (permitted|allowed|authorized) to send|sendas"
    r"|sender (address )?(rejected|denied|verify)|bad outbound sender|not logged in",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class SmtpAccount:
    """Where letters are handed in. ``sender`` is the envelope sender: bounces go there. Times in seconds."""

    host: str
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)
    port: int = 587
    security: Security = "starttls"
    ca_file: Path | None = None
    access_token: Callable[[], str] | None = field(default=None, repr=False)
    timeout: float = 30

    @property
    def where(self) -> str:
        return f"SMTP {self.host}:{self.port}"

    @property
    def greeting(self) -> str:
        """Name for EHLO; the sender's domain, for the machine's own name may need a slow DNS question."""
        domain = self.sender.rpartition("@")[2]
        return domain if domain.isascii() and domain else "localhost"


class SmtpMailer:
    """A :class:`daemon.ports.outgoing.Mailer`. Enter it to connect; it reconnects once by itself when dropped."""

    def __init__(self, account: SmtpAccount) -> None:
        self._account = account
        self._smtp: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        self._connected()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close(politely=kind is None)

    def send(self, letter: Letter) -> Delivery:
        """Hand one letter over, byte for byte.

        Raises :class:`Temporary` when the connection failed (perhaps after the letter was taken) and
        :class:`ConfigurationError` when the server does not let us in.
        """
        fresh = self._smtp is None
        try:
            return self._transact(self._connected(), letter)
        except _Dropped as dropped:
            self._close(politely=False)
            if fresh:
                raise self._lost(dropped) from dropped
        log.info("server closed an idle connection; opening another", server=self._account.where)
        try:
            return self._transact(self._connected(), letter)
        except _Dropped as dropped:
            self._close(politely=False)
            raise self._lost(dropped) from dropped

    def check(self) -> tuple[str, ...]:
        """Connect, log in, offer the sender; send nothing. Turkish lines for ``check``; raises the fault."""
        with self:
            smtp = self._connected()
            try:
                code, words = smtp.mail(self._account.sender)
                smtp.rset()
            except (smtplib.SMTPException, OSError) as fault:
                raise self._lost(fault) from fault
            if code != 250:
                said = _text(code, words)
                raise ConfigurationError(
                    f"{self._account.where}: sender {self._account.sender} refused: {said}",
                    reason=f"{self._account.sender} adresiyle gönderim reddedildi: {said}",
                )
            size = int(smtp.esmtp_features.get("size") or 0)
            limit = f"en çok {size // 1024 // 1024} MB" if size else "boyut sınırı bildirilmedi"
            return (f"{self._account.sender} adresiyle gönderilebilir ({limit})",)

    # --- one letter ---------------------------------------------------------------------------------------

    def _transact(self, smtp: smtplib.SMTP, letter: Letter) -> Delivery:
        """MAIL, RCPT, DATA. Raises :class:`_Dropped` while nothing of the letter can have been taken."""
        options, fault = _mail_options(smtp, letter)
        if fault:
            return Delivery(accepted=False, refused=True, detail=fault)
        try:
            steps: tuple[Callable[[], tuple[int, bytes]], ...] = (
                lambda: smtp.mail(self._account.sender, options),
                lambda: smtp.rcpt(letter.recipient),
                lambda: smtp.docmd("DATA"),
            )
            for step in steps:
                code, words = step()
                if code == 421:
                    raise _Dropped(_text(code, words))
                if code not in (250, 251, 252, 354):
                    smtp.rset()
                    return judge(code, _text(code, words))
        except (smtplib.SMTPServerDisconnected, OSError) as fault_:
            raise _Dropped(str(fault_)) from fault_
        except ValueError as fault_:
            smtp.rset()
            return Delivery(accepted=False, refused=True, detail=f"553 5.1.3 unusable address: {fault_}")
        return self._give(smtp, letter.mime)

    def _give(self, smtp: smtplib.SMTP, mime: bytes) -> Delivery:
        """The letter itself. From here on a lost connection leaves it in doubt."""
        try:
            points.reach("handing-over")
            smtp.send(_dot_stuffed(mime))
            code, words = smtp.getreply()
            points.reach("accepted")
        except (smtplib.SMTPException, OSError) as fault:
            self._close(politely=False)
            raise self._lost(fault) from fault
        delivery = judge(code, _text(code, words))
        if code == 421:
            self._close(politely=False)
        return delivery

    # --- the connection -----------------------------------------------------------------------------------

    def _connected(self) -> smtplib.SMTP:
        if self._smtp is None:
            self._smtp = self._connect()
        return self._smtp

    def _connect(self) -> smtplib.SMTP:
        account = self._account
        if account.security == "none":
            demand_loopback(account.host, "smtp.security")
        context = None if account.security == "none" else tls_context(account.ca_file)
        smtp: smtplib.SMTP | None = None
        try:
            smtp = _open(account, context)
            self._introduce(smtp, context)
            if account.user:
                _log_in(smtp, account)
        except MuhtarlikError:
            _shut(smtp)
            raise
        except (smtplib.SMTPException, OSError) as fault:
            _shut(smtp)
            raise self._lost(fault) from fault
        except BaseException:
            _shut(smtp)
            raise
        return smtp

    def _introduce(self, smtp: smtplib.SMTP, context: ssl.SSLContext | None) -> None:
        smtp.ehlo_or_helo_if_needed()
        if self._account.security != "starttls":
            return
        if not smtp.has_extn("starttls"):
            where = self._account.where
            raise ConfigurationError(
                f"{where} offers no STARTTLS",
                reason=f"{where} sunucusu STARTTLS sunmuyor; security ve port ayarlarını denetleyiniz.",
            )
        smtp.starttls(context=context)
        smtp.ehlo_or_helo_if_needed()

    def _lost(self, fault: Exception) -> MuhtarlikError:
        """Our error for a failed connection; replies that ended it keep their words."""
        where = self._account.where
        cause = fault.__context__ if isinstance(fault, smtplib.SMTPServerDisconnected) else None
        if isinstance(cause, OSError):
            return network_fault(cause, where)
        if isinstance(fault, OSError) and not isinstance(fault, smtplib.SMTPException):
            return network_fault(fault, where)
        said = (
            _text(fault.smtp_code, fault.smtp_error)
            if isinstance(fault, smtplib.SMTPResponseException)
            else str(fault)
        )
        return Temporary(
            f"{where}: {said}",
            reason=f"{where} sunucusu iletiyi şu anda almıyor: {said}",
            retry_after=LIMIT_PAUSE if _LIMIT.search(said) else None,
        )

    def _close(self, *, politely: bool) -> None:
        smtp, self._smtp = self._smtp, None
        if smtp is None:
            return
        if politely:
            with suppress(smtplib.SMTPException, OSError):
                smtp.quit()
        _shut(smtp)


class _Dropped(Exception):
    """The server ended the connection before it can have taken the letter."""


def judge(code: int, said: str) -> Delivery:
    """What a reply to MAIL, RCPT, DATA or the letter means for this letter. ``said``: ``"550 5.1.1 …"``."""
    if 200 <= code < 300:
        return Delivery(accepted=True, detail=said)
    if _LIMIT.search(said):
        return Delivery(accepted=False, detail=said, retry_after=LIMIT_PAUSE)
    if 400 <= code < 500 or code < 0:
        return Delivery(accepted=False, detail=said)
    if code == 530 or _ABOUT_US.search(said):
        log.error("the server refuses us, not the recipient", said=said)
        return Delivery(accepted=False, detail=said, retry_after=ACCOUNT_PAUSE)
    return Delivery(accepted=False, refused=True, detail=said)


def _mail_options(smtp: smtplib.SMTP, letter: Letter) -> tuple[list[str], str]:
    """Options for MAIL FROM, and why the letter cannot go at all over this server (``""``: it can)."""
    options = []
    if smtp.has_extn("size"):
        options.append(f"SIZE={len(letter.mime)}")
        limit = int(smtp.esmtp_features["size"] or 0)
        if limit and len(letter.mime) > limit:
            return (
                [],
                f"552 5.3.4 letter of {len(letter.mime)} bytes exceeds the server's {limit}",
            )
    if not letter.mime.isascii() and smtp.has_extn("8bitmime"):
        options.append("BODY=8BITMIME")
    if not letter.recipient.isascii():
        if not smtp.has_extn("smtputf8"):
            return [], "553 5.6.7 this server takes no addresses beyond ASCII (SMTPUTF8)"
        options.append("SMTPUTF8")
    return options, ""


def _dot_stuffed(mime: bytes) -> bytes:
    """The letter as it goes over the wire (RFC 5321 §4.5.2); nothing but leading dots is touched."""
    body = re.sub(rb"(?m)^\.", b"..", mime)
    return body + (b".\r\n" if body.endswith(b"\r\n") else b"\r\n.\r\n")


def _open(account: SmtpAccount, context: ssl.SSLContext | None) -> smtplib.SMTP:
    smtp: smtplib.SMTP
    if account.security == "tls":
        smtp = smtplib.SMTP_SSL(
            account.host,
            account.port,
            local_hostname=account.greeting,
            timeout=account.timeout,
            context=context,
        )
    else:
        smtp = smtplib.SMTP(
            account.host, account.port, local_hostname=account.greeting, timeout=account.timeout
        )
    if isinstance(smtp.sock, socket.socket):
        keep_alive(smtp.sock)
    return smtp


def _log_in(smtp: smtplib.SMTP, account: SmtpAccount) -> None:
    """AUTH in UTF-8: smtplib's own login fails on a password with Turkish letters."""
    offered = smtp.esmtp_features.get("auth", "").upper().split()
    if account.access_token:
        token = f"user={account.user}\1auth=Bearer {account.access_token()}\1\1"
        code, words = smtp.docmd("AUTH", f"XOAUTH2 {_b64(token)}")
        if code == 334:  # the error report; an empty line asks for the verdict
            code, words = smtp.docmd("")
    elif "PLAIN" in offered:
        code, words = smtp.docmd("AUTH", "PLAIN " + _b64(f"\0{account.user}\0{account.password}"))
    elif "LOGIN" in offered:
        code, words = smtp.docmd("AUTH", "LOGIN")
        for answer in (account.user, account.password):
            if code == 334:
                code, words = smtp.docmd(_b64(answer))
    else:
        raise ConfigurationError(
            f"{account.where} offers no way to log in (AUTH: {' '.join(offered) or 'none'})",
            reason=f"{account.where} oturum açma yöntemi sunmuyor; security ve port ayarlarını denetleyiniz.",
        )
    _judge_login(account, code, _text(code, words))


def _judge_login(account: SmtpAccount, code: int, said: str) -> None:
    if code in (235, 503):
        return
    if 400 <= code < 500:
        raise Temporary(
            f"{account.where}: login not possible now: {said}",
            reason=f"{account.where} sunucusu şu anda oturum açmaya izin vermiyor.",
        )
    raise ConfigurationError(
        f"{account.where}: login of {account.user} refused: {said}",
        reason=f"{account.where}: {account.user} için kullanıcı adı veya parola kabul edilmedi.",
    )


def _shut(smtp: smtplib.SMTP | None) -> None:
    if smtp is not None:
        with suppress(OSError):
            smtp.close()


def _b64(text: str) -> str:
    return base64.b64encode(text.encode("utf-8")).decode("ascii")


def _text(code: int, words: bytes | str) -> str:
    said = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return f"{code} {' '.join(said.split())}"
