"""Changes bytes as accidents and attackers do. Everything follows from the random generator given."""

import io
import zipfile
from random import Random

from tests.fuzz.targets import Target

LARGEST = 400_000


def mutant(target: Target, random: Random) -> bytes:
    """A changed seed; one in eight archives is changed as packed bytes, the others inside."""
    seed = random.choice(target.seeds)
    if target.is_archive and random.random() > 0.125:
        return _with_changed_member(seed, target, random)
    return _changed(seed, target, random)


def _changed(data: bytes, target: Target, random: Random) -> bytes:
    for _ in range(random.choice((1, 1, 2, 4, 16))):
        data = _once(data, target, random)[:LARGEST]
    return data


def _once(data: bytes, target: Target, random: Random) -> bytes:
    begin = random.randint(0, len(data))
    end = min(len(data), begin + random.choice((0, 1, 2, 8, 64, 1024)))
    match random.randrange(8):
        case 0:
            put = random.randbytes(end - begin)
        case 1:
            put = b""
        case 2:
            put = data[begin:end] * random.choice((2, 3, 50, 3_000))
        case 3:
            put = random.choice(target.seeds)[begin:end]
        case 4:
            put = bytes([random.choice((0, 10, 13, 32, 34, 40, 60, 61, 92, 255))]) * random.choice(
                (1, 2, 500, 20_000)
            )
        case 5 | 6 if target.tokens:
            put = random.choice(target.tokens) * random.choice((1, 1, 2, 40, 4_000))
        case _:
            put = bytes(byte ^ 1 << random.randrange(8) for byte in data[begin : begin + 1])
            end = begin + 1
    return data[:begin] + put + data[end:]


def _with_changed_member(seed: bytes, target: Target, random: Random) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(seed)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        chosen = random.choice(names)
        for name in names:
            content = old.read(name)
            if name == chosen and random.random() < 0.05:
                continue
            new.writestr(name, _changed(content, target, random) if name == chosen else content)
    return out.getvalue()
