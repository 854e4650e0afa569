"""Places in a text, ours and Qt's: Qt counts a sign beyond the basic plane (most emoji) as two.

Every place that goes to Qt or comes from it passes here.
"""

from __future__ import annotations


def to_qt(text: str, at: int) -> int:
    """Where Qt counts what stands at *at* in *text*; the length of *text* for its end."""
    return len(text[:at].encode("utf-16-le", "surrogatepass")) // 2


def from_qt(text: str, at: int) -> int:
    """What Qt counts as *at*, as a place in *text*; the middle of a sign is its beginning."""
    encoded = text.encode("utf-16-le", "surrogatepass")[: 2 * at]
    return len(encoded.decode("utf-16-le", "ignore"))
