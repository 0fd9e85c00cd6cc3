"""Access tokens from a token endpoint on loopback."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest

from daemon.domain.errors import ConfigurationError, Temporary
from daemon.mail.oauth import Provider, TokenSource


class Endpoint:
    """Answers with :attr:`status` and :attr:`answer`; remembers the forms it got."""

    def __init__(self) -> None:
        self.status = 200
        self.answer: dict[str, Any] = {"access_token": "jeton-1", "expires_in": 3600}
        self.forms: list[dict[str, str]] = []
        endpoint = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                endpoint.forms.append({key: values[0] for key, values in parse_qs(body).items()})
                said = json.dumps(endpoint.answer).encode()
                self.send_response(endpoint.status)
                self.send_header("Content-Length", str(len(said)))
                self.end_headers()
                self.wfile.write(said)

            def log_message(self, *_: object) -> None: ...

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.uri = f"http://127.0.0.1:{self.server.server_port}/token"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    running = Endpoint()
    yield running
    running.server.shutdown()
    running.server.server_close()


def a_source(folder: Path, endpoint: Endpoint, provider: Provider = "google", **content: str) -> TokenSource:
    file = folder / "oauth.json"
    file.write_text(json.dumps({"client_id": "c", "client_secret": "s", "token_uri": endpoint.uri} | content))
    file.chmod(0o600)
    return TokenSource(provider, file, "muhtarlik@ornek.bel.tr", clock=lambda: endpoint_clock[0])


endpoint_clock = [1000.0]


def test_a_refresh_token_becomes_an_access_token_that_is_used_until_it_ends(
    tmp_path: Path, endpoint: Endpoint
) -> None:
    source = a_source(tmp_path, endpoint, refresh_token="r")
    endpoint_clock[0] = 0.0
    assert [source(), source()] == ["jeton-1", "jeton-1"]
    assert endpoint.forms == [
        {"client_id": "c", "client_secret": "s", "grant_type": "refresh_token", "refresh_token": "r"}
    ]
    endpoint.answer = {"access_token": "jeton-2", "expires_in": 3600}
    endpoint_clock[0] = 3599.0
    assert source() == "jeton-2"


def test_microsoft_gives_an_application_its_own_right(tmp_path: Path, endpoint: Endpoint) -> None:
    assert a_source(tmp_path, endpoint, "microsoft", tenant="ornek")() == "jeton-1"
    assert endpoint.forms[0]["grant_type"] == "client_credentials"
    assert endpoint.forms[0]["scope"] == "https://outlook.office365.com/.default"


def test_a_new_refresh_token_is_kept(tmp_path: Path, endpoint: Endpoint) -> None:
    endpoint.answer["refresh_token"] = "yeni"
    a_source(tmp_path, endpoint, "microsoft", refresh_token="eski")()
    kept = json.loads((tmp_path / "oauth.json").read_text())
    assert kept["refresh_token"] == "yeni"
    assert kept["client_id"] == "c"
    assert (tmp_path / "oauth.json").stat().st_mode & 0o077 == 0


def test_a_refusal_is_the_administrators_matter(tmp_path: Path, endpoint: Endpoint) -> None:
    endpoint.status, endpoint.answer = 400, {"error": "invalid_grant", "error_description": "expired"}
    with pytest.raises(ConfigurationError) as caught:
        a_source(tmp_path, endpoint, refresh_token="r")()
    assert "invalid_grant: expired" in str(caught.value)
    assert "reddedildi" in caught.value.reason


def test_a_sick_endpoint_is_temporary(tmp_path: Path, endpoint: Endpoint) -> None:
    endpoint.status = 503
    with pytest.raises(Temporary):
        a_source(tmp_path, endpoint, refresh_token="r")()


def test_an_absent_endpoint_is_temporary(tmp_path: Path, endpoint: Endpoint) -> None:
    with pytest.raises(Temporary):
        a_source(tmp_path, endpoint, refresh_token="r", token_uri="http://127.0.0.1:9/token")()


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"client_id": "c"}'])
def test_a_useless_file_is_named(tmp_path: Path, content: str) -> None:
    file = tmp_path / "oauth.json"
    file.write_text(content)
    file.chmod(0o600)
    with pytest.raises(ConfigurationError) as caught:
        TokenSource("google", file, "muhtarlik@ornek.bel.tr")()
    assert "oauth.json" in caught.value.reason


def test_secrets_go_only_over_tls(tmp_path: Path, endpoint: Endpoint) -> None:
    with pytest.raises(ConfigurationError):
        a_source(tmp_path, endpoint, refresh_token="r", token_uri="http://example.com/token")()
    assert endpoint.forms == []


@pytest.mark.parametrize("mode", [0o640, 0o644, 0o604])
def test_a_token_file_that_others_may_read_is_refused(tmp_path: Path, mode: int) -> None:
    file = tmp_path / "token.json"
    file.write_text(json.dumps({"client_id": "c", "refresh_token": "cok-gizli"}))
    file.chmod(mode)
    with pytest.raises(ConfigurationError) as refused:
        TokenSource("google", file, "muhtarlik@ornek.bel.tr")()
    assert "chmod 600" in refused.value.reason
    assert "cok-gizli" not in refused.value.reason
