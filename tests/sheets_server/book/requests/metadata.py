"""Requests on developer metadata."""

from tests.sheets_server.book import metadata
from tests.sheets_server.book.change import Change, Handler, needed
from tests.sheets_server.book.masks import merged, paths
from tests.sheets_server.book.model import Json, Refused
from tests.sheets_server.errors import ApiError


def _create(change: Change, body: Json) -> Json:
    chosen = change.new_id(entry["metadataId"] for entry in change.state.metadata)
    entry = metadata.new_entry(change.state, needed(body, "developerMetadata"), chosen)
    change.state.metadata.append(entry)
    return {"developerMetadata": entry}


def _found(change: Change, data_filter: Json) -> list[Json]:
    try:
        return metadata.found_by(change.state, data_filter)
    except ApiError as error:
        raise Refused(error.message) from error


def _update(change: Change, body: Json) -> Json:
    named = paths(body.get("fields"))
    given = needed(body, "developerMetadata")
    chosen = [entry["metadataId"] for one in body.get("dataFilters") or [] for entry in _found(change, one)]
    changed: list[Json] = []
    for at, entry in enumerate(change.state.metadata):
        if entry["metadataId"] not in chosen:
            continue
        new = merged(entry, given, [path for path in named if path[:1] != ("metadataId",)])
        new["metadataId"] = entry["metadataId"]
        new["location"] = metadata.located(change.state, new.get("location") or entry["location"])
        if not new.get("metadataKey"):
            raise Refused("developerMetadata.metadataKey must be specified")
        change.state.metadata[at] = new
        changed.append(new)
    return {"developerMetadata": changed} if changed else {}


def _delete(change: Change, body: Json) -> Json:
    gone = _found(change, needed(body, "dataFilter"))
    ids = {entry["metadataId"] for entry in gone}
    change.state.metadata = [entry for entry in change.state.metadata if entry["metadataId"] not in ids]
    return {"deletedDeveloperMetadata": gone} if gone else {}


KINDS: dict[str, Handler] = {
    "createDeveloperMetadata": _create,
    "updateDeveloperMetadata": _update,
    "deleteDeveloperMetadata": _delete,
}
