"""Muhtar Mobil: labels, JSON, XML, photo and position; the answer goes where the app says."""

import base64
import json
import struct

import pytest

from daemon.domain.request import Channel, Status
from daemon.sheets import OFFICE_CODE
from daemon.steps.other_address import write_what_bounced
from tests.outbox import send_all
from tests.scans import hostile
from tests.steps.sources.office import APP, SourceOffice, app_text

_TREE = {
    "talep": {
        "no": "MM-881",
        "olusturmaTarihi": "2026-10-09T10:00:00+03:00",
        "aciklama": "Parktaki salıncak kırık.",
        "mahalle": {"id": 7, "ad": "Atapark"},
        "konum": {"lat": 39.97251, "lng": 32.86417},
        "cevap_adresi": "cevap+881@muhtarmobil.ornek.bel.tr",
    }
}
_XML = """<?xml version="1.0" encoding="UTF-8"?>
<bildirim><talepNo>MM-881</talepNo><aciklama>Parktaki salıncak kırık.</aciklama>
<alan ad="Mahalle">Atapark</alan><konum><enlem>39.97251</enlem><boylam>32.86417</boylam></konum>
<cevapAdresi>cevap+881@muhtarmobil.ornek.bel.tr</cevapAdresi></bildirim>"""


@pytest.mark.parametrize(
    ("text", "files"),
    [
        (app_text(), []),
        ("Yeni talep ektedir.", [("talep.json", json.dumps(_TREE).encode())]),
        ("Yeni talep ektedir.", [("talep.xml", _XML.encode())]),
    ],
)
def test_the_app_says_where_and_gets_its_answer_by_mail(
    desk: SourceOffice, text: str, files: list[tuple[str, bytes]]
) -> None:
    photo = ("foto.jpg", b"\xff\xd8\xff" + b"0" * 9_000)
    desk.deliver(APP, "Muhtar Mobil: yeni talep", text, files=[*files, photo])
    request = desk.only()
    assert (request.channel, request.external_number) == (Channel.MOBILE_APP, "MM-881")
    assert (request.neighbourhood, request.directorate) == ("Atapark", "park")
    assert "https://www.openstreetmap.org/?mlat=39.972510&mlon=32.864170" in request.description
    assert [path.partition("-")[2] for path in request.attachments] == ["foto.jpg"]
    desk.reply(request.number, Status.DONE, "Salıncak onarıldı.")
    with desk.ledger.view() as view:
        closures = [x for x in view.letters_of(request.number) if x.occasion == "headman/closure"]
    assert [letter.recipient for letter in closures] == ["cevap+881@muhtarmobil.ornek.bel.tr"]
    desk.rest()
    assert desk.answers() == []


def test_where_the_apps_address_is_dead_the_headman_is_written_to_at_his_own(desk: SourceOffice) -> None:
    desk.deliver(APP, "Muhtar Mobil", app_text())
    request, dead = desk.only(), desk.only().headman_email
    assert dead.endswith("@muhtarmobil.ornek.bel.tr")
    send_all(desk.app, desk.now)
    with desk.ledger.transaction() as tx:
        tx.mark_address_bad(dead, "550 yok", desk.now)
        write_what_bounced(tx, dead, desk.now, desk.app.office.registry)
    desk.rest()
    desk.edit(request.directorate, request.number, Durum="Tamamlandı", Sonuç="Salıncak onarıldı.")
    desk.rest()
    with desk.ledger.view() as view:
        sent = [(x.occasion, x.recipient) for x in view.letters_of(request.number)]
        assert view.tellings() == []
    own = "atapark.muhtari@example.com"
    assert {("headman/confirmation", own), ("headman/closure", own)} <= set(sent)


def test_an_address_elsewhere_gets_no_answers(desk: SourceOffice) -> None:
    desk.deliver(APP, "Muhtar Mobil", app_text(**{"Cevap Adresi": "saldirgan@example.org"}))
    registered = desk.app.office.registry.neighbourhood("Atapark").headman.emails  # type: ignore[union-attr]
    assert desk.only().headman_email == registered[0]
    assert "“saldirgan@example.org”) kullanılmadı" in desk.texts(desk.only().number)


def test_a_place_behind_a_link_is_read_outside_of_tables_too(desk: SourceOffice) -> None:
    page = app_text(Konum="").replace(
        "Konum: ", "Konum: <a href='https://maps.google.com/?q=39.97,32.86'>Haritada göster</a>"
    )
    desk.deliver(APP, "Muhtar Mobil", html=page.replace("\n", "<br>"))
    assert "mlat=39.970000&mlon=32.860000" in desk.only().description


def test_a_map_of_the_town_hall_is_not_the_place(desk: SourceOffice) -> None:
    page = app_text().replace("Konum: 39.97251, 32.86417\n", "")
    foot = "<p><a href='https://maps.google.com/?q=39.97,32.86'>Bize ulaşın</a></p>"
    desk.deliver(APP, "Muhtar Mobil", html=page.replace("\n", "<br>") + foot)
    assert "mlat" not in desk.only().description


def test_several_records_in_one_file_are_several_requests(desk: SourceOffice) -> None:
    one = dict(_TREE["talep"])
    tree = {"adet": 2, "talepler": [one, one | {"no": "MM-882", "aciklama": "Yol çöktü, çukur var."}]}
    desk.deliver(APP, "Muhtar Mobil", "Ektedir", files=[("talepler.json", json.dumps(tree).encode())])
    assert sorted(request.external_number for request in desk.all()) == ["MM-881", "MM-882"]


@pytest.mark.parametrize(
    "data",
    [
        b"{bozuk",
        b"[" * 50_000,
        b'{"a":' * 100 + b"1" + b"}" * 100,
        b" " * (3 * 1024 * 1024),
    ],
)
def test_data_that_cannot_be_read_leaves_the_words_of_the_mail(desk: SourceOffice, data: bytes) -> None:
    desk.deliver(APP, "Muhtar Mobil", app_text(), files=[("talep.json", data)])
    assert desk.only().external_number == "MM-881"
    assert desk.told() == ["Muhtar Mobil: ilgilenilmesi gereken kayıtlar"]


@pytest.mark.parametrize(
    "xml",
    [
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a><talepNo>1</talepNo><aciklama>&x;</aciklama></a>',
        '<!DOCTYPE a [<!ENTITY x "y"><!ENTITY z "&x;&x;">]><a><talepNo>1</talepNo><aciklama>&z;</aciklama></a>',
        "<a>" * 300 + "</a>" * 300,
    ],
)
def test_xml_that_reaches_out_or_explodes_is_not_read(desk: SourceOffice, xml: str) -> None:
    desk.deliver(APP, "Muhtar Mobil", "Ektedir", files=[("talep.xml", xml.encode())])
    assert desk.all() == []
    assert "veri dosyası" in desk.reviews()[0].reason


def test_an_address_is_believed_only_of_a_proven_sender(desk: SourceOffice) -> None:
    desk.believe_only("mx.ornek.bel.tr")
    registered = desk.app.office.registry.neighbourhood("Atapark").headman.emails  # type: ignore[union-attr]
    desk.deliver(APP, "Muhtar Mobil", app_text())
    assert desk.only().headman_email == registered[0]
    passed = {"Authentication-Results": "mx.ornek.bel.tr; dmarc=pass header.from=muhtarmobil.ornek.bel.tr"}
    desk.deliver(APP, "Muhtar Mobil", app_text(), headers=passed)
    assert desk.only().headman_email == "cevap+881@muhtarmobil.ornek.bel.tr"


def test_the_address_may_stand_in_the_mails_own_header(desk: SourceOffice) -> None:
    text = app_text().replace("Cevap Adresi", "Xyzzy")
    desk.deliver(APP, "Muhtar Mobil", text, headers={"Reply-To": "yanit@muhtarmobil.ornek.bel.tr"})
    assert desk.only().headman_email == "yanit@muhtarmobil.ornek.bel.tr"


def test_the_app_passes_on_that_the_problem_goes_on(desk: SourceOffice) -> None:
    desk.deliver(APP, "Muhtar Mobil", app_text())
    number = desk.only().number
    desk.reply(number, Status.DONE, "Salıncak onarıldı.")
    with desk.ledger.view() as view:
        closure = next(x for x in view.letters_of(number) if x.occasion == "headman/closure")
    answer = {"In-Reply-To": closure.message_id}
    desk.deliver("cevap+881@muhtarmobil.ornek.bel.tr", f"Re: [{number}]", "SORUN SÜRÜYOR", headers=answer)
    assert desk.only().is_open


def test_a_headman_not_in_the_register_keeps_the_way_back(desk: SourceOffice) -> None:
    desk.rest()
    desk.deliver(APP, "Muhtar Mobil", app_text(Mahalle="Olmayan"))
    desk.rest()
    [review] = desk.reviews()
    decided = {"Karar": "Yeni talep olarak kaydet", "Doğru_Mahalle": "Atapark"}
    desk.type(OFFICE_CODE, {"Kayıt No": review.id}, "İnceleme", **decided)
    desk.rest()
    request = desk.only()
    assert (request.channel, request.external_number) == (Channel.MOBILE_APP, "MM-881")
    assert request.headman_email == "cevap+881@muhtarmobil.ornek.bel.tr"


_JPEG = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 12_000
"""As large as a telephone's photo."""
_PNG = b"\x89PNG\r\n\x1a\n" + b"1" * 900


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


@pytest.mark.parametrize(
    "file",
    [
        ("t.json", json.dumps({**_TREE, "foto": f"data:image/jpeg;base64,{_b64(_JPEG)}"}).encode()),
        ("t.json", json.dumps({**_TREE, "dosyalar": [{"ad": "a.jpg", "veri": _b64(_JPEG)}]}).encode()),
        ("t.json", json.dumps({**_TREE, "foto": _b64(_JPEG)}).replace("/", "\\/").encode()),
        (
            "t.xml",
            _XML.replace("<konum>", f"<Foto>\n{base64.encodebytes(_JPEG).decode()}</Foto><konum>").encode(),
        ),
    ],
)
def test_a_photo_written_inside_the_data_is_attached_and_never_text(
    desk: SourceOffice, file: tuple[str, bytes]
) -> None:
    desk.deliver(APP, "Muhtar Mobil: yeni talep", "Yeni talep ektedir.", files=[file])
    request = desk.only()
    [path] = request.attachments
    assert (desk.folder.parent / "ekler" / path).read_bytes() == _JPEG
    assert len(request.description) < 300


def test_each_of_several_records_keeps_its_own_embedded_photo(desk: SourceOffice) -> None:
    records = [
        {"no": "MM-1", "mahalle": "Atapark", "aciklama": "Bank kırık.", "foto": _b64(_JPEG)},
        {"no": "MM-2", "mahalle": "Yayla", "aciklama": "Salıncak kırık.", "foto": _b64(_PNG)},
    ]
    desk.deliver(APP, "Muhtar Mobil", files=[("t.json", json.dumps({"talepler": records}).encode())])
    kept = {request.external_number: request.attachments for request in desk.all()}
    assert [len(paths) for paths in kept.values()] == [1, 1]
    assert kept["MM-1"][0].endswith(".jpg")
    assert kept["MM-2"][0].endswith(".png")


def test_every_photo_link_is_shown_and_a_shape_is_no_kind(desk: SourceOffice) -> None:
    tree = {
        "ticketNo": "MM-6",
        "createdAt": 1_791_529_200_000,
        "neighborhood": "Yayla",
        "description": "Asfalt çukur.",
        "location": {"type": "Point", "coordinates": [32.86, 39.99]},
        "photos": ["https://m.example/1.jpg", "https://m.example/2.jpg"],
    }
    desk.deliver(APP, "Muhtar Mobil", files=[("t.json", json.dumps(tree).encode())])
    request = desk.only()
    assert "Fotoğraf: https://m.example/1.jpg\nFotoğraf: https://m.example/2.jpg" in request.description
    assert "Point" not in request.description
    assert "mlat=39.990000&mlon=32.860000" in request.description
    assert request.received_at.isoformat() == "2026-10-09T07:00:00+00:00"


def test_a_place_that_a_table_only_links_to_is_read(desk: SourceOffice) -> None:
    rows = {
        "Talep No": "MM-32",
        "Mahalle": "Emek",
        "Açıklama": "Çukur var",
        "Konum": "<a href='https://www.google.com/maps/@39.99,32.86,17z'>Haritada göster</a>",
    }
    cells = "".join(f"<tr><td>{label}</td><td>{value}</td></tr>" for label, value in rows.items())
    desk.deliver(APP, "Muhtar Mobil", html=f"<table>{cells}</table>")
    assert "mlat=39.990000&mlon=32.860000" in desk.only().description


def test_the_same_place_in_another_form_is_nothing_new(desk: SourceOffice) -> None:
    desk.deliver(APP, "Muhtar Mobil: yeni talep", app_text())
    desk.deliver(APP, "Muhtar Mobil: talep", "Ektedir.", files=[("talep.json", json.dumps(_TREE).encode())])
    assert not desk.only().note
    moved = json.dumps(_TREE).replace("39.97251", "39.98251").encode()
    desk.deliver(APP, "Muhtar Mobil: talep", "Ektedir.", files=[("talep.json", moved)])
    assert "39.98251" in desk.only().note


def test_words_instead_of_photos_stand_as_they_were_written(desk: SourceOffice) -> None:
    desk.deliver(APP, "Muhtar Mobil: yeni talep", app_text(Fotoğraf="2 adet (ektedir)"))
    assert "\nFotoğraf: 2 adet (ektedir)\n" in desk.only().description


def test_a_photo_that_nobody_can_open_is_kept_and_asked_about(desk: SourceOffice) -> None:
    bomb = hostile.png(struct.pack(">IIBBBBB", 120_000, 120_000, 8, 0, 0, 0, 0), b"")
    files = [("talep.json", json.dumps(_TREE).encode()), ("foto.png", bomb)]
    desk.deliver(APP, "Muhtar Mobil: yeni talep", "Yeni talep ektedir.", files=files)
    request = desk.only()
    assert len(request.attachments) == 1
    [review] = desk.reviews()
    assert review.number == request.number
    assert "foto.png (resim olağan dışı büyük, 120000 × 120000 nokta; açmayınız)" in review.reason
