"""Exported conversations ("Sohbeti dışa aktar") that the office's staff mail or hand in become requests.

An export holds everything since the beginning, so most of it has been seen: only what is new counts. What a headman
asked becomes a request of that minute; what was added to an earlier one goes there; whom nobody knows and what nobody
heard a person decides.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from daemon.domain import chat_wording, decision
from daemon.domain.chat_identity import ASKED, Known, identities_of
from daemon.domain.chat_matters import Matter, Need
from daemon.domain.chat_people import People, Person, Side
from daemon.domain.chat_plan import Addition, ChatPlan, plan_chat
from daemon.domain.chat_words import MediaSort
from daemon.domain.clock import day_of
from daemon.domain.decision import DAEMON, NOTHING, Outcome, Submission
from daemon.domain.errors import Unprocessable
from daemon.domain.mail import Attachment
from daemon.domain.registry import Neighbourhood
from daemon.domain.request import Entry, Request
from daemon.domain.review import Review
from daemon.domain.text import one_line
from daemon.ports import Files, OpenExport, PhotoFacts, ReadPhoto
from daemon.steps.case import Case, Ruled
from daemon.steps.exports import CHANNELS, Read, files_of, read_exports, router_for, same_name
from daemon.steps.forms import photo_line

MOST_REQUESTS = 300
"""More new requests in one export are a mistake: the wrong file, the wrong dates."""
MOST_LOOKS = 5
"""So many pictures without a word get a line of ``İnceleme`` each; more share one."""
_COLLEAGUES = "chats.colleagues"
"""Note in the ledger on the names under which the office itself writes, a line each."""
_MOST_COLLEAGUES = 100
_NOT_TAKEN = frozenset({MediaSort.STICKER})
NOT_THEIRS = "Muhtar kendi sohbetinin dışa aktarımını göndermiş; kayıt için ofis personeli karar vermelidir."


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
        found, faults = read_exports(
            files_of(mail), self._open_export, until=day_of(case.now), subject=mail.subject
        )
        if not found and not faults:
            return None
        outcome = NOTHING
        for read in found:
            outcome = _Desk(self, case, read, hint, outcome).decide()
        reviews = tuple(self._unopened(case, file, fault) for file, fault in faults)
        said = "; ".join(entry.text for entry in outcome.entries if entry.kind == "chat")
        return Ruled(outcome + Outcome(reviews=reviews), reason=said)

    def _unopened(self, case: Case, file: Attachment, fault: Unprocessable) -> Review:
        return Review(
            key=f"mail/{case.event}/{file.content_hash[:12]}",
            opened_at=case.now,
            reason=fault.reason,
            arrival_id=case.stored.id,
            sender=str(case.sender),
            subject=one_line(case.reading.subject) or file.name,
            read=file.name,
            link=self._files.keep(file.name, file.data),
        )

    def keep(self, read: Read, case: Case, name: str) -> tuple[str, PhotoFacts | None]:
        """Store a file that a message names, from the archive or beside the text; ``""`` when it did not come."""
        data = read.export.file(name)
        if data is None:
            beside = (file for file in files_of(case.box.mail) if same_name(file.name, name))
            data = next((file.data for file in beside), None)
        return (self._files.keep(name, data), self._read_photo(data)) if data else ("", None)

    def original(self, file: Attachment) -> str:
        return self._files.keep(file.name, file.data)


@dataclass
class _Kept:
    """The files of a matter: where they lie, where they were taken, and what did not come along."""

    paths: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    missing: list[MediaSort] = field(default_factory=list)


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
        self._has_files: dict[int, bool] = {}
        self._additions = 0

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
            route=router_for(case.office, self._channel),
            now=case.now,
        )
        if len(plan.fresh) > MOST_REQUESTS:
            reason = (
                f"Sohbette {len(plan.fresh)} yeni talep göründü; bu kadarı kendiliğinden kaydedilmez. "
                "Dosyayı ve tarihlerini denetleyiniz."
            )
            return self._outcome + Outcome(reviews=(self._about_file(reason),))
        self._enter(plan)
        self._add(plan)
        self._ask(plan)
        self._remark(plan)
        case.tx.keep_chat_records(plan.known.records_for(plan.talk, ""), case.stored.id)
        self._outcome += Outcome(entries=(self._summary(plan, people),))
        if not any(person.side is not Side.OFFICE for person in people.values()):
            reason = "Sohbette muhtarın mesajı bulunamadı; dosyaya bakınız."
            self._outcome += Outcome(reviews=(self._about_file(reason),))
        return self._outcome

    def _people(self) -> dict[str, Person]:
        """Whoever writes to a headman alone is the office: his name is remembered for the groups."""
        case, chat = self._case, self._read.chat
        known = case.tx.note(_COLLEAGUES).splitlines()
        people = People(case.office.registry, (case.box.mail.sender.name, *known)).of(chat, hint=self._hint)
        if not chat.is_group and any(person.side is Side.HEADMAN for person in people.values()):
            new = [n for n, each in people.items() if each.side is Side.OFFICE and n not in known]
            if new:
                case.tx.set_note(_COLLEAGUES, "\n".join([*known, *new][-_MOST_COLLEAGUES:]))
        return people

    # --- requests -------------------------------------------------------------------------------------

    def _enter(self, plan: ChatPlan) -> None:
        case = self._case
        year = day_of(case.now).year
        entered = []
        voices: list[Matter] = []
        for fresh in plan.fresh:
            matter = fresh.matter
            kept = self._keep(matter)
            route = matter.route or chat_wording.unheard(matter)
            lines = (route.text, *chat_wording.lines_of(matter, kept.missing), *kept.lines)
            number = case.tx.next_number(year)
            entered.append((self._submission(matter, kept), replace(route, text="\n".join(lines)), number))
            self._remember(plan, matter, number)
            if matter.route and any(media.sort is MediaSort.VOICE for media in matter.media):
                voices.append(matter)
        outcome = decision.receive_each(entered, office=case.office, now=case.now)
        by_place = {
            fresh.matter.places: request for fresh, request in zip(plan.fresh, outcome.added, strict=True)
        }
        listen = tuple(
            decision.ask(
                by_place[matter.places],
                "voice",
                "Talebe ekli sesli mesaj var; lütfen dinleyip gerekirse Not’a yazınız, sonra “Gereği yapıldı” seçiniz.",
                case.now,
            )
            for matter in voices
        )
        self._outcome += outcome + Outcome(reviews=listen)

    def _submission(self, matter: Matter, kept: _Kept) -> Submission:
        place = matter.person.place
        assert place is not None, "only a headman's matter becomes a request"
        return Submission(
            channel=self._channel,
            received_at=min(matter.at, self._case.now),
            neighbourhood=place.name,
            headman=place.headman.name,
            headman_email=next(iter(place.headman.emails), ""),
            attachments=tuple(dict.fromkeys(kept.paths)),
            entered_by=self._case.sender.email or DAEMON,
        )

    def _keep(self, matter: Matter) -> _Kept:
        kept = _Kept()
        for index, message in matter.members:
            for media in message.media:
                if media.sort in _NOT_TAKEN:
                    continue
                path, facts = (
                    self._chats.keep(self._read, self._case, media.name) if media.name else ("", None)
                )
                self._has_files[index] = bool(path) and self._has_files.get(index, True)
                if not path:
                    kept.missing.append(media.sort)
                    continue
                kept.paths.append(path)
                if facts:
                    kept.lines.append(photo_line(media.name, facts))
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

    def _added(self, request: Request, addition: Addition, kept: _Kept, known: Known) -> Outcome:
        matter, case = addition.matter, self._case
        fresh = [path for path in kept.paths if path not in request.attachments]
        words = chat_wording.words_of(matter)
        lines = [words, *chat_wording.lines_of(matter, kept.missing), *kept.lines]
        said = " ".join(line for line in lines if line) or chat_wording.shown(matter)
        if not words and not fresh and not any(message.place for _, message in matter.members):
            return NOTHING
        text = f"{matter.person.name} ({self._channel.value}): {one_line(said, 450)}"
        changed = replace(request, attachments=(*request.attachments, *fresh))
        outcome = decision.note(changed, text, case.now, actor=case.sender.email, kind="chat-added")
        if request.is_open:
            return outcome
        reason = "Kapatılmış talep hakkında sohbette yeni bir mesaj var; yeniden açılması gerekebilir."
        event = f"chat-{known.key_of(matter.places[0])}"
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
                entry = decision.entry(request, "chat-changed", text, self._case.now, actor=DAEMON)
                self._outcome += Outcome(entries=(entry,))

    # --- what a person decides ------------------------------------------------------------------------

    def _ask(self, plan: ChatPlan) -> None:
        matters = [question.matter for question in plan.questions]
        looks = [m for m in matters if m.need is Need.LOOK]
        shared = looks if len(looks) > MOST_LOOKS else []
        reviews = [self._question(m, plan.known) for m in matters if m not in shared]
        if shared:
            reason = "Sohbette yazısız gönderilmiş fotoğraf veya dosyalar var; talep olup olmadığına bakınız."
            reviews.append(self._together(shared, reason, plan.known))
        if plan.old:
            reason = (
                "Sohbette üç aydan eski talepler var; süreleri geçmiş sayılacağından kendiliğinden kaydedilmedi. "
                "Hâlâ geçerli olanları “Yeni Talep” sayfasından giriniz."
            )
            reviews.append(self._together(plan.old, reason, plan.known))
        for matter in (*matters, *plan.old):
            self._remember(plan, matter, ASKED)
        self._outcome += Outcome(reviews=tuple(reviews))

    def _question(self, matter: Matter, known: Known) -> Review:
        kept = self._keep(matter)
        person, place = matter.person, matter.person.place
        guess = place or (person.guesses[0] if len(person.guesses) == 1 else None)
        lines = [chat_wording.words_of(matter) or chat_wording.shown(matter)]
        lines += [*chat_wording.lines_of(matter, kept.missing), *kept.lines]
        return Review(
            key=self._key(matter, known),
            opened_at=min(matter.at, self._case.now),
            reason=_LOOK if matter.need is Need.LOOK and place else _WHO.format(person.name),
            sender=person.name,
            neighbourhood=guess.name if guess else "",
            subject=matter.route.subject if matter.route else f"{self._channel.value}: {person.name}",
            read="\n".join(line for line in lines if line),
            guess=self._guess(matter),
            confidence=matter.route.confidence if matter.route else None,
            link=next(iter(kept.paths), "") or self._chats.original(self._read.file),
        )

    def _guess(self, matter: Matter) -> str:
        guesses = (
            chat_wording.guessed_places(matter.person),
            decision.guess_text(matter.route, self._case.office) if matter.route else "",
        )
        return "; ".join(guess for guess in guesses if guess)

    def _together(self, matters: Sequence[Matter], reason: str, known: Known) -> Review:
        title = self._read.chat.title
        return Review(
            key=f"{self._key(matters[0], known)}/list",
            opened_at=self._case.now,
            reason=reason,
            sender=title or str(self._case.sender),
            subject=f"{self._channel.value}: {title}" if title else self._channel.value,
            read=chat_wording.listed(matters),
            link=self._chats.original(self._read.file),
        )

    def _about_file(self, reason: str) -> Review:
        return Review(
            key=f"{self._channel.name.lower()}/{self._case.event}/{self._read.file.content_hash[:12]}",
            opened_at=self._case.now,
            reason=reason,
            sender=str(self._case.sender),
            subject=f"{self._channel.value}: {self._read.chat.title}",
            read=", ".join(self._read.chat.senders),
            link=self._chats.original(self._read.file),
        )

    def _key(self, matter: Matter, known: Known) -> str:
        return f"{self._channel.name.lower()}/{known.key_of(matter.places[0])}"

    def _summary(self, plan: ChatPlan, people: dict[str, Person]) -> Entry:
        chat = self._read.chat
        text = (
            f"{self._channel.value} sohbeti{f' ({chat.title})' if chat.title else ''}: "
            f"{plan.new_messages} yeni mesaj; {len(plan.fresh)} talep kaydedildi, "
            f"{self._additions} ek bilgi talebine işlendi, "
            f"{len(plan.questions) + len(plan.old)} konu bir kişinin kararını bekliyor."
        )
        return Entry(self._case.now, self._case.sender.email or DAEMON, "chat", text)


_LOOK = "Muhtar yazısız fotoğraf veya dosya göndermiş; talep olup olmadığına bakınız."
_WHO = "Sohbetteki “{}” kayıtlı bir muhtarla kesin olarak eşleşmedi; doğru mahalleyi seçerek kaydediniz."
