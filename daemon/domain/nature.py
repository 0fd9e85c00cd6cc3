"""What a text is at all: a request, a question about an earlier one, thanks, advertising, or talk."""

import re

from daemon.domain.routing_values import Nature
from daemon.domain.text import fold

_STATUS = re.compile(
    r"^\W*durum\W*$|\bne oldu\b|ne durumda|hangi asama|ne asamada|\bakibet|sonuclandi mi|sonuc(?:u|lari)? ne|"
    r"(?:talep|basvuru|dilekce|sikayet|konu)\w*(?: \w+){0,4} (?:durumu|sonucu|akibeti)|bilgi verir misiniz|"
    r"ne zaman (?:sonuc|cevap|yanit|donus|yapilacak|baslanacak|gelecek)|cevap (?:alamadi|gelmedi|bekliyor)|"
    r"(?:donus|geri donus) (?:alamadi|yapilmadi|bekliyor)|isleme alindi mi|yapildi mi|gelisme var mi|mht-\d{4}-\d+"
)
_EARLIER = re.compile(
    r"mht-\d{4}-\d+|\b(?:talebi|talepleri|basvuru|dilekce|sikayeti|muracaat|bildirdigi|ilettigi|yazdigi|gonderdigi|"
    r"actigi|verdigi|gecen (?:hafta|ay)|daha once|once(?:ki|den)?\b)"
)
_THANKS = re.compile(
    r"tesekkur|tesekur|tsk\b|sagol|sag ol|eline saglik|ellerinize saglik|minnet|memnun|allah razi|emeginize"
)
_SPAM = re.compile(
    r"kredi (?:karti|firsat|imkan|onay|basvuru)|hazir kredi|ihtiyac kredisi|casino|bahis|bonus|jackpot|\bseo\b|kazandiniz|"
    r"tiklay|tiklayin|link(?:e|ten|i)\b|indirim|kampanya|firsat|ucretsiz (?:kargo|deneme|danis|kesif)|abonelikten cik|unsubscribe|"
    r"web (?:site|tasarim)|sosyal medya (?:yonet|hesab)|toplu sms|fiyat (?:teklif|liste)|teklif(?:imiz|i) (?:sun|ek)|"
    r"yatirim (?:firsat|danis|getir)|kripto|bitcoin|forex|miras|lottery|dear (?:sir|friend|customer|user)|your account|"
    r"hesabiniz (?:askiya|bloke|kapat)|sifreniz|dogrulama kodu|kargonuz|paketiniz|fatura(?:niz)? (?:ek|ode)|"
    r"ozel fiyat|toptan|bayilik|distributor|urunlerimiz|firmamiz|sirketimiz|hizmetlerimiz|katalog|franchise|seminer|egitim paketi|"
    r"https?://|www\.|whatsapp hatt|hemen ara|son gun|stoklarla|garantili|zayifla|viagra|burc|follow|click|offer|discount|free"
)
_CHATTER = re.compile(
    r"bayram|kandil|hayirli (?:cuma|isler|gunler|olsun|haftalar|sabah)|gunaydin|iyi (?:gunler|aksamlar|haftalar|calismalar)|"
    r"kolay gelsin|basiniz sag|bas sagligi|rahmet|gecmis olsun|tebrik|kutla|kutlu olsun|nice yil|yeni yil|davet|bekleriz|"
    r"toplanti|bilginize|bilgi icin|bilgilerinize|merhaba|selam|dugun|nisan toreni|sunnet|hosgeldin|hos geldin|izindeyim|"
    r"numaram degisti|yeni numaram|tamamdir|anlasildi|gorusuruz|peki|olur"
)
_ASKS = re.compile(
    r"istiyor|isterim|istiyoz|isteriz|rica|arz ed|talep ed|talep ediyor|lutfen|lutfn|gereg|ilgilen|bakar misin|bakilsin|bakin|"
    r"yapilmasi|yapilsin|yaptir|edilmesi|edilsin|konulmasi|konulsun|konmasi|alinmasi|alinsin|kaldirilmasi|kaldirilsin|"
    r"onarilmasi|onarim|tamir|temizlen|cozul(?:sun|mesi)|gonder|gonderil|bekliyoruz|ihtiyac|gerek|gerekiyor|mudahale|"
    r"sikayet|magdur|muzdarip|rahatsiz|tehlike|bozuk|bozul|kirik|kiril|kirdi|yok\b|yanmiyor|calismiyor|akmiyor|alinmiyor|"
    r"alinmadi|gelmiyor|gelmedi|gecemiyor|tikan|tikali|tasti|tasiyor|patla|cok(?:tu|mus|uyor)|devril|kopt|kopuk|koku|kokuyor|"
    r"isgal|dokuyor|dokmus|dokul|park ed|saldir|yikil|catla|sokul|kesik|kesil|kesinti|eksik|yetersiz|cozum|hala|halen|"
    r"nasil|nereye|nereden|mumkun mu|olur mu|var mi|edebilir mi|yapabilir mi|istedik|basvur|kirl|pis\b|acil|imdat|yardim|duru(?:yor|r)"
)
_SOLVED = re.compile(
    r"yapildi|tamamlandi|cozuldu|giderildi|onarildi|temizlendi|yapmissiniz|yapmislar|yapan|yapilan|icin tesekkur|dolayi tesekkur|"
    r"destek\w* icin|ilginiz\w* icin|calismalar\w* icin|duyarli|hizli"
)


def nature_of(subject: str, body: str, *, evidence: float) -> Nature:
    """``evidence`` is the score of the best category: how much the text speaks of something we do."""
    text = fold(f"{subject}\n{body}")
    if re.fullmatch(r"\W*durum\W*", fold(body)) or (
        not body.strip() and re.fullmatch(r"\W*durum\W*", fold(subject))
    ):
        return Nature.STATUS
    asks = len(set(_ASKS.findall(text)))
    polite_only = _only_politeness(text)
    if len(set(_SPAM.findall(text))) >= 2 and (asks <= 2 or evidence < 2.5):
        return Nature.SPAM
    if _STATUS.search(text) and _EARLIER.search(text) and not _new_problem(text, evidence):
        return Nature.STATUS
    if _THANKS.search(text) and (_SOLVED.search(text) or asks == 0) and polite_only:
        return Nature.THANKS
    if asks == 0 and evidence < 2.0:
        return Nature.THANKS if _THANKS.search(text) else Nature.CHATTER
    if polite_only and _CHATTER.search(text) and evidence < 2.0:
        return Nature.CHATTER
    return Nature.REQUEST


_TROUBLE = re.compile(
    r"bozuk|bozul|kirik|kiril|yanmiyor|calismiyor|akmiyor|alinmi|gelmiyor|gecemiyor|tikan|tikali|tast|tasiyor|patla|"
    r"coktu|cokmus|devril|kopuk|koku|isgal|dokuyor|dokmus|saldir|yikil|catla|kesik|kesil|istiyoruz|istiyorum|rica ed|arz ed|"
    r"yapilmasini|konulmasini|alinmasini|kaldirilmasini|talep ed|tehlike|magdur|hala|halen|\byok\b"
)


def _only_politeness(text: str) -> bool:
    """Whether nothing is asked for but in set phrases."""
    return len(set(_TROUBLE.findall(text))) == 0


def _new_problem(text: str, evidence: float) -> bool:
    """Whether a question about an earlier request also tells of something that is still wrong or new."""
    return evidence >= 3.0 and len(set(_TROUBLE.findall(text))) >= 2
