"""Letters as word processors save them: .docx as Word does (ECMA-376), .odt as Writer does (OASIS OpenDocument)."""

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="jpeg" ContentType="image/jpeg"/><Default Extension="png" ContentType="image/png"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
_ROOT = (
    f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    f'Type="{_R}/officeDocument" Target="word/document.xml"/></Relationships>'
)


def docx(text: str, pictures: Sequence[bytes] = ()) -> bytes:
    """A paragraph a line, then the pictures; a tab is a tab."""
    lines = "".join(f"<w:p><w:r>{_run(line)}</w:r></w:p>" for line in text.split("\n"))
    drawn = "".join(
        f'<w:p><w:r><w:drawing><a:blip xmlns:a="{_A}" r:embed="rId{n}"/></w:drawing></w:r></w:p>'
        for n in range(len(pictures))
    )
    body = (
        f'<w:document xmlns:w="{_W}" xmlns:r="{_R}"><w:body>{lines}{drawn}<w:sectPr/></w:body></w:document>'
    )
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{_R}/image" Target="media/image{n + 1}{_ending(data)}"/>'
        for n, data in enumerate(pictures)
    )
    return _zipped(
        ("[Content_Types].xml", _TYPES.encode()),
        ("_rels/.rels", _ROOT.encode()),
        ("word/document.xml", f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{body}'.encode()),
        (
            "word/_rels/document.xml.rels",
            f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{links}'
            "</Relationships>".encode(),
        ),
        *((f"word/media/image{n + 1}{_ending(data)}", data) for n, data in enumerate(pictures)),
    )


_TYPE = "application/vnd.oasis.opendocument.text"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_NAMES = "".join(
    f' xmlns:{name}="{_OASIS}:{name}:1.0"' for name in ("office", "text", "table", "manifest")
) + (
    f' xmlns:draw="{_OASIS}:drawing:1.0" xmlns:svg="{_OASIS}:svg-compatible:1.0" '
    'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
_DELETED = (
    '<text:tracked-changes text:track-changes="false"><text:changed-region xml:id="ct1" text:id="ct1"><text:deletion>'
    "<office:change-info><dc:creator>Yazan</dc:creator></office:change-info><text:p>Silinen paragraf</text:p>"
    "</text:deletion></text:changed-region></text:tracked-changes>"
)


def odt(text: str, pictures: Sequence[bytes] = (), *, body: str = "", locked: bool = False) -> bytes:
    """The same as Writer saves it, with something deleted before it; ``body`` is more of its XML."""
    lines = "".join(f'<text:p text:style-name="P1">{_spanned(line)}</text:p>' for line in text.split("\n"))
    drawn = "".join(
        f'<text:p text:style-name="P2"><draw:frame draw:name="Resim{n}"><draw:image '
        f'xlink:href="{_picture(n, data)}" xlink:type="simple"/>'
        "<svg:title>Resim başlığı</svg:title></draw:frame></text:p>"
        for n, data in enumerate(pictures)
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-content{_NAMES} office:version="1.3">'
        f"<office:automatic-styles/><office:body><office:text>{_DELETED}{lines}{body}{drawn}</office:text></office:body>"
        "</office:document-content>"
    )
    entry = "<manifest:encryption-data/>" if locked else ""
    manifest = (
        f'<?xml version="1.0"?><manifest:manifest{_NAMES}><manifest:file-entry manifest:full-path="/" '
        f'manifest:media-type="{_TYPE}"/><manifest:file-entry manifest:full-path="content.xml">{entry}'
        "</manifest:file-entry></manifest:manifest>"
    )
    return _zipped(
        ("mimetype", _TYPE.encode()),
        ("content.xml", bytes(range(256)) * 4 if locked else content.encode()),
        *((_picture(n, data), data) for n, data in enumerate(pictures)),
        ("META-INF/manifest.xml", manifest.encode()),
    )


def _picture(n: int, data: bytes) -> str:
    return f"Pictures/{9 - n}000020100{_ending(data)}"


def _spanned(line: str) -> str:
    """Writer cuts a paragraph where its spelling was looked at, and writes further blanks as marks."""
    head, tail = (
        escape(line[:3]),
        escape(line[3:]).replace("\t", "<text:tab/>").replace("  ", ' <text:s text:c="1"/>'),
    )
    return f'<text:span text:style-name="T1">{head}</text:span><text:soft-page-break/>{tail}' if line else ""


def _run(line: str) -> str:
    return "<w:tab/>".join(f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in line.split("\t"))


def _ending(data: bytes) -> str:
    return ".png" if data.startswith(b"\x89PNG") else ".jpeg"


def _zipped(*members: tuple[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in members:
            archive.writestr(name, body)
    return data.getvalue()
