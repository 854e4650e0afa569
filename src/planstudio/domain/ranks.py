"""The order of siblings as text that always has room between two neighbours.

A rank is a fraction written in the digits 0-9a-z, so a moved row is the only
row that changes, and two people who move different rows do not collide.
"""

from __future__ import annotations

import re

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_SOUND = re.compile("[0-9a-z]{0,199}[1-9a-z]")


def between(low: str, high: str | None) -> str:
    """A rank after *low* ("" is the beginning) and before *high* (None is the end)."""
    if high is not None and low >= high:
        raise ValueError(f"no room between {low!r} and {high!r}")
    if high is None:
        return _behind(low)
    if not low:
        return _before(high)
    return _halfway(low, high)


def sound(rank: str) -> bool:
    """Whether *rank* is one that leaves room on both sides."""
    return _SOUND.fullmatch(rank) is not None


def _behind(low: str) -> str:
    """The next rank at the end. The more z's *low* begins with, the finer the steps, so ranks stay short."""
    if not low:
        return _write(len(DIGITS) // 2, 1)
    width = 2 * (len(low) - len(low.lstrip(DIGITS[-1]))) + 2
    return _write(int(low[:width].ljust(width, "0"), len(DIGITS)) + 1, width)


def _before(high: str) -> str:
    """The next rank at the beginning, in steps as those of _behind."""
    width = 2 * (len(high) - len(high.lstrip("0"))) + 2
    value = int(high[:width].ljust(width, "0"), len(DIGITS)) - (len(high) <= width)
    return _write(value, width) if value else "0" * width + DIGITS[len(DIGITS) // 2]


def _halfway(low: str, high: str | None) -> str:
    made = ""
    for n in range(len(low) + len(high or "") + 1):
        below = DIGITS.index(low[n]) if n < len(low) else 0
        above = DIGITS.index(high[n]) if high is not None and n < len(high) else len(DIGITS)
        if above - below > 1:
            return made + DIGITS[(below + above) // 2]
        made += DIGITS[below]
        if above > below:  # from here on every greater tail is free
            high = None
    return made + DIGITS[len(DIGITS) // 2]


def spread(count: int, after: str = "") -> list[str]:
    """*count* ranks in order behind *after*, as short as they can be."""
    if not after:
        width = 1
        while len(DIGITS) ** width < (count + 1) * 2:
            width += 1
        step = len(DIGITS) ** width // (count + 1)
        return [_write(step * (n + 1), width) for n in range(count)]
    made: list[str] = []
    for _n in range(count):
        after = between(after, None)
        made.append(after)
    return made


def _write(value: int, width: int) -> str:
    digits = ""
    for _n in range(width):
        value, digit = divmod(value, len(DIGITS))
        digits = DIGITS[digit] + digits
    return digits.rstrip("0") or DIGITS[1]
