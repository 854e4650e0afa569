"""What a question is called on the screen, and its sides and answers: one place for list, cards and screen readers."""

from __future__ import annotations

from datetime import date

from planstudio.domain.differences import Difference, Question, Sort, Voice
from planstudio.domain.weaving import Woven, weave
from planstudio.i18n import _, clock_time, near_date, ngettext


def title(question: Question) -> str:
    """For the list: what it is about."""
    one = question.first
    return (one.page if question.ballot else one.name) or one.element


def kind_words(one: Difference) -> str:
    return {
        Sort.NUMBER: _("a figure"), Sort.DAY: _("a date"), Sort.TIME: _("a time"), Sort.CHOICE: _("a choice"),
        Sort.ORDER: _("the order"), Sort.ELEMENT: _("kept or deleted"), Sort.CLOSED: _("a value"),
    }.get(one.sort, _("words"))  # fmt: skip


def note(question: Question) -> str:
    """For the list: which part of it, and what sort of thing."""
    if question.ballot:
        n = sum(one.table == "vote" for one in question.differences)
        return ngettext("Vote · {n} member", "Vote · {n} members", n).format(n=n)
    one = question.first
    words = _("Place") if one.together else one.field_words
    return one.element if one.whole else f"{words} · {kind_words(one)}"


def heading(question: Question) -> str:
    """Above the question in full."""
    one = question.first
    if question.ballot:
        return _("Vote on {name}").format(name=one.page)
    if one.whole:
        return one.element
    if (one.table, one.field) == ("observation", "value"):
        return one.name
    words = _("Place") if one.together else one.field_words
    field = words[:1].lower() + words[1:]
    return _("{element}: {field}").format(element=one.element, field=field)


def woven_of(question: Question) -> Woven | None:
    """Both texts in one; None where there are no words to weave."""
    one = question.first
    if not one.prose or question.ballot:
        return None
    texts = [str(side.value or "") for voice in question.voices if (side := voice.of(one)) is not None]
    woven = weave(str(one.base or ""), texts[0], texts[1])
    for other in texts[2:]:
        more = weave(str(one.base or ""), woven.text, other)
        woven = Woven(more.text, more.places, woven.touching + more.touching, woven.signs)
    return woven


def standing(question: Question, woven: Woven | None) -> str:
    """How the sides stand to each other, in a sentence."""
    if question.ballot:
        return _("a vote is kept member by member, never counted from both")
    if question.first.whole:
        return _("deleted in one copy, gone on with in the other")
    if woven is None:
        return _("one value can be kept")
    if not woven.touching:
        words = ngettext("{n} place differs", "{n} places differ, and they can stand together", woven.places)
        return words.format(n=woven.places)
    words = ngettext("{n} place differs: both changed it", "{n} places differ, both changed {m} of them", woven.places)
    return words.format(n=woven.places, m=woven.touching)


def voice_name(voice: Voice) -> str:
    if voice.mine:
        return _("Yours")
    name = voice.author or _("Somebody")
    return _("{name}, on another computer").format(name=name) if voice.elsewhere else name


def when(voice: Voice, today: date) -> str:
    """ "today, 10:40 AM", "Nov 3, 10:40 AM"."""
    if voice.at is None:
        return ""
    at = voice.at.astimezone()
    day = _("today") if at.date() == today else near_date(at.date(), today)
    return _("{day}, {time}").format(day=day, time=clock_time(at))


def verbs(question: Question) -> list[tuple[str, Voice]]:
    """The letter and words of each answer that takes a side."""
    voices = question.voices
    made = [_("K Keep mine"), _("T Take theirs")]
    if not (question.mine and question.theirs):
        letters = [words.partition(" ")[0] for words in made] + [str(n) for n in range(3, len(voices) + 1)]
        told = [_("Keep mine") if v.mine else _("Take what {name} wrote").format(name=voice_name(v)) for v in voices]
        made = [f"{letter} {words}" for letter, words in zip(letters, told, strict=False)]
    if question.first.whole and not question.ballot:
        sides = [voice.of(question.first) for voice in voices]
        ends = [_("delete it") if side is not None and side.gone else _("keep it") for side in sides]
        made = [f"{words}: {end}" for words, end in zip(made, ends, strict=False)]
    return list(zip(made, voices, strict=False))


def done_words(question: Question, voice: Voice | None) -> str:
    """What was done: a side taken, or for None another value written."""
    if voice is None:
        return _("chosen member by member") if question.ballot else _("wrote another")
    if voice.mine:
        return _("kept yours")
    if question.theirs is not None:
        return _("took theirs")
    return _("took what {name} wrote").format(name=voice_name(voice))


def spoken(question: Question, n: int, of: int, says: list[str]) -> str:
    """The question as a screen reader says it."""
    parts = [_("Conflict {n} of {of}, {heading}.").format(n=n, of=of, heading=heading(question))]
    if question.first.before and not question.ballot:
        parts.append(_("Before both: {words}.").format(words=question.first.before))
    parts += says
    return " ".join(parts)
