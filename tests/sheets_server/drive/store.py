"""The files and who may see them; the log of changes with Drive's delay for what people edit.

Drive tells API writes at once, but people's edits only minutes later and many as one: so do ``modifiedTime``,
``version`` and the log here. Rights come from a file's own permissions, from its folders' and from the members of
its shared drive.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta

from tests.sheets_server.book import Book
from tests.sheets_server.drive.model import (
    FOLDER,
    ROLES,
    SPREADSHEET,
    Change,
    File,
    Permission,
    SharedDrive,
    UnseenEdit,
    at_least,
    new_id,
    short_id,
)
from tests.sheets_server.wire import Refusal


class Drive:
    """Everything that Drive holds. ``lag`` is how late people's edits are told."""

    def __init__(self, clock: Callable[[], datetime], lag: timedelta) -> None:
        self.clock = clock
        self.lag = lag
        self.files: dict[str, File] = {}
        self.drives: dict[str, SharedDrive] = {}
        self.log: list[Change] = []
        self.first_number = 101
        self.notifications: list[tuple[str, str, str]] = []
        """File, address and message of each e-mail that Drive would have sent about a share."""

    # -- places -------------------------------------------------------------------------------------------

    def root_of(self, user: str) -> File:
        """A user's own root folder, made when first asked for."""
        identifier = short_id(user.lower())
        if identifier not in self.files:
            now = self.clock()
            root = File(identifier, "Drive'ım", FOLDER, now, now, user, owner=user, is_root=True)
            root.permit(Permission("user", "owner", user), now)
            self.files[identifier] = root
        return self.files[identifier]

    def add_drive(self, name: str, members: Iterable[Permission]) -> SharedDrive:
        """A shared drive with its root folder, which has the drive's own identifier."""
        now = self.clock()
        drive = SharedDrive(short_id(new_id(), 14) + "UkPVA", name, now)
        drive.members = {member.id: member for member in members}
        self.drives[drive.id] = drive
        self.files[drive.id] = File(drive.id, name, FOLDER, now, now, "", drive_id=drive.id, is_root=True)
        return drive

    def drive_of(self, parents: Iterable[str]) -> str:
        """The shared drive that a folder lies in, or nothing."""
        return next((self.files[parent].drive_id for parent in parents if parent in self.files), "")

    # -- files --------------------------------------------------------------------------------------------

    def add(self, file: File) -> File:
        """Takes a new file in; its creator owns it unless it lies in a shared drive."""
        now = self.clock()
        if not file.parents:
            file.parents = [self.root_of(file.owner).id]
        file.drive_id = self.drive_of(file.parents)
        if file.drive_id:
            file.owner = ""
        elif file.owner:
            file.permit(Permission("user", "owner", file.owner), now)
        if file.book is not None:
            file.seen_revision = file.book.revision
        self.files[file.id] = file
        self.note(file)
        return file

    def add_spreadsheet(self, book: Book, owner: str, parents: Iterable[str] = ()) -> File:
        """Takes a new spreadsheet in."""
        now = self.clock()
        file = File(book.spreadsheet_id, book.title, SPREADSHEET, now, now, owner, owner=owner, book=book)
        file.parents = list(parents)
        return self.add(file)

    def remove(self, file: File) -> None:
        """Deletes a file for good; a folder goes with all that it holds."""
        for child in list(self.children(file)):
            self.remove(child)
        self.note(file)
        self.files.pop(file.id, None)

    def children(self, folder: File) -> Iterator[File]:
        """What lies directly in a folder."""
        return (file for file in self.files.values() if folder.id in file.parents)

    def is_trashed(self, file: File) -> bool:
        """Whether it or a folder above it is in the trash."""
        return any(each.trashed for each in self.with_ancestors(file))

    def with_ancestors(self, file: File) -> Iterator[File]:
        """The file, then its folders upwards."""
        seen: set[str] = set()
        waiting = [file]
        while waiting:
            each = waiting.pop()
            if each.id not in seen:
                seen.add(each.id)
                yield each
                waiting += [self.files[parent] for parent in each.parents if parent in self.files]

    # -- rights -------------------------------------------------------------------------------------------

    def permissions_on(self, file: File) -> Iterator[tuple[Permission, str]]:
        """Every permission that holds for a file, with where it comes from ("": its own)."""
        for each in self.with_ancestors(file):
            for permission in each.permissions.values():
                if each is file or not each.is_root:
                    yield permission, "" if each is file else each.id
        if file.drive_id in self.drives:
            for permission in self.drives[file.drive_id].members.values():
                yield permission, file.drive_id

    def role(self, user: str, file: File) -> str:
        """The user's strongest role on a file, or nothing."""
        now = self.clock()
        roles = [
            permission.role
            for permission, _ in self.permissions_on(file)
            if permission.admits(user) and not _has_expired(permission, now)
        ]
        return max(roles, key=ROLES.index, default="")

    def is_listed_for(self, user: str, file: File) -> bool:
        """Whether a file turns up in the user's searches: a mere link leads to it, but does not list it."""
        return any(
            permission.admits(user) and (permission.kind in {"user", "group"} or permission.discoverable)
            for permission, _ in self.permissions_on(file)
        )

    def audience(self, file: File) -> frozenset[str]:
        """The addresses of those who see a file now."""
        people = (permission for permission, _ in self.permissions_on(file))
        return frozenset(permission.address.lower() for permission in people if permission.address)

    # -- what happened ------------------------------------------------------------------------------------

    @property
    def next_number(self) -> int:
        """The number that the next change will have: the token from which a client goes on."""
        return self.first_number + len(self.log)

    def note(self, file: File, audience: frozenset[str] = frozenset()) -> None:
        """Writes a change into the log; ``audience`` saw the file until now."""
        seen_by = self.audience(file) | audience
        self.log.append(Change(self.next_number, self.clock(), file.id, file.drive_id, seen_by))

    def written(self, file: File, user: str, audience: frozenset[str] = frozenset()) -> None:
        """The API wrote: Drive knows at once. ``audience`` saw the file until now."""
        file.version += 1
        file.modified = max(self.clock(), file.modified)
        file.modified_by = user
        if file.book is not None:
            file.seen_revision = file.book.revision
        self.note(file, audience)

    def edited(self, file: File, user: str) -> None:
        """A person edited: Drive will know later, and of all edits until then at once."""
        now = self.clock()
        told_at = file.unseen_edit.told_at if file.unseen_edit else now + self.lag
        file.unseen_edit = UnseenEdit(now, user, told_at)
        if file.book is not None:
            file.seen_revision = file.book.revision

    def settle(self) -> None:
        """Finds edits made directly in a book, and tells those whose time has come."""
        now = self.clock()
        for file in list(self.files.values()):
            if file.book is not None and file.book.revision != file.seen_revision:
                self.edited(file, file.owner)
            edit = file.unseen_edit
            if edit is not None and edit.told_at <= now:
                file.unseen_edit = None
                file.version += 1
                file.modified, file.modified_by = max(edit.last, file.modified), edit.user
                self.note(file)

    # -- looking up ---------------------------------------------------------------------------------------

    def visible(self, user: str, file_id: str, *, shared_drives: bool) -> File:
        """The file, or Drive's "not found", which it also says of what one may not see."""
        file = self.root_of(user) if file_id == "root" else self.files.get(file_id)
        hidden = file is None or (file.drive_id and not shared_drives) or not self.role(user, file)
        if file is None or hidden:
            raise Refusal(
                404, f"File not found: {file_id}.", reason="notFound", location=("parameter", "fileId")
            )
        return file

    def require(self, user: str, file: File, needed: str) -> None:
        """Refuses when the user's role on the file is too weak."""
        if not at_least(self.role(user, file), needed):
            text = f"The user does not have sufficient permissions for file {file.id}."
            raise Refusal(403, text, reason="insufficientFilePermissions")


def _has_expired(permission: Permission, now: datetime) -> bool:
    return bool(permission.expires) and datetime.fromisoformat(permission.expires) <= now
