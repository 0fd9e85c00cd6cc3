"""What each occasion's template may use beside the request(s), with the value where the notice says nothing.

==================  ========================================================================================
every occasion      ``days_left`` {number: business days, negative when late} · ``more`` requests not listed
                    here · ``words`` what somebody wrote or gave as the reason
liaison/question    ``about``: ``result`` (closed without Sonuç) or anything else (a reply was not
                    understood; ``words`` is that reply)
liaison/reminder    ``promised`` {number: the day (date) that the directorate promised and that has passed}
headman/interim     ``words`` is the interim answer; ``attached``: it points to an attachment that the office keeps
liaison/reopened    ``former``: the result of the closure that did not hold
liaison/answer      ``question``: what the liaison asked; ``words`` is the answer
directorate/digest  ``directorate`` (name); figures ``open``, ``late``, ``due_this_week``,
                    ``closed_last_week``
office/notice       ``title``, ``lines``
office/urgent       ``sender``, ``subject`` of a mail that has become no request; of staff's row or form that lacks
                    something, ``neighbourhood``, ``headman``, ``lacks``, the ``sheet`` where it waits and the
                    directorate whose spreadsheet (``table``) it is, too; ``why`` something else waits;
                    ``set_aside``: the reason for which staff set it aside as no request
office/review       ``reviews``: mappings of ``number``, ``opened`` (date), ``subject``, ``neighbourhood``,
                    ``reason``; ``rows``: new ones that lack something, mappings of ``opened``, ``subject``,
                    ``neighbourhood``, ``reason``, ``table`` (the directorate's; empty for ``Yeni Talep``);
                    ``in_tables``: one of them stands in a directorate's; ``more_rows`` not listed; ``held``: how many
                    arrivals could not be read; ``tellings``: headmen to be told in person, mappings of
                    ``number``, ``kind``, ``way``, ``headman``, ``neighbourhood``, ``phone``, ``due`` (date),
                    ``is_late``; ``more_tellings`` not listed
==================  ========================================================================================

A letter about several requests lists those in ``about``, in that order.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from daemon.domain.clock import day_of
from daemon.domain.notice import Notice, Occasion
from daemon.domain.registry import Registry
from daemon.domain.request import Channel, Request, Status, request_number
from daemon.wording.views import shown

_ALWAYS: Mapping[str, object] = {"days_left": {}, "more": 0, "words": ""}
_OWN: Mapping[str, Mapping[str, object]] = {
    Occasion.LIAISON_QUESTION: {"about": ""},
    Occasion.LIAISON_REMINDER: {"promised": {}},
    Occasion.LIAISON_REOPENED: {"former": ""},
    Occasion.LIAISON_ANSWER: {"question": ""},
    Occasion.HEADMAN_INTERIM: {"attached": False},
    Occasion.DIRECTORATE_DIGEST: {
        "directorate": "",
        "open": 0,
        "late": 0,
        "due_this_week": 0,
        "closed_last_week": 0,
    },
    Occasion.OFFICE_NOTICE: {"title": "Bilgilendirme", "lines": ()},
    Occasion.OFFICE_URGENT: {
        "sender": "",
        "subject": "",
        "neighbourhood": "",
        "headman": "",
        "lacks": "",
        "sheet": "",
        "table": "",
        "why": "",
        "set_aside": "",
    },
    Occasion.OFFICE_REVIEW: {
        "reviews": (),
        "rows": (),
        "in_tables": False,
        "more_rows": 0,
        "held": 0,
        "tellings": (),
        "more_tellings": 0,
    },
}
_REVIEW: Mapping[str, object] = {
    "number": "",
    "opened": None,
    "subject": "",
    "neighbourhood": "",
    "reason": "",
}
_ROW: Mapping[str, object] = {**_REVIEW, "table": ""}


def facts_of(notice: Notice) -> dict[str, object]:
    """The notice's facts made whole and fit to be read: nothing missing, personal data masked."""
    facts = {**_ALWAYS, **_OWN.get(notice.occasion, {})}
    facts.update((name, shown(value)) for name, value in notice.facts.items())
    if notice.occasion == Occasion.OFFICE_REVIEW:
        facts["reviews"] = _made_whole(facts["reviews"], _REVIEW)
        rows = facts["rows"] = _made_whole(facts["rows"], _ROW)
        facts["in_tables"] = any(row["table"] for row in rows)
    return facts


def _made_whole(given: object, empty: Mapping[str, object]) -> tuple[dict[str, object], ...]:
    found = given if isinstance(given, tuple) else ()
    return tuple({**empty, **each} for each in found if isinstance(each, Mapping))


# --- samples ----------------------------------------------------------------------------------------------


def samples(occasion: str, registry: Registry, now: datetime) -> Iterator[tuple[Notice, dict[str, Request]]]:
    """Invented notices that take a template through its branches; for ``check`` and the tests."""
    for name, requests in _cases(registry, now):
        left = {request.number: _LEFT[rank % len(_LEFT)] for rank, request in enumerate(requests)}
        notice = Notice(
            key=f"sample/{occasion}/{name}",
            occasion=occasion,
            recipient="ayse.ornek@example.com",
            recipient_name="Ayşe ÖRNEK" if name != "one" else "",
            about=tuple(request.number for request in requests),
            facts={
                **_SAMPLE_FACTS.get(occasion, {}),
                "days_left": left,
                **_promised(occasion, requests, now),
            },
            in_reply_to="<ornek@example.com>" if name == "one" else "",
        )
        yield notice, {request.number: request for request in requests}
        if occasion == Occasion.OFFICE_URGENT:
            words = {"sender": "vatandas@example.com", "subject": "Gaz", "words": "Sokakta gaz kokusu var."}
            yield replace(notice, facts=words, about=()), {}
            lacks = {"neighbourhood": "Yayla", "lacks": "Mahalle yazınız.", "sheet": "Yeni Talep"}
            yield replace(notice, facts={**words, **lacks}, about=()), {}
            yield replace(notice, facts={**words, "why": "Gönderen tanınmadı."}, about=()), {}
            yield replace(notice, facts=words), {request.number: request for request in requests}
        if occasion == Occasion.LIAISON_URGENT:
            yield (
                replace(notice, facts={"words": "Duvar da yıkılmak üzere."}),
                {request.number: request for request in requests},
            )
        if occasion == Occasion.LIAISON_QUESTION:
            yield (
                replace(notice, facts={"about": "reply", "words": "Bakacağız, ekip gidecek."}),
                {request.number: request for request in requests},
            )


def _promised(occasion: str, requests: tuple[Request, ...], now: datetime) -> dict[str, object]:
    """Of a reminder about several, one whose directorate had promised a day."""
    if occasion != Occasion.LIAISON_REMINDER or len(requests) < 2:
        return {}
    return {"promised": {requests[0].number: day_of(now) - timedelta(days=1)}}


_LEFT = (2, -1, 0, 9)
_SAMPLE_FACTS: Mapping[str, Mapping[str, object]] = {
    Occasion.HEADMAN_STATUS: {"more": 2},
    Occasion.HEADMAN_TRANSFER: {"words": "Konu, park alanı içindedir."},
    Occasion.HEADMAN_INTERIM: {
        "words": "2027 yılı yatırım programında değerlendirilecektir; yazımız ektedir.",
        "attached": True,
    },
    Occasion.HEADMAN_REOPENED: {"words": "Çukur yeniden açıldı."},
    Occasion.LIAISON_REOPENED: {
        "words": "Çukur yeniden açıldı, araçlar zarar görüyor.",
        "former": "Yama yapıldı.",
    },
    Occasion.LIAISON_REMINDER: {"more": 3},
    Occasion.LIAISON_QUESTION: {"about": "result"},
    Occasion.LIAISON_ANSWER: {
        "question": "Çukur kaç numaranın önünde?",
        "words": "Çukur, 12 numaralı binanın önündedir.",
    },
    Occasion.MANAGER_LATE: {"more": 1},
    Occasion.DIRECTORATE_DIGEST: {
        "directorate": "Fen İşleri Müdürlüğü",
        "open": 14,
        "late": 2,
        "due_this_week": 5,
        "closed_last_week": 9,
        "more": 10,
    },
    Occasion.OFFICE_NOTICE: {
        "title": "Bir adrese ileti ulaşmıyor",
        "lines": ("muhtar@example.com adresine gönderilen ileti geri döndü.", "Posta kutusu dolu."),
    },
    Occasion.OFFICE_REVIEW: {
        "reviews": (
            {
                "number": "MHT-2026-000007",
                "opened": datetime(2026, 12, 7).date(),  # noqa: DTZ001
                "subject": "Parktaki aydınlatma direği",
                "neighbourhood": "Yayla",
                "reason": "Sorumlu müdürlük kesin olarak belirlenemedi; lütfen müdürlüğü seçiniz.",
            },
            {"subject": "(konusuz)", "reason": "Boş ileti."},
        ),
        "rows": (
            {
                "opened": datetime(2026, 12, 4).date(),  # noqa: DTZ001
                "subject": "Çöp alınmıyor",
                "neighbourhood": "",
                "reason": "Mahalle yazınız.",
                "table": "",
            },
            {
                "opened": datetime(2026, 12, 4).date(),  # noqa: DTZ001
                "subject": "Bank kırık",
                "neighbourhood": "Yayla",
                "reason": "Ne istendiğini Açıklama’ya yazınız.",
                "table": "Fen İşleri Müdürlüğü",
            },
        ),
        "more_rows": 1,
        "held": 1,
        "tellings": (
            {
                "number": "MHT-2026-000009",
                "kind": "Sonuç",
                "way": "Telefonla",
                "headman": "Ayşe Örnek",
                "neighbourhood": "Yayla",
                "phone": "+90 500 000 00 01",
                "due": datetime(2026, 12, 4).date(),  # noqa: DTZ001
                "is_late": True,
            },
        ),
        "more_tellings": 2,
    },
}


def _cases(registry: Registry, now: datetime) -> Iterator[tuple[str, tuple[Request, ...]]]:
    one = _request(registry, now)
    body = registry.external_bodies[0].name if registry.external_bodies else "ASKİ"
    closed_at = now - timedelta(days=1)
    done = replace(
        one, status=Status.DONE, result="Çukur 05.12.2026 tarihinde asfaltla kapatıldı.", closed_at=closed_at
    )
    yield "one", (one,)
    yield (
        "many",
        (
            one,
            replace(
                one,
                number=request_number(2026, 2),
                urgent=True,
                due=day_of(now) - timedelta(days=1),
                attachments=(),
            ),
            replace(
                one, number=request_number(2026, 3), external_body=body, category="Abonelik", due=day_of(now)
            ),
            replace(
                one, number=request_number(2026, 4), directorate="", due=None, headman="", neighbourhood=""
            ),
        ),
    )
    yield "body", (replace(one, external_body=body, category="Su aboneliği"),)
    yield "waiting", (replace(one, directorate="", category="", review_reason="Müdürlüğü seçiniz."),)
    yield "done", (done,)
    yield "rejected", (replace(done, status=Status.REJECTED, result="Yol özel mülkiyettedir."),)
    yield "cancelled", (replace(done, status=Status.CANCELLED, result=""),)


def _request(registry: Registry, now: datetime) -> Request:
    directorate = registry.directorates[0].code if registry.directorates else ""
    return Request(
        number=request_number(2026, 1),
        channel=Channel.EMAIL,
        status=Status.REFERRED,
        subject="Çınar Sokak'taki yol çukuru",
        description="Çınar Sokak 12 numaranın önünde derin bir çukur oluştu.\nYağmurda su doluyor.",
        received_at=now - timedelta(days=8),
        due=day_of(now) + timedelta(days=2),
        neighbourhood="Yayla",
        headman="Ayşe Örnek",
        headman_email="ayse.ornek@example.com",
        category="Yol çukuru",
        directorate=directorate,
        liaison="Mehmet Örnek",
        attachments=("2026/12/çukur fotoğrafı.jpg",),
        source_message_id="<ornek@example.com>",
    )
