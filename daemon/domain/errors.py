"""Every error the daemon raises on purpose.

    MuhtarlikError
    ├── Temporary            try again later: network, lock, quota, full disk (exit code 75)
    ├── Unprocessable        this one input cannot be taken; it is held with a reason, the rest goes on
    └── ConfigurationError   the administrator must mend something (exit code 1)

An outside library's errors are translated in its adapter (``raise … from``). What is not in this tree
counts as temporary until the third failure.
"""


class MuhtarlikError(Exception):
    """Root of the tree. ``str(error)`` is one English line for the administrator's log.

    ``reason`` is one Turkish sentence for the clerk, shown in ``İnceleme`` and ``held``.
    """

    def __init__(self, message: str, *, reason: str = "") -> None:
        super().__init__(message)
        self.reason = reason or message


class Temporary(MuhtarlikError):
    """The same call may succeed later. ``retry_after`` is the server's own wish, in seconds."""

    def __init__(self, message: str, *, reason: str = "", retry_after: float | None = None) -> None:
        super().__init__(message, reason=reason)
        self.retry_after = retry_after


class Unprocessable(MuhtarlikError):
    """Trying again cannot help: a person must look at this input."""


class ConfigurationError(MuhtarlikError):
    """Settings, mappings, credentials or rights are wrong. ``faults`` lists all of them, one line each for the
    person at the command line. Of reason and faults, either stands for the other where only one is given."""

    def __init__(self, message: str, *, faults: tuple[str, ...] = (), reason: str = "") -> None:
        super().__init__(message, reason=reason or " ".join(faults[:1]))
        self.faults = faults or (self.reason,)
