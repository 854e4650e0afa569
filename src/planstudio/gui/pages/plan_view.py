"""An open plan: outline at the left, the chosen page in the middle, its details at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QToolBar, QWidget
from shiboken6 import isValid

from planstudio.domain.changes import Change
from planstudio.domain.errors import NotFound
from planstudio.domain.kinds import ItemState, StatementKind
from planstudio.domain.places import NOWHERE, OVERVIEW, Place, at_page
from planstudio.domain.preflight import Finding
from planstudio.domain.words import word
from planstudio.gui.announcing import announcer
from planstudio.gui.desk import Desk
from planstudio.gui.focus import hand_over, is_gone, line_of
from planstudio.gui.pages.inspector import Inspector
from planstudio.gui.pages.overview_page import OverviewPage
from planstudio.gui.pages.packet_pane import PacketPane
from planstudio.gui.pages.page import Page, sent_back
from planstudio.gui.pages.page_stack import PageStack
from planstudio.gui.pages.panes import Panes
from planstudio.gui.pages.registry import whole
from planstudio.gui.pages.replace_page import ReplacePage
from planstudio.gui.pages.settle_page import SettlePage
from planstudio.gui.pages.side import Side
from planstudio.gui.settings import Settings
from planstudio.gui.widgets.banner import Banner, Banners
from planstudio.gui.widgets.basics import column
from planstudio.gui.widgets.fields import Entry
from planstudio.gui.widgets.overlaid import Overlaid
from planstudio.gui.widgets.panes import next_stop, stops
from planstudio.gui.widgets.spelling import spelling
from planstudio.gui.widgets.text_field import TextField
from planstudio.i18n import _
from planstudio.operations.meetings import send_item
from planstudio.operations.plans import learn_word
from planstudio.operations.statements import add_statement
from planstudio.queries.plans import organization_card, people, plan_outline


class PlanView(QWidget):
    went = Signal()
    import_requested = Signal()
    print_requested = Signal(object)  # PrintRequest

    def __init__(self, desk: Desk, settings: Settings) -> None:
        super().__init__()
        self.desk = desk
        self._settings = settings
        self.here = NOWHERE
        self._path = desk.workspace.path
        self._offer: Banner | None = None
        self._findings: Sequence[Finding] = ()
        self.side = Side(desk)
        self.outline, self.model, self.search, self.results = (
            self.side.outline, self.side.model, self.side.search, self.side.results,
        )  # fmt: skip
        self.stack = PageStack(desk, settings)
        self.inspector = Inspector(desk, settings)
        self.packet = PacketPane(desk, settings.folder / "prepared")
        self.banners = Banners()
        middle = Overlaid(self.stack, self.banners)
        self.panes = Panes(self.side, self.stack, middle, self.inspector, self.packet, settings, self._path)
        self.notices = column(edge=(2, 0, 2, 0))  # above the page, never over it
        self.setLayout(column(self.notices, self.panes.split, grow=1))
        self._connect()
        self._teach()

    def _connect(self) -> None:
        self.side.looked.connect(self.look)
        self.side.opened.connect(self._open_row)
        self.side.chosen.connect(self.go)
        self.side.removed.connect(self._on_removed)
        self.side.goal_requested.connect(self.add_goal)
        self.side.statement_requested.connect(self.add_statement)
        self.stack.made.connect(self._join)
        self.inspector.go_requested.connect(self.go)
        self.inspector.said.connect(partial(self.say, alarm=True))
        self.packet.said.connect(self.say)
        self.packet.failed.connect(partial(self.say, alarm=True))
        self.packet.fix_requested.connect(self._mend)
        self.packet.found.connect(self._show_findings)
        self.desk.changed.connect(self._on_changed)
        self.desk.plan_chosen.connect(self._on_plan_chosen)
        spelling().learned.connect(self._learn)

    def _join(self, page: Page) -> None:
        page.go_requested.connect(self.go)
        page.said.connect(partial(self.say, alarm=True))
        page.told.connect(self.say)
        page.removed.connect(self._on_removed)
        page.print_requested.connect(self.print_requested)
        page.record_requested.connect(self.record_progress)
        page.import_requested.connect(self.import_requested)
        page.attach_requested.connect(self.inspector.policies.attach)
        page.item_shown.connect(self.packet.pages.go)
        page.show_findings(self._findings)

    def come_back(self) -> None:
        """Show what this person looked at last in this plan, else the overview."""
        at = self._settings.recall(self._path, "here")
        if isinstance(at, list) and len(at) == 2:
            self.go(Place(str(at[0]), str(at[1])))
        if not self.here:
            self.go(OVERVIEW)

    def go(self, place: Place) -> None:
        """Show *place*, and put the cursor into it."""
        before = self.here
        self.packet.set_large(False)
        self.look(place)
        if self.here != before and self.stack.shown is not None:
            self.stack.shown.begin()
            self.panes.fold_outline()

    def look(self, place: Place) -> None:
        """Show *place* and leave the cursor where it is, as when one walks through the outline."""
        place = whole(place)
        page = self.stack.page_at(place) if place else None
        if page is None:
            return
        if place != self.here:
            if not self.settle():
                self._mark_outline()
                return
            self.put_away()
        page.come_from(self.here)
        try:
            page.open(place.ident)
        except NotFound:
            if place != OVERVIEW:
                self.look(OVERVIEW)
            return
        self.here = place
        self.stack.setCurrentWidget(page)
        self._mark_outline()
        self.panes.show_place(place)
        self._settings.remember(self._path, "here", list(place))
        self.went.emit()

    def settle(self) -> bool:
        """Store what is being typed on this page; False where it was refused: the field has the cursor again."""
        focus, page = QApplication.focusWidget(), self.stack.shown
        if page is None:
            return True
        if isinstance(focus, TextField | Entry) and page.isAncestorOf(focus):
            focus.commit()
        if (refused := page.refused()) is not None:
            self.say(sent_back(refused), alarm=True)
        return refused is None

    def _mark_outline(self) -> None:
        if self.stack.shown is not None:
            with suppress(NotFound):
                self.outline.go(self.stack.shown.anchor())

    def focusNextPrevChild(self, on: bool) -> bool:
        """Tab goes through the outline, the page and the details, then to the toolbar."""
        focus = QApplication.focusWidget()
        if focus is not None and is_gone(focus):
            return hand_over(line_of(focus))
        panes = [pane for pane in (self.side, self.stack, self.inspector, self.packet) if pane.isVisible()]
        target = next_stop(panes, focus, on) if focus is not None else None
        if target is None and on and (bar := self.window().findChild(QToolBar)) is not None:
            target = next(iter(stops(bar)), None)
        if target is None:
            return super().focusNextPrevChild(on)
        target.setFocus(Qt.FocusReason.TabFocusReason if on else Qt.FocusReason.BacktabFocusReason)
        return True

    def say(self, words: str, *, alarm: bool = False, action: str = "", act: Callable[[], Any] | None = None) -> Banner:
        return self.banners.say(words, alarm=alarm, action=action, act=act)

    def _on_removed(self, name: str) -> None:
        """Offer to bring back what was deleted, as long as that is what Undo would do."""
        words = _("“{name}” was deleted.").format(name=name[:60])
        announcer().forget_step()
        self._offer = self.say(words, action=_("Undo"), act=self.desk.undo)

    def _show_findings(self, findings: Sequence[Finding]) -> None:
        """What the pre-flight list says, beside the items and files it says it of."""
        self._findings = findings
        for page in self.stack:
            page.show_findings(findings)

    def _mend(self, item_id: str, what: str, file_id: str) -> None:
        """From a line of the pre-flight list to the field that it speaks of."""
        if item_id and what == "accept":
            self.desk.do(_("Accept an item"), send_item, item_id, ItemState.ACCEPTED)
            return
        page = self.stack.shown
        if item_id:
            self.look(Place("agenda_item", item_id))
        elif page is not None and page.meeting_id:
            self.look(Place("meeting", page.meeting_id))
        if self.stack.shown is not None:
            self.stack.shown.mend_finding(what, file_id)

    def add_goal(self) -> None:
        self.stack.get(OverviewPage).add_goal()

    def add_statement(self, kind: StatementKind) -> None:
        heading = "" if kind is StatementKind.OTHER else word(kind)
        label = _("Add {name}").format(name=word(kind))
        if done := self.desk.do(label, add_statement, self.desk.plan_id, kind, heading):
            self.go(Place("statement", done.answer))

    def show_begun(self, place: Place) -> None:
        """Show an element with the update or the comment that was begun for it."""
        update = place in self.desk.unrecorded.updates
        self.look(place)
        self.panes.show_details()
        self.inspector.show_element(place)
        if update:
            self.inspector.progress.act()
        else:
            self.inspector.comments.list.entry.entry.setFocus()

    def show_begun_answer(self) -> str:
        """Show an answer that was begun to what both changed; what is to be done with it, "" where there is none."""
        self.look(at_page("settle"))
        return self.stack.get(SettlePage).show_begun()

    def record_progress(self) -> None:
        if self.stack.shown is not None and self.stack.shown.takes_progress:
            self.panes.show_details()
            self.inspector.progress.act()

    def goal_brief(self) -> None:
        """Where we are on the goal that is shown, else on the first one."""
        here = self.stack.shown.goal() if self.stack.shown is not None else ""
        goals = [here] if here else [one.id for one in self.desk.ask(plan_outline, self.desk.plan_id).goals]
        if goals:
            self.go(Place("brief", goals[0]))
        else:
            self.say(_("There is no goal in this plan yet."))

    def attach_policy(self) -> None:
        if self.stack.shown is not None and self.stack.shown.takes_policies:
            self.inspector.policies.attach(self.here)

    def _open_row(self, place: Place) -> None:
        """From the outline into the page, to write there."""
        self.look(place)
        if (page := self.stack.shown) is not None:
            (page.first or page).setFocus()

    def begin_replace(self) -> None:
        """Find and replace, with the words that are selected or stand in the line for finding."""
        focus = QApplication.focusWidget()
        selected = focus.textCursor().selectedText() if isinstance(focus, TextField) else ""
        words = selected if "\u2029" not in selected else ""
        self.go(at_page("replace"))
        page = self.stack.get(ReplacePage)
        page.look_for(words or self.search.text().strip())
        page.begin()

    def _on_changed(self, change: Change) -> None:
        if self._offer is not None and isValid(self._offer):
            self._offer.hide()
            self._offer.deleteLater()
        self._offer = None
        if change.concerns("organization") or change.concerns("person"):
            self._teach()

    def _teach(self) -> None:
        """What the spell check knows of this district: its words, its names, its people."""
        district = self.desk.ask(organization_card)
        names = (district.name, district.short_name, district.board_name, district.contact)
        spelling().teach((*district.dictionary.split(), *names, *(person.name for person in self.desk.ask(people))))

    def _learn(self, word: str) -> None:
        self.desk.do(_("Add “{word}” to the district's words").format(word=word), learn_word, word)

    def _on_plan_chosen(self) -> None:
        """Show the same place in the other plan; an element of the one before is not in it."""
        self.side.refresh()
        self.go(self.here if self.here.is_page else OVERVIEW)

    def put_away(self) -> None:
        self.inspector.put_away()
        if self.stack.shown is not None:
            self.stack.shown.put_away()

    def close_down(self) -> None:
        self.packet.close_down()
        for page in self.stack:
            page.close_down()

    def refresh(self) -> None:
        """Ask for everything again, after the plan was replaced as a whole."""
        self.side.refresh()
        self.go(self.here)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.here:
            self.panes.share()
