"""What asks for nothing by itself: captions, answers to the office, places, questions about earlier requests, and
that something is needed no more."""

from datetime import UTC, datetime

import pytest

from daemon.domain.chats.chat import read_chat
from daemon.domain.chats.details import (
    goes_on,
    is_chain_letter,
    is_detail,
    only_asks_after,
    only_wishes,
    withdraws,
)
from daemon.domain.chats.identity import identities_of
from daemon.domain.chats.matters import Need
from daemon.domain.chats.plan import ChatPlan, plan_chat
from daemon.domain.routing.values import Routing
from tests.chats.exports import HEADMAN, JPEG, OFFICE, android, bring, chat_file, chat_zip, requests, reviews
from tests.chats.test_people_and_matters import OFFICE_NOW, PEOPLE
from tests.steps.sheet_office import SheetOffice

PHOTO = "IMG-1.jpg (dosya ekli)"
LETTER = "dilekce.pdf (dosya ekli)"
HOLE = "Su Deposu Sokakta yol çöktü, çukur var"

Said = tuple[int, str, str, str]
"""Day of October 2026, time, who, words."""


def mine(words: str, *, day: int = 5, time: str = "09:12") -> Said:
    return day, time, HEADMAN, words


def theirs(words: str, *, day: int = 5, time: str = "09:30") -> Said:
    return day, time, OFFICE, words


def written(*said: Said) -> str:
    return "".join(android((time, who, words), day=f"{day:02d}.10.2026") for day, time, who, words in said)


def plan(*said: Said, title: str = HEADMAN) -> ChatPlan:
    chat = read_chat(written(*said), name=f"WhatsApp Sohbeti - {title}.txt")
    assert chat is not None
    people = PEOPLE.of(chat)

    def route(text: str, _: object) -> Routing:
        return OFFICE_NOW.router.route(subject="", body=text, neighbourhood="Yayla")

    return plan_chat(
        chat,
        people,
        identities=identities_of(chat, people),
        records=(),
        route=route,
        now=datetime(2026, 10, 30, tzinfo=UTC),
    )


def words_in(found: ChatPlan) -> list[list[str]]:
    """What stands in each request, pictures by their names."""
    return [
        [part for _, m in matter.members for part in (*(media.name for media in m.media), m.text) if part]
        for matter in found.fresh
    ]


@pytest.mark.parametrize(
    "caption",
    [
        "Gül sokak no 12",
        "Bakar mısınız",
        "Bu iş ne oldu",
        "Kolay gelsin",
        "Merhaba",
        "Durum bu",
        "Günaydın",
        "Günaydın başkanım 🙏",
        "Hayırlı sabahlar",
    ],
)
def test_a_photo_whose_caption_asks_for_nothing_is_looked_at_like_one_without(caption: str) -> None:
    found = plan(mine(f"{PHOTO}\n{caption}"))
    assert [matter.need for matter in found.questions] == [Need.LOOK]
    assert [media.name for media in found.questions[0].media] == ["IMG-1.jpg"]
    assert found.fresh == ()


@pytest.mark.parametrize("caption", ["Dilekçemiz ektedir", "Bilginize", "Kolay gelsin"])
def test_a_document_whose_caption_asks_for_nothing_is_a_request_that_a_person_reads(caption: str) -> None:
    [matter] = plan(mine(f"{LETTER}\n{caption}")).fresh
    assert (matter.need, [media.name for media in matter.media]) == (Need.PERSON, ["dilekce.pdf"])


@pytest.mark.parametrize(
    "caption",
    [
        "Hayırlı cumalar",
        "Günaydın, hayırlı cumalar",
        "Ramazan Bayramınızı kutlar, sağlık dileriz",
        "Hayırlı geceler",
    ],
)
def test_a_greeting_card_is_still_nobodys_business(caption: str) -> None:
    found = plan(mine(f"{PHOTO}\n{caption}"))
    assert (found.fresh, found.questions) == ((), ())
    assert words_in(plan(mine(HOLE), mine(f"{PHOTO}\n{caption}"))) == [[HOLE]]


@pytest.mark.parametrize("caption", ["Kolay gelsin", "Selamlar", "Günaydın", "Bu iş ne oldu"])
def test_beside_a_request_a_photo_is_attached_whatever_greeting_stands_below_it(caption: str) -> None:
    assert words_in(plan(mine(HOLE), mine(f"{PHOTO}\n{caption}"))) == [[HOLE, "IMG-1.jpg"]]


@pytest.mark.parametrize("caption", ["Son durum", "Dünkü çukurun fotoğrafı", "Su Deposu Sokak no 12"])
def test_a_photo_with_words_on_an_earlier_matter_goes_there(caption: str) -> None:
    found = plan(mine(HOLE), mine(f"{PHOTO}\n{caption}", day=6, time="09:14"))
    assert words_in(found) == [[HOLE, "IMG-1.jpg", caption]]
    assert found.questions == ()


@pytest.mark.parametrize("caption", ["Bakar mısınız", "Gül sokak no 12"])
def test_a_photo_on_another_matter_or_on_none_is_for_a_person(caption: str) -> None:
    found = plan(mine(HOLE), mine(f"{PHOTO}\n{caption}", day=6, time="09:14"))
    assert words_in(found) == [[HOLE]]
    assert [matter.need for matter in found.questions] == [Need.LOOK]


def test_a_photo_long_before_the_request_of_its_burst_is_kept() -> None:
    found = plan(mine(f"{PHOTO}\nGül sokak no 12"), mine(HOLE, time="09:40"))
    assert words_in(found) == [["IMG-1.jpg", HOLE]]


@pytest.mark.parametrize(
    ("request_", "question", "answer"),
    [
        ("Sokak lambası yanmıyor", "Hangi sokakta muhtarım?", "Menekşe Sokak 14 numaranın karşısı"),
        ("Yolda çukur var", "Adres nedir?", "Fatih caddesi no 12 fırının önü, numaram 0532 111 22 33"),
        ("Ayten hanım yatalak hasta, evde bakım istiyor", "Telefonu nedir?", "0532 111 22 33"),
        ("Parkta salıncak kırık", "Hangi park?", "Papatya parkı"),
        ("Sokak lambası yanmıyor", "Adresi yazar mısınız", "Ali amcanın evinin orası"),
    ],
)
def test_the_answer_to_the_offices_question_reaches_the_request_days_later(
    request_: str, question: str, answer: str
) -> None:
    for day, time in ((5, "11:02"), (7, "10:02"), (10, "10:02")):
        found = plan(mine(request_), theirs(question), mine(answer, day=day, time=time))
        assert words_in(found) == [[request_, answer]]


def test_an_answer_with_nothing_to_answer_is_for_a_person() -> None:
    found = plan(mine("Günaydın"), theirs("Hangi sokakta muhtarım?"), mine("Menekşe Sokak 14", time="13:00"))
    assert [matter.need for matter in found.questions] == [Need.DETAIL]


def test_a_place_named_unasked_soon_after_is_the_requests_and_later_a_persons() -> None:
    soon = plan(mine(HOLE), mine("Su Deposu Sokak 14 numaranın karşısı", day=7))
    assert words_in(soon) == [[HOLE, "Su Deposu Sokak 14 numaranın karşısı"]]
    late = plan(mine(HOLE), mine("Su Deposu Sokak 14 numaranın karşısı", day=20))
    assert words_in(late) == [[HOLE]]
    assert [matter.need for matter in late.questions] == [Need.DETAIL]


@pytest.mark.parametrize("other", ["Parkta bank kırık, onarılsın", "Çöpler üç gündür alınmıyor", "Yol çöktü"])
def test_a_new_request_after_a_question_of_the_offices_is_no_answer(other: str) -> None:
    found = plan(mine("Sokak lambası yanmıyor"), theirs("Hangi sokak?"), mine(other, day=7))
    assert words_in(found) == [["Sokak lambası yanmıyor"], [other]]


def test_talk_days_after_the_office_wrote_stays_talk() -> None:
    found = plan(mine(HOLE), theirs("Fen işlerine ilettik"), mine("Cuma günü toplantımız var", day=8))
    assert words_in(found) == [[HOLE]]
    assert found.questions == ()


def test_an_answer_in_the_next_export_stands_in_the_note_of_the_request(office: SheetOffice) -> None:
    asked = (mine("Sokak lambası yanmıyor"), theirs("Hangi sokakta muhtarım?"))
    bring(office, chat_file(written(*asked)))
    answer = mine("Menekşe Sokak 14 numaranın karşısı", day=8)
    bring(office, chat_file(written(*asked, answer)), body="Devamı.")
    [request] = requests(office)
    assert "Menekşe Sokak 14 numaranın karşısı" in request.note
    assert reviews(office) == []


def test_a_captioned_photo_in_the_next_export_is_attached_to_the_request(office: SheetOffice) -> None:
    bring(office, chat_file(written(mine(HOLE))))
    more = written(mine(HOLE), mine(f"{PHOTO}\nDünkü çukurun fotoğrafı", day=6, time="10:00"))
    bring(office, chat_zip(more, {"IMG-1.jpg": JPEG}), body="Devamı.")
    [request] = requests(office)
    assert [path.rpartition("-")[2] for path in request.attachments] == ["1.jpg"]
    assert reviews(office) == []


@pytest.mark.parametrize(
    "detail",
    [
        "otobüs durağının arkası",
        "çöp konteynerinin yanı",
        "çocuk parkının köşesi",
        "pazar yerinin girişi",
        "trafonun yanında",
        "adres Menekşe sokak 4",
        "Adresi: Lale Sok. No:5 kat 2",
        "Tamam başkanım, elektrik direğinin dibi",
        "Gül Sokak 5/3",
        "Ahmet Bey 0532 111 22 33",
    ],
)
def test_where_it_is_belongs_to_the_matter_whatever_stands_there(detail: str) -> None:
    assert is_detail(detail)
    assert words_in(plan(mine(HOLE), mine(detail, time="09:13"))) == [[HOLE, detail]]
    assert words_in(plan(mine(detail), mine(HOLE, time="09:13"))) == [[detail, HOLE]]
    alone = plan(mine(detail))
    assert (alone.fresh, [matter.need for matter in alone.questions]) == ((), [Need.DETAIL])


@pytest.mark.parametrize(
    "text",
    [
        "okulun önü çok kirli",
        "otobüs durağının arkası çöp dolu",
        "parkın girişine bank istiyoruz",
        "Cami önüne bank",
        "Okul önü hız kesici",
        "Gül Sokağın köşesindeki konteyner",
        "adres tabelası",
        "Gül Sokakta köpek var",
        "Çukurun yanında lamba da yanmıyor",
        "konteyner",
        "",
    ],
)
def test_what_says_more_than_a_place_is_no_detail(text: str) -> None:
    assert not is_detail(text)


def test_what_cannot_be_seen_is_what_was_told_of_before() -> None:
    seen = plan(mine(HOLE), mine(f"{PHOTO}\nakşam karanlıkta görünmüyor", time="09:14"))
    assert words_in(seen) == [[HOLE, "IMG-1.jpg", "akşam karanlıkta görünmüyor"]]
    assert goes_on("gece hiç fark edilmiyor")
    assert not goes_on("gece lambalar da zayıf, görülmüyor")
    assert not goes_on("Çöpten geçilmiyor")


@pytest.mark.parametrize(
    "status", ["Merhaba, bizim Menekşe sokaktaki asfalt işi ne oldu?", "Asfalt ne durumda?"]
)
def test_what_has_become_of_something_is_no_new_request(status: str) -> None:
    earlier = "Menekşe sokakta yol çöktü, asfalt istiyoruz"
    found = plan(mine(earlier), theirs("Fen işlerine ilettik"), mine(status, day=11))
    assert words_in(found) == [[earlier]]


@pytest.mark.parametrize(
    "text", ["Sokağa ne oldu bilmiyoruz, asfalt çökmüş", "Asfalt işi ne oldu, çok tehlikeli, lütfen yapın"]
)
def test_who_asks_after_something_and_complains_or_pleads_may_ask_for_it(text: str) -> None:
    assert not only_asks_after(text)


@pytest.mark.parametrize("minutes", ["09:32", "12:40"])
def test_what_is_needed_no_more_is_not_filed_but_asked(minutes: str) -> None:
    end = "Tamam şimdi geldiler aldılar, gerek kalmadı sağ olun"
    found = plan(mine("Menekşe sokakta çöp alınmamış"), mine(end, time=minutes))
    assert found.fresh == ()
    [matter] = found.questions
    assert (matter.need, len(matter.members)) == (Need.WITHDRAWN, 2)


def test_only_the_matter_spoken_of_last_is_withdrawn_and_not_when_it_is_asked_for_again() -> None:
    two = (mine(HOLE), mine("Çöpler de alınmadı", time="09:15"), mine("Çöpe gerek kalmadı", time="09:40"))
    assert words_in(plan(*two)) == [[HOLE]]
    again = plan(*two, mine("Yok gitmişler, çöpler duruyor", time="09:50"))
    assert [words[0] for words in words_in(again)] == [HOLE, "Çöpler de alınmadı"]


@pytest.mark.parametrize(
    "text", ["Bizim gelmemize gerek kalmadan yapılsın", "Bu sevdadan vazgeçilmez", "Teşekkürler, yapıldı"]
)
def test_not_all_that_ends_something_withdraws_it(text: str) -> None:
    assert not withdraws(text)


def test_that_a_referred_request_is_needed_no_more_stands_in_its_note(office: SheetOffice) -> None:
    first = mine("Menekşe sokakta çöp alınmamış")
    bring(office, chat_file(written(first)))
    bring(office, chat_file(written(first, mine("Aldılar, gerek kalmadı", day=6))), body="Devamı.")
    [request] = requests(office)
    assert "gerek kalmadı" in request.note


def test_good_wishes_are_told_from_everyday_greetings() -> None:
    assert only_wishes("Hayırlı kandiller dilerim")
    for greeting in (
        "Kolay gelsin",
        "İyi günler",
        "Teşekkürler",
        "Hayırlı geceler, Gül Sokak no 4",
        "Günaydın",
        "",
    ):
        assert not only_wishes(greeting)


def test_a_chain_letter_asks_for_nothing_and_once_forwarded_a_citizens_words_do() -> None:
    letter = "⚠️ DİKKAT: çöp konteynerlerini sabitlemeniz rica olunur. Lütfen herkese iletin, paylaşalım."
    for said in (letter, "*Birçok kez iletildi*\nÇöp konteynerlerini sabitlemeniz rica olunur."):
        found = plan(mine(said))
        assert (found.fresh, found.questions) == ((), ())
    assert words_in(plan(mine(f"*İletildi*\n{HOLE}"))) == [[HOLE]]
    assert not is_chain_letter("Bunu herkese ilettik, kimse bakmadı, lütfen ekip gönderin")


def test_what_was_sent_by_a_double_tap_stands_in_the_request_once(office: SheetOffice) -> None:
    bring(office, chat_file(written(mine(HOLE), mine(HOLE))))
    assert [request.description for request in requests(office)] == [HOLE]


def test_a_document_is_called_by_its_caption_only_where_that_says_something(office: SheetOffice) -> None:
    said = (mine(f"{LETTER}\nBilginize"), mine("2.pdf (dosya ekli)\nKaldırım dilekçesi", day=7))
    bring(office, chat_zip(written(*said), {"dilekce.pdf": b"%PDF-1", "2.pdf": b"%PDF-2"}))
    assert [r.subject for r in requests(office)] == ["Mesajla gönderilen belge", "Kaldırım dilekçesi"]


def test_what_stands_before_a_message_of_several_matters_is_kept() -> None:
    several = mine("1) Çöpler alınmadı 2) Parkta bank kırık", time="09:13")
    found = plan(mine(f"{PHOTO}\nGül sokak no 12"), several)
    assert words_in(found) == [["IMG-1.jpg", "Gül sokak no 12", "Çöpler alınmadı"], ["Parkta bank kırık"]]
