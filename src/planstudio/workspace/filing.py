"""An open plan and its file, which others write, too: looking, saving, and taking in what they have put there."""

from __future__ import annotations

import threading
import time
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from sqlalchemy import Engine

from planstudio.domain.changes import Change
from planstudio.domain.clock import Clock
from planstudio.domain.errors import another_writes
from planstudio.domain.files import FileState
from planstudio.store.apart import MANY, Apart
from planstudio.store.contents import known
from planstudio.store.document import Document
from planstudio.store.engine import opened
from planstudio.store.union import Told
from planstudio.workspace.doing import Doer
from planstudio.workspace.reading import PlanSnapshot, plainly, snapshot_of

PATIENCE = 60.0  # seconds in which others may be faster


class Filed(Doer):
    """A document that operations are run in, saved into its file beside the steps of others."""

    def __init__(self, document: Document, *, device: str, author: str = "", clock: Clock | None = None) -> None:
        super().__init__(
            device=device, author=author, clock=clock, read_only=document.read_only, secret=document.secret
        )
        self._document = document
        self._file = threading.RLock()  # one at a time writes, reads or replaces files
        self.path = document.path
        self.recovered = document.recovered  # steps that only we had: a crash or an unplugged folder
        self.former = document.former  # where the work is kept that another plan has replaced since it was last open
        self.elsewhere = document.note.elsewhere
        self.secret = document.secret  # under a password: nothing of it may stand in the clear on a disk

    @property
    def _engine(self) -> Engine:
        return self._document.engine

    def snapshot(self, step: int | None) -> PlanSnapshot:
        """As Reader says, over a connection of its own: any thread may make the copy, while another one writes."""
        document = self._document
        with opened(document.working_copy, read_only=True, known=known(document.contents)) as engine:
            return snapshot_of(engine, step, self.clock)

    def read_words(self) -> None:
        """Read the plan for find(), so that the first question is answered at once; for a job."""
        with opened(self._document.working_copy, read_only=True) as engine, plainly():
            self._index.build(engine)

    @property
    def file_state(self) -> FileState:
        """How the file stood when it was looked at last."""
        return self._document.peer.state

    def look_again(self) -> FileState:
        """How the file stands now; any thread may look."""
        with plainly():
            return self._document.peer.look_again()

    def has_new(self) -> bool:
        """Whether the file, or a copy beside it, holds what this plan has not; after a look."""
        return not self.read_only and self._document.peer.has_new()

    @property
    def waiting(self) -> int:
        """How many steps the file did not have when it was looked at."""
        return self._document.peer.waiting()

    @property
    def common_step(self) -> int:
        """The last step of this copy before the first that the file lacks; 0 where it lacks none."""
        return self._document.peer.common

    @property
    def file_is_whole(self) -> bool:
        """Whether the file itself has all that we have: a heavy plan may be saved beside it."""
        return self._document.peer.file_is_whole

    @property
    def dirty(self) -> bool:
        with plainly():
            return self._document.dirty

    @property
    def writing(self) -> bool:
        """Whether a file is being written, so that whoever wants one now would wait."""
        free = self._file.acquire(blocking=False)
        if free:
            self._file.release()
        return not free

    def publish(self, *, anew: bool = True, whole: bool = True) -> Change | None:
        """Write the plan to its file, together with what others put there meanwhile; what was taken in.

        *anew* writes a file that is gone; *whole* as write_file() has it.
        """
        peer, merged, beaten = self._document.peer, None, False
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            with peer.held() if beaten else nullcontext():
                merged = self.merge_foreign() or merged
                if self.write_file(anew=anew, whole=whole):
                    found = self.merge_foreign()  # what somebody had put there in the moment before: it goes in, too
                    if found is None:
                        return merged
                    merged = found
            beaten = True
        raise another_writes(self.path)

    def alone(self) -> AbstractContextManager[None]:
        """Keep the others out for what follows: for who has been beaten once, and would write a large plan in vain."""
        return self._document.peer.held()

    def merge_foreign(self, *, look: bool = True) -> Change | None:
        """Take in what another copy has put into the file; None when there is nothing.

        Without a *look* only what the last one found: for a window, which waits for no share.
        """
        with self._file, plainly():
            peer = self._document.peer
            if self.read_only:
                return None
            if look:
                peer.look_again()
            if not peer.has_new():
                return None
            before = peer.count
            touched = self._transact(lambda session: peer.take_in(session.connection(), self._now()))
            peer.taken_in()
            peer.look_again()
            return self._united(touched) if peer.count > before else None  # else it waits for what it speaks of

    @property
    def much_is_new(self) -> bool:
        """Whether the last look found so many steps of others that taking them in is a job's work."""
        return not self.read_only and self._document.peer.state.new > MANY

    def unite_apart(self, told: Told) -> Apart:
        """What others have put into the file, taken in in a copy while somebody types; for a job."""
        return self._document.unite_apart(self._now(), told)

    def take_over(self, made: Apart) -> Change:
        """Go on in what unite_apart() has made, with what was typed meanwhile."""
        with self._file, self._closed_step():
            self._document.take_over(made, self._now())
        self._begin_anew()
        return self._united(made.touched)

    def write_file(self, *, anew: bool = True, whole: bool = True) -> bool:
        """Replace the document, safe in a thread of its own; False where somebody was faster.

        Not *whole*: of a heavy plan the new steps alone are laid beside it, and its file waits.
        """
        with self._file, self._closed_step():
            return self._document.publish(self.clock.now(), anew=anew, whole=whole)

    @property
    def places(self) -> list[Path]:
        """Where others change something that concerns this plan: its file, and the folders as far as they are known."""
        contents = self._document.contents
        folder = contents.beside.known if contents is not None else None
        beside = [folder, folder / "steps", folder / "contents"] if folder is not None else []
        return [self.path, self.path.parent, *beside]
