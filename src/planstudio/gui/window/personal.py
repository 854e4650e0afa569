"""What the window asks a person about itself: who they are, the languages, the look, the keys, the district's names."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QKeySequence

from planstudio.gui.actions import specs
from planstudio.gui.dialogs.preferences import Choices, Preferences
from planstudio.gui.dialogs.shortcuts import Key, Shortcuts
from planstudio.gui.person import Person
from planstudio.i18n import _, names

if TYPE_CHECKING:
    from planstudio.domain.changes import Change
    from planstudio.gui.window import Window
    from planstudio.workspace import Workspace


class Personal(QObject):
    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window

    def preferences(self) -> None:
        own, who = self._window.settings, self._window.person
        now = Choices(who.name, who.role, own.language, own.spelling, own.theme, own.percent, own.lock_after)
        chosen = Preferences(self._window, now).choices()
        if chosen is None:
            return
        self.introduce(Person(chosen.name, chosen.role))
        own.language, own.spelling, own.lock_after = chosen.language, chosen.spelling, chosen.lock_after
        if self._window.plan is not None:
            self._window.plan.lock.begin()
        self.check_spelling()
        self._window.appearance.choose(chosen.theme, chosen.percent)

    def introduce(self, person: Person) -> None:
        """Say who works here: asked once, changed in Preferences."""
        if person == self._window.person and person.known:
            return
        self._window.person = person.keep(self._window.data)
        self._window.author = person.name
        if self._window.plan is not None:
            self._window.plan.workspace.author = person.name
        self._window.start.greet(person, datetime.now().astimezone())

    def show_keys(self) -> None:
        keys = []
        for spec in specs():
            action = self._window.actions_by_name[spec.name]
            now = action.shortcut().toString(QKeySequence.SequenceFormat.PortableText)
            keys.append(Key(spec.name, action.text().replace("&", "").replace("…", ""), now, spec.keys))
        if (chosen := Shortcuts(self._window, keys).chosen()) is not None:
            self._window.settings.keys = json.dumps(chosen)
            self._window.give_keys()

    def speak(self, workspace: Workspace) -> None:
        """The words of the district on everything that stands already."""
        from planstudio.domain import naming
        from planstudio.queries.plans import organization_card

        naming.use(workspace.ask(organization_card))
        self._window.title_actions()

    def rename(self) -> None:
        from planstudio.gui.dialogs.names import Named, Names
        from planstudio.operations.plans import edit_organization
        from planstudio.queries.plans import organization_card

        if self._window.plan is None:
            return
        desk, label = self._window.plan.desk, _("Name levels and statuses")
        now = desk.ask(organization_card)
        if named := Names(self._window, Named(now.level_words, now.status_words)).named():
            levels, statuses = named.levels, named.statuses
            desk.do(label, edit_organization, now.id, level_words=levels, status_words=statuses)

    def on_changed(self, change: Change) -> None:
        if change.concerns("organization") and self._window.plan is not None:
            before = names()
            self.speak(self._window.plan.workspace)
            if names() != before:  # by renaming, or its undo: every page says it in the new words
                QTimer.singleShot(0, self._window, self._window.appearance.renew)
        self._window.show_state()

    def check_spelling(self) -> None:
        from planstudio.gui.widgets.spelling import spelling

        spelling().use(self._window.settings.checked)
