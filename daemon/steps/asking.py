"""Questions for a person about what has opened no request: danger in them does not wait until he reads them."""

from daemon.domain.alarm import alarm_of
from daemon.domain.decision import Outcome
from daemon.domain.office import Office
from daemon.domain.review import Review


def alarming(office: Office, *reviews: Review) -> Outcome:
    """The questions, and the letters that danger in one of them asks for; those about a request bring none."""
    notices = (notice for review in reviews if not review.number for notice in alarm_of(office, review))
    return Outcome(reviews=reviews, notices=tuple(notices))
