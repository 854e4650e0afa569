"""How a plan's file and the work on this computer stand to one another: a notice, and the status bar's line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from planstudio.domain.files import FileRelation, FileState, Kept
from planstudio.i18n import _, clock_time, ngettext


@dataclass(frozen=True)
class Verb:
    name: str
    words: str


@dataclass(frozen=True)
class Notice:
    """One line above the page, with what can be done; *tone* is "look" (amber), "note" (gray) or "alarm" (red)."""

    relation: FileRelation
    words: str
    tone: str
    verbs: tuple[Verb, ...] = ()


def notice(state: FileState, folder: str, name: str, found: str = "") -> Notice | None:
    """What is told above the page; None where there is nothing to tell. *found* is where a moved file was found."""
    place = f"{folder}/{name}"
    copy = Verb("copy", _("Save a copy"))
    match state.relation:
        case FileRelation.GONE if found:
            words = _("{name} is no longer in {folder}. It was found at {place}.")
            said = words.format(name=name, folder=folder, place=found)
            return Notice(
                state.relation, said, "look", (Verb("use", _("Use it there")), Verb("where", _("Look elsewhere")))
            )
        case FileRelation.GONE:
            said = _("{name} is no longer in {folder}: it was moved or deleted.").format(name=name, folder=folder)
            two = (Verb("where", _("Show where it is")), Verb("anew", _("Write it here again")))
            return Notice(state.relation, said, "look", two)
        case FileRelation.OLDER:
            words = ngettext(
                "The file is older than your work and lacks {n} change. Was a backup put back? "
                "Your work is put back in a minute.",
                "The file is older than your work and lacks {n} changes. Was a backup put back? "
                "Your work is put back in a minute.",
                state.missing,
            )
            verbs = (
                Verb("see", _("See the difference")),
                Verb("older", _("Take the older state")),
                Verb("back", _("Put my work back now")),
            )
            return Notice(state.relation, words.format(n=state.missing), "look", verbs)
        case FileRelation.READ_ONLY:
            said = _("The folder {folder} does not let this program write. Your changes are kept on this computer.")
            return Notice(state.relation, said.format(folder=folder), "note", (Verb("copy", _("Work in a copy")),))
        case FileRelation.OTHER_PLAN:
            said = _("Another plan stands at {path} now. Save a copy of this one under another name.")
            return Notice(state.relation, said.format(path=place), "alarm", (copy,))
        case FileRelation.NO_PLAN | FileRelation.TOO_NEW:
            return Notice(state.relation, state.why, "alarm", (copy,))
        case FileRelation.LOCKED:
            said = _("The password of this plan was changed. Enter the new one; your changes are kept here until then.")
            return Notice(state.relation, said, "look", (Verb("password", _("Enter the password")),))
        case FileRelation.UNREADABLE:
            said = _("{path} is damaged or half written. Nothing is written over it; the changes wait here.")
            return Notice(state.relation, said.format(path=place), "alarm", (Verb("again", _("Try again")), copy))
        case FileRelation.OUT_OF_REACH if state.missing:
            said = _("The folder {folder} cannot be reached. Your changes are kept on this computer.")
            return Notice(state.relation, said.format(folder=folder), "note", (Verb("copy", _("Save a copy now")),))
    return None


def put_off(n: int, *, saved: bool) -> Notice:
    """Somebody stopped the taking in of *n* changes of others; what is not *saved* waits for them."""
    words = ngettext(
        "{n} change of others waits in the file, for its taking in was stopped.",
        "{n} changes of others wait in the file, for their taking in was stopped.",
        n,
    ).format(n=n)
    if not saved:
        alone = _("Until it is done, your own changes are kept on this computer alone.")
        words = f"{words} {alone}"
    return Notice(FileRelation.NEWER, words, "note", (Verb("take", _("Take it in now")),))


def kept_words(kept: Kept) -> str:
    """Why the bytes of a file cannot be had yet; "" where they are here."""
    return {Kept.HERE: "", Kept.COMING: _("on its way"), Kept.MISSING: _("not here")}[kept]


def status(state: FileState, at: datetime | None, folder: str) -> tuple[str, str]:
    """The status bar's words, and the mark before them."""
    kept = ngettext("{n} change is not in the file", "{n} changes are not in the file", state.missing)
    kept = kept.format(n=state.missing)
    match state.relation:
        case FileRelation.SAVED | FileRelation.NEWER:
            return _("Saved {time}").format(time=clock_time(at) if at else ""), "saved"
        case FileRelation.OLDER:
            return _("The file is older; your work is put back in a minute"), "waiting"
        case FileRelation.OUT_OF_REACH | FileRelation.READ_ONLY:
            return _("Saved on this computer, waiting for {folder}").format(folder=folder), "waiting"
        case FileRelation.WAITING | FileRelation.BOTH:
            return _("Saved on this computer {time}").format(time=clock_time(at) if at else ""), "saved"
    return _("Kept on this computer, {kept}").format(kept=kept), "waiting"


def arrivals(people: list[tuple[str, datetime]], to_settle: int) -> str:
    """ "Ana Fuentes changed 3 things, the last at 10:31 AM.", from the author and time of each of their steps."""
    names = list(dict.fromkeys(name or _("Somebody") for name, _at in people))
    who = names[0] if len(names) == 1 else _("{names} and {last}").format(names=", ".join(names[:-1]), last=names[-1])
    n, last = len(people), max(at for _name, at in people)
    said = ngettext("{who} changed {n} thing, at {time}.", "{who} changed {n} things, the last at {time}.", n)
    words = said.format(who=who, n=n, time=clock_time(last.astimezone()))
    if not to_settle:
        return words
    touched = ngettext("{n} place was changed by you, too.", "{n} places were changed by you, too.", to_settle).format(
        n=to_settle
    )
    return f"{words} {touched}"
