"""The line between the daemon and its mail servers fails, at the worst moment each time."""

from collections import Counter
from datetime import timedelta

import pytest

from daemon.domain.errors import Temporary
from daemon.ports.records import RequestFilter
from tests.faults.conftest import FaultyOffice, at
from tests.office import ADDRESS

pytestmark = [pytest.mark.real, pytest.mark.timeout(300)]


def mute(proxy: object) -> object:
    return lambda: setattr(proxy, "muted", True)


def once(office: FaultyOffice) -> dict[str, object]:
    """All steps until nothing is left to do; the faults."""
    return dict(office.app.run_until_quiet().faults)


def heal(office: FaultyOffice) -> None:
    office.imap.heal()
    office.smtp.heal()
    office.now += timedelta(hours=5)
    office.turn()


def test_a_line_cut_before_a_mail_is_kept_leaves_it_in_the_inbox(office: FaultyOffice) -> None:
    office.asks()
    office.imap.cut_after = 5_000
    with at("intake/fetched", office.imap.cut):
        once(office)
    heal(office)
    office.holds_one_request()


def test_a_line_cut_before_a_mail_is_moved_moves_it_later(office: FaultyOffice) -> None:
    office.asks()
    with at("intake/moving", office.imap.cut):
        faults = once(office)
    assert isinstance(faults["intake"], Temporary)
    assert len(office.servers.mailbox(ADDRESS)) == 1
    heal(office)
    office.holds_one_request()


def test_a_move_whose_answer_never_came_moves_nothing_twice(office: FaultyOffice) -> None:
    office.writes(office.another_headman(), "Park", "Çocuk parkında salıncak kırık, onarılmasını arz ederim.")
    office.asks()
    with at("intake/moving", mute(office.imap)):
        faults = once(office)
    assert isinstance(faults["intake"], Temporary)
    assert office.servers.mailbox(ADDRESS) == [], "the server has done it"
    before = len(office.servers.mailbox(ADDRESS, "Islenenler"))
    heal(office)
    assert len(office.servers.mailbox(ADDRESS, "Islenenler")) == before
    with office.app.ledger.view() as view:
        assert view.unsettled_arrivals("imap") == []
        assert [r.number for r in view.requests(RequestFilter())] == ["MHT-2026-000001", "MHT-2026-000002"]


def test_an_inbox_that_no_longer_answers_is_given_up_and_the_letters_go_on(office: FaultyOffice) -> None:
    office.asks()
    office.turn()
    office.imap.stalled = True
    faults = once(office)
    assert isinstance(faults["intake"], Temporary)
    assert set(faults) == {"intake"}
    heal(office)
    office.holds_one_request()


def test_a_line_cut_before_a_letter_is_handed_over_sends_it_later_once(office: FaultyOffice) -> None:
    office.asks()
    with at("sending/handing-over", office.smtp.cut):
        faults = once(office)
    assert isinstance(faults["sending"], Temporary)
    heal(office)
    office.holds_one_request()
    letters = office.letters(office.headman) + office.letters(office.liaison)
    assert set(Counter(letter["Message-ID"] for letter in letters).values()) == {1}


def test_a_letter_whose_acceptance_was_never_heard_goes_again_as_the_same_letter(
    office: FaultyOffice,
) -> None:
    """SMTP's window: the only doubling there is, and mail programs show it once."""
    office.asks()
    with at("sending/handing-over", mute(office.smtp)):
        faults = once(office)
    assert isinstance(faults["sending"], Temporary)
    heal(office)
    office.holds_one_request()
    raws = [raw for user in (office.headman, office.liaison) for raw in office.servers.mailbox(user)]
    mine = [raw for raw in raws if any(message_id in raw for message_id in office.message_ids())]
    bodies = Counter(raw[raw.index(b"Message-ID") :] for raw in mine)
    assert [count for count in bodies.values() if count > 1] == [2], "the doubled one is the same to the byte"


def test_a_slow_line_is_no_fault(office: FaultyOffice) -> None:
    office.asks()
    office.imap.delay = office.smtp.delay = 0.05
    office.turn()
    office.holds_one_request()


def test_a_mail_server_that_is_away_is_waited_for(office: FaultyOffice) -> None:
    office.asks()
    office.servers.stop("postfix", kill=True)
    try:
        faults = once(office)
    finally:
        office.servers.start()
    assert isinstance(faults["sending"], Temporary)
    heal(office)
    office.holds_one_request()


class _PowerCut(BaseException):
    """As SIGKILL: nothing of the daemon gets to answer it."""


def _cut_power() -> None:
    raise _PowerCut


def test_a_daemon_that_dies_with_a_letter_in_its_hand_hands_it_over_at_its_next_start(
    office: FaultyOffice,
) -> None:
    office.asks()
    with pytest.raises(_PowerCut), at("sending/handing-over", _cut_power):
        once(office)
    office.reopen()
    office.turn()
    office.holds_one_request()
