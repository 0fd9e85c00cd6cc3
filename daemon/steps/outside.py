"""What a stranger may be writing about: an external body answers without our number, of a request that lies with it."""

from daemon.domain.routing.values import Routing
from daemon.ports.records import RequestFilter
from daemon.steps.case import Case

_STRANGER = "Gönderen, kayıtlı bir muhtar değil."
_MOST_NAMED = 5


def reason_of_stranger(case: Case, routing: Routing) -> str:
    """Why a person decides (Turkish); the open requests that the mail may be an answer to are named."""
    bodies = {(route.external_body, route.neighbourhood) for route in routing.routes}
    meant = [
        request.number
        for body, place in sorted(bodies)
        if body and place
        for request in case.tx.requests(RequestFilter(open=True, neighbourhood=place))
        if request.external_body == body
    ]
    if not meant:
        return _STRANGER
    return f"{_STRANGER} {', '.join(meant[:_MOST_NAMED])} numaralı talep için kurumdan gelen yanıt olabilir."
