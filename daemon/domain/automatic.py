"""Mail that no person wrote to us: bounces (RFC 3464), automatic answers (3834), lists (2919), spam."""

import re

from daemon.domain.mail import Mail
from daemon.domain.registry import same_address
from daemon.domain.text import fold

_DAEMONS = re.compile(
    r"^(?:mailer-daemon|postmaster|mail-daemon|mail\.daemon|maildaemon|mdaemon|microsoftexchange[0-9a-f]+)@"
)
_BOUNCE_SUBJECT = re.compile(
    r"undeliver|undelivered|delivery (?:status notification|has failed|failure|failed|report|incomplete|"
    r"delayed)|mail delivery (?:failed|failure|system)|"
    r"returned (?:mail|to sender)|failure notice|message not delivered|non.?deliver|could not be delivered|"
    r"teslim edilemedi|teslim edilemeyen|iletilemedi|iletilemeyen|gonderilemedi|teslimat (?:durumu|"
    r"basarisiz|hatasi|raporu)|ileti teslim|"
    r"teslim (?:durumu|hatasi) bildirimi|warning: could not send|delayed:"
)
_BOUNCE_TEXT = re.compile(
    r"(?:delivery to the following recipient|the following address(?:es)? had (?:permanent|transient)|"
    r"could not be delivered to one or more|"
    r"your message (?:wasn't|was not|could not be) delivered|this is the mail system at host|"
    r"a message that you (?:sent )?could not be delivered|"
    r"iletiniz (?:su|asagidaki) (?:kisi|alici)|asagidaki (?:alici|kisi|adres)\w* (?:teslim|iletilemedi|"
    r"gonderilemedi)|adres bulunamadi|"
    r"iletiniz \S+ adresine teslim edilemedi|iletiniz teslim edilemedi|550[ -]5\.\d\.\d)"
)
_ACTION_FIELD = re.compile(r"^action[ \t]*:", re.IGNORECASE | re.MULTILINE)
"""RFC 3464 demands it of each delivery report; a read receipt (RFC 8098) has none."""
_AUTO_SUBJECT = re.compile(
    r"^(?:.{0,60}\botomatik (?:yanit|cevap)\W*$|.{0,30}\bizindeyim\W*$|(?:yillik|senelik|mazeret) izin\W*$)|"
    r"^[\s\[(<\"'*]*(?:otomatik (?:yanit|cevap|mesaj|ileti)|oto(?:matik)? ?(?:yanit|cevap)|auto(?:matic|"
    r"mated)?[ -]?(?:reply|response|answer)|autoreply|auto:|"
    r"out of (?:the )?office|ofis disi(?:nda)?|is yeri disinda|isyeri disinda|gorev disinda|vacation|"
    r"automatische antwort|"
    r"(?:yillik )?izindeyim|izinde(?:yim|dir)?\b|(?:re|ynt)\s*:\s*(?:otomatik yanit|out of office))"
)
_RECEIPT_SUBJECT = re.compile(
    r"^\s*(?:okundu|okunmadi|teslim edildi|iletildi|read|delivered|not read|goruldu)\s*:"
)
_CALENDAR_SUBJECT = re.compile(r"^\s*(?:kabul edildi|reddedildi|gecici|accepted|declined|tentative)\s*:")
_ABSENT = re.compile(
    r"\b(?:out of (?:the )?office|ofis(?:te|imizde)? (?:disinda|degil|olmayaca)\w*|(?:yillik |senelik |"
    r"dogum |mazeret |saglik |hastalik |idari |ucretsiz )?iz(?:in|n)\w*(?: \w+){0,4} (?:oldug|bulun|olaca|"
    r"ayril|cikt|kullan|donece)\w*|"
    r"izinde(?:yim|yiz|dir)?\b|izinliyim|raporluyum|rapor\w* oldug|gorev(?:de|im)? disinda|"
    r"gorevde (?:degil|olmaya|bulunma)\w*|(?:is|isyeri|makam|ofis)\w* (?:yeri )?(?:disinda|degilim|"
    r"olmayaca)\w*|"
    r"yerime (?:bakan|vekal\w*|vekil)|vekalet(?:en)?\b|donus tarih|(?:on|annual|maternity|sick) (?:leave|"
    r"vacation|holiday)|away from|currently away|limited access|"
    r"tatilde(?:yim)?|e-?posta\w* (?:erise|bakama|cevap veremey|yanit veremey|kontrol edeme)\w*)"
)
_SPAM_STATUS = re.compile(r"^\s*yes\b", re.IGNORECASE)
_SPAM_WORDS = re.compile(
    r"\b(?:casino|bahis (?:sitesi|bonusu)|deneme bonusu|slot oyun\w*|viagra|cialis|kumar|freebet|"
    r"bitcoin kazan\w*|kripto firsat\w*|forex|"
    r"milyon dolar|miras(?:iniz)? (?:kazand|cikt)\w*|you (?:have )?won|lottery|seo hizmet\w*|backlink|"
    r"takipci satin al\w*|"
    r"hemen (?:tiklayin|basvurun|kazanin|satin al)\w*|(?:indirim|kampanya) firsat\w*|abonelikten (?:cik|"
    r"ayril)\w*|unsubscribe|sinirli sure|"
    r"hediye ceki|kredi firsat\w*|faizsiz kredi|garanti kazanc|evden para kazan\w*|ucretsiz deneme|"
    r"click here|aninda onay\w*)"
)


def is_bounce(mail: Mail) -> bool:
    """A delivery report, by its form or by a mail server's own words."""
    if mail.report and _ACTION_FIELD.search(mail.report[:5_000]):
        return True
    if mail.header("x-failed-recipients"):
        return True
    subject = fold(mail.subject)
    from_daemon = bool(_DAEMONS.match(mail.sender.email))
    null_path = mail.header("return-path").strip() == "<>" or (not mail.sender.email and not mail.sender.name)
    if _AUTO_SUBJECT.match(subject):
        return False
    if from_daemon:
        return bool(
            _BOUNCE_SUBJECT.search(subject) or _BOUNCE_TEXT.search(fold(mail.text[:4_000])) or null_path
        )
    return null_path and bool(_BOUNCE_SUBJECT.search(subject) or _BOUNCE_TEXT.search(fold(mail.text[:4_000])))


def is_automatic(mail: Mail, *, office_address: str = "") -> bool:
    """An answer by a machine: absence, receipt, acknowledgement, or our own letter coming back."""
    headers = dict(reversed(mail.headers))
    if is_own_letter(mail, office_address):
        return True
    submitted = headers.get("auto-submitted", "no").split(";")[0].split("(")[0].strip().lower()
    if submitted not in {"no", ""}:
        return True
    if headers.keys() & {
        "x-autoreply",
        "x-autorespond",
        "x-autoresponder",
        "x-autogenerated",
        "x-auto-reply",
        "x-mail-autoreply",
        "x-ebay-autoreply",
    }:
        return headers.get("x-autoreply", "yes").strip().lower() not in {"no", "false"}
    subject = fold(mail.subject)
    if _AUTO_SUBJECT.match(subject):
        return True
    if headers.get("precedence", "").strip().lower() in {"auto_reply", "auto-reply"}:
        return True
    if "disposition-notification" in headers.get("content-type", "").lower() or (
        _RECEIPT_SUBJECT.match(subject) and len(mail.text) < 1_500
    ):
        return True
    suppressed = "x-auto-response-suppress" in headers or headers.get("return-path", "").strip() == "<>"
    precedence = headers.get("precedence", "").strip().lower() in {"bulk", "junk"}
    return (suppressed or precedence) and (
        bool(_CALENDAR_SUBJECT.match(subject)) or (is_out_of_office(mail) and len(mail.text) < 3_000)
    )


def is_own_letter(mail: Mail, office_address: str) -> bool:
    """A letter of ours that found its way back: ``X-Muhtarlik-Letter``, or a loop to the office itself."""
    if mail.header("x-muhtarlik-letter"):
        return True
    own = bool(office_address) and same_address(mail.sender.email) == same_address(office_address)
    return own and any("muhtarlik" in value.lower() for value in mail.header_all("x-loop"))


def is_out_of_office(mail: Mail) -> bool:
    """Whether an automatic answer says that somebody is away (not merely "we received your message")."""
    subject = fold(mail.subject)
    body = fold(mail.text[:3_000])
    if _ABSENT.search(subject) or _ABSENT.search(body):
        return True
    return bool(_AUTO_SUBJECT.match(subject)) and not re.search(
        r"\b(?:alinmistir|ulasmistir|alindi|received|kayda|kaydedil)", body
    )


def is_list(mail: Mail, *, office_address: str = "") -> bool:
    """Mailing lists and bulk mail; a list that is the office's own shared address does not count."""
    headers = dict(reversed(mail.headers))
    marks = [
        headers[name] for name in ("list-id", "list-post", "list-unsubscribe", "list-help") if name in headers
    ]
    if marks:
        local, _, domain = office_address.lower().partition("@")
        own = bool(local) and any(local in mark.lower() and domain in mark.lower() for mark in marks)
        return not own
    return headers.get("precedence", "").strip().lower() in {"bulk", "list", "junk"}


def is_spam(mail: Mail) -> bool:
    """What the office's filter marked, or what shouts two advertisements at once."""
    headers = dict(reversed(mail.headers))
    if (
        headers.get("x-spam-flag", "").strip().lower() in {"yes", "true"}
        or headers.get("x-spam", "").strip().lower() == "yes"
    ):
        return True
    if _SPAM_STATUS.match(headers.get("x-spam-status", "")) or "SFV:SPM" in headers.get(
        "x-forefront-antispam-report", ""
    ):
        return True
    if fold(mail.subject).startswith(("[spam]", "***spam***", "*****spam")):
        return True
    found = {match[0] for match in _SPAM_WORDS.finditer(fold(f"{mail.subject}\n{mail.text[:4_000]}"))}
    return len(found) >= 2
