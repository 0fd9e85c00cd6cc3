"""Kinds of danger beside those of falling, breaking and burning in :mod:`daemon.domain.routing.perils`: what comes down
on heads, a lift without its cabin, swarms, poison, floods that carry off, rotten covers, people who are
trapped or lie still, beasts, what gives way.

All is folded; a sentence is read as one line.
"""

from daemon.domain.routing.peril_words import FEW, SOME, WHAT_DRIVES, WHO

_HARD = (
    r"\b(?:beton|tas(?:l[ae]r\w*)?\b|tug?la|kiremit|siva|kaya|buz|mermer|demir|sac(?:l[ae]r\w*)?\b|plaka|parca|"
    r"cam)\w*"
)
_COMES = r"(?:in(?:iyo|di(?!r)|mis|ecek)|dus|yag|dokul)\w*"
_ON_HEADS = (
    rf"{_HARD}{SOME}(?:kafa|bas|tepe)(?:s?in|m?iz|l[ae]rin)?\w*[ae] (?:\w+ )?{_COMES}",
    rf"{_HARD}{SOME}(?:yaya|insan|gecen|cocu[kg]|vatandas|kaldirim)\w*(?: ust\w+| uzer\w+)?(?:[ae]|in[ae]) (?:\w+ )?"
    r"(?:in(?:iyo|di(?!r)|mis|ecek)|dus(?:uyo|tu|mus|ecek)|yagiyo)\w*",
    r"\bkaya\w*(?: \w+)? (?:ev|yol|bahce|okul)\w*(?: \w+){0,2} (?:in(?:di|iyo|mis)|yuvarlan|dus|dayan|"
    r"gel(?:di|iyo|mis))\w*",
    rf"\bvinc\w*{SOME}(?:oyun|park|okul|yaya|kaldirim)\w*{FEW}uze\w+ (?:gec|sallan|tasi|as)\w*",
    rf"\b(?:kolon|kiris|tavan)\w*{SOME}demir\w* (?:gozuk|gorun|cik(?:ti|mis)|firla|disari)\w*",
)
_LIFT = (
    rf"\basansor\w*{SOME}(?:kabin\w*{FEW}(?:yok|yoktu|degil|gelm[ei]\w+)|yerinde (?:yok|degil))\b",
    rf"\bkabin\w* (?:gelm[ei]\w+|yok\w*|katta degil\w*){SOME}(?:kapi\w*{FEW}acil|asansor)\w*",
    rf"\basansor\w*{SOME}katta (?:degil|yok)\w*{SOME}kapi\w*{FEW}(?:acil|acik)\w*",
)
_STINGING = r"\b(?:ari(?:l[ae]r\w*|si\w{0,4}|nin|ya)?)\b"
"""Bees and wasps, no "arıza" and no "arıtma"."""
_CHILDREN = (
    r"\b(?:cocu[kg]|okul|ilkokul|ortaokul|lise|kres|anaokul|ogrenci|bebe[kg]|oyun (?:park|alan)|park|veli)\w*"
)
_SWARMS = r"(?:yuva|ogul|kovan(?!l)|suru|sar(?:di|mis|iyo)|saldir|bas(?:ti|mis)|doldu|istila)\w*"
_ATTACKS = r"\b(?:saldir(?:di|iyo|mis)|sok(?:tu|muslar|mus\b|uyo)|hastanelik)\w*"
_STUNG = (
    rf"{_CHILDREN}{SOME}{_STINGING}{SOME}\b{_SWARMS}",
    rf"{_STINGING}{SOME}\b{_SWARMS}{SOME}{_CHILDREN}",
    rf"{_STINGING}{SOME}(?:{WHO}|{_CHILDREN}){SOME}{_ATTACKS}",
    rf"{_STINGING}{SOME}{_ATTACKS}{SOME}(?:hastane|nefes|alerji|ambulans|yuzu sis)\w*",
)
_POISON = r"\b(?:asit|kimyasal|tiner|civa|klor|amonyak|siyanur|zehirli|tehlikeli madde|lpg|benzin|mazot)\w*"
_POISONED = (
    rf"{_POISON}{SOME}(?:ak(?:iyo|ti)|aktiy|siz(?:di|iyo|mis)|dokul(?:du|uyo|mus)|kapla(?:di|mis)|yanic|buhar)\w*",
    rf"{_POISON} koku\w*{SOME}(?:bas\w* don|nefes al[ae]?m|bayil|zehirlen|bogul)\w*",
    rf"(?:{WHO}|\bherkes|\baile|\bevde\w*){SOME}(?:baygin(?! bak)|zehirlendi(?:k|l[ae]r)?\b|zehirlenmis\b|"
    r"kendinden gec(?:ti|mis)|bilinci kapali|nefes al(?:amiyo|miyo))\w*",
    rf"{WHO}{SOME}bayginlik gecir(?:di|mis)\w*",
    rf"\b(?:soba|kombi|kazan|sofben|baca|duman)\w*{SOME}(?:baygin|bayildi(?!k)|bayilmis|zehirlen(?:di|mis|iyo))\w*",
)
_CARRIES = r"(?:gotur|surukle)(?:du(?!k)|di(?!k)|uyo(?!ruz)|iyo|ecek|mus|mis)\w*"
_DEEP_WATER = r"\b(?:kanal|baraj|golet|tas ocag|hafriyat)\w*"
_YOUNG = r"(?:cocu[kg]|genc|ogrenci)(?!lik)\w*"
_SWIMS = r"(?:yuzuyo|yuzme[yg]e|suya gir(?:iyo|di)|giriyo)\w*"
_CARRIED_OFF = (
    rf"(?:{WHO}|{WHAT_DRIVES}){SOME}(?:sele|selin|sular|sudan|akinti|dere)\w*{SOME}"
    rf"(?:{_CARRIES}|kapil(?:di|iyo|mis|acak)\w*)",
    rf"\b(?:sel|su|sular|akinti|dere)\b{SOME}(?:{WHO}|{WHAT_DRIVES}){FEW}{_CARRIES}",
    rf"\b(?:servis|minibus|otobus|traktor)\w*{SOME}\bsel\w*{SOME}(?:gotur|surukle|kap)\w*",
    rf"\b(?:cukur\w*|regulator\w*|gol(?:un|de)\b){SOME}{_YOUNG}{SOME}{_SWIMS}",
    rf"{_DEEP_WATER}{SOME}{_YOUNG}{SOME}{_SWIMS}",
    rf"{_YOUNG}{SOME}{_DEEP_WATER}{SOME}{_SWIMS}",
)
_ROTTEN = (
    r"\b(?:fos+epti[kg]|kuyu|sarnic|su depo|su hazne)\w*"
    rf"{SOME}(?:kapa[kg]|tahta|sac|kalas|ortu|ust)\w*{FEW}"
    r"(?:curu(?:k|du|mus)|catlak|catladi|esniyo|kirildi|kirik|delik|delindi)\w*",
    rf"\b(?:fos+epti[kg]|kuyu|sarnic)\w*{SOME}basan\w*{FEW}(?:cok|git|gid|dus|icine|iceri)\w*",
)
_HELD_FAST = (
    rf"\b(?:bodrum|tunel|gocu[kg]|enkaz|kazi|maden|kuyu|sel|yangin)\w*{SOME}mahsur\w*",
    r"\belektri[gk]e (?:tutul|kapil|carpil)(?:du|di|uyo|iyo|mus|mis)\w*",
)
_BEASTS = r"\b(?:boga|domuz|yilan|ayi|inek|dana|kurt(?:l[ae]r)?|maymun|deve|hayvan)(?!dan)\w*"
_ATTACKED = (
    rf"{_BEASTS}{SOME}(?:{WHO}|{_CHILDREN}){SOME}(?:saldir(?:di|iyo|mis)|kovali|kovala(?:di|mis)|isir(?:di|mis)|sok(?:tu|mus))\w*",
    rf"\byilan\w*{SOME}(?:okul|kres|anaokul|sinif)\w*|\b(?:okul|kres|anaokul|sinif)\w*{SOME}yilan\w*{SOME}gir(?:di|mis)",
)
_OURS = r"(?:yola|eve|evin|ustumuze|kaldirima|binaya|cocuk\w*)"
_GIVES_WAY = (
    rf"(?:{WHAT_DRIVES}|\bdolmus\w*){SOME}fren\w* (?:tutmuyo|patla|bosal)\w*",
    rf"\bdire[kg]\w*{SOME}{_OURS} (?:\w+ )?(?:yat(?:iyo|ti|mis)|egil|devril)\w*",
    rf"\b(?:duvar|bina|temel|yol|asfalt|kopru)\w*{SOME}(?:havada|boslukta|askida) (?:duruyo|kal(?:di|mis)|sallan)\w*",
)
_LIES_STILL = (
    rf"{WHO}(?: \w+)? (?:hareketsiz|kipirdamiyo|cevap vermiyo|tepki vermiyo)\w*",
    rf"{WHO}{FEW}yerde yatiyo\w*{FEW}(?:cevap|ses|tepki|kipirda|kalkm|kalkam)\w*",
    rf"(?:yuz|dal|gir)[ae]n\w*{FEW}(?:{WHO}|{_YOUNG}){FEW}(?:cikmadi|cikamadi|gorunmuyo|kayip)\w*",
)
MISHAPS = (
    (r"kafa|\bbas|tepe|yaya|insan|gecen|cocu|vatandas|kaldirim|\bkaya|vinc|demir", _ON_HEADS),
    (r"kabin|asansor", _LIFT),
    (r"\bari", _STUNG),
    (
        r"asit|kimyasal|tiner|civa|klor|amonyak|siyanur|zehir|tehlikeli|lpg|benzin|mazot|baygin|bayil|bilinci|nefes|"
        r"kendinden",
        _POISONED,
    ),
    (r"gotur|surukle|kapil|\bkap|yuz(?:uyo|me)|suya|giriyo", _CARRIED_OFF),
    (r"fos+epti|kuyu|sarnic|su depo|su hazne", _ROTTEN),
    (r"mahsur|elektri", _HELD_FAST),
    (r"saldir|koval|isir|\bsok|yilan", _ATTACKED),
    (r"\bfren|dire[kg]|havada|boslukta|askida", _GIVES_WAY),
    (r"yerde|hareketsiz|kipirda|vermiyo|cik[am]|gorunmuyo|kayip", _LIES_STILL),
)
"""Each kind with what a sentence must hold before it is worth the closer look."""
