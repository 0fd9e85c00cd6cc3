"""Character references of letters and documents from strangers."""

import pytest

from daemon.mail.entities import resolved
from daemon.mail.html import to_text

ENDLESS = "&#" + "9" * 5_000 + ";"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("&Ccedil;&#305;nar Sokak &amp; &#x130;stasyon", "Çınar Sokak & İstasyon"),
        ("&#0000065;", "A"),
        (f"Yol{ENDLESS}bozuk", "Yol\ufffdbozuk"),
        ("&#x" + "f" * 9_000, "\ufffd"),
        ("&#1114112;&yok;", "\ufffd&yok;"),
    ],
    ids=["Turkish", "zeros", "endless", "endless without an end", "no character"],
)
def test_references_are_resolved_whatever_they_name(written: str, meant: str) -> None:
    assert resolved(written) == meant


def test_an_endless_reference_harms_no_mail() -> None:
    assert to_text(f'<p title="{ENDLESS}">Yol {ENDLESS} bozuk</p>') == "Yol \ufffd bozuk"
