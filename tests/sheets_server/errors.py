"""How Google refuses: an HTTP status, its canonical name, a message."""

from collections.abc import Mapping

_NAMES: Mapping[int, str] = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    409: "ALREADY_EXISTS",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    501: "UNIMPLEMENTED",
    503: "UNAVAILABLE",
}


class ApiError(Exception):
    """One refusal. ``reason`` is Drive's own word for it (``storageQuotaExceeded``, ``notFound`` …)."""

    def __init__(self, status: int, message: str, *, reason: str = "") -> None:
        super().__init__(message)
        self.status = status
        self.name = _NAMES.get(status, "UNKNOWN")
        self.message = message
        self.reason = reason
