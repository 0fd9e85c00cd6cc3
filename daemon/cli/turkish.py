"""click in Turkish: headings, usage errors and exit codes as the office's manual promises them.

Exit codes: 0 done, 1 a fault the user can mend, 2 wrong usage, 75 try again later (sysexits.h EX_TEMPFAIL).
"""

import re
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

import click
from click.formatting import HelpFormatter

from daemon.domain.errors import ConfigurationError, MuhtarlikError, Temporary
from daemon.late_log import make_ready

FAULT, USAGE, TRY_LATER = 1, 2, 75


class TurkishCommand(click.Command):
    """A command whose help page is Turkish."""

    def format_usage(self, ctx: click.Context, formatter: HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, _pieces(self, ctx), prefix="Kullanım: ")

    def format_options(self, ctx: click.Context, formatter: HelpFormatter) -> None:
        rows = [row for param in self.get_params(ctx) if (row := param.get_help_record(ctx))]
        if rows:
            with formatter.section("Seçenekler"):
                formatter.write_dl(rows)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return _in_turkish(super().get_help_option(ctx))


class TurkishGroup(click.Group):
    """A group of commands, listed under a Turkish heading as they were added."""

    command_class = TurkishCommand

    def format_usage(self, ctx: click.Context, formatter: HelpFormatter) -> None:
        pieces = "[SEÇENEKLER] [KOMUT …]" if self.invoke_without_command else "[SEÇENEKLER] KOMUT …"
        formatter.write_usage(ctx.command_path, pieces, prefix="Kullanım: ")

    def format_options(self, ctx: click.Context, formatter: HelpFormatter) -> None:
        rows = [row for param in self.get_params(ctx) if (row := param.get_help_record(ctx))]
        with formatter.section("Seçenekler"):
            formatter.write_dl(rows)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: HelpFormatter) -> None:
        commands = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        with formatter.section("Komutlar"):
            formatter.write_dl(
                [(name, c.get_short_help_str(90)) for name, c in commands if c and not c.hidden]
            )

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return _in_turkish(super().get_help_option(ctx))

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


class AllCommands(TurkishGroup):
    """The group of all commands.

    ``homes`` names each command's module, whose ``COMMANDS`` hold it. Only the module of the command that is called
    is loaded: the daemon's parts take longer to load than most commands take to run.
    """

    def __init__(self, *args: Any, homes: Mapping[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        self._homes = homes

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self._homes)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in self._homes and cmd_name not in self.commands:
            for command in import_module(self._homes[cmd_name]).COMMANDS:
                self.add_command(command)
            if "structlog" in sys.modules:
                make_ready()
        return super().get_command(ctx, cmd_name)


def _pieces(command: click.Command, ctx: click.Context) -> str:
    pieces = ["[SEÇENEKLER]"]
    for param in command.get_params(ctx):
        pieces.extend(param.get_usage_pieces(ctx))
    return " ".join(pieces)


def _in_turkish(option: click.Option | None) -> click.Option | None:
    if option is not None:
        option.help = "Bu yardımı gösterir."
    return option


def run(group: click.Group, arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line; every fault is one clear line (or one per fault), never a traceback."""
    try:
        code = group.main(arguments, standalone_mode=False)
    except click.UsageError as fault:
        _say(_usage_sentence(fault))
        _exit(USAGE)
    except click.exceptions.Abort:
        _exit(130)
    except click.ClickException as fault:
        _say(fault.format_message())
        _exit(FAULT)
    except ConfigurationError as fault:
        for line in fault.faults:
            _say(line)
        _exit(FAULT)
    except Temporary as fault:
        _say(fault.reason)
        _exit(TRY_LATER)
    except MuhtarlikError as fault:
        _say(fault.reason)
        _exit(FAULT)
    except BrokenPipeError:
        _exit(FAULT)
    _exit(code if isinstance(code, int) else 0)


def _exit(code: int) -> NoReturn:
    raise SystemExit(code)


def _say(line: str) -> None:
    click.echo(f"muhtarlik: {line}", err=True)


def _usage_sentence(fault: click.UsageError) -> str:
    advice = " Yardım için: muhtarlik --help"
    match fault:
        case click.NoSuchOption():
            near = (
                f" Şunu mu demek istediniz: {', '.join(fault.possibilities)}?" if fault.possibilities else ""
            )
            return f"“{fault.option_name}” diye bir seçenek yok.{near}{advice}"
        case click.MissingParameter():
            return f"Eksik: {_name_of(fault.param, fault.ctx)}.{advice}"
        case click.BadParameter():
            return f"{_name_of(fault.param, fault.ctx)}: geçersiz değer ({_in_words(fault.message)}).{advice}"
        case _ if fault.message.startswith("No such command"):
            return (
                f"Böyle bir komut yok: {fault.message.removeprefix('No such command ').rstrip('.')}.{advice}"
            )
        case _:
            return f"Yanlış kullanım: {_in_words(fault.message)}{advice}"


_CLICK_SAYS = (
    (r"(\S+) is not in the range (\d+)<=x<=(\d+)\.?", r"\1, \2 ile \3 arasında değil"),
    (r"(\S+) is not in the range x>=(\d+)\.?", r"\1, en az \2 olmalıdır"),
    (r"'(.*)' is not a valid integer(?: range)?\.?", r"“\1” bir tam sayı değil"),
    (r"Option '(.*)' requires an argument\.", r"\1 seçeneğinin değeri eksik."),
    (r"Got unexpected extra arguments? \((.*)\)", r"fazladan değer: \1."),
    (r"'(.*)': No such file or directory", r"“\1”: böyle bir dosya yok"),
    (r"'(.*)': Is a directory|\w+ '(.*)' is a directory\.?", r"“\1\2” bir klasör"),
    (r"'(.*)': Permission denied", r"“\1”: okuma izni yok"),
)
"""What click finds wrong (click/types.py, click/parser.py), and how it is said to the clerk."""


def _in_words(message: str) -> str:
    """A sentence of our own stays as it is."""
    for pattern, ours in _CLICK_SAYS:
        if found := re.fullmatch(pattern, message):
            return found.expand(ours)
    return message


def _name_of(param: click.Parameter | None, ctx: click.Context | None) -> str:
    """As the help page names it: ``--at``, ``TARİH``."""
    if isinstance(param, click.Option):
        return max(param.opts, key=len)
    return param.make_metavar(ctx) if param and ctx else ""


def config_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--config FILE``, which may stand before or after the command."""
    return click.option(
        "--config",
        "config",
        type=click.Path(path_type=Path, dir_okay=False),
        expose_value=False,
        callback=_remember_config,
        help="Ayar dosyası (yoksa $MUHTARLIK_CONFIG, o da yoksa /etc/muhtarlik/muhtarlik.toml).",
    )(command)


def _remember_config(ctx: click.Context, _param: click.Parameter, value: Path | None) -> None:
    if value is not None:
        ctx.find_root().meta["config"] = value


def config_of(ctx: click.Context) -> Path | None:
    """The ``--config`` that was given anywhere on the line, or ``None``."""
    found = ctx.find_root().meta.get("config")
    return found if isinstance(found, Path) else None
