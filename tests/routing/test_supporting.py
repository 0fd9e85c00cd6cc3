"""Sentences that back a petition up make no request, and do not hide the one that they back."""

import pytest

from daemon.domain.routing.router import Router
from daemon.domain.routing.supporting import only_supports
from daemon.domain.routing.values import Nature

LAMPS = "Mahallemiz Çeşme Sokakta aydınlatma direklerinin lambaları yanmamaktadır."
BACKING = (
    "Caminin cemaati de buradan geçiyor.",
    "Okulun öğrencileri her sabah bu yolu kullanmakta, buradan yürümektedir.",
    "Durumu gösteren fotoğraflar istenmesi hâlinde tarafımızca gönderilecektir.",
    "Ödenek yetersizliği gerekçe gösterilerek ertelenmiştir.",
    "Konu mahalle toplantısında gündeme gelmiş, oy birliğiyle belediyeye bildirilmesine karar verilmiştir.",
    "Muhtarlığımıza haber verilmesi hâlinde her türlü yardım sağlanacaktır.",
    "Komşu mahallelerde aynı hizmet verilmiştir.",
    "Kırk kişinin imzaladığı dilekçe muhtarlığımızda muhafaza edilmektedir.",
    "Durumun İnönü İlkokulu öğrencilerinin yolunda olması da ayrıca önem taşımaktadır.",
    "Bölgede yaklaşık 40 hane ve 6 iş yeri bulunmaktadır.",
)
REQUESTS = (
    "Arızanın giderilmesi hususunda gereğini arz ederim.",
    "Parktaki bankların onarılmasını istiyoruz.",
    "Depremzede ailenin eşyaya ihtiyacı bulunmaktadır.",
    "Sokağımızdaki çukur yüzünden araçlar geçemiyor.",
    "Çocuklar buradan geçemiyor.",
    "Yaşlılarımız merdiven olmadığından burayı kullanamıyor.",
    "Halk otobüsü buradan geçmiyor.",
    "Halk otobüsleri çok hızlı, buradan uçarak geçiyor.",
    LAMPS,
)
STONES = "Kaldırım taşları hep kırık. Ustaların gelip taşları değiştirmesini rica ederiz."
TREE = "Parktaki ağaç kurudu. Ağacın kesilmesini rica ediyorum."
ONE_WAY = "Söğüt Caddesi çok dar. Bu cadde tek yön olsun istiyoruz."


@pytest.mark.parametrize("sentence", BACKING)
def test_a_sentence_that_only_backs_up_is_known(sentence: str) -> None:
    assert only_supports(sentence)


@pytest.mark.parametrize("sentence", REQUESTS)
def test_a_sentence_that_asks_is_none(sentence: str) -> None:
    assert not only_supports(sentence)


@pytest.mark.parametrize("sentence", BACKING)
def test_it_makes_no_request_of_its_own(router: Router, sentence: str) -> None:
    found = router.route(subject="", body=f"{LAMPS} {sentence} Gereğini arz ederim.")
    [route] = found.routes
    assert route.external_body == "Başkent EDAŞ"
    assert not route.review
    assert sentence in route.text, "what goes to the directorate is the whole letter"


@pytest.mark.parametrize(
    ("before", "wish", "after", "whose"),
    [
        ("", STONES, "Telefonla iki kere söyledim, gelen olmadı.", "fen"),
        ("", STONES, "Hemşehrilerimizin bir sıkıntısını sizlere aktarmak istiyorum.", "fen"),
        ("Telefonla iki kere söyledim, gelen olmadı.", TREE, "", "park"),
        ("Yaşlılar, engelliler hep buradan yürüyor.", ONE_WAY, "", "UKOME"),
    ],
)
def test_what_only_backs_up_is_known_by_its_words_too(
    router: Router, before: str, wish: str, after: str, whose: str
) -> None:
    """The telephone was a matter for Türk Telekom, old people one for social aid."""
    [route] = router.route(subject="", body=f"{before} {wish} {after}".strip()).routes
    assert (route.external_body or route.directorate, route.review) == (whose, False)
    assert all(part in route.text for part in (before, wish, after)), "nothing that was written is taken away"


def test_a_wish_beside_another_is_no_backing(router: Router) -> None:
    body = "Kaldırımımız bozuk, onarılsın. Haftanın bir günü bizim konakta da tiyatro provası yapılsa."
    assert len(router.route(subject="", body=body).routes) == 2


@pytest.mark.parametrize(
    "closing",
    [
        "Gereğinin yapılarak tarafıma bilgi verilmesini arz ederim.",
        "Ruhsatı olup olmadığının araştırılarak tarafımıza bilgi verilmesini arz ederim.",
    ],
)
def test_a_petition_that_asks_to_be_told_of_the_outcome_is_no_question_about_an_earlier_one(
    router: Router, closing: str
) -> None:
    body = (
        f"Mahallemizde binanın çatısına baz istasyonu kurulmuştur. İmzalı dilekçe ekte sunulmuştur. {closing}"
    )
    assert router.route(subject="", body=body).nature is Nature.REQUEST


def test_a_question_about_an_earlier_petition_is_still_one(router: Router) -> None:
    body = "Geçen ay verdiğim dilekçe hakkında bilgi verilmesini rica ederim."
    assert router.route(subject="", body=body).nature is Nature.STATUS


def test_what_both_opinions_doubt_is_part_of_the_request_before_it(router: Router) -> None:
    body = (
        "Parktaki yeşil alanların sulanmaması sebebiyle fidanlar kurumaktadır. Damlama sulama sistemi kurulmasını, bu "
        "mümkün değilse haftada 5 gün tankerle sulama yapılmasını rica ederim."
    )
    [route] = router.route(subject="", body=body).routes
    assert route.directorate == "park"


@pytest.mark.parametrize(
    "body", ["Merdiven korkuluğu kırık, fotoğrafı ektedir.", "Merdiven korkuluğu kırık fotoğrafı ekte"]
)
def test_a_complaint_is_not_hidden_by_the_photograph_that_it_encloses(router: Router, body: str) -> None:
    [route] = router.route(subject="", body=body).routes
    assert (route.directorate, route.review) == ("fen", False)
