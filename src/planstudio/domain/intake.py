"""What is known of a file that somebody attached: what it is, what was done to it, and the words for it.

The facts come from the intake, which takes the file apart in a process of its own; they stand in the packet's
accessibility summary and beside the file on the screen. They name no object of the file and can be kept as JSON.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any

from planstudio.domain.kinds import Worded
from planstudio.domain.words import word
from planstudio.i18n import N_, _, ngettext

MOST_PAGES = 2000
MOST_FRAMES = 50  # of a picture in several pages, as scanners write them
_MOST_CODES = 1000


class FileKind(Worded):
    TAGGED = "tagged", N_("Tagged, not checked")
    TEXT = "text", N_("Text without structure")  # pages of text without tags
    SCAN = "scan", N_("Pages without text")  # pages that are pictures only
    MIXED = "mixed", N_("Text without structure, and pages without text")
    PICTURE = "picture", N_("Picture")
    PLAIN = "plain", N_("Plain text")  # text, Markdown, CSV
    REFUSED = "refused", N_("Not included")


class Trouble(Worded):
    """Why a file cannot be included."""

    PASSWORD = "password", N_("{name} is protected by a password.")
    DAMAGED = "damaged", N_("{name} is damaged and cannot be read.")
    EMPTY = "empty", N_("{name} is empty.")
    NOT_WHAT_IT_SAYS = "not what it says", N_("{name} is not the kind of file that its name says.")
    TOO_MANY_PAGES = "too many pages", N_("{name} has too many pages.")
    TOO_LARGE = "too large", N_("{name} takes too much memory or time to read.")
    NO_CONVERTER = "no converter", N_("{name} is an office file, and no LibreOffice was found that could convert it.")
    UNSUPPORTED = "unsupported", N_("{name} is of a kind that cannot be included.")
    FAILED = "failed", N_("{name} could not be read.")
    SECRET = "secret", N_("{name} is an office file: to convert it, it would have to stand on the disk unprotected.")
    NOT_HERE = "not here", N_("{name} is not on this computer: the plan came without it.")


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
    return FileFacts(FileKind.REFUSED, trouble=trouble)


def trouble_sentence(facts: FileFacts, name: str) -> str:
    """Why the file *name* is not included; "" where it is."""
    return word(facts.trouble).format(name=name) if facts.trouble else ""


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
    tagless = facts.kind in (FileKind.TEXT, FileKind.MIXED) or facts.broken_tags
    picture = facts.kind is FileKind.PICTURE and not facts.described
    needs = (
        (facts.scanned and not facts.described,
         _("Ask for the file it was printed from, or let a scanner program read its text (OCR).")),
        (picture, _("Write what it shows, for those who cannot see it.")),
        (tagless, _("Export it again from the program it comes from, such as Word, with tags for accessibility.")),
        (facts.untagged, _("Export it again with tags on all pages.")),
        (facts.unembedded_fonts, _("Export it again with its fonts embedded.")),
    )  # fmt: skip
    return next((words for true, words in needs if true), "")


def kind_phrase(facts: FileFacts) -> str:
    if facts.kind is FileKind.TAGGED and (facts.verified or facts.findings):
        return _("Tagged, checked") if facts.verified else _("Tagged, with errors")
    return word(facts.kind)


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
    scanned, untagged, n = facts.scanned, facts.untagged, len(facts.findings)
    if len(scanned) >= facts.pages:
        scanned = ()  # it is told as a scan
    numbered = (
        (scanned, ngettext("page {pages} has no text", "pages {pages} have no text", len(scanned))),
        (untagged, ngettext("page {pages} has no tags", "pages {pages} have no tags", len(untagged))),
    )
    broken = ngettext(
        "it breaks one rule of the accessibility standard", "it breaks {n} rules of the accessibility standard", n
    )
    return (
        *(words for true, words in said if true),
        *removal_notes(facts),
        *(words.format(pages=page_ranges(pages)) for pages, words in numbered if pages),
        *((broken.format(n=n),) if n else ()),
    )


def removal_notes(facts: FileFacts) -> list[str]:
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


def page_ranges(pages: tuple[int, ...]) -> str:
    """Pages as people write them: 1–3, 7, 9–12."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][1] + 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)
