"""What stands in a request, or in a line of ``İnceleme``, that an exported conversation brought."""

from collections.abc import Iterable, Sequence

from daemon.domain.chats.chat import Message
from daemon.domain.chats.matters import Matter, texts_of
from daemon.domain.chats.people import Person
from daemon.domain.chats.words import MediaSort
from daemon.domain.clock import show_moment
from daemon.domain.duplicates import matter_of
from daemon.domain.routing.values import Route
from daemon.domain.small_talk import without_greeting
from daemon.domain.text import one_line

_NAMES = {
    MediaSort.PHOTO: "fotoğraf",
    MediaSort.VIDEO: "video",
    MediaSort.VOICE: "sesli mesaj",
    MediaSort.DOCUMENT: "belge",
    MediaSort.STICKER: "çıkartma",
    MediaSort.CONTACT: "kişi kartı",
    MediaSort.UNKNOWN: "medya",
}


def map_link(latitude: float, longitude: float) -> str:
    """A map that opens in any browser, with a mark at the place."""
    return f"https://www.openstreetmap.org/?mlat={latitude:.6f}&mlon={longitude:.6f}#map=18/{latitude:.6f}/{longitude:.6f}"


def place_line(place: tuple[float, float], *, what: str = "") -> str:
    return f"Konum{f' ({what})' if what else ''}: {map_link(*place)}"


def words_of(matter: Matter) -> str:
    """What was written, a line for each message."""
    return "\n".join(texts_of(matter.members))


def lines_of(matter: Matter, missing: Iterable[MediaSort]) -> list[str]:
    """What else belongs to it: positions, what must be listened to, what the export left out."""
    lines = [place_line(message.place) for _, message in matter.members if message.place]
    voices = [media.name for media in matter.media if media.sort is MediaSort.VOICE and media.name]
    lines += [f"Sesli mesaj: {name} (dinlenmesi gerekir)" for name in voices]
    left_out = sorted({_NAMES[sort] for sort in missing})
    if left_out:
        lines.append(f"(Dışa aktarımda yer almayan: {', '.join(left_out)}.)")
    return lines


def unheard(matter: Matter) -> Route:
    """A request whose words nobody has heard or read yet."""
    sorts = {media.sort for media in matter.media}
    subject = "Sesli mesaj" if MediaSort.VOICE in sorts else "Mesajla gönderilen belge"
    words = words_of(matter)
    return Route.to_a_person(
        one_line(without_greeting(words), 80) if matter_of(words).things else subject,
        words or f"({subject}; içeriğine bir kişinin bakması gerekir.)",
        matter.person.place.name if matter.person.place else "",
    )


def guessed_places(person: Person) -> str:
    """ "Olası mahalle: Yayla (Mustafa Şahinbey)" for a person's eye."""
    named = [f"{place.name} ({place.headman.name})" for place in person.guesses]
    return f"Olası mahalle: {', '.join(named)}" if named else ""


def listed(matters: Sequence[Matter], most: int = 40) -> str:
    """Matters in a list: when, who, what."""
    lines = [
        f"{show_moment(m.at)} {m.person.name}: {one_line(words_of(m), 200) or shown(m)}"
        for m in matters[:most]
    ]
    more = len(matters) - len(lines)
    return "\n".join(lines) + (f"\n… ve {more} mesaj daha" if more > 0 else "")


def shown(matter: Matter) -> str:
    """ "(2 fotoğraf, video)" """
    names = [_NAMES[media.sort] for media in matter.media] + ["konum" for _, m in matter.members if m.place]
    counted = [
        f"{names.count(name)} {name}" if names.count(name) > 1 else name for name in dict.fromkeys(names)
    ]
    return f"({', '.join(counted)})" if counted else ""


def changed_later(message: Message) -> str:
    """For the history: what became of a message after its request had been entered."""
    if message.is_edited:
        return f"Talebin mesajı sohbette sonradan düzenlendi: “{one_line(message.text, 300)}”"
    return "Talebin bir mesajı sohbette sonradan silindi."
