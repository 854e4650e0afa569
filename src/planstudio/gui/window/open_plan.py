"""A plan that is open in a window: everything that lives and dies with it, and what can be done in it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any

from planstudio import files
from planstudio.domain.errors import PlanStudioError
from planstudio.domain.file_words import arrivals
from planstudio.domain.files import Standing
from planstudio.domain.kinds import StatementKind
from planstudio.domain.places import NOWHERE, OVERVIEW, Place, at_page
from planstudio.gui.pages.page import PrintRequest
from planstudio.gui.pages.registry import titles
from planstudio.gui.window.copies import Copies
from planstudio.gui.window.file_notice import FileNotice
from planstudio.gui.window.greeting import greetings, to_settle
from planstudio.gui.window.locking import Lock
from planstudio.gui.window.parts import PlanParts
from planstudio.gui.window.places import Places
from planstudio.gui.window.protection import Protection
from planstudio.i18n import _, ngettext

if TYPE_CHECKING:
    from planstudio.gui.window import Window
    from planstudio.gui.window.print_page import PrintPage
    from planstudio.workspace import Workspace

_PLACES = {
    "spelling": at_page("spelling"), "overview": OVERVIEW, "district": at_page("district"),
    "one_page": at_page("one-page"), "policies": at_page("policies"), "meetings": at_page("meetings"),
    "history": at_page("history"), "updates": at_page("updates"), "past": at_page("past"),
    "settle": at_page("settle"),
}  # fmt: skip


class OpenPlan(PlanParts):
    def __init__(self, window: Window, workspace: Workspace) -> None:
        super().__init__(window, workspace)
        self.printer: PrintPage | None = None
        self.copies = Copies(self)
        self.protection = Protection(self, self.copies)
        self.notice = FileNotice(self, self.copies, self.protection)
        self.lock = Lock(self, self.protection)
        self.desk.failed.connect(self.window.problems.show)
        self.desk.changed.connect(self.window.personal.on_changed)
        self.view.went.connect(self.window.show_state)
        Places(self.window, self.view)
        self.view.import_requested.connect(self.window.importing.ask)
        self.view.print_requested.connect(self.print_report)
        self.view.packet.save_requested.connect(self.copies.save_pdf)
        self.saver.standing_changed.connect(self._show_standing)
        self.saver.standing_changed.connect(self.notice.show_standing)
        self.saver.merged.connect(self._on_merged)
        self.saver.heavy.connect(self._on_heavy)
        self.saver.cancelling.connect(self.window.offer_cancel)
        self.saver.gatherer.gathered.connect(self._on_gathered)
        self.saver.gatherer.lost.connect(self._on_lost)
        self.saver.gatherer.jobs.progressed.connect(self.window.show_progress)
        self.saver.gatherer.jobs.finished.connect(self.window.end_progress)

    def begin(self) -> None:
        """Show the place that was shown last, and say what one should know."""
        self.view.come_back()
        self.view.outline.setFocus()
        self.workspace.forget_other_keys()
        self.lock.begin()
        self.window.problems.reticent = self.workspace.secret
        for words in greetings(self.workspace):
            back = self.workspace.former is not None and str(self.workspace.former.name) in words
            self.tell(words, False, *((_("Restore…"), self.copies.restore) if back else ()))
        if n := to_settle(self.workspace):
            words = ngettext(
                "{n} difference between two copies of this plan waits for an answer.",
                "{n} differences between two copies of this plan wait for an answer.",
                n,
            )
            self.tell(words.format(n=n), False, _("Settle"), lambda: self.view.go(at_page("settle")))
        self.saver.begin()

    def may_close(self, *, publish: bool, locking: bool) -> bool:
        """Store what is being typed and save; False where the person has to decide first, which is told.

        *locking* waits for no decision.
        """
        settled = self.view.settle()
        if not locking and (not settled or self.window.importing.return_to_page() or self._return_to_begun()):
            return False
        return not publish or self._save_last() or locking

    def end(self) -> None:
        self.saver.end()
        self.view.close_down()
        self.lock.end()
        self.workspace.close()
        self.notice.forget()
        for widget in (self.view, self.printer):
            if widget is not None:
                self.window.stack.removeWidget(widget)
                widget.deleteLater()
        self.deleteLater()

    def _save_last(self) -> bool:
        """Save before closing; False, with the choices told, where the work would be nowhere but here."""
        try:
            self.saver.save_and_wait()
        except PlanStudioError as error:
            n = self.workspace.waiting
            words = ngettext(
                "{why} {n} change is nowhere but on this computer, where it is kept.",
                "{why} {n} changes are nowhere but on this computer, where they are kept.",
                n,
            )
            close = self.window.close if self.window.is_leaving else self.window.close_plan
            self.view.banners.ask(
                words.format(why=error, n=n), (_("Try again"), close), (_("Save a copy"), self.copies.save_copy),
                (_("Close anyway"), lambda: self.window.close_plan(publish=False) and close()), alarm=True,
            )  # fmt: skip
            return False
        return True

    def _return_to_begun(self) -> bool:
        """Show what was begun and not recorded, so that closing does not lose it; False for nothing."""
        self.view.put_away()
        begun = self.desk.unrecorded
        words = _("This comment has not been added yet. Add it, or empty its line, and close again.")
        if begun.updates:
            words = _("This update has not been recorded yet. Record it, or cancel it, and close again.")
        place = next(iter((*begun.updates, *begun.comments)), NOWHERE)
        if place:
            self.window.stack.setCurrentWidget(self.view)
            self.view.show_begun(place)
        elif begun.answers:
            self.window.stack.setCurrentWidget(self.view)
            words = self.view.show_begun_answer()  # "" where somebody else has chosen meanwhile
        else:
            return False
        if words:
            self.tell(words, True)
        return bool(words)

    def act(self, name: str) -> None:
        own: dict[str, Callable[[], Any]] = {
            "save_copy": self.copies.save_copy,
            "one_file": self.copies.one_file,
            "clean_copy": self.copies.clean_copy,
            "export_json": self.copies.export_json,
            "json_for_others": self.copies.json_for_others,
            "restore": self.copies.restore,
            "merge_copy": self.copies.ask_merge,
            "protect": self.protection.protect,
            "password": self.protection.change,
            "recovery": self.protection.print_sheet,
            "lock": self.lock.lock,
            "close": self.lock.close,
            "print": self._print_here,
        }
        if name in own:
            own[name]()
        elif not self.is_shown and name in ("undo", "redo"):
            self.window.statusBar().showMessage(_("Go back to the plan to take a step back."), 10_000)
        else:
            self._act_on_page(name)

    def _act_on_page(self, name: str) -> None:
        view = self.view
        act: dict[str, Callable[[], Any]] = {
            "undo": self.desk.undo,
            "redo": self.desk.redo,
            "find": view.side.begin_find,
            "replace": view.begin_replace,
            "names": self.window.personal.rename,
            "add_statement": lambda: view.add_statement(StatementKind.OTHER),
            "add_goal": view.add_goal,
            "record": view.record_progress,
            "attach": view.attach_policy,
            "plan": view.outline.setFocus,
            "brief": view.goal_brief,
            "quick_open": self.quick_open,
            "outline": view.panes.toggle_outline,
            "details": view.panes.toggle_details,
            "next_pane": lambda: self.window.walk(view.panes.shown(), view.outline, 1),
            "previous_pane": lambda: self.window.walk(view.panes.shown(), view.outline, -1),
        }
        if not self.is_shown:
            self.window.stack.setCurrentWidget(view)
            self.window.importing.remind()
            self.window.appearance.settle()
        if name not in ("next_pane", "previous_pane"):
            self.window.leave_field()
        if name in _PLACES:
            view.go(_PLACES[name])
        else:
            act[name]()

    @property
    def is_shown(self) -> bool:
        """Whether the plan is what the window shows, and not a document that is checked or printed."""
        return self.window.stack.currentWidget() is self.view

    def quick_open(self) -> None:
        """Any element, page or command, found by a few letters."""
        from planstudio.gui.dialogs.quick_open import QuickOpen, targets

        commands = self.window.actions_by_name
        chosen = QuickOpen(self.window, targets(self.desk, titles(), commands)).chosen()
        if chosen is None:
            return
        if chosen.table == "command":
            commands[chosen.ident].trigger()
        elif chosen.table == "plan":
            self.desk.show_plan(chosen.ident)
        else:
            self.window.stack.setCurrentWidget(self.view)
            self.view.go(Place(chosen.table, chosen.ident))

    def _print_here(self) -> None:
        """On an agenda its packet is printed, everywhere else a report."""
        if self.is_shown and self.view.packet.isVisible():
            self.window.leave_field()
            self.view.packet.offer_print()
        else:
            self.print_report(PrintRequest())

    def print_report(self, asked: PrintRequest) -> None:
        """The page for printing, with the report that is asked for in it."""
        from planstudio.gui.window.print_page import PrintPage

        self.window.leave_field()
        self.saver.save()
        if self.printer is None:
            self.printer = PrintPage(self.desk, self.window.jobs)
            self.printer.closed.connect(self.window.come_back)
            self.printer.go_requested.connect(self.window.come_back)  # to what is asked about before it is printed
            self.printer.go_requested.connect(self.view.go)
            self.printer.save_requested.connect(self.copies.save_pdf)
            self.printer.print_requested.connect(self.copies.send_to_printer)
            self.printer.table_requested.connect(self.copies.save_table)
            self.window.stack.addWidget(self.printer)
        self.window.stack.setCurrentWidget(self.printer)
        self.printer.open(asked)

    def _show_standing(self, standing: Standing) -> None:
        self.window.show_standing(standing, self.workspace.path.parent, to_settle(self.workspace))

    def _on_merged(self, people: list[tuple[str, datetime]], to_settle: int) -> None:
        if people:
            place = at_page("settle" if to_settle else "history")
            verb = _("Settle") if to_settle else _("See all")
            self.tell(arrivals(people, to_settle), False, verb, lambda: self.view.go(place))

    def _on_heavy(self, folder: str) -> None:
        words = _("This plan keeps its files in the folder {folder} beside it. To send everything: Send as one file.")
        self.tell(words.format(folder=folder), False, _("Send as one file…"), self.copies.one_file)

    def _on_gathered(self, came: int, missing: int) -> None:
        """Files of the plan have come to this computer; others are not to be had."""
        if came:
            self.view.refresh()
        if missing:
            words = ngettext(
                "{n} file of this plan is not here: the plan came without the folder of its files.",
                "{n} files of this plan are not here: the plan came without the folder of its files.",
                missing,
            )
            self.tell(words.format(n=missing), True, _("Look again"), self.saver.gatherer.look)

    def _on_lost(self, names: tuple[str, ...]) -> None:
        """Files that were damaged on this computer are to be had nowhere."""
        if not names:
            return
        self.view.refresh()
        words = ngettext(
            "{names}: damaged on this computer, and no whole copy was found. A colleague who opens the plan brings it "
            "back; else attach it once more.",
            "{names}: damaged on this computer, and no whole copies were found. A colleague who opens the plan brings "
            "them back; else attach them once more.",
            len(names),
        )
        told = words.format(names=", ".join(files.shown(name) for name in names))
        self.tell(told, True, _("Look again"), self.saver.gatherer.look)

    def show_names(self) -> None:
        """What the district and the plan are called, above the page and in the title of the window."""
        from planstudio.queries.plans import organization_card, plan_card

        with suppress(PlanStudioError):
            title = self.desk.ask(plan_card, self.desk.plan_id).title
            self.window.show_names(self.desk.ask(organization_card).name, title, title or self.workspace.path.stem)
