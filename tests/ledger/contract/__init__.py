"""What every ledger promises, whatever database lies under it. Adapters' tests inherit this class."""

import pytest

from daemon.ledger.ledger import SqlLedger
from daemon.ports.records import RequestFilter
from tests.ledger.contract.arrivals import ArrivalContract, ChatContract
from tests.ledger.contract.letters import LetterContract
from tests.ledger.contract.requests import HistoryContract, RequestContract
from tests.ledger.contract.reviews import ReviewContract, TellingContract
from tests.ledger.contract.sheets import SheetContract
from tests.ledger.contract.upkeep import UpkeepContract
from tests.ledger.samples import NOW, arrival, entry, number, owed, request


class LedgerContract(
    ArrivalContract,
    ChatContract,
    RequestContract,
    HistoryContract,
    ReviewContract,
    TellingContract,
    LetterContract,
    SheetContract,
    UpkeepContract,
):
    def test_a_transaction_is_kept_whole_or_not_at_all(self, ledger: SqlLedger) -> None:
        with pytest.raises(KeyError), ledger.transaction() as tx:
            tx.add_request(request(1))
            tx.append_history([entry()])
            tx.owe([owed()], NOW)
            tx.keep_arrivals([arrival("a")], NOW)
            raise KeyError
        with ledger.view() as view:
            assert view.request(number(1)) is None
            assert view.history(number(1)) == []
            assert view.letters_waiting(NOW, 1) == []
            assert view.known_arrivals("imap", ["a"]) == set()
            assert view.revision() == 0
            assert view.verify_chain().head.entries == 0

    def test_a_view_sees_one_state_while_others_write(self, ledger: SqlLedger) -> None:
        with ledger.transaction() as tx:
            tx.add_request(request(1))
        with ledger.view() as view:
            assert len(view.requests(RequestFilter())) == 1
            with ledger.transaction() as tx:
                tx.add_request(request(2))
                with ledger.view() as within:
                    assert within.request(number(2)) is None
            assert len(view.requests(RequestFilter())) == 1
        with ledger.view() as view:
            assert len(view.requests(RequestFilter())) == 2
