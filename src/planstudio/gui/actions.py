"""Every menu item: its words, keys and icon, as data. What it does is joined in window.py."""

from __future__ import annotations

from dataclasses import dataclass

from planstudio.i18n import N_


@dataclass(frozen=True)
class Spec:
    name: str
    words: str
    keys: str = ""
    icon: str = ""
    needs_plan: bool = True


MENUS: dict[str, tuple[Spec | None, ...]] = {  # None is a line between two groups
    N_("&File"): (
        Spec("new", N_("New plan…"), "Ctrl+Shift+N", "plus", needs_plan=False),
        Spec("open", N_("Open…"), "Ctrl+O", "folder", needs_plan=False),
        Spec("sample", N_("Open the sample plan"), needs_plan=False),
        None,
        Spec("import", N_("Bring in a document…"), "Ctrl+Shift+I", "wand", needs_plan=False),
        None,
        Spec("save_copy", N_("Save a copy…"), "Ctrl+Shift+S", "share"),
        Spec("one_file", N_("Send as one file…")),
        Spec("clean_copy", N_("Clean copy to share…")),
        Spec("export_json", N_("Export as JSON…")),
        Spec("json_for_others", N_("JSON for others…")),
        Spec("restore", N_("Restore…")),
        Spec("merge_copy", N_("Merge a copy…")),
        None,
        Spec("protect", N_("Keep under a password…")),
        Spec("password", N_("Change the password…")),
        Spec("recovery", N_("Print the recovery sheet…")),
        Spec("lock", N_("Lock now"), "Ctrl+Alt+L", "lock"),
        None,
        Spec("print", N_("Print…"), "Ctrl+P", "print"),
        None,
        Spec("close", N_("Close the plan"), "Ctrl+W"),
        Spec("quit", N_("Quit"), "Ctrl+Q", needs_plan=False),
    ),
    N_("&Edit"): (
        Spec("undo", N_("Undo"), "Ctrl+Z", "undo"),
        Spec("redo", N_("Redo"), "Ctrl+Y", "redo"),
        None,
        Spec("find", N_("Find in this plan"), "Ctrl+F", "search"),
        Spec("replace", N_("Find and replace…"), "Ctrl+H"),
        Spec("spelling", N_("Spelling"), "F7"),
        Spec("quick_open", N_("Go to…"), "Ctrl+K"),
        None,
        Spec("preferences", N_("Preferences…"), "Ctrl+,", "settings", needs_plan=False),
    ),
    N_("&Plan"): (
        Spec("add_statement", N_("Add a statement"), "Ctrl+Shift+A"),
        Spec("add_goal", N_("Add a goal"), "Ctrl+Shift+G"),
        Spec("record", N_("Record progress"), "Ctrl+Return"),
        Spec("attach", N_("Attach policy…"), "Ctrl+Shift+P"),
        None,
        Spec("names", N_("Names of levels and statuses…")),
    ),
    N_("&View"): (
        Spec("overview", N_("Overview"), "Ctrl+1"),
        Spec("plan", N_("Plan"), "Ctrl+2"),
        Spec("district", N_("Plan and district"), "Ctrl+8"),
        Spec("one_page", N_("Plan on one page"), "Ctrl+9"),
        Spec("brief", N_("Where are we on this goal?"), "F4"),
        Spec("updates", N_("My updates"), "Ctrl+7"),
        Spec("policies", N_("Policies"), "Ctrl+3"),
        Spec("meetings", N_("Meetings"), "Ctrl+4"),
        Spec("history", N_("History"), "Ctrl+5"),
        Spec("past", N_("Look back"), "Ctrl+6"),
        Spec("settle", N_("Settle what both changed")),
        None,
        Spec("outline", N_("Show or hide the outline"), "F9", "left"),
        Spec("details", N_("Show or hide the details"), "F10", "right"),
        Spec("next_pane", N_("Next pane"), "F6"),
        Spec("previous_pane", N_("Previous pane"), "Shift+F6"),
        None,
        Spec("larger", N_("Larger type"), "Ctrl+Shift+.", needs_plan=False),
        Spec("smaller", N_("Smaller type"), "Ctrl+Shift+,", needs_plan=False),
        Spec("dark", N_("Light or dark"), "Ctrl+Shift+D", needs_plan=False),
    ),
    N_("&Help"): (
        Spec("keys", N_("Keys"), "F1", needs_plan=False),
        Spec("about", N_("About Plan Studio"), needs_plan=False),
    ),
}


def specs() -> tuple[Spec, ...]:
    return tuple(spec for items in MENUS.values() for spec in items if spec is not None)
