"""The one notice about where the plan's file stands, and what its verbs do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from shiboken6 import isValid

from planstudio import files
from planstudio.domain.file_words import Notice, notice, put_off
from planstudio.domain.files import FileRelation, FileState, Standing
from planstudio.domain.places import at_page
from planstudio.gui.widgets.banner import Banner
from planstudio.gui.window.importing import PLAN_FILES
from planstudio.i18n import _

if TYPE_CHECKING:
    from planstudio.gui.window.copies import Copies
    from planstudio.gui.window.parts import PlanParts
    from planstudio.gui.window.protection import Protection


class FileNotice(QObject):
    """Stays above the page as long as it is true; at most one."""

    def __init__(self, plan: PlanParts, copies: Copies, protection: Protection) -> None:
        super().__init__(plan)
        self._plan, self._copies, self._protection = plan, copies, protection
        self._shown: Notice | None = None
        self._banner: Banner | None = None
        self._found: Path | None = None
        self._sought = False

    def show_standing(self, standing: Standing) -> None:
        if self._plan.workspace.read_only:
            return
        state = standing.state
        if state.relation is FileRelation.GONE and not self._sought:
            self._seek(state)
        elif state.relation is not FileRelation.GONE:
            self._sought, self._found = False, None
        made = self._made(state)
        if made is None and standing.put_off:
            made = put_off(standing.put_off, saved=standing.saved)
        self._show(made)

    def _made(self, state: FileState) -> Notice | None:
        path = self._plan.workspace.path
        found = files.shown(self._found) if self._found else ""
        return notice(state, files.shown(path.parent), files.shown(path.name), found)

    def forget(self) -> None:
        self._show(None)
        self._sought, self._found = False, None

    def _show(self, made: Notice | None) -> None:
        if made == self._shown:
            return
        if self._banner is not None and isValid(self._banner):
            self._banner.deleteLater()
        self._shown, self._banner = made, None
        if made is not None:
            verbs = [verb.words for verb in made.verbs]
            self._banner = Banner(made.words, *verbs, alarm=made.tone == "alarm", note=made.tone == "note")
            self._banner.chosen.connect(lambda n: self._act(made.verbs[n].name))
            self._plan.view.notices.addWidget(self._banner)

    def _seek(self, state: FileState) -> None:
        """Whether the plan lies near where it was, under another name or in another folder."""
        self._sought = True
        workspace = self._plan.workspace

        def told(found: Path | None) -> None:
            if not isValid(self) or found is None:  # the plan was closed meanwhile, or is nowhere
                return
            if workspace.file_state.relation is FileRelation.GONE:
                self._found = found
                self._show(self._made(state))

        self._plan.window.jobs.start(lambda _job: workspace.find_moved(), told)

    def _act(self, name: str) -> None:
        saver = self._plan.saver
        acts: dict[str, Callable[[], Any]] = {
            "password": self._protection.ask_for_new,
            "copy": self._copies.save_copy,
            "again": self._try_again,
            "back": saver.save,
            "take": saver.take_all,
            "see": self._see,
            "anew": lambda: saver.save(anew=True),
            "older": self._take_older,
            "use": lambda: self._move_to(self._found),
            "where": lambda: self._move_to(self._plan.window.ask_file(_("Open a plan file"), PLAN_FILES)),
        }
        acts[name]()

    def _try_again(self) -> None:
        self._plan.saver.save()
        self._plan.saver.watcher.look()

    def _take_older(self) -> None:
        if self._plan.desk.take_older():
            self._plan.saver.save()
            self._plan.window.tell(_("The older state is the plan now. Undo brings your work back."), False)

    def _see(self) -> None:
        """What has been written since the state that the file has."""
        from planstudio.gui.pages.past_page import PastPage

        if step := self._plan.workspace.common_step:
            self._plan.view.go(at_page("past"))
            self._plan.view.stack.get(PastPage).look_at(step)

    def _move_to(self, path: Path | None) -> None:
        """Go on with the plan where its file is now; the work that is only here goes along."""
        window, here = self._plan.window, self._plan.view.here
        if path is None:
            return
        if not self._plan.workspace.is_of(path):
            words = _("{name} is another plan. Choose the file of this one.")
            window.tell(words.format(name=files.shown(path.name)), True)
        elif window.close_plan(publish=False) and window.open_plan(path):
            window.go(here)
