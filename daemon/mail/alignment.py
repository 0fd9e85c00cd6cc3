"""When two domains are one organisation's (RFC 7489 § 3.1, relaxed alignment), without the public suffix list."""

# Names under which anybody may register: no alignment through them (enough of the public suffix list for us).
_PUBLIC = {
    *("ac", "av", "bbs", "bel", "biz", "co", "com", "dr", "edu", "gen", "gov", "info", "k12", "kep", "mil"),
    *("name", "net", "org", "pol", "tel", "tsk", "tv", "web"),
}


def aligned(one: str, other: str) -> bool:
    """Relaxed alignment: the same domain, or one below the other, but never by a public suffix."""
    if not one or not other:
        return False
    if one == other:
        return True
    upper, lower = sorted((one, other), key=len)
    return lower.endswith(f".{upper}") and not is_public(upper)


def organisation(domain: str) -> str:
    """The domain that somebody registered: ``mx.ornek.bel.tr`` → ``ornek.bel.tr``."""
    labels = domain.split(".")
    for count in range(2, len(labels)):
        candidate = ".".join(labels[-count:])
        if not is_public(candidate):
            return candidate
    return domain


def is_public(domain: str) -> bool:
    labels = domain.split(".")
    return len(labels) == 1 or (len(labels) == 2 and len(labels[1]) == 2 and labels[0] in _PUBLIC)
