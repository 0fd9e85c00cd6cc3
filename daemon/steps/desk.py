"""The desk: reads one mail in the light of the ledger and decides what it is for the office.

Policy, in order (first match decides):

===================================  ===============================================================
a bounce                             the address is marked, the office told; never answered
an automatic reply, our own letter   remembered; never a request, never answered
from the office's own address        ``İnceleme``: a colleague wrote from the shared mailbox
staff bring an exported chat         :mod:`daemon.steps.chats`; a headman's own export → ``İnceleme``
of a structured source, a list       :mod:`daemon.steps.structured` (also when a machine sent it)
matches a request                    a reply (:mod:`daemon.steps.replies`)
from a headman                       ``DURUM`` → status letter; thanks → remembered; else a request
staff's short form                   a request of the channel that it names (:mod:`daemon.steps.forms`)
forwarded or written by staff        a request of the headman in the forwarded part
list mail, spam                      held, listed by ``held``
anybody else                         ``İnceleme``, with the best guess
===================================  ===============================================================

This module says which way a mail goes; what the requests that it brings are is in :mod:`daemon.steps.new_requests`,
what is left of a mail without one in :mod:`daemon.steps.no_request`.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from daemon.domain.chats.lines import words_before
from daemon.domain.clock import day_of
from daemon.domain.decision import NOTHING, Outcome
from daemon.domain.impostor import suspect
from daemon.domain.mail import Arrival, Mail
from daemon.domain.office import Office
from daemon.domain.reading import Kind, Meaning
from daemon.domain.registry import same_address
from daemon.domain.structured.mail_form import place_named
from daemon.domain.structured.sources import Record
from daemon.ports.incoming import ReadMaterial, ReadPhoto
from daemon.ports.ledger import Transaction
from daemon.ports.records import StoredArrival
from daemon.steps import replies
from daemon.steps.bounces import Bounce, take_bounce
from daemon.steps.case import Case, Letterbox, Ruled
from daemon.steps.chats import CHAT_READ, NOT_THEIRS, Chats
from daemon.steps.exports import is_export
from daemon.steps.file_faults import with_file_faults
from daemon.steps.matching import Matching, OpenReference
from daemon.steps.new_requests import NewRequests
from daemon.steps.no_request import ask_about_mail, remember
from daemon.steps.opening import route_of
from daemon.steps.outside import reason_of_stranger, with_further_papers
from daemon.steps.structured import StructuredDesk, is_data
from daemon.steps.warning import warnings_about

LONGEST_NOTE = 20_000
"""Characters of a staff member's mail in which he may name a neighbourhood."""


class Desk:
    """Decides on mails. ``bounces`` finds the failed addresses of a delivery report, ``open_reference`` turns
    a signed reference and its bearers into a request number, ``receipt`` says when a mail counts as received,
    ``read`` opens what other systems attach.
    """

    def __init__(
        self,
        *,
        bounces: Callable[[Mail], Sequence[Bounce]],
        open_reference: OpenReference,
        receipt: Callable[[Arrival, datetime], datetime],
        chats: Chats,
        read_photo: ReadPhoto,
        read: ReadMaterial,
    ) -> None:
        self._bounces = bounces
        self._structured = StructuredDesk(read, receipt)
        self._matching = Matching(open_reference)
        self._new = NewRequests(matching=self._matching, receipt=receipt, read_photo=read_photo)
        self._chats = chats

    def told_by(self, box: Letterbox, office: Office) -> Record | None:
        """What a mail says as the record of another system, if it is one."""
        return self._structured.told_by(box, office)

    def decide(
        self,
        box: Letterbox,
        stored: StoredArrival,
        tx: Transaction,
        *,
        office: Office,
        now: datetime,
    ) -> Ruled:
        registry = office.registry
        reading = box.reading
        case = Case(box, reading, box.writer, stored, tx, office, now)
        own = same_address(case.sender.email) == same_address(registry.office_address)
        if reading.kind is not Kind.BOUNCE and not own and (taken := self._structured.take(case)):
            ruled = Ruled(taken.outcome, reason=taken.reason)
            return with_file_faults(case, ruled, but=lambda file: is_data(file.name))
        match case.reading.kind:
            case Kind.BOUNCE:
                return take_bounce(case, self._bounces(case.box.mail), number=self._matching.about(case))
            case Kind.AUTO_REPLY:
                return self._remember(case, "auto-reply", "Otomatik yanıt; işlem yapılmadı.")
            case _ if own:
                return self._take_own(case)
            case _:
                return with_file_faults(case, _with_warnings(case, self._take_mail(case)))

    def _take_own(self, case: Case) -> Ruled:
        """Our letter come back is nothing new; what a colleague wrote from the shared address a person sees."""
        if case.tx.letter_about(case.box.mail.message_id) is not None:
            return self._remember(case, "own-mail", "Kendi iletimiz geri geldi; işlem yapılmadı.")
        return ask_about_mail(case, "İleti ofisin kendi adresinden gönderilmiş; işlem yapılmadı.", "")

    def _remember(self, case: Case, kind: str, text: str) -> Ruled:
        return remember(case, kind, text, number=self._matching.about(case))

    def _take_mail(self, case: Case) -> Ruled:
        chat = self._take_chat(case)
        return chat if chat is not None else self._take_words(case)

    def _take_words(self, case: Case) -> Ruled:
        if self._new.is_form_of_staff(case):
            return self._new.from_staff(case)  # whatever letter it was written into
        known = case.office.registry.neighbourhood_of(case.sender.email)
        answered = self._matching.answered(case)
        request = self._matching.request_of(case, answered)
        naming = self._matching.naming(case, request, answered)
        if naming.numbers and (request is None or request.number in naming.numbers):
            return replies.take_several(case, naming, about=request.number if request else "")
        if request is not None and not replies.is_fresh_request(case, request, known):
            return replies.take_one(case, request, doubt=replies.other_numbers(request, naming))
        if len(answered) > 1 and case.reading.meaning not in {Meaning.STATUS, Meaning.THANKS}:
            return ask_about_mail(case, replies.which_of(answered), known.name if known else "")
        if request is not None and known is not None:
            return self._new.renew(case, request, known)
        if known is not None:
            return self._new.from_headman(case, known)
        if case.office.registry.is_staff(case.box.mail.sender.email):
            return self._new.from_staff(case)
        if case.reading.kind in {Kind.LIST, Kind.SPAM}:
            return Ruled(state="held", reason="Toplu veya istenmeyen e-posta görünüyor.")
        return self._from_stranger(case)

    def _take_chat(self, case: Case) -> Ruled | None:
        """An exported conversation, if there is one: only the office's own people may bring it."""
        mail, registry = case.box.mail, case.office.registry
        if registry.is_staff(mail.sender.email):
            if case.box.verdict.is_contradicted:
                return None
            note = words_before(
                mail.text[:LONGEST_NOTE]
            )  # a program may have put the conversation into the text
            ruled = self._chats.take(case, place_named(note, registry))
            return self._with_words(case, ruled) if ruled is not None else None
        known = registry.neighbourhood_of(case.sender.email)
        if known is None or not is_export(mail, case.now):
            return None
        return ask_about_mail(case, NOT_THEIRS, known.name)

    def _with_words(self, case: Case, chat: Ruled) -> Ruled:
        """A mail whose archive cannot be opened may say enough without it."""
        if any(entry.kind == CHAT_READ for entry in chat.outcome.entries):
            return replace(chat, outcome=chat.outcome + self._beside_chat(case))
        words = self._take_words(case)
        said = words.scans or words.outcome.added or words.outcome.changed or words.outcome.notices
        return replace(words, outcome=words.outcome + chat.outcome) if said else chat

    def _beside_chat(self, case: Case) -> Outcome:
        """What a staff member wrote beside an export may be a request of its own."""
        text = words_before(case.reading.text)
        if all(route.review for route in case.office.router.route(subject="", body=text).routes):
            return NOTHING
        reason = "Sohbet işlendi; iletinin kendi metni de bir talep olabilir."
        case = replace(case, reading=replace(case.reading, text=text))
        return ask_about_mail(case, reason, "").outcome

    def _from_stranger(self, case: Case) -> Ruled:
        if (about := self._matching.named_in_subject(case)) is not None:
            return replies.take_one(case, about)
        if any(case.office.registry.directorates_of(case.sender.email, day_of(case.now))):
            return ask_about_mail(case, "Müdürlükten gelen ileti bir talebe bağlanamadı.", "")
        if case.reading.kind is Kind.EMPTY:
            return ask_about_mail(case, "Boş ileti.", "")
        suspicion = suspect(case.sender, case.office.registry)
        reason = suspicion.reason if suspicion else reason_of_stranger(case, route_of(case, ""))
        return with_further_papers(case, ask_about_mail(case, reason, ""))


def _with_warnings(case: Case, ruled: Ruled) -> Ruled:
    """Whoever a held mail speaks for without proof is told."""
    if not ruled.outcome.reviews:
        return ruled
    return replace(ruled, outcome=ruled.outcome + Outcome(notices=warnings_about(case)))
