"""Composition root: the only place that names adapters, and joins them."""

from daemon.app.app import STEPS as STEPS
from daemon.app.app import App as App
from daemon.app.app import Clock as Clock
from daemon.app.app import Tally as Tally
from daemon.app.app import wall_clock as wall_clock
