"""The command line ``muhtarlik``. Help is Turkish; each theme has a module of its own."""

import logging

import click

from daemon import __version__
from daemon.cli import care, explain, look, scans, serve
from daemon.cli.opening import log_to_stderr
from daemon.cli.turkish import TurkishGroup, config_option, run


@click.group(
    cls=TurkishGroup,
    help="Muhtarlık İşleri Müdürlüğünün posta kutusunu, tablolarını ve mektuplarını yürüten program.",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
@click.version_option(__version__, "--version", prog_name="muhtarlik", help="Sürümü gösterir.")
@config_option
def muhtarlik() -> None:
    """Do nothing by itself: each command is one thing the office does."""


for command in (*serve.COMMANDS, *look.COMMANDS, *explain.COMMANDS, *scans.COMMANDS, *care.COMMANDS):
    muhtarlik.add_command(command)


def main() -> None:
    """Entry point of the ``muhtarlik`` script. What goes wrong is logged to standard error, whatever the command."""
    log_to_stderr(level=logging.WARNING)
    run(muhtarlik)
