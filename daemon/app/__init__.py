"""Composition root: the only place that names adapters, and joins them."""

from daemon.app.app import App as App
from daemon.app.app import Tally as Tally
from daemon.app.parts import Clock as Clock
from daemon.app.parts import wall_clock as wall_clock
from daemon.app.steps import STEPS as STEPS
