"""What is said of an element, and the line to say more."""

from __future__ import annotations

from datetime import datetime

from planstudio.domain.places import Place
from planstudio.gui.desk import Desk
from planstudio.gui.pages.detail import Card, Detail
from planstudio.gui.settings import Settings
from planstudio.gui.widgets.comment_list import CommentList
from planstudio.i18n import _
from planstudio.operations.comments import add_comment, delete_comment, reopen_comment, resolve_comment
from planstudio.queries.comments import comments_of


class CommentsDetail(Detail):
    def __init__(self, desk: Desk, settings: Settings) -> None:
        self.list = CommentList()
        super().__init__(desk, settings, "comments", _("Comments"), body=self.list)
        self.list.added.connect(self._comment)
        self.list.resolved.connect(self._resolve)
        self.list.delete_requested.connect(lambda ident: desk.do(_("Delete a comment"), delete_comment, ident))

    def begin(self, place: Place) -> None:
        super().begin(place)
        if begun := self.desk.unrecorded.comments.pop(place, ""):
            self.list.entry.entry.setText(begun)

    def put_away(self) -> None:
        line = self.list.entry.entry
        if line.text().strip():
            self.desk.unrecorded.comments[self.place] = line.text()
            line.clear()

    def show_card(self, _card: Card | None) -> None:
        comments = self.desk.ask(comments_of, *self.place)
        self.show_count(sum(one.resolved_at is None for one in comments))
        self.list.show_comments(comments, self.desk.workspace.clock.today(), locked=self.desk.workspace.read_only)

    def _comment(self, words: str) -> None:
        self.desk.do(_("Comment"), add_comment, *self.place, words, author=self.desk.workspace.author, at=self._now())

    def _resolve(self, ident: str, done: bool) -> None:
        if done:
            author = self.desk.workspace.author
            self.desk.do(_("Resolve a comment"), resolve_comment, ident, author=author, at=self._now())
        else:
            self.desk.do(_("Reopen a comment"), reopen_comment, ident)

    def _now(self) -> datetime:
        return self.desk.workspace.clock.now().replace(tzinfo=None, second=0, microsecond=0)
