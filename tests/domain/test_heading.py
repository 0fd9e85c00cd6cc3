"""The subject of a request that brings none of its own."""

import pytest

from daemon.domain.heading import heading
from daemon.domain.text import one_line


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("hem de çöpler alınmıyor", "Çöpler alınmıyor"),
        ("de muhtarlık binasına klima.", "Muhtarlık binasına klima."),
        ("ayrıca, ışıklar yanmıyor", "Işıklar yanmıyor"),
        ("ve ayrıca ilaçlama yapılsın", "İlaçlama yapılsın"),
        ("Sayın yetkili,\n\nHem yolumuz bozuk", "Yolumuz bozuk"),
        ("Merhaba, iyi günler. Parkta bank kırık", "Parkta bank kırık"),
        ("kaldırım onarımı", "Kaldırım onarımı"),
        ("Demir korkuluk kırık", "Demir korkuluk kırık"),
        ("Vedat Sokak'ta çukur var", "Vedat Sokak'ta çukur var"),
        ("İyi günler müdürüm parkta bank kırık", "Parkta bank kırık"),
        ("Selamün aleyküm başkanım, bir de lamba yanmıyor", "Lamba yanmıyor"),
        ("mrb çöpler alınmadı", "Çöpler alınmadı"),
        ("Teşekkürler. Parktaki bank kırık", "Parktaki bank kırık"),
        ("Teşekkürler belediyemize ait bank kırık", "Teşekkürler belediyemize ait bank kırık"),
        ("Günaydın Sokakta çukur var", "Günaydın Sokakta çukur var"),
        ("Hocamız namaza gelmiyor", "Hocamız namaza gelmiyor"),
        ("Sayın yetkili", "Sayın yetkili"),
        ("Daire önündeki çukur", "Daire önündeki çukur"),
    ],
)
def test_a_subject_made_of_the_text_begins_with_the_matter(text: str, subject: str) -> None:
    assert heading(one_line(text, 80), text) == subject


def test_a_subject_of_its_own_stays_as_it_was_written() -> None:
    assert heading("ve yine çukur", "Sokakta çukur var") == "ve yine çukur"
    assert heading("", "Sokakta çukur var") == ""


def test_what_was_cut_at_eighty_letters_is_cut_there_again() -> None:
    text = "ayrıca " + "çukur var " * 20
    made = heading(one_line(text, 80), text)
    assert (made[:9], made[-1]) == ("Çukur var", "…")
    assert len(made) > 70
