"""The bearer token of a call: whose it is, and whether its scopes reach."""

from collections.abc import Mapping
from typing import Any

from tests.sheets_server.accounts import SCOPES, Accounts, Bearer
from tests.sheets_server.discovery import Method
from tests.sheets_server.oauth import Denied, taken_apart, verified
from tests.sheets_server.wire import ERROR_INFO, Refusal, Request

_EXPECTED = (
    " Expected OAuth 2 access token, login cookie or other valid authentication credential. See "
    "https://developers.google.com/identity/sign-in/web/devconsole-project."
)


def bearer_of(request: Request, accounts: Accounts, method: Method, *, strangers: bool) -> Bearer:
    """Who asks; refused without a token, or with one that is unknown or has run out."""
    scheme, _, token = request.header("authorization").partition(" ")
    if scheme.lower() != "bearer":
        token = ""
    token = token.strip() or request.one("access_token") or request.one("oauth_token")
    key = request.one("key") or request.header("x-goog-api-key")
    if not token and key:
        return _of_api_key(key, accounts, method, strangers=strangers)
    if not token:
        text = "Request is missing required authentication credential."
        raise _unauthenticated(method, "CREDENTIALS_MISSING", text + _EXPECTED)
    found = accounts.bearer(token) or _self_signed(token, accounts, strangers=strangers)
    if found is None:
        text = "Request had invalid authentication credentials."
        raise _unauthenticated(method, "ACCESS_TOKEN_EXPIRED", text + _EXPECTED)
    return found


def require_scope(bearer: Bearer, method: Method) -> None:
    """Refuses a token whose scopes do not cover the method."""
    if bearer.scopes & method.scopes:
        return
    text = "Request had insufficient authentication scopes."
    detail = _info("ACCESS_TOKEN_SCOPE_INSUFFICIENT", {"service": _host(method), "method": method.id})
    headers = {"WWW-Authenticate": 'Bearer realm="https://accounts.google.com/", error="insufficient_scope"'}
    raise Refusal(403, text, reason="insufficientPermissions", details=[detail], headers=headers)


def _of_api_key(key: str, accounts: Accounts, method: Method, *, strangers: bool) -> Bearer:
    """Nobody in particular, who may read what is open to anyone."""
    if not strangers and not accounts.is_api_key(key):
        detail = _info("API_KEY_INVALID", {"service": _host(method)})
        raise Refusal(400, "API key not valid. Please pass a valid API key.", details=[detail])
    if method.verb != "GET":
        text = "API keys are not supported by this API."
        raise _unauthenticated(method, "CREDENTIALS_MISSING", text + _EXPECTED)
    return Bearer("", frozenset(SCOPES), accounts.wall() + 1)


def _self_signed(token: str, accounts: Accounts, *, strangers: bool) -> Bearer | None:
    """A service account may sign its own token and use it at once (AIP-4111)."""
    if token.count(".") != 2:
        return None
    try:
        assertion = taken_apart(token)
        email = verified(assertion, accounts, strangers=strangers)
    except Denied:
        return None
    claims = assertion.claims
    if claims.get("sub") != email:
        return None
    scopes = frozenset(str(claims.get("scope", "")).split())
    return Bearer(email, scopes or frozenset(SCOPES), float(claims["exp"]))


def _unauthenticated(method: Method, reason: str, text: str) -> Refusal:
    headers = {"WWW-Authenticate": 'Bearer realm="https://accounts.google.com/", error="invalid_token"'}
    if method.service == "drive":
        text = "Login Required." if reason == "CREDENTIALS_MISSING" else "Invalid Credentials"
        word = "required" if reason == "CREDENTIALS_MISSING" else "authError"
        return Refusal(401, text, reason=word, location=("header", "Authorization"), headers=headers)
    detail = _info(reason, {"service": _host(method), "method": method.id})
    return Refusal(401, text, reason="authError", details=[detail], headers=headers)


def _info(reason: str, metadata: Mapping[str, str]) -> dict[str, Any]:
    return {"@type": ERROR_INFO, "reason": reason, "domain": "googleapis.com", "metadata": dict(metadata)}


def _host(method: Method) -> str:
    return f"{method.service}.googleapis.com"
