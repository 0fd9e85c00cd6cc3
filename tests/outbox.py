"""The letters of an outbox with their words, whether or not their turn to be sent has come."""

from datetime import datetime

from daemon.app import App
from daemon.domain.notice import Letter
from daemon.ports.records import StoredLetter


def worded(app: App, stored: StoredLetter) -> Letter:
    if stored.letter:
        return stored.letter
    assert stored.owed, f"{stored.key} has been erased"
    return app.word(stored.owed, stored.owed_at)


def send_all(app: App, now: datetime) -> None:
    """As if a server had taken all that waits."""
    with app.ledger.transaction() as tx:
        letters = {stored.id: worded(app, stored) for stored in tx.letters_waiting(now, 9_999)}
        tx.mark_sending(letters, now)
        for letter_id in letters:
            tx.mark_sent(letter_id, now)
