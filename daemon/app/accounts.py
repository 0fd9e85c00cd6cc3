"""The settings' servers as the mail adapters want them."""

from daemon.domain.errors import ConfigurationError
from daemon.mail.imap_session import ImapAccount
from daemon.mail.oauth import TokenSource
from daemon.mail.smtp import SmtpAccount
from daemon.settings import ImapSettings, Settings, SmtpSettings


def imap_account(imap: ImapSettings) -> ImapAccount:
    return ImapAccount(
        host=imap.host,
        user=imap.user,
        password=imap.password() if not imap.oauth2 else "",
        port=imap.port,
        security=imap.security,
        folder=imap.folder,
        done_folder=imap.done_folder,
        held_folder=imap.held_folder,
        since=imap.since,
        ca_file=imap.ca_file,
        access_token=_token_source(imap),
        read_seconds=imap.timeout,
        idle=imap.idle,
        poll_seconds=imap.poll_seconds,
        most_bytes=imap.largest_mail,
    )


def smtp_account(settings: Settings) -> SmtpAccount:
    smtp = settings.smtp
    return SmtpAccount(
        host=smtp.host,
        sender=settings.office.address,
        user=smtp.user,
        password=smtp.password() if not smtp.oauth2 else "",
        port=smtp.port,
        security=smtp.security,
        ca_file=smtp.ca_file,
        access_token=_token_source(smtp),
        timeout=smtp.timeout,
    )


def _token_source(server: ImapSettings | SmtpSettings) -> TokenSource | None:
    """OAuth 2 for Google and Microsoft; ``None`` for passwords."""
    if not server.oauth2:
        return None
    if server.oauth2_token_file is None:
        line = "oauth2 için oauth2_token_file de yazılmalı"
        raise ConfigurationError("oauth2 without oauth2_token_file", reason=line)
    return TokenSource(server.oauth2, server.oauth2_token_file, server.user)
