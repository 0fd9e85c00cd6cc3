"""Files that ship with the program: templates, the example mappings, the systemd unit."""

from pathlib import Path

_PACKAGE = Path(__file__).parent
_SHIPPED = _PACKAGE / "_shipped"


def shipped(name: str) -> Path:
    """Where ``templates``, ``mappings.yaml`` or ``systemd`` lies, in a wheel and a checkout alike."""
    inside = _SHIPPED / name
    return inside if inside.exists() else _PACKAGE.parent / name
