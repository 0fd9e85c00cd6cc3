"""Calls to Google Sheets v4 and Drive v3: unmodified gspread, with time-outs, quotas and errors a clerk understands.

gspread's own back-off client retries for hours and repeats what may have taken effect; here only reads are repeated,
twice at most. Every call has a time-out. The quotas (60 reads and 60 writes a minute and user,
developers.google.com/workspace/sheets/api/limits) are kept by a bucket that all spreadsheets share; a 429 holds back
every call for as long as Google wishes.
"""

import json
import random
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from daemon import points
from daemon.domain.errors import ConfigurationError, MuhtarlikError, Temporary, Unprocessable
from daemon.domain.retry import backoff
from daemon.domain.system_faults import told_of

SCOPES = ("https://www.googleapis.com/auth/spreadsheets", "https://www.googleapis.com/auth/drive")
SHEETS = "https://sheets.googleapis.com/v4/spreadsheets"
DRIVE = "https://www.googleapis.com/drive/v3"
UPLOAD = "https://www.googleapis.com/upload/drive/v3"
TIMEOUT = (5.0, 60.0)
"""Seconds to connect, and to wait for the next bytes."""
SPARE = 5
"""Calls a minute that are left to Google's own counting, which may begin its minute elsewhere."""
TRIES = 3
"""A read is tried so often; a write once, for it may have taken effect."""
_COMPACT = {"prettyPrint": "false"}
"""Google indents its answers unless told not to (cloud.google.com/apis/docs/system-parameters)."""
_TOO_MANY = frozenset(
    {"rateLimitExceeded", "userRateLimitExceeded", "RATE_LIMIT_EXCEEDED", "RESOURCE_EXHAUSTED"}
)
_SWITCHED_OFF = frozenset({"accessNotConfigured", "SERVICE_DISABLED"})
_UNREACHABLE = "Google’a ulaşılamıyor; bağlantı kurulunca kendiliğinden devam edilecektir."
_BUSY = "Google’ın izin verdiği çağrı sayısına ulaşıldı; kısa süre sonra kendiliğinden devam edilecektir."

Json = dict[str, Any]


class Throttled(Temporary):
    """The quota is used up: nothing was sent."""


@dataclass(frozen=True, slots=True)
class Account:
    """Whose rights the daemon has. ``impersonate`` is a user of the domain (domain-wide delegation); ``endpoint`` is
    another base URL, for tests."""

    credentials_file: Path
    impersonate: str = ""
    endpoint: str = ""


@dataclass(slots=True)
class Bucket:
    """At most ``limit`` calls in any minute."""

    limit: int
    sent: list[float] = field(default_factory=list)

    def wait(self, now: float) -> float:
        """Seconds until a call is allowed; 0 for now."""
        self.sent = [at for at in self.sent if now - at < 60.0]
        return 0.0 if len(self.sent) < self.limit else 60.0 - (now - self.sent[0])

    def take(self, now: float) -> None:
        self.sent.append(now)


class Calls:
    """One client for everything; not for several threads. ``granted`` are the reads, and the writes, a minute that
    Google grants; ``counted`` tells how many calls of each kind went out."""

    def __init__(
        self,
        account: Account,
        *,
        granted: int = 60,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        timeout: tuple[float, float] = TIMEOUT,
    ) -> None:
        self._account = account
        ours = max(1, granted - SPARE)
        self._buckets = {"read": Bucket(ours), "write": Bucket(ours), "drive": Bucket(5 * granted)}
        self._monotonic = monotonic
        self._sleep = sleep
        self._timeout = timeout
        self._client: Any = None
        self._email = ""
        self._not_before = 0.0
        self._why = _BUSY
        self._outages = 0
        """Calls in a row that did not reach Google: the next one waits longer, or 30 spreadsheets would each wait
        for the same time-out."""
        self.counted: Counter[str] = Counter()

    @property
    def email(self) -> str:
        """The address with which people share their spreadsheets. Raises :class:`ConfigurationError`."""
        self._email = self._email or self._account.impersonate or str(self._key()["client_email"])
        return self._email

    def read(self, url: str, params: Mapping[str, Any] | None = None) -> Any:
        """GET from Sheets: the answer's JSON. Raises :class:`Temporary`, :class:`Unprocessable` (no right to it, not
        there), :class:`ConfigurationError` (no right at all)."""
        return self._patiently("read", "get", url, params={**_COMPACT, **(params or {})})

    def write(self, url: str, body: Mapping[str, Any], params: Mapping[str, Any] | None = None) -> Any:
        """POST to Sheets, once. After :class:`Temporary` it may have taken effect. Raises as :meth:`read`."""
        return self._change("write", "post", url, params={**_COMPACT, **(params or {})}, json=body)

    def drive(self, url: str, params: Mapping[str, Any] | None = None) -> Any:
        """GET from Drive. Raises as :meth:`read`."""
        return self._patiently("drive", "get", url, params=params)

    def drive_write(self, method: str, url: str, **request: Any) -> Any:
        """Change something in Drive, once. Raises as :meth:`read`."""
        return self._change("drive", method, url, **request)

    # --- one call -------------------------------------------------------------------------------------

    def _patiently(self, kind: str, method: str, url: str, **request: Any) -> Any:
        for tried in range(1, TRIES + 1):
            try:
                return self._once(kind, method, url, **request)
            except Temporary as fault:
                if tried == TRIES or isinstance(fault, Throttled) or fault.retry_after is not None:
                    raise
                self._not_before = 0.0
                self._sleep(backoff(tried, first=0.5, most=4.0, jitter=random.random()))
        raise AssertionError

    def _change(self, kind: str, method: str, url: str, **request: Any) -> Any:
        """Once, for it may have taken effect."""
        points.reach("writing")
        answer = self._once(kind, method, url, **request)
        points.reach("written")
        return answer

    def _once(self, kind: str, method: str, url: str, **request: Any) -> Any:
        self._keep_quota(kind)
        self.counted[kind] += 1
        try:
            response = self._open().request(method, url, **request)
            found = response.json() if response.content else {}
        except Exception as fault:
            error = self._translated(fault)
            if isinstance(error, Temporary) and error.retry_after is None:
                self._outages += 1
                self._hold(
                    backoff(self._outages, first=2.0, most=120.0, jitter=random.random()), _UNREACHABLE
                )
            raise error from fault
        self._outages = 0
        return found

    def _hold(self, seconds: float, why: str) -> None:
        self._not_before, self._why = self._monotonic() + seconds, why

    def _keep_quota(self, kind: str) -> None:
        now = self._monotonic()
        if self._not_before > now:
            wait = self._not_before - now
            raise Throttled(f"held back for {wait:.0f} s", reason=self._why, retry_after=wait)
        if wait := self._buckets[kind].wait(now):
            raise Throttled(f"quota: next call in {wait:.0f} s", reason=_BUSY, retry_after=wait)
        self._buckets[kind].take(now)

    def _open(self) -> Any:
        if self._client is None:
            self._client = _client(self._credentials(), self._account.endpoint, self._timeout)
        return self._client

    # --- credentials ----------------------------------------------------------------------------------

    def _credentials(self) -> Any:
        from google.oauth2.service_account import Credentials

        path = self._account.credentials_file
        try:
            return Credentials.from_service_account_info(  # type: ignore[no-untyped-call]
                self._key(), scopes=SCOPES, subject=self._account.impersonate or None
            )
        except (ValueError, KeyError) as fault:
            raise _bad_key(path, "geçerli bir servis hesabı anahtarı değil") from fault

    def _key(self) -> Json:
        path = self._account.credentials_file
        try:
            key = json.loads(path.read_bytes())
        except OSError as fault:
            raise _bad_key(path, f"okunamıyor ({told_of(fault)})") from fault
        except ValueError as fault:
            raise _bad_key(path, "JSON biçiminde değil") from fault
        if not isinstance(key, dict) or not {"client_email", "private_key", "token_uri"} <= key.keys():
            raise _bad_key(
                path, "bir servis hesabı anahtarı değil (client_email, private_key, token_uri yok)"
            )
        return key

    # --- errors ---------------------------------------------------------------------------------------

    def _translated(self, fault: Exception) -> Exception:
        import requests
        from google.auth.exceptions import GoogleAuthError, RefreshError, TransportError
        from gspread.exceptions import APIError

        match fault:
            case MuhtarlikError():
                return fault
            case APIError():
                return self._refused(fault.response)
            case RefreshError() if not fault.retryable:
                return ConfigurationError(
                    f"Google refuses the service account: {_short(fault)}",
                    reason="Google servis hesabını kabul etmedi: anahtar silinmiş ya da süresi dolmuş olabilir; "
                    "bilgisayarın saatini de denetleyiniz.",
                )
            case TransportError() | RefreshError() | requests.RequestException() | OSError():
                return Temporary(f"cannot reach Google: {_short(fault)}", reason=_UNREACHABLE)
            case GoogleAuthError():
                return ConfigurationError(
                    f"cannot log in to Google: {_short(fault)}", reason="Google’a giriş yapılamadı."
                )
            case ValueError():  # an answer that is no JSON: a proxy's page, a cut
                return Temporary(f"Google's answer cannot be read: {_short(fault)}", reason=_UNREACHABLE)
            case _:
                return fault

    def _refused(self, response: Any) -> MuhtarlikError:
        """An error answer, told apart by what a person can do about it."""
        status, words, message = response.status_code, _reasons(response), _message(response)
        said = f"Google answers {status}: {message}"
        if status == 429 or (status == 403 and words & _TOO_MANY):
            return self._hold_back(response, said)
        if status >= 500 or status == 408:
            wait = _retry_after(response)
            return Temporary(said, reason=_UNREACHABLE, retry_after=wait)
        if status == 401:
            return ConfigurationError(
                said, reason="Google girişi kabul etmedi; servis hesabının anahtarını yenileyiniz."
            )
        if status == 403 and words & _SWITCHED_OFF:
            advice = "Google Cloud projesinde Google Sheets API ve Google Drive API etkinleştirilmemiş."
            return ConfigurationError(said, reason=advice)
        if status == 403 and "storageQuotaExceeded" in words:
            advice = (
                "Servis hesabı kendi adına dosya oluşturamaz; bir ortak Drive klasörü gösteriniz "
                "(sheets.google.folder) ya da tabloları elle oluşturup paylaşınız."
            )
            return Unprocessable(said, reason=advice)
        if status == 403:
            return Unprocessable(
                said, reason=f"Yetki yok; tabloyu {self.email} adresiyle düzenleyici olarak paylaşınız."
            )
        if status == 404:
            advice = f"Tablo bulunamadı: silinmiş ya da {self.email} adresiyle paylaşılmamış."
            return Unprocessable(said, reason=advice)
        return Unprocessable(said, reason="Google isteği kabul etmedi; yöneticiye haber veriniz.")

    def _hold_back(self, response: Any, said: str) -> Temporary:
        wait = _retry_after(response) or random.uniform(10.0, 20.0)
        self._hold(wait, _BUSY)
        return Temporary(said, reason=_BUSY, retry_after=wait)


def is_bad_request(fault: MuhtarlikError) -> bool:
    return "Google answers 400" in str(fault)


def is_there_already(fault: MuhtarlikError) -> bool:
    return "Google answers 409" in str(fault)


def is_refused(fault: MuhtarlikError) -> bool:
    return "Google answers 403" in str(fault)


def is_missing(fault: MuhtarlikError) -> bool:
    return "Google answers 404" in str(fault)


# --- the client -------------------------------------------------------------------------------------------


def _client(credentials: Any, endpoint: str, timeout: tuple[float, float]) -> Any:
    """gspread's client over a session whose token calls, too, have a time-out and reach the endpoint."""
    import gspread
    import requests
    from google.auth.transport.requests import AuthorizedSession, Request

    class Elsewhere(requests.Session):
        """google-auth asks iamcredentials.googleapis.com beside the token; with another endpoint that goes there."""

        def request(self, method: Any, url: Any, *args: Any, **options: Any) -> Any:
            return super().request(method, _moved(str(url), endpoint), *args, **options)

    class Client(gspread.HTTPClient):
        """gspread's client at another base URL."""

        def request(self, method: str, address: str, *args: Any, **options: Any) -> Any:  # type: ignore[override]
            return super().request(method, _moved(address, endpoint), *args, **options)

    auth = Request(Elsewhere())
    session = AuthorizedSession(credentials, refresh_timeout=20, auth_request=auth)  # type: ignore[no-untyped-call]
    client = Client(auth=credentials, session=session)
    client.set_timeout(timeout)
    return client


def _moved(url: str, endpoint: str) -> str:
    """Google's address at another base; addresses elsewhere stay."""
    there = urlsplit(url)
    if not endpoint or not (there.hostname or "").endswith("googleapis.com"):
        return url
    base = urlsplit(endpoint)
    return urlunsplit((base.scheme, base.netloc, base.path.rstrip("/") + there.path, there.query, ""))


def _reasons(response: Any) -> set[str]:
    """Every word with which Google says why (Sheets and Drive say it in different places)."""
    try:
        error = response.json()["error"]
    except (ValueError, KeyError, TypeError):
        return set()
    if not isinstance(error, dict):
        return set()
    told = [*error.get("errors", ()), *error.get("details", ())]
    return {str(each.get("reason", "")) for each in told if isinstance(each, dict)} | {
        str(error.get("status", ""))
    }


def _message(response: Any) -> str:
    try:
        return " ".join(str(response.json()["error"]["message"]).split())[:200]
    except (ValueError, KeyError, TypeError):
        return "no reason given"


def _retry_after(response: Any) -> float | None:
    """RFC 9110, 10.2.3; only seconds are expected here, within an hour."""
    value = response.headers.get("Retry-After", "")
    return min(float(value), 3600.0) if value.isdigit() else None


def _short(fault: Exception) -> str:
    return " ".join(f"{type(fault).__name__}: {fault}".split())[:200]


def _bad_key(path: Path, what: str) -> ConfigurationError:
    line = f"{path}: {what}"
    return ConfigurationError(f"cannot use {path}", reason=line)
