"""The short form that staff mail, and what their photos say of the place."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from daemon.domain import entering, new_rows
from daemon.domain.alarm import alarm, tells_of_danger
from daemon.domain.chats import wording as chat_wording
from daemon.domain.clock import day_of
from daemon.domain.decision import DAEMON, NOTHING, Outcome
from daemon.domain.mail import Attachment
from daemon.domain.notice import Notice, Occasion
from daemon.domain.request import Channel
from daemon.domain.review import Origin, Review
from daemon.domain.sheet import INCELEME
from daemon.domain.structured.mail_form import BELOW, Form, completed, read_forms
from daemon.domain.structured.values import read_moment, received
from daemon.domain.text import fold, one_line
from daemon.ports.incoming import PhotoFacts, ReadPhoto
from daemon.steps.case import Case, Ruled

MOST_PHOTOS = 50
"""Photos of one mail whose positions are read."""


def photo_line(name: str, facts: PhotoFacts) -> str:
    """Where a photo was taken, as a line of the request's text."""
    what = f"{name}, {facts.taken}" if facts.taken else name
    return chat_wording.place_line((facts.latitude, facts.longitude), what=what)


def photo_lines(files: Iterable[Attachment], read_photo: ReadPhoto) -> list[str]:
    """A line for each photo that knows where it was taken."""
    read = ((file.name, read_photo(file.data)) for file in list(files)[:MOST_PHOTOS])
    return [photo_line(name, facts) for name, facts in read if facts]


def forms_in(case: Case) -> list[Form]:
    """The forms in a mail's words; what was taken for its signature is put back: the rest of one, or further forms."""
    reading = case.reading
    if reading.note:
        return [{"description": reading.text, **form} for form in read_forms(reading.note)]
    forms = read_forms(reading.text or reading.subject)
    written = f"{reading.text}\n\n{reading.signature}" if reading.quoted else case.box.mail.text
    whole = read_forms(written)
    if not forms:
        return [] if reading.quoted else [_below(full) for full in whole]
    if len(whole) < len(forms):
        return forms
    first = [{**_below(full), **form} for form, full in zip(forms, whole, strict=False)]
    return first + whole[len(forms) :]


def has_whole_form(case: Case) -> bool:
    """Whether a form that names its channel lacks nothing."""
    forms = (completed(form, case.office.registry) for form in forms_in(case) if "channel" in form)
    return any(not new_rows.missing_in(form, office=case.office) for form in forms)


def _below(full: Form) -> Form:
    return {BELOW if key == "phone" else key: value for key, value in full.items()}


def take_forms(case: Case, forms: Sequence[Form], origin: Origin, lines: Sequence[str]) -> Ruled:
    """Each form that lacks nothing becomes a request; of the others the sender is told what they lack."""
    outcome = NOTHING
    lacking: list[str] = []
    doubts: list[str] = []
    registry = case.office.registry
    for place, written in enumerate(forms, 1):
        dated, came = _dated(written, origin)
        form = completed(dated, registry)
        number = f"{place}. form: " if len(forms) > 1 else ""
        if lacks := new_rows.missing_in(form, office=case.office):
            lacking.append(f"{number}{lacks}")
            outcome += _ask(case, form, place, lacks)
            continue
        entered = _entered(case, form, came, lines)
        if doubt := new_rows.unregistered(form, entered.added[0], office=case.office):
            doubts.append(f"{number}{doubt}")
        outcome += entered
    if lacking:
        outcome += Outcome(notices=(_told(case, "form", _LACKING, (*lacking, _WAITS)),))
    if doubts:
        outcome += Outcome(notices=(_told(case, "form-doubts", _DOUBTFUL, doubts),))
    return Ruled(outcome, reason=" ".join(lacking))


_LACKING = "Gönderdiğiniz kısa formda eksik bilgi var"
_WAITS = "Talep İnceleme sayfasında bekliyor; oradan tamamlayabilir veya formu yeniden gönderebilirsiniz."
_DOUBTFUL = "Gönderdiğiniz kısa form kaydedildi; muhtar bilgisini denetleyiniz"


def _dated(form: Form, origin: Origin) -> tuple[Form, Origin]:
    """The day on which the headman called counts from; one that cannot be (ahead, far back) stays in the words."""
    written = form.get("date", "")
    rest = {key: value for key, value in form.items() if key != "date"}
    if not written:
        return rest, origin
    own = received(read_moment(written), origin.received_at)
    if own is None:
        said = f"{rest.get('description', '')}\nTarih: {written}"
        rest.setdefault(
            "subject", one_line(rest.get("description", ""), 80).rstrip(".")
        )  # no day in a subject
        return {**rest, "description": said.strip()}, origin
    same_day = day_of(own) == day_of(origin.received_at)
    return rest, origin if same_day else replace(origin, received_at=own)


def _entered(case: Case, form: Form, origin: Origin, lines: Sequence[str]) -> Outcome:
    number = case.tx.next_number(day_of(case.now).year)
    entered = new_rows.enter_row(
        form,
        number,
        office=case.office,
        now=case.now,
        origin=origin,
        actor=DAEMON if case.is_handed_in else case.box.mail.sender.email,
    )
    added = tuple(
        replace(request, description="\n".join((request.description, *lines))) for request in entered.added
    )
    return replace(entered, added=added)


def _ask(case: Case, form: Form, place: int, lacks: str) -> Outcome:
    """A person completes the form; danger in it does not wait for him."""
    review = _question(case, form, place, lacks)
    if not tells_of_danger(case.office, form.get("subject", ""), form.get("description", "")):
        return Outcome(reviews=(review,))
    facts = {
        "sender": review.sender,
        "subject": review.subject,
        "neighbourhood": review.neighbourhood,
        "headman": form.get("headman", ""),
        "words": review.read,
        "lacks": lacks,
        "sheet": INCELEME.title,
    }
    return Outcome(reviews=(review,), notices=alarm(case.office, f"{case.event}/form-{place}", facts))


def _question(case: Case, form: Form, place: int, lacks: str) -> Review:
    channel = next((c for c in Channel if fold(c.value) == fold(form.get("channel", ""))), None)
    source = channel.name.lower() if channel else "mail"
    text = form.get("description", "") or form.get("subject", "")
    route = case.office.router.route(subject=form.get("subject", ""), body=text).routes
    return Review(
        key=f"{source}/{case.event}/form-{place}",
        opened_at=case.now,
        reason=f"Personelin kısa formunda eksik bilgi var: {lacks}",
        arrival_id=case.stored.id,
        sender=case.sender_shown if case.is_handed_in else str(case.box.mail.sender),
        neighbourhood=form.get("neighbourhood", ""),
        subject=one_line(form.get("subject", "") or text, 80) or "(konusuz)",
        read=text or case.reading.text,
        guess=entering.guess_text(route[0], case.office) if route else "",
        confidence=route[0].confidence if route else None,
        link=case.box.files[0] if case.box.files else "",
    )


def _told(case: Case, key: str, title: str, lines: Sequence[str]) -> Notice:
    recipient = case.box.mail.sender.email
    return Notice(
        key=f"{Occasion.OFFICE_NOTICE}/{key}/{case.event}/{recipient}",
        occasion=Occasion.OFFICE_NOTICE,
        recipient=recipient,
        facts={"title": title, "lines": tuple(lines)},
        in_reply_to=case.box.mail.message_id,
    )
