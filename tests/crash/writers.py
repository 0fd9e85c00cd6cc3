"""Who writes in the simulated year: headmen, liaisons, machines; each mail with a word that no other has."""

from collections.abc import Callable
from datetime import datetime
from random import Random

from tests.crash.world import Record
from tests.office import ADDRESS, mail

PROBLEMS = {
    "fen": "asfalt çöktü, derin çukurlar oluştu; yama yapılmasını arz ederim.",
    "temizlik": "çöp konteynerleri üç gündür boşaltılmıyor; temizlenmesini rica ederim.",
    "park": "çocuk parkında salıncak kırık; onarılmasını rica ederiz.",
    "veteriner": "başıboş köpek sürüsü çocukları korkutuyor; gereğini arz ederim.",
    "zabita": "esnaf kaldırımı işgal etmiş, seyyar satıcı tezgâh açmış; denetlenmesini dilerim.",
    "su": "rögar kapağı kırık, mazgal taşıyor; onarılmasını arz ederim.",
}
_WORDS = {
    "fen": "asfalt: 5, çukur: 5",
    "temizlik": "çöp: 5, konteyner: 5",
    "park": "salıncak: 5",
    "veteriner": "köpek: 5",
    "zabita": "seyyar: 5, işgal: 5, tezgâh: 5",
    "su": "rögar: 5, mazgal: 5",
}
PLACES = (
    "Atapark",
    "Yayla",
    "Köşk",
    "Çiçekli",
    "Akçeşme",
    "Aktepe",
    "Altınova",
    "Bademlik",
    "Bağlarbaşı",
    "Basınevleri",
    "Boğaziçi",
    "Çaldıran",
    "Çamlıca",
    "Çınarlı",
    "Emek",
    "Esertepe",
    "Gökçeyurt",
    "Güçlükaya",
    "Gümüşdere",
    "Güzelyurt",
    "Hasköy",
    "İncirli",
    "Kafkas",
    "Kalaba",
    "Karakaya",
    "Karşıyaka",
    "Kavacık",
    "Kuşcağız",
    "Osmangazi",
    "Ovacık",
    "Pınarbaşı",
    "Sancaktepe",
    "Şenlik",
    "Tepebaşı",
    "Uyanış",
    "Yakacık",
    "Yeşilöz",
    "Yeşiltepe",
)
_SHARES = (
    ("request", 34), ("closes", 30), ("begins", 6), ("status", 4), ("away", 7), ("list", 7), ("advert", 4),
    ("thanks", 4), ("again", 4),
)  # fmt: skip
_TEMPLATES = 200
"""So many former mails may come a second time, as they were."""


def liaison_of(code: str) -> str:
    return f"{code}.irtibat@ornek.bel.tr"


def headman_of(place: str) -> str:
    return f"muhtar{PLACES.index(place)}@example.com"


def mappings() -> str:
    lines = ["deadlines: {default: {business_days: 15}}", "reminders:"]
    lines += [
        "  - {name: gecikti, business_days_late: 1, to: liaison, template: liaison/reminder, repeat_every: 5}"
    ]
    lines += ["office_staff: [buro@ornek.bel.tr]", "directorates:"]
    for code in PROBLEMS:
        lines += [
            f"  - code: {code}",
            f"    name: {code.title()} Müdürlüğü",
            f"    manager: {code}.mudur@ornek.bel.tr",
        ]
        lines += [f"    liaisons: [{{name: {code.title()} İrtibat, email: {liaison_of(code)}}}]"]
    lines.append("neighbourhoods:")
    for place in PLACES:
        headman = f"{{name: {place} Muhtarı, emails: [{headman_of(place)}]}}"
        lines.append(f"  - {{name: {place}, headman: {headman}}}")
    lines.append("categories:")
    lines += [f"  - {{name: İş {c}, directorate: {c}, words: [{words}]}}" for c, words in _WORDS.items()]
    return "\n".join(lines) + "\n"


class Writers:
    """They write by chance; what they wrote is recorded."""

    def __init__(self, record: Record, chance: Random, clock: Callable[[], datetime]) -> None:
        self._record, self._chance, self._clock = record, chance, clock
        self._words = 0
        self._former: list[tuple[bytes, str, str]] = []
        self._kinds, self._weights = zip(*_SHARES, strict=True)

    def write(self) -> bytes:
        """One more mail."""
        kind = self._chance.choices(self._kinds, self._weights)[0]
        raw = None
        if kind == "again" and self._former:
            raw, kind, word = self._chance.choice(self._former)
        else:
            word = self.word()
            raw = getattr(self, f"_{kind}", self._request)(word)
            if raw is None:
                raw, kind = self._request(word), "request"
            kind = "request" if kind == "again" else kind
            self._remember(raw, kind, word)
        self._record.wrote(raw, kind, word)
        return raw

    def _remember(self, raw: bytes, kind: str, word: str) -> None:
        if len(self._former) < _TEMPLATES:
            self._former.append((raw, kind, word))
        else:
            self._former[self._chance.randrange(_TEMPLATES)] = (raw, kind, word)

    def _request(self, word: str) -> bytes:
        code, place = self._chance.choice(list(PROBLEMS)), self._chance.choice(PLACES)
        text = f"Sayın yetkili,\n\n{place} Mahallesi {word} sokağında {PROBLEMS[code]}\n\nSaygılarımla\n"
        return self._mail(headman_of(place), f"Talep {word}", text)

    def _closes(self, word: str) -> bytes | None:
        return self._answer(word, "Çalışma tamamlanmıştır.", closes=word)

    def _begins(self, word: str) -> bytes | None:
        return self._answer(word, "Çalışmaya başlanmıştır, işlemdedir.", closes="")

    def _answer(self, word: str, said: str, *, closes: str) -> bytes | None:
        referral = self._record.open_referral(self._chance)
        if referral is None:
            return None
        number, message_id, liaison = referral
        if closes:
            self._record.answered(number)
            self._record.db.execute("INSERT INTO closed VALUES (?, ?)", (closes, number))
        return self._mail(liaison, f"Re: [{number}]", f"{said}\nEkip: {word}\n", answers=message_id)

    def _status(self, word: str) -> bytes:
        return self._mail(headman_of(self._chance.choice(PLACES)), "DURUM", f"DURUM\n\n{word}\n")

    def _thanks(self, word: str) -> bytes:
        return self._mail(headman_of(self._chance.choice(PLACES)), "Teşekkür", f"Teşekkür ederim.\n{word}\n")

    def _away(self, word: str) -> bytes:
        raw = self._mail(
            headman_of(self._chance.choice(PLACES)),
            f"Ofis dışındayım {word}",
            "İzindeyim, dönünce yanıtlayacağım.\n",
        )
        return b"Auto-Submitted: auto-replied\r\n" + raw

    def _list(self, word: str) -> bytes:
        head = b"List-Id: <haber.example.org>\r\nList-Unsubscribe: <mailto:x@example.org>\r\nPrecedence: bulk\r\n"
        return head + self._mail("haber@example.org", f"Bülten {word}", f"Bu haftanın haberleri: {word}\n")

    def _advert(self, word: str) -> bytes:
        text = f"Fırsat! %50 indirim: https://reklam.example.net/{word}\nAbonelikten çıkmak için tıklayın.\n"
        head = b"List-Unsubscribe: <mailto:cik@example.net>\r\n"
        return head + self._mail("kampanya@example.net", f"Büyük indirim {word}", text)

    def _mail(self, sender: str, subject: str, text: str, *, answers: str = "") -> bytes:
        trace = (
            f"Received: from mx.example.com (mx.example.com [192.0.2.1])\r\n\tby mx.ornek.bel.tr (Postfix) with ESMTPS"
            f" id {self._words:08X}\r\n\tfor <{ADDRESS}>; Mon, 5 Jan 2026 09:00:00 +0300\r\n"
        )
        return trace.encode() + mail(sender, subject, text, answers=answers, at=self._clock())

    def word(self) -> str:
        """One that nobody else says. Letters alone: a figure might be taken for a house number."""
        self._words += 1
        n, letters = self._words, ""
        for _ in range(4):
            n, letter = divmod(n, 26)
            letters = chr(97 + letter) + letters
        return f"xq{letters}zx"
