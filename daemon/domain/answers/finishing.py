"""Verbs that say a job is finished, and what must stand before them to make it true.

"Çukur kapatıldı" closes a request, "yol trafiğe kapatıldı" does not; "ihale yapıldı" is a step on the way. All
on folded text, as in :mod:`daemon.domain.answers.phrases`.
"""

import re

from daemon.domain.answers.phrases import Signal

_PAST = r"(?:[dt][iu](?:k|m|ler|lar)?|m[iu]s(?:t[iu]r(?:lar|ler)?|[iu]z)?)"
_WHOLE = (
    "tamamlan|tamamla|gideril|gider|onaril|onar|cozumlen|cozul|coz|cozume kavustur(?:ul)?|hallol|hallet|"
    "halledil|hallettiril|temizlen|temizle|temizlettiril|budan|buda|ilaclan|ilacla|asfaltlan|asfaltla|"
    "doldurul|"
    "doldur|degistiril|degistir|yenilen|yenile|kaldiril|kaldir|bitiril|bitir|bit|duzeltil|duzelt|boyan|"
    "dikil|supurul|supur|yikan|gerceklestiril|gerceklestir|yamalan|tamir edil|tamir et|monte edil|monte et|"
    "tesis edil|imal edil|bertaraf edil|dezenfekte edil|tahliye edil|tadil edil|yerine getiril|"
    "devreye alin|orul|or|dosen|dose|dizil|cizil|ciz|calisir (?:hale|duruma) getiril|sulan|karsilan|"
    "olumlu sonuclan(?:diril)?|yapil|yap"
)
"""Verbs that say by themselves that a job is finished, unless it was a piece of paper's job."""
_BY_OBJECT = {
    "kapat|kapatil": "cukur|delik|oyu[kg]|cokm|cokun|rogar|kapa[kg]|menfez|kuyu|logar|yari[kg]|catla[kg]|"
    "gedi[kg]|"
    "hende[kg]|bosluk|boslug|obru[kg]|isyer|is yer|dukkan|mazgal|kacak|sizinti",
    "ac|acil": "tikan|yol|gecis|gecit|kaldirim|izgara|mazgal|gider|rogar|menfez|sokak|sokag|cadde|kullanim|"
    "hizmet|ulasim|trafi[kg]",
    "topla|toplan|toplatil|toplattiril": "cop|moloz|dal|buda[kg]|yapra[kg]|ati[kg]|kope[kg]|hayvan|esya|"
    "hurda|tezgah|masa|"
    "sandalye|pankart|afis|ot\\b|otlar|birikinti|cakil|les\\b",
    "sok|sokul|sokturul": "afis|pankart|tabela|levha|baraka|dire[kg]|kazi[kg]|duba|cardak|kulube|"
    "brand[ae]|demir",
    "dok|dokul": "asfalt|beton|micir|stabilize|tuz|cakil|dolgu",
    "ser|seril": "asfalt|micir|stabilize|cakil|cim|kum|tuz",
    "kes|kesil|kestiril": "agac|dal|govde|ot\\b|otlar|cim|cali|kok|kutu[kg]",
    "kur|kurul": "konteyner|grub|oyun|park|bank|kamelya|cardak|lamba|pota|alet|spor|kamera|durak|pazar|"
    "tuvalet|sinyal",
    "sagla|saglan": "ulasim|gecis|akis|guvenli[kg]|aydinlat|temizli[kg]|duzen|erisim|\\w+m[ae]s[iu]\\b",
    "cek|cekil|cektiril": "arac|hurda|otomobil|kamyon|minibus|vidanjor|su",
    "alin|al": "barina[kg]|cop|moloz|ati[kg]|konteyner|kope[kg]|hayvan",
    "tak|takil": "levha|tabela|lamba|ampul|kapa[kg]|korkulu[kg]|kamera|ayna|salinca[kg]|pota|file|armatur|"
    "yerine|cam|musluk",
    "konul|kon|koyul|koy|yerlestiril|yerlestir|eklen|ekle|birakil": "konteyner|kutu|kova|bank|levha|"
    "tabela|duba|kapa[kg]|"
    "yerine|saksi|babasi|mantar|ayna|lamba|kasis|korkulu[kg]|sokag|caddeye",
    "teslim edil|teslim et": "muhtarli[kg]|muhtara|muhtarimiza|muhtarina",
    "muhurlen|muhurle|yikil|yik|yiktiril": "isyer|is yer|dukkan|bina|yapi|baraka|metruk|gecekondu|kulube|"
    "insaat|kacak",
    "barinaga alin|barinaga gotur(?:ul)?|barinaga teslim edil|muhafaza altina alin": "",
}
"""Verbs that finish a job only with the right thing before them: a pit is closed, a road is closed off."""
_STRONG = "|".join(_BY_OBJECT)
DONE = re.compile(
    rf"\b(?P<verb>{_WHOLE}|{_STRONG})(?:{_PAST}\b|(?P<report>[dt][iu]g[iu]\w*\s+(?:hususunu?\s+)?"
    r"(?:bilgi(?:niz|leriniz)?e|bilgilerinizi|arz|bildiririz|bildiririm|bildirilir|bildirmek|bilgilendir|"
    r"gorulmus|gorulmekte|gordu|anlasilmis|tespit edilmis|tespit ettik|tespit edildi)))"
)
_OBJECTS = {
    verb: re.compile(rf"\b(?:{objects})")
    for verbs, objects in _BY_OBJECT.items()
    for verb in re.split(r"\|(?![^(]*\))", verbs)
}
_SHUT_OFF = re.compile(r"\b(?:trafi[kg]\w*|ulasim\w*|gecis\w*|giris\w*|kullanim\w*|yaya\w*)\s*$")
_ANOTHER_THING = re.compile(r"\beski\b|\bonlem|\biskele|\bkomisyon|\bekip\s*$|\bekib|\bheyet|\bsantiye")
_RAN_OUT = re.compile(
    r"\b(?:odene[kg]|butce|stok|stog|sure|yakit|tuz|sezon|mesai|asfalt|tatil|izin|izn|para|kota|mevsim|"
    r"gun|ay|yil)\w*\s*$"
)
_BACKGROUND = re.compile(
    r".*\b(?:\w+(?:il|ul|in|un|len|lan|ed|ol|gerek|bulun)[ae]n|sonra(?:si|sinda)?|sonuc(?:u|unda)|"
    r"netices(?:i|inde)|"
    r"uzerine|dogrultusunda|kapsaminda|istinaden|esnasinda|sirasinda|cercevesinde|geregince|uyarinca|"
    r"nedeniyle|dolayi|olarak|ile)\s+(?=\S)"
)
"""What stands before the thing itself: "tespit edilen | eksikler", "keşif sonrası | çukur"."""
SAID_OF_PAPERS = re.compile(
    r"\b(?:incelem|kesf|kesif|kesi[fv]|kontrol|tespit|basvuru|muracaat|plan|gorus|yazism|ihale|degerlendirm|"
    r"bildirim|odem|odene[kg]|butce|program|yonlendirm|bilgi|kayit|kayd|olcum|proj|etut|arastirm|toplanti|"
    r"hazirli|denetim|sevk|evrak|dosya|koordinasyon|iletisim|on calism|saha calism|fizibilite|kazi\b|"
    r"kazil|sozlesm|siparis|malzeme|tedarik|is emri|yazi|randevu|anlasm|gorevlendirm|ilk etap|birinci etap|"
    r"etab|etap|asama|kisim|bolum|hazirlik|ceza|uyari|ihtar|tebligat|tutanak|form|cevap|islem kaydi|uzeri|"
    r"gecici|ihbar|"
    r"duyuru|ilan|anket|siralam|atama|teklif|onay|istisar|mutabakat|kura|tahsis|tahkikat|sorusturm|aciklam|"
    r"cagri|rapor|talimat|hesap|tarama|sorgulam|metraj|tahakkuk|sayim|tasnif|imza|komisyon|meclis|kurul|"
    r"encumen|numune|dava|itiraz|liste|takvim|hakedis|teslim|sunum|degisikli|temin|tahmin|devir|irtibat|"
    r"personel|tarih(?!li\b)|saat|guzergah|adres|isim|numara(?!li\b)|talep olustur)\w*"
)
HEARSAY = re.compile(
    r"(?<=m[iu]s)(?!\s*(?:olup\b|ve\b|bulunmakta|durumda)|,(?:\s+[^\s,]+){1,8}m[iu]st[iu]r(?:lar|ler)?\s*(?:$|[.!]))"
)
"""A bare "-miş" is what somebody heard or found; "-miştir" and "-di" are what an office states, and so does the "-miş"
that shares another's ending ("kaldırılmış, ceza uygulanmıştır")."""
AFTER_DONE = re.compile(
    r"\s*(?:$|[.,;:!)*]|[\"”']\s*(?:$|[.,;:!])|olup\b|ve\b|bilgi|arz\b|rica\b|tesekkur|saygi|iyi\b|"
    r"kolay\b|bulunmakta|"
    r"durumda(?:dir)?\b|efendim|"
    r"sayin\b|muhtarim|mudurum|baskanim|hocam|ekte|foto|resim|resmi|[-–(])"
)


_EARLIER_VERB = re.compile(
    r".*\b\w{2,}(?:(?:[iu]l|[iu]n|[ae]n|[td]|l)[dt][iu]|m[iu]s(?:t[iu]r)?|[iu]p|arak|erek)(?:\s+ve)?\s+(?=\S)"
)
_REACH = 300
"""How far back a verb's thing is looked for: the patterns below grow with the square of it."""
_AGENT = re.compile(r"\b(?:\w+\s+){0,3}\w+\s+tarafindan\b|\bsaat\s+\d[\d.:]*\S*")
"""Who did it, and at what hour: neither is what was done."""
_ADVERB = re.compile(
    r"(?:\d[\d.:/-]*|\w+(?:[iu]m[iu]z|ler|lar)(?:ce|ca)|\w{2,}(?:[dt][ae]n?|[dt]eki)|tarafindan|dun|bugun|"
    r"sabah|aksam|"
    r"gece|ayni|gun|hemen|itibar\w+|tamam(?:en|i)|hepsi|de|da|evet|tamam|merhaba\w*|selam\w*|iyi|gunler|"
    r"sayin|"
    r"muhtarim|baskanim|mudurum|hocam|efendim|is|isi|isimiz)"
)
_SAYS_LITTLE = re.compile(r"(?:alin|al|cek|cekil|eklen|ekle|saglan|sagla|kur|kurul|ac|birakil|kon|koy|yik)")
"""Verbs of many uses, which say nothing without their object."""


def finish_in(sentence: str, found: re.Match[str]) -> Signal | None:
    """``DONE`` when the verb of ``found`` finishes the job itself, ``STEP`` for a step on the way to it, ``None``
    for something else: what stands before the verb decides."""
    before = re.split(r"[,;:()]", sentence[max(0, found.start() - _REACH) : found.start()])[-1]
    thing = _thing_in(_EARLIER_VERB.sub("", before)) or _thing_in(before)
    verb = found["verb"]
    if SAID_OF_PAPERS.search(thing) or _ANOTHER_THING.search(thing):
        return Signal.STEP
    if verb == "bit" and _RAN_OUT.search(thing):
        return None
    objects = _OBJECTS.get(verb)
    if objects is None or not objects.pattern.removeprefix(r"\b(?:").removesuffix(")"):
        return Signal.DONE
    if verb.startswith("kapat") and _SHUT_OFF.search(before):
        return None
    if not before.strip() or not thing:
        return None if _SAYS_LITTLE.fullmatch(verb) else Signal.DONE
    return Signal.DONE if objects.search(" ".join(before.split()[-6:])) else None


def _thing_in(before: str) -> str:
    """The last words that are neither background nor adverbs: what the verb speaks of."""
    words = [
        word for word in _BACKGROUND.sub("", _AGENT.sub(" ", before)).split() if not _ADVERB.fullmatch(word)
    ]
    return " ".join(words[-4:])


QUESTION_AFTER = re.compile(r"\s*m[iu]\b")
DONE_SHORT = re.compile(
    r"\b(?:islem|is|calisma|konu|sorun|hersey|her sey)\w*\s+tamam(?:dir)?\b|\bsorun (?:yok|kalmadi)\b|"
    r"\bsonuclan(?:dir(?:il)?)?(?:d[iu]k?|m[iu]st[iu]r)\b"
)

_FORMS = {
    form: Signal.MAYBE_DONE if ending[0] != "m" or ending.startswith("mi") else Signal.NOT_DONE
    for stem in (
        "tamamlan",
        "yapil",
        "gideril",
        "onaril",
        "temizlen",
        "degistiril",
        "halledil",
        "kapatil",
        "kaldiril",
    )
    for ending in ("di", "mistir", "madi", "mamistir", "medi", "memistir")
    for form in (stem + ending,)
}
_NEAR: dict[tuple[str, int], list[str]] = {}
"""The forms that a word of that first letter and length can be one letter away from."""
for _form in _FORMS:
    for _length in (len(_form) - 1, len(_form), len(_form) + 1):
        _NEAR.setdefault((_form[0], _length), []).append(_form)
_SLIPPED = re.compile(r"[a-z]{5,}")


def slip_in(sentence: str) -> tuple[Signal | None, str]:
    """A clear verb with one letter wrong, if only one reading is near: a hint, never a certainty."""
    for word in _SLIPPED.findall(sentence):
        forms = _NEAR.get((word[0], len(word)), ())
        near = {_FORMS[form] for form in forms if _one_apart(word, form)}
        if len(near) == 1:
            return near.pop(), word
    return None, ""


def _one_apart(word: str, form: str) -> bool:
    """Whether one letter added, left out or swapped turns ``word`` into ``form``, which begins alike and is as long
    within one letter. One changed does not count: "yazıldı" is no slip for "yapıldı"."""
    if word == form or word.endswith(("misti", "mustu")):
        return False
    at = next(
        (n for n, (a, b) in enumerate(zip(word, form, strict=False)) if a != b), min(len(word), len(form))
    )
    rest, meant = word[at:], form[at:]
    return rest[1:] == meant or rest == meant[1:] or (rest[:2] == meant[1::-1] and rest[2:] == meant[2:])
