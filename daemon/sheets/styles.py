"""Cell formats (ISO/IEC 29500-1, 18.8): finds, or adds, a variant that otherwise looks like the cell's own."""

import re
from copy import deepcopy

from lxml import etree

from daemon.sheets.package import Element, Package, local

DATE_FORMAT = "dd.mm.yyyy"
_BUILT_IN_DATES = frozenset({14, 15, 16, 17, 22, *range(27, 37), *range(50, 59)})
_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')


class Styles:
    """The workbook's ``styles.xml``, changed only when a format is wanted that is not there yet."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._part = next(iter(package.related(package.workbook, "styles")), "")
        self._known: dict[tuple[str, str], int] = {}

    def dated(self, style: int) -> int:
        """A format like ``style`` that shows days; ``style`` itself if it does."""
        return self._variant(style, "date")

    def quoted(self, style: int) -> int:
        """A format like ``style`` whose text stays text when a person edits the cell (``'=1+1``)."""
        return self._variant(style, "quote")

    def unquoted(self, style: int) -> int:
        """A format like ``style`` for numbers and ordinary text."""
        return self._variant(style, "plain")

    def _variant(self, style: int, kind: str) -> int:
        key = (str(style), kind)
        if key not in self._known:
            self._known[key] = self._find_or_add(style, kind)
        return self._known[key]

    def _find_or_add(self, style: int, kind: str) -> int:
        formats = self._formats()
        if formats is None or not len(formats):
            return style
        base = formats[style] if style < len(formats) else formats[0]
        wanted = deepcopy(base)
        self._change(wanted, kind)
        text = _comparable(wanted)
        if text == _comparable(base):
            return style if style < len(formats) else 0
        for place, known in enumerate(formats):
            if _comparable(known) == text:
                return place
        formats.append(wanted)
        formats.set("count", str(len(formats)))
        self._package.touch(self._part)
        return len(formats) - 1

    def _change(self, wanted: Element, kind: str) -> None:
        quoted = wanted.get("quotePrefix") in {"1", "true"}
        if kind == "quote":
            wanted.set("quotePrefix", "1")
        elif quoted:
            del wanted.attrib["quotePrefix"]
        if kind == "date" and not self._is_date(int(wanted.get("numFmtId") or 0)):
            wanted.set("numFmtId", str(self._date_format()))
            wanted.set("applyNumberFormat", "1")

    def _formats(self) -> Element | None:
        return self._package.tree(self._part).find("{*}cellXfs") if self._part else None

    def _is_date(self, number: int) -> bool:
        if number in _BUILT_IN_DATES:
            return True
        for element in self._package.elements(self._part, "numFmt"):
            if int(element.get("numFmtId") or 0) == number:
                bare = _QUOTED.sub("", element.get("formatCode") or "").lower()
                return "d" in bare and "y" in bare
        return False

    def _date_format(self) -> int:
        known = {
            int(e.get("numFmtId") or 0): e.get("formatCode")
            for e in self._package.elements(self._part, "numFmt")
        }
        for number, code in known.items():
            if (code or "").lower() == DATE_FORMAT:
                return number
        number = max([163, *known]) + 1
        self._add_format(number)
        return number

    def _add_format(self, number: int) -> None:
        root = self._package.tree(self._part)
        formats = root.find("{*}numFmts")
        space = etree.QName(root).namespace
        if formats is None:
            formats = etree.Element(f"{{{space}}}numFmts")
            root.insert(0, formats)
        etree.SubElement(formats, f"{{{space}}}numFmt", {"numFmtId": str(number), "formatCode": DATE_FORMAT})
        formats.set("count", str(sum(local(e) == "numFmt" for e in formats)))
        self._package.touch(self._part)


def _comparable(element: Element) -> tuple[object, ...]:
    """What two equal formats have in common, whatever the order of their attributes."""
    return (local(element), sorted(element.attrib.items()), *(_comparable(e) for e in element))
