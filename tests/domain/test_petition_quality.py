"""Whether a subject is believed beside the petition's text."""

import pytest

from daemon.domain.petition_quality import is_borne_out

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
