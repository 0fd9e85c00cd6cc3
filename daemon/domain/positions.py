"""Positions that people type ("Konum: 39.95, 32.81"), with a link to the map beside them."""

import re

from daemon.domain.chats.wording import place_line

_POSITION = re.compile(
    r"(?<![\w=@/.,%-])(3[5-9]|4[0-2])\.(\d{2,8})°?[ \t]{0,2}[,;/ ][ \t]{0,2}"
    r"(2[5-9]|3\d|4[0-5])\.(\d{2,8})(?![\w.,]\d|\w)"
)
"""Latitude and longitude within the country's bounds, not those of a link."""
_MOST = 5


def with_map_links(text: str) -> str:
    """The text with a line for each position in it; one that has such lines stays as it is."""
    found = [(float(f"{m[1]}.{m[2]}"), float(f"{m[3]}.{m[4]}")) for m in _POSITION.finditer(text)][:_MOST]
    lines = [line for line in map(place_line, dict.fromkeys(found)) if line not in text]
    return "\n".join((text, *lines))
