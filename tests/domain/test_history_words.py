"""What the history says of a request's arrival and referral, read aloud."""

import pytest

from daemon.domain.request import Channel


@pytest.mark.parametrize(
    ("channel", "told"),
    [
        (Channel.EMAIL, "E-posta ile geldi"),
        (Channel.PETITION, "Dilekçe ile geldi"),
        (Channel.MBS, "Muhtar Bilgi Sistemi üzerinden geldi"),
        (Channel.MOBILE_APP, "Muhtar Mobil üzerinden geldi"),
        (Channel.WHATSAPP, "WhatsApp üzerinden geldi"),
        (Channel.BIP, "BiP üzerinden geldi"),
        (Channel.PHONE, "Telefonla iletildi"),
        (Channel.VERBAL, "Sözlü olarak iletildi"),
        (Channel.FIELD, "Sahada iletildi"),
    ],
)
def test_how_a_request_came(channel: Channel, told: str) -> None:
    assert channel.arrived == told
