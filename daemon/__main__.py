"""``python -m daemon`` is the same as ``muhtarlik``."""

from daemon.cli import main

main()
