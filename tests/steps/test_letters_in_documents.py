"""Petitions that come by mail as documents of a word processor."""

import pytest

from daemon.app import App
from daemon.domain.request import Channel
from tests.mail.letters import docx
from tests.office import requests_of
from tests.steps.test_scanning import app
from tests.steps.test_unopened_files import HEADMAN, STAFF, WORDS, _arrives

__all__ = ["app"]

LETTER = """T.C.
ÖRNEK İLÇESİ
YAYLA MAHALLESİ MUHTARLIĞI

Tarih: 12.10.2026
Konu:\tPark bankı talebi

MUHTARLIK İŞLERİ MÜDÜRLÜĞÜNE

Yayla Mahallesindeki parkta oturacak bank yoktur, yaşlılar ayakta kalmaktadır.
İki bank konulması için gereğini arz ederim.

Mustafa Şahinbey
Yayla Mahallesi Muhtarı"""

FORWARDED = """-------- İletilen İleti --------
Konu: dilekçe
Tarih: 1 Ekim 2026
Kimden: Mustafa Şahinbey <yayla.muhtari@example.com>
Kime: buro1@ornek.bel.tr

Dilekçem ektedir."""


@pytest.mark.parametrize("sender", [HEADMAN, STAFF])
@pytest.mark.parametrize("words", ["", "Dilekçem ektedir.", FORWARDED])
def test_a_letter_is_called_what_it_calls_itself(app: App, words: str, sender: str) -> None:
    _arrives(app, words, ("dilekce.docx", docx(LETTER)), sender=sender)
    (request,) = requests_of(app)
    assert (request.channel, request.directorate) == (Channel.EMAIL, "park")
    assert request.subject == "Park bankı talebi"


def test_a_letter_beside_words_of_their_own_leaves_the_mails_subject(app: App) -> None:
    _arrives(app, WORDS, ("dilekce.docx", docx(LETTER)))
    (request,) = requests_of(app)
    assert request.subject == "Dilekçe"
