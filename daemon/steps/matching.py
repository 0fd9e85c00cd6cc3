"""Which request a mail is about: by what it answers, then by what it carries, then by what it names."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from daemon.domain import token
from daemon.domain.answers.naming import Naming, read_naming
from daemon.domain.answers.replies import Party, party_of
from daemon.domain.clock import day_of
from daemon.domain.reading import Kind, Meaning
from daemon.domain.request import AND_MORE, Request
from daemon.domain.text import fold
from daemon.steps.case import Case

MOST_REFERENCES = 50
_LONGEST_QUOTATION = 40_000
_FORWARDED = "forwarded/"
_SEVERAL = re.compile(AND_MORE.format(r"\d+"))

OpenReference = Callable[[str, Iterable[str], date], str | None]
"""Turns a signed reference and its bearers into a request number."""


class Matching:
    """Finds the request that a mail is about."""

    def __init__(self, open_reference: OpenReference) -> None:
        self._open_reference = open_reference

    def answered(self, case: Case) -> list[str]:
        """The requests that the answered letter is about: by its Message-ID, else by signed references.

        A daily letter carries a reference in every button, and mail programs quote them all: then it is not
        the first one that is meant.
        """
        mail = case.box.mail
        known = case.tx.requests_of_message(mail.in_reply_to) or case.tx.requests_of_message(mail.references)
        if known:
            return known
        headers = token.written_in(" ".join((*mail.in_reply_to, *mail.references, mail.subject)))
        carried = headers or token.written_in(f"{mail.text[:_LONGEST_QUOTATION]}\n{mail.report}")
        bearers = (case.sender.email, mail.sender.email)
        opened = [self._open_reference(each, bearers, day_of(case.now)) for each in carried[:MOST_REFERENCES]]
        return list(dict.fromkeys(number for number in opened if number is not None))

    def request_of(self, case: Case, answered: Sequence[str]) -> Request | None:
        """By References, then the signed reference, then the number together with the sender; never by the
        number alone."""
        if len(answered) == 1:
            return case.tx.request(answered[0])
        named = case.reading.number
        if not named or (answered and named not in answered):
            return None
        chosen = _is_in_subject(case, named)
        if _is_of_several(case.box.mail.subject) if chosen else answered:
            return None  # the number is that of the first in a list, or stands in the list itself
        request = case.tx.request(named)
        return request if request is not None and _may_speak(case, request) else None

    def about(self, case: Case) -> str:
        """The number of the request that a mail is about; "" when that is none or cannot be told."""
        request = self.request_of(case, self.answered(case))
        return request.number if request else ""

    def brought_before(self, case: Case) -> list[str]:
        """Requests that this very mail has brought already: another copy of it came by another way.

        Some programs give all their mails one Message-ID, so its words must be the same too. A request that a
        colleague forwarded bears not his mail's Message-ID but is noted under it.
        """
        if case.mark and (noted := case.tx.note(_FORWARDED + case.mark)):
            return noted.split()
        message_id = case.box.mail.message_id
        known = case.tx.requests_numbered(case.tx.requests_of_message([message_id])) if message_id else []
        text = case.reading.text.split()
        return sorted(
            request.number
            for request in known
            if request.source_message_id == message_id and _is_part(request.description.split(), text)
        )

    def named_in_subject(self, case: Case) -> Request | None:
        """The one request that the subject names, whoever wrote it: enough to ask a person beside its row, and never
        enough to change it."""
        mail = case.box.mail
        subjects = [mail.subject, mail.forwarded.subject] if mail.forwarded else [mail.subject]
        numbers = {number for subject in subjects for number in read_naming(subject).numbers}
        if len(numbers) != 1 or any(_is_of_several(subject) for subject in subjects):
            return None
        return case.tx.request(numbers.pop())

    def remember_forwarded(self, case: Case, numbers: Sequence[str]) -> None:
        """Note what a forwarded mail has brought."""
        if case.box.mail.forwarded and case.mark:
            case.tx.set_note(_FORWARDED + case.mark, " ".join(numbers))

    def naming(self, case: Case, request: Request | None, answered: Sequence[str]) -> Naming:
        """The requests that the words name, where that says more than the answered letter does."""
        nothing = Naming()
        is_headman = case.office.registry.neighbourhood_of(case.sender.email) is not None
        heard = {Kind.REPLY} if is_headman else {Kind.REPLY, Kind.REQUEST}
        if case.reading.kind not in heard or case.reading.meaning is Meaning.STATUS:
            return nothing
        naming = read_naming(case.reading.text, answered)
        if request is not None and set(naming.numbers) <= {request.number}:
            return nothing
        if request is None and not answered:
            known = case.tx.requests_numbered(naming.numbers)
            return naming if any(_may_speak(case, each) for each in known) else nothing
        return naming


def _is_part(words: Sequence[str], text: Sequence[str]) -> bool:
    return " ".join(words) in " ".join(text)


def _may_speak(case: Case, request: Request) -> bool:
    party = party_of(case.sender.email, request, office=case.office, now=case.now)
    return party is not Party.STRANGER


def _is_of_several(subject: str) -> bool:
    """Whether it is the subject of a letter about several requests, which names the first and counts the rest."""
    return bool(_SEVERAL.search(fold(subject)))


def _is_in_subject(case: Case, number: str) -> bool:
    return number in read_naming(case.box.mail.subject).numbers
