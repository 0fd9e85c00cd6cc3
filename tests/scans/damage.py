"""What scanners, copiers, fax machines and telephones do to a page. Everything follows from the given seed."""

import random
from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

cv2.setNumThreads(1)  # the pages are read in forked processes
Picture = NDArray[np.uint8]
"""Grey, or colour in the order blue, green, red."""


def _noise(seed: int) -> np.random.Generator:
    return np.random.default_rng(seed)


def at_dpi(page: Picture, dpi: float) -> Picture:
    return cv2.resize(page, None, fx=dpi / 300, fy=dpi / 300, interpolation=cv2.INTER_AREA)


def skewed(page: Picture, degrees: float) -> Picture:
    height, width = page.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    return cv2.warpAffine(page, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255, 255, 255))


def turned(page: Picture, degrees: int) -> Picture:
    return np.ascontiguousarray(np.rot90(page, degrees // 90))


def quarter_of(seed: int) -> int:
    """By chance: a damage comes round every 24 pages, which by the remainder of three would always turn alike."""
    return random.Random(seed).choice((90, 180, 270))


def grainy(page: Picture, strength: float, seed: int) -> Picture:
    noise = _noise(seed).normal(0, strength, page.shape[:2])
    if page.ndim == 3:
        noise = noise[..., None]
    grained = np.empty_like(page)
    for top in range(0, len(page), 64):  # a photograph of doubles at once is 200 MB, three times
        rows = slice(top, top + 64)
        grained[rows] = np.clip(page[rows] + noise[rows], 0, 255)
    return grained


def blurred(page: Picture, sigma: float) -> Picture:
    return cv2.GaussianBlur(page, (0, 0), sigma)


def faint(page: Picture, black: int, white: int) -> Picture:
    return (black + page.astype(np.float32) / 255 * (white - black)).astype(np.uint8)


def worn(page: Picture, seed: int) -> Picture:
    """Printed with hardly any toner left, in patches; then filed: three punched holes are darker than any letter."""
    random_ = _noise(seed)
    height, width = page.shape
    patches = cv2.resize(random_.uniform(0.13, 0.26, (8, 6)).astype(np.float32), (width, height))
    page = (248 - (255 - page.astype(np.float32)) * patches).clip(0, 255).astype(np.uint8)
    for share in (0.2, 0.5, 0.8):
        cv2.circle(page, (round(0.03 * width), round(share * height)), round(0.02 * width), 20, -1)
    return grainy(page, 2.0, seed)


def jpeg(page: Picture, quality: int) -> Picture:
    _, data = cv2.imencode(".jpg", page, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_UNCHANGED), np.uint8)


def specks(page: Picture, count: int, seed: int) -> Picture:
    """Dust on the copier's glass: dark dots, and the dark edge of a book scan."""
    page, random_ = page.copy(), _noise(seed)
    height, width = page.shape[:2]
    for x, y, r in zip(random_.integers(0, width, count), random_.integers(0, height, count),
                       random_.integers(1, 3, count), strict=True):  # fmt: skip
        cv2.circle(page, (int(x), int(y)), int(r), int(random_.integers(0, 120)), -1)
    return page


def dark_edge(page: Picture, side: str, share: float) -> Picture:
    page = page.copy()
    band = int(page.shape[1] * share)
    where = slice(0, band) if side == "left" else slice(page.shape[1] - band, None)
    page[:, where] = 25
    return page


def photocopied(page: Picture, seed: int) -> Picture:
    page = specks(grainy(blurred(faint(page, 30, 245), 0.7), 22, seed), 500, seed)
    page = dark_edge(page, "left" if seed % 2 else "right", 0.012)
    return np.where(page > 150, np.minimum(page.astype(int) + 40, 255), page).astype(np.uint8)


def faxed(page: Picture, seed: int) -> Picture:
    """1 bit at 204×98 or 204×196 dpi (ITU-T T.4), some lines lost, shown stretched to square pixels."""
    rows = 98 if random.Random(seed).random() < 1 / 3 else 196
    height, width = page.shape[:2]
    small = cv2.resize(page, (int(width * 204 / 300), int(height * rows / 300)), interpolation=cv2.INTER_AREA)
    bits = (grainy(small, 12, seed) > 150).astype(np.uint8) * 255
    random_ = _noise(seed)
    for y in random_.integers(10, bits.shape[0] - 2, 6):
        bits[int(y), int(random_.integers(0, 400)) : int(random_.integers(500, bits.shape[1]))] = 255
    return cv2.resize(bits, (bits.shape[1], int(height * 204 / 300)), interpolation=cv2.INTER_NEAREST)


def stamped(page: Picture, seed: int, *, colour: bool = True) -> Picture:
    """A round stamp and a stroke of signature over the lower third."""
    random_ = _noise(seed)
    picture = page if page.ndim == 3 else cv2.cvtColor(page, cv2.COLOR_GRAY2BGR)
    height, width = picture.shape[:2]
    layer = np.full_like(picture, 255)
    ink = (150, 40, 20) if colour else (70, 70, 70)
    centre = (int(width * random_.uniform(0.35, 0.7)), int(height * random_.uniform(0.35, 0.62)))
    radius = int(width * 0.09)
    cv2.circle(layer, centre, radius, ink, max(2, width // 400))
    cv2.circle(layer, centre, int(radius * 0.7), ink, max(1, width // 600))
    cv2.putText(layer, "MUHTARLIGI", (centre[0] - int(radius * 0.6), centre[1]), cv2.FONT_HERSHEY_SIMPLEX,
                width / 2600, ink, max(1, width // 700))  # fmt: skip
    x, y = int(width * 0.62), int(height * 0.6)
    points = np.array([(x + i * width // 60, y + int(random_.normal(0, width / 60))) for i in range(12)])
    cv2.polylines(layer, [points], False, (120, 30, 10), max(2, width // 500), cv2.LINE_AA)
    mixed = np.minimum(picture, (layer.astype(int) * 0.75 + 64).clip(0, 255).astype(np.uint8))
    return mixed if colour else cv2.cvtColor(mixed, cv2.COLOR_BGR2GRAY)


def photographed(page: Picture, seed: int) -> Picture:
    """By a telephone, at an angle, on a table, in uneven light with a shadow; 8 to 12 megapixels."""
    random_ = _noise(seed)
    picture = page if page.ndim == 3 else cv2.cvtColor(page, cv2.COLOR_GRAY2BGR)
    height, width = picture.shape[:2]
    frame_w, frame_h = 2600, 3460
    table = _table(frame_w, frame_h, random_)
    scale = 0.88 * min(frame_w / width, frame_h / height)
    w, h = width * scale, height * scale
    left, top = (frame_w - w) / 2, (frame_h - h) / 2
    corners = np.array([(left, top), (left + w, top), (left + w, top + h), (left, top + h)], np.float32)
    corners += random_.uniform(-0.035, 0.035, (4, 2)).astype(np.float32) * (frame_w, frame_h)
    corners[:] = np.clip(corners, 10, (frame_w - 10, frame_h - 10))
    source = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    warp = cv2.getPerspectiveTransform(source, corners)
    paper = cv2.warpPerspective(picture, warp, (frame_w, frame_h), flags=cv2.INTER_AREA)
    mask = cv2.warpPerspective(np.full((height, width), 255, np.uint8), warp, (frame_w, frame_h))
    scene = np.where(mask[..., None] > 127, paper, table).astype(np.float32)
    scene *= _light(frame_w, frame_h, random_)[..., None]
    scene *= np.array((0.88, 0.95, 1.0), np.float32)  # warm lamps
    return grainy(blurred(np.clip(scene, 0, 255).astype(np.uint8), random_.uniform(0.6, 1.1)), 5, seed)


def _table(width: int, height: int, random_: np.random.Generator) -> Picture:
    base = np.array(
        random_.choice([(60, 85, 120), (50, 50, 55), (95, 120, 140), (40, 60, 90)], axis=0), np.float32
    )
    grain = cv2.resize(random_.normal(0, 14, (height // 4, 30)).astype(np.float32), (width, height))
    return np.clip(base + grain[..., None], 0, 255).astype(np.uint8)


def _light(width: int, height: int, random_: np.random.Generator) -> NDArray[np.float32]:
    corners = random_.uniform(0.55, 1.0, (2, 2)).astype(np.float32)
    light = cv2.resize(corners, (width, height), interpolation=cv2.INTER_LINEAR)
    shadow = np.ones((height // 8, width // 8), np.float32)
    x = int(random_.integers(0, width // 8))
    cv2.fillPoly(
        shadow, [np.array([(x, 0), (x + 160, 0), (x - 60, height // 8), (x - 260, height // 8)])], 0.62
    )
    return light * cv2.resize(cv2.GaussianBlur(shadow, (0, 0), 9), (width, height))


def copied_again(page: Picture, seed: int, times: int = 3) -> Picture:
    """A copy of a copy: letters break up and run together."""
    random_ = _noise(seed)
    for n in range(times):
        page = skewed(blurred(page, 0.9), random_.uniform(-0.6, 0.6))
        page = np.clip((grainy(page, 16, seed + n).astype(np.float32) - 128) * 1.9 + 140, 0, 255).astype(
            np.uint8
        )
    return specks(page, 1_200, seed)


def streaked(page: Picture, seed: int) -> Picture:
    """Lines of dirt on the scanner's glass, from top to bottom."""
    page, random_ = page.copy(), _noise(seed)
    for x in random_.integers(0, page.shape[1] - 3, 4):
        page[:, int(x) : int(x) + 2] = (page[:, int(x) : int(x) + 2] * 0.45).astype(np.uint8)
    return page


def shone_through(page: Picture, seed: int) -> Picture:
    """The other side of thin paper, mirrored and faint."""
    back = blurred(np.ascontiguousarray(page[:, ::-1]), 2.0)
    return np.minimum(page, (200 + back.astype(np.float32) * 55 / 255).astype(np.uint8))


def back_of(page: Picture, seed: int, strength: float) -> Picture:
    """The empty side of the sheet: nothing but the print of the other side, mirrored, pale and soft."""
    shown = 255 - blurred(np.ascontiguousarray(page[:, ::-1]), 2.0).astype(np.float32)
    return grainy((250 - strength * shown).clip(0, 255).astype(np.uint8), 2.0, seed)


def creased(page: Picture, seed: int) -> Picture:
    """Folded twice: a bright and a dark line, the parts differently lit."""
    height, width = page.shape[:2]
    factor = np.ones((height, width), np.float32)
    for n, y in enumerate((height // 3, 2 * height // 3)):
        factor[y:] *= 0.9 if n % 2 else 0.86
        factor[y - 3 : y + 3] *= 0.6
    factor = cv2.GaussianBlur(factor, (0, 0), 4)
    return np.clip(page * (factor if page.ndim == 2 else factor[..., None]), 0, 255).astype(np.uint8)


def moved(page: Picture, length: int, degrees: float) -> Picture:
    """A hand that was not still."""
    kernel = np.zeros((length, length), np.float32)
    kernel[length // 2] = 1 / length
    turn = cv2.getRotationMatrix2D((length / 2 - 0.5, length / 2 - 0.5), degrees, 1)
    kernel = cv2.warpAffine(kernel, turn, (length, length))
    return cv2.filter2D(page, -1, kernel / kernel.sum())


def photographed_close(page: Picture, seed: int) -> Picture:
    """By a telephone held so close that no edge of the paper is seen; dim, uneven, a little turned."""
    random_ = _noise(seed)
    page = skewed(page, random_.uniform(-4, 4))
    height, width = page.shape[:2]
    cut = page[int(height * 0.03) : int(height * 0.9), int(width * 0.04) : int(width * 0.97)]
    picture = cv2.cvtColor(
        cv2.resize(cut, None, fx=0.75, fy=0.75, interpolation=cv2.INTER_AREA), cv2.COLOR_GRAY2BGR
    )
    light = _light(picture.shape[1], picture.shape[0], random_)[..., None]
    dim = picture * light * np.array((0.55, 0.68, 0.75), np.float32)
    return jpeg(
        grainy(moved(np.clip(dim + 12, 0, 255).astype(np.uint8), 4, random_.uniform(0, 90)), 7, seed), 60
    )


def over_print(page: Picture, seed: int) -> Picture:
    """A dark stamp right over the names at the end of the text."""
    rows = np.flatnonzero((page < 128).sum(axis=1) > 3)
    random_ = _noise(seed)
    page = page.copy()
    width = page.shape[1]
    y = int(rows[int(len(rows) * 0.86)])
    centre = (int(width * random_.uniform(0.55, 0.8)), y)
    layer = np.full_like(page, 255)
    radius = int(width * 0.085)
    cv2.circle(layer, centre, radius, 90, max(2, width // 350))
    cv2.circle(layer, centre, int(radius * 0.72), 90, max(1, width // 500))
    for n in range(-2, 3):
        cv2.line(
            layer,
            (centre[0] - radius // 2, y + n * radius // 6),
            (centre[0] + radius // 2, y + n * radius // 6),
            110,
            2,
        )
    return np.minimum(page, layer)


DAMAGES: dict[str, Callable[[Picture, int], Picture]] = {
    "clean-200": lambda p, s: at_dpi(p, 200),
    "scan-150-jpeg": lambda p, s: jpeg(grainy(at_dpi(p, 150), 6, s), 55),
    "scan-100": lambda p, s: jpeg(at_dpi(p, 100), 80),
    "scan-100-rough": lambda p, s: jpeg(grainy(blurred(at_dpi(skewed(p, 1.5), 100), 0.5), 8, s), 35),
    "skew": lambda p, s: grainy(at_dpi(skewed(p, random.Random(s).uniform(-9, 9)), 200), 8, s),
    "turned": lambda p, s: grainy(at_dpi(turned(skewed(p, 1.2), quarter_of(s)), 200), 8, s),
    "turned-copy": lambda p, s: turned(photocopied(at_dpi(skewed(p, -2.5), 150), s), quarter_of(s)),
    "photocopy": lambda p, s: photocopied(at_dpi(skewed(p, random.Random(s).uniform(-2, 2)), 200), s),
    "copy-of-copy": lambda p, s: copied_again(at_dpi(p, 200), s),
    "streaks": lambda p, s: streaked(grainy(at_dpi(p, 150), 8, s), s),
    "fax": lambda p, s: faxed(skewed(p, random.Random(s).uniform(-1, 1)), s),
    "fax-skew": lambda p, s: specks(faxed(skewed(p, random.Random(s).uniform(-4, 4)), s), 700, s),
    "photo": photographed,
    "photo-turned": lambda p, s: jpeg(turned(photographed(p, s), quarter_of(s)), 70),
    "photo-small": lambda p, s: jpeg(at_dpi(photographed(p, s), 165), 50),
    "photo-close": photographed_close,
    "photo-creased": lambda p, s: photographed(creased(p, s), s),
    "stamp": lambda p, s: stamped(at_dpi(p, 200), s),
    "stamp-dark": lambda p, s: grainy(at_dpi(over_print(p, s), 150), 8, s),
    "low-contrast": lambda p, s: grainy(at_dpi(faint(p, 120, 215), 150), 5, s),
    "toner-low": lambda p, s: grainy(at_dpi(faint(p, 165, 250), 120), 9, s),
    "shine-through": lambda p, s: grainy(at_dpi(shone_through(p, s), 150), 4, s),
    "small-print": lambda p, s: jpeg(grainy(at_dpi(p, 200), 6, s), 70),
    "small-print-150": lambda p, s: jpeg(grainy(at_dpi(p, 150), 6, s), 75),
}  # fmt: skip
