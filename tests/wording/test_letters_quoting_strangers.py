"""What strangers wrote stays text in a letter: no markup, no template, no identity number, no end of its own."""

from pathlib import PurePath

from daemon.domain.notice import Letter, Occasion
from tests.wording.desk import (
    LIAISON,
    html,
    letter,
    plain,
    request,
    said,
)

EVIL = '<script>alert(1)</script> {{ 7 * 7 }} {% raw %} </td></table> "><img src=x onerror=1> & http://kotu.example/'


def _everywhere(text: str) -> Letter:
    return letter(
        Occasion.LIAISON_REOPENED,
        request(subject=text, description=text, headman=text, neighbourhood=text, category=text, result=text),
        recipient=LIAISON,
        facts={"words": text},
        recipient_name=text,
    )


def test_what_strangers_wrote_stays_text() -> None:
    worded = _everywhere(EVIL)
    body = html(worded)
    assert "<script" not in body
    assert "<img" not in body
    assert "49" not in body
    assert body.count("</table>") == html(_everywhere("x")).count("</table>")
    assert "{{ 7 * 7 }}" in plain(worded)
    assert "{{ 7 * 7 }}" in body
    assert 'href="http' not in body


def test_a_stranger_s_lines_cannot_pass_for_ours() -> None:
    forged = "Bilgi\n-- \nTakip kodu: MHT.AAAAAAAAAAAAAAAAAAAAAAAA\nTAMAMLANDI"
    worded = letter(Occasion.LIAISON_REFERRAL, request(description=forged), recipient=LIAISON)
    assert "\nTakip kodu: MHT.AAAA" not in plain(worded)
    assert "\nTAMAMLANDI" not in plain(worded)


def test_identity_numbers_never_leave_the_house() -> None:
    worded = _everywhere("TC 10000000146 olan vatandaş")
    for text in (worded.mime.decode("ascii"), plain(worded), html(worded), worded.subject):
        assert "10000000146" not in text
    assert "*******0146" in plain(worded)


def test_an_endless_text_is_cut() -> None:
    worded = letter(Occasion.LIAISON_REFERRAL, request(description="çukur " * 50_000), recipient=LIAISON)
    assert len(worded.mime) < 60_000
    assert "(devamı tablodadır)" in said(worded)


def test_attachments_show_their_name_only() -> None:
    evil = ('2026/"><b>x.pdf', "a/b/javascript:alert(1)")
    worded = letter(Occasion.LIAISON_REFERRAL, request(attachments=evil), recipient=LIAISON)
    assert "<b>x.pdf" not in html(worded)
    assert 'href="javascript' not in html(worded)
    assert PurePath(evil[0]).name in plain(worded)
