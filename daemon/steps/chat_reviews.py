"""Lines of ``İnceleme`` about an exported conversation: whose words they are, and whether they ask for anything."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256

from daemon.domain import entering
from daemon.domain.chats import wording as chat_wording
from daemon.domain.chats.identity import Known
from daemon.domain.chats.matters import Matter, Need
from daemon.domain.chats.words import MediaSort
from daemon.domain.review import Review
from daemon.domain.structured.mail_form import only_place_in, place_told
from daemon.domain.text import one_line
from daemon.steps.case import Case
from daemon.steps.exports import CHANNELS, Read
from daemon.steps.file_faults import listed

MOST_SINGLY = 8
"""So many questions of a kind get a line each; more share one."""
MANY_STRANGERS = (
    "Sohbette kayıtlı bir muhtarla eşleşmeyen kişilerin talepleri var; "
    "geçerli olanları “Yeni Talep” sayfasından giriniz."
)
MANY = {
    Need.LOOK: "Sohbette talep yazılmadan gönderilmiş fotoğraf veya dosyalar var; talep olup olmadığına bakınız.",
    Need.DETAIL: "Sohbette hangi talebe ait olduğu anlaşılamayan bilgiler var; ilgili taleplerin Not’una yazınız.",
    Need.WITHDRAWN: (
        "Sohbette gerek kalmadığı yazılan talepler var; kaydedilmedi. "
        "Yine de gerekenleri “Yeni Talep” sayfasından giriniz."
    ),
}
"""What a line says that several questions of a kind share; those about other kinds ask who writes."""
OLD = (
    "Sohbette üç aydan eski talepler var; süreleri geçmiş sayılacağından kendiliğinden kaydedilmedi. "
    "Hâlâ geçerli olanları “Yeni Talep” sayfasından giriniz."
)
_UNNAMED = (
    "Sohbetin arşivinde hiçbir mesajın anmadığı dosyalar var; bir talebe ait olup olmadıklarına bakınız."
)
_REASONS = {
    Need.LOOK: "Muhtar, talep yazmadan fotoğraf veya dosya göndermiş; talep olup olmadığına bakınız.",
    Need.DETAIL: (
        "Muhtarın yazdığı bilginin hangi talebe ait olduğu anlaşılamadı; ilgili talebin Not’una yazınız, "
        "yeni bir talepse müdürlüğünü seçerek kaydediniz."
    ),
    Need.WITHDRAWN: (
        "Muhtar, gerek kalmadığını sonradan yazmış; talebin yine de kaydedilip kaydedilmeyeceğine karar veriniz."
    ),
}
_WHO = "Sohbetteki “{}” kayıtlı bir muhtarla kesin olarak eşleşmedi; doğru mahalleyi seçerek kaydediniz."


@dataclass
class Kept:
    """The files of a matter: where they lie, where they were taken, and what did not come along."""

    paths: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    missing: list[MediaSort] = field(default_factory=list)
    faults: list[tuple[str, str]] = field(default_factory=list)
    """Files that nobody can open, with the reason (Turkish)."""


class ChatReviews:
    """Words the questions that one conversation raises; ``original`` is where its file lies.

    A key begins with the channel, so that a request filed from the line bears it; the line is opened at the
    message's time, from which a deadline counts.
    """

    def __init__(self, case: Case, read: Read, original: str) -> None:
        self._case = case
        self._read = read
        self._original = original
        self._channel = CHANNELS[read.chat.app]

    def about(self, matter: Matter, kept: Kept, known: Known) -> Review:
        """A line about one matter."""
        person, place = matter.person, matter.person.place
        reason = (_REASONS.get(matter.need) if place else None) or _WHO.format(person.name)
        if kept.faults:
            reason += f" Eki açılamıyor: {listed(kept.faults)}."
        guess = place or (person.guesses[0] if len(person.guesses) == 1 else None)
        named = guess.name if guess else self._named_in(matter)
        lines = [chat_wording.words_of(matter) or chat_wording.shown(matter)]
        lines += [*chat_wording.lines_of(matter, kept.missing), *kept.lines]
        return Review(
            key=self._key(matter, known),
            opened_at=min(matter.at, self._case.now),
            reason=reason,
            sender=person.name,
            neighbourhood=named,
            subject=matter.route.subject if matter.route else f"{self._channel.value}: {person.name}",
            read="\n".join(line for line in lines if line),
            guess=self._guess(matter, "" if guess else named),
            confidence=matter.route.confidence if matter.route else None,
            link=next(iter(kept.paths), "") or self._original,
        )

    def _named_in(self, matter: Matter) -> str:
        """Whom nobody knows may say of what neighbourhood he is ("ben Emek muhtarı …")."""
        words, registry = chat_wording.words_of(matter), self._case.office.registry
        place = place_told(words, registry)
        said = place.name if place else ""
        return said or (matter.route.neighbourhood if matter.route else "") or only_place_in(words, registry)

    def _guess(self, matter: Matter, named: str) -> str:
        place = self._case.office.registry.neighbourhood(named) if named else None
        guesses = (
            chat_wording.guessed_places(
                matter.person if place is None else replace(matter.person, guesses=(place,))
            ),
            entering.guess_text(matter.route, self._case.office) if matter.route else "",
        )
        return "; ".join(guess for guess in guesses if guess)

    def together(self, matters: Sequence[Matter], reason: str, known: Known) -> Review:
        """One line about several."""
        title = self._read.chat.title
        return Review(
            key=f"{self._key(matters[0], known)}/list",
            opened_at=self._case.now,
            reason=reason,
            sender=title or self._case.sender_shown,
            subject=f"{self._channel.value}: {title}" if title else self._channel.value,
            read=chat_wording.listed(matters),
            link=self._original,
        )

    def about_file(self, reason: str) -> Review:
        """A line about the whole export."""
        return Review(
            key=f"{self._channel.name.lower()}/{self._case.event}/{self._read.file.content_hash[:12]}",
            opened_at=self._case.now,
            reason=reason,
            sender=self._case.sender_shown,
            subject=f"{self._channel.value}: {self._read.chat.title}",
            read=", ".join(self._read.chat.senders),
            link=self._original,
        )

    def about_unnamed(self, names: Sequence[str]) -> Review:
        """A line about files that no message names; asked once, however often the export comes."""
        digest = sha256("\n".join(sorted(names)).encode("utf-8", "replace")).hexdigest()
        title = self._read.chat.title
        return Review(
            key=f"{self._channel.name.lower()}/unnamed/{digest[:20]}",
            opened_at=self._case.now,
            reason=_UNNAMED,
            arrival_id=self._case.stored.id,
            sender=title or self._case.sender_shown,
            subject=f"{self._channel.value}: {title}" if title else self._channel.value,
            read=one_line(", ".join(names), 500),
            link=self._original,
        )

    def _key(self, matter: Matter, known: Known) -> str:
        return f"{self._channel.name.lower()}/{known.key_of(matter.places[0])}"
