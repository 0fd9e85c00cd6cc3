"""The token endpoint and bearer tokens: who gets one, who is refused, and in which words."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
import requests
from google.auth import crypt, jwt
from google.auth.transport.requests import Request
from google.oauth2.credentials import Credentials

from tests.sheets_server.accounts import SCOPES, ServiceAccount
from tests.sheets_server.conftest import Ask
from tests.sheets_server.oauth import GOOGLE, JWT_BEARER
from tests.sheets_server.server import SheetsServer

SHEETS, DRIVE = SCOPES


def signed(account: ServiceAccount, **claims: Any) -> str:
    now = int(time.time())
    usual = {"iss": account.email, "aud": GOOGLE[0], "iat": now, "exp": now + 3600, "scope": SHEETS}
    kept = {name: value for name, value in {**usual, **claims}.items() if value is not None}
    signer = crypt.RSASigner.from_service_account_info(account.info)
    return jwt.encode(signer, kept).decode("ascii")


def exchanged(server: SheetsServer, assertion: str) -> requests.Response:
    form = {"grant_type": JWT_BEARER, "assertion": assertion}
    return requests.post(f"{server.url}/token", data=form, timeout=10)


@pytest.fixture
def lenient() -> Iterator[SheetsServer]:
    with SheetsServer(strangers=True) as running:
        yield running


def test_a_signed_assertion_is_exchanged_for_a_token_of_an_hour(
    server: SheetsServer, account: ServiceAccount
) -> None:
    answer = exchanged(server, signed(account))
    told = answer.json()
    assert answer.status_code == 200
    assert (told["expires_in"], told["token_type"]) == (3600, "Bearer")
    assert server.accounts.bearer(told["access_token"]).user == account.email


def test_google_auth_signs_in_with_the_accounts_file(server: SheetsServer, account: ServiceAccount) -> None:
    credentials = account.credentials()
    credentials.refresh(Request())
    assert credentials.valid
    assert server.calls.token == 1


@pytest.mark.parametrize(
    ("claims", "error", "text"),
    [
        ({"aud": "https://example.com"}, "invalid_grant", "Failed audience check"),
        ({"scope": None}, "invalid_scope", "Invalid OAuth scope"),
        ({"iat": 1_000_000_000, "exp": 1_000_003_600}, "invalid_grant", "short-lived token"),
        ({"exp": int(time.time()) + 90_000}, "invalid_grant", "short-lived token"),
        ({"exp": None}, "invalid_grant", "short-lived token"),
        ({"iss": "nobody"}, "invalid_grant", "iss must be"),
        ({"iss": "other@p.iam.gserviceaccount.com"}, "invalid_grant", "account not found"),
        ({"sub": "mudur@ornek.bel.tr"}, "unauthorized_client", "unauthorized"),
    ],
)
def test_a_false_claim_is_refused(
    server: SheetsServer, account: ServiceAccount, claims: dict[str, Any], error: str, text: str
) -> None:
    answer = exchanged(server, signed(account, **claims))
    assert answer.status_code == (401 if error == "unauthorized_client" else 400)
    assert answer.json()["error"] == error
    assert text in answer.json()["error_description"]


def test_this_servers_own_address_is_an_audience_too(server: SheetsServer, account: ServiceAccount) -> None:
    assert exchanged(server, signed(account, aud=f"{server.url}/token")).status_code == 200


def test_a_signature_by_another_key_is_refused_even_where_strangers_are_taken(lenient: SheetsServer) -> None:
    account = ServiceAccount.make(lenient, "muhtarlik")
    forger = ServiceAccount.make(lenient, "sahte")
    forged = signed(forger, iss=account.email)
    assert exchanged(lenient, forged).json() == {
        "error": "invalid_grant",
        "error_description": "Invalid JWT Signature.",
    }


def test_a_stranger_is_taken_only_where_the_server_was_told_to(
    server: SheetsServer, lenient: SheetsServer
) -> None:
    stranger = ServiceAccount.make(server, "yabanci")
    server.accounts.forget(stranger.email)
    assert exchanged(server, signed(stranger)).status_code == 400
    assert exchanged(lenient, signed(stranger)).status_code == 200


@pytest.mark.parametrize("assertion", ["a.b", "a.b.c", "e30.e30.", "bnVsbA.bnVsbA.bnVsbA", "é.é.é"])
def test_what_is_no_token_at_all_is_refused(server: SheetsServer, assertion: str) -> None:
    assert exchanged(server, assertion).json()["error"] == "invalid_grant"


@pytest.mark.parametrize(
    ("form", "error"),
    [
        ({}, "invalid_request"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"grant_type": JWT_BEARER}, "invalid_request"),
        ({"grant_type": "refresh_token", "client_id": "c", "refresh_token": "1//x"}, "invalid_grant"),
        ({"grant_type": "refresh_token", "refresh_token": "1//x"}, "invalid_request"),
    ],
)
def test_a_form_without_what_it_needs_is_refused(
    server: SheetsServer, form: dict[str, str], error: str
) -> None:
    answer = requests.post(f"{server.url}/token", data=form, timeout=10)
    assert (answer.status_code, answer.json()["error"]) == (400, error)


def test_a_person_who_signed_in_refreshes_the_token(server: SheetsServer) -> None:
    refresh = server.accounts.grant_refresh("mudur@ornek.bel.tr")
    credentials = Credentials(
        None, refresh_token=refresh, token_uri=f"{server.url}/token", client_id="c", client_secret="s"
    )
    credentials.refresh(Request())
    assert server.accounts.bearer(credentials.token).user == "mudur@ornek.bel.tr"


def test_an_account_acts_for_a_person_where_delegation_is_on(
    server: SheetsServer, account: ServiceAccount
) -> None:
    server.accounts.delegation = True
    told = exchanged(server, signed(account, sub="mudur@ornek.bel.tr")).json()
    assert server.accounts.bearer(told["access_token"]).user == "mudur@ornek.bel.tr"


def test_a_call_without_or_with_a_false_token_is_refused_as_google_does(server: SheetsServer) -> None:
    sheet, file = f"{server.url}/v4/spreadsheets/k", f"{server.url}/drive/v3/files/k"
    missing = requests.get(sheet, timeout=10)
    assert missing.status_code == 401
    assert missing.json()["error"]["status"] == "UNAUTHENTICATED"
    assert missing.json()["error"]["details"][0]["reason"] == "CREDENTIALS_MISSING"
    false = requests.get(file, headers={"Authorization": "Bearer ya29.x"}, timeout=10)
    assert false.json()["error"]["errors"][0] == {
        "message": "Invalid Credentials",
        "domain": "global",
        "reason": "authError",
        "location": "Authorization",
        "locationType": "header",
    }
    assert false.headers["WWW-Authenticate"].endswith('error="invalid_token"')


def test_a_token_that_has_run_out_is_refused(server: SheetsServer, account: ServiceAccount, ask: Ask) -> None:
    identifier = server.add_spreadsheet("Talepler", shared_with=[account.email])
    header = {"Authorization": f"Bearer {server.token_for(account.email)}"}
    path = f"{server.url}/v4/spreadsheets/{identifier}"
    assert requests.get(path, headers=header, timeout=10).status_code == 200
    server.accounts.expire_tokens()
    assert requests.get(path, headers=header, timeout=10).status_code == 401


def test_a_token_of_too_narrow_a_scope_is_refused(server: SheetsServer, account: ServiceAccount) -> None:
    token = server.accounts.grant(account.email, ["https://www.googleapis.com/auth/spreadsheets.readonly"])
    address = f"{server.url}/v4/spreadsheets"
    answer = requests.post(address, json={}, headers={"Authorization": f"Bearer {token}"}, timeout=10)
    assert answer.status_code == 403
    assert answer.json()["error"]["message"] == "Request had insufficient authentication scopes."


def test_a_self_signed_token_serves_at_once(server: SheetsServer, account: ServiceAccount) -> None:
    identifier = server.add_spreadsheet("Talepler", shared_with=[account.email])
    token = signed(account, sub=account.email, aud="https://sheets.googleapis.com/")
    header = {"Authorization": f"Bearer {token}"}
    assert requests.get(f"{server.url}/v4/spreadsheets/{identifier}", headers=header, timeout=10).ok
    assert server.calls.token == 0


def test_the_boundaries_that_google_auth_asks_for_are_nowhere(
    server: SheetsServer, account: ServiceAccount
) -> None:
    path = f"/v1/projects/-/serviceAccounts/{account.email}/allowedLocations"
    answer = requests.get(server.url + path, timeout=10)
    assert answer.json() == {"locations": [], "encodedLocations": "0x0"}


def test_an_api_key_reads_what_is_open_to_anyone_and_writes_nothing(server: SheetsServer, ask: Ask) -> None:
    identifier = server.add_spreadsheet("Açık tablo")
    address = f"{server.url}/v4/spreadsheets/{identifier}"
    key = {"key": server.accounts.grant_api_key()}
    assert requests.get(address, params=key, timeout=10).status_code == 403
    permission = {"type": "anyone", "role": "writer"}
    ask("POST", f"/drive/v3/files/{identifier}/permissions", json=permission, who="mudur@ornek.bel.tr")
    assert requests.get(address, params=key, timeout=10).ok
    assert requests.post(f"{address}:batchUpdate", params=key, json={}, timeout=10).status_code == 401
    false = requests.get(address, params={"key": "AIzaX"}, timeout=10).json()["error"]
    assert false["message"] == "API key not valid. Please pass a valid API key."
