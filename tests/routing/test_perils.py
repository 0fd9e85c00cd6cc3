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
        "Asansör kapısı açılıyor ama kabin yok, düşen olur.",
        "İlkokulun duvarında eşek arısı yuvası var, çocuklara saldırıyorlar.",
        "Anaokulunun yanındaki ağaca arı oğul vermiş, çocuklar sokuluyor.",
        "Yaban arıları kreşin bahçesini sardı, iki çocuk hastanelik oldu.",
        "Bodrumda mazot kokusu çok ağır, başımız dönüyor.",
        "Soba borusu tıkanmış, evde herkes baygın yatıyor.",
        "Okul servisi her sabah dere yatağındaki sudan geçiyor, sel alıp götürecek.",
        "Balkonun altından beton parçaları yayaların kafasına iniyor.",
        "Yamaçtan kopan kaya parçaları evlerin bahçesine kadar indi.",
        "Hafriyat çukuru suyla dolmuş, çocuklar yüzmeye giriyor.",
        "Fosseptik çukurunun üstündeki tahta çürümüş, basan içeri gider.",
        "Sokağa devrilen varilden asit akıyor.",
        "Kabin gelmeden asansörün kapısı açıldı, az kalsın boşluğa adım atıyordum.",
        "Apartmanın cephesinden mermer plakalar kopup kaldırıma iniyor.",
        "Çatı saçağındaki koca buz kütlesi yayaların üstüne inecek.",
        "Kanala giren çocuklar akıntıya kapılıyor, her gün yüzüyorlar.",
        "Foseptiğin kapağı çürük sac, üstüne basan çöker.",
        "Sokaktaki demir kapıya değen elektriğe tutuluyor.",
        "Tavandan sıvalar dökülüyor, kirişin demiri gözüktü, sınıfta ders yapılıyor.",
        "Vinçle taşınan beton blok oyun parkının üzerinden geçiyor.",
        "Kaçak kazıda tünel açmışlar, içinde iki kişi mahsur.",
        "Bahçedeki eski kuyunun kalasları kırıldı, torunum az daha içine gidiyordu.",
        "Kreşin çatı arasında eşek arısı yuvası var.",
        "Isınmak için mangal yakmışlar, odada üç kişi bilinci kapalı bulundu.",
        "Depodaki boya tineri yola aktı, birisi kibrit çaksa gideriz.",
        "Gökdelenin camı patladı, parçaları yayaların üzerine yağıyor.",
        "Kanalda yüzen gençlerden biri çıkmadı.",
        "Sulama kanalının kenarı kaygan, çocuklar giriyor, akıntı götürüyor.",
        "Kuyunun üstüne koydukları sunta çürüdü, üstünde oyun oynuyorlar.",
        "İstinat duvarının dibindeki toprak aktı, duvar havada duruyor.",
        "Dolmuşun freni tutmuyor, yolcu taşımaya devam ediyor.",
        "Sokağa salınmış boğa insanlara saldırıyor.",
        "Yılan okulun tuvaletine girdi, çocuklar içeride.",
        "Elektrik direğinin dibi çürümüş, iple bağlamışlar, yola yatıyor.",
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
        "Arıcılara şeker desteği verilsin.",
        "Okulun bahçesine arı oteli yapmak istiyoruz.",
        "Arızalı arabalar okul önünde duruyor.",
        "Parktaki çiçeklere arılar geliyor, güzel oldu.",
        "Park çiçek dolu, arılar uçuşuyor, fotoğraf yarışması yapılsın.",
        "Temizlik için kullanılan klor kokusu park tuvaletinde rahatsız ediyor.",
        "Bayıldık yeni parka, ellerinize sağlık, bir bank daha konulsun.",
        "Kuyunun üstüne saksı koymuşlar, güzel olmuş, bir tane daha isteriz.",
        "Gençler kanalda balık tutuyor, çöp bırakıyor.",
        "Sele giden çöplerimiz derede birikti, toplansın.",
        "Tavandaki demir aksam paslı, boyansın.",
        "Elektriğe zam geldi, muhtarlık faturası yardım istiyoruz.",
        "Gelinin anasını komşu pastaneye götürdük, tuvalet açılsın.",
        "Komşunun arabası haftalardır kıpırdamadı, çekilsin.",
        "Evde eşya yok, çocuklar yerde yatıyor.",
        "Tuğlayı kaldırıma indirip gittiler, alınsın.",
    ],
)
def test_the_same_things_without_danger_alarm_nobody(router: Router, text: str) -> None:
    assert not is_urgent(router, text)


def test_danger_that_lies_across_two_parts_of_a_text_is_told(router: Router) -> None:
    text = "Kreşin çatı arasında eşek arısı yuvası var."
    assert len(router.parts(("", text), "")) > 1
    assert is_urgent(router, text)


@pytest.mark.parametrize(
    "text",
    [
        "çocuk " * 2_000 + "kuyuya " * 2_000,
        "korkuluk köprü dere kanal " * 1_000,
        "a" * 20_000,
        "arılar çocuk okul yuva " * 1_000,
        "beton demir kafa yaya kaldırım " * 1_000,
        "asansör kabin kapı kanal genç elektrik mahsur " * 800,
    ],
)
def test_no_text_takes_long(text: str) -> None:
    began = time.process_time()
    list(perils(tokens(text)))
    assert time.process_time() - began < 2
