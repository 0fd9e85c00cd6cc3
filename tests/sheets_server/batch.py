"""Several calls in one request: ``multipart/mixed`` of ``application/http``, as Google's client libraries send.

Each call inside counts by itself against quotas and is logged by itself.
"""

import re
import secrets
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

from tests.sheets_server.drive.uploads import parts_of
from tests.sheets_server.wire import Answer, Refusal, Request, drive_refusal

PATHS = {"/batch", "/batch/drive/v3", "/batch/sheets/v4"}
MOST = 100

_BOUNDARY = re.compile(r'boundary="?([^";,]+)"?')


def answered(request: Request, answer: Callable[[Request], Answer]) -> Answer:
    """The answers to all calls of a batch, in their order."""
    match = _BOUNDARY.search(request.header("content-type"))
    parts = parts_of(request.body, match[1]) if match else []
    if not parts:
        return drive_refusal(Refusal(400, "Failed to parse batch request."))
    if len(parts) > MOST:
        return drive_refusal(Refusal(400, f"The batch request contains more than {MOST} calls."))
    boundary = f"batch_{secrets.token_urlsafe(12)}"
    pieces = []
    for headers, content in parts:
        one = answer(_inner(content, request))
        identifier = headers.get("content-id", "").strip("<>")
        head = (
            f"--{boundary}\r\nContent-Type: application/http\r\nContent-ID: <response-{identifier}>\r\n\r\n"
        )
        status = f"HTTP/1.1 {one.status} \r\nContent-Type: {one.content_type}\r\n"
        status += f"Content-Length: {len(one.body)}\r\n\r\n"
        pieces.append((head + status).encode() + one.body + b"\r\n")
    body = b"".join(pieces) + f"--{boundary}--\r\n".encode()
    return Answer(200, body, f"multipart/mixed; boundary={boundary}")


def _inner(content: bytes, outer: Request) -> Request:
    """One call of the batch; it may bring its own token, else the batch's holds."""
    text = content.replace(b"\r\n", b"\n").lstrip()
    head, _, body = text.partition(b"\n\n")
    lines = head.decode("utf-8", "replace").split("\n")
    verb, _, rest = lines[0].partition(" ")
    split = urlsplit(rest.rpartition(" ")[0] or rest)
    fields = (line.partition(":") for line in lines[1:])
    headers = {name.strip().lower(): value.strip() for name, _, value in fields}
    headers.setdefault("authorization", outer.header("authorization"))
    query = parse_qs(split.query, keep_blank_values=True)
    return Request(verb.upper(), split.path, query, headers, body.strip())
