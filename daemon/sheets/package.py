"""An xlsx file as a package of parts (ISO/IEC 29500-2): only the parts that change are written anew.

Every other part is copied in its place without being unpacked, byte for byte, so that what this program does
not know (sparklines, data bars, text boxes, pictures, threaded comments …) stays as its writer left it.
Parts come from strangers: sizes are bounded before anything is unpacked, and a document type declaration, which
the format forbids (entity bombs need one), is refused.
"""

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from copy import copy
from io import BytesIO

from lxml import etree

from daemon.domain.errors import Unprocessable

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES = "[Content_Types].xml"

MOST_BYTES = 256 * 1024 * 1024
"""Unpacked size of all parts beyond which a workbook is refused: nobody's request list is that large."""
MOST_XML = 96 * 1024 * 1024
"""Unpacked size of one part that is read as XML."""
MOST_PARTS = 10_000
MOST_EXPANSION = 250
"""How many times larger than packed all parts may be; a real worksheet stays below 40."""

Element = etree._Element  # noqa: SLF001 - lxml has no public name for its elements' type
_NO_RELATIONS = f'<Relationships xmlns="{RELATIONS}"/>'
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCODING = re.compile(rb"""^<\?xml[^>]*\sencoding\s*=\s*["']([\w.-]+)["']""")


def local(element: Element) -> str:
    """The tag without its namespace (transitional and strict files read alike); ``""`` for a comment."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def parse(content: bytes, name: str) -> Element:
    """XML of a part. Raises :class:`Unprocessable`."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as fault:
        raise broken(f"part {name}: {fault}") from fault
    if b"<!DOCTYPE" in content[:4096].upper():
        raise broken(f"part {name} has a document type declaration")
    return root


def serialised(root: Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def broken(message: str) -> Unprocessable:
    return Unprocessable(message, reason="Dosya bozuk; açılamıyor.")


class Relation:
    """One line of a ``.rels`` part: ``target`` is a part's name, or the address where ``external``."""

    __slots__ = ("external", "id", "kind", "target")

    def __init__(self, element: Element, folder: str) -> None:
        self.id = element.get("Id", "")
        self.kind = element.get("Type", "").rpartition("/")[2]
        self.external = element.get("TargetMode") == "External"
        target = element.get("Target", "")
        self.target = target if self.external else _resolved(folder, target)


class Package:
    """The parts of one file, and which of them were changed."""

    def __init__(self, data: bytes) -> None:
        """Raises :class:`Unprocessable` for what is no readable workbook."""
        self._data = data
        self._archive = _opened(data)
        self._infos = {info.filename: info for info in self._archive.infolist()}
        self._check_sizes()
        if CONTENT_TYPES not in self._infos:
            raise Unprocessable("no content types", reason="Dosya bir Excel dosyası (.xlsx) değil.")
        self._changed: dict[str, bytes] = {}
        self._trees: dict[str, Element] = {}
        self._touched: set[str] = set()
        self._dropped: set[str] = set()
        self._relations: dict[str, list[Relation]] = {}

    def _check_sizes(self) -> None:
        unpacked = sum(info.file_size for info in self._infos.values())
        if len(self._infos) > MOST_PARTS or unpacked > MOST_BYTES + MOST_EXPANSION * len(self._data):
            raise Unprocessable("workbook too large", reason="Dosya aşırı büyük; açılmadı.")
        if unpacked > MOST_BYTES or unpacked > MOST_EXPANSION * len(self._data) + 1_000_000:
            raise Unprocessable("workbook expands too much", reason="Dosya aşırı büyük; açılmadı.")

    # --- reading --------------------------------------------------------------------------------------

    def has(self, name: str) -> bool:
        return (name in self._infos or name in self._changed or name in self._trees) and (
            name not in self._dropped
        )

    def names(self) -> list[str]:
        return [name for name in {**self._infos, **self._changed} if name not in self._dropped]

    def read(self, name: str) -> bytes:
        """The part's bytes as they are now. Raises :class:`Unprocessable`."""
        if name in self._touched:
            return serialised(self._trees[name])
        if name in self._changed:
            return self._changed[name]
        info = self._infos.get(name)
        if info is None:
            raise broken(f"part {name} is missing")
        if info.file_size > MOST_XML:
            raise Unprocessable(f"part {name} too large", reason="Dosya aşırı büyük; açılmadı.")
        try:
            return self._archive.read(info)
        except (
            zipfile.BadZipFile,
            ValueError,  # a place before the file begins
            zlib.error,
            EOFError,
            OSError,
            RuntimeError,
            NotImplementedError,
        ) as fault:
            raise broken(f"part {name}: {fault}") from fault

    def text(self, name: str) -> bytes:
        """The part as plain UTF-8 XML without declaration of type, comments or CDATA: fit for patterns."""
        content = self.read(name)
        encoding = _ENCODING.match(content[:200])
        plain = encoding is None or encoding[1].upper() in {b"UTF-8", b"UTF8", b"US-ASCII"}
        if not plain or b"<!" in content or content[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\0" in content[:8]:
            root = parse(content, name)
            etree.strip_tags(root, etree.Comment)
            content = serialised(root)
        return content.removeprefix(b"\xef\xbb\xbf")

    def tree(self, name: str) -> Element:
        """The part as XML; changes to it count once :meth:`touch` was called."""
        if name not in self._trees:
            self._trees[name] = parse(self.read(name), name)
        return self._trees[name]

    def relations(self, name: str) -> list[Relation]:
        """What a part (``""``: the package) refers to."""
        path = relations_path(name)
        if path not in self._relations:
            root = self.tree(path) if self.has(path) else ()
            folder = posixpath.dirname(name)
            self._relations[path] = [Relation(e, folder) for e in root if local(e) == "Relationship"]
        return self._relations[path]

    def related(self, name: str, kind: str) -> list[str]:
        """Parts of one kind that a part refers to, if they are there."""
        return [r.target for r in self.relations(name) if r.kind == kind and self.has(r.target)]

    # --- changing -------------------------------------------------------------------------------------

    def touch(self, name: str) -> None:
        """The tree of this part was changed."""
        self._touched.add(name)
        self._relations.pop(name, None)

    def put(self, name: str, content: bytes) -> None:
        """A new part, or a part replaced as a whole."""
        self._changed[name] = content
        self._trees.pop(name, None)
        self._touched.discard(name)
        self._dropped.discard(name)

    def drop(self, name: str) -> None:
        """Take a part out, with its content type."""
        self._dropped.add(name)
        types = self.tree(CONTENT_TYPES)
        for element in list(types):
            if element.get("PartName") == f"/{name}":
                types.remove(element)
                self.touch(CONTENT_TYPES)

    def declare(self, name: str, content_type: str) -> None:
        """Say what a new part is."""
        types = self.tree(CONTENT_TYPES)
        space = etree.QName(types).namespace
        etree.SubElement(types, f"{{{space}}}Override", {"PartName": f"/{name}", "ContentType": content_type})
        self.touch(CONTENT_TYPES)

    def content_type(self, name: str) -> str:
        extension = name.rpartition(".")[2].lower()
        default = ""
        for element in self.tree(CONTENT_TYPES):
            if element.get("PartName") == f"/{name}":
                return element.get("ContentType", "")
            if (element.get("Extension") or "").lower() == extension:
                default = element.get("ContentType", "")
        return default

    def relate(self, name: str, kind: str, target: str, *, external: bool = False) -> str:
        """A relation of ``name`` to ``target``, an old one if there is one; return its id."""
        known = [
            r for r in self.relations(name) if (r.kind, r.target, r.external) == (kind, target, external)
        ]
        if known:
            return known[0].id
        path = relations_path(name)
        if not self.has(path):
            self.put(path, serialised(etree.XML(_NO_RELATIONS)))
        ids = {relation.id for relation in self.relations(name)}
        fresh = next(f"rId{n}" for n in range(len(ids) + 1, 2 * len(ids) + 3) if f"rId{n}" not in ids)
        base = STRICT_OFFICE if self.is_strict else OFFICE
        line = {"Id": fresh, "Type": f"{base}/{kind}", "Target": target if external else f"/{target}"}
        if external:
            line["TargetMode"] = "External"
        etree.SubElement(self.tree(path), f"{{{RELATIONS}}}Relationship", line)
        self.touch(path)
        return fresh

    def unrelate(self, name: str, kind: str) -> None:
        path = relations_path(name)
        for element in list(self.tree(path)):
            if element.get("Type", "").endswith(f"/{kind}"):
                self.tree(path).remove(element)
        self.touch(path)

    def to_bytes(self) -> bytes:
        """The file anew: changed parts written, all others copied packed as they are, in their order."""
        changed = [*self._changed, *(name for name in self._touched if name not in self._changed)]
        out = BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            for name, info in self._infos.items():
                if name in self._dropped:
                    continue
                if name in self._changed or name in self._touched:
                    archive.writestr(_renewed(info), self.read(name), zipfile.ZIP_DEFLATED, 6)
                else:
                    _copy(archive, info, self._data)
            for name in changed:
                if name not in self._infos and name not in self._dropped:
                    archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), self.read(name), 8, 6)
        return out.getvalue()

    # --- the workbook ---------------------------------------------------------------------------------

    @property
    def workbook(self) -> str:
        """Name of the workbook part."""
        found = self.related("", "officeDocument")
        if not found:
            raise Unprocessable("no workbook part", reason="Dosya bir Excel dosyası (.xlsx) değil.")
        return found[0]

    @property
    def is_strict(self) -> bool:
        return (etree.QName(self.tree(self.workbook)).namespace or "").startswith("http://purl.oclc.org/")

    def sheets(self) -> dict[str, str]:
        """Worksheet title → part name, in order."""
        targets = {relation.id: relation.target for relation in self.relations(self.workbook)}
        found = {}
        for sheet in self.tree(self.workbook).iter("{*}sheet"):
            identity = sheet.get(f"{{{OFFICE}}}id") or sheet.get(f"{{{STRICT_OFFICE}}}id") or ""
            if self.has(targets.get(identity, "")):
                found[sheet.get("name", "")] = targets[identity]
        return found

    def counts_from_1904(self) -> bool:
        """Whether day zero is 1.1.1904 (old Macs) and not 30.12.1899."""
        settings = self.tree(self.workbook).iter("{*}workbookPr")
        return any(element.get("date1904") in {"1", "true", "on"} for element in settings)

    def elements(self, name: str, tag: str) -> Iterator[Element]:
        yield from self.tree(name).iter(f"{{*}}{tag}")


def relations_path(name: str) -> str:
    folder, base = posixpath.split(name)
    return posixpath.join(folder, "_rels", f"{base}.rels")


def _resolved(folder: str, target: str) -> str:
    if target.startswith("/"):
        return target[1:]
    return posixpath.normpath(posixpath.join(folder, target))


def _opened(data: bytes) -> zipfile.ZipFile:
    if not data:
        raise Unprocessable("empty file", reason="Dosya boş (0 bayt).")
    if data.startswith(_OLE):
        raise Unprocessable(
            "encrypted or old-format file", reason="Dosya parolalı ya da eski biçimde (.xls) kaydedilmiş."
        )
    try:
        return zipfile.ZipFile(BytesIO(data))
    except Exception as fault:  # zipfile raises half a dozen kinds on broken archives
        raise Unprocessable(
            f"not a workbook: {fault}", reason="Dosya bozuk ya da bir Excel dosyası değil."
        ) from fault


def _renewed(info: zipfile.ZipInfo) -> zipfile.ZipInfo:
    fresh = zipfile.ZipInfo(info.filename, info.date_time)
    fresh.external_attr, fresh.create_system = info.external_attr, info.create_system
    return fresh


def _copy(archive: zipfile.ZipFile, info: zipfile.ZipInfo, data: bytes) -> None:
    """Copy one packed part: its local header anew (sizes in it, no data descriptor), then its bytes."""
    start = info.header_offset
    name_size, extra_size = (int.from_bytes(data[start + at : start + at + 2], "little") for at in (26, 28))
    begin = start + 30 + name_size + extra_size
    packed = data[begin : begin + info.compress_size]
    if archive.fp is None or data[start : start + 4] != b"PK\3\4" or len(packed) != info.compress_size:
        raise broken(f"part {info.filename} is cut short")
    fresh = copy(info)
    fresh.flag_bits &= ~0x08
    fresh.extra = b""
    fresh.header_offset = archive.fp.tell()
    archive.fp.write(fresh.FileHeader(zip64=False))
    archive.fp.write(packed)
    archive.filelist.append(fresh)
    archive.NameToInfo[fresh.filename] = fresh
    archive.start_dir = archive.fp.tell()
