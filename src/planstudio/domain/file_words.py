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
    if state.relation is FileRelation.GONE:
        return _gone(folder, name, found)
    if state.relation is FileRelation.OLDER:
        return _older(state)
    if state.relation is FileRelation.OUT_OF_REACH and not state.missing:
        return None
    place = f"{folder}/{name}"
    copy, beside = Verb("copy", _("Save a copy")), Verb("copy", _("Work in a copy"))
    read_only = _("The folder {folder} does not let this program write. Your changes are kept on this computer.")
    other = _("Another plan stands at {path} now. Save a copy of this one under another name.")
    locked = _("The password of this plan was changed. Enter the new one; your changes are kept here until then.")
    damaged = _("{path} is damaged or half written. Nothing is written over it; the changes wait here.")
    away = _("The folder {folder} cannot be reached. Your changes are kept on this computer.")
    notices: dict[FileRelation, tuple[str, str, tuple[Verb, ...]]] = {
        FileRelation.READ_ONLY: (read_only.format(folder=folder), "note", (beside,)),
        FileRelation.OTHER_PLAN: (other.format(path=place), "alarm", (copy,)),
        FileRelation.NO_PLAN: (state.why, "alarm", (copy,)),
        FileRelation.TOO_NEW: (state.why, "alarm", (copy,)),
        FileRelation.LOCKED: (locked, "look", (Verb("password", _("Enter the password")),)),
        FileRelation.UNREADABLE: (damaged.format(path=place), "alarm", (Verb("again", _("Try again")), copy)),
        FileRelation.OUT_OF_REACH: (away.format(folder=folder), "note", (Verb("copy", _("Save a copy now")),)),
    }
    told = notices.get(state.relation)
    return Notice(state.relation, *told) if told else None


def _gone(folder: str, name: str, found: str) -> Notice:
    if found:
        said = _("{name} is no longer in {folder}. It was found at {place}.")
        verbs = (Verb("use", _("Use it there")), Verb("where", _("Look elsewhere")))
    else:
        said = _("{name} is no longer in {folder}: it was moved or deleted.")
        verbs = (Verb("where", _("Show where it is")), Verb("anew", _("Write it here again")))
    return Notice(FileRelation.GONE, said.format(name=name, folder=folder, place=found), "look", verbs)


def _older(state: FileState) -> Notice:
    words = ngettext(
        "The file is older than your work and lacks {n} change. Was a backup put back? "
        "Your work is put back in a minute.",
        "The file is older than your work and lacks {n} changes. Was a backup put back? "
        "Your work is put back in a minute.",
        state.missing,
    )
    see, older = Verb("see", _("See the difference")), Verb("older", _("Take the older state"))
    back = Verb("back", _("Put my work back now"))
    return Notice(FileRelation.OLDER, words.format(n=state.missing), "look", (see, older, back))


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
    time = clock_time(at) if at else ""
    match state.relation:
        case FileRelation.SAVED | FileRelation.NEWER:
            return _("Saved {time}").format(time=time), "saved"
        case FileRelation.OLDER:
            return _("The file is older; your work is put back in a minute"), "waiting"
        case FileRelation.OUT_OF_REACH | FileRelation.READ_ONLY:
            return _("Saved on this computer, waiting for {folder}").format(folder=folder), "waiting"
        case FileRelation.WAITING | FileRelation.BOTH:
            return _("Saved on this computer {time}").format(time=time), "saved"
    kept = ngettext("{n} change is not in the file", "{n} changes are not in the file", state.missing)
    return _("Kept on this computer, {kept}").format(kept=kept.format(n=state.missing)), "waiting"


def arrivals(people: list[tuple[str, datetime]], to_settle: int) -> str:
    """ "Ana Fuentes changed 3 things, the last at 10:31 AM.", from the author and time of each of their steps."""
    names = list(dict.fromkeys(name or _("Somebody") for name, _at in people))
    who = names[0] if len(names) == 1 else _("{names} and {last}").format(names=", ".join(names[:-1]), last=names[-1])
    n, last = len(people), max(at for _name, at in people)
    said = ngettext("{who} changed {n} thing, at {time}.", "{who} changed {n} things, the last at {time}.", n)
    words = said.format(who=who, n=n, time=clock_time(last.astimezone()))
    touched = ngettext("{n} place was changed by you, too.", "{n} places were changed by you, too.", to_settle)
    return f"{words} {touched.format(n=to_settle)}" if to_settle else words
