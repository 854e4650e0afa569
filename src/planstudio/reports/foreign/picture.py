"""Pictures become plain pixels, upright and no finer than paper shows, with nothing of what a camera adds."""

from __future__ import annotations

import warnings
import zlib
from io import BytesIO

from PIL import Image, ImageOps, ImageSequence

from planstudio.domain.intake import MOST_FRAMES, FileFacts, FileKind, Trouble
from planstudio.reports.foreign.imported import Picture
from planstudio.reports.foreign.opening import Refused

MOST_PIXELS = 40_000_000
DOTS = 300  # an inch
WIDEST, TALLEST = round(6.9 * DOTS), round(8.6 * DOTS)
_FORMATS = ("PNG", "JPEG", "GIF", "TIFF", "BMP", "WEBP")
_QUALITY = 90
_FAILURES = (OSError, ValueError, SyntaxError, EOFError, TypeError, KeyError, IndexError, AttributeError)


def take_picture(data: bytes, description: str = "") -> tuple[FileFacts, tuple[Picture, ...]]:
    """Every frame of a TIFF, the first one of all else; Refused where it is too large or damaged."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            with Image.open(BytesIO(data), formats=_FORMATS) as image:
                pictures = tuple(_frames(image))
        except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError) as error:
            raise Refused(Trouble.TOO_LARGE) from error
        except (*_FAILURES, zlib.error) as error:
            raise Refused(Trouble.DAMAGED) from error
    facts = FileFacts(FileKind.PICTURE, pages=len(pictures), described=bool(description))
    return facts, pictures


def _frames(image: Image.Image) -> list[Picture]:
    if image.format != "TIFF":
        return [_picture(image)]
    if getattr(image, "n_frames", 1) > MOST_FRAMES:
        raise Refused(Trouble.TOO_MANY_PAGES)
    out = []
    for frame in ImageSequence.Iterator(image):
        if frame.width * frame.height > MOST_PIXELS:
            raise Refused(Trouble.TOO_LARGE)
        out.append(_picture(frame))
    return out


def _picture(image: Image.Image) -> Picture:
    is_drawing = image.format in ("PNG", "GIF", "BMP") or image.mode in ("1", "P")
    if image.format == "JPEG":
        image.draft("RGB" if image.mode != "L" else "L", (WIDEST * 2, TALLEST * 2))
    upright = ImageOps.exif_transpose(image) or image
    plain = _plain(upright)
    plain.thumbnail((WIDEST, TALLEST), Image.Resampling.LANCZOS)
    gray = plain.mode == "L"
    packed = BytesIO()
    plain.save(packed, "JPEG", quality=_QUALITY, optimize=True)
    jpeg = packed.getvalue()
    if is_drawing:
        deflated = zlib.compress(plain.tobytes(), 9)
        if len(deflated) < len(jpeg):
            return Picture(deflated, "deflate", gray, *plain.size)
    return Picture(jpeg, "jpeg", gray, *plain.size)


def _plain(image: Image.Image) -> Image.Image:
    """In gray or RGB; what one can see through lies on white."""
    if image.mode in ("1", "L"):
        return image.convert("L")
    if image.mode in ("I", "I;16", "I;16B", "I;16L", "F"):
        _low, high = image.convert("F").getextrema()
        scale = 255 / (65535 if isinstance(high, float) and high > 255 else 255)
        return image.convert("F").point(lambda value: value * scale).convert("L")
    if "A" in image.mode or "transparency" in image.info:
        seen = image.convert("RGBA")
        paper = Image.new("RGB", seen.size, "white")
        paper.paste(seen, mask=seen.getchannel("A"))
        return paper
    return image.convert("RGB")
