"""The recovery sheet of a plan under a password: one page that opens the plan when nobody remembers the password."""

from __future__ import annotations

from datetime import date
from typing import Unpack

from planstudio.i18n import _, long_date
from planstudio.memory import steady_memory
from planstudio.reports.document import ReportDocument
from planstudio.reports.printed import Printed, Way

_ABREAST = 4  # groups of letters in a line


def recovery_sheet(key: str, plan: str, file: str, district: str, today: date, **way: Unpack[Way]) -> Printed:
    """The sheet with *key* for the plan called *plan* in *file*, as a tagged PDF."""
    title = _("Recovery sheet")
    document = ReportDocument(title, district, today, subject=plan, foot=f"{title} · {long_date(today)}", **way)
    with steady_memory(), document.section("", title, "recovery") as writer:
        writer.title(title, kicker=plan)
        words = _(
            "The plan in the file {file} is kept under a password. With the key on this sheet it can be opened when "
            "the password is forgotten. Without password and key nobody can open it, the makers of the program neither."
        )
        writer.p(words.format(file=file), writer.styles.lead)
        with writer.hung(_("The key")):
            groups = key.split("-")
            for n in range(0, len(groups), _ABREAST):
                writer.p("  –  ".join(groups[n : n + _ABREAST]))
            words = _("{n} groups, read line by line. The last one is a check sum. There is no letter I, L, O or U.")
            writer.p(words.format(n=len(groups)), writer.styles.note)
        words = _("Open the plan, and type the key where its password is asked for. Then choose a new password.")
        writer.hang(_("How it is used"), words)
        with writer.hung(_("Where to keep it")):
            words = _(
                "In a sealed envelope in the safe of the district, not beside the computer and not in the plan's own "
                "folder. Whoever has this sheet and the file can read everything in it."
            )
            writer.p(words)
            words = _("Made on {date}. After a change of the password this sheet opens nothing: print a new one.")
            writer.p(words.format(date=long_date(today)))
    return document.finish()
