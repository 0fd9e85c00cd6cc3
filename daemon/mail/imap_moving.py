"""Moving mails between folders without ever touching a mail that is not ours.

MOVE (RFC 6851) where the server knows it; else COPY, ``\\Deleted`` and UID EXPUNGE (RFC 4315). A server with
neither could only EXPUNGE everything that anybody has marked: there the originals stay marked ``\\Deleted``
(mail programs hide them, and reading passes over them).
"""

from collections.abc import Iterator, Sequence

from imapclient import DELETED

from daemon.mail.imap_wire import Connection, uid_set

_AT_ONCE = 500
"""So that a command stays below the 8,000 octets every server takes (RFC 7162 §4), however the UIDs lie."""


def move(connection: Connection, uids: Sequence[int], folder: str) -> None:
    """Move mails of the selected folder to ``folder``; those that are gone already are passed over."""
    for part in _parts(sorted(uids)):
        if connection.has_capability("MOVE"):
            connection.move(uid_set(part), folder)
        else:
            _copy_and_delete(connection, part, folder)


def _copy_and_delete(connection: Connection, uids: Sequence[int], folder: str) -> None:
    # A repeat after a crash must not copy what is already marked.
    present = connection.search(["UNDELETED", "UID", uid_set(uids)])
    if not present:
        return
    connection.copy(uid_set(present), folder)
    connection.add_flags(uid_set(present), [DELETED], silent=True)
    if connection.has_capability("UIDPLUS"):
        connection.uid_expunge(uid_set(present))


def _parts(uids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(uids), _AT_ONCE):
        yield uids[start : start + _AT_ONCE]
