"""A reminder pass over many open requests, spread over directorates and due dates, a tenth of them late."""

import json
import sys
import time
from datetime import date, timedelta
from pathlib import Path

from daemon.app import App
from daemon.domain.clock import istanbul
from daemon.domain.request import Channel, Request, Status, request_number
from daemon.settings import example_settings

TODAY = date(2026, 12, 9)


def main(folder: str, count: int) -> None:
    settings = example_settings(Path(folder))
    now = istanbul(TODAY, 9)
    with App.open(settings, lambda: now) as app:
        app.migrate()
        codes = [directorate.code for directorate in app.office.registry.directorates]
        received = istanbul(TODAY - timedelta(days=20), 9)
        with app.ledger.transaction() as tx:
            for n in range(count):
                tx.add_request(_request(n, codes[n % len(codes)], received))
        app.warm_up()
        started = time.perf_counter()
        letters = app.run_step("reminding")
        first = time.perf_counter() - started
        app.clock = lambda: istanbul(TODAY + timedelta(days=1), 9)
        started = time.perf_counter()
        app.run_step("reminding")
        second = time.perf_counter() - started
    print(
        json.dumps(
            {
                "open requests": count,
                "letters": letters,
                "seconds, first day": first,
                "seconds, next day": second,
            }
        )
    )


def _request(n: int, directorate: str, received: object) -> Request:
    due = TODAY + timedelta(days=n % 40 - 4)
    return Request(
        number=request_number(2026, n + 1),
        channel=Channel.EMAIL,
        status=Status.REFERRED,
        subject=f"Talep {n}",
        description="Asfalt yama yapılmasını arz ederim.",
        received_at=received,  # type: ignore[arg-type]
        due=due,
        neighbourhood="Atapark",
        directorate=directorate,
        referred_on=TODAY - timedelta(days=20),
        clock_event="referral-1",
    )


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
