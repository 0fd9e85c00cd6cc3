"""How long to wait before trying again: doubling pauses, spread out, never more than a ceiling."""

MOST_DOUBLINGS = 32


def backoff(attempt: int, *, first: float, most: float, jitter: float = 1.0) -> float:
    """Seconds to wait after the ``attempt``-th failure in a row (1, 2, …).

    Doubles from ``first`` up to ``most``. ``jitter`` is a random number from 0 to 1 that the caller draws:
    the pause lies between half of the full one (0) and all of it (1), so that clients return one by one.
    """
    full = min(most, first * 2.0 ** min(max(attempt, 1) - 1, MOST_DOUBLINGS))
    return full / 2 + full / 2 * jitter
