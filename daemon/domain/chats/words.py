"""What stands in one message of an exported conversation: words, pictures, positions, or the messenger's own lines.

The phrases are those that WhatsApp writes in Turkish and English; a phrase counts only where it is the whole of the
message or stands in its own brackets, since people may write the same words.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from daemon.domain.text import fold


class Sort(StrEnum):
    """What a message is."""

    SAID = "said"
    DELETED = "deleted"
    SYSTEM = "system"


class MediaSort(StrEnum):
    """What sort of file came with a message; ``UNKNOWN`` where the export leaves it out and does not say."""

    PHOTO = "photo"
    VIDEO = "video"
    VOICE = "voice"
    DOCUMENT = "document"
    STICKER = "sticker"
    CONTACT = "contact"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Media:
    """A file of a message; ``name`` is ``""`` when the export was made without it."""

    sort: MediaSort
    name: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    text: str
    sort: Sort = Sort.SAID
    media: tuple[Media, ...] = ()
    place: tuple[float, float] | None = None
    is_edited: bool = False


_ENDINGS = {
    MediaSort.PHOTO: "jpg jpeg png heic heif bmp tif tiff",
    MediaSort.VIDEO: "mp4 3gp mov avi mkv webm",
    MediaSort.VOICE: "opus ogg oga m4a aac amr mp3 wav caf",
    MediaSort.DOCUMENT: "pdf doc docx xls xlsx ppt pptx odt rtf udf txt csv zip",
    MediaSort.STICKER: "webp gif",
    MediaSort.CONTACT: "vcf",
}
_BY_ENDING = {ending: sort for sort, endings in _ENDINGS.items() for ending in endings.split()}
_BY_BEGINNING = {
    "IMG-": MediaSort.PHOTO,
    "VID-": MediaSort.VIDEO,
    "AUD-": MediaSort.VOICE,
    "PTT-": MediaSort.VOICE,
    "DOC-": MediaSort.DOCUMENT,
}
"""As WhatsApp numbers its files, when it knows no ending."""
_FILE = r"[^\n<>:\"|?*/\\]{1,200}\.[A-Za-z0-9]{2,5}"
_ANY_FILE = r"[^\n<>/\\]{1,200}\.[A-Za-z0-9]{2,5}|[A-Z]{3}-\d{8}-WA\d{4,6}\.?"
"""What stands before a messenger's own words is a name though it holds colons; of those that WhatsApp numbers, also
without an ending."""
_ANDROID_FILE = re.compile(
    rf"^({_ANY_FILE}) \((?:dosya ekli|ekli dosya|dosya eklendi|dosya eklenmiş|file attached)\)[ ]*$",
    re.I | re.M,
)
_KNOWN = "|".join(_BY_ENDING)
_IOS_FILE = re.compile(
    rf"<(?:eklenmiş|eklendi|ekli|ek|attached): ?([^<>\n]{{1,200}})>|<[^\W\d]{{2,20}}(?: [^\W\d]{{2,20}})?: ?([^<>:\n]{{1,195}}\.(?:{_KNOWN}))>",
    re.I,
)
"""However the telephone's language puts it, a known kind of file in such brackets is one."""
_PAGES = re.compile(rf"^{_FILE} ?• ?\d+ (?:sayfa|pages?)", re.I | re.M)
_BARE_FILE = re.compile(
    rf"(?:IMG|VID|AUD|PTT|DOC|PHOTO|VIDEO|AUDIO|bip)[-_ ]?[^\n<>]{{0,150}}\.[A-Za-z0-9]{{2,5}}|[^\s<>:\"|?*/\\@]{{1,120}}\.(?:{_KNOWN})",
    re.I,
)
_PLACEHOLDER = re.compile(
    r"(?:[\[(<](?:[^\w\s]{1,2} ?)?|[📷🖼🎥📹🎤🎙🔊📄📎👤]\ufe0f? ?)(?P<what>fotoğraf|resim|görüntü|photo|image|video|sesli mesaj|ses kaydı|voice message|audio|"
    r"belge|document|çıkartma|sticker|kişi kartı|kişi)(?: \(?\d{1,2}:\d\d\)?)?[\])>]?",
    re.I,
)
"""Where a messenger leaves the file out and only says its kind: "[Fotoğraf]", "🎤 Sesli mesaj (0:12)"."""
_LEFT_OUT = re.compile(
    rf"<?(?:{_FILE} ?• ?\d{{1,4}} (?:sayfa|pages?) )?"
    r"(?P<what>medya|tek (?:seferlik görüntülenen|seferlik|görünümlük|görüntülemelik) [\w ]{1,30}|görüntü|resim|fotoğraf|video notu|video mesajı|video|"
    r"sesli mesaj|ses kaydı|ses|çıkartma|gif|belge|kişi kartı|media|image|photo|video note|audio|voice message|sticker|"
    r"document|contact card|view once [\w ]{1,30}) (?:dahil edilmedi|atlandı|çıkarıldı|eklenmedi|omitted)\.?>?",
    re.I,
)
_LEFT_OUT_SORTS = (
    (re.compile(r"ses|audio|voice"), MediaSort.VOICE),
    (re.compile(r"video"), MediaSort.VIDEO),
    (re.compile(r"goruntu|resim|foto|image|photo"), MediaSort.PHOTO),
    (re.compile(r"cikartma|sticker|gif"), MediaSort.STICKER),
    (re.compile(r"belge|document"), MediaSort.DOCUMENT),
    (re.compile(r"kisi|contact"), MediaSort.CONTACT),
)
_EDITED = re.compile(
    r"\s*<(?:bu mesaj düzenlendi|mesaj düzenlendi|düzenlendi|this message was edited|edited)\.?>\s*$", re.I
)
_FORWARDED = re.compile(r"^[\[<*_]*(?:iletildi|forwarded)[\]>*_]*[ ]*(?:\n|: )", re.I)
"""Once is how a headman passes on what a citizen wrote to him; what went round many times keeps its mark."""
_POSITION = re.compile(
    r"(?:(?:canlı )?konum|(?:live )?location|konumum)?:? ?https?://(?:www\.|maps\.)?(?:google\.[a-z.]{2,6}(?:/maps)?|openstreetmap\.org|"
    r"maps\.apple\.com|apple\.com)/?\?(?:[a-z_]{1,12}=[^&\s]{0,80}&)*?(?:q|ll|query|daddr)=(?:loc:)?"
    r"(-?\d{1,3}(?:\.\d{1,12})?)(?:,|%2C)\+?(-?\d{1,3}(?:\.\d{1,12})?)[^\s]{0,200}",
    re.I,
)
_SIGNS = (
    "<",
    "(",
    "[",
    "•",
    *"📷🖼🎥📹🎤🎙🔊📄📎👤",
    "?q=",
    "?ll=",
    "?daddr=",
    "&q=",
    "&ll=",
    "query=",
    "daddr=",
)
_BEGINNINGS = re.compile(
    r"bu (?:mesaj|sohbet|grup|i[şs]letme|gruba)|this (?:message|business)|you|silinen|mesaj|messages?|waiting|null$|anket:|poll:|[*_]?[iİ]letildi|"
    r"bir[çc]ok kez|forwarded|cevaps[ıi]z|missed|sesli|g[öo]r[üu]nt[üu]l?|grup|canl[ıi]|konum|live|location|voice|video|group|g[üu]venlik|your|kaybolan|arama|medya|media|tek (?:sefer|g[öo]r)|"
    r"view once|image|photo|audio|sticker|document|contact|gif|belge|ki[şs]i|ses|[çc][ıi]kartma|foto[ğg]raf|resim|(?:IMG|VID|AUD|PTT|DOC|PHOTO|bip)[-_ ]?\w|\S{1,120}\.[a-z0-9]{2,5}$",
    re.I,
)
"""Whatever is more than plain words begins so or holds a sign; most messages do neither."""

_DELETED = re.compile(
    r"(?:bu mesaj(?:i| )? ?(?:silindi|sildiniz|silinmis)|bu mesaji sildiniz|bu mesaj .{1,60} tarafindan silindi|this message was deleted(?: by .{1,60})?|you deleted this message|silinen mesaj|mesaj silindi)\.?"
)
_SYSTEM = re.compile(
    r"(?:mesajlar(?:iniz)? ve (?:aramalar(?:iniz)?|gorusmeler(?:iniz)?) uctan uca sifreli|bu (?:sohbet|grup)\w* (?:gonderilen|yaptiginiz) .{0,60}sifreli|"
    r"bu gruba gonderdiginiz mesajlar|messages (?:and calls |to this (?:chat|group) )?.{0,60}end.to.end encrypt|"
    r".{0,80}guvenlik kod\w* .{0,80}degisti|.{0,20}your security code with|bu isletme(?:yle| ile)|this business|"
    r"cevapsiz (?:sesli |goruntulu |grup )*arama|(?:sesli|goruntulu|grup)(?: (?:sesli|goruntulu))? arama(?:[,.:•\n ]|$)|missed (?:group )?(?:voice |video )*call|"
    r"(?:voice|video|group) call(?:[,.:•\n ]|$)|arama (?:baslatildi|yanitlanmadi)|mesaj bekleniyor|waiting for this message|"
    r".{1,80} (?:bu )?grubu? (?:olusturdu|olusturdunuz|\w*den ayrildi)|.{1,80} (?:gruptan )?ayrildi(?:niz)?\.?$|.{1,160}\bgrubun\w* .{0,80}degistirdi(?:niz)?|"
    r".{1,80} (?:created (?:this )?group|left$|was added|joined using)|.{1,80} (?:kisisini|kisilerini|sizi) (?:ekledi|cikardi)(?:niz)?|.{1,80} added .{1,80}$|"
    r".{1,80} (?:davet )?baglantisiyla katildi|.{1,80} (?:telefon )?numarasini degistirdi|.{1,80} changed (?:their phone number|the (?:group|subject)|to )|"
    r".{1,80} yeni (?:bir )?(?:telefon )?numara\w* |.{1,80} (?:kaybolan|sureli) mesajlar|kaybolan mesajlar|.{0,80}disappearing messages|"
    r".{1,80} bir mesaj\w* sabitledi|.{1,80} pinned a message|(?:bu )?kisiyi engelle|.{0,40}engellediniz|you (?:blocked|unblocked)|"
    r".{1,60} (?:artik )?(?:bir )?kisi(?:lerinizden|niz)\b|.{1,60} is a contact|.{1,80} artik yonetici|.{1,80} now an admin)"
)
"""From the beginning of a folded message."""
_OWN_CALLS = re.compile(
    r"(?:cevapsiz|missed|sesli arama|goruntulu arama|voice call|video call|grup|mesajlar|messages|mesaj bekleniyor|waiting|"
    r"guvenlik|your security|bu isletme|this business|bu sohbet|bu gruba|bu grup|kaybolan)"
)
"""What a messenger begins its own sentences with where the sender is named too; no headman does."""
_BARE_PLACE = re.compile(
    r"(?:canli )?konum(?:u)? ?(?:paylasildi|paylasimi (?:basladi|sona erdi|bitti))\.?|(?:live )?location shared\.?"
)
"""The notice of a position that the export does not carry."""
_POLL = re.compile(r"(?:anket|poll):")
_HEAD_OF_SYSTEM = re.compile(
    r"[\"“”]|\b(?:olusturdu\w*|ekledi\w*|cikardi\w*|degistirdi\w*|ayrildi\w*|katildi|created|added|changed|removed|joined|sifreli\w*)\b"
)


@lru_cache(maxsize=4_096)
def is_system_head(name: str) -> bool:
    """Whether what stands before the colon is no name but the messenger's sentence: "X, konuyu “Y: Z” yaptı"."""
    return _HEAD_OF_SYSTEM.search(fold(name)) is not None


def is_system(text: str) -> bool:
    """Whether a line that names nobody is a sentence of the messenger that we know."""
    return _SYSTEM.match(fold(text[:300])) is not None


def read_words(text: str) -> Said:
    """Understand the words of one message that has a sender."""
    if not _BEGINNINGS.match(text) and not any(sign in text for sign in _SIGNS):
        return Said(text)
    folded = fold(text[:300])
    if _DELETED.fullmatch(folded):
        return Said("", Sort.DELETED)
    if _POLL.match(folded) or (_OWN_CALLS.match(folded) and _SYSTEM.match(folded)):
        return Said(text, Sort.SYSTEM)
    if folded == "null" or _BARE_PLACE.fullmatch(folded):
        return Said("")
    return _with_files(text)


def _with_files(text: str) -> Said:
    edited = _EDITED.search(text)
    if edited:
        text = text[: edited.start()]
    text = _FORWARDED.sub("", text)
    media: list[Media] = []
    for pattern in (_ANDROID_FILE, _IOS_FILE):
        media += [_file(next(filter(None, found.groups()))) for found in pattern.finditer(text)]
        text = pattern.sub("\n", text)
    if media:
        text = _PAGES.sub("", text)
    elif _BARE_FILE.fullmatch(text) and (found := _file(text)).sort is not MediaSort.UNKNOWN:
        media, text = [found], ""
    first, newline, others = text.partition("\n")
    if left_out := _LEFT_OUT.fullmatch(first.strip()) or _PLACEHOLDER.fullmatch(first.strip()):
        media.append(Media(_sort_left_out(left_out["what"])))
        text = others if newline else ""
    place, text = _position(text)
    return Said(text.strip(), media=tuple(media), place=place, is_edited=edited is not None)


def _position(text: str) -> tuple[tuple[float, float] | None, str]:
    found = _POSITION.search(text)
    if found is None:
        return None, text
    latitude, longitude = float(found[1]), float(found[2])
    if abs(latitude) > 90 or abs(longitude) > 180:
        return None, text
    return (latitude, longitude), text[: found.start()] + text[found.end() :]


def _file(name: str) -> Media:
    name = name.strip()
    return Media(sort_of(name), name)


def sort_of(name: str) -> MediaSort:
    """What sort of file its name says it is."""
    ending = name.rpartition(".")[2].lower()
    return _BY_ENDING.get(ending) or _BY_BEGINNING.get(name[:4].upper(), MediaSort.UNKNOWN)


def _sort_left_out(what: str) -> MediaSort:
    folded = fold(what)
    return next((sort for pattern, sort in _LEFT_OUT_SORTS if pattern.search(folded)), MediaSort.UNKNOWN)
