"""Frames on a pipe: a head of JSON and a body of bytes, both with their length before them."""

from __future__ import annotations

from struct import Struct
from typing import IO

_LENGTHS = Struct(">4sIQ")
_MAGIC = b"PSI1"
_BLOCK = 1 << 20


class Closed(Exception):
    """The other side is gone, or says what is no frame."""


def write_frame(stream: IO[bytes], head: bytes, body: bytes) -> None:
    stream.write(_LENGTHS.pack(_MAGIC, len(head), len(body)) + head)
    stream.write(body)
    stream.flush()


def read_frame(stream: IO[bytes], most_head: int, most_body: int) -> tuple[bytes, bytes]:
    """Wait for one frame; Closed where there is none, or a longer one than is allowed."""
    magic, head, body = _LENGTHS.unpack(_read(stream, _LENGTHS.size))
    if magic != _MAGIC or head > most_head or body > most_body:
        raise Closed("not a frame")
    return _read(stream, head), _read(stream, body)


def _read(stream: IO[bytes], length: int) -> bytes:
    """Exactly *length* bytes. Memory grows with what arrives, not with what was promised."""
    parts, missing = [], length
    while missing:
        part = stream.read(min(missing, _BLOCK))
        if not part:
            raise Closed("the other side is gone")
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)
