"""Cell formats: Google's defaults, colours and their twins, and what is in force in a cell."""

import struct
from collections.abc import Mapping, Sequence
from typing import Any

from tests.sheets_server.book.masks import Path
from tests.sheets_server.book.model import Json, Refused

WHITE: Json = {"red": 1, "green": 1, "blue": 1}
LINK_BLUE: Json = {"red": 0.06666667, "green": 0.33333334, "blue": 0.8}
_THEME: dict[str, Json] = {
    "TEXT": {},
    "BACKGROUND": WHITE,
    "ACCENT1": {"red": 0.25882354, "green": 0.52156866, "blue": 0.95686275},
    "ACCENT2": {"red": 0.91764706, "green": 0.2627451, "blue": 0.20784314},
    "ACCENT3": {"red": 0.9843137, "green": 0.7372549, "blue": 0.015686275},
    "ACCENT4": {"red": 0.20392157, "green": 0.65882355, "blue": 0.3254902},
    "ACCENT5": {"red": 1, "green": 0.42745098, "blue": 0.003921569},
    "ACCENT6": {"red": 0.27450982, "green": 0.7411765, "blue": 0.7764706},
    "LINK": LINK_BLUE,
}
DEFAULT_FORMAT: Json = {
    "backgroundColor": WHITE,
    "padding": {"top": 2, "right": 3, "bottom": 2, "left": 3},
    "verticalAlignment": "BOTTOM",
    "wrapStrategy": "OVERFLOW_CELL",
    "textFormat": {
        "foregroundColor": {},
        "fontFamily": "arial,sans,sans-serif",
        "fontSize": 10,
        "bold": False,
        "italic": False,
        "strikethrough": False,
        "underline": False,
        "foregroundColorStyle": {"rgbColor": {}},
    },
    "backgroundColorStyle": {"rgbColor": WHITE},
}
THEME: Json = {
    "primaryFontFamily": "Arial",
    "themeColors": [{"colorType": name, "color": {"rgbColor": rgb}} for name, rgb in _THEME.items()],
}
_CHANNELS = frozenset({"red", "green", "blue", "alpha"})


def without_nulls(found: Any) -> Any:
    """JSON null is an absent field."""
    if isinstance(found, Mapping):
        return {name: without_nulls(value) for name, value in found.items() if value is not None}
    if isinstance(found, list):
        return [without_nulls(item) for item in found]
    return found


def twinned(found: Any) -> Any:
    """Each colour with its twin: ``backgroundColor`` is the older form of ``backgroundColorStyle``."""
    if isinstance(found, list):
        return [twinned(item) for item in found]
    if not isinstance(found, Mapping):
        return found
    result: Json = {}
    for name, value in found.items():
        if name.endswith("Color") and _is_colour(value):
            result[name] = _channels(value)
            if f"{name}Style" not in found:
                result[f"{name}Style"] = {"rgbColor": _channels(value)}
        elif name.endswith("ColorStyle") and isinstance(value, Mapping):
            style = _style(value)
            if style:
                result[name] = style
                result[name.removesuffix("Style")] = rgb_of(style)
        else:
            result[name] = twinned(value)
    return result


def _is_colour(value: Any) -> bool:
    return isinstance(value, Mapping) and set(value) <= _CHANNELS


def _channels(value: Mapping[str, Any]) -> Json:
    """A channel at 0 is left out."""
    kept = {name: part if name == "alpha" else _as_kept(part) for name, part in value.items()}
    return {name: part for name, part in kept.items() if part and not (name == "alpha" and part == 1)}


def _as_kept(part: float) -> float:
    """Of a channel Google keeps eight bits, cuts the rest off and tells them as a float of 32 bits: 0.5 comes back
    as 0.49803922 (127/255), as recorded from the real service. The little that is added first keeps k/255 at k."""
    level = int(min(max(part, 0.0), 1.0) * 255 + 1e-4)
    if level in (0, 255):
        return level // 255
    single: float = struct.unpack("f", struct.pack("f", level / 255))[0]
    shortest = (float(f"{single:.{digits}g}") for digits in range(6, 10))
    return next(one for one in shortest if struct.pack("f", one) == struct.pack("f", single))


def _style(value: Mapping[str, Any]) -> Json:
    if "themeColor" in value:
        return {"themeColor": value["themeColor"]}
    return {"rgbColor": _channels(value["rgbColor"])} if "rgbColor" in value else {}


def rgb_of(style: Mapping[str, Any]) -> Json:
    return dict(_THEME.get(style.get("themeColor", ""), style.get("rgbColor", {})))


def with_twins(named: Sequence[Path]) -> list[Path]:
    """A mask that names a colour names its twin too."""
    result: list[Path] = []
    for path in named:
        result.append(path)
        for at, name in enumerate(path):
            if name.endswith("Color"):
                result.append((*path[:at], f"{name}Style"))
            elif name.endswith("ColorStyle"):
                result.append((*path[:at], name.removesuffix("Style")))
    return result


def checked(look: Mapping[str, Any]) -> Json:
    """A CellFormat of a request, with colours twinned; a number format needs its type."""
    number_format = look.get("numberFormat")
    if number_format and number_format.get("type", "NUMBER_FORMAT_TYPE_UNSPECIFIED").endswith("UNSPECIFIED"):
        raise Refused("numberFormat.type must be specified")
    result: Json = twinned(look)
    return result


def in_force(look: Mapping[str, Any] | None, link: str | None) -> Json:
    """The effective format: the defaults, what was set, and the look of a link."""
    result = _over(DEFAULT_FORMAT, look or {})
    text = dict(result["textFormat"])
    if link:
        own = (look or {}).get("textFormat") or {}
        text["link"] = {"uri": link}
        text["underline"] = own.get("underline", True)
        if "foregroundColor" not in own:
            text["foregroundColor"] = LINK_BLUE
            text["foregroundColorStyle"] = {"rgbColor": LINK_BLUE}
    result["textFormat"] = text
    result["hyperlinkDisplayType"] = result.get("hyperlinkDisplayType") or (
        "LINKED" if link else "PLAIN_TEXT"
    )
    return result


def _over(base: Mapping[str, Any], top: Mapping[str, Any]) -> Json:
    result = dict(base)
    for name, value in top.items():
        old = result.get(name)
        deep = isinstance(value, Mapping) and isinstance(old, Mapping) and name in ("textFormat", "padding")
        result[name] = _over(old, value) if deep and old is not None else value
    return result
