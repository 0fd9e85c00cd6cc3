"""Türkiye's statutory days off (Law 2429), from the ``holidays`` package, with their Turkish names.

Two objects, public and half-day: with both categories in one, half days would vanish behind full ones.
"""

import unicodedata

from daemon.domain.deadline import DaysOff


def days_off(year: int) -> DaysOff:
    """Full and half days off of one year. Islamic dates after 2032 are estimates, named "(tahmini)"."""
    from holidays.constants import HALF_DAY, PUBLIC
    from holidays.countries.turkey import Turkey

    def named(category: str) -> dict:  # type: ignore[type-arg]
        found = Turkey(years=year, categories=(category,), language="tr")
        return {day: unicodedata.normalize("NFC", name) for day, name in found.items()}

    return DaysOff(full=named(PUBLIC), half=named(HALF_DAY))
