"""What sounds like danger and is everyday wear: a road that sank here and there, rubble of what is gone, dust that
falls, a door that creaks."""

import re
from collections.abc import Sequence

from daemon.domain.routing.tokens import Token
from daemon.domain.routing.vocabulary import Hit

_FELL = ("yikildi", "yikilmis")
_RUBBLE = ("moloz", "enkaz", "hafriyat", "yikinti", "kalinti")
_TO_CLEAR = (
    "kaldir",
    "temizle",
    "topla",
    "alin",
    "tasin",
    "tasit",
    "gotur",
    "atil",
    "duruyor",
    "kaldi",
    "bekliyor",
)
_NOT_ALL_DOWN = re.compile(
    r"\b(?:(?:altin|icin|icer|icerisin)(?:d[ae]|e)\w*|insan\w*|cocu[kg]\w*|bir(?:i\w*)?\b|mahsur|yarali\w*|simdi|gece(?!n)\w*|"
    r"bugun|dun\b|sabah\w*|demin|henuz|az\b|aniden|birden|yola\b|yolu\b|sokaga|ust\w+|uzer\w+|dus\w*|devril\w*|"
    r"sallan\w*|egil\w*|catla\w*|kalan\w*|yari\w*|kismen|komsu\w*|bitisi[kg]\w*|yan(?:da|in)\w*|tehlike\w*|acil\w*|"
    r"imdat|ses(?:ler)?\b|deprem\w*|okul\w*)"
)
"""Words beside which a building that came down may have come down just now, on somebody, or only in part."""
_BUILT = ("bina", "ev", "yapi", "apartman", "ahir", "gecekondu", "depo")
_REPLACED = re.compile(r"\byerin[ae](?: \w+){0,3} (?:ist[ei]|yapil|kurul|talep|konul|dusun)\w*")
_ROAD = ("yol", "asfalt", "parke", "kaldirim", "sokak", "sokag", "cadde", "zemin")
_SANK = ("cok", "goc")
_WORN = re.compile(
    r"\b(?:yer yer|cukurlar\w*|cokuntuler\w*|dalga\w*|ondul\w*|tumsek\w*|kasis\w*|engebe\w*|yama\w*|birik\w*|gollen\w*|"
    r"delik desik|bozul\w*|bozuk\w*|oynuyor\w*|oynak|alt takim\w*|rot|amortisor\w*|sarsil\w*|hopla\w*|zipla\w*)\b"
)
_DEEP = re.compile(
    r"\b(?:derin|metre|alti(?:nda|ndan|mizdan)? (?:bos|oyul|oyuk|akiyo|kayiyo|hala)|bos(?:al|luk|lug)|obru[kg]|oyul|"
    r"oyuk|kocaman|koca|dev|dus(?!un)|yuvarlan|batt|saplan|cocu[kg]|insan|okul|tehlike|can|kaza|gece(?!n)|dun|bugun|birden|"
    r"aniden|buyu|genisl|kayi|kayma|kaydi|patla|gecilmi|kapan|kapal|acil|yut|gom|korku|ambulans|servis|otobus|uzere|diz|"
    r"adam boyu|icine|icinde|yardim|imdat|ev|evler|bina|apartman|temel|istinat|heyelan|dere|kopru|menfez|demin|simdi|"
    r"biri(?:si|miz)?)\w*"
)
"""Words beside which a road that sank is more than worn: a hole that opens, grows or has swallowed something."""
_FALLING = ("dus", "dokul", "yag", "ucus")
_LIGHT = (
    "toz", "yapra", "kirinti", "izmarit", "polen", "pamuk", "tuy", "kurum", "kopuk", "damla", "cekirdek", "copler",
)  # fmt: skip
"""What hurts nobody when it falls."""
_CREAKS = re.compile(r"\b(?:kapi|mentese|pencere|panjur|bank|tahterevalli|turnike)\w* (?:\w+ )?gicir\w*")


def is_everyday(found: Sequence[Token], hit: Hit) -> bool:
    """Whether what was found is no more than wear, rubble or dust."""
    words = [found[place].folded for place in hit.places]
    return _is_rubble(found, words) or _is_worn_road(found, words) or _is_light(found, hit)


def only_creaks(found: Sequence[Token]) -> bool:
    """Whether a door or the like creaks."""
    return bool(_CREAKS.search(_line(found)))


def _line(found: Sequence[Token]) -> str:
    return " ".join(token.folded for token in found)


def _is_rubble(found: Sequence[Token], words: Sequence[str]) -> bool:
    """ "Bina yıkıldı, molozları kaldırılsın": it is gone, what lies there waits for a lorry."""
    if not any(word.startswith(_FELL) for word in words):
        return False
    others = [token.folded for token in found]
    if any(word.startswith(_BUILT) for word in words) and _REPLACED.search(_line(found)):
        return not _NOT_ALL_DOWN.search(_line(found))
    return (
        any(word.startswith(_RUBBLE) for word in others)
        and any(word.startswith(_TO_CLEAR) for word in others)
        and not _NOT_ALL_DOWN.search(_line(found))
    )


def _is_worn_road(found: Sequence[Token], words: Sequence[str]) -> bool:
    """ "Asfalt çöktü, çukurlar oluştu": ordinary potholes, unless more is told of them."""
    if not (any(w.startswith(_ROAD) for w in words) and any(w.startswith(_SANK) for w in words)):
        return False
    line = _line(found)
    return bool(_WORN.search(line)) and not _DEEP.search(line)


def _is_light(found: Sequence[Token], hit: Hit) -> bool:
    """ "Tozu üstümüze düşüyor"."""
    for place in hit.places:
        if found[place].folded.startswith(_FALLING):
            before = found[max(0, place - 3) : place]
            if any(t.folded.startswith(_LIGHT) and t.sentence == found[place].sentence for t in before):
                return True
    return False
