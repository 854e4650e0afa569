"""Names of files that every system takes: Windows, macOS, Linux, and the folders that are synchronized between them.

Used wherever a name is proposed or kept: what a person has typed, or what was
made from a title. A name says what it said; only what cannot stand in one goes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import count

LONGEST = 255  # bytes in UTF-8, on every common file system
ROOM = 40  # bytes that a temporary name of ours is longer: ".~", a process, a turn, ".tmp"
_FORBIDDEN = str.maketrans({'"': "'", "<": "(", ">": ")", ":": "-", "|": "-", "?": "", "*": "", "/": "-", "\\": "-"})
_RESERVED = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?=\.|\s*$)", re.I)
_PATH = re.compile(r"[/\\]")
_ENDING = re.compile(r"\.[\w-]{1,15}$")


def sound(name: str, *, fallback: str = "file", room: int = ROOM) -> str:
    """*name* as every system takes it, its ending kept; *room* are the bytes that are left for a temporary name."""
    kept = "".join(sign for sign in unicodedata.normalize("NFC", name) if _is_seen(sign))
    kept = " ".join(kept.translate(_FORBIDDEN).split()).lstrip(" ").rstrip(" .")
    if set(kept) <= set("-. '()"):
        kept = fallback
    if kept.startswith("~$") or kept.startswith(".~"):  # notes and half-written files are called so
        kept = kept[2:].lstrip(" .~$") or fallback
    if _RESERVED.match(kept):
        kept = "_" + kept
    return shortened(kept, LONGEST - room)


def of_path(path: str) -> str:
    """The name at the end of a path of any system, as every system takes it; no dot makes it unseen."""
    return sound(_PATH.split(path.rstrip("/\\"))[-1].lstrip(". "))


def shortened(name: str, most: int) -> str:
    """*name* with at most *most* bytes, cut before its ending and between two letters."""
    if len(name.encode("utf-8", "replace")) <= most:
        return name
    stem, ending = _parted(name)
    cut = stem.encode("utf-8", "replace")[: max(most - len(ending.encode()), 1)].decode("utf-8", "ignore")
    whole = name[: len(cut) + 1]
    while cut and len(whole) > len(cut) and unicodedata.combining(whole[-1]):  # an accent stays with its letter
        whole, cut = cut, cut[:-1]
    return cut.rstrip(" .") + ending


def apart(name: str, others: Iterable[str]) -> str:
    """*name*, counted where another file has it; capitals and accents do not tell files apart on every system."""
    taken = {key(other) for other in others}
    if key(name) not in taken:
        return name
    stem, ending = _parted(name)
    counted = (shortened(f"{stem} ({n}){ending}", LONGEST - ROOM) for n in count(2))
    return next(made for made in counted if key(made) not in taken)


def _parted(name: str) -> tuple[str, str]:
    found = _ENDING.search(name)
    return (name[: found.start()], found[0]) if found else (name, "")


def key(name: str) -> str:
    """By what a file system that ignores capitals knows a file."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _is_seen(sign: str) -> bool:
    """Whether a sign is one that people see; joiners inside words of other scripts stay."""
    if sign in "\u200c\u200d":
        return True
    return sign.isspace() or unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
