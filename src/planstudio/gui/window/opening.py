"""What stands in the window while a plan is being opened: its outline as it was left, at once.

The modules that a plan needs take longer to read than a person waits, so the
outline is kept when a plan is closed and painted with the first window.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QSplitter, QWidget

from planstudio.domain.outline import PlanOutline, kept, read_kept
from planstudio.gui.models.outline import OutlineModel
from planstudio.gui.theme import gap
from planstudio.gui.widgets.basics import area, column, row, search_line, text
from planstudio.gui.widgets.outline_view import OutlineView
from planstudio.i18n import _


class Opening(QWidget):
    """The outline of a plan that cannot be asked yet; nothing in it does anything."""

    def __init__(self, outline: PlanOutline, here: tuple[str, str]) -> None:
        super().__init__()
        self.outline = OutlineView(OutlineModel(self))
        self.outline.setEnabled(False)
        model = self.outline.model()
        assert isinstance(model, OutlineModel)
        model.show_outline(outline, date.today())  # noqa: DTZ011 the day on the wall
        self.outline.expand_first()
        self.outline.go(*here)
        find = search_line(_("Find in this plan"), _("Find in this plan"))
        find.setEnabled(False)
        side = column(row(find, edge=(3, 3, 3, 1)), column(self.outline, edge=(1, 0, 1, 0)))
        side.setStretch(1, 1)
        name = outline.plan.title or outline.organization
        page = column(text(_("Opening {name}…").format(name=name), "body", "muted"), None, edge=(8, 6, 8, 6))
        split = QSplitter()
        split.setHandleWidth(1)
        split.addWidget(area("side", side))
        split.addWidget(area("page", page))
        split.setSizes([gap(68), gap(290)])
        self.setLayout(column(split))


def keep_outline(data: Path, plan: Path, outline: PlanOutline) -> None:
    place = _place(data, plan)
    with suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(kept(outline), "utf-8")


def kept_outline(data: Path, plan: Path) -> PlanOutline | None:
    with suppress(OSError, ValueError):
        return read_kept(_place(data, plan).read_text("utf-8"))
    return None


def _place(data: Path, plan: Path) -> Path:
    return data / "outlines" / f"{hashlib.sha1(str(plan).encode(), usedforsecurity=False).hexdigest()[:16]}.json"
