"""Quotas and scripted faults: what a client meets when Google is busy, slow, broken or behind the times."""

import time
from collections.abc import Callable
from typing import Any

import pytest
import requests

from tests.sheets_server.accounts import ServiceAccount
from tests.sheets_server.calls import Call
from tests.sheets_server.conftest import Ask, Clock
from tests.sheets_server.faults import Fault
from tests.sheets_server.quotas import Quotas
from tests.sheets_server.server import SheetsServer

Read = Callable[[], requests.Response]


@pytest.fixture
def sheet(server: SheetsServer, account: ServiceAccount) -> str:
    return server.add_spreadsheet("Talepler", shared_with=[account.email])


@pytest.fixture
def read(ask: Ask, sheet: str) -> Read:
    return lambda: ask("GET", f"/v4/spreadsheets/{sheet}/values/A1:B9")


def written(ask: Ask, sheet: str, text: str) -> requests.Response:
    path = f"/v4/spreadsheets/{sheet}/values/A1"
    return ask("PUT", path, params={"valueInputOption": "RAW"}, json={"values": [[text]]})


def test_the_sixty_first_read_of_a_minute_is_refused(server: SheetsServer, read: Read, clock: Clock) -> None:
    server.meter.quotas = Quotas(retry_after=30)
    assert [read().status_code for _ in range(60)] == [200] * 60
    refused = read()
    error = refused.json()["error"]
    assert (refused.status_code, error["status"]) == (429, "RESOURCE_EXHAUSTED")
    assert error["message"].startswith("Quota exceeded for quota metric 'Read requests'")
    assert error["details"][0]["metadata"]["quota_limit"] == "ReadRequestsPerMinutePerUser"
    assert refused.headers["Retry-After"] == "30"
    clock.forward(60)
    assert read().ok


def test_writes_count_apart_and_each_user_for_himself(
    server: SheetsServer, account: ServiceAccount, ask: Ask, sheet: str, read: Read
) -> None:
    server.meter.quotas = Quotas(user_reads=1, user_writes=1, project_reads=2)
    other = ServiceAccount.make(server, "yedek")
    server.share(sheet, other.email)
    assert read().ok
    assert written(ask, sheet, "x").ok
    assert (
        written(ask, sheet, "y")
        .json()["error"]["message"]
        .startswith("Quota exceeded for quota metric 'Write")
    )
    path = f"/v4/spreadsheets/{sheet}"
    assert ask("GET", path, who=other.email).ok
    third = ServiceAccount.make(server, "ucuncu")
    limit = ask("GET", path, who=third.email).json()["error"]["details"][0]["metadata"]["quota_limit"]
    assert limit == "ReadRequestsPerMinutePerProject"


def test_calls_are_counted_by_kind(server: SheetsServer, ask: Ask, sheet: str, read: Read) -> None:
    read()
    written(ask, sheet, "x")
    ask(
        "POST",
        f"/v4/spreadsheets/{sheet}/values:batchGetByDataFilter",
        json={"dataFilters": [{"a1Range": "A1"}]},
    )
    ask("GET", "/drive/v3/files")
    assert server.calls.counts() == {"read": 2, "write": 1, "drive": 1, "token": 0, "other": 0}
    assert [call.method.rpartition(".")[2] for call in server.calls] == [
        "get",
        "update",
        "batchGetByDataFilter",
        "list",
    ]
    server.calls.reset()
    assert (len(server.calls), server.calls.reads) == (0, 0)


@pytest.mark.parametrize("status", [401, 403, 404, 429, 500, 503])
def test_a_scripted_refusal_comes_once_and_changes_nothing(
    server: SheetsServer, ask: Ask, sheet: str, read: Read, status: int
) -> None:
    server.faults.fail(status, retry_after=7)
    answer = written(ask, sheet, "x")
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, status)
    assert answer.headers["Retry-After"] == "7"
    assert "values" not in read().json()


def test_a_bad_gateway_and_an_error_page_are_no_json(server: SheetsServer, read: Read) -> None:
    server.faults.fail(502)
    server.faults.add(Fault("page", 500))
    for status in (502, 500):
        answer = read()
        assert (answer.status_code, answer.headers["Content-Type"]) == (status, "text/html; charset=UTF-8")
    assert read().ok


def test_a_fault_waits_for_the_calls_that_it_fits(
    server: SheetsServer, ask: Ask, sheet: str, read: Read
) -> None:
    server.faults.fail(503, method="values.update", skip=1, times=2)
    assert read().ok
    assert [written(ask, sheet, "x").status_code for _ in range(4)] == [200, 503, 503, 200]
    server.faults.fail(500, kind="drive")
    server.faults.fail(500, path=r"values/A1:B9$", verb="GET")
    assert ask("GET", "/drive/v3/files").status_code == 500
    assert read().status_code == 500
    assert server.faults.waiting == ()


def test_drive_refuses_in_its_own_form(server: SheetsServer, ask: Ask) -> None:
    server.faults.fail(403, reason="userRateLimitExceeded")
    error = ask("GET", "/drive/v3/files").json()["error"]
    assert error["errors"][0]["domain"] == "usageLimits"


@pytest.mark.parametrize(("what", "arrived"), [("cut_before", False), ("cut_after", True)])
def test_a_cut_connection_leaves_it_open_whether_the_write_arrived(
    server: SheetsServer, ask: Ask, sheet: str, read: Read, what: Any, arrived: bool
) -> None:
    server.faults.add(Fault(what))
    with pytest.raises(requests.ConnectionError):
        written(ask, sheet, "x")
    assert ("values" in read().json()) is arrived


def test_a_refusal_may_come_although_the_write_arrived(
    server: SheetsServer, ask: Ask, sheet: str, read: Read
) -> None:
    server.faults.fail(503, after_effect=True)
    assert written(ask, sheet, "x").status_code == 503
    assert read().json()["values"] == [["x"]]


def test_a_slow_answer_outlasts_a_short_patience(server: SheetsServer, ask: Ask, sheet: str) -> None:
    path = f"{server.url}/v4/spreadsheets/{sheet}?access_token={server.token_for('mudur@ornek.bel.tr')}"
    server.faults.add(Fault("latency", seconds=0.6))
    with pytest.raises(requests.Timeout):
        requests.get(path, timeout=0.2)
    server.faults.add(Fault("slow_body", seconds=0.3))
    began = time.monotonic()
    assert requests.get(path, timeout=5).ok
    assert time.monotonic() - began >= 0.3


def test_a_stale_read_answers_what_was(server: SheetsServer, ask: Ask, sheet: str, read: Read) -> None:
    server.faults.add(Fault("stale", revisions=2, skip=1, kind="read"))
    for text in ("bir", "iki", "üç"):
        written(ask, sheet, text)
    assert read().json()["values"] == [["üç"]]
    assert read().json()["values"] == [["bir"]]
    assert read().json()["values"] == [["üç"]]


def test_a_person_may_act_between_two_calls(server: SheetsServer, ask: Ask, sheet: str, read: Read) -> None:
    def act(call: Call) -> None:
        if call.kind == "write":
            server.type_in(sheet, "A2", ["araya giren"])

    server.between = act
    assert "values" not in read().json()
    written(ask, sheet, "x")
    assert read().json()["values"] == [["x"], ["araya giren"]]
