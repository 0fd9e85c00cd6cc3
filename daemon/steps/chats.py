"""Exported conversations ("Sohbeti dışa aktar") that the office's staff mail or hand in become requests.

An export holds everything since the beginning, so most of it has been seen: only what is new counts. What a headman
asked becomes a request of that minute; what was added to an earlier one goes there; whom nobody knows and what nobody
heard a person decides.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from daemon.domain import decision, entering
from daemon.domain.alarm import alarm_about
from daemon.domain.chats import wording as chat_wording
from daemon.domain.chats.identity import ASKED, Known, identities_of
from daemon.domain.chats.matters import Matter, Need
from daemon.domain.chats.people import People, Person, Side, is_called_after
from daemon.domain.chats.plan import Addition, ChatPlan, plan_chat
from daemon.domain.chats.words import MediaSort
from daemon.domain.clock import day_of
from daemon.domain.decision import DAEMON, NOTHING, Outcome
from daemon.domain.duplicates import MOST_COMPARED
from daemon.domain.entering import Submission
from daemon.domain.errors import Unprocessable
from daemon.domain.files.unopenable import FileFault, fault_of
from daemon.domain.mail import Attachment
from daemon.domain.registry import Neighbourhood
from daemon.domain.request import Entry, Request
from daemon.domain.review import Review
from daemon.domain.text import one_line
from daemon.ports.files import Files
from daemon.ports.incoming import OpenExport, PhotoFacts, ReadPhoto
from daemon.steps import chat_reviews
from daemon.steps.asking import alarming
from daemon.steps.case import Case, Ruled
from daemon.steps.chat_papers import ChatPapers
from daemon.steps.chat_reviews import ChatReviews, Kept
from daemon.steps.exports import (
    CHANNELS,
    Read,
    files_of,
    pasted_in,
    read_exports,
    router_for,
    same_name,
    unnamed_in,
)
from daemon.steps.file_faults import FILES, Told, question, tell_administrator
from daemon.steps.forms import photo_line

MOST_REQUESTS = 300
"""More new requests in one export are a mistake: the wrong file, the wrong dates."""
CHAT_READ = "chat"
"""Kind of the history's entry on an export that has been read."""
_COLLEAGUES = "chats.colleagues"
"""Note in the ledger on the names under which the office itself writes, a line each."""
_MOST_COLLEAGUES = 100
_NOT_TAKEN = frozenset({MediaSort.STICKER})
_LISTEN = "Talebe ekli sesli mesaj var; dinleyip gerekirse Not’a yazınız, sonra “Gereği yapıldı” seçiniz."
_LISTEN_THERE = (
    "Talebin sesli mesajı dışa aktarımda yer almıyor; telefondan dinleyip gerekirse Not’a yazınız veya sohbeti medya "
    "dosyalarıyla yeniden dışa aktarıp gönderiniz, sonra “Gereği yapıldı” seçiniz."
)
NOT_THEIRS = "Muhtar kendi sohbetinin dışa aktarımını göndermiş; kayıt için ofis personeli karar vermelidir."


@dataclass(frozen=True, slots=True)
class Brought:
    """A file that a message names: where it is kept (``""`` when it did not come), where it was taken, and why
    nobody can open it."""

    path: str = ""
    facts: PhotoFacts | None = None
    fault: FileFault | None = None


class Chats:
    """Takes the exports out of staff's mails."""

    def __init__(self, open_export: OpenExport, files: Files, read_photo: ReadPhoto) -> None:
        self._open_export = open_export
        self._files = files
        self._read_photo = read_photo

    def take(self, case: Case, hint: Neighbourhood | None) -> Ruled | None:
        """Decide on a staff member's mail; ``None`` when it brings no conversation. ``hint`` is the neighbourhood
        that he names in it. An archive that cannot be opened waits in ``İnceleme``."""
        mail = case.box.mail
        until = day_of(case.now)
        found, faults = read_exports(files_of(mail), self._open_export, until=until, subject=mail.subject)
        if not found and not faults:
            found, _ = read_exports(
                pasted_in(case.reading.text, mail.subject), self._open_export, until=until
            )
        if not found and not faults:
            return None
        outcome = NOTHING
        for read in found:
            outcome = _Desk(self, case, read, hint, outcome).decide()
        reviews = tuple(self._unopened(case, file, fault) for file, fault in faults)
        reviews += tuple(self._unnamed(case, read, left) for read, left in unnamed_in(found))
        said = "; ".join(entry.text for entry in outcome.entries if entry.kind == CHAT_READ)
        return Ruled(outcome + Outcome(reviews=reviews), reason=said)

    def _unopened(self, case: Case, file: Attachment, fault: Unprocessable) -> Review:
        return Review(
            key=f"mail/{case.event}/{file.content_hash[:12]}",
            opened_at=case.now,
            reason=fault.reason,
            arrival_id=case.stored.id,
            sender=case.sender_shown,
            subject=one_line(case.reading.subject) or file.name,
            read=file.name,
            link=self._files.keep(file.name, file.data),
        )

    def _unnamed(self, case: Case, read: Read, left: Sequence[str]) -> Review:
        return ChatReviews(case, read, self.original(read.file)).about_unnamed(left)

    def bytes_of(self, read: Read, case: Case, name: str) -> bytes:
        """A file that a message names, from the archive or beside the text; nothing where it did not come."""
        data = read.export.file(name)
        if data is None:
            beside = (file for file in files_of(case.box.mail) if same_name(file.name, name))
            data = next((file.data for file in beside), None)
        return data or b""

    def keep(self, read: Read, case: Case, name: str) -> Brought:
        """Store a file that a message names."""
        data = self.bytes_of(read, case, name)
        is_within = read.export.file(name) is not None  # of those beside the text the desk judges
        fault = fault_of(name, data) if data and is_within else None
        if not data:
            return Brought()
        return Brought(self._files.keep(name, data), None if fault else self._read_photo(data), fault)

    def original(self, file: Attachment) -> str:
        return self._files.keep(file.name, file.data)


class _Desk:
    """Decides on one conversation of a mail, after what the others before it have brought."""

    def __init__(
        self, chats: Chats, case: Case, read: Read, hint: Neighbourhood | None, before: Outcome
    ) -> None:
        self._chats = chats
        self._case = case
        self._read = read
        self._hint = hint
        self._outcome = before
        self._channel = CHANNELS[read.chat.app]
        self._reviews = ChatReviews(case, read, chats.original(read.file))
        self._has_files: dict[int, bool] = {}
        self._additions = 0
        self._taken = 0
        self._papers = ChatPapers(
            case.tx, self._channel, lambda name: chats.bytes_of(read, case, name), case.now
        )
        self._whys: list[str] = []

    def decide(self) -> Outcome:
        case, chat = self._case, self._read.chat
        people = self._people()
        identities = identities_of(chat, people)
        slots = list(dict.fromkeys(slot for each in identities.values() for _, slot in each.pairs))
        plan = plan_chat(
            chat,
            people,
            identities=identities,
            records=case.tx.chat_records(slots),
            route=router_for(case.office),
            now=case.now,
            open_of=self._open_of,
        )
        if len(plan.fresh) > MOST_REQUESTS:
            reason = (
                f"Sohbette {len(plan.fresh)} yeni talep göründü; bu kadarı kendiliğinden kaydedilmez. "
                "Dosyayı ve tarihlerini denetleyiniz."
            )
            return self._outcome + Outcome(reviews=(self._reviews.about_file(reason),))
        self._enter(plan)
        self._add(plan)
        self._ask(plan)
        self._remark(plan)
        if self._whys:
            tell_administrator(case.stored.id, self._whys)
        case.tx.keep_chat_records(plan.known.records_for(plan.talk, ""), case.stored.id)
        self._outcome += Outcome(entries=(self._summary(plan),))
        if chat.senders and not any(person.side is not Side.OFFICE for person in people.values()):
            reason = "Sohbette muhtarın mesajı bulunamadı; dosyaya bakınız."
            self._outcome += Outcome(reviews=(self._reviews.about_file(reason),))
        return self._outcome

    def _people(self) -> dict[str, Person]:
        """Whoever writes to a headman alone is the office: his name is remembered for the groups."""
        case, chat = self._case, self._read.chat
        known = case.tx.note(_COLLEAGUES).splitlines()
        people = People(case.office.registry, (case.box.mail.sender.name, *known)).of(chat, hint=self._hint)
        alone = any(p.side is Side.HEADMAN and is_called_after(chat, p.name) for p in people.values())
        if alone and not chat.is_group:
            new = [n for n, each in people.items() if each.side is Side.OFFICE and n not in known]
            if new:
                case.tx.set_note(_COLLEAGUES, "\n".join([*known, *new][-_MOST_COLLEAGUES:]))
        return people

    def _open_of(self, place: str) -> list[Request]:
        """With what this mail has brought already."""
        kept = self._case.tx.latest_open(place, "", MOST_COMPARED)
        found = self._case.tx.requests_numbered([each.number for each in kept])
        here = [each for each in self._outcome.added if each.neighbourhood == place]
        return sorted((*here, *found), key=lambda request: request.received_at, reverse=True)

    # --- requests -------------------------------------------------------------------------------------

    def _enter(self, plan: ChatPlan) -> None:
        case = self._case
        year = day_of(case.now).year
        entered = []
        faults: list[list[Told]] = []
        unheard: list[bool] = []
        fresh = [matter for matter in plan.fresh if not self._hand_over(plan, matter)]
        self._taken += len(plan.fresh) - len(fresh)
        for matter in fresh:
            kept = self._keep(matter)
            unheard.append(MediaSort.VOICE in kept.missing)
            route = matter.route or chat_wording.unheard(matter)
            lines = (route.text, *chat_wording.lines_of(matter, kept.missing), *kept.lines)
            number = case.tx.next_number(year)
            entered.append((self._submission(matter, kept), replace(route, text="\n".join(lines)), number))
            faults.append(kept.faults)
            self._remember(plan, matter, number)
            self._papers.read_beside(matter, plan.known.key_of(matter.places[0]), number)
        self._papers.hand_over_beside()
        outcome = entering.receive_each(entered, office=case.office, now=case.now)
        unopened = tuple(
            question(request, told, case.now)
            for told, request in zip(faults, outcome.added, strict=True)
            if told
        )
        listen = tuple(
            decision.ask(request, "voice", _LISTEN_THERE if left_out else _LISTEN, case.now)
            for matter, request, left_out in zip(fresh, outcome.added, unheard, strict=True)
            if matter.route and any(media.sort is MediaSort.VOICE for media in matter.media)
        )
        self._outcome += outcome + Outcome(reviews=listen + unopened)

    def _hand_over(self, plan: ChatPlan, matter: Matter) -> bool:
        """A petition that came without a word that says what is asked is for the scans' step; whether it was one."""
        taken = self._papers.take(matter, plan.known.key_of(matter.places[0]))
        if taken:
            self._remember(plan, matter, ASKED)
        return taken

    def _submission(self, matter: Matter, kept: Kept) -> Submission:
        place = matter.person.place
        assert place is not None, "only a headman's matter becomes a request"
        return Submission(
            channel=self._channel,
            received_at=min(matter.at, self._case.now),
            neighbourhood=place.name,
            headman=place.headman.name,
            headman_email=next(iter(place.headman.emails), ""),
            attachments=tuple(dict.fromkeys(kept.paths)),
            entered_by=self._case.actor,
        )

    def _keep(self, matter: Matter) -> Kept:
        kept = Kept()
        for index, message in matter.members:
            for media in message.media:
                if media.sort in _NOT_TAKEN:
                    continue
                brought = self._chats.keep(self._read, self._case, media.name) if media.name else Brought()
                self._has_files[index] = bool(brought.path) and self._has_files.get(index, True)
                if not brought.path:
                    kept.missing.append(media.sort)
                    continue
                kept.paths.append(brought.path)
                if brought.facts:
                    kept.lines.append(photo_line(media.name, brought.facts))
                if brought.fault:
                    kept.faults.append((media.name, brought.fault.told))
                    self._whys.append(brought.fault.why)
        return kept

    def _remember(self, plan: ChatPlan, matter: Matter, number: str) -> None:
        for index in matter.places:
            with_files = self._has_files.get(index, True)
            records = plan.known.records_for((index,), number, with_files=with_files)
            self._case.tx.keep_chat_records(records, self._case.stored.id)

    # --- what was said later --------------------------------------------------------------------------

    def _add(self, plan: ChatPlan) -> None:
        for addition in plan.additions:
            kept = self._keep(addition.matter)
            request = self._request(addition.number)
            if request is not None:
                added = self._added(request, addition, kept, plan.known)
                self._outcome += added
                self._additions += added != NOTHING
            self._remember(plan, addition.matter, addition.number)

    def _added(self, request: Request, addition: Addition, kept: Kept, known: Known) -> Outcome:
        matter, case = addition.matter, self._case
        fresh = [path for path in kept.paths if path not in request.attachments]
        words = chat_wording.words_of(matter)
        lines = [words, *chat_wording.lines_of(matter, kept.missing), *kept.lines]
        said = " ".join(line for line in lines if line) or chat_wording.shown(matter)
        if not words and not fresh and not any(message.place for _, message in matter.members):
            return NOTHING
        text = f"{matter.person.name} ({self._channel.value}): {one_line(said, 450)}"
        changed = replace(request, attachments=(*request.attachments, *fresh))
        outcome = decision.note(changed, text, case.now, actor=case.actor, kind="chat-added")
        event = f"chat-{known.key_of(matter.places[0])}"
        outcome += Outcome(notices=alarm_about(case.office, request, event, words))
        if fresh and kept.faults:
            of_files = f"{FILES}-{known.key_of(matter.places[0])}"
            asked = question(changed, kept.faults, case.now, event=of_files)
            outcome += Outcome(reviews=(asked,))
        if request.is_open:
            return outcome
        reason = "Kapatılmış talep hakkında sohbette yeni bir mesaj var; yeniden açılması gerekebilir."
        return outcome + Outcome(reviews=(decision.ask(request, event, reason, case.now, read=said),))

    def _request(self, number: str) -> Request | None:
        """As it stands after what this mail has already brought."""
        here = [r for r in (*self._outcome.added, *self._outcome.changed) if r.number == number]
        return here[-1] if here else self._case.tx.request(number)

    def _remark(self, plan: ChatPlan) -> None:
        for index, number in plan.changed:
            self._case.tx.keep_chat_records(plan.known.records_for((index,), number), self._case.stored.id)
        for remark in plan.remarks:
            request = self._request(remark.number)
            if request is not None:
                text = chat_wording.changed_later(remark.message)
                if (
                    remark.message.is_edited and request.is_open
                ):  # a corrected address concerns who does the work
                    self._outcome += decision.note(
                        request, text, self._case.now, actor=DAEMON, kind="chat-changed"
                    )
                    continue
                entry = decision.entry(request, "chat-changed", text, self._case.now, actor=DAEMON)
                self._outcome += Outcome(entries=(entry,))

    # --- what a person decides ------------------------------------------------------------------------

    def _ask(self, plan: ChatPlan) -> None:
        reviews: list[Review] = []
        urgent: list[Review] = []
        kinds: dict[str, list[Matter]] = {}
        for matter in plan.questions:
            kinds.setdefault(chat_reviews.MANY.get(matter.need, chat_reviews.MANY_STRANGERS), []).append(
                matter
            )
        for reason, asked in kinds.items():
            may_be_danger = urgent if asked[0].need is not Need.WITHDRAWN else reviews
            if len(asked) > chat_reviews.MOST_SINGLY:
                may_be_danger.append(self._reviews.together(asked, reason, plan.known))
            else:
                may_be_danger += self._singly(asked, plan)
        if plan.old:
            reviews.append(self._reviews.together(plan.old, chat_reviews.OLD, plan.known))
        for matter in (*plan.questions, *plan.old):
            self._remember(plan, matter, ASKED)
        self._outcome += Outcome(reviews=tuple(reviews)) + alarming(self._case.office, *urgent)

    def _singly(self, asked: Sequence[Matter], plan: ChatPlan) -> list[Review]:
        """A line each; a photograph is looked at first, whether it shows a petition."""
        lines = [(matter, self._reviews.about(matter, self._keep(matter), plan.known)) for matter in asked]
        return [
            line
            for matter, line in lines
            if matter.need is not Need.LOOK
            or not self._papers.look_at(matter, plan.known.key_of(matter.places[0]), line)
        ]

    def _summary(self, plan: ChatPlan) -> Entry:
        chat = self._read.chat
        text = (
            f"{self._channel.value} sohbeti{f' ({chat.title})' if chat.title else ''}: "
            f"{plan.new_messages} yeni mesaj; {len(plan.fresh) - self._taken} talep kaydedildi, "
            + (f"{self._taken} dilekçe okunmak üzere alındı, " if self._taken else "")
            + f"{self._additions} ek bilgi talebine işlendi, "
            f"{len(plan.questions) + len(plan.old)} konu bir kişinin kararını bekliyor."
        )
        return Entry(self._case.now, self._case.actor, CHAT_READ, text)
