"""A liaison asks back instead of answering: a clerk writes the answer beside the question in ``İnceleme``, and it goes
to who asked, as a reply to that mail, once.

The question itself changes nothing: the request stays with its directorate, and its clock runs on.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from daemon.domain import decision
from daemon.domain.decision import Outcome
from daemon.domain.notice import Notice, Occasion
from daemon.domain.request import Entry, Request
from daemon.domain.review import Review
from daemon.domain.text import one_line

REASON = (
    "İrtibat personeli bilgi istiyor; yanıtınızı Not sütununa yazıp Karar’dan Gereği yapıldı’yı seçiniz, "
    "yanıt kendisine e-posta ile gönderilir."
)
UNANSWERED = "Kapatıldı; Not boş olduğundan yanıt gönderilmedi"
"""What stands in a line whose decision came without words; they may still follow."""
_EVENT = "question-"
_ANSWERED = "answered"


def event_of(mail: str) -> str:
    """Names the question that a mail asks; ``mail`` is unique to it."""
    return f"{_EVENT}{mail}"


def is_question(review: Review) -> bool:
    return review.key.startswith(f"{review.number}/{_EVENT}")


def remembered(outcome: Outcome, message_id: str) -> Outcome:
    """The question's entry in the history knows the mail that the answer will reply to."""
    first, *others = outcome.entries
    asked = outcome.reviews[0].key
    known = {**first.data, "question": asked, "message_id": message_id}
    return replace(outcome, entries=(replace(first, data=known), *others))


def is_answered(review: Review, history: Iterable[Entry]) -> bool:
    return any(e.kind == _ANSWERED and e.data.get("question") == review.key for e in history)


def answer(
    review: Review, request: Request, words: str, history: Iterable[Entry], *, now: datetime, actor: str
) -> Outcome:
    """What a clerk wrote goes to who asked. ``history`` is the request's: it knows the mail that is answered."""
    asked_in = (
        str(entry.data.get("message_id", "")) for entry in history if entry.data.get("question") == review.key
    )
    notice = Notice(
        key=f"{request.number}/{Occasion.LIAISON_ANSWER}/{review.key.rpartition('/')[2]}",
        occasion=Occasion.LIAISON_ANSWER,
        recipient=review.sender,
        about=(request.number,),
        facts={"words": words, "question": review.read},
        in_reply_to=next(asked_in, ""),
    )
    text = f"İrtibat personelinin sorusu yanıtlandı ({review.sender}): “{one_line(words, 500)}”"
    line = decision.entry(request, _ANSWERED, text, now, actor=actor, question=review.key)
    return Outcome(entries=(line,), notices=(notice,))
