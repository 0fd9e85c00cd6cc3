"""Waiting for mail in the selected folder: by IDLE (RFC 2177), where that is missing by a look now and then.

A wait ends at once when somebody interrupts it: a pipe is listened to beside the connection.
"""

import os
import select
import time
from contextlib import suppress

from daemon.mail.imap_session import ImapAccount
from daemon.mail.imap_wire import Connection

NEAR_SECONDS = 0.02
"""A server that answers faster stands in the same building: it may be asked often."""


class Waiting:
    """Waits on whichever connection is at hand. Only :meth:`interrupt` may come from anywhere."""

    def __init__(self, account: ImapAccount) -> None:
        self._account = account
        self._wake_reader, self._wake_writer = os.pipe()
        os.set_blocking(self._wake_writer, False)
        os.set_blocking(self._wake_reader, False)

    def interrupt(self) -> None:
        """End a wait now, or the next one at its beginning."""
        with suppress(BlockingIOError):  # it has been told often enough
            os.write(self._wake_writer, b"!")

    def close(self) -> None:
        for descriptor in (self._wake_reader, self._wake_writer):
            if descriptor >= 0:
                os.close(descriptor)
        self._wake_reader = self._wake_writer = -1

    def listen(self, connection: Connection, deadline: float) -> bool:
        """``True`` when something has come; ``False`` at ``deadline`` (monotonic seconds) or when interrupted."""
        connection.answer_all()
        if connection.has_news():
            return True
        if not self._account.idle or not connection.has_capability("IDLE"):
            return self._poll(connection, deadline)
        while (remaining := deadline - time.monotonic()) > 0:
            if connection.is_idling and self._idle_left(connection) <= 0:
                connection.stop_idle()  # its answer tells what has come, too
                if connection.has_news():
                    return True
            if not connection.is_idling and not connection.start_idle():
                return self._poll(connection, deadline)
            if connection.listen(min(remaining, self._idle_left(connection)), self._wake_reader):
                return True
            if self._was_interrupted():
                return False
        return False

    def _idle_left(self, connection: Connection) -> float:
        """Seconds until this IDLE is renewed: soon on a server next door, which costs it nothing.

        Dovecot tells of new mail only half a second to more than a second later, but at once when asked.
        """
        near = connection.round_trip < NEAR_SECONDS
        renew = self._account.nudge_seconds if near else self._account.renew_seconds
        return connection.idle_since + renew - time.monotonic()

    def _poll(self, connection: Connection, deadline: float) -> bool:
        while self.sleep(connection.next_look - time.monotonic(), deadline):
            connection.noop()
            connection.next_look = time.monotonic() + self._account.poll_seconds
            if connection.has_news():
                return True
        return False

    def sleep(self, seconds: float, deadline: float) -> bool:
        """Sleep; ``False`` when ``deadline`` (monotonic seconds) comes first or somebody interrupts."""
        remaining = deadline - time.monotonic()
        select.select([self._wake_reader], [], [], max(0.0, min(seconds, remaining)))
        return not self._was_interrupted() and seconds <= remaining

    def _was_interrupted(self) -> bool:
        try:
            return bool(os.read(self._wake_reader, 4096))
        except BlockingIOError:
            return False
