"""Mails that bring no request: a person sees them in ``İnceleme``, or they are only remembered."""

from collections.abc import Sequence

from daemon.domain import entering
from daemon.domain.alarm import alarm
from daemon.domain.decision import DAEMON, Outcome
from daemon.domain.request import Entry
from daemon.domain.review import SCAN_REVIEW, Review
from daemon.domain.text import one_line
from daemon.steps.case import Case, Ruled
from daemon.steps.opening import route_of


def ask_about_mail(case: Case, reason: str, neighbourhood: str) -> Ruled:
    """Nothing is dropped: a person sees it in ``İnceleme`` with the best guess beside it."""
    routing = route_of(case, neighbourhood)
    best = routing.routes[0] if routing.routes else None
    review = Review(
        key=f"{SCAN_REVIEW if case.is_handed_in else 'mail/'}{case.event}",
        opened_at=case.now,
        reason=reason,
        arrival_id=case.stored.id,
        sender=case.sender_shown,
        neighbourhood=neighbourhood or (best.neighbourhood if best else ""),
        subject=one_line(case.reading.subject) or "(konusuz)",
        read=case.reading.text or "(metin okunamadı)",
        guess=entering.guess_text(best, case.office) if best else "",
        confidence=best.confidence if best else None,
        link=case.box.files[0] if case.box.files else "",
    )
    danger = any(route.urgent for route in routing.routes)
    facts = {"sender": review.sender, "subject": review.subject, "words": review.read}
    notices = alarm(case.office, case.event, facts) if danger else ()
    return Ruled(Outcome(reviews=(review,), notices=notices), reason=reason)


def remember(case: Case, kind: str, text: str, *, number: str) -> Ruled:
    """It stands in the history alone, at the request ``number`` that it is about (at none: "")."""
    entry = Entry(case.now, case.actor, kind, text, number)
    return Ruled(Outcome(entries=(entry,)), reason=text)


def came_twice(case: Case, known: Sequence[str]) -> Ruled:
    """Another copy of it has brought the requests ``known`` already."""
    text = f"Aynı ileti ikinci kez geldi ({', '.join(known)}); yeniden kaydedilmedi."
    return Ruled(Outcome(entries=(Entry(case.now, DAEMON, "came-twice", text, known[0]),)), reason=text)
