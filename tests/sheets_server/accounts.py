"""Who may ask: service accounts with their keys, and the bearer tokens handed out.

A service account is made for a test with a fresh RSA key; its file points at this server's token endpoint, and
the server learns the public half.
"""

import json
import secrets
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey, generate_private_key

SCOPES = ("https://www.googleapis.com/auth/spreadsheets", "https://www.googleapis.com/auth/drive")
LIFETIME = 3600
"""Seconds that a token lives."""

_MACHINE = ".gserviceaccount.com"


def is_machine(email: str) -> bool:
    """Whether the account is a service account, which owns no storage."""
    return email.endswith(_MACHINE)


@dataclass(frozen=True, slots=True)
class Bearer:
    """What a token stands for; ``ends`` in seconds since 1970."""

    user: str
    scopes: frozenset[str]
    ends: float


class Accounts:
    """Keys of service accounts, access and refresh tokens."""

    def __init__(self, wall: Callable[[], float] = time.time) -> None:
        self.wall = wall
        self.lifetime = LIFETIME
        self.delegation = False
        self._keys: dict[str, dict[str, RSAPublicKey]] = {}
        self._tokens: dict[str, Bearer] = {}
        self._refresh: dict[str, tuple[str, frozenset[str]]] = {}
        self._api_keys: set[str] = set()

    def register(self, email: str, key: RSAPublicKey, key_id: str = "") -> None:
        """Teaches the public key of a service account."""
        self._keys.setdefault(email, {})[key_id] = key

    def forget(self, email: str) -> None:
        """The account was deleted: its keys and tokens are worth nothing any more."""
        self._keys.pop(email, None)
        self._tokens = {token: bearer for token, bearer in self._tokens.items() if bearer.user != email}

    def keys(self, email: str) -> Mapping[str, RSAPublicKey]:
        """The known public keys of an account by their ids."""
        return self._keys.get(email, {})

    def grant(self, user: str, scopes: Iterable[str] = SCOPES) -> str:
        """A new access token."""
        token = f"ya29.{secrets.token_urlsafe(48)}"
        self._tokens[token] = Bearer(user, frozenset(scopes), self.wall() + self.lifetime)
        return token

    def grant_refresh(self, user: str, scopes: Iterable[str] = SCOPES) -> str:
        """A refresh token of a person who signed in."""
        token = f"1//{secrets.token_urlsafe(32)}"
        self._refresh[token] = (user, frozenset(scopes))
        return token

    def grant_api_key(self) -> str:
        """An API key: whoever has it reads what is open to anyone."""
        key = f"AIza{secrets.token_urlsafe(26)}"
        self._api_keys.add(key)
        return key

    def is_api_key(self, key: str) -> bool:
        """Whether the key is one of ours."""
        return key in self._api_keys

    def of_refresh(self, token: str) -> tuple[str, frozenset[str]] | None:
        """Who signed in with this refresh token."""
        return self._refresh.get(token)

    def bearer(self, token: str) -> Bearer | None:
        """What a token stands for, or None when it is unknown or has run out."""
        found = self._tokens.get(token)
        return found if found and found.ends > self.wall() else None

    def expire_tokens(self) -> None:
        """Every token handed out so far runs out."""
        self._tokens.clear()


class Knows(Protocol):
    """A server as far as accounts need it."""

    url: str
    accounts: Accounts


@dataclass(frozen=True, slots=True)
class ServiceAccount:
    """A service account as its JSON file describes it."""

    email: str
    info: Mapping[str, Any] = field(repr=False)

    @classmethod
    def make(
        cls, server: Knows, name: str = "muhtarlik", project: str = "ornek-belediyesi"
    ) -> "ServiceAccount":
        """A new account that ``server`` knows."""
        email = f"{name}@{project}.iam{_MACHINE}"
        key, key_id = _key(email), secrets.token_hex(20)
        server.accounts.register(email, key.public_key(), key_id)
        return cls(email, _described(email, project, key, key_id, server.url))

    def write(self, path: Path) -> Path:
        """Saves the account's file, readable by its owner only."""
        path.write_text(json.dumps(self.info, indent=2), encoding="utf-8")
        path.chmod(0o600)
        return path

    def credentials(self, scopes: Sequence[str] = SCOPES) -> Any:
        """google-auth's credentials of this account."""
        from google.oauth2.service_account import Credentials

        return Credentials.from_service_account_info(dict(self.info), scopes=list(scopes))


@cache
def _key(email: str) -> RSAPrivateKey:
    """One key for each account and process: making one takes a tenth of a second.

    Half as long as Google's: whoever reads a key proves that it is one, each office of the tests anew, and of this
    length in a seventh of the time.
    """
    return generate_private_key(public_exponent=65537, key_size=1024)


def _described(email: str, project: str, key: RSAPrivateKey, key_id: str, url: str) -> dict[str, Any]:
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return {
        "type": "service_account",
        "project_id": project,
        "private_key_id": key_id,
        "private_key": pem.decode("ascii"),
        "client_email": email,
        "client_id": str(int.from_bytes(email.encode()[:8], "big")),
        "auth_uri": f"{url}/o/oauth2/auth",
        "token_uri": f"{url}/token",
        "universe_domain": "googleapis.com",
    }
