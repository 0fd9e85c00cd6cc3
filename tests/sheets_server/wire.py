"""What comes in and what goes out: a request, an answer, and Google's forms of refusal.

Sheets (the newer kind) answers ``{"error": {code, message, status, details}}``; Drive (the older kind) adds
``errors`` with its own word for the reason. With ``alt=json`` in the query Sheets adds ``errors`` as well.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.sheets_server.errors import ApiError

JSON = "application/json; charset=UTF-8"

BAD_REQUEST = "type.googleapis.com/google.rpc.BadRequest"
ERROR_INFO = "type.googleapis.com/google.rpc.ErrorInfo"

_REASONS: Mapping[int, str] = {
    400: "badRequest",
    401: "authError",
    403: "forbidden",
    404: "notFound",
    409: "conflict",
    429: "rateLimitExceeded",
    500: "backendError",
    501: "notImplemented",
    503: "backendError",
}
_USAGE = frozenset(
    {"storageQuotaExceeded", "rateLimitExceeded", "userRateLimitExceeded", "dailyLimitExceeded"}
)


@dataclass(slots=True)
class Request:
    """One HTTP request, its path still percent-encoded."""

    verb: str
    path: str
    query: Mapping[str, Sequence[str]]
    headers: Mapping[str, str]
    body: bytes

    def header(self, name: str) -> str:
        """A header by its lower-case name, or nothing."""
        return self.headers.get(name, "")

    def one(self, name: str, default: str = "") -> str:
        """The last value of a query parameter."""
        return self.query[name][-1] if self.query.get(name) else default

    @property
    def base(self) -> str:
        """The address by which the client reached the server."""
        return f"http://{self.header('host')}"

    @property
    def content_type(self) -> str:
        """The media type of the body, without its parameters."""
        return self.header("content-type").partition(";")[0].strip().lower()


@dataclass(slots=True)
class Answer:
    """One HTTP answer. ``pause`` seconds pass between its two halves; ``cut`` sends nothing and hangs up."""

    status: int = 200
    body: bytes = b""
    content_type: str = JSON
    headers: dict[str, str] = field(default_factory=dict)
    pause: float = 0.0
    cut: bool = False


class Refusal(ApiError):
    """A refusal that says more than its message: the violated fields, where it lies, headers."""

    def __init__(
        self,
        status: int,
        message: str,
        *,
        reason: str = "",
        name: str = "",
        details: Sequence[Mapping[str, Any]] = (),
        location: tuple[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(status, message, reason=reason)
        self.name = name or self.name
        self.details = list(details)
        self.location = location
        self.headers = dict(headers or {})


def violations(found: Sequence[tuple[str, str]]) -> Refusal:
    """Sheets' refusal of a request that does not fit its schema: one line for each field at fault."""
    listed = [
        {"field": where, "description": text} if where else {"description": text} for where, text in found
    ]
    details = [{"@type": BAD_REQUEST, "fieldViolations": listed}]
    return Refusal(400, "\n".join(text for _, text in found), details=details)


def invalid_parameter(name: str, message: str, *, reason: str = "invalidParameter") -> Refusal:
    """Drive's refusal of a query parameter."""
    return Refusal(400, message, reason=reason, location=("parameter", name))


def as_json(value: Any, status: int = 200, *, pretty: bool = True) -> Answer:
    """``value`` as a JSON answer, indented as Google's are unless asked not to; nothing at all when it is None."""
    if value is None:
        return Answer(204, b"")
    if pretty:
        return Answer(status, (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode())
    return Answer(status, json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())


def sheets_refusal(error: ApiError, *, with_errors: bool = False) -> Answer:
    """A refusal in the form of Sheets v4."""
    told: dict[str, Any] = {"code": error.status, "message": error.message}
    if with_errors:
        usual = _REASONS.get(error.status, "badRequest")
        reason = error.reason or ("failedPrecondition" if error.name == "FAILED_PRECONDITION" else usual)
        told["errors"] = [{"message": error.message, "domain": "global", "reason": reason}]
    told["status"] = error.name
    if details := getattr(error, "details", None):
        told["details"] = details
    return _told(error, told)


def drive_refusal(error: ApiError) -> Answer:
    """A refusal in the form of Drive v3."""
    reason = error.reason or _REASONS.get(error.status, "badRequest")
    domain = "usageLimits" if reason in _USAGE else "global"
    one = {"message": error.message, "domain": domain, "reason": reason}
    if location := getattr(error, "location", None):
        one["location"], one["locationType"] = location[1], location[0]
    told: dict[str, Any] = {"code": error.status, "message": error.message, "errors": [one]}
    if error.status in {401, 429}:
        told["status"] = error.name
    return _told(error, told)


def _told(error: ApiError, told: Mapping[str, Any]) -> Answer:
    answer = as_json({"error": told}, error.status)
    answer.headers.update(getattr(error, "headers", {}))
    return answer


def html_page(status: int, text: str) -> Answer:
    """An error that is not JSON, as front ends and proxies send it."""
    page = f"<!DOCTYPE html>\n<html lang=en>\n<title>Error {status}</title>\n<p><b>{status}.</b> {text}\n"
    return Answer(status, page.encode(), "text/html; charset=UTF-8")
