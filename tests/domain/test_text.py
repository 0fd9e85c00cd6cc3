"""Text as people see it."""

import pytest

from daemon.domain.text import file_name, sort_key


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("7b/7b5679ca361e-dilekçe-aranabilir.pdf", "dilekçe-aranabilir.pdf"),
        (f"7b/{'a' * 64}-foto.jpg", "foto.jpg"),
        ("2026/12/çukur fotoğrafı.jpg", "çukur fotoğrafı.jpg"),
        ("yol-2026.pdf", "yol-2026.pdf"),
        ("", ""),
    ],
)
def test_a_stored_file_is_called_as_people_called_it(path: str, name: str) -> None:
    assert file_name(path) == name


def test_names_are_sorted_as_in_a_turkish_telephone_book() -> None:
    ordered = [
        "19 Mayıs",
        "23 Nisan",
        "Aşağı Bağlar",
        "Atapark",
        "Cumhuriyet",
        "Çaldıran",
        "Işıklar",
        "İnönü",
        "Yayla",
    ]
    assert sorted(set(ordered), key=sort_key) == ordered
