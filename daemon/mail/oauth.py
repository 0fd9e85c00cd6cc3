"""Access tokens for mailboxes at Google and Microsoft, which take no passwords (RFC 6749).

The credentials file is JSON. A person's consent: ``client_id``, ``client_secret`` and ``refresh_token``; an
application's own right at Microsoft: ``tenant``, ``client_id`` and ``client_secret``; at Google: a service
account's key file with domain-wide delegation. ``token_uri`` overrides where tokens are asked for.
"""

import json
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal

import structlog

from daemon.domain.errors import ConfigurationError, MuhtarlikError, Temporary
from daemon.private import ensure_private

log = structlog.get_logger()

Provider = Literal["google", "microsoft"]

_GOOGLE_TOKENS = "https://oauth2.googleapis.com/token"
_GOOGLE_MAIL = "https://mail.google.com/"
_MICROSOFT_TOKENS = "https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token"
_MICROSOFT_MAIL = "https://outlook.office365.com/.default"
_TIMEOUT = 20
_EARLY = 120
"""Seconds before its end at which a token is renewed."""


class TokenSource:
    """Call it for a valid access token; it asks the provider only when the last one runs out.

    Raises :class:`ConfigurationError` (refused, unreadable file) or :class:`Temporary` (provider away).
    """

    def __init__(
        self, provider: Provider, file: Path, user: str, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._provider = provider
        self._file = file
        self._user = user
        self._clock = clock
        self._token = ""
        self._ends = 0.0

    def __call__(self) -> str:
        if not self._token or self._clock() >= self._ends - _EARLY:
            credentials = self._read()
            if credentials.get("type") == "service_account":
                self._token, lifetime = self._of_service_account(credentials)
            else:
                self._token, lifetime = self._of_form(credentials)
            self._ends = self._clock() + lifetime
        return self._token

    def _read(self) -> dict[str, Any]:
        ensure_private(self._file)
        try:
            credentials = json.loads(self._file.read_text("utf-8"))
        except (OSError, ValueError) as fault:
            raise self._wrong(f"cannot be read: {fault}", "okunamıyor veya geçerli JSON değil") from fault
        if not isinstance(credentials, dict) or "client_id" not in credentials:
            raise self._wrong("has no client_id", "client_id içermiyor")
        return credentials

    def _of_form(self, credentials: dict[str, Any]) -> tuple[str, float]:
        given = ("client_id", "client_secret")
        form: dict[str, str] = {key: str(credentials[key]) for key in given if key in credentials}
        if refresh := credentials.get("refresh_token"):
            form |= {"grant_type": "refresh_token", "refresh_token": str(refresh)}
        elif self._provider == "microsoft":
            form |= {"grant_type": "client_credentials", "scope": _MICROSOFT_MAIL}
        else:
            raise self._wrong("has no refresh_token", "refresh_token içermiyor")
        answer = self._ask(self._token_uri(credentials), form)
        self._keep_new_refresh_token(credentials, answer.get("refresh_token"))
        return str(answer["access_token"]), float(answer.get("expires_in", 3600))

    def _token_uri(self, credentials: dict[str, Any]) -> str:
        given = str(credentials.get("token_uri", ""))
        tenant = urllib.parse.quote(str(credentials.get("tenant", "common")), safe="")
        known = _GOOGLE_TOKENS if self._provider == "google" else _MICROSOFT_TOKENS.format(tenant=tenant)
        return given or known

    def _ask(self, uri: str, form: dict[str, str]) -> dict[str, Any]:
        if not uri.startswith(("https://", "http://127.0.0.1:", "http://localhost:")):
            raise self._wrong(f"names an unsafe token_uri {uri}", "güvensiz bir token_uri içeriyor")
        request = urllib.request.Request(uri, urllib.parse.urlencode(form).encode())
        try:
            with urllib.request.urlopen(request, timeout=_TIMEOUT) as response:
                answer = json.load(response)
        except urllib.error.HTTPError as fault:
            raise self._refused(fault) from fault
        except (OSError, ValueError) as fault:
            raise Temporary(
                f"token endpoint {uri} cannot be reached: {fault}",
                reason="Posta hesabının oturum sunucusuna şu anda ulaşılamıyor.",
            ) from fault
        if not isinstance(answer, dict) or not answer.get("access_token"):
            raise Temporary(f"token endpoint {uri} answered without an access token")
        return answer

    def _refused(self, fault: urllib.error.HTTPError) -> MuhtarlikError:
        said = str(fault.code)
        with suppress(OSError, ValueError, AttributeError):
            answer = json.loads(fault.read(10_000))
            said = f"{answer.get('error')}: {answer.get('error_description', '')}".strip(": ")
        if fault.code == 429 or fault.code >= 500:
            return Temporary(
                f"token endpoint: {fault.code} {said}", reason="Oturum sunucusu şu anda yanıt vermiyor."
            )
        return self._wrong(f"was refused by {self._provider}: {said}", f"reddedildi ({said})")

    def _keep_new_refresh_token(self, credentials: dict[str, Any], fresh: object) -> None:
        """Microsoft hands out a new one each time and lets the old one end after 90 days."""
        if not fresh or fresh == credentials.get("refresh_token"):
            return
        draft = self._file.with_name(f".{self._file.name}.new")
        try:
            draft.touch(mode=0o600)
            draft.write_text(json.dumps(credentials | {"refresh_token": fresh}, indent=1), "utf-8")
            draft.replace(self._file)
        except OSError as fault:
            log.warning("cannot keep the new refresh token", file=str(self._file), why=str(fault))

    def _of_service_account(self, credentials: dict[str, Any]) -> tuple[str, float]:
        from google.auth.exceptions import GoogleAuthError, TransportError  # heavy, and rarely needed
        from google.auth.transport.requests import Request
        from google.oauth2.service_account import Credentials

        try:
            account = Credentials.from_service_account_info(  # type: ignore[no-untyped-call]
                credentials, scopes=[_GOOGLE_MAIL], subject=self._user
            )
            account.refresh(Request())
        except TransportError as fault:
            raise Temporary(f"Google's token endpoint cannot be reached: {fault}") from fault
        except (GoogleAuthError, ValueError) as fault:
            raise self._wrong(f"was refused by google: {fault}", "Google tarafından reddedildi") from fault
        return str(account.token), 3600.0

    def _wrong(self, message: str, reason: str) -> ConfigurationError:
        return ConfigurationError(
            f"credentials of {self._user} in {self._file}: {message}",
            reason=f"{self._user} hesabının OAuth dosyası ({self._file.name}) {reason}.",
        )
