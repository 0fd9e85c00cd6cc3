"""What backs a petition up and asks for nothing of its own.

An official letter rests its wish on sentences that speak of photographs, of money that was lacking, of a committee
that came and went, of help that is offered. They tell nothing about whose matter it is; taken at their word they make
requests of their own ("fotoğraflar gönderilecektir" is no matter for the press office). Some are known by their form,
the others by what their words weigh, as sample texts taught.
"""

import re
from collections.abc import Callable, Mapping

from daemon.domain.routing.appeals import only_appeals
from daemon.domain.routing.clauses import clauses
from daemon.domain.routing.weights import SOME
from daemon.domain.text import fold

_OFFERS = re.compile(
    r"\b(?:halinde|takdirde|durumunda|istenirse|istenildiginde|gerektiginde)\b.{0,80}"
    r"\b(?:gonder|sun|goster|sagla|ilet|ver|ol|teslim ed|katil|refakat ed|yardim\w* (?:ol|ed))\w*(?:ecek|acak)\w*"
    r"|\btarafi?m(?:iz)?(?:ca|dan)\b.{0,60}\b(?:gonder|sun|goster|sagla|ilet|ver)\w*(?:ecek|acak)\w*"
)
"""Help, evidence, somebody who shows the place."""
_EVIDENCE = re.compile(
    r"\b(?:fotograf|kroki|imza|tutanak|video|goruntu|rapor|liste|belge|evrak|dilekce)\w*\b.{0,60}"
    r"\b(?:ekte\w*|ilisikte\w*|ekli\w*|sunul|eklen|muhafaza|mevcuttur|isaretlen|gosteril)\w*"
    r"|\b(?:ekte\w*|ilisikte\w*)\b.{0,40}\b(?:fotograf|foto|resi?m|kroki|imza|video|goruntu|liste|konum)\w*"
    r"(?: (?:var|mevcut|bulun|sunul|yer al)\w*)?\W*$"
    r"|\b(?:imzala|imza (?:at|top))\w*\b"
)
_ENCLOSED = re.compile(
    r"[,;]?\s*\b(?:fotograf|foto|resi?m|video|goruntu|kroki|konum)\w*\s+(?:\w+\s+){0,2}(?:ekte|ekli|ilisikte)\w*\W*$"
)
"""Behind what is complained of: "korkuluk kırık, fotoğrafı ektedir"."""
_HISTORY = re.compile(
    r"\b(?:odenek|butce|yatirim program)\w*\b.{0,60}\b(?:yetersiz|olmadig|yoklug|bulunmadig|gerekce|ertele)\w*"
    r"|\b(?:daha once|daha evvel|evvelce|gecmis donem|gecmiste|gecen yil|onceki yil|defalarca|bircok kez|kac defa"
    r"|kac kez|\d+ kez)\w*\b.{0,90}\b(?:bildiril|iletil|bilgi veril|talebimiz|taleplerimiz|basvur|muracaat|yasan"
    r"|dile getiril|sozlu|yazili)\w*"
    r"|\b(?:cagri merkezi|153|alo|cimer|beyaz masa)\w*\b.{0,60}\b(?:sonuc|cevap|yanit|donus|basvur|bildirim|bildird)\w*"
    r"|\b(?:ekip|gorevli|yetkili|heyet)\w*\b.{0,60}\b(?:kesif|olcu al|bakip git|bir daha|donus)\w*"
    r"|\b(?:gundeme gel|oy birlig|oybirlig|karar veril|karar alin)\w*"
)
_WEIGHT = re.compile(
    r"\b(?:hassasiyet|anlayis|ilgi) icin\b|\b(?:oncelik|ivedilik|aciliyet)\w* (?:veril|ele alin|bekl|degerlendir)\w*"
    r"|\bkonu\w*\b.{0,30}\bele alin\w*|\bmagduriyet\w*\b.{0,60}\b(?:uza|art|son|gider|onle)\w*"
    r"|\btelafisi (?:mumkun|imkan)\w*|\bsikayet\w*\b.{0,30}\b(?:hakli oldug|dile getir|artarak)\w*"
    r"|\bkomsu (?:\w+ ){0,2}mahalle\w*\b.{0,80}\b(?:ayni|benzer)\b"
    r"|\bgecici (?:cozum|tedbir|onlem)\w*|\bben[zg]er olay\w*"
    r"|\b\d+ (?:hane|nufus|kisi|aile|is yeri|isyeri)\w*\b.{0,30}\b(?:bulunmaktadir|yasamaktadir|ikamet etmektedir)"
    r"|\b(?:bu durum|durum)\w*\b.{0,60}\b(?:olumsuz etkile|magdur)\w*|\b(?:onem|aciliyet) (?:tasi|arz)\w*"
)
_WHO_PASSES = re.compile(
    r"\b(?:cemaat|ogrenci|cocuk|veli|yasli|hasta|engelli|halk(?!\w* otobus)|vatandas|komsu|herkes|sakin|anneler|emekli"
    r"|misafir)\w*\b.{0,40}\b(?:bura|ora)(?:dan|yi)\b (?:\w+ (?:okula |ise |camiye )?)?"
    r"(?:geciyor|gecmekte|yuruyor|yurumekte|kullaniyor|kullanmakta|gidiyor|gitmekte|gidip gel(?:iyor|mekte))\w*\W*$"
)
"""Who uses the place: "caminin cemaati de buradan geçiyor". Who cannot use it, complains."""
_BE_IN_TOUCH = re.compile(
    r"\b(?:muhtarlig|tarafi?m)\w*\b.{0,60}"
    r"\b(?:irtibat|haber veril|(?:yazili )?bilgi veril|bilgilendiril|donus yapil)\w*"
    r"|\b(?:irtibata gec|yer gosteril)\w*"
)
_OPENS = re.compile(
    r"\bsinir\w* (?:icerisinde|icinde|dahilinde)\b.{0,80}\btaleb\w*\b.{0,40}\b(?:asagida|sunul|belirtil)"
    r"|\bsakinler\w*\b.{0,60}\b(?:taleb|sikayet|istek|isteg)\w*\b.{0,30}\b(?:bilgilerinize|asagida|aktar)\w*"
)
"""How a petition begins."""
_POINTS_BACK = re.compile(
    r"\b(?:ayni|benzer) (?:sorun|dert|sikinti|durum|sikayet|talep|manzara|hizmet)\w*"
    r"|\b(?:soz konusu|mezkur|anilan|bahse konu|bahsi gecen|yapilacak|gerekli|istenen|talep edilen) "
    r"(?:sorun|durum|is|calisma|hizmet|talep|uygulama|islem|faaliyet|konu|husus|proje)(?:in|un|lar|ler|[iy]?[iua])?\w*"
    r"|\b(?:bu|o) (?:is(?:in|e|i|ler\w*)?|(?:konu|husus|sorun|durum|talep|mesele|dert|sikinti|hizmet|calisma)\w*)\b"
)
"""What takes up a matter that was named before."""
_ITS_OWN = re.compile(r"\bhususunda\b|\bgereg|\barz (?:ve talep )?(?:ed|olun)")
"""The sentence that carries the petition's wish carries it however much it says beside."""


def without_enclosure(clause: str) -> str:
    """The folded clause without the photograph that it says to be enclosed."""
    return _ENCLOSED.sub("", fold(clause))


_PLENTY = 4.0
"""More evidence than this makes nothing surer."""
_PLEADS = "pleads"
_BACKS, _BACKS_THOUGH_IT_ASKS = 1.0, 3.0
"""Log-odds from which on a clause is judged to back up others; "bilgi verilmesini rica ederim" pleads, too."""


def backing_signs(clause: str, *, evidence: float, pleads: bool, complains: bool) -> dict[str, float]:
    """By which, beside its words, it is judged whether a clause backs up what others ask for; ``evidence`` is how much
    it speaks of something that somebody in the register does."""
    text = fold(clause)
    return {
        "its own": float(_ITS_OWN.search(text) is not None),
        "length": float(len(text.split())),
        "evidence": min(evidence, _PLENTY),
        "no evidence": float(evidence < SOME),
        _PLEADS: float(pleads),
        "complains": float(complains),
        "form": float(only_supports(clause)),
        "points back": float(_POINTS_BACK.search(text) is not None),
    }


def backs(clause: str, odds: float, signs: Mapping[str, float]) -> bool:
    """Whether a clause with these signs backs up others, given what they weigh (log-odds)."""
    return only_appeals(clause) or odds >= (_BACKS_THOUGH_IT_ASKS if signs[_PLEADS] else _BACKS)


def without_backing(text: str, only_backs: Callable[[str], bool]) -> str:
    """A request without the clauses that only back it up: they tell nothing of whose it is. Never is all that was said
    taken away."""
    told = clauses(text)
    if len(told) < 2:
        return text
    kept = [clause for clause in told if not only_backs(clause)]
    return "\n".join(kept) if kept and len(kept) < len(told) else text


def only_supports(clause: str) -> bool:
    """Whether a clause backs up what others ask for, by its form."""
    text = fold(clause)
    if only_appeals(clause):
        return True
    if _ITS_OWN.search(text):
        return False
    return any(
        pattern.search(text)
        for pattern in (_OPENS, _OFFERS, _EVIDENCE, _HISTORY, _WEIGHT, _WHO_PASSES, _BE_IN_TOUCH)
    )
