"""Words that say nothing of a matter, by their five-letter beginnings: courtesies, places, time, "is", "has become"."""

COMMON = frozenset({
    "merha", "selam", "sayin", "yetki", "baska", "mudur", "muhta", "mahal", "sokak", "sokag", "cadde", "mah",
    "sok", "cad", "numar", "onund", "yanin", "arkas", "karsi", "bulun", "olan", "olup", "olara", "rica",
    "arz", "ederi", "ediyo", "talep", "istiy", "ister", "diler", "gereg", "gerek", "saygi", "tesek", "simdi",
    "lutfe", "acil", "acile", "bir", "ile", "icin", "var", "yok", "cok", "daha", "gibi", "kadar", "gun",
    "gundu", "hafta", "aydir", "yil", "bugun", "dun", "yapil", "yapin", "yapar", "misin", "edilm", "edils",
    "alinm", "konus", "husus", "durum", "vatan", "sakin", "halk", "hala", "halen", "yine", "tekra", "ilgil",
    "bilgi", "sunar", "iyi", "calis", "gunle", "kolay", "gelsi", "ise", "sonra", "once", "artik", "taraf",
})  # fmt: skip
"""Beginnings of words that every second request holds."""
_IN_PASSING = frozenset({
    "bizim", "bizde", "burad", "orada", "surad", "buray", "aksam", "sabah", "gece", "insan", "mille", "cocuk",
    "yasli", "kimse", "herke", "hicbi", "evimi", "evin", "yani", "hemen", "derha", "birka", "tane", "adet",
    "metre", "edini", "istir", "sizde", "beled", "abi", "karde", "degil", "oldu", "olsun", "olmus", "oluyo",
    "kaldi", "geldi", "gitti", "etsin",
})  # fmt: skip


def tells(folded: str) -> bool:
    """Whether a word is one that a reader of the text would want explained."""
    beginning = folded[:5]
    return (
        len(folded) > 3 and not folded.isdigit() and beginning not in COMMON and beginning not in _IN_PASSING
    )
