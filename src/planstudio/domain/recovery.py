"""A key as it is printed on a recovery sheet: groups of letters that nobody takes for others, and a check sum.

K7QD-0M3V-… thirteen groups of four for the key, one for the check sum
"""

from __future__ import annotations

from hashlib import sha256

_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # no I, L, O, U
_ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})
_KEY, _GROUP, _CHECK = 32, 4, 4  # bytes; signs


def written(secret: bytes) -> str:
    """*secret* in groups of letters."""
    signs = _signs(int.from_bytes(secret) << 4, 52) + _check(secret)  # 256 bits in 52 signs of 5
    return "-".join(signs[n : n + _GROUP] for n in range(0, len(signs), _GROUP))


def read(words: str) -> bytes | None:
    """The secret that *words* write, however they are spaced; None where they are no such key, or mistyped."""
    signs = "".join(sign for sign in words.upper().translate(_ALIKE) if sign.isalnum())
    if len(signs) != 52 + _CHECK or any(sign not in _SIGNS for sign in signs):
        return None
    number = 0
    for sign in signs[:52]:
        number = number * 32 + _SIGNS.index(sign)
    secret = (number >> 4).to_bytes(_KEY + 1)[1:]
    return secret if number & 0b1111 == 0 and _check(secret) == signs[52:] else None


def looks_like_one(words: str) -> bool:
    """Whether *words* are meant as a recovery key, rightly typed or not."""
    signs = "".join(sign for sign in words.upper().translate(_ALIKE) if sign.isalnum())
    return abs(len(signs) - 56) <= 3 and sum(sign in _SIGNS for sign in signs) >= 50 and words.count("-") >= 10


def _check(secret: bytes) -> str:
    return _signs(int.from_bytes(sha256(b"planstudio" + secret).digest()[:3]) >> 4, _CHECK)


def _signs(number: int, count: int) -> str:
    made = ""
    for _n in range(count):
        made = _SIGNS[number % 32] + made
        number //= 32
    return made
