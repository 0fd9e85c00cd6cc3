"""Cell formats: finds, or adds, a date format that otherwise looks like the cell's own."""

import copy
import re

from lxml import etree

from daemon.sheets.package import Package, local

DATE_FORMAT = "dd.mm.yyyy"
_BUILT_IN_DATES = frozenset({14, 15, 16, 17, 22, *range(27, 37), *range(50, 59)})


class Styles:
    """The workbook's ``styles.xml``, changed only when a date needs a format that is not there yet."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._part = next(iter(package.related(package.workbook, "styles")), "")
        self._dated: dict[str, str] = {}

    def dated(self, style: str) -> str:
        """The index of a format like ``style`` that shows dates; ``style`` itself if it does."""
        if not self._part:
            return style
        if style not in self._dated:
            self._dated[style] = self._find_or_add(int(style or 0))
        return self._dated[style]

    def _find_or_add(self, index: int) -> str:
        root = self._package.tree(self._part)
        formats = root.find("{*}cellXfs")
        if formats is None or not len(formats):
            return str(index)
        base = formats[index] if index < len(formats) else formats[0]
        if self._is_date(int(base.get("numFmtId") or 0)):
            return str(index)
        wanted = copy.deepcopy(base)
        wanted.set("numFmtId", str(self._date_format()))
        wanted.set("applyNumberFormat", "1")
        for place, known in enumerate(formats):
            if etree.tostring(known, with_tail=False) == etree.tostring(wanted, with_tail=False):
                return str(place)
        formats.append(wanted)
        formats.set("count", str(len(formats)))
        self._package.touch(self._part)
        return str(len(formats) - 1)

    def _is_date(self, number: int) -> bool:
        if number in _BUILT_IN_DATES:
            return True
        for element in self._package.tree(self._part).iter("{*}numFmt"):
            if int(element.get("numFmtId") or 0) == number:
                bare = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", element.get("formatCode") or "").lower()
                return "d" in bare and "y" in bare
        return False

    def _date_format(self) -> int:
        root = self._package.tree(self._part)
        known = {int(e.get("numFmtId") or 0): e.get("formatCode") for e in root.iter("{*}numFmt")}
        for number, code in known.items():
            if (code or "").lower() == DATE_FORMAT:
                return number
        number = max([163, *known]) + 1
        formats = root.find("{*}numFmts")
        namespace = etree.QName(root).namespace
        if formats is None:
            formats = etree.Element(f"{{{namespace}}}numFmts")
            root.insert(0, formats)
        etree.SubElement(
            formats, f"{{{namespace}}}numFmt", {"numFmtId": str(number), "formatCode": DATE_FORMAT}
        )
        formats.set("count", str(sum(local(e) == "numFmt" for e in formats)))
        self._package.touch(self._part)
        return number
