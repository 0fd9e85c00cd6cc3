"""What sounds like danger and is everyday wear, and what the same words tell of besides."""

import pytest

from daemon.domain.routing.router import Router


def is_urgent(router: Router, text: str) -> bool:
    return any(route.urgent for route in router.route(subject="", body=text).routes)


@pytest.mark.parametrize(
    "text",
    [
        "Bina yıkıldı, molozları kaldırılsın.",
        "Metruk ev geçen ay yıkıldı, enkazı hâlâ duruyor, temizlensin.",
        "Metruk bina yıkıldı, yerine otopark yapılsın.",
        "Asansör kapısı gıcırdıyor.",
        "Asfalt çöktü, çukurlar oluştu.",
        "Kışın yol çöktü, asfalt dalgalı oldu, yama yapılsın.",
        "Yol yer yer çökmüş, araçların alt takımı vuruyor.",
        "Balkondan halı silkiyorlar, tozu üstümüze düşüyor.",
    ],
)
def test_wear_rubble_and_dust_alarm_nobody(router: Router, text: str) -> None:
    assert not is_urgent(router, text)


@pytest.mark.parametrize(
    "text",
    [
        "Bina çöktü, molozları kaldırılsın.",
        "Bina bu gece yıkıldı, enkazı kaldırılsın.",
        "Bina yıkıldı, enkazın altında insan var, kaldırılsın.",
        "Duvar yıkıldı, molozu yola döküldü, kaldırılsın.",
        "Bina yıkıldı, kalan kısmı sallanıyor, moloz duruyor.",
        "Bina yıkıldı, yerine otopark yapılsın, yan binada gaz kokusu var.",
        "Rögar kapağı yoktu, takıldı. Yanında duvar yıkılmak üzere.",
        "Asfalt çöktü, altı bomboş.",
        "Yol çöktü, çukurlar oluştu, araba içine düştü.",
        "Yol yer yer çökmüş, altı oyuluyor.",
        "Asansör halatı gıcırdıyor, koptu kopacak.",
        "Vinç gıcırdıyor, devrildi devrilecek.",
        "Çatıdan kiremit düşüyor, tozu da geliyor.",
    ],
)
def test_what_they_may_hide_does(router: Router, text: str) -> None:
    assert is_urgent(router, text)
