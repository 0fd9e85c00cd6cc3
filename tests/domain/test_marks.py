"""Our remarks in ``Not`` come and go; what people write there stays, whatever words it begins with."""

import pytest

from daemon.domain import marks

NUMBER = "MHT-2026-000001"


@pytest.mark.parametrize(
    "mark",
    [
        marks.duplicate(NUMBER),
        marks.elsewhere(NUMBER, "Fen İşleri Müdürlüğü"),
        f"{marks.UNREADY}: Mahalle boş.",
    ],
)
def test_a_mark_goes_and_the_rest_stays(mark: str) -> None:
    assert (
        marks.without_marks(f"Ekip gönderildi.\n{mark}\nKeşif yapıldı.") == "Ekip gönderildi.\nKeşif yapıldı."
    )


@pytest.mark.parametrize(
    "line", ["Kopya satır, silinecek", "Mükerrer satır mı, bakılsın", "Kaydedilemedi diye arandı"]
)
def test_a_persons_line_that_begins_alike_stays(line: str) -> None:
    assert marks.without_marks(line) == line
