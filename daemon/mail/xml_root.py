"""XML from outside: read without a document type, entities or network (billion laughs, XXE), and bounded."""

from lxml import etree

from daemon.domain.errors import Unprocessable
from daemon.mail import charset

Element = etree._Element  # noqa: SLF001 - lxml has no public name for its elements' type
BROKEN = "veri dosyası bozuk; okunamadı"
TOO_LARGE = "veri dosyası aşırı büyük; okunmadı"


def xml_root(data: bytes, most: int) -> Element:
    """Raises :class:`Unprocessable` for what is none, or has more than ``most`` bytes."""
    if len(data) > most:
        raise Unprocessable("XML too large", reason=TOO_LARGE)
    if b"<!doctype" in data.replace(b"\0", b"").lower():
        raise Unprocessable("XML with a document type", reason=BROKEN)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return _read_mislabelled(data, parser)


def local_name(element: Element) -> str:
    return str(etree.QName(element).localname)


def _read_mislabelled(data: bytes, parser: etree.XMLParser) -> Element:
    """Turkish programs declare one code page and write another: the words decide."""
    text = charset.decode(data).lstrip("\ufeff \r\n\t")
    body = text.partition("?>")[2] if text.startswith("<?xml") else text
    try:
        return etree.fromstring(body.encode(), parser)
    except (etree.XMLSyntaxError, ValueError) as fault:
        raise Unprocessable(f"XML: {fault}", reason=BROKEN) from fault
