"""What one should know about a plan file before one begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planstudio import files
from planstudio.i18n import _, clock_time, medium_date, ngettext

if TYPE_CHECKING:
    from planstudio.workspace import Workspace


def greetings(workspace: Workspace) -> list[str]:
    made, other = [], workspace.elsewhere
    if workspace.former is not None:
        words = _("{name} is another plan than the one that stood here before. The former work is kept: {place}")
        made.append(words.format(name=files.shown(workspace.path.name), place=files.shown(workspace.former)))
    if n := workspace.recovered:
        words = ngettext("Your last change was kept and is here.", "Your last {n} changes were kept and are here.", n)
        made.append(words.format(n=n))
    if workspace.read_only:
        made.append(_("This plan is open for reading only. Save a copy to change it."))
    elif other is not None:
        since = other.since.astimezone() if other.since else None
        today = since is not None and since.date() == workspace.clock.today()
        at = (clock_time(since) if today else medium_date(since.date())) if since else ""
        words = _("{user} on {computer} has this open since {time}. You can both work; the copies are put together.")
        made.append(words.format(user=other.user or _("Somebody"), computer=other.computer, time=at))
    return made


def to_settle(workspace: Workspace) -> int:
    from planstudio.queries.conflicts import count_differences

    return workspace.ask(count_differences)
