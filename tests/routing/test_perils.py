"""Danger told of with things that no list names, and texts in the same words that tell of none."""

import time

import pytest

from daemon.domain.routing.perils import perils
from daemon.domain.routing.router import Router
from daemon.domain.routing.tokens import tokens


def is_urgent(router: Router, text: str) -> bool:
    return any(route.urgent for route in router.route(subject="", body=text).routes)


@pytest.mark.parametrize(
    "text",
    [
        "Kuyuya çocuk düştü.",
        "Gölete çocuk düştü, çıkaramadılar.",
        "Menfeze bir çocuk yuvarlanmış.",
        "Minibüs kanala uçtu.",
        "Okulun önündeki su kuyusunun kapağı yok.",
        "Eski sarnıcın ağzı açıkta duruyor.",
        "Rögar kapağı yerinde değil.",
        "Telekom kapağı yok, derin çukur",
        "Yol kenarındaki menfezin üstü açık, geçen akşam bir çocuk düştü.",
        "Yağmur ızgarası çalınmış, yerinde kocaman boşluk var.",
        "Asansör boşluğu açık, kapı takılmamış.",
        "Köprü korkuluğu kopmuş, aşağısı dere.",
        "KOPRU KORKULUGU KOPMUS",
        "Merdiven korkuluğu yok, aşağısı beş metre.",
        "Demir korkuluk kopmuş üst geçitte, aşağısı çevre yolu.",
        "Metruk binanın çatısı uçmak üzere.",
        "Eski okulun tavanı çöktü çökecek, çocuklar giriyor.",
        "Minare sallanıyor, taşları düşüyor.",
        "Bodrumda su doldu, elektrik panosu suyun içinde.",
        "Yüksek gerilim hattı evin damına değecek kadar sarkmış.",
        "Ağaç dalı kırıldı, elektrik tellerinin üstünde asılı.",
        "Asansör halatı kopmuş, içinde insan kalmış.",
        "Doğal gaz borusundan kaçak var.",
        "Gazzz kokuyorrr",
        "yangınnn varrr",
        "Adam köprüden atlayacak.",
        "Yaşlı bir kadın iki gündür evden ses vermiyor.",
    ],
)
def test_danger_is_heard_by_what_it_is_made_of(router: Router, text: str) -> None:
    assert is_urgent(router, text)


@pytest.mark.parametrize(
    "text",
    [
        "Köprünün korkuluğu paslanmış, boyansın.",
        "Merdivene korkuluk yapılsın, yaşlılar tutunamıyor.",
        "Çocuk düşmesin diye merdivene korkuluk istiyoruz.",
        "Rögar kapağı açılıp temizlensin.",
        "Kuyunun üstü kapatıldı, teşekkür ederiz.",
        "Rögar kapağı yoktu, takıldı, sağ olun.",
        "Su kuyusu ruhsatı için başvuracağım.",
        "Kanala düşen çöpler toplansın.",
        "Derenin etrafı açık, ağaçlandırılsın.",
        "Umutlarımız yıkılmak üzere, asfalt gelmedi.",
        "İnternet koptu kopacak, hat çok zayıf.",
        "Gençlerin umutları suya düştü, halı saha yapılmadı.",
        "Vatandaşın içine düştüğü zor durum ortada, yardım edilsin.",
        "Okullar açılmak üzere, okul yolu boyansın.",
        "Müdürlük kapıyı açmıyor, günlerdir ses yok.",
        "Kadınlar için kurs açılsın, günlerdir ses yok sizden.",
        "Kuyunun üzerinde otlar büyümüş, biçilsin.",
        "Dal parçaları kaldırımda duruyor.",
        "Tanker ile su dağıtılsın.",
        "Bina dış cephesi boyanmak üzere, iskele izni gerekiyor.",
    ],
)
def test_the_same_things_without_danger_alarm_nobody(router: Router, text: str) -> None:
    assert not is_urgent(router, text)


@pytest.mark.parametrize(
    "text",
    [
        "çocuk " * 2_000 + "kuyuya " * 2_000,
        "korkuluk köprü dere kanal " * 1_000,
        "a" * 20_000,
    ],
)
def test_no_text_takes_long(text: str) -> None:
    began = time.process_time()
    list(perils(tokens(text)))
    assert time.process_time() - began < 2
