"""An xlsx file as a package of parts (ISO/IEC 29500-2): only the parts that change are written anew.

Every other part is copied as it is, in its place, so that what this program does not know (sparklines, data
bars, text boxes, pictures, threaded comments …) stays as its writer left it.
"""

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO

from lxml import etree

from daemon.domain.errors import Unprocessable

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
CONTENT_TYPES = "[Content_Types].xml"

MOST_BYTES = 300 * 1024 * 1024
"""Unpacked size beyond which a workbook is refused: nobody's request list is that large."""

Element = etree._Element  # noqa: SLF001 - lxml has no public name for its elements' type


def local(element: Element) -> str:
    """The tag without its namespace: transitional and strict files read alike."""
    return etree.QName(element).localname


@dataclass(frozen=True, slots=True)
class Relation:
    id: str
    type: str
    target: str
    """Part name, or the address where ``external``."""
    external: bool = False

    @property
    def kind(self) -> str:
        return self.type.rpartition("/")[2]


@dataclass(slots=True)
class Package:
    """The parts of one file, and which of them were changed."""

    data: bytes
    _parts: dict[str, bytes]
    _infos: list[zipfile.ZipInfo]
    _changed: dict[str, bytes] = field(default_factory=dict)
    _dropped: set[str] = field(default_factory=set)
    _trees: dict[str, Element] = field(default_factory=dict)

    @classmethod
    def open(cls, data: bytes) -> "Package":
        """Raises :class:`Unprocessable` for what is no readable workbook."""
        if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
            raise Unprocessable(
                "encrypted or old-format file", reason="Dosya parolalı veya eski biçimde (.xls)."
            )
        try:
            with zipfile.ZipFile(BytesIO(data)) as archive:
                infos = archive.infolist()
                if sum(info.file_size for info in infos) > MOST_BYTES or len(infos) > 10_000:
                    raise Unprocessable("workbook too large", reason="Dosya aşırı büyük.")
                parts = {info.filename: archive.read(info) for info in infos}
        except Unprocessable:
            raise
        except Exception as fault:  # zipfile raises a dozen kinds on broken archives
            raise Unprocessable(
                f"not a workbook: {fault}", reason="Dosya bozuk veya bir Excel dosyası değil."
            ) from fault
        if CONTENT_TYPES not in parts:
            raise Unprocessable("not a workbook", reason="Dosya bir Excel dosyası değil.")
        return cls(data, parts, infos)

    # --- reading --------------------------------------------------------------------------------------

    def has(self, name: str) -> bool:
        return (name in self._parts or name in self._changed) and name not in self._dropped

    def read(self, name: str) -> bytes:
        return self._changed[name] if name in self._changed else self._parts[name]

    def tree(self, name: str) -> Element:
        """The part as XML; changes to it count once :meth:`touch` was called."""
        if name not in self._trees:
            try:
                self._trees[name] = etree.fromstring(
                    self.read(name), etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
                )
            except (etree.XMLSyntaxError, KeyError) as fault:
                raise Unprocessable(f"part {name} is broken: {fault}", reason="Dosya bozuk.") from fault
        return self._trees[name]

    def relations(self, name: str) -> list[Relation]:
        path = relations_path(name)
        if not self.has(path):
            return []
        folder = posixpath.dirname(name)
        return [
            Relation(
                element.get("Id", ""),
                element.get("Type", ""),
                target if external else _resolve(folder, target),
                external,
            )
            for element in self.tree(path)
            if isinstance(element.tag, str)
            for target in [element.get("Target", "")]
            for external in [element.get("TargetMode") == "External"]
        ]

    # --- changing -------------------------------------------------------------------------------------

    def touch(self, name: str) -> None:
        """The tree of this part was changed."""
        self._changed.setdefault(name, b"")

    def put(self, name: str, content: bytes) -> None:
        """A new part, or a part replaced as a whole."""
        self._changed[name] = content
        self._trees.pop(name, None)

    def drop(self, name: str) -> None:
        self._dropped.add(name)

    def to_bytes(self) -> bytes:
        """The file anew: changed parts serialised, the others copied in their order."""
        out = BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            for info in self._infos:
                if info.filename not in self._dropped:
                    archive.writestr(info, self._content(info.filename), info.compress_type)
            known = {info.filename for info in self._infos}
            for name in self._changed:
                if name not in known and name not in self._dropped:
                    archive.writestr(
                        zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)),
                        self._content(name),
                        zipfile.ZIP_DEFLATED,
                    )
        return out.getvalue()

    def _content(self, name: str) -> bytes:
        if name in self._changed and name in self._trees:
            content: bytes = etree.tostring(
                self._trees[name], xml_declaration=True, encoding="UTF-8", standalone=True
            )
            return content
        return self._changed.get(name) or self._parts[name]

    # --- the workbook ---------------------------------------------------------------------------------

    @property
    def workbook(self) -> str:
        """Name of the workbook part."""
        return next(
            (relation.target for relation in self.relations("") if relation.kind == "officeDocument"),
            "xl/workbook.xml",
        )

    def sheets(self) -> dict[str, str]:
        """Worksheet title → part name, in order."""
        if not self.has(self.workbook):
            raise Unprocessable("no workbook part", reason="Dosya bozuk.")
        targets = {relation.id: relation.target for relation in self.relations(self.workbook)}
        found = {}
        for sheet in self._all(self.workbook, "sheet"):
            identity = sheet.get(f"{{{OFFICE}}}id") or sheet.get(f"{{{STRICT_OFFICE}}}id") or ""
            if identity in targets:
                found[sheet.get("name", "")] = targets[identity]
        return found

    def _all(self, name: str, tag: str) -> Iterator[Element]:
        yield from self.tree(name).iter(f"{{*}}{tag}")

    def related(self, name: str, kind: str) -> list[str]:
        """Parts of one kind that a part refers to."""
        return [relation.target for relation in self.relations(name) if relation.kind == kind]


def relations_path(name: str) -> str:
    folder, _, base = name.rpartition("/")
    return f"{folder}/_rels/{base}.rels" if folder else f"_rels/{base}.rels"


def _resolve(folder: str, target: str) -> str:
    if target.startswith("/"):
        return target[1:]
    return posixpath.normpath(posixpath.join(folder, target))
