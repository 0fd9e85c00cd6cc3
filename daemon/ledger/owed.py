"""What is owed, as text: a notice and the requests it is about as they stood.

Only what differs from a field's default is written, and an unknown name is passed over, so that a letter owed by one
version is worded by the next one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import MISSING, fields
from functools import lru_cache
from typing import Any

from daemon.domain.notice import Notice, Owed
from daemon.domain.request import Channel, Request, Status
from daemon.ledger.columns import from_json, to_json


def write_owed(owed: Owed) -> str:
    """JSON with tagged dates; every value in a notice's facts is a plain one (see :class:`Notice`)."""
    notice = to_json(_differing(owed.notice, _NOTICE))
    return f'{{"notice":{notice},"requests":[{",".join(map(_request_text, owed.requests))}]}}'


def read_owed(text: str) -> Owed:
    """Raises :class:`KeyError`, :class:`TypeError` or :class:`ValueError` for what :func:`write_owed` never wrote."""
    read = from_json(text)
    return Owed(
        Notice(**_known(read["notice"], _NOTICE)),
        tuple(_request(each) for each in read["requests"]),
    )


@lru_cache(maxsize=64)
def _request_text(request: Request) -> str:
    """One request is in several letters: to its headman, its directorate, the deputies …"""
    return to_json(_differing(request, _REQUEST))


def _request(read: Mapping[str, Any]) -> Request:
    values = _known(read, _REQUEST)
    return Request(**values | {"channel": Channel(values["channel"]), "status": Status(values["status"])})


def _differing(value: Notice | Request, defaults: Mapping[str, object]) -> dict[str, object]:
    pairs = ((name, getattr(value, name), default) for name, default in defaults.items())
    return {name: found for name, found, default in pairs if found != default}


def _known(read: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    return {name: _frozen(read[name]) for name in names if name in read}


def _frozen(value: object) -> object:
    """JSON has lists only; our values have tuples only."""
    match value:
        case list():
            return tuple(_frozen(each) for each in value)
        case dict():
            return {name: _frozen(each) for name, each in value.items()}
        case _:
            return value


def _defaults(of: type[Notice] | type[Request]) -> dict[str, object]:
    return {field.name: {} if field.default_factory is not MISSING else field.default for field in fields(of)}


_NOTICE, _REQUEST = _defaults(Notice), _defaults(Request)
