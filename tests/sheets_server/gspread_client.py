"""gspread pointed at the stand-in: an HTTP client that sends Google's addresses to another base URL.

``gspread.Client(account.credentials(), http_client=at(server.url))``. google-auth asks iamcredentials.googleapis.com
in the background through a session of its own; that one is turned round as well.
"""

from typing import Any

import gspread
from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter

from tests.sheets_server.accounts import ServiceAccount

HOSTS = (
    "https://sheets.googleapis.com",
    "https://www.googleapis.com",
    "https://oauth2.googleapis.com",
    "https://iamcredentials.googleapis.com",
)


def turned(address: str, base: str) -> str:
    """A Google address at the base URL instead."""
    host = next((each for each in HOSTS if address.startswith(each + "/")), "")
    return base + address.removeprefix(host) if host else address


class _Turning(HTTPAdapter):
    """Sends what is meant for Google to the base URL."""

    def __init__(self, base: str) -> None:
        super().__init__()
        self._base = base

    def send(self, request: PreparedRequest, *args: Any, **kwargs: Any) -> Response:
        """Sends the request to the base URL."""
        request.url = turned(request.url or "", self._base)
        kwargs["proxies"] = {}
        return super().send(request, *args, **kwargs)


def at(base: str) -> type[gspread.HTTPClient]:
    """The class of HTTP clients for that base URL."""

    class Redirected(gspread.HTTPClient):
        """gspread's HTTP client, with Google elsewhere."""

        def __init__(self, auth: Any, session: Any = None) -> None:
            super().__init__(auth, session)
            self.set_timeout((5, 60))
            asking = getattr(self.session, "_auth_request", None)
            if asking is not None:
                asking.session.mount("https://", _Turning(base))

        def request(self, method: str, endpoint: str, *args: Any, **kwargs: Any) -> Response:
            """Sends a request to the base URL."""
            return super().request(method, turned(endpoint, base), *args, **kwargs)

    return Redirected


def client(account: ServiceAccount, base: str) -> gspread.Client:
    """gspread signed in as that account, talking to the base URL."""
    return gspread.Client(auth=account.credentials(), http_client=at(base))
