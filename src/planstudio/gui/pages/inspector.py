"""What belongs to the element in the middle: its policies, progress updates, history and files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QInputDialog, QMenu, QToolButton, QVBoxLayout, QWidget

from planstudio import files
from planstudio.domain.cards import FileCard, GoalCard, MeasureCard, PolicyRef, StatementCard, StrategyCard, Use
from planstudio.domain.changes import Change
from planstudio.domain.errors import InvalidInput, NotFound, PlanStudioError
from planstudio.domain.file_words import kept_words
from planstudio.domain.kinds import Relation
from planstudio.domain.places import NOWHERE, Place, at_page
from planstudio.domain.progress import ProgressDraft
from planstudio.domain.texts import name_of
from planstudio.domain.words import table_word, word
from planstudio.gui.desk import Desk
from planstudio.gui.dialogs.attach_policy import AttachPolicy
from planstudio.gui.dialogs.save_as import ask_path
from planstudio.gui.focus import hand_on
from planstudio.gui.settings import Settings
from planstudio.gui.theme import gap
from planstudio.gui.widgets.basics import (
    Elided,
    Pressable,
    column,
    empty,
    plain,
    row,
    rule,
    scrolled,
    sign,
    text,
    tip_of,
    tool,
)
from planstudio.gui.widgets.comment_list import CommentList
from planstudio.gui.widgets.marks import initials
from planstudio.gui.widgets.progress_form import ProgressForm, UpdateList
from planstudio.gui.widgets.section import Section
from planstudio.i18n import _, medium_date, near_date, number
from planstudio.operations.comments import add_comment, delete_comment, reopen_comment, resolve_comment
from planstudio.operations.files import TARGETS as FILE_OWNERS
from planstudio.operations.files import attach_file, detach_file, edit_attachment
from planstudio.operations.policies import attach_policy, detach_policy, edit_link
from planstudio.operations.progress import delete_update, record_progress
from planstudio.queries.comments import comments_of
from planstudio.queries.goals import goal_card, strategy_card
from planstudio.queries.history import element_history
from planstudio.queries.links import file_bytes, files_of
from planstudio.queries.measures import measure_card
from planstudio.queries.policies import all_policies, policy_card
from planstudio.queries.search import page_of
from planstudio.queries.statements import statement_card

_HISTORY = 6
Card = StatementCard | GoalCard | StrategyCard | MeasureCard
_CARDS: dict[str, Callable[..., Card]] = {
    "statement": statement_card,
    "goal": goal_card,
    "strategy": strategy_card,
    "measure": measure_card,
}


class Inspector(QWidget):
    go_requested = Signal(object)  # Place
    said = Signal(str)

    def __init__(self, desk: Desk, settings: Settings) -> None:
        super().__init__()
        self.desk = desk
        self._settings = settings
        self._place = NOWHERE
        self.setProperty("area", "side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._policies, self._history, self._files = QVBoxLayout(), QVBoxLayout(), QVBoxLayout()
        for box in (self._policies, self._history, self._files):
            box.setSpacing(gap(1))
            box.setContentsMargins(gap(2), gap(1), gap(2), 0)
        self.form = ProgressForm()
        self.form.hide()
        self.updates = UpdateList()
        self.policies = self._section("policies", _("Policies"), plain(self._policies), _("Attach"))
        self.progress = self._section(
            "progress", _("Progress updates"), plain(column(self.form, self.updates)), _("Record")
        )
        hand_on(self.form, self.progress.action)
        self.history = self._section("history", _("History"), plain(self._history), _("Show all"))
        self.comments = CommentList()
        self.talk = self._section("comments", _("Comments"), self.comments, "")
        self.files = self._section("files", _("Files"), plain(self._files), _("Add"))
        self._rules = [rule() for _n in range(4)]
        first, second, third, fourth = self._rules
        box = column(
            self.policies, first, self.progress, second, self.talk, third, self.history, fourth, self.files,
            space=3, edge=(2, 3, 2, 4),
        )  # fmt: skip
        box.addStretch(1)
        self.setLayout(column(scrolled(box, "side")))
        self.policies.acted.connect(lambda: self.attach(self._place))
        self.progress.acted.connect(self.begin_progress)
        self.history.acted.connect(lambda: self.go_requested.emit(at_page("history")))
        self.files.acted.connect(self._add_file)
        self.comments.added.connect(self._comment)
        self.comments.resolved.connect(self._resolve)
        self.comments.delete_requested.connect(lambda ident: desk.do(_("Delete a comment"), delete_comment, ident))
        self.form.submitted.connect(self._record)
        self.form.cancelled.connect(self._close_form)
        self.form.left.connect(self.put_away)
        self.updates.delete_requested.connect(lambda ident: desk.do(_("Delete an update"), delete_update, ident))
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self.refresh)
        desk.changed.connect(self._on_changed)

    def _section(self, key: str, title: str, body: QWidget, action: str) -> Section:
        made = Section(title, body, action, is_folded=key in self._settings.folded)
        made.folded.connect(lambda away: self._remember(key, away))
        return made

    def _remember(self, key: str, away: bool) -> None:
        others = [one for one in self._settings.folded if one != key]
        self._settings.folded = [*others, key] if away else others

    # Showing.

    def show_element(self, place: Place) -> None:
        if place != self._place:
            self.put_away()
        if comment := self.desk.unrecorded.comments.pop(place, ""):
            self.comments.entry.entry.setText(comment)
        self._place = place
        self.refresh()
        if self.form.isHidden() and place in self.desk.unrecorded.updates:
            self._open_form()

    def put_away(self) -> None:
        """Keep the update and the comment that are being written for when their element is shown again."""
        if not self.form.isHidden() and self.form.is_begun():
            self.desk.unrecorded.updates[self._place] = self.form.state()
        self.form.hide()
        comment = self.comments.entry.entry
        if comment.text().strip():
            self.desk.unrecorded.comments[self._place] = comment.text()
            comment.clear()

    def refresh(self) -> None:
        try:
            card = self._card()
            self._show_policies(card)
            self._show_progress(card)
            self._show_comments()
            self._show_history()
            self._show_files()
        except NotFound:
            return  # the page in the middle goes elsewhere with the same change

    def _on_changed(self, _change: Change) -> None:
        if self.isVisible() and self._place.ident:
            self._later.start()  # after the page in the middle has been painted

    def _show_policies(self, card: Card | None) -> None:
        empty(self._policies)
        self.policies.rename(_("Attached to") if self._place.noun == "policy" else _("Policies"))
        if self._place.noun == "policy":
            uses = self.desk.ask(policy_card, self._place.ident, self.desk.plan_id).uses
            self.policies.show_count(len(uses))
            self.policies.action.hide()
            for use in uses:
                self._policies.addWidget(self._use(use))
            if not uses:
                self._nothing(self._policies, _("Attached to nothing yet. Open a goal or a value and choose Attach."))
            return
        self.policies.action.show()
        refs = _refs(card)
        self.policies.show_count(len(refs))
        for ref, of in refs:
            self._policies.addWidget(self._ref(ref, of))
        if not refs:
            self._nothing(self._policies, _("No policy attached yet."))

    def _show_comments(self) -> None:
        spoken_of = self._place.noun in (*_CARDS, "policy")
        self.talk.setVisible(spoken_of)
        if not spoken_of:
            return
        comments = self.desk.ask(comments_of, *self._place)
        self.talk.show_count(sum(one.resolved_at is None for one in comments))
        self.comments.show_comments(comments, self.desk.workspace.clock.today(), locked=self.desk.workspace.read_only)

    def _comment(self, words: str) -> None:
        author, at = self.desk.workspace.author, self._now()
        self.desk.do(_("Comment"), add_comment, *self._place, words, author=author, at=at)

    def _resolve(self, ident: str, done: bool) -> None:
        if done:
            author, at = self.desk.workspace.author, self._now()
            self.desk.do(_("Resolve a comment"), resolve_comment, ident, author=author, at=at)
        else:
            self.desk.do(_("Reopen a comment"), reopen_comment, ident)

    def _now(self) -> datetime:
        return self.desk.workspace.clock.now().replace(tzinfo=None, second=0, microsecond=0)

    def _card(self) -> Card | None:
        query = _CARDS.get(self._place.noun)
        return self.desk.ask(query, self._place.ident) if query else None

    def _ref(self, ref: PolicyRef, of: str) -> QWidget:
        facts = (
            _("{relation} “{part}”").format(relation=word(ref.relation), part=of) if of else word(ref.relation),
            ref.note,
            _("adopted {day}").format(day=medium_date(ref.adopted)) if ref.adopted else word(ref.state).lower(),
        )
        words = column(
            text(f"{ref.code}  {ref.title}", "body", wrap=True),
            text(" · ".join(filter(None, facts)), "caption", "muted", wrap=True),
            space=0.5,
        )
        return self._linked(words, f"{ref.code} {ref.title}", "policy", ref.policy_id, "book", self._link_menu(ref))

    def _link_menu(self, ref: PolicyRef) -> QToolButton:
        """How the policy bears on this, the note, and detaching."""
        label = _("Change the link to policy {code}").format(code=ref.code)
        more = tool("more", tip=_("Change this link"), tone="muted")
        more.setAccessibleName(label)
        menu = QMenu(more)
        for relation in Relation:
            action = menu.addAction(word(relation))
            action.setCheckable(True)
            action.setChecked(relation is ref.relation)
            action.triggered.connect(
                lambda _on=False, to=relation: self.desk.do(label, edit_link, ref.link_id, relation=to)
            )
        menu.addSeparator()
        menu.addAction(_("Note…")).triggered.connect(lambda: self._ask_note(ref, label))
        menu.addAction(_("Detach")).triggered.connect(
            lambda: self.desk.do(_("Detach policy {code}").format(code=ref.code), detach_policy, ref.link_id)
        )
        more.setMenu(menu)
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        return more

    def _ask_note(self, ref: PolicyRef, label: str) -> None:
        note, given = QInputDialog.getText(self, _("Note"), _("Which part, or why"), text=ref.note)
        if given:
            self.desk.do(label, edit_link, ref.link_id, note=note)

    def _use(self, use: Use) -> QWidget:
        words = column(
            text(use.name, "body", wrap=True),
            text(
                " · ".join(filter(None, (word(use.relation), table_word(use.table).lower(), use.note))),
                "caption",
                "muted",
                wrap=True,
            ),
            space=0.5,
        )
        away = tool("close", tip=_("Detach"), tone="muted")
        away.setAccessibleName(_("Detach from {name}").format(name=use.name))
        away.clicked.connect(lambda: self.desk.do(_("Detach a policy"), detach_policy, use.link_id))
        table, ident = use.table, use.row_id
        if table == "statement_item":
            table, ident = "statement", self._statement_of(ident)
        return self._linked(words, use.name, table, ident, "target", away)

    def _statement_of(self, item_id: str) -> str:
        found = self.desk.ask(page_of, "statement_item", item_id)
        return found[1] if found else ""

    def _linked(self, words: QVBoxLayout, name: str, table: str, ident: str, icon_name: str, away: QWidget) -> QWidget:
        lead = sign(icon_name)
        inner = row(lead, 2.5, words)
        inner.setAlignment(lead, Qt.AlignmentFlag.AlignTop)
        inner.setStretch(2, 1)
        card = Pressable(inner, name, ground="side")
        card.pressed.connect(lambda: self.go_requested.emit(Place(table, ident)))
        line = row(card, away)
        line.setStretch(0, 1)
        line.setAlignment(away, Qt.AlignmentFlag.AlignTop)
        return plain(line)

    def _show_progress(self, card: Card | None) -> None:
        shown = isinstance(card, GoalCard | StrategyCard)
        self.progress.setVisible(shown)
        self._rules[1].setVisible(shown)
        if isinstance(card, GoalCard | StrategyCard):
            self.progress.show_count(len(card.updates))
            self.updates.show_updates(card.updates, self.desk.workspace.clock.today())

    def _show_history(self) -> None:
        empty(self._history)
        lines = self.desk.ask(element_history, *self._place)
        self.history.show_count(len(lines))
        today = self.desk.workspace.clock.today()
        for one in lines[:_HISTORY]:
            when = ", ".join(filter(None, (initials(one.author), near_date(one.at.date(), today))))
            label, who = Elided(one.label), text(when, "caption", "muted")
            who.setToolTip(tip_of(one.author))
            who.setAccessibleName(f"{one.author}, {when}")
            line = row(label, 2, who)
            line.setStretch(0, 1)
            self._history.addWidget(plain(line))
        if not lines:
            self._nothing(self._history, _("Nothing changed yet."))

    def _show_files(self) -> None:
        empty(self._files)
        column_name = FILE_OWNERS.get(self._place.noun)
        self.files.setVisible(column_name is not None)
        if column_name is None:
            return
        files = self.desk.ask(files_of, column_name, self._place.ident)
        self.files.show_count(len(files))
        for file in files:
            self._files.addWidget(self._file(file))
        if not files:
            self._nothing(self._files, _("No file kept here."))

    def _file(self, file: FileCard) -> QWidget:
        save = tool("download", tip=_("Save this file as…"), tone="muted")
        save.setAccessibleName(_("Save {name} as").format(name=file.name))
        save.clicked.connect(lambda: self._save_file(file))
        away = tool("trash", tip=_("Remove this file"), tone="muted")
        away.setAccessibleName(_("Remove {name}").format(name=file.name))
        away.clicked.connect(lambda: self.desk.do(_("Remove {name}").format(name=file.name), detach_file, file.id))
        kilobytes = _("{n} KB").format(n=number(max(1, file.size / 1024), 0))
        size = text(kept_words(file.kept) or kilobytes, "caption", "muted")
        tell = tool(
            "pencil", tip=file.alternative_text or _("Describe this file for those who cannot see it"), tone="muted"
        )
        tell.setAccessibleName(_("Describe {name}").format(name=file.name))
        tell.clicked.connect(lambda: self._describe(file))
        line = row(sign("file"), 2, Elided(file.name), 1, size, tell, save, away)
        line.setStretch(2, 1)
        return plain(line)

    def _describe(self, file: FileCard) -> None:
        question = _("What a person who cannot see it should know")
        words, given = QInputDialog.getText(self, _("Description"), question, text=file.alternative_text)
        if given:
            label = _("Describe {name}").format(name=file.name)
            self.desk.do(label, edit_attachment, file.id, alternative_text=words)

    def _nothing(self, box: QVBoxLayout, words: str) -> None:
        box.addWidget(text(words, "body", "muted", wrap=True))

    # Doing.

    def attach(self, place: Place) -> None:
        """Ask for a policy and attach it to an element."""
        if place.noun == "policy":
            return
        policies = self.desk.ask(all_policies)
        if not policies:
            self.said.emit(_("There is no policy yet. Add one under Policies, then attach it here."))
            return
        name = table_word(place.noun).lower()
        draft = AttachPolicy(self.window(), policies, name).draft()
        if draft is not None:
            self.desk.do(_("Attach a policy"), attach_policy, draft.policy_id, *place, draft.relation, draft.note)

    def begin_progress(self) -> None:
        if self.desk.workspace.read_only:
            self.said.emit(_("This plan is open for reading only. Save a copy to change it."))
            return
        if self.form.isHidden():  # what is half written stays
            self._open_form()
        if not self.form.isHidden():
            self.form.status.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_form(self) -> None:
        card = self._card() if self._place.noun in ("goal", "strategy") else None
        if isinstance(card, GoalCard | StrategyCard):
            self.progress.fold(False)
            self.form.show()
            self.form.begin(card.status, self.desk.workspace.clock.today())
            if (draft := self.desk.unrecorded.updates.pop(self._place, None)) is not None:
                self.form.fill_in(draft)

    def _record(self, draft: ProgressDraft) -> None:
        key = {"goal": "goal_id", "strategy": "strategy_id"}[self._place.noun]
        author, today = self.desk.workspace.author, self.desk.workspace.clock.today()
        about = {key: self._place.ident}
        refused = self.desk.submit(_("Record progress"), record_progress, draft, author=author, today=today, **about)
        if refused is None:
            self._close_form()
        elif isinstance(refused, InvalidInput):
            self.form.complain(refused)

    def _close_form(self) -> None:
        self.form.hide()

    def _add_file(self) -> None:
        path, _kind = QFileDialog.getOpenFileName(self, _("Keep a file with this"), self._settings.last_folder)
        if not path:
            return
        try:
            data = files.read(Path(path))
        except PlanStudioError as error:
            self.said.emit(str(error))
            return
        name = files.legible(Path(path).name)
        self.desk.do(_("Add {name}").format(name=name), attach_file, *self._place, name, data)

    def _save_file(self, file: FileCard) -> None:
        path = ask_path(self, _("Save this file as"), self._settings.last_folder, file.name)
        if path is not None:
            try:
                files.write(path, self.desk.ask(file_bytes, file.id))
            except PlanStudioError as error:
                self.said.emit(str(error))


def _refs(card: Card | None) -> list[tuple[PolicyRef, str]]:
    """The attached policies, and what in the element each is attached to ("" is the element)."""
    refs = [(ref, "") for ref in card.policies] if card is not None else []
    if isinstance(card, StatementCard):
        refs += [(ref, name_of(item.title, item.text, most=40)) for item in card.items for ref in item.policies]
    if isinstance(card, GoalCard):
        refs += [(ref, one.number) for one in card.strategies for ref in one.policies]
    return refs
