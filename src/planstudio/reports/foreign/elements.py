"""A structure tree as plain values: elements, and the marks and things that they hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from planstudio.reports.foreign.values import Ref, string_text, text_string

_LANGUAGE = re.compile("[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True)
class PageMark:
    """Marked content of a page's own stream."""

    page: int
    mcid: int


@dataclass(frozen=True)
class FormMark:
    """Marked content of a form that is drawn on a page."""

    page: int
    mcid: int
    form: Ref


@dataclass(frozen=True)
class Thing:
    """An annotation, picture or form as a whole."""

    page: int
    ref: Ref


class Element:
    """A structure element; its kids in reading order."""

    __slots__ = ("attributes", "first", "kids", "place", "role", "said")

    def __init__(self, role: bytes, said: bytes = b"", attributes: bytes = b"") -> None:
        self.role, self.said, self.attributes = role, said, attributes
        self.kids: list[Element | PageMark | FormMark | Thing] = []
        self.first = -1  # the first page that it is seen on
        self.place = -1

    def walk(self) -> Iterator[Element]:
        """This element and all below it, in reading order."""
        stack = [self]
        while stack:
            element = stack.pop()
            yield element
            stack += [kid for kid in reversed(element.kids) if isinstance(kid, Element)]


@dataclass
class Tree:
    """What was read: the part that holds all, and who says what."""

    part: Element
    marks: dict[PageMark | FormMark, Element]
    things: dict[Ref, Element]
    pruned: bool = False  # something was said of pages that are not there


def language(said: object) -> bytes:
    """The entry for a language tag; nothing where *said* is none."""
    tag = string_text(said)
    return b"/Lang" + text_string(tag) if _LANGUAGE.fullmatch(tag) else b""


def insert(part: Element, element: Element, page: int) -> None:
    """Put what was made for *page* before the first element of a later one."""
    element.first = page
    for at, kid in enumerate(part.kids):
        if isinstance(kid, Element) and kid.first > page:
            part.kids.insert(at, element)
            return
    part.kids.append(element)
