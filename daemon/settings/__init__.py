"""``muhtarlik.toml``: what the administrator sets, as one frozen value."""

from daemon.settings.file import DEFAULT_PATH as DEFAULT_PATH
from daemon.settings.file import VARIABLE as VARIABLE
from daemon.settings.file import example_settings as example_settings
from daemon.settings.file import find_config as find_config
from daemon.settings.file import load_settings as load_settings
from daemon.settings.file import mappings_named_in as mappings_named_in
from daemon.settings.sections import ImapSettings as ImapSettings
from daemon.settings.sections import Settings as Settings
from daemon.settings.sections import SmtpSettings as SmtpSettings
