"""Letters of LibreOffice Writer: what they say, and that a broken or hostile one says nothing."""

import pytest

from daemon.mail.odt import odt_text
from tests.mail.letters import odt
from tests.scans import files

TABLE = (
    "<table:table><table:table-row><table:table-cell><text:p>Konu</text:p></table:table-cell><table:table-cell>"
    "<text:p>Bank</text:p></table:table-cell></table:table-row></table:table>"
    '<text:p>Bir<text:s text:c="3"/>iki<text:line-break/>\n üç'
    "<office:annotation><text:p>Not</text:p></office:annotation>"
    "<text:note><text:note-citation>1</text:note-citation></text:note> &amp; dört</text:p>"
)


def test_an_odt_says_what_stands_in_it_and_nothing_deleted_or_remarked() -> None:
    assert odt_text(odt("Başlık", body=TABLE)) == "Başlık\nKonu\tBank\nBir   iki\n üç & dört"


@pytest.mark.parametrize(
    "data",
    [
        odt("x", locked=True),
        odt("0" * 6_000_000),
        odt("Merhaba")[:400],
        odt("", body=f"<text:s text:c='{'9' * 5_000}'/>"),
        odt("", body="<text:p>" * 100_000),
        odt("").replace(b"content.xml", b"kontent.xml"),
    ],
    ids=["locked", "large", "torn", "blanks", "deep", "without content"],
)
def test_an_odt_that_cannot_be_read_says_nothing(data: bytes) -> None:
    assert odt_text(data) == ""


def test_an_odt_with_a_document_type_is_not_read() -> None:
    xml = '<!DOCTYPE a [<!ENTITY b "bomba">]><office:body xmlns:office="o"><p>&b;</p></office:body>'
    assert odt_text(files.zipped(("content.xml", xml.encode()))) == ""
