"""What a request works on: the working copy of a book's state, and what it may ask of the book."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from random import Random
from typing import TypeAlias

from tests.sheets_server.book.model import Json, Refused
from tests.sheets_server.book.state import State
from tests.sheets_server.book.view import View


@dataclass
class Change:
    state: State
    random: Random
    now: Callable[[], float]

    @property
    def view(self) -> View:
        """The state as it stands now, ready to be read."""
        return View(self.state, self.now())

    def new_id(self, taken: Iterable[int]) -> int:
        used = set(taken)
        while True:
            number = self.random.randrange(1, 2**31 - 1)
            if number not in used:
                return number


Handler: TypeAlias = Callable[[Change, Json], Json | None]


def needed(body: Json, name: str) -> Json:
    value = body.get(name)
    if not isinstance(value, dict):
        raise Refused(f"{name} is required")
    return value
