"""Signatures, phones' advertisements and legal disclaimers: what stands below the words but says nothing.

"Gereğini arz ederim." belongs to the words; "Saygılarımla", name, title and telephone do not. What is cut off
is returned, since a signature often tells the neighbourhood.
"""

import re

from daemon.domain.answers.heads import fold_aligned

_DELIMITER = re.compile(r"^(?:--|—|__)\s*$")
_CLIENT = re.compile(
    r"^[\W_]*(?:"
    r"(?:iphone|ipad|ipod|android|ios|samsung|huawei|honor|xiaomi|redmi|oppo|realme|galaxy|windows|yahoo|"
    r"yandex|gmail|"
    r"outlook|mobil cihaz|akilli telefon|telefonumdan|cep telefonu|mail\.ru|proton|turkcell|blackberry)"
    r".{0,80}\b(?:gonderildi|gonderilmistir|gonderdim|edinin|alin|indirin)\b.{0,80}"
    r"|(?:sent|get|gonderildi|gonderilen)\s+(?:from|via|with|using|outlook|yahoo)\b.{0,120}"
    r"|(?:download|get)\s+outlook\b.{0,80}"
    r"|(?:external(?:\s+e-?mail)?|(?:kurum\s+disi|dis\s+kaynak(?:li)?)(?:\s+(?:e-?posta|ileti))?)"
    r"|takip\s+kodu\s*:\s*mht\.[\w-]{1,80}"  # our own, that the begun answers of our letters bring back
    r"|virus(?:ten|suz)?\b.{0,40}avast.{0,60}|virus-free.{0,60}|virus bulunmuyor.{0,60}"
    r")[\W_]*$"
)
_MAY_DISCLAIM = re.compile(
    r"posta|ileti|mesaj|mail|message|uyari|gizli|yazdir|environment|cikti|disclaimer|notice|kvkk|kisisel|cevre|"
    r"sorumluluk|communication|information"
)
_DISCLAIMER_TITLE = re.compile(
    r"^[\W_]*(?:yasal\s+(?:uyari|bildirim)|gizlilik\s+(?:uyarisi|bildirimi|notu|beyani|sozlesmesi)|"
    r"disclaimer|"
    r"confidentiality\s+(?:notice|note|statement)|legal\s+notice|kvkk(?:\s+(?:aydinlatma\s+metni|"
    r"bilgilendirmesi?|uyarisi))?|kisisel\s+verilerin\s+korunmasi|sorumluluk\s+reddi|"
    r"uyari\s*/\s*disclaimer|e-?posta\s+uyarisi)\W*(?:$|[:/(.-])"
)
_DISCLAIMER = re.compile(
    r"^[\W_]*(?:(?:dikkat|uyari|onemli|not|caution|warning|external)\W{1,4})?(?:"
    r"(?:isbu|bu)\s+(?:e-?posta|elektronik\s+(?:posta|ileti)|ileti|mesaj|e-?mail|"
    r"mail)\w*\b[^?]{0,300}?\b(?:gizli|kisiye\s+ozel|"
    r"yalnizca|sadece|muhatab|muhatap|alici|hukuk|sorumlu|virus|avast|antivirus|taran|kurum\s+disi|"
    r"dis\s+kaynak|dagitilamaz)"
    r"|(?:this|the\s+information(?:\s+contained)?\s+in\s+this)\s+(?:e-?mail|message|"
    r"communication)\b[^?]{0,300}?\b(?:confidential|intended|"
    r"privileged|virus|legally|originated|solely)"
    r"|(?:lutfen\s+)?[^.?]{0,60}\b(?:cevre|doga|agac|kagit)\w*\b[^.?]{0,80}\b(?:yazdir|cikti|koru)\w*"
    r"|(?:please\s+)?(?:consider|think\s+of)\s+the\s+environment"
    r"|(?:lutfen\s+)?(?:bu\s+)?(?:e-?posta|ileti|mesaj)\w*\s+yazdirmadan\s+once"
    r"|kisisel\s+veri\w*[^?]{0,200}?\b(?:6698|kvkk|islenmekte)"
    r"|lutfen\s+(?:gerekmedikce\s+)?(?:bu\s+)?\S{0,12}\s?yazdirmayiniz"
    r")"
)
_CLOSING = re.compile(
    r"(?:en\s+(?:derin|icten)\s+)?(?:saygi(?:lar|larimla|larimizla|larimi sunarim|larimizi sunariz|yla|"
    r"larla)|saygi\s+ve\s+sevgilerimle|"
    r"saygi\s+ve\s+selamlarimla|selam\s+ve\s+saygilarimla|sevgi\s+ve\s+saygilarimla|selamlar(?:imla)?|"
    r"hurmetlerimle|sevgiler(?:imle)?|"
    r"iyi\s+(?:calismalar|gunler|aksamlar|haftalar|haftasonlari)(?:\s+(?:dilerim|dileriz|dilegiyle))?|"
    r"kolay\s+gelsin|"
    r"hayirli\s+(?:gunler|isler|cumalar)|esenlikler(?:\s+dilerim)?|saygi\s+ile|"
    r"(?:kind|best|warm)\s+regards|regards|saygilarimla\s+bilgi(?:niz|leriniz)e\s+sunarim)"
)
_CLOSING_LINE = re.compile(rf"^[\W_]*{_CLOSING.pattern}(?:[\s,]+{_CLOSING.pattern})?[\s,.!;:)]*$")
_CLOSING_START = re.compile(rf"^[\W_]*{_CLOSING.pattern}\s*[,.!]+\s+(?=\S)")
_CLOSING_TAIL = re.compile(rf"(?<=[.!?])\s*{_CLOSING.pattern}[\s,.!]*$")
_FORMAL_END = re.compile(
    r"\b(?:arz|rica|talep|temenni|tesekkur|takdim)\s+(?:ve\s+(?:rica|talep|tesekkur)\s+)?(?:ederim|ederiz|"
    r"olunur)\W*$|\bsunarim\W*$|\bsunariz\W*$"
)
_CONTACT = re.compile(
    r"\b(?:tel|telefon|gsm|cep|faks|fax|dahili|e-?posta|e-?mail|mail|web|adres|santral|mobil|phone|mobile|"
    r"tlf)\s*(?:no)?\s*[.:]|"
    r"\b(?:\+?9?0)?[\s(]*[2-5]\d{2}[\s)]*\d{3}[\s-]?\d{2}[\s-]?\d{2}\b|[\w.+-]{1,60}@[\w-]{1,60}\.|www\.|"
    r"https?://"
)
_TITLE = re.compile(
    r"\b(?:muhtari?|muhtarligi|mudur(?:u|lugu)?|memuru?|sefi?|mudur\s+yardimcisi|muhendisi?|tekniker\w*|"
    r"teknisyeni?|irtibat\s+personeli|"
    r"personeli|uzmani?|baskan\w*|belediyesi|sekreter\w*|veri\s+hazirlama|mimar|avukat|zabita\s+(?:amiri|"
    r"komiseri)|birimi|azasi?|mahallesi)\b"
)
_POSTSCRIPT = re.compile(r"^[\W_]*(?:not|ek|ekler|eki|ekte|p\.?\s?s|dipnot|ilave|adres)\s*[:.)-]")
_ADDRESS = re.compile(r"^[\W_]*(?:is |ev |yazisma )?adres(?:i|imiz)?\s*[:.]")
_FINITE = re.compile(
    r"(?:[dt][iu](?:r|k|m|ler)?|m[iu]s(?:t[iu]r)?|[ae]cak(?:t[iu]r)?|[ae]cagiz|[iu]yor(?:uz|um|lar)?|"
    r"mekte(?:dir)?|makta(?:dir)?|ederim|ederiz|degil(?:dir)?|var(?:dir)?|"
    r"yok(?:tur)?|istiyor\w*|lutfen|misiniz|musunuz)\b[\W]*$|\?"
)
_LONG = 90
_MOST_LINES = 12


def strip_signature(passage: str, *, name: str = "") -> tuple[str, str]:
    """Return (words, what was cut off). ``name`` is the sender's, whose line begins many signatures.

    Never cuts everything away: a passage that is nothing but a signature stays.
    """
    lines = passage.split("\n")
    folded = fold_aligned(passage).split("\n")
    keep = [not _CLIENT.match(line) if 4 < len(line) < 200 else True for line in folded]
    end = _without_disclaimer(folded, keep)
    end = _signature_start(folded, keep, end, fold_aligned(name).strip())
    words = [line for line, kept in zip(lines[:end], keep[:end], strict=True) if kept]
    rest = [line for line, kept in zip(lines[:end], keep[:end], strict=True) if not kept] + lines[end:]
    text = _without_closing_tail("\n".join(words).strip())
    if not any(c.isalnum() for c in text):
        return "", "\n".join(rest).strip()
    return text, "\n".join(rest).strip()


def _without_disclaimer(folded: list[str], keep: list[bool]) -> int:
    """Mark disclaimers at the top; return where the one below the words begins."""
    seen_words = False
    for index, line in enumerate(folded):
        above_blank = index == 0 or not folded[index - 1].strip() or len(folded[index - 1]) < 60
        if line.strip() and above_blank and _is_disclaimer(folded, index):
            if seen_words:
                return index
            for position in range(index, len(folded)):
                if not folded[position].strip():
                    break
                keep[position] = False
        elif keep[index] and any(c.isalnum() for c in line):
            seen_words = True
    return len(folded)


def _is_disclaimer(folded: list[str], index: int) -> bool:
    line = folded[index]
    if not _MAY_DISCLAIM.search(line):
        return False
    paragraph = " ".join(folded[index : index + 6])[:700]
    return bool(_DISCLAIMER.match(paragraph) or _DISCLAIMER_TITLE.match(line))


def _signature_start(folded: list[str], keep: list[bool], end: int, name: str) -> int:
    """Index at which the signature begins; ``end`` when there is none."""
    seen_words = False
    for index in range(end):
        line = folded[index].strip()
        if not line or not keep[index]:
            continue
        if _DELIMITER.match(line) and (seen_words or end - index <= _MOST_LINES):
            return index
        if seen_words and _begins_signature(folded, keep, index, end, name):
            return index
        seen_words = seen_words or any(c.isalnum() for c in line)
    return end


def _begins_signature(folded: list[str], keep: list[bool], index: int, end: int, name: str) -> bool:
    line = folded[index].strip()
    if len(line) > _LONG or end - index > 4 * _MOST_LINES:
        return False
    rest = [
        text
        for position in range(index + 1, end)
        if keep[position] and (text := folded[position].strip()) and not _is_own_address(folded, position)
    ]
    if _CLOSING_LINE.match(line) or _CLOSING_START.match(line):
        return _looks_like_names(rest)
    if not _looks_like_names([line, *rest]) or _CONTACT.match(line):
        return False
    above = next((folded[p].strip() for p in range(index - 1, -1, -1) if folded[p].strip() and keep[p]), "")
    blank_above = not folded[index - 1].strip()
    is_name = _is_name(line)
    if is_name and name and (line == name or line in name or name in line):
        return True
    if is_name and _FORMAL_END.search(above):
        return True
    return is_name and blank_above and any(_TITLE.search(text) or _CONTACT.search(text) for text in rest[:4])


def _is_own_address(folded: list[str], position: int) -> bool:
    """An address right below the title or the telephone is the signer's; one by itself may be where the trouble is."""
    above = folded[position - 1]
    return bool(_ADDRESS.match(folded[position]) and (_TITLE.search(above) or _CONTACT.search(above)))


def _is_name(line: str) -> bool:
    words = re.findall(r"[a-z.]+", line)
    return 2 <= len(words) <= 5 and len(line) <= 50 and not re.search(r"\d", line) and not is_sentence(line)


def _looks_like_names(rest: list[str]) -> bool:
    """Short lines without a sentence in them, up to the end."""
    if len(rest) > _MOST_LINES:
        return False
    return all(len(line) <= _LONG and not is_sentence(line) and not _POSTSCRIPT.match(line) for line in rest)


def is_sentence(line: str) -> bool:
    """A finite verb at the end; first names such as Hamdi or Rüştü end alike, but have no third word."""
    return bool(_FINITE.search(line)) and (line.count(" ") >= 2 or line[-1] in ".!?")


def _without_closing_tail(text: str) -> str:
    """ "… arz ederim. Saygılarımla" ends with the sentence."""
    folded = fold_aligned(text[-120:])
    tail = _CLOSING_TAIL.search(folded)
    return text[: len(text) - len(folded) + tail.start()].rstrip() if tail else text
