"""The gate that every API call passes: route, faults, who asks, quota, schema, the work itself, field mask."""

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from html import escape
from threading import RLock
from typing import Any
from urllib.parse import unquote

from tests.sheets_server import discovery
from tests.sheets_server.accounts import Accounts, is_machine
from tests.sheets_server.calls import Call, Calls, Kind
from tests.sheets_server.checking import checked_body, checked_query
from tests.sheets_server.credentials import bearer_of, require_scope
from tests.sheets_server.discovery import Method
from tests.sheets_server.drive.asking import Asked
from tests.sheets_server.drive.methods import DEFAULT_FIELDS, FIELDS_REQUIRED, PERFORMED
from tests.sheets_server.drive.old import as_version2
from tests.sheets_server.drive.store import Drive
from tests.sheets_server.drive.uploads import Upload, Uploads
from tests.sheets_server.errors import ApiError
from tests.sheets_server.faults import Fault, Faults
from tests.sheets_server.history import History
from tests.sheets_server.masks import Mask, applied, mask_of
from tests.sheets_server.quotas import Meter
from tests.sheets_server.sheets_api import Sheets, is_read
from tests.sheets_server.wire import (
    ERROR_INFO,
    Answer,
    Refusal,
    Request,
    as_json,
    drive_refusal,
    html_page,
    invalid_parameter,
    sheets_refusal,
)

_UPLOADS = ("/upload", "/resumable/upload")
_OLD_UPLOAD = "/upload/drive/v2/files"


@dataclass(slots=True)
class Gate:
    """Everything that calls need, and the way through it."""

    clock: Callable[[], datetime]
    accounts: Accounts
    drive: Drive
    calls: Calls
    faults: Faults
    meter: Meter
    history: History
    machines_own_storage: bool
    strangers: bool
    lock: RLock
    between: Callable[[Call], None] | None = None
    behind: Callable[[Call], None] | None = None
    uploads: Uploads = field(init=False)
    sheets: Sheets = field(init=False)

    def __post_init__(self) -> None:
        self.uploads = Uploads()
        self.sheets = Sheets(self.drive, self.history)

    def answer(self, request: Request) -> Answer:
        """The answer to an API call, faults and all."""
        return self.through(request, _route(request))

    def through(self, request: Request, route: "Route | None", kind: Kind | None = None) -> Answer:
        """Takes a call down, lets people act, meets its faults, carries it out."""
        call = self._noted(request, route, kind)
        if self.between is not None:
            self.between(call)
        with self.lock:
            faults = _by_sort(self.faults.take(call))
        if late := faults.get("latency"):
            time.sleep(late.seconds)
        answer = self._before(faults, route) or self._after(
            faults, self._done(request, route, call, faults), route
        )
        if self.behind is not None:
            self.behind(call)
        call.status = 0 if answer.cut else answer.status
        return answer

    def token(self, request: Request, granted: Callable[[Request], Answer]) -> Answer:
        """The token endpoint, by the same way."""
        call = Call(0, self.clock(), "token", request.verb, unquote(request.path))
        self.calls.note(call)
        faults = _by_sort(self.faults.take(call))
        if late := faults.get("latency"):
            time.sleep(late.seconds)
        answer = self._before(faults, None) or self._after(faults, granted(request), None)
        call.status = 0 if answer.cut else answer.status
        return answer

    # -- the way ------------------------------------------------------------------------------------------

    def _noted(self, request: Request, route: "Route | None", kind: Kind | None) -> Call:
        method = route.method if route else None
        if kind is None:
            kind = _kind(method)
        call = Call(0, self.clock(), kind, request.verb, unquote(request.path), method.id if method else "")
        call.query, call.body = request.query, _shown(request)
        with self.lock:
            return self.calls.note(call)

    def _before(self, faults: Mapping[str, Fault], route: "Route | None") -> Answer | None:
        if "cut_before" in faults:
            return Answer(cut=True)
        if page := faults.get("page"):
            return html_page(page.status, page.text)
        error = faults.get("error")
        return self._scripted(error, route) if error and not error.after_effect else None

    def _after(self, faults: Mapping[str, Fault], answer: Answer, route: "Route | None") -> Answer:
        if "cut_after" in faults:
            return Answer(cut=True)
        if (error := faults.get("error")) and error.after_effect:
            return self._scripted(error, route)
        if slow := faults.get("slow_body"):
            answer.pause = slow.seconds
        return answer

    @staticmethod
    def _scripted(fault: Fault, route: "Route | None") -> Answer:
        headers = {} if fault.retry_after is None else {"Retry-After": str(fault.retry_after)}
        if fault.status == 502:
            answer = html_page(502, fault.text)
            answer.headers = headers
            return answer
        refusal = Refusal(fault.status, fault.text, reason=fault.reason, headers=headers)
        if fault.reason.isupper():
            refusal.details = [{"@type": ERROR_INFO, "reason": fault.reason, "domain": "googleapis.com"}]
        return _refused(refusal, route, None)

    def _done(
        self, request: Request, route: "Route | None", call: Call, faults: Mapping[str, Fault]
    ) -> Answer:
        back = faults["stale"].revisions if "stale" in faults else 0
        try:
            with self.lock:
                answer = self._performed(request, route, call, back)
        except ApiError as error:
            answer = _refused(error, route, request)
        return answer

    def _performed(self, request: Request, route: "Route | None", call: Call, back: int) -> Answer:
        if route is None:
            return html_page(
                404, f"The requested URL <code>{escape(request.path)}</code> was not found on this server."
            )
        method = route.method
        bearer = bearer_of(request, self.accounts, method, strangers=self.strangers)
        call.user = bearer.user
        require_scope(bearer, method)
        self.meter.spend(call.kind, bearer.user, self.clock())
        self.drive.settle()
        if route.uploads and request.one("uploadType") == "resumable" and not request.one("upload_id"):
            checked_body(method, request.body, {})
            return self.uploads.begin(request)
        upload = self._upload(request, route)
        if isinstance(upload, Answer):
            return upload
        raw = request.body if upload is None else upload.metadata
        params, bound = checked_query(method, request.query, route.variables)
        params["alt"] = request.one("alt", "json")
        mask = self._mask(request, method)
        body = checked_body(method, raw if method.request else b"", bound)
        done = self._carried_out(method, bearer.user, params, body, mask, back, upload)
        if isinstance(done, Answer):
            return done
        if route.is_old:
            done, mask = as_version2(done), {}
        pretty = request.one("prettyPrint", "true").lower() not in {"false", "0"}
        return _jsonp(as_json(applied(mask, done), pretty=pretty), request)

    def _upload(self, request: Request, route: "Route") -> Upload | Answer | None:
        if not route.uploads:
            return None
        if request.one("upload_id"):
            session = self.uploads.session(request)
            request.query = {**(session.begun.query if session else {}), **request.query}
            return self.uploads.go_on(request)
        return self.uploads.taken(request)

    @staticmethod
    def _mask(request: Request, method: Method) -> Mask:
        said = request.one("fields")
        if not said and method.name in FIELDS_REQUIRED and method.service == "drive":
            raise invalid_parameter(
                "fields", "The 'fields' parameter is required for this method.", reason="required"
            )
        text = said or (DEFAULT_FIELDS.get(method.name, "") if method.service == "drive" else "")
        return mask_of(text, method.service, method.response) if text and method.response else {}

    def _carried_out(
        self,
        method: Method,
        user: str,
        params: dict[str, Any],
        body: dict[str, Any],
        mask: Mask,
        back: int,
        upload: Upload | None,
    ) -> Any:
        owns_storage = self.machines_own_storage or not is_machine(user)
        if method.service == "drive":
            perform = PERFORMED.get(method.name)
            if perform is None:
                raise Refusal(501, f"{method.id} is not part of this stand-in.", reason="notImplemented")
            asked = Asked(self.drive, user, params, body, self.clock(), owns_storage)
            if upload is not None:
                asked.media, asked.media_type = upload.media, upload.media_type
            return perform(asked)
        if method.name == "spreadsheets.create":
            return self.sheets.create(user, body, owns_storage=owns_storage)
        if is_read(method.verb, method.name):
            return self.sheets.read(method.name, user, params, body, mask, back)
        return self.sheets.write(method.name, user, params, body)


@dataclass(slots=True)
class Route:
    """Where a request goes; ``is_old`` when it came by Drive v2."""

    method: Method
    variables: Mapping[str, str]
    uploads: bool = False
    is_old: bool = False


def _route(request: Request) -> Route | None:
    path, verb = request.path, request.verb
    if path.startswith(_OLD_UPLOAD + "/") and verb in {"PUT", "PATCH"}:
        method = discovery.method("drive.files.update")
        return Route(
            method, {"fileId": unquote(path.removeprefix(_OLD_UPLOAD + "/"))}, uploads=True, is_old=True
        )
    prefix = next((each for each in _UPLOADS if path.startswith(each + "/")), "")
    if prefix and request.one("upload_id"):
        verb = "PATCH" if path.count("/") > prefix.count("/") + 3 else "POST"
    found = discovery.find(verb, path.removeprefix(prefix))
    if found is None or (prefix and not found[0].takes_media):
        return None
    return Route(found[0], found[1], uploads=bool(prefix))


def _by_sort(faults: Sequence[Fault]) -> dict[str, Fault]:
    return {fault.what: fault for fault in faults}


def _kind(method: Method | None) -> Kind:
    if method is None:
        return "other"
    if method.service == "drive":
        return "drive"
    return "read" if is_read(method.verb, method.name) else "write"


def _shown(request: Request) -> Any:
    if request.content_type != "application/json":
        return None
    try:
        return json.loads(request.body or b"null")
    except ValueError:
        return None


def _refused(error: ApiError, route: Route | None, request: Request | None) -> Answer:
    if route is not None and route.method.service == "drive":
        return drive_refusal(error)
    return sheets_refusal(error, with_errors=request is not None and bool(request.one("alt")))


def _jsonp(answer: Answer, request: Request) -> Answer:
    """With ``callback`` the answer is a script that calls it."""
    name = request.one("callback")
    if name.replace(".", "_").isidentifier():
        answer.body = b"// API callback\n" + name.encode() + b"(" + answer.body + b");"
        answer.content_type = "text/javascript; charset=UTF-8"
    return answer
