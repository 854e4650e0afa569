"""What a page is called, for the title of the window and for whoever hears it open: its heading of the first level."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from planstudio import richtext
from planstudio.gui.accessible import heading_level, words_of
from planstudio.gui.widgets.text_field import TextField


def page_name(page: QWidget | None) -> str:
    """The words of the first heading, as somebody sees them: of one that is not written yet, what it waits for."""
    if page is None:
        return ""
    heads = (one for one in page.findChildren(QWidget) if heading_level(one) == 1 and one.isVisibleTo(page))
    return next(filter(None, map(_shown, heads)), "")


def _shown(head: QWidget) -> str:
    if not isinstance(head, TextField):
        return words_of(head)
    return richtext.plain(head.text()) or head.placeholderText()
