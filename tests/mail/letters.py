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
