"""Messages that only greet, thank, agree or decorate: nothing that belongs into a request.

Word by word, so that "Tamam başkanım, teşekkürler 🙏" is small talk and "Tamam, 12 numaranın önü" is not.
"""

import re

from daemon.domain.answers.heads import fold_aligned
from daemon.domain.text import capitalised, fold

_PHRASES = re.compile(
    r"\b(?:"
    r"gunaydin\w*|tunaydin|iyi (?:gun|aksam|gece|sabah|calisma|hafta|bayram|tatil|sene|uyku|pazar)\w*(?: dile\w+| olsun)?|"
    r"hayirli (?:cuma|ramazan|kandil|gun|aksam|sabah|gece|hafta|is|bayram|iftar|sahur|olsun|tatil)\w*(?: olsun| dile\w+)?|"
    r"(?:cuma|kandil|bayram|ramazan)\w* (?:mubarek|kutlu|hayirli)(?: olsun)?|hayirlisi(?: olsun)?|"
    r"merhaba\w*|mrb|mrhb|slm|selam\w*(?: ?un)?(?: ?aleykum)?|(?:ve )?aleykum ?selam|aleykumselam|sa|as|hos ?(?:bulduk|geldin\w*)|"
    r"tamam\w*|tmm?|ok|oke?y|okay|olur|peki|anladim|anlasildi|evet|hayir|he|hi hi|aynen|oyle|elbette|tabi\w*|bilgim var|haberim var|"
    r"tesek+ur\w*(?: ed\w+)?|tsk\w*|sag ?ol\w*|var ?ol\w*|eyvallah|rica ed\w+|estagfurullah|(?:allah|rabbim) (?:sizden |senden )?razi olsun|"
    r"(?:el|emeg|ayag)\w* saglik|kolay gelsin|eksik olma\w*|minnettar\w*|memnun old\w+|helal olsun|harika\w*|super\w*|bravo|guzel|"
    r"(?:baskan|muhtar|mudur|hoca|amir|sef|abi|abla|kardes|arkadas|bey|hanim|efendi|dost|komsu|can)(?:[iu]?m(?:[iu]z)?|lar\w*|ler\w*)?|"
    r"sayin|degerli|saygi\w*(?: sun\w+)?|sevgi\w*|nasilsin\w*|iyiyi[mz]\w*|siz nasilsiniz|insallah|masallah|amin|gorusuruz|gorusmek uzere|"
    r"(?:basiniz|basimiz) sag ?olsun|gecmis olsun|allah rahmet eylesin|mekani cennet olsun|kutlu olsun|mubarek olsun|nice yillara|"
    r"ha(?:ha)+|hehe\w*|jsj\w*|sjs\w*|kk|de|da|ve|cok|size|sana|bizden|herkese|hepinize|hepimize|simdi|abd?u?llah|ederim|ederiz|olsun"
    r")\b"
)
_REST = re.compile(r"[\W_]+")


def is_small_talk(text: str) -> bool:
    """Whether nothing is left once greetings, thanks and signs are taken away."""
    if len(text) > 400:
        return False
    return not _REST.sub("", _PHRASES.sub(" ", _REST.sub(" ", fold(text))))


_OFFICE = "(?:baskan|muhtar|mudur|amir|sef)"
_FRIEND = "(?:hoca|abi|abla|kardes)"
_HAIL = (
    r"(?:gunaydin\w*|tunaydin|merhaba\w*|mrb|mrhb|slm|selam(?:lar|un)?(?: ?aleykum)?|kolay gelsin|"
    r"(?:iyi|hayirli) (?:gun|aksam|sabah|gece|calisma|hafta|is|cuma|bayram)(?:lar|ler)(?: dile\w+| olsun)?)"
)
_OPENING = re.compile(
    rf"(?:\W*\b(?:{_HAIL}(?:\W+{_FRIEND}[iu]?m)?|(?:sayin )?{_OFFICE}[iu]?m|sayin {_OFFICE}[iu]?m[iu]z|"
    rf"(?:(?:sayin )?(?:{_OFFICE}|{_FRIEND})[iu]?m(?:[iu]z)?|sayin (?:yetkili(?:ler)?|{_OFFICE})|"
    r"tesekkur(?:ler| ederi[mz]))(?=\s*[,!.:;]))\b)+"
    r"(?:[\s,.!:;…]+|\s*[-–]\s+)"
)
"""What people say before they come to the point. "Hocamız", "kardeşim" and thanks may begin the matter itself: they
lead up to it only before a stop or behind a greeting."""
_NAMED_SO = re.compile(r"\s*(?:so?k\b|soka[kg]|ca?d\b|cadde|bulv|mah\b|mahallesi|apart|apt|sitesi|parki)")


def without_greeting(text: str) -> str:
    """The text from where it comes to the point: "Merhaba başkanım, okulun yanı …" begins at "Okulun". The same where
    it comes to none."""
    folded = fold_aligned(text)
    found = _OPENING.match(folded)
    if found is None or _NAMED_SO.match(folded[found.end() :]):
        return text
    rest = text[found.end() :].strip()
    return text if is_small_talk(rest) else capitalised(rest)
