"""Which locales and time zones a spreadsheet may have."""

import re
from collections.abc import Mapping
from functools import cache
from locale import locale_alias
from typing import Any
from zoneinfo import available_timezones

from tests.sheets_server.book.model import Refused

_OFFSET = re.compile(r"GMT[+-]\d\d:\d\d")
_OLD_CODES = {"in_ID", "iw_IL"}
"""Languages that Google still calls by their former codes."""


def check_places(properties: Mapping[str, Any]) -> None:
    """Refuses a locale or time zone that there is not; a zone may also be a bare distance from Greenwich."""
    locale, zone = properties.get("locale"), properties.get("timeZone")
    if locale and locale not in _locales():
        raise Refused(f"Unsupported locale: {locale}")
    if zone and zone not in _zones() and not _OFFSET.fullmatch(zone):
        raise Refused(f"Invalid time zone: {zone}")


@cache
def _locales() -> frozenset[str]:
    """Languages, alone or with a country, that the C library knows."""
    known = {name.partition(".")[0].partition("@")[0] for name in locale_alias.values()}
    return frozenset(known | {name.partition("_")[0] for name in known} | _OLD_CODES)


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())
