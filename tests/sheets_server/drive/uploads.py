"""Uploads: media alone, metadata and media in one body, and resumable sessions.

https://developers.google.com/workspace/drive/api/guides/manage-uploads
"""

import re
import secrets
from dataclasses import dataclass

from tests.sheets_server.wire import Answer, Refusal, Request, invalid_parameter

_BOUNDARY = re.compile(r'boundary="?([^";,]+)"?')
_RANGE = re.compile(r"bytes (?:(\d+)-(\d+)|\*)/(\d+|\*)")
_GRAIN = 256 * 1024
"""Every part but the last of a resumable upload is a multiple of this."""


@dataclass(frozen=True, slots=True)
class Upload:
    """What came: the metadata's JSON and the media."""

    metadata: bytes
    media: bytes
    media_type: str


@dataclass(slots=True)
class Session:
    """A resumable upload under way: the request that began it, and what has come."""

    begun: Request
    metadata: bytes
    media_type: str
    received: bytearray
    total: int | None


class Uploads:
    """Takes uploads apart; remembers the resumable ones."""

    def __init__(self) -> None:
        self._sessions: dict[str, Session] = {}

    def taken(self, request: Request) -> Upload:
        """A simple or multipart upload."""
        match request.one("uploadType", "media"):
            case "media":
                return Upload(b"", request.body, request.content_type or "application/octet-stream")
            case "multipart":
                return _multipart(request)
            case other:
                raise invalid_parameter("uploadType", f"Invalid value for uploadType: {other}")

    def begin(self, request: Request) -> Answer:
        """Begins a resumable upload: the answer names the session's address."""
        total = request.header("x-upload-content-length")
        kind = request.header("x-upload-content-type") or "application/octet-stream"
        identifier = secrets.token_urlsafe(24)
        length = int(total) if total.isdigit() else None
        self._sessions[identifier] = Session(request, request.body, kind, bytearray(), length)
        query = f"uploadType=resumable&upload_id={identifier}"
        answer = Answer(200, b"")
        answer.headers = {
            "Location": f"{request.base}{request.path}?{query}",
            "X-GUploader-UploadID": identifier,
        }
        return answer

    def session(self, request: Request) -> Session | None:
        """The session that a request goes on with."""
        return self._sessions.get(request.one("upload_id"))

    def go_on(self, request: Request) -> Upload | Answer:
        """Takes the next part: how far it has come, or the whole upload at its end."""
        session = self.session(request)
        if session is None:
            raise Refusal(404, "Not Found", reason="notFound")
        if request.verb == "DELETE":
            self._sessions.pop(request.one("upload_id"))
            return Answer(499, b"")
        self._take(session, request)
        if session.total is None or len(session.received) < session.total:
            return _so_far(session)
        self._sessions.pop(request.one("upload_id"))
        return Upload(session.metadata, bytes(session.received), session.media_type)

    @staticmethod
    def _take(session: Session, request: Request) -> None:
        said = request.header("content-range")
        if not said:
            session.received[:] = request.body
            session.total = len(request.body)
            return
        match = _RANGE.fullmatch(said.strip())
        if match is None:
            raise Refusal(400, "Failed to parse Content-Range header.", reason="badRequest")
        if match[3] != "*":
            session.total = int(match[3])
        if match[1] is None:
            return
        start, end = int(match[1]), int(match[2])
        last = session.total is not None and end + 1 == session.total
        whole = start == len(session.received) and end - start + 1 == len(request.body)
        if not whole or (not last and len(request.body) % _GRAIN):
            raise Refusal(400, "Invalid request. The number of bytes uploaded is wrong.", reason="badRequest")
        session.received += request.body


def _so_far(session: Session) -> Answer:
    answer = Answer(308, b"")
    if session.received:
        answer.headers["Range"] = f"bytes=0-{len(session.received) - 1}"
    return answer


def _multipart(request: Request) -> Upload:
    match = _BOUNDARY.search(request.header("content-type"))
    parts = parts_of(request.body, match[1]) if match else []
    if len(parts) != 2:
        text = "Bad Request"
        raise Refusal(400, text, reason="badRequest")
    (_, metadata), (headers, media) = parts
    return Upload(metadata, media, headers.get("content-type", "application/octet-stream").partition(";")[0])


def parts_of(body: bytes, boundary: str) -> list[tuple[dict[str, str], bytes]]:
    """A multipart body's parts: headers by lower-case names, and bytes (RFC 2046)."""
    found = []
    for piece in (b"\r\n" + _with_crlf(body, boundary)).split(b"\r\n--" + boundary.encode())[1:]:
        if piece.startswith(b"--"):
            break
        head, _, content = piece.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        lines = (line.partition(":") for line in head.decode("utf-8", "replace").split("\r\n") if line)
        found.append(({name.strip().lower(): value.strip() for name, _, value in lines}, content))
    return found


def _with_crlf(body: bytes, boundary: str) -> bytes:
    """Some clients end the lines of the frame with a bare LF, as Python's ``email`` does."""
    mark = b"--" + boundary.encode()
    if b"\r\n" + mark in body or b"\n" + mark not in body:
        return body
    pieces = []
    for piece in body.split(b"\n" + mark):
        head, middle, content = piece.partition(b"\n\n")
        pieces.append(head.replace(b"\n", b"\r\n") + (b"\r\n\r\n" + content if middle else b""))
    return (b"\r\n" + mark).join(pieces)
