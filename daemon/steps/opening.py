"""Opening a mail: what it is in itself, before anybody looks into the ledger.

Nothing is read but the mail and the office's registry, nothing is written. So it may be done ahead, in a process
beside this one, while the desk decides on the mails before it (:class:`Ahead`).
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

import structlog

from daemon.beside import Beside
from daemon.domain.errors import Unprocessable
from daemon.domain.mail import OVERSIZE, Arrival, Mail
from daemon.domain.office import Office
from daemon.domain.reading import Kind, Reading, is_reply, read_mail
from daemon.domain.registry import Registry
from daemon.domain.routing.named_category import by_name
from daemon.domain.routing.values import Nature, Routing
from daemon.ports.incoming import JudgeSender, ParseMail
from daemon.ports.records import StoredArrival
from daemon.steps.case import Case, Foreseen, Letterbox

LARGEST_AHEAD = 256 * 1024
"""Bytes of a mail that is worth sending back and forth."""
FIRST_SHARE = 36
"""Mails of a batch that the other process is asked for at first: three quarters of it."""
_NEVER_ROUTED = frozenset({Kind.BOUNCE, Kind.AUTO_REPLY, Kind.LIST, Kind.SPAM, Kind.EMPTY})
log = structlog.get_logger()


class Opening:
    """Parses a mail, judges its sender and reads its words."""

    def __init__(self, parse: ParseMail, judge: JudgeSender, is_mail: Callable[[bytes], bool] = bool) -> None:
        """``is_mail`` looks at a saved mail's first bytes."""
        self._parse = parse
        self._judge = judge
        self._is_mail = is_mail

    def open(self, arrival: Arrival, office: Office) -> Letterbox:
        """Raises :class:`Unprocessable` for what is no mail."""
        if arrival.name == OVERSIZE:
            raise Unprocessable(
                "mail too large to fetch",
                reason="İleti alınamayacak kadar büyük; aslı posta kutusunun “Bekleyenler” klasöründedir.",
            )
        if arrival.is_saved_mail and not self._is_mail(arrival.raw):
            raise Unprocessable(
                f"no mail by its first bytes ({len(arrival.raw)} bytes)",
                reason=f"{arrival.name}: dosya boş, bozuk ya da bir e-posta iletisi değil; açılamadı.",
            )
        mail = self._parse(arrival.raw)
        verdict = self._judge(mail, arrival.raw)
        return Letterbox(mail, verdict, _read(mail, office.registry))

    def open_each(self, arrivals: Sequence[Arrival], office: Office) -> list[Letterbox | None]:
        """With the route that will most likely be asked for; ``None`` for one that fails: it fails again, then, at
        its turn."""
        return [self._try(arrival, office) for arrival in arrivals]

    def _try(self, arrival: Arrival, office: Office) -> Letterbox | None:
        try:
            box = self.open(arrival, office)
            return replace(box, foreseen=foresee(box, office))
        except Exception as fault:  # whatever it is, its place is where the mail is read
            log.info("a mail cannot be opened ahead", why=type(fault).__name__)
            return None


def _read(mail: Mail, registry: Registry) -> Reading:
    """A sender without a display name gets the register's: his name below the words is then a signature."""
    name = mail.sender.name or registry.name_of(mail.sender.email)
    named = replace(mail, sender=replace(mail.sender, name=name)) if name != mail.sender.name else mail
    return read_mail(
        named,
        office_address=registry.office_address,
        is_staff=registry.is_staff,
        is_headman=registry.is_headman,
    )


def foresee(box: Letterbox, office: Office) -> Foreseen | None:
    """The route of a headman's new mail; of others the ledger decides what they are."""
    reading = box.reading
    if reading.kind in _NEVER_ROUTED or is_reply(box.mail):
        return None
    writer = reading.sender if reading.sender.email else box.mail.sender
    known = office.registry.neighbourhood_of(writer.email)
    if known is None:
        return None
    return Foreseen(reading.subject, reading.text, known.name, route(reading, known.name, office))


def route(reading: Reading, neighbourhood: str, office: Office) -> Routing:
    """As the words are weighed, or by the category that the mail names; what asks for nothing stays so."""
    subject, text = reading.subject, reading.text
    routing = office.router.route(subject=subject, body=text, neighbourhood=neighbourhood)
    if routing.nature is not Nature.REQUEST:
        return routing
    categories = office.router.categories
    return by_name(
        routing, (subject,), subject=subject, text=text, place=neighbourhood, categories=categories
    )


def route_of(case: Case, neighbourhood: str) -> Routing:
    """The route of a mail on the desk: as foreseen, if that is still what is asked."""
    foreseen = case.box.foreseen
    if foreseen is not None and foreseen.is_of(case.reading, neighbourhood):
        return foreseen.routing
    return route(case.reading, neighbourhood, case.office)


class Ahead:
    """Mails opened before their turn: some of each batch in the process beside this one, the rest here.

    How many follows who waits for whom, by one mail a batch. So both end at about the same time whatever the mails
    cost, and where there is but one core to run on, the other process is soon asked for next to nothing.
    """

    def __init__(
        self,
        opening: Opening,
        office: Office,
        beside: Beside[Sequence[Arrival], list[Letterbox | None]] | None = None,
    ) -> None:
        self._opening = opening
        self._office = office
        self._beside = beside
        self._share = FIRST_SHARE
        self._given: list[int] = []
        self._opened: dict[int, Letterbox] = {}

    def give(self, batch: Sequence[StoredArrival]) -> None:
        """Have a share of these opened, unless something else is under way."""
        if self._beside is None or self._given:
            return
        fit = [
            stored
            for stored in batch
            if not stored.attempts and not stored.fault and len(stored.arrival.raw) <= LARGEST_AHEAD
        ][: self._share]
        if fit and self._beside.give([stored.arrival for stored in fit]):
            self._given = [stored.id for stored in fit]

    def open(self, batch: Sequence[StoredArrival]) -> list[Letterbox]:
        """All of the batch, in its order; waits for what is under way. Raises what opening one of them raises."""
        there = {stored.id for stored in batch} & {*self._given, *self._opened}
        here = {
            stored.id: self._opening.open(stored.arrival, self._office)
            for stored in batch
            if stored.id not in there
        }
        if self._beside is not None and there.intersection(self._given):
            self._take(self._beside)
        return [
            here.get(stored.id)
            or self._opened.pop(stored.id, None)
            or self._opening.open(stored.arrival, self._office)
            for stored in batch
        ]

    def _take(self, beside: Beside[Sequence[Arrival], list[Letterbox | None]]) -> None:
        self._share = self._share + 1 if beside.ready() else max(1, self._share - 1)
        answers = beside.take() or [None] * len(self._given)
        self._opened = {n: box for n, box in zip(self._given, answers, strict=True) if box is not None}
        self._given = []
