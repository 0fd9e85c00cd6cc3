"""``mappings.yaml``: what the office's staff edit. It becomes one frozen value that replaces the one before.

text → ``tree`` (plain data with lines) → ``schema`` and ``relations`` (every fault) → ``values``.
"""

from daemon.mappings.file import MappingsFile as MappingsFile
from daemon.mappings.file import load_mappings as load_mappings
from daemon.mappings.values import Mappings as Mappings
from daemon.mappings.values import OfficeFacts as OfficeFacts
