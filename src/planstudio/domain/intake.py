"""What is known of a file that somebody attached: what it is, what was done to it, and the words for it.

The facts come from the intake, which takes the file apart in a process of its
own; they stand in the packet's accessibility summary and beside the file on
the screen. They name no object of the file and can be kept as JSON.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any

from planstudio.i18n import _, ngettext

MOST_PAGES = 2000
MOST_FRAMES = 50  # of a picture in several pages, as scanners write them
_MOST_CODES = 1000


class FileKind(StrEnum):
    TAGGED = "tagged"
    TEXT = "text"  # pages of text without tags
    SCAN = "scan"  # pages that are pictures only
    MIXED = "mixed"
    PICTURE = "picture"
    PLAIN = "plain"  # text, Markdown, CSV
    REFUSED = "refused"


class Trouble(StrEnum):
    """Why a file cannot be included."""

    PASSWORD = "password"
    DAMAGED = "damaged"
    EMPTY = "empty"
    NOT_WHAT_IT_SAYS = "not what it says"
    TOO_MANY_PAGES = "too many pages"
    TOO_LARGE = "too large"
    NO_CONVERTER = "no converter"
    UNSUPPORTED = "unsupported"
    FAILED = "failed"
    SECRET = "secret"  # it would stand in the clear on the disk for another program to read
    NOT_HERE = "not here"  # its bytes did not come with the plan


class Removed(StrEnum):
    """What is taken out of a file before it is bound."""

    SCRIPT = "script"
    LAUNCH = "launch"
    ACTION = "action"
    ATTACHMENT = "attachment"
    MEDIA = "media"
    XFA = "xfa"
    LINK = "link"
    LAYER = "layer"
    HIDDEN = "hidden"


@dataclass(frozen=True)
class FileFacts:
    """What the intake found out about one file."""

    kind: FileKind
    pages: int = 0
    trouble: Trouble | None = None
    claims_ua: bool = False  # it says of itself that it keeps PDF/UA-1
    verified: bool = False  # it says so, and the check agrees
    checked: bool = False  # the check was made
    repaired: bool = False
    decrypted: bool = False  # it could be read without a password, but was encrypted
    flattened: bool = False  # its form became plain content
    converted: bool = False  # from an office file
    described: bool = False  # somebody wrote what its pictures show
    broken_tags: bool = False  # it had tags, but they could not be used
    unembedded_fonts: bool = False
    removed: tuple[str, ...] = ()  # codes of Removed, one each time
    scanned: tuple[int, ...] = ()  # pages without text, from 1
    untagged: tuple[int, ...] = ()  # pages without tags in a tagged file, from 1
    findings: tuple[str, ...] = ()  # rules of PDF/UA that the check found broken
    markup: str = ""  # of plain text: text, markdown or csv

    @property
    def included(self) -> bool:
        return self.trouble is None

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @staticmethod
    def from_json(said: object) -> FileFacts:
        """The facts that `to_json` gave; ValueError where *said* is anything else."""
        if not isinstance(said, dict) or set(said) != {field.name for field in fields(FileFacts)}:
            raise ValueError("these are no facts of a file")
        given: dict[str, Any] = dict(said)
        for field in fields(FileFacts):
            given[field.name] = _checked(field.name, str(field.type), given[field.name])
        return FileFacts(**given)


def _checked(name: str, kind: str, value: Any) -> Any:
    """*value* as the field *name* holds it: the process that says it may have been taken over by a file."""
    if name == "kind":
        return FileKind(value)
    if name == "trouble":
        return None if value is None else Trouble(value)
    if name == "removed":
        return tuple(Removed(code).value for code in _listed(value, str, _MOST_CODES))
    if kind.startswith("tuple"):
        return _listed(value, int if "int" in kind else str, MOST_PAGES)
    if type(value).__name__ != kind or (isinstance(value, int) and value < 0):
        raise ValueError(f"{name} cannot be {value!r:.40}")
    if isinstance(value, str) and len(value) > 20:
        raise ValueError(f"{name} is too long")
    return value


def _listed(value: Any, kind: type[int] | type[str], most: int) -> tuple[Any, ...]:
    if not isinstance(value, list | tuple) or len(value) > most:
        raise ValueError("not a list of the right length")
    if any(type(each) is not kind or len(str(each)) > 60 for each in value):
        raise ValueError("something strange in a list")
    return tuple(value)


def refused(trouble: Trouble) -> FileFacts:
    """The facts of a file that cannot be included."""
    return FileFacts(FileKind.REFUSED, trouble=trouble)


def trouble_sentence(facts: FileFacts, name: str) -> str:
    """Why the file *name* is not included; "" where it is."""
    if facts.trouble is None:
        return ""
    sentences = {
        Trouble.PASSWORD: _("{name} is protected by a password."),
        Trouble.DAMAGED: _("{name} is damaged and cannot be read."),
        Trouble.EMPTY: _("{name} is empty."),
        Trouble.NOT_WHAT_IT_SAYS: _("{name} is not the kind of file that its name says."),
        Trouble.TOO_MANY_PAGES: _("{name} has too many pages."),
        Trouble.TOO_LARGE: _("{name} takes too much memory or time to read."),
        Trouble.NO_CONVERTER: _("{name} is an office file, and no LibreOffice was found that could convert it."),
        Trouble.SECRET: _("{name} is an office file: to convert it, it would have to stand on the disk unprotected."),
        Trouble.UNSUPPORTED: _("{name} is of a kind that cannot be included."),
        Trouble.FAILED: _("{name} could not be read."),
        Trouble.NOT_HERE: _("{name} is not on this computer: the plan came without it."),
    }
    return sentences[facts.trouble].format(name=name)


def what_helps(facts: FileFacts) -> str:
    """What somebody could do about the file, in one sentence; "" where nothing needs to be done."""
    helps = {
        Trouble.PASSWORD: _("Ask for a copy without one."),
        Trouble.DAMAGED: _("Ask for the file again, or print the original to a new PDF."),
        Trouble.EMPTY: _("Ask for the file again."),
        Trouble.NOT_WHAT_IT_SAYS: _("Open it in the program it comes from and export it as PDF."),
        Trouble.TOO_MANY_PAGES: _("Split it into several files."),
        Trouble.TOO_LARGE: _("Print it to a new PDF, or make its pictures smaller."),
        Trouble.NO_CONVERTER: _("Export it as tagged PDF and attach that, or install LibreOffice."),
        Trouble.SECRET: _("Export it as tagged PDF in the program it comes from, and attach that."),
        Trouble.UNSUPPORTED: _("Export it as PDF and attach that."),
        Trouble.FAILED: _("Print it to a new PDF and attach that."),
        Trouble.NOT_HERE: _("Put the folder of the plan's files beside the plan, or ask for the plan as one file."),
    }
    if facts.trouble is not None:
        return helps[facts.trouble]
    if facts.scanned and not facts.described:
        return _("Ask for the file it was printed from, or let a scanner program read its text (OCR).")
    if facts.kind is FileKind.PICTURE and not facts.described:
        return _("Write what it shows, for those who cannot see it.")
    if facts.kind in (FileKind.TEXT, FileKind.MIXED) or facts.broken_tags:
        return _("Export it again from the program it comes from, such as Word, with tags for accessibility.")
    if facts.untagged:
        return _("Export it again with tags on all pages.")
    if facts.unembedded_fonts:
        return _("Export it again with its fonts embedded.")
    return ""


def kind_phrase(facts: FileFacts) -> str:
    """What the file is, in a few words."""
    if facts.kind is FileKind.TAGGED:
        if facts.verified:
            return _("Tagged, checked")
        return _("Tagged, with errors") if facts.findings else _("Tagged, not checked")
    return {
        FileKind.TEXT: _("Text without structure"),
        FileKind.SCAN: _("Pages without text"),
        FileKind.MIXED: _("Text without structure, and pages without text"),
        FileKind.PICTURE: _("Picture"),
        FileKind.PLAIN: _("Plain text"),
        FileKind.REFUSED: _("Not included"),
    }[facts.kind]


def facts_notes(facts: FileFacts) -> tuple[str, ...]:
    """What a reader should know of an included file, in short phrases."""
    said = [
        (facts.converted, _("it was converted from an office file")),
        (facts.repaired, _("it was damaged and was repaired")),
        (facts.decrypted, _("its encryption was removed")),
        (facts.flattened, _("its form was turned into plain text")),
        (facts.broken_tags, _("its tags were broken and were not used")),
        (facts.unembedded_fonts, _("some of its fonts are not embedded")),
        (facts.claims_ua and not facts.checked, _("that it is accessible was not checked")),
    ]
    return (
        *(words for true, words in said if true),
        *removal_notes(facts),
        *_pages(facts),
        *_findings(facts),
    )


def removal_notes(facts: FileFacts) -> list[str]:
    """What was taken out of the file, in short phrases."""
    return [_removal(Removed(code), count) for code, count in sorted(Counter(facts.removed).items())]


def _removal(code: Removed, n: int) -> str:
    words = {
        Removed.SCRIPT: ngettext("one script was removed", "{n} scripts were removed", n),
        Removed.LAUNCH: ngettext("one command was removed", "{n} commands were removed", n),
        Removed.ACTION: ngettext("one action was removed", "{n} actions were removed", n),
        Removed.ATTACHMENT: ngettext("one enclosed file was removed", "{n} enclosed files were removed", n),
        Removed.MEDIA: ngettext("one recording was removed", "{n} recordings were removed", n),
        Removed.XFA: ngettext("one interactive form was removed", "{n} interactive forms were removed", n),
        Removed.LINK: ngettext("one link out of it was removed", "{n} links out of it were removed", n),
        Removed.LAYER: ngettext("one hidden layer was removed", "{n} hidden layers were removed", n),
        Removed.HIDDEN: ngettext("one hidden note was removed", "{n} hidden notes were removed", n),
    }
    return words[code].format(n=n)


def _pages(facts: FileFacts) -> list[str]:
    notes = []
    if facts.scanned and len(facts.scanned) < facts.pages:
        words = ngettext("page {pages} has no text", "pages {pages} have no text", len(facts.scanned))
        notes.append(words.format(pages=page_ranges(facts.scanned)))
    if facts.untagged:
        words = ngettext("page {pages} has no tags", "pages {pages} have no tags", len(facts.untagged))
        notes.append(words.format(pages=page_ranges(facts.untagged)))
    return notes


def _findings(facts: FileFacts) -> list[str]:
    count = len(facts.findings)
    if not count:
        return []
    words = ngettext(
        "it breaks one rule of the accessibility standard",
        "it breaks {n} rules of the accessibility standard",
        count,
    )
    return [words.format(n=count)]


def page_ranges(pages: tuple[int, ...]) -> str:
    """Pages as people write them: 1–3, 7, 9–12."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][1] + 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)
