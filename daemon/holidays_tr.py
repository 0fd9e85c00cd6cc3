"""Türkiye's statutory days off (Law 2429), from the ``holidays`` package, with their Turkish names.

Two objects, public and half-day: with both categories in one, half days would vanish behind full ones.
Islamic dates are confirmed to 2032; later ones are estimates, named "(tahmini)".
"""

import importlib.util
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

from daemon.domain.deadline import DaysOff


def days_off(year: int) -> DaysOff:
    """Full and half days off of one year; none before 1936, the first year that the package knows."""
    return DaysOff(full=_named("public", year), half=_named("half_day", year))


def _named(category: str, year: int) -> dict[Any, str]:
    found = _country()(years=year, categories=(category,), language="tr")
    return {day: _plain(name) for day, name in found.items()}


def _plain(name: str) -> str:
    """``Kurban Bayramı (saat 13.00'ten)`` is what everybody calls its eve."""
    return unicodedata.normalize("NFC", name).replace(" (saat 13.00'ten)", " arifesi")


@cache
def _country() -> Any:
    """The package's class for Türkiye.

    Loaded from its file, because importing it by name loads all 250 countries: half a second and 8 MB for
    each of our processes (measured with 0.109).
    """
    import holidays

    file = Path(holidays.__file__).with_name("countries") / "turkey.py"
    spec = importlib.util.spec_from_file_location("holidays_turkey", file)
    if not file.is_file() or spec is None or spec.loader is None:
        return holidays.country_holidays("TR").__class__
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.Turkey
