"""Whose request a text is: floors on labelled texts, and the traps that the field is known for.

The sets and what they are for: ``tests/README.md``. Nothing may be tuned to the lines of a held-back set, or it says
nothing any more.
"""

import time

import pytest

from daemon.domain.registry import Registry
from daemon.domain.routing.router import Router
from daemon.domain.routing.values import Nature, Route
from tests.routing.score import HERE, labelled, score, shipped_router

Office = tuple[Router, Registry]


@pytest.fixture(scope="module")
def office() -> Office:
    return shipped_router()


@pytest.mark.parametrize("name", ["dev", "registers", "nuances", "voices"])
def test_the_development_sets_are_understood(office: Office, name: str) -> None:
    found = score(labelled(HERE / f"{name}.jsonl"), *office)
    assert found.accuracy >= 0.92
    assert len(found.opened) <= 0.05 * found.closed
    assert len(found.missed) <= 0.02 * found.expected
    assert found.unreviewed_right >= 0.98 * found.unreviewed


def test_texts_that_nobody_tuned_for_are_understood(office: Office) -> None:
    found = score(labelled(HERE / "unseen.jsonl"), *office)
    assert found.accuracy >= 0.95
    assert len(found.opened) <= 2
    assert found.unreviewed_right >= 0.98 * found.unreviewed, "what is filed without a person is right"
    assert found.unreviewed >= 0.75 * (found.unreviewed + found.reviewed), "and most is filed so"


def test_an_ordinary_year_s_texts_are_understood(office: Office) -> None:
    """``ordinary.jsonl``: of its lines only those that ask for nothing have been looked at."""
    found = score(labelled(HERE / "ordinary.jsonl"), *office)
    assert found.accuracy >= 0.94
    assert len(found.opened) <= 3
    assert found.missed == []
    assert found.unreviewed_right >= 0.98 * found.unreviewed


@pytest.mark.parametrize(("name", "least"), [("ordinary-held", 0.87), ("misleading-held", 0.78)])
def test_texts_that_mislead_and_several_matters_in_a_breath_are_mostly_understood(
    office: Office, name: str, least: float
) -> None:
    """By writers who knew neither words nor sets: a fifth of the texts hold several matters, a fifth none."""
    found = score(labelled(HERE / f"{name}.jsonl"), *office)
    assert found.accuracy >= least
    assert len(found.opened) <= 0.2 * found.closed
    assert len(found.missed) <= 2
    assert found.unreviewed_right >= 0.9 * found.unreviewed


@pytest.mark.parametrize("name", ["petitions", "petitions-held"])
def test_official_letters_are_understood_and_what_backs_them_up_is_no_request(
    office: Office, name: str
) -> None:
    found = score(labelled(HERE / f"{name}.jsonl"), *office)
    assert found.accuracy >= 0.93
    assert found.unreviewed_right >= 0.97 * found.unreviewed
    assert len(found.missed) <= 1
    assert len(found.miscounted) <= 0.15 * found.expected


@pytest.mark.parametrize("name", ["several", "several-held"])
def test_several_requests_in_one_text_are_mostly_told_apart(office: Office, name: str) -> None:
    """The hardest there is: two or three matters in a breath, as chats have them."""
    found = score(labelled(HERE / f"{name}.jsonl"), *office)
    assert found.accuracy >= 0.88
    assert found.unreviewed_right >= 0.96 * found.unreviewed
    assert len(found.missed) <= 1


@pytest.mark.parametrize("name", ["registers-held", "nuances-held", "voices-held"])
def test_every_register_of_writing_is_understood(office: Office, name: str) -> None:
    """The halves of these sets that nobody has looked at with the router's answers."""
    found = score(labelled(HERE / f"{name}.jsonl"), *office)
    assert found.accuracy >= 0.93
    assert len(found.opened) <= 4
    assert found.unreviewed_right >= 0.97 * found.unreviewed


def one(office: Office, text: str, *, subject: str = "") -> Route:
    [route] = office[0].route(subject=subject, body=text).routes
    return route


@pytest.mark.parametrize(
    ("text", "addressee"),
    [
        ("Atapark Mahallesi'nde çöpler üç gündür alınmıyor.", "temizlik"),
        ("19 Mayıs Mahallesi Gül Sokak'ta asfalt bozuk, yama yapılsın.", "fen"),
        ("Yayla Mahallesinde sokak köpekleri çoğaldı, toplatılmasını rica ederiz.", "veteriner"),
        ("Köşk Mahallesi 5. Sokakta kaldırım taşları yerinden oynamış, onarılsın.", "fen"),
        ("Çiçekli Mahallesi muhtarlığı önündeki konteyner taştı.", "temizlik"),
        ("Kar yağdı, yokuş buz tuttu, tuzlama yapılmasını rica ederiz.", "fen"),
        ("Parktaki çam ağacı kurudu, kesilmesini arz ederim.", "park"),
        ("Yol kenarında ölü kedi var, alınmasını rica ederim.", "veteriner"),
    ],
)
def test_names_of_places_do_not_decide(office: Office, text: str, addressee: str) -> None:
    assert one(office, text).directorate == addressee


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("Sokağımızda su borusu patladı, su boşa akıyor.", "ASKİ"),
        ("Rögar taştı, kanalizasyon kokusundan durulmuyor.", "ASKİ"),
        ("Sokak lambaları bir haftadır yanmıyor, gece karanlıkta kalıyoruz.", "Başkent EDAŞ"),
        ("Muhtarlık binasına elektrik aboneliği yapılması için yardımcı olunuz.", "Başkent EDAŞ"),
        ("Mahallemize doğal gaz hattı çekilmesini talep ediyoruz.", "Başkentgaz"),
        ("Otobüs seferleri çok seyrek, ek sefer konulmasını istiyoruz.", "EGO"),
    ],
)
def test_what_is_not_the_district_s_goes_to_the_body_outside(office: Office, text: str, body: str) -> None:
    assert one(office, text).external_body == body


@pytest.mark.parametrize(
    "text",
    ["Çöp konteynerleri boşaltılmıyor, koku yapıyor.", "Kaldırım taşları kırık, yürünmüyor, onarılsın."],
)
def test_writing_without_turkish_letters_or_in_capitals_changes_nothing(office: Office, text: str) -> None:
    plain = text.translate(str.maketrans("çğıöşüÇĞİÖŞÜ", "cgiosuCGIOSU"))
    capitals = text.replace("i", "İ").replace("ı", "I").upper()
    found = {one(office, written).directorate for written in (text, plain, capitals)}
    assert len(found) == 1
    assert found != {""}


@pytest.mark.parametrize(
    ("text", "nature"),
    [
        ("Asfaltımız yapıldı, emeği geçen herkese teşekkür ederiz.", Nature.THANKS),
        ("Geçen ay ilettiğimiz çukur talebimiz ne oldu?", Nature.STATUS),
        ("Belediyelere özel yol tuzu kampanyası! Toptan fiyat için bizi arayın.", Nature.SPAM),
        ("Bayramınızı kutlar, sağlık ve mutluluk dilerim.", Nature.CHATTER),
        ("Dün bildirdiğim lamba arızasını dikkate almayınız, düzelmiş.", Nature.CHATTER),
        ("Teslim edilemedi: Çöp saatleri. İletiniz sunucu tarafından geri çevrildi.", Nature.CHATTER),
        ("Pardon, yanlış gruba attım.", Nature.CHATTER),
        ("arkadaslar yarin budama varmis arabalari cekin diye haber geldi", Nature.CHATTER),
        ("çöp kamyonu geçti mi bugün gördün mü hasan", Nature.CHATTER),
        ("Elektrik faturamı ödedim dekontu size attım", Nature.CHATTER),
        ("Dilekçemi geri almak istiyorum, kaldırım sorunu çözülmüştür", Nature.CHATTER),
        ("kaçıncı katta fen işleri", Nature.CHATTER),
        ("Fen İşleri bugün kaça kadar açık?", Nature.CHATTER),
        ("Bilgi için iletiyorum: Salı günü mahallenizde su verilemeyecektir.", Nature.CHATTER),
        ("Sayın Muhtarım, bordür ve parke işlerinde firmamız hizmetinizdedir, keşif ücretsiz.", Nature.SPAM),
    ],
)
def test_what_asks_for_nothing_opens_nothing(office: Office, text: str, nature: Nature) -> None:
    assert office[0].route(subject="", body=text).nature is nature


@pytest.mark.parametrize(
    "text",
    [
        "Toplantı arasında muhtar: bize daimi bir süpürgeci verin, sokaklar yaprak dolu.",
        "Aşevinden günlük sıcak yemek listesine eklenmelerini diliyorum.",
        "Kahveci masaları yine dışarı yaydı.",
        "Atık kabı yetmiyor, ilave dört konteyner bırakılması hususunu bilgilerinize sunarım.",
    ],
)
def test_what_sounds_like_talk_may_be_a_request(office: Office, text: str) -> None:
    assert office[0].route(subject="", body=text).nature is Nature.REQUEST


@pytest.mark.parametrize(
    ("text", "addressee"),
    [
        (
            "Muhtar, yeşil alandaki otların diz boyu olduğunu, içinde yılan görüldüğünü, biçilmesini istedi.",
            "park",
        ),
        ("Muhtar, taksi durağı açılmasını, gece hastaneye gidecek araç bulamadığını iletti.", "UKOME"),
        ("Gece on birde yıkama ekibi gelirdi, pazar sonrası meydan yıkanmıyor, sinek basıyor.", "temizlik"),
        ("Gençlik merkezindeki satranç kursu doldu, ikinci bir sınıf açılsın.", "genclik-spor"),
    ],
)
def test_a_complaint_and_its_wish_are_one_request(office: Office, text: str, addressee: str) -> None:
    route = one(office, text)
    assert addressee in (route.directorate, route.external_body)


@pytest.mark.parametrize(
    ("text", "addressees"),
    [
        ("İki konumuz var: sokak lambası yanmıyor, parktaki salıncak kırık.", ["Başkent EDAŞ", "park"]),
        ("Önce su borusunu tamir etsinler, sonra siz de asfaltı yapın.", ["ASKİ", "fen"]),
        ("Sokağın asfaltlanmasını ve parka salıncak konulmasını istiyoruz.", ["fen", "park"]),
    ],
)
def test_a_writer_who_names_two_things_asks_for_two(office: Office, text: str, addressees: list[str]) -> None:
    routes = office[0].route(subject="", body=text).routes
    assert [route.external_body or route.directorate for route in routes] == addressees


@pytest.mark.parametrize(
    ("text", "urgent"),
    [
        ("İskelenin bağlantıları kopmuş, sallanıyor, altından insanlar geçiyor.", True),
        ("Taş duvar karnını verdi, bugün yarın çöker.", True),
        ("Trafonun kapısı ardına kadar açık.", True),
        ("Kepçe sarı boruyu deldi, tıslıyor.", True),
        ("Kuduz aşısı için istasyon kurulsun.", False),
        ("Sokağın ortasında açık rögar var.", True),
        ("elektrik teli kopmus yere sarkiyor", True),
        ("KOPAN ELEKTRİK TELİ KALDIRIMDA DURUYOR", True),
        ("Apartmanda gaz kokusu var.", True),
        ("Çöken istinat duvarı evlerin üzerine geliyor.", True),
        ("Derin çukura düşme tehlikesi bulunmaktadır.", True),
        ("Menhol kapağı kırılmış, araçlar düşüyor.", True),
        ("Rögar kapağı yok, çocuklar düşebilir.", True),
        ("Geçen ay onarıldı ama rögar kapağı yine açık.", True),
        ("Gaz kokusu ihbarı yaptık, kimse gelmedi.", True),
        ("Rampanın eğimi düzeltilsin.", False),
        ("Gaz kokusu yok, sadece faturada sorun var.", False),
        ("Gaz kokusu artık gelmiyor, abonelik istiyoruz.", False),
        ("Doğalgaz kokusu ihbarı asılsız çıktı, kaldırım sökük kaldı.", False),
        ("Açık rögar yok, yalnızca koku var.", False),
        ("Çukura düşme tehlikesi yok ama yama istiyoruz.", False),
        ("Can güvenliği tehlikesi bulunmamaktadır, kaldırım tamiri rica olunur.", False),
        ("Belediyeye güvenimiz çöktü, yollar bozuk.", False),
        ("Sabrımız koptu, çöpler toplanmıyor.", False),
        ("Geçen yıl duvar çökmüştü, onarıldı; şimdi boyanmasını istiyoruz.", False),
        ("Pazar yerinde fiyatlar patladı, denetim istiyoruz.", False),
        ("Duvar yıkılmadan önlem alınsın.", False),
        ("Menhol kapağı yerinde yok, kaldırımın ortasında çukur.", True),
        ("kanalizasyon kapağı kırılmış içine çocuk düşebilir", True),
        ("Yüksek gerilim hattı koptu.", True),
        ("Elektrik direği eve yattı.", True),
        ("sokakta doğalgaz kokuyor", True),
        ("Doğal gaz borusu açıkta, gaz çıkıyor.", True),
        ("Ormanlık alanda yangın var.", True),
        ("Çöp konteyneri yanıyor.", True),
        ("Kırılan dal askıda kaldı, tam okulun girişinde.", True),
        ("asansörde mahsur kaldılar", True),
        ("Apartman yan yattı.", True),
        ("Direkte kaçak akım var, dokunanı çarpıyor.", True),
        ("Sokak lambası gündüz de yanıyor.", False),
        ("Yangın tüpü dolumu için nereye başvurulur?", False),
        ("Açık rögarın dün akşam kapatıldığını bildirmek için aradı, koku sürüyor.", False),
    ],
)
def test_danger_to_life_is_seen_without_an_alarm_word(office: Office, text: str, urgent: bool) -> None:
    assert any(route.urgent for route in office[0].route(subject="", body=text).routes) is urgent


@pytest.mark.parametrize(
    ("text", "neighbourhood"),
    [
        ("Merhaba, Kalabada sular kesik.", "Kalaba"),
        ("kalaba mahalesinde su yok", "Kalaba"),
        ("Dün gezildi: Atapark girişindeki kaldırım kırık.", "Atapark"),
        ("Aktepe'den inen yol bozuk.", "Aktepe"),
        ("Fatih'in evinde su yok.", ""),
        ("yaylada çukur var", ""),
    ],
)
def test_a_neighbourhood_is_found_in_the_shapes_people_write(
    office: Office, text: str, neighbourhood: str
) -> None:
    assert one(office, text).neighbourhood == neighbourhood


def test_a_verb_that_looks_like_a_thing_is_none(office: Office) -> None:
    assert one(office, "Okulun önüne iki tümsek koyun, uçar gibi geçiyorlar.").directorate == "ulasim"
    assert one(office, "Marketin tartısı eksik gösteriyor.").directorate == "zabita"


def test_two_requests_in_one_text_become_two(office: Office) -> None:
    text = "1) Gül Sokakta çukurlar var, yama yapılsın.\n2) Parktaki salıncak kırıldı, onarılsın."
    assert [route.directorate for route in office[0].route(subject="", body=text).routes] == ["fen", "park"]


def test_the_lamps_of_a_park_are_for_a_person_to_decide(office: Office) -> None:
    assert one(office, "Parkın aydınlatma lambaları yanmıyor.").review


def test_what_decided_is_in_the_text(office: Office) -> None:
    text = "Sokağımızdaki asfalt çöktü, derin çukurlar oluştu."
    because = one(office, text).because
    assert because
    assert all(word in text for phrase in because for word in phrase.split())


def test_what_is_not_sure_waits_with_its_best_guesses(office: Office) -> None:
    route = one(office, "Mahallemizdeki sorunla ilgilenilmesini, gereğinin yapılmasını arz ederim.")
    assert route.review
    assert route.confidence < 0.5


def test_a_very_long_text_is_read_from_its_beginning_and_kept_whole(office: Office) -> None:
    text = "Sokağımızda çukur var, yama yapılsın. " + "Saygılarımızla selam ederiz, hepimiz iyiyiz. " * 4000
    began = time.process_time()
    route = one(office, text)
    assert time.process_time() - began < 5, "a mail of 180,000 letters must not hold up the inbox"
    assert route.directorate == "fen"
    assert route.text == text


@pytest.mark.parametrize(
    "when",
    [
        "Okulların açılacağı 14 Eylül tarihinden önce çalışmanın tamamlanması önem taşımaktadır.",
        "Okullar açılmadan önce bitirilmesini arz ederim.",
        "Pazar kurulmadan önce yapılırsa seviniriz.",
    ],
)
def test_by_when_is_no_request_of_its_own(office: Office, when: str) -> None:
    text = f"Mahallemiz Gül Sokak'ın kaldırım taşları sökülmüş, yayalar yürüyemiyor. {when}"
    assert one(office, text).directorate == "fen"


def test_danger_waits_for_nobody_s_decision(office: Office) -> None:
    text = (
        "Çiçekli Mahallesi Lale Sokak'taki istinat duvarı dün gece yıkıldı, toprak komşu evin bahçesine indi."
    )
    found = one(office, text)
    assert (found.directorate, found.urgent, found.review) == ("fen", True, False)
