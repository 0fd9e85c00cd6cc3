"""Calls to Google: time-outs, repeats, quotas, and errors that a clerk understands."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from daemon.domain.errors import ConfigurationError, MuhtarlikError, Temporary, Unprocessable
from daemon.sheets.google.calls import DRIVE, SHEETS, SPARE, Account, Bucket, Calls, Throttled
from tests.sheets_server.accounts import ServiceAccount
from tests.sheets_server.faults import Fault
from tests.sheets_server.server import SheetsServer

FIELDS = {"fields": "properties(title)"}


class Time:
    """A monotonic clock that sleeping puts forward."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def server() -> Iterator[SheetsServer]:
    with SheetsServer(quotas=None) as running:
        yield running


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def account(server: SheetsServer, tmp_path: Path) -> ServiceAccount:
    found = ServiceAccount.make(server)
    found.write(tmp_path / "key.json")
    return found


@pytest.fixture
def calls(server: SheetsServer, account: ServiceAccount, tmp_path: Path, time: Time) -> Calls:
    key = Account(tmp_path / "key.json", endpoint=server.url)
    return Calls(key, granted=5 + SPARE, monotonic=time, sleep=time.sleep, timeout=(1.0, 1.0))


@pytest.fixture
def sheet(server: SheetsServer, account: ServiceAccount) -> str:
    return server.add_spreadsheet("Fen İşleri Müdürlüğü", shared_with=[account.email])


def read(calls: Calls, sheet: str) -> str:
    return str(calls.read(f"{SHEETS}/{sheet}", FIELDS)["properties"]["title"])


def write(calls: Calls, sheet: str) -> None:
    calls.write(
        f"{SHEETS}/{sheet}:batchUpdate", {"requests": [{"addSheet": {"properties": {"title": "Yeni"}}}]}
    )


def titles(server: SheetsServer, sheet: str) -> list[str]:
    return [each["properties"]["title"] for each in server.books[sheet].resource()["sheets"]]


def test_a_spreadsheet_that_is_shared_is_read(calls: Calls, sheet: str) -> None:
    assert read(calls, sheet) == "Fen İşleri Müdürlüğü"


# --- errors -----------------------------------------------------------------------------------------------


def test_a_spreadsheet_that_is_not_shared_is_told_with_the_address_to_share_it_with(
    calls: Calls, server: SheetsServer, account: ServiceAccount
) -> None:
    with pytest.raises(Unprocessable) as refused:
        read(calls, server.add_spreadsheet("Özel"))
    assert account.email in refused.value.reason
    assert "paylaş" in refused.value.reason


def test_a_reader_is_told_that_it_must_be_an_editor(
    calls: Calls, server: SheetsServer, account: ServiceAccount
) -> None:
    sheet = server.add_spreadsheet("Fen", shared_with=[(account.email, "reader")])
    with pytest.raises(Unprocessable) as refused:
        write(calls, sheet)
    assert "düzenleyici" in refused.value.reason


def test_a_spreadsheet_that_does_not_exist_is_told(calls: Calls) -> None:
    with pytest.raises(Unprocessable) as refused:
        read(calls, "1" * 44)
    assert "bulunamadı" in refused.value.reason


@pytest.mark.parametrize(
    ("fault", "error", "word"),
    [
        (Fault("error", 403, kind="drive", reason="accessNotConfigured"), ConfigurationError, "etkinleştir"),
        (Fault("error", 403, kind="drive", reason="rateLimitExceeded"), Temporary, "çağrı sayısına"),
        (Fault("error", 429), Temporary, "çağrı sayısına"),
        (Fault("error", 500, times=3), Temporary, "ulaşılamıyor"),
        (Fault("error", 503, times=3), Temporary, "ulaşılamıyor"),
        (Fault("page", 502, times=3), Temporary, "ulaşılamıyor"),
        (Fault("cut_before", times=3), Temporary, "ulaşılamıyor"),
        (Fault("cut_after", times=3), Temporary, "ulaşılamıyor"),
        (Fault("latency", seconds=3, times=3), Temporary, "ulaşılamıyor"),
    ],
    ids=lambda value: f"{value.what}-{value.status}-{value.reason}" if isinstance(value, Fault) else None,
)
def test_every_failure_says_what_a_person_can_do(
    calls: Calls, server: SheetsServer, sheet: str, fault: Fault, error: type[MuhtarlikError], word: str
) -> None:
    server.faults.add(replace(fault, kind=fault.kind or "read"))
    with pytest.raises(error) as failed:
        _ = calls.drive(f"{DRIVE}/files") if fault.kind == "drive" else read(calls, sheet)
    assert word in failed.value.reason
    assert "\n" not in str(failed.value)


@pytest.mark.parametrize(
    ("spoil", "word"),
    [
        (lambda path: path.unlink(), "okunamıyor"),
        (lambda path: path.write_text("{"), "JSON"),
        (lambda path: path.write_text('{"installed": {}}'), "servis hesabı anahtarı değil"),
        (
            lambda path: path.write_text(json.dumps({**json.loads(path.read_text()), "private_key": "x"})),
            "servis hesabı",
        ),
    ],
    ids=["missing", "no JSON", "another kind of key", "a key that is none"],
)
def test_a_key_file_that_cannot_be_used_is_named(
    calls: Calls, sheet: str, tmp_path: Path, spoil: Callable[[Path], object], word: str
) -> None:
    spoil(tmp_path / "key.json")
    with pytest.raises(ConfigurationError) as refused:
        read(calls, sheet)
    assert word in refused.value.faults[0]
    assert "key.json" in refused.value.faults[0]


def test_an_account_that_google_no_longer_knows_is_told(
    calls: Calls, server: SheetsServer, account: ServiceAccount, sheet: str
) -> None:
    server.accounts.forget(account.email)
    with pytest.raises(ConfigurationError) as refused:
        read(calls, sheet)
    assert "servis hesabını kabul etmedi" in refused.value.reason


# --- repeats ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "fault", [Fault("error", 503), Fault("cut_after"), Fault("page", 502)], ids=lambda f: f.what
)
def test_a_read_that_failed_once_is_repeated(
    calls: Calls, server: SheetsServer, sheet: str, fault: Fault
) -> None:
    server.faults.add(replace(fault, kind="read"))
    assert read(calls, sheet)


@pytest.mark.parametrize("what", ["cut_after", "cut_before"])
def test_a_write_is_never_repeated(calls: Calls, server: SheetsServer, sheet: str, what: str) -> None:
    server.faults.add(Fault(what, kind="write"))  # type: ignore[arg-type]
    with pytest.raises(Temporary):
        write(calls, sheet)
    assert titles(server, sheet).count("Yeni") == (what == "cut_after")
    assert server.calls.writes == 1


# --- quotas -----------------------------------------------------------------------------------------------


def test_the_quota_is_kept_without_asking_google(
    calls: Calls, server: SheetsServer, sheet: str, time: Time
) -> None:
    for _ in range(5):
        read(calls, sheet)
    with pytest.raises(Throttled) as held:
        read(calls, sheet)
    assert server.calls.reads == 5
    assert held.value.retry_after == pytest.approx(60)
    time.sleep(60)
    assert read(calls, sheet)


def test_a_429_holds_back_every_call_for_as_long_as_google_wishes(
    calls: Calls, server: SheetsServer, sheet: str, time: Time
) -> None:
    server.faults.add(Fault("error", 429, kind="read", retry_after=30))
    with pytest.raises(Temporary) as refused:
        read(calls, sheet)
    assert refused.value.retry_after == 30
    time.sleep(29)
    with pytest.raises(Throttled):
        write(calls, sheet)
    time.sleep(2)
    write(calls, sheet)


def test_an_outage_does_not_let_every_spreadsheet_wait_for_the_same_time_out(
    calls: Calls, server: SheetsServer, sheet: str, time: Time
) -> None:
    server.faults.add(Fault("error", 503, kind="read", times=0))
    with pytest.raises(Temporary):
        read(calls, sheet)
    asked = server.calls.reads
    with pytest.raises(Throttled) as held:
        read(calls, sheet)
    assert "ulaşılamıyor" in held.value.reason
    assert server.calls.reads == asked
    server.faults.clear()
    time.sleep(200)
    assert read(calls, sheet)


def test_a_bucket_lets_through_its_limit_in_any_minute() -> None:
    bucket = Bucket(3)
    for at in (0.0, 10.0, 20.0):
        assert bucket.wait(at) == 0
        bucket.take(at)
    assert bucket.wait(30.0) == pytest.approx(30.0)
    assert bucket.wait(60.0) == 0
