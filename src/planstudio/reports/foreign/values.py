"""PDF objects as plain Python values: read from qpdf's spelling of them, written as a fragment spells them.

    dictionary → dict      name, number, string, true → bytes, as they are spelled
    array      → list      reference                 → Ref

Strings are spelled in hexadecimal from here on: no control byte, no name and
no keyword can hide in one.

pikepdf's own objects would be read faster (0.55 to 0.7 of the time, 1,000
objects of a tagged file in 12 ms instead of 21), but not all of them can be:
a dictionary with a name that is not UTF-8 raises when it is gone through, and
numbers come as other spellings than what is bound (".50" as 0.5). And each
later look-up costs 8 to 10 times one in a dict.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from typing import NamedTuple, TypeAlias

Value: TypeAlias = "dict[bytes, Value] | list[Value] | bytes | Ref | Placed"
NULL = b"null"

_TOKEN = re.compile(
    rb"\((?:[^\\()]|\\[\s\S])*\)|<<|>>|<[0-9A-Fa-f]*>|[\[\]]|\d+ \d+ R\b|/[^\s/\[\]<>()]*|[^\s/\[\]<>()]+"
)
_NUMBER = re.compile(rb"[+-]?(?:\d+\.?\d*|\.\d+)\Z")
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|[\s\S])")
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\r\n": b"", b"\n": b"", b"\r": b""}


_CODINGS = {codecs.BOM_UTF16_BE: "utf-16", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF8: "utf-8-sig"}


class Ref(NamedTuple):
    """A reference to an object of the foreign file."""

    number: int
    generation: int


class Placed(bytes):
    """What is already spelled for the fragment, such as its marks."""


def parse(spelled: bytes) -> Value:
    """The value that qpdf spelled; what is no value becomes null."""
    stack: list[tuple[list[Value], bool]] = []
    current: list[Value] = []
    for token in _TOKEN.findall(spelled):
        first = token[:1]
        if token in (b"<<", b"["):
            stack.append((current, token == b"<<"))
            current = []
        elif token in (b">>", b"]"):
            if not stack:
                break
            done = current
            current, is_dict = stack.pop()
            current.append(_dictionary(done) if is_dict else done)
        elif first == b"(":
            current.append(b"<" + _literal(token).hex().encode() + b">")
        elif token[-1:] == b"R" and b" " in token:
            number, generation, _r = token.split()
            current.append(Ref(int(number), int(generation)))
        elif first in b"</" or token in (b"true", b"false", b"null") or _NUMBER.match(token):
            current.append(token)
        else:
            current.append(NULL)
    return current[0] if current and not stack else NULL


def _dictionary(items: list[Value]) -> dict[bytes, Value]:
    pairs = zip(items[::2], items[1::2], strict=False)
    return {key: value for key, value in pairs if isinstance(key, bytes) and key[:1] == b"/" and value != NULL}


def _literal(token: bytes) -> bytes:
    inner = token[1:-1]
    return inner if b"\\" not in inner else _ESCAPE.sub(_unescaped, inner)


def _unescaped(found: re.Match[bytes]) -> bytes:
    said = found[1]
    if said[:1].isdigit():
        return bytes([int(said, 8) & 0xFF])
    return _ESCAPED.get(said, said)


def spell(value: Value) -> bytes:
    """*value* as bytes; what still refers to the foreign file is null."""
    if isinstance(value, dict):
        return b"<<%b>>" % b"".join([b"%b %b" % (key, spell(each)) for key, each in value.items()])
    if isinstance(value, list):
        return b"[%b]" % b" ".join([spell(each) for each in value])
    return NULL if isinstance(value, Ref) else value


def text_string(text: str) -> bytes:
    """A text string in hexadecimal."""
    return b"<FEFF" + text.encode("utf-16-be", "replace").hex().encode() + b">"


def string_bytes(value: object) -> bytes:
    """What a string holds; nothing where *value* is none."""
    if not isinstance(value, bytes) or value[:1] != b"<":
        return b""
    digits = value[1:-1]
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))


def string_text(value: object) -> str:
    """The text of a text string, without control characters."""
    data = string_bytes(value)
    coding = next((coding for mark, coding in _CODINGS.items() if data.startswith(mark)), "latin-1")
    text = data.decode(coding, "replace")
    return "".join(c for c in text if c.isprintable() or c in "\n\t").strip()


def number(value: object) -> float | None:
    """A number that makes sense on paper, or None."""
    if not isinstance(value, bytes) or not _NUMBER.match(value) or len(value) > 40:
        return None
    return float(value)


def integer(value: object) -> int | None:
    if not isinstance(value, bytes) or len(value) > 12 or not value.lstrip(b"+-").isdigit():
        return None
    return int(value)


def numbers(values: Iterable[object]) -> list[float] | None:
    """All *values* as numbers, or None where one is not."""
    found = [number(value) for value in values]
    return None if any(each is None for each in found) else [each for each in found if each is not None]


def figure(value: float, places: int = 4) -> bytes:
    """A number as PDF writes it. Where it sizes what follows, more *places* keep all of it where it was."""
    return f"{value:.{places}f}".rstrip("0").rstrip(".").encode() or b"0"
