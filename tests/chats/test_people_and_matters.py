"""Who a contact is, and how messages become matters."""

import pytest

from daemon.domain.chats.bursts import bursts_of
from daemon.domain.chats.chat import read_chat
from daemon.domain.chats.matters import Matter, Need, matters_of
from daemon.domain.chats.people import People, Side, digits_of
from daemon.domain.routing.values import Routing
from daemon.domain.small_talk import is_small_talk, without_greeting
from tests.chats.exports import HEADMAN, OFFICE, android
from tests.steps.sheet_office import _shipped

OFFICE_NOW = _shipped()[0].current.office
REGISTRY = OFFICE_NOW.registry
PEOPLE = People(REGISTRY)


@pytest.mark.parametrize(
    ("name", "neighbourhood"),
    [
        ("Mustafa Şahinbey", "Yayla"),
        ("MUSTAFA SAHINBEY MUHTAR", "Yayla"),
        ("Mustafa Şahinbey 🌿", "Yayla"),
        ("~ Mustafa Şahinbey 🌿", None),
        ("~ Yayla Muhtarı", None),
        ("Yayla Mhtr Mustafa", "Yayla"),
        ("19 Mayıs Muht. Ayşe Hnm", "19 Mayıs"),
        ("Yayla Muhtar Mustafa Bey / Hn.", "Yayla"),
        ("Örnek Yayla Muhtarı", "Yayla"),
        ("Örnek Muhtarı", None),
        ("Çankaya Yayla Muhtarı", None),
        ("Muhtar Fatih", None),
        ("Fatih", None),
        ("Fatih Bey", None),
        ("Fatih Muhtarı", "Fatih"),
        ("Fatih Mah. Muhtar", "Fatih"),
        ("Muhtar Fatih Acarbey", "Osmangazi"),
        ("Muhtar Mustafa Şahinbey Yayla", "Yayla"),
        ("Yayla", "Yayla"),
        ("Yayla Muhtarı", "Yayla"),
        ("Yayla Muhtarlığı", "Yayla"),
        ("YAYLA MAH. MUHTAR", "Yayla"),
        ("Yayla Muhtar Mustafa Bey", "Yayla"),
        ("Yayla Muh. Mustafa", "Yayla"),
        ("Yayla Mh. Muhtar Mustafa Ş.", "Yayla"),
        ("M. Şahinbey Yayla Mah.", "Yayla"),
        ("Yayla Muhtarı A.", None),
        ("19 Mayıs Muhtar", "19 Mayıs"),
        ("Ondokuz Mayıs Mah. Muhtarı Ayşe", "19 Mayıs"),
        ("Aşağı Bağlar Muhtar Emine Abla", "Aşağı Bağlar"),
        ("+90 500 000 04 21", "Yayla"),
        ("0500 000 0421", "Yayla"),
        ("5000000421", "Yayla"),
        ("Yayla azası Veli", None),
        ("Yayla eski muhtar", None),
        ("Yayla Köşk Muhtarlar", None),
        ("Mustafa", None),
        ("Muhtar", None),
        ("", None),
        ("+90 555 555 55 55", None),
        ("Muhtarlık İşleri", None),
    ],
)
def test_a_contact_is_a_headman_only_when_nothing_speaks_against_it(
    name: str, neighbourhood: str | None
) -> None:
    place = PEOPLE.place_of(name)
    assert (place.name if place else None) == neighbourhood


@pytest.mark.parametrize(
    ("name", "guesses"),
    [
        ("Yayla azası Veli", ["Yayla"]),
        ("Mustafa", ["Yayla"]),
        ("Yayla Köşk Muhtarlar", ["Yayla", "Köşk"]),
        ("~ Mustafa Şahinbey", ["Yayla"]),
        ("Xyz", []),
    ],
)
def test_whoever_is_not_known_for_sure_is_guessed(name: str, guesses: list[str]) -> None:
    assert [place.name for place in PEOPLE.guesses(name)] == guesses


def test_of_two_who_write_the_one_that_the_file_is_called_after_is_the_contact() -> None:
    text = android(("09:00", "Ayşe", "Buyurun"), ("09:01", "Veli", "Çukur var"))
    chat = read_chat(text, name="WhatsApp Sohbeti - Veli.txt")
    assert chat is not None
    people = PEOPLE.of(chat)
    assert (people["Ayşe"].side, people["Veli"].side) == (Side.OFFICE, Side.UNKNOWN)
    named = PEOPLE.of(chat, hint=REGISTRY.neighbourhood("Köşk"))["Veli"]
    assert (named.side, named.place) == (Side.HEADMAN, REGISTRY.neighbourhood("Köşk"))


def test_without_a_title_two_strangers_stay_unknown_and_a_colleague_is_the_office() -> None:
    chat = read_chat(android(("09:00", "Ayşe Kaya", "Buyurun"), ("09:01", "Veli", "Çukur var")), name="x.txt")
    assert chat is not None
    assert {person.side for person in PEOPLE.of(chat).values()} == {Side.UNKNOWN}
    people = People(REGISTRY, ["Ayşe KAYA"]).of(chat)
    assert people["Ayşe Kaya"].side is Side.OFFICE


@pytest.mark.parametrize(
    ("phone", "digits"), [("0 (500) 000-04-21", "5000000421"), ("123", ""), ("Ali 5000000421", "")]
)
def test_a_telephone_number_is_its_last_ten_digits(phone: str, digits: str) -> None:
    assert digits_of(phone) == digits


@pytest.mark.parametrize(
    "text",
    [
        "Tamam başkanım, teşekkürler 🙏",
        "👍👍",
        "Hayırlı cumalar",
        "Selamün aleyküm",
        "Allah razı olsun",
        "iyi bayramlar dileriz",
        "Ok",
        "Rica ederim",
        "SAĞ OLUN VAR OLUN",
        "Kolay gelsin muhtarım",
        "",
    ],
)
def test_greetings_thanks_and_signs_are_small_talk(text: str) -> None:
    assert is_small_talk(text)


@pytest.mark.parametrize("text", ["Tamam, 12 numaranın önü", "çukur", "Günaydın, çöpler alınmadı", "Su yok"])
def test_whatever_says_more_is_no_small_talk(text: str) -> None:
    assert not is_small_talk(text)


def _route(text: str) -> Routing:
    return OFFICE_NOW.router.route(subject="", body=text, neighbourhood="Yayla")


def _matters(*lines: tuple[str, str, str]) -> list[Matter]:
    chat = read_chat(android(*lines), name=f"WhatsApp Sohbeti - {HEADMAN}.txt")
    assert chat is not None
    return [matter for burst in bursts_of(chat, PEOPLE.of(chat)) for matter in matters_of(burst, _route)]


Line = tuple[str, str, str]


def said(*lines: tuple[str, str]) -> tuple[Line, ...]:
    return tuple((time, HEADMAN, words) for time, words in lines)


ONE, TWO = ("IMG-1.jpg (dosya ekli)", "IMG-2.jpg (dosya ekli)")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            said(
                ("09:14", "Günaydın"), ("09:15", "Su Deposu Sokakta yol çöktü"), ("09:20", "12 numaranın önü")
            ),
            [("fen", "Su Deposu Sokakta yol çöktü\n12 numaranın önü", [])],
        ),
        (
            said(("09:14", "lale sokakta"), ("09:14", "lamba"), ("09:15", "yanmıyor")),
            [("Başkent EDAŞ", "lale sokakta\nlamba\nyanmıyor", [])],
        ),
        (
            said(("09:14", "12 numaranın önü"), ("09:15", "Yol çöktü, çukur var")),
            [("fen", "12 numaranın önü\nYol çöktü, çukur var", [])],
        ),
        (
            said(("09:14", "Yol çöktü"), ("09:15", "Bir çukur da Gül Sokakta var")),
            [("fen", "Yol çöktü\nBir çukur da Gül Sokakta var", [])],
        ),
        (
            said(
                ("09:14", "Yol çöktü"),
                ("09:15", "Çöpler üç gündür alınmıyor"),
                ("09:16", "Ne oldu bizim iş?"),
            ),
            [("fen", "Yol çöktü", []), ("temizlik", "Çöpler üç gündür alınmıyor", [])],
        ),
        (
            said(("09:14", "Bizim konteyner işi ne oldu?"), ("09:15", "hâlâ gelmedi")),
            [],
        ),
        (
            said(("09:14", "Bizim konteyner işi ne oldu?"), ("09:15", "Parkta bank da kırık")),
            [("park", "Parkta bank da kırık", [])],
        ),
        (
            said(("09:14", "Yol çöktü"), ("10:30", "Çukur daha da büyüdü, araç düştü")),
            [("fen", "Yol çöktü", []), ("fen", "Çukur daha da büyüdü, araç düştü", [])],
        ),
        (
            said(("09:14", "1) Çöpler alınmadı 2) Parkta bank kırık")),
            [("temizlik", "Çöpler alınmadı", []), ("park", "Parkta bank kırık", [])],
        ),
        (
            said(
                ("09:14", ONE),
                ("09:14", "Yol çöktü"),
                ("09:15", TWO),
                ("09:15", "Çöpler alınmadı"),
            ),
            [("fen", "Yol çöktü", ["IMG-1.jpg"]), ("temizlik", "Çöpler alınmadı", ["IMG-2.jpg"])],
        ),
        (
            said(
                ("09:14", "Yol çöktü"),
                ("09:14", ONE),
                ("09:15", "Çöpler alınmadı"),
                ("09:15", TWO),
            ),
            [("fen", "Yol çöktü", ["IMG-1.jpg"]), ("temizlik", "Çöpler alınmadı", ["IMG-2.jpg"])],
        ),
        (
            said(("09:14", "IMG-1.jpg (dosya ekli)\nYol çöktü")),
            [("fen", "Yol çöktü", ["IMG-1.jpg"])],
        ),
        (
            said(("09:14", "Yol çöktü"), ("09:15", "IMG-1.jpg (dosya ekli)\nHayırlı cumalar")),
            [("fen", "Yol çöktü", [])],
        ),
    ],
    ids=range(13),
)
def test_messages_become_matters(lines: tuple[Line, ...], expected: list[tuple[str, str, list[str]]]) -> None:
    found = _matters(*lines)
    assert [
        (m.route.external_body or m.route.directorate, m.route.text, [x.name for x in m.media])
        for m in found
        if m.route
    ] == expected
    assert {m.need for m in found} == ({Need.ROUTE} if expected else set())


def test_the_offices_answers_bridge_a_silence_and_its_words_are_no_requests() -> None:
    lines = (
        ("09:14", HEADMAN, "Yol çöktü"),
        ("10:05", OFFICE, "Çöpler alınmadı mı dediniz, hangi sokak?"),
        ("10:50", HEADMAN, "Su Deposu Sokak 12 numara"),
    )
    [matter] = _matters(*lines)
    assert matter.route
    assert matter.route.text == "Yol çöktü\nSu Deposu Sokak 12 numara"


@pytest.mark.parametrize(
    ("lines", "needs"),
    [
        (said(("09:14", "PTT-1.opus (dosya ekli)")), [Need.PERSON]),
        (said(("09:14", "Dilekçe.pdf (dosya ekli)")), [Need.PERSON]),
        (said(("09:14", "Günaydın"), ("09:15", ONE)), [Need.LOOK]),
        (said(("09:14", "konum: https://maps.google.com/?q=39.9,32.8")), [Need.LOOK]),
        (said(("09:14", "STK-1.webp (dosya ekli)"), ("09:15", "Ali.vcf (dosya ekli)")), []),
        (said(("09:14", "Ne oldu bizim iş?"), ("09:15", "Teşekkürler")), []),
    ],
)
def test_what_has_no_words_is_for_a_person_or_for_nobody(lines: tuple[Line, ...], needs: list[Need]) -> None:
    assert [matter.need for matter in _matters(*lines)] == needs


@pytest.mark.parametrize(
    ("text", "point"),
    [
        ("Merhaba, okulun yanındaki çukur", "Okulun yanındaki çukur"),
        ("Selamün aleyküm başkanım\nçöpler alınmadı", "Çöpler alınmadı"),
        ("İyi günler müdürüm parkta bank kırık", "Parkta bank kırık"),
        ("Günaydın Sokakta çukur var", "Günaydın Sokakta çukur var"),
        ("Muhtarlık binası akıyor", "Muhtarlık binası akıyor"),
        ("Selamiye Camii önü çamur", "Selamiye Camii önü çamur"),
        ("Sayın yetkili, parkta bank kırık", "Parkta bank kırık"),
        ("Hayırlı cumalar dilerim, bank kırık", "Bank kırık"),
        ("Merhaba,bank kırık", "Bank kırık"),
        ("Kardeşim yatalak hasta", "Kardeşim yatalak hasta"),
        ("Merhaba", "Merhaba"),
        ("Merhaba başkanım", "Merhaba başkanım"),
        ("Çok kötü kokuyor", "Çok kötü kokuyor"),
    ],
)
def test_a_subject_begins_where_its_writer_comes_to_the_point(text: str, point: str) -> None:
    assert without_greeting(text) == point
