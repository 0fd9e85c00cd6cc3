"""How numbers and dates are written in a spreadsheet's locale (CLDR's short forms, as Google Sheets uses them)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Locale:
    """Separators, the order of a date's parts and the default patterns."""

    decimal: str = "."
    group: str = ","
    date_order: str = "mdy"
    date_pattern: str = "M/d/yyyy"
    date_separators: str = "/-"
    time_pattern: str = "h:mm:ss am/pm"
    clock_pattern: str = "H:mm:ss"
    currency: str = "$"
    currency_pattern: str = '"$"#,##0.00'
    true: tuple[str, ...] = ("TRUE",)
    false: tuple[str, ...] = ("FALSE",)
    months: tuple[str, ...] = (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    )
    days: tuple[str, ...] = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    short_days: tuple[str, ...] = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    short: int = 3

    @property
    def date_time_pattern(self) -> str:
        """A moment is shown by the 24-hour clock even where a time alone is not (``9/26/08 15:59:00``).
        https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/cells#NumberFormatType"""
        return f"{self.date_pattern} {self.clock_pattern}"


_TURKISH = Locale(
    decimal=",",
    group=".",
    date_order="dmy",
    date_pattern="dd.MM.yyyy",
    date_separators="./-",
    time_pattern="HH:mm:ss",
    clock_pattern="HH:mm:ss",
    currency="₺",
    currency_pattern='"₺"#,##0.00',
    true=("TRUE", "DOĞRU"),
    false=("FALSE", "YANLIŞ"),
    months=(
        "Ocak",
        "Şubat",
        "Mart",
        "Nisan",
        "Mayıs",
        "Haziran",
        "Temmuz",
        "Ağustos",
        "Eylül",
        "Ekim",
        "Kasım",
        "Aralık",
    ),
    days=("Pazartesi", "Salı", "Çarşamba", "Perşembe", "Cuma", "Cumartesi", "Pazar"),
    short_days=("Pzt", "Sal", "Çar", "Per", "Cum", "Cmt", "Paz"),
)
_BRITISH = Locale(
    date_order="dmy",
    date_pattern="dd/MM/yyyy",
    time_pattern="HH:mm:ss",
    clock_pattern="HH:mm:ss",
    currency="£",
    currency_pattern='"£"#,##0.00',
)
_GERMAN = Locale(
    decimal=",",
    group=".",
    date_order="dmy",
    date_pattern="dd.MM.yyyy",
    date_separators="./-",
    time_pattern="HH:mm:ss",
    clock_pattern="HH:mm:ss",
    currency="€",
    currency_pattern='#,##0.00 "€"',
    true=("TRUE", "WAHR"),
    false=("FALSE", "FALSCH"),
)
AMERICAN = Locale()
_LOCALES = {"tr": _TURKISH, "en_GB": _BRITISH, "de": _GERMAN, "en": AMERICAN}


def locale_named(name: str) -> Locale:
    """Unknown locales are written the American way."""
    return _LOCALES.get(name) or _LOCALES.get(name.partition("_")[0]) or AMERICAN
