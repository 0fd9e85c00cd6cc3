"""The command line ``muhtarlik``. Help is Turkish; each theme has a module of its own."""

import gc
import logging

import click

from daemon import __version__
from daemon.cli.turkish import AllCommands, config_option, run
from daemon.late_log import prepared_by

HOMES = {
    "demo": "serve",
    "run": "serve",
    "once": "serve",
    "check": "look",
    "status": "look",
    "requests": "look",
    "show": "look",
    "held": "held",
    "due": "explain",
    "route": "explain",
    "reading": "reading",
    "form": "scans",
    "report": "report",
    "setup-sheets": "care",
    "ingest": "care",
    "audit": "care",
    "erase": "care",
    "backup": "care",
    "restore": "care",
    "migrate": "care",
}
"""Each command's module, in the order of the help page: it is loaded when its command is called."""

_MADE_BEFORE_A_LOOK = 50_000
"""So many new objects are made before Python looks for what hangs together and is no longer needed. What a command
loads stays until its end; looking through it every 700 objects took a sixth of the time that loading takes."""


@click.group(
    cls=AllCommands,
    homes={name: f"daemon.cli.{module}" for name, module in HOMES.items()},
    help="Muhtarlık İşleri Müdürlüğünün posta kutusunu, tablolarını ve mektuplarını yürüten program.",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
@click.version_option(__version__, "--version", prog_name="muhtarlik", help="Sürümü gösterir.")
@config_option
def muhtarlik() -> None:
    """Do nothing by itself: each command is one thing the office does."""


def main() -> None:
    """Entry point of the ``muhtarlik`` script. What goes wrong is logged to standard error, whatever the command."""
    gc.set_threshold(_MADE_BEFORE_A_LOOK)
    prepared_by(_log_to_stderr)
    try:
        run(muhtarlik)
    finally:
        gc.freeze()  # the system takes back what is left; to look through it first takes a fifth of a short command


def _log_to_stderr() -> None:
    from daemon.cli.logs import log_to_stderr

    log_to_stderr(level=logging.WARNING)
