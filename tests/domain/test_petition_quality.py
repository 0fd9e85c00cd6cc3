"""Whether a subject is believed beside the petition's text."""

import pytest

from daemon.domain.petition_quality import is_borne_out, mended

TEXT = (
    "Sokak ile cadde arasındaki merdivenlerin korkulukları kopmuştur; ağaçların budanması da gerekmektedir."
)


@pytest.mark.parametrize(
    ("subject", "clear", "believed"),
    [
        ("Merdiven korkuluğu", False, True),
        ("Merdivan korkuluğu", True, False),
        ("Ağaç budanmağı", True, False),
        ("Ağaç budanması", False, True),
        ("Bozuk kaldırım", True, True),
        ("Bozuk kaldırım", False, False),
        ("© Merdiven", True, False),
        ("Merdiven'korkuluğu", True, False),
    ],
)
def test_a_subject_is_believed_as_far_as_the_text_bears_it_out(
    subject: str, clear: bool, believed: bool
) -> None:
    assert is_borne_out(subject, TEXT, surely_read=clear) is believed


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("Ağaç hudanması", "Ağaç budanması"),
        ("AĞAÇ HUDANMASI", "AĞAÇ BUDANMASI"),
        ("Kaldırım vapılması", "Kaldırım yapılması"),
        ("Çöp.konteyneri talebr", "Çöp konteyneri talebi"),
        ("Korkulukların onarımı", "Korkulukların onarımı"),
        ("Merdivenler", "Merdivenler"),
        ("Caddenin temizliği", "Caddenin temizliği"),
        ("No.5 kaldırım", "No.5 kaldırım"),
    ],
)
def test_a_misread_word_of_a_subject_is_written_as_the_text_has_it(read: str, meant: str) -> None:
    assert mended(read, TEXT) == meant


def test_endings_that_differ_by_themselves_stay() -> None:
    """ "l" looks like "i", but "konteyneri" is a word beside "konteynerleri"."""
    assert mended("Çöp konteyneri", "Çöp konteynerleri yetersizdir.") == "Çöp konteyneri"
    assert mended("Park bakımı", "Parka bakım gerekir.") == "Park bakımı"
