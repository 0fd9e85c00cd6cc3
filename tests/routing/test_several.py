"""Several matters in one message are told apart; one matter with what came of it stays one."""

import pytest

from daemon.domain.routing.router import Router


def addressees(router: Router, text: str) -> list[str]:
    return [route.external_body or route.directorate for route in router.route(subject="", body=text).routes]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Merdivenler kırık yaşlılar inemiyor bide parkta bank eksik", ["fen", "park"]),
        ("Sokağın yolu bozuktur. Aynı sokakta içme suyu borusu sızdırmaktadır.", ["fen", "ASKİ"]),
        ("1 yol cukur 2 rogar tasiyo 3 kopek cok", ["fen", "ASKİ", "veteriner"]),
        ("yol bozuk ışık yok çöp alınmıyo unuttular bizi", ["fen", "Başkent EDAŞ", "temizlik"]),
        ("dünden beri su yok, elektrik desen kesik", ["ASKİ", "Başkent EDAŞ"]),
        ("iki gündür su yok üstüne elektrik de gidip geliyor", ["ASKİ", "Başkent EDAŞ"]),
        (
            "Manavın kaldırımı kapattığını ve yanındaki kahvehanenin ruhsatsız çalıştığını bildirdi.",
            ["zabita", "ruhsat"],
        ),
        ("kasis, erzak kolisi, ilaçlama istiyoruz mahalle olarak", ["ulasim", "sosyal-yardim", "cevre"]),
        ("Çöp konteyneri yetersizdir. Kaldırımlar bozuktur. Gereğini arz ederim.", ["temizlik", "fen"]),
        ("rögar tıkalı / yol çökmüş / lamba sönük", ["ASKİ", "fen", "Başkent EDAŞ"]),
        ("Otobüs saatleri düzenlensin ayrıyeten parka bank konulsun", ["EGO", "park"]),
        ("asansör bozuk apartmanda, bu arada kapı numarası da düşmüş", ["ruhsat", "imar"]),
        (
            "Cenaze nakil aracının mahallemize daha çabuk yönlendirilmesini istiyoruz. Bir diğer husus, taziye "
            "evimizde oturacak sandalye ve masa kalmamıştır, 60 sandalye verilmesini arz ederim.",
            ["saglik", "destek"],
        ),
        (
            "Geceleri yarışan araçlar var, trafik polisinin hız denetimi yapması şart. İkinci olarak dar olan 89. "
            "Sokağın tek yön yapılmasını öneriyoruz. Son olarak parkın bankları kırıktır, onarılmasını rica ederiz.",
            ["Emniyet", "UKOME", "park"],
        ),
        (
            "Seyyar satıcıların hoparlör kullanmasının engellenmesini arz ederim. Diğer bir talebimiz: kırılan "
            "çöp konteynerinin yenilenmesidir. Üçüncüsü, yanmayan sokak lambalarının onarılmasıdır.",
            ["zabita", "temizlik", "Başkent EDAŞ"],
        ),
    ],
)
def test_each_matter_is_a_request_of_its_own(router: Router, text: str, wanted: list[str]) -> None:
    assert addressees(router, text) == wanted


@pytest.mark.parametrize("joint", [" ", "; ", ",\n", ":\n"])
@pytest.mark.parametrize(
    "opening",
    [
        "Muhtarlığını yürüttüğüm Ovacık Mahallesi sınırları içerisinde",
        "Ovacık Mahallesi sınırları dâhilinde yapılan incelemede",
        "Muhtarlığımız sınırları içinde bulunan Kavaklı Sokakta",
        "İhtiyar heyetimizin aldığı karar gereği",
        "Azalarımızla birlikte yaptığımız gezide görüldüğü üzere",
    ],
)
def test_what_only_leads_in_is_no_request(router: Router, opening: str, joint: str) -> None:
    matter = "parktaki spor aletleri kırılmış olup onarılması gerekmektedir."
    assert addressees(router, f"{opening}{joint}{matter}") == ["park"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("manav tezgahı kaldırıma taşıyor, bebek arabası da engelli de geçemiyor", "zabita"),
        ("köpekler çocuklara saldırıyor, çöpleri de deşiyorlar toplayın şunları", "veteriner"),
        (
            "Apartman altındaki imalathanenin ruhsatsız olduğunu, kokusunun ve gürültüsünün de çekilmez olduğunu, "
            "kapatılmasını istediğini söyledi.",
            "ruhsat",
        ),
        ("Kanalizasyon taşmakta, kokusu evlere dolmakta ve sinek üremektedir.", "ASKİ"),
        ("Çöpler alınmıyor. Köpekler çöpleri dağıtıyor.", "temizlik"),
        ("Parka bank, kamelya ve salıncak istiyoruz", "park"),
        ("Muhtarlığın tuvaleti tıkalı, musluğu akıtıyor, usta lazım", "fen"),
        ("Sokağımızda kanalizasyon yok, foseptik kullanıyoruz, hat çekilmesini talep ediyoruz.", "ASKİ"),
        ("1 aydır 2 lamba yanmıyor", "Başkent EDAŞ"),
    ],
)
def test_what_comes_of_a_matter_is_no_second_request(router: Router, text: str, wanted: str) -> None:
    assert addressees(router, text) == [wanted]


@pytest.mark.parametrize(
    "text",
    [
        "Madde 1: Sokağımızdaki çukurların kapatılması.\nMadde 2: Parktaki kırık bankların değiştirilmesi.",
        "İki konu: (i) sokaktaki çukur kapatılsın (ii) parktaki banklar kırık, değiştirilsin",
        "Bir: sokağımızdaki çukur kapatılsın. İki: parktaki kırık bank değiştirilsin.",
        "Evvelâ: sokağımızdaki çukurun kapatılması. Saniyen: parktaki kırık bankın değiştirilmesi.",
        "iki şey diyeceğim birincisi sokaktaki çukur kapansın ikincisi parktaki bank kırık",
        "01- Sokaktaki çukur kapatılsın. 02- Parktaki kırık bank değiştirilsin.",
        "117/1. Sokaktaki çukur kapatılsın.\n117/2. Parktaki kırık bank değiştirilsin.",
    ],
)
def test_a_list_is_seen_however_it_counts(router: Router, text: str) -> None:
    assert addressees(router, text) == ["fen", "park"]


def test_the_numbered_steps_of_one_wish_are_one_request(router: Router) -> None:
    text = (
        "1) Pazartesi kurulan pazardan sonra sebze artıkları ertesi güne kadar yerde kalmaktadır. 2) Oturanlar kokudan "
        "rahatsızdır. 3) Pazar toplandıktan sonra alanın süpürülüp yıkanması için gereğinin yapılmasını arz ederim."
    )
    assert addressees(router, text) == ["temizlik"]


def test_a_table_s_rows_are_requests_of_their_own(router: Router) -> None:
    body = (
        "Çalışma yapılması gereken sokaklar aşağıdaki tabloda belirtilmiştir.\nNo Sokak Talep\n"
        "1 1416. Sokak Kaldırım onarımı\n2 Nar Sokak 4 adet lamba yanmıyor\n3 Çeşme Sokak Sokak tabelası yok\n"
        "Gereğini saygılarımla arz ederim."
    )
    routes = router.route(subject="", body=body).routes
    assert [route.external_body or route.directorate for route in routes] == ["fen", "Başkent EDAŞ", "imar"]
    assert routes[-1].text == "Çeşme Sokak Sokak tabelası yok"


@pytest.mark.parametrize(
    "text",
    [
        "Sayın Müdürüm, sokağımızın asfaltı çöktü, geçen gün yazmıştım. Ayrıca köpekler çok arttı, toplansın.",
        "Çöpler alınmıyor. Ali Bey de böyle dedi. Bir de parktaki salıncak kırık, kolay gelsin.",
    ],
)
def test_nothing_that_was_written_is_lost_when_a_text_is_divided(router: Router, text: str) -> None:
    routes = router.route(subject="", body=text).routes
    assert len(routes) == 2
    kept = " ".join(route.text for route in routes)
    assert [word for word in text.split() if word.strip(",.") not in kept] == []
