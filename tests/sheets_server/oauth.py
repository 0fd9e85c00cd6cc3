"""The token endpoint: a service account's signed assertion, or a person's refresh token, for an access token.

RFC 6749, RFC 7523; https://developers.google.com/identity/protocols/oauth2/service-account. A signature is always
verified when a key of the account is known. A key cannot be found out from an assertion, so an unknown account is
refused, except where the server was told to take ``strangers``: then its assertion need only be well-formed.
"""

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256

from tests.sheets_server.accounts import SCOPES, Accounts
from tests.sheets_server.wire import Answer, Request, as_json

JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer"
GOOGLE = ("https://oauth2.googleapis.com/token", "https://accounts.google.com/o/oauth2/token") + (
    "https://www.googleapis.com/oauth2/v4/token",
)
SKEW = 300
"""Seconds by which a client's clock may be off."""
LONGEST = 3600
"""Seconds that an assertion may be good for."""


class Denied(Exception):
    """No token: RFC 6749's word for it and a sentence."""

    def __init__(self, error: str, description: str, status: int = 400) -> None:
        super().__init__(description)
        self.error = error
        self.status = status


@dataclass(frozen=True, slots=True)
class Assertion:
    """A signed assertion, taken apart: its header, its claims, what was signed and how."""

    header: Mapping[str, Any]
    claims: Mapping[str, Any]
    signed: bytes
    signature: bytes


class TokenEndpoint:
    """``POST /token``."""

    def __init__(self, accounts: Accounts, *, strangers: bool) -> None:
        self._accounts = accounts
        self._strangers = strangers

    def answer(self, request: Request) -> Answer:
        """A token, or RFC 6749's refusal."""
        try:
            told = self._granted(request, _form(request))
        except Denied as denied:
            return as_json({"error": denied.error, "error_description": str(denied)}, denied.status)
        return as_json(told)

    def _granted(self, request: Request, form: Mapping[str, str]) -> dict[str, Any]:
        match form.get("grant_type", ""):
            case "":
                raise Denied("invalid_request", "Required parameter is missing: grant_type")
            case grant if grant == JWT_BEARER:
                user, scopes = self._of_assertion(form.get("assertion", ""), request.base)
            case "refresh_token":
                user, scopes = self._of_refresh(form)
            case other:
                raise Denied("unsupported_grant_type", f"Invalid grant_type: {other}")
        token = self._accounts.grant(user, scopes)
        lifetime = self._accounts.lifetime
        return {
            "access_token": token,
            "expires_in": lifetime,
            "token_type": "Bearer",
            "scope": " ".join(sorted(scopes)),
        }

    def _of_assertion(self, text: str, base: str) -> tuple[str, frozenset[str]]:
        if not text:
            raise Denied("invalid_request", "Required parameter is missing: assertion")
        assertion = taken_apart(text)
        claims = assertion.claims
        email = verified(assertion, self._accounts, strangers=self._strangers)
        if claims.get("aud") not in (*GOOGLE, f"{base}/token"):
            raise Denied(
                "invalid_grant", "Invalid JWT: Failed audience check. The right audience is " + GOOGLE[0]
            )
        scopes = frozenset(str(claims.get("scope", "")).split())
        if not scopes:
            raise Denied("invalid_scope", "Invalid OAuth scope or ID token audience provided.")
        person = str(claims.get("sub") or email)
        if person != email and not self._accounts.delegation:
            text = "Client is unauthorized to retrieve access tokens using this method, or client not "
            raise Denied("unauthorized_client", text + "authorized for any of the scopes requested.", 401)
        return person, scopes

    def _of_refresh(self, form: Mapping[str, str]) -> tuple[str, frozenset[str]]:
        if not form.get("client_id"):
            raise Denied("invalid_request", "Could not determine client ID from request.")
        token = form.get("refresh_token", "")
        if not token:
            raise Denied("invalid_request", "Missing required parameter: refresh_token")
        found = self._accounts.of_refresh(token)
        if found is not None:
            return found
        if not self._strangers:
            raise Denied("invalid_grant", "Token has been expired or revoked.")
        return (token if "@" in token else "kullanici@ornek.bel.tr"), frozenset(SCOPES)


def taken_apart(text: str) -> Assertion:
    """A JSON web token's three parts; refuses what is none."""
    parts = text.split(".")
    if len(parts) != 3:
        raise Denied("invalid_grant", "Invalid JWT: wrong number of segments")
    try:
        header, claims = (json.loads(_decoded(part)) for part in parts[:2])
        signature = _decoded(parts[2])
    except (ValueError, binascii.Error) as fault:
        raise Denied("invalid_grant", "Invalid JWT: could not be decoded") from fault
    if not isinstance(header, dict) or not isinstance(claims, dict):
        raise Denied("invalid_grant", "Invalid JWT: not an object")
    return Assertion(header, claims, text.rpartition(".")[0].encode("ascii", "replace"), signature)


def verified(assertion: Assertion, accounts: Accounts, *, strangers: bool) -> str:
    """The service account that signed; refuses a false signature and one out of its time."""
    if assertion.header.get("alg") != "RS256":
        raise Denied("invalid_grant", "Invalid JWT: the algorithm must be RS256")
    email = assertion.claims.get("iss")
    if not isinstance(email, str) or "@" not in email:
        raise Denied("invalid_grant", "Invalid JWT: iss must be the service account's address")
    keys = accounts.keys(email)
    if not keys and not strangers:
        raise Denied("invalid_grant", "Invalid grant: account not found")
    if keys and not _is_signed(assertion, keys):
        raise Denied("invalid_grant", "Invalid JWT Signature.")
    if not assertion.signature:
        raise Denied("invalid_grant", "Invalid JWT Signature.")
    _check_times(assertion.claims, accounts.wall())
    return email


def _is_signed(assertion: Assertion, keys: Mapping[str, Any]) -> bool:
    named = keys.get(str(assertion.header.get("kid", "")))
    for key in [named] if named else keys.values():
        try:
            key.verify(assertion.signature, assertion.signed, PKCS1v15(), SHA256())
        except InvalidSignature:
            continue
        return True
    return False


def _check_times(claims: Mapping[str, Any], now: float) -> None:
    begins, ends = (claims.get(name) for name in ("iat", "exp"))
    if not (
        isinstance(begins, int | float)
        and isinstance(ends, int | float)
        and begins <= now + SKEW
        and ends >= now - SKEW
        and 0 < ends - begins <= LONGEST + SKEW
    ):
        text = "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. "
        raise Denied("invalid_grant", text + "Check your iat and exp values in the JWT claim.")


def _form(request: Request) -> dict[str, str]:
    if request.content_type == "application/json":
        try:
            told = json.loads(request.body or b"{}")
        except ValueError as fault:
            raise Denied("invalid_request", "The body is no JSON.") from fault
        return {name: str(value) for name, value in told.items()} if isinstance(told, dict) else {}
    fields = parse_qs(request.body.decode("utf-8", "replace"))
    return {name: values[-1] for name, values in fields.items()}


def _decoded(part: str) -> bytes:
    return base64.b64decode(part + "=" * (-len(part) % 4), altchars=b"-_", validate=True)
