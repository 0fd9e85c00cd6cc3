"""The exported conversations in a mail's files, and what would come of one: read, compared with nothing."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from hashlib import sha256

from daemon.domain.chats import wording as chat_wording
from daemon.domain.chats.chat import Chat, ChatApp, called, read_chat
from daemon.domain.chats.identity import identities_of
from daemon.domain.chats.lines import is_pasted
from daemon.domain.chats.matters import Matter
from daemon.domain.chats.people import People, Person
from daemon.domain.chats.plan import RouteFor, plan_chat
from daemon.domain.chats.words import MediaSort, sort_of
from daemon.domain.clock import ISTANBUL, day_of
from daemon.domain.errors import Unprocessable
from daemon.domain.mail import Attachment, Mail
from daemon.domain.office import Office
from daemon.domain.request import Channel
from daemon.domain.routing.values import Routing
from daemon.ports.incoming import Export, OpenExport

CHANNELS = {ChatApp.WHATSAPP: Channel.WHATSAPP, ChatApp.BIP: Channel.BIP}


@dataclass(frozen=True, slots=True)
class Read:
    """One conversation with the file that it came in."""

    chat: Chat
    export: Export
    file: Attachment


def files_of(mail: Mail) -> tuple[Attachment, ...]:
    """The attachments of a mail and of the one that it forwards."""
    return (*mail.attachments, *(mail.forwarded.attachments if mail.forwarded else ()))


def pasted_in(text: str, subject: str) -> tuple[Attachment, ...]:
    """The messages that a colleague copied into his mail, as the file that an export of them would be."""
    if not is_pasted(text):
        return ()
    app = called(subject)[0] or ChatApp.WHATSAPP
    data = text.encode()
    return (Attachment(f"{app.value} sohbeti.txt", "text/plain", data, sha256(data).hexdigest()),)


def is_export(mail: Mail, now: datetime) -> bool:
    """Whether a mail seems to bring an exported conversation, without opening any archive: one whose files were taken
    out is none."""
    emptied = {content_hash for file in files_of(mail) for content_hash in file.within}
    return any(
        (called(file.name)[0] is not None and file.content_hash not in emptied)
        or (
            file.name.lower().endswith(".txt")
            and read_chat(file.data[:50_000].decode("utf-8", "replace"), until=day_of(now)) is not None
        )
        for file in files_of(mail)
        if file.name.lower().endswith((".zip", ".txt"))
    )


def read_exports(
    files: Sequence[Attachment], open_export: OpenExport, *, until: date, subject: str = ""
) -> tuple[list[Read], list[tuple[Attachment, Unprocessable]]]:
    """The conversations in files, and the archives among them that cannot be opened. ``until`` is the last day on
    which a message can have been written."""
    found: list[Read] = []
    faults: list[tuple[Attachment, Unprocessable]] = []
    for file in files:
        try:
            export = open_export(file.name, file.data)
        except Unprocessable as fault:
            faults.append((file, fault))
            continue
        for name, text in export.texts if export else ():
            best = next((n for n in (name, file.name, subject) if called(n)[0] is not None), name)
            chat = read_chat(text, name=best, until=until)
            if export is not None and chat is not None:
                found.append(Read(chat, export, file))
    return found, faults


_TELLING = frozenset({MediaSort.PHOTO, MediaSort.VIDEO, MediaSort.VOICE, MediaSort.DOCUMENT})


def unnamed_in(found: Sequence[Read]) -> list[tuple[Read, list[str]]]:
    """Of each archive the photos, voices and documents that none of its messages names: a messenger's new way to
    write, or a text that was cut off."""
    left: dict[str, tuple[Read, list[str]]] = {}
    for read in found:
        named = {_bare(media.name) for message in read.chat.messages for media in message.media}
        before = left.get(read.file.content_hash)
        texts = {_bare(name) for name, _ in read.export.texts}
        names = (
            before[1]
            if before
            else [n for n in read.export.names if sort_of(n) in _TELLING and _bare(n) not in texts]
        )
        left[read.file.content_hash] = (read, [name for name in names if _bare(name) not in named])
    return [(read, names) for read, names in left.values() if names]


def router_for(office: Office) -> RouteFor:
    """Routing of what a person wrote, in the light of his neighbourhood; the same words are weighed once."""

    @cache
    def routed(text: str, place: str) -> Routing:
        return office.router.route(subject="", body=text, neighbourhood=place)

    def route(text: str, person: Person) -> Routing:
        return routed(text, person.place.name if person.place else "")

    return route


def explain(read: Read, office: Office) -> dict[str, object]:
    """The stable form of ``muhtarlik reading EXPORT --json``: what it would bring to a ledger that has seen none of
    it, on the day of its last message."""
    chat = read.chat
    people = People(office.registry).of(chat)
    plan = plan_chat(
        chat,
        people,
        identities=identities_of(chat, people),
        records=(),
        route=router_for(office),
        now=max(message.at for message in chat.messages),
    )
    contact = next((person for person in people.values() if person.place is not None), None)
    return {
        "kind": "chat",
        "app": chat.app.value,
        "contact": chat.title or (contact.name if contact else None),
        "group": chat.is_group,
        "messages": sum(1 for message in chat.messages if message.sender),
        "from": _local(chat.messages[0].at),
        "to": _local(chat.messages[-1].at),
        "people": [_person_json(person) for person in people.values()],
        "requests": [_matter_json(matter, office) for matter in plan.fresh],
        "questions": [_matter_json(matter, office) for matter in plan.questions],
        "old": len(plan.old),
    }


def _local(moment: datetime) -> str:
    return moment.astimezone(ISTANBUL).isoformat()


def _person_json(person: Person) -> dict[str, object]:
    return {
        "name": person.name,
        "side": person.side.value,
        "neighbourhood": person.place.name if person.place else None,
        "guesses": [place.name for place in person.guesses],
    }


def _matter_json(matter: Matter, office: Office) -> dict[str, object]:
    place = matter.person.place
    route = matter.route or chat_wording.unheard(matter)
    directorate = office.registry.directorate(route.directorate)
    return {
        "from": matter.person.name,
        "neighbourhood": place.name if place else None,
        "headman": place.headman.name if place else None,
        "date": _local(matter.at),
        "subject": route.subject,
        "text": "\n".join(
            line for line in (chat_wording.words_of(matter), *chat_wording.lines_of(matter, ())) if line
        ),
        "directorate": directorate.name if directorate else None,
        "external_body": route.external_body or None,
        "category": route.category or None,
        "confidence": round(route.confidence, 3),
        "review": route.review,
        "urgent": route.urgent,
        "attachments": [media.name for media in matter.media if media.name],
        "left_out": sum(1 for media in matter.media if not media.name),
    }


def same_name(one: str, other: str) -> bool:
    """Names alike but for marks of writing direction and case."""
    return _bare(one) == _bare(other)


def _bare(name: str) -> str:
    composed = unicodedata.normalize("NFC", name)
    return "".join(c for c in composed if unicodedata.category(c) != "Cf").strip().casefold()
