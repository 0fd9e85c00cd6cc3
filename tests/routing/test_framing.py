"""What a letter refers to, encloses and copies to is no matter of its own; whatever asks for something is."""

import pytest

from daemon.domain.routing.framing import without_frame
from daemon.domain.routing.router import Router

SWING = "Mahallemiz Çeşme Sokak parkındaki salıncağın zinciri kopmuştur, onarılmasını istiyoruz."
FRAMES = (
    "İlgi: 06.12.2024 tarihli dilekçemiz.",
    "İlgi : Fen İşleri Müdürlüğünün 12.05.2026 tarihli ve E-123-456 sayılı yazısı.",
    "İLGİ: (a) Zabıta Müdürlüğü'nün 01.02.2026 tarih ve 12 sayılı yazısı, (b) 3 Mart 2026 tarihli e-posta",
    "İlgi:\na) Temizlik İşleri Müdürlüğünün 12.05.2026 tarihli yazısı.\nb) 11.02.2026 tarihli ve 45 sayılı yazımız.",
    "EK:\n1- Fotoğraf (4 adet)\n2- Tapu fotokopisi",
    "EKLER: 1- Tapu fotokopisi 2- İmza listesi 3- Kroki",
    "Ek: 3 adet fotoğraf",
    "Ekler\n1) Muhtarlık karar örneği\n2) Fotoğraf CD'si",
    "EK-1: Mahalle sakinlerinin dilekçesi\nEK-2: Kroki",
    "Bilgi: Zabıta Müdürlüğü",
)
REQUESTS = (
    "Ek olarak çöp konteyneri de istiyoruz.",
    "Ek: bir de çöp konteyneri istiyoruz.",
    "Ek: Fotoğrafta görülen çukurun doldurulması",
    "Bilgi: muhtarlığın çatısı da akıyor",
    "İlgi: büfenin önündeki çukur",
    "Ekler",
)


@pytest.mark.parametrize("frame", FRAMES)
def test_a_list_that_frames_the_letter_is_set_apart(frame: str) -> None:
    assert without_frame(f"{frame}\n\n{SWING}") == (f"\n{SWING}", frame)
    assert without_frame(f"{SWING}\n{frame}\n\nTel: 0500 000 00 00") == (
        f"{SWING}\n\nTel: 0500 000 00 00",
        frame,
    )


@pytest.mark.parametrize("line", REQUESTS)
def test_what_asks_for_something_is_none(line: str) -> None:
    assert without_frame(f"{SWING}\n{line}") == (f"{SWING}\n{line}", "")


def test_below_what_is_referred_to_the_letter_begins_though_it_tells_of_a_day() -> None:
    letter = "12.05.2026 tarihinde yıkılan kaldırımın\nonarılmasını istiyoruz."
    assert without_frame(f"İlgi: a) 11.05.2026 tarihli dilekçemiz.\n{letter}")[0] == letter


def test_a_letter_of_nothing_else_stays() -> None:
    assert without_frame("Ek: 3 adet fotoğraf") == ("Ek: 3 adet fotoğraf", "")


@pytest.mark.parametrize("frame", FRAMES)
def test_it_makes_no_request_and_no_addressee(router: Router, frame: str) -> None:
    letter = f"{frame}\n\n{SWING}\n\nGereğini arz ederim.\n\n{frame}"
    [route] = router.route(subject="", body=letter).routes
    assert (route.directorate, route.review, route.text) == ("park", False, letter)


def test_of_several_requests_the_last_keeps_it(router: Router) -> None:
    frame = "Ek: 3 adet fotoğraf"
    found = router.route(subject="", body=f"1. {SWING}\n2. Sokak lambası yanmıyor.\n\n{frame}").routes
    assert [frame in route.text for route in found] == [False, True]
