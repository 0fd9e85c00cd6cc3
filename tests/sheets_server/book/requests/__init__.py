"""``spreadsheets.batchUpdate``: one module for each family of requests."""

from collections.abc import Mapping
from typing import Any

from tests.sheets_server.book.change import Change, Handler
from tests.sheets_server.book.formats import without_nulls
from tests.sheets_server.book.model import Json, Refused
from tests.sheets_server.book.requests import (
    annotations,
    arranging,
    cells,
    charts,
    dimensions,
    filters,
    metadata,
    pasting,
    rules,
    sheets,
    tables,
    texts,
)
from tests.sheets_server.errors import ApiError

KINDS: dict[str, Handler] = {
    **sheets.KINDS,
    **cells.KINDS,
    **dimensions.KINDS,
    **metadata.KINDS,
    **annotations.KINDS,
    **filters.KINDS,
    **rules.KINDS,
    **charts.KINDS,
    **arranging.KINDS,
    **pasting.KINDS,
    **texts.KINDS,
    **tables.KINDS,
}


def carry_out(change: Change, request: Mapping[str, Any], at: int) -> Json:
    """One request of a batch; its reply, empty where Google's is."""
    set_kinds = [(kind, body) for kind, body in request.items() if body is not None]
    if not set_kinds:
        raise ApiError(400, f"Invalid requests[{at}]: No request set.")
    if len(set_kinds) > 1:
        raise ApiError(
            400,
            f"Invalid value at 'requests[{at}]' (oneof), oneof field 'kind' is already set. "
            f"Cannot set '{set_kinds[1][0]}'",
        )
    kind, body = set_kinds[0]
    handler = KINDS.get(kind)
    if handler is None:
        raise ApiError(501, f"Invalid requests[{at}].{kind}: this stand-in does not carry out {kind}.")
    try:
        reply = handler(change, without_nulls(body))
        change.state.check_size()
    except Refused as refused:
        raise ApiError(refused.status, f"Invalid requests[{at}].{kind}: {refused.message}") from refused
    return {} if reply is None else {kind: reply}
