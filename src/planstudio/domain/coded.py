"""A figure of which only a bound is told: "<5%". It is a number, so that it can be drawn where the bound lies."""

from __future__ import annotations


class Bound(float):
    """A number that stands for all below or above it; number() and amount() write it with its sign.

    What is reckoned from it is a plain number again, so whoever reckons asks sign_of() first.
    """

    sign: str

    def __new__(cls, value: float, sign: str) -> Bound:
        made = super().__new__(cls, value)
        made.sign = sign
        return made

    def __getnewargs__(self) -> tuple[float, str]:  # type: ignore[override]
        return float(self), self.sign

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Bound) and (float(self), self.sign) == (float(other), other.sign)

    def __hash__(self) -> int:
        return hash((float(self), self.sign))

    def __repr__(self) -> str:
        return f"{self.sign}{float(self)!r}"


def sign_of(value: float | None) -> str:
    """ "<" or ">" where only a bound is told, else ""."""
    return value.sign if isinstance(value, Bound) else ""


def bounded(value: float, sign: str) -> float:
    """*value*, or the bound that it is with a *sign*."""
    return Bound(value, sign) if sign else value
