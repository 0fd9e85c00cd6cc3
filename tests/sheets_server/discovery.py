"""Google's own description of Sheets v4 and Drive v3: methods, parameters, schemas.

Read from the discovery documents that ``google-api-python-client`` ships, so the stand-in knows exactly the paths
and fields that Google knows, no more and no fewer.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal
from urllib.parse import unquote

Service = Literal["sheets", "drive"]
Schema = Mapping[str, Any]

_DOCUMENTS: Mapping[Service, str] = {"sheets": "sheets.v4.json", "drive": "drive.v3.json"}
_VARIABLE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Method:
    """One API method: where it lives and what it takes and gives."""

    id: str
    service: Service
    verb: str
    template: str
    pattern: re.Pattern[str]
    parameters: Mapping[str, Schema]
    request: str
    response: str
    scopes: frozenset[str]
    gives_media: bool
    takes_media: bool

    @property
    def name(self) -> str:
        """The id without its service: ``spreadsheets.values.get``, ``files.list``."""
        return self.id.partition(".")[2]


@cache
def document(service: Service) -> Mapping[str, Any]:
    """The discovery document of a service."""
    folder = files("googleapiclient.discovery_cache.documents")
    read: Mapping[str, Any] = json.loads((folder / _DOCUMENTS[service]).read_text(encoding="utf-8"))
    return read


def schemas(service: Service) -> Mapping[str, Schema]:
    """Every message of a service by its name."""
    found: Mapping[str, Schema] = document(service)["schemas"]
    return found


@cache
def methods() -> tuple[Method, ...]:
    """All methods of both services; those whose path is fixed come before those with variables."""
    found = [method for service in _DOCUMENTS for method in _walk(service, document(service))]
    return tuple(sorted(found, key=lambda each: (len(_VARIABLE.findall(each.template)), -len(each.template))))


@cache
def method(method_id: str) -> Method:
    """The method with that id, as ``drive.files.get``."""
    return next(each for each in methods() if each.id == method_id)


def find(verb: str, path: str) -> tuple[Method, dict[str, str]] | None:
    """The method that lives at ``path`` (still percent-encoded), and the path's variables, decoded."""
    for each in methods():
        if each.verb == verb and (match := each.pattern.fullmatch(path)):
            return each, {name: unquote(value) for name, value in match.groupdict().items()}
    return None


def _walk(service: Service, node: Mapping[str, Any]) -> Iterator[Method]:
    for described in node.get("methods", {}).values():
        yield _method(service, described)
    for below in node.get("resources", {}).values():
        yield from _walk(service, below)


def _method(service: Service, described: Mapping[str, Any]) -> Method:
    whole = document(service)
    template = "/" + whole["servicePath"] + described.get("flatPath", described["path"])
    return Method(
        id=described["id"],
        service=service,
        verb=described["httpMethod"],
        template=template,
        pattern=re.compile(_as_pattern(template)),
        parameters={**whole["parameters"], **described.get("parameters", {})},
        request=described.get("request", {}).get("$ref", ""),
        response=described.get("response", {}).get("$ref", ""),
        scopes=frozenset(described.get("scopes", ())),
        gives_media=bool(described.get("supportsMediaDownload")),
        takes_media="mediaUpload" in described,
    )


def _as_pattern(template: str) -> str:
    """A path's variables hold no slash, and an identifier no colon: a colon begins a verb."""
    parts = _VARIABLE.split(template)
    built = []
    for place, part in enumerate(parts):
        if place % 2 == 0:
            built.append(re.escape(part))
        else:
            built.append(f"(?P<{part}>[^/]+)" if part == "range" else f"(?P<{part}>[^/:]+)")
    return "".join(built)
