"""People at work: each act says what must be true of it at the end, whatever happened to the daemon meanwhile."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from daemon.domain.clock import ISTANBUL
from tests.crash.office import (
    DIRECTORATES,
    PLACES,
    PROBLEMS,
    STAFF,
    CrashOffice,
    headman_of,
    liaison_of,
    numbers_in,
)
from tests.crash.papers import Line, conversation, petition
from tests.crash.spreadsheets import LIVE, OWN, Row
from tests.office import ADDRESS, mail


@dataclass(slots=True)
class Told:
    """What people have said, by the word that is in it and nowhere else."""

    mails: dict[str, int] = field(default_factory=dict)
    """How many copies of it were put into the inbox."""
    scanned: set[str] = field(default_factory=set)
    """Petitions that the office's scanner wrote, each a file with the word in its name."""
    enclosed: set[str] = field(default_factory=set)
    """Mails whose petition is in an attached scan."""
    asked: dict[str, str] = field(default_factory=dict)
    """Requests: by mail and typed as rows; the directorate that they are for."""
    entered: set[str] = field(default_factory=set)
    """Those of them that were typed."""
    closed: dict[str, str] = field(default_factory=dict)
    """Closed by a reply or in the sheet: the number."""
    replied: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    own: dict[str, str] = field(default_factory=dict)
    """In a column of people's own."""
    moved: dict[str, str] = field(default_factory=dict)
    """Number → the directorate that it was sent to."""

    @property
    def settled(self) -> set[str]:
        """Numbers whose fate somebody has decided: nobody decides again, so that the end is known."""
        return {*self.closed.values(), *self.moved}


_PLAIN = ("fen", "temizlik")
"""Matters whose directorate is clear from a few words, whatever brings them."""
_STILL = 9.0
"""Seconds since the scanner wrote a file: it is complete."""


class People:
    """Headmen, liaisons and staff, who act by chance."""

    def __init__(self, office: CrashOffice, chance: Random) -> None:
        self.office = office
        self.told = Told()
        self._chance = chance
        self._words = 0
        self._said: dict[str, list[Line]] = {}
        """What each headman has written by telephone, by his neighbourhood."""

    def act(self) -> str:
        """One of them does something; returns what."""
        deeds: list[tuple[Callable[[], bool], int]] = [
            (self.writes, 6),
            (self.replies, 3),
            (self.notes, 3),
            (self.closes, 2),
            (self.enters, 2),
            (self.moves, 1),
            (self.keeps_own_column, 1),
            (self.shuffles, 1),
            (self.copies_back, 1),
            (self.scans, 1),
            (self.mails_a_scan, 1),
            (self.exports_a_chat, 1),
        ]
        deed = self._chance.choices([d for d, _ in deeds], [weight for _, weight in deeds])[0]
        return deed.__name__ if deed() else ""

    # --- by mail --------------------------------------------------------------------------------------

    def writes(self) -> bool:
        code, place, word = self._chance.choice(list(DIRECTORATES)), self._chance.choice(PLACES), self._word()
        text = f"{place} Mahallesi {word} sokağında {PROBLEMS[code]}\n"
        self._deliver(word, mail(headman_of(place), f"Talep {word}", text))
        self.told.asked[word] = code
        return True

    def replies(self) -> bool:
        """A liaison answers a referral that is still hers."""
        code = self._chance.choice(list(DIRECTORATES))
        referrals = [
            x for x in self.office.letters(liaison_of(code)) if x["X-Muhtarlik-Letter"] == "liaison/referral"
        ]
        open_ones = [x for x in referrals if not self.told.settled & set(numbers_in(x))]
        if not open_ones:
            return False
        referral, word = self._chance.choice(open_ones), self._word()
        number = numbers_in(referral)[0]
        text = f"Çalışma tamamlanmıştır.\nEkip: {word}"
        answer = mail(liaison_of(code), f"Re: [{number}]", text, answers=referral["Message-ID"])
        self.told.closed[word] = self.told.replied[word] = number
        self._deliver(word, answer)
        return True

    def copies_back(self) -> bool:
        """Somebody drags a read mail back into the inbox."""
        done = self.office.servers.mailbox(ADDRESS, "Islenenler")
        if not done:
            return False
        raw = self._chance.choice(done)
        word = next((w for w in self.told.mails if w.encode() in raw), None)
        if word is None:
            return False
        self.told.mails[word] += 1
        self.office.servers.fill(ADDRESS, [raw])
        return True

    def _deliver(self, word: str, raw: bytes) -> None:
        self.told.mails[word] = 1
        self.office.servers.deliver(ADDRESS, raw)

    # --- on paper, by telephone -----------------------------------------------------------------------

    def scans(self) -> bool:
        """A petition is scanned at the office."""
        word, pdf = self._petition()
        self.told.scanned.add(word)
        self.office.scanner.mkdir(exist_ok=True)
        written = self.office.scanner / f".tarama-{word}.pdf"
        written.write_bytes(pdf)
        then = time.time() - _STILL
        os.utime(written, (then, then))
        written.rename(written.with_name(f"tarama-{word}.pdf"))
        return True

    def mails_a_scan(self) -> bool:
        """A headman mails his petition as a scan, without a word of his own."""
        place = self._chance.choice(PLACES)
        word, pdf = self._petition(place)
        attachment = (f"dilekce-{word}.pdf", pdf)
        self._deliver(word, mail(headman_of(place), f"Talep {word}", "", attachment=attachment))
        self.told.enclosed.add(word)
        return True

    def _petition(self, place: str = "") -> tuple[str, bytes]:
        """Of a headman; its word, and the page."""
        code, word = self._chance.choice(_PLAIN), self._word()
        self.told.asked[word] = code
        place = place or self._chance.choice(PLACES)
        return word, petition(place, f"Talep {word}", PROBLEMS[code], self.office.now())

    def exports_a_chat(self) -> bool:
        """Staff mail a headman's whole conversation, in which one message is new; none twice a day, or two messages
        might be one matter."""
        code, place = self._chance.choice(_PLAIN), self._chance.choice(PLACES)
        said, now = self._said.setdefault(place, []), self.office.now().astimezone(ISTANBUL)
        if any(at.date() == now.date() for at, _ in said):
            return False
        word, letter = self._word(), self._word()
        said.append((now, f"{word} sokağında {PROBLEMS[code]}"))
        self.told.asked[word] = code
        export = conversation(f"{place} Muhtarı", said)
        self._deliver(letter, mail(STAFF, f"WhatsApp {letter}", "Ektedir.", attachment=export))
        return True

    # --- in the sheets --------------------------------------------------------------------------------

    def notes(self) -> bool:
        word = self._word()
        return self._types(self._any_row(), {"Not": f"Not {word}"}, word, self.told.notes)

    def keeps_own_column(self) -> bool:
        word = self._word()
        return self._types(self._any_row(without=OWN), {OWN: word}, word, self.told.own)

    def closes(self) -> bool:
        word = self._word()
        cells = {"Durum": "Tamamlandı", "Sonuç": f"Ekip {word} ile yapıldı."}
        return self._types(self._open_row(), cells, word, self.told.closed)

    def enters(self) -> bool:
        code, place, word = self._chance.choice(list(DIRECTORATES)), self._chance.choice(PLACES), self._word()
        cells = {
            "Kanal": "Telefon",
            "Mahalle": place,
            "Konu": f"Telefonla {word}",
            "Açıklama": PROBLEMS[code],
        }
        if not self.office.sheets.enter(code, cells):
            return False
        self.told.asked[word] = code
        self.told.entered.add(word)
        return True

    def moves(self) -> bool:
        row = self._open_row()
        if row is None:
            return False
        target = self._chance.choice([code for code in DIRECTORATES if code != row.sheet])
        return self._types(row, {"Sevk": DIRECTORATES[target]}, row.number, self.told.moved, target)

    def shuffles(self) -> bool:
        return self.office.sheets.shuffle(self._chance.choice(list(DIRECTORATES)), self._chance)

    def _types(
        self, row: Row | None, cells: dict[str, str], key: str, told: dict[str, str], value: str = ""
    ) -> bool:
        if row is None or not self.office.sheets.type_into(row.sheet, row.number, cells):
            return False
        told[key] = value or row.number
        return True

    def _any_row(self, without: str = "") -> Row | None:
        rows = [
            r for r in self.office.sheets.rows() if r.title == LIVE and not (without and r.cells.get(without))
        ]
        return self._chance.choice(rows) if rows else None

    def _open_row(self) -> Row | None:
        """One whose fate nobody has decided, not even in the cell beside it."""
        rows = [
            row
            for row in self.office.sheets.rows()
            if row.title == LIVE
            and row.number not in self.told.settled
            and row.cells["Durum"] in {"Yönlendirildi", "Yeni"}
            and not row.cells.get("Sevk")
        ]
        return self._chance.choice(rows) if rows else None

    def _word(self) -> str:
        """A word that nobody else says. Letters alone: a figure might be taken for a house number."""
        self._words += 1
        n, letters = self._words, ""
        for _ in range(4):
            n, letter = divmod(n, 26)
            letters = chr(97 + letter) + letters
        return f"xq{letters}zx"
