"""The settings that a command works with."""

import click

from daemon.cli.turkish import config_of
from daemon.settings import Settings, example_settings, find_config, load_settings


def settings_of(ctx: click.Context) -> Settings:
    """The office's. Raises :class:`ConfigurationError` where there are none."""
    return load_settings(find_config(config_of(ctx)))


def settings_or_shipped(ctx: click.Context) -> Settings:
    """For commands that need no servers: without any settings those of the shipped example office."""
    chosen = config_of(ctx)
    path = find_config(chosen)
    return load_settings(path) if chosen is not None or path.exists() else example_settings()
