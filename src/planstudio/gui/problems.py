"""Where a refusal or a bug is told: a line on the page, never a box in the way.

A PlanStudioError is a sentence for the person. Anything else is a bug: it goes to the log with its trace, the person is
told in one line, and nothing is lost, because every gesture was stored when it was made.
"""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QObject, Signal

from planstudio.domain.errors import PlanStudioError, unforeseen

log = logging.getLogger(__name__)


class Problems(QObject):
    told = Signal(str, bool)  # the sentence, whether it is an alarm
    reticent = False  # what an error says may be words of a plan under a password: its place alone is logged

    def show(self, error: PlanStudioError) -> None:
        self.told.emit(str(error), True)

    def catch_bugs(self) -> Callable[[], None]:
        """Tell unforeseen errors too; the answer undoes it."""
        before = sys.excepthook

        def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
            if isinstance(error, PlanStudioError):
                self.show(error)
                return
            if not self.reticent:
                before(kind, error, trace)
            if not issubclass(kind, KeyboardInterrupt):
                if self.reticent:
                    log.error("unforeseen %s\n%s", kind.__name__, "".join(traceback.format_tb(trace)))
                else:
                    log.error("unforeseen", exc_info=(kind, error, trace))
                self.told.emit(unforeseen(error), True)

        sys.excepthook = hook

        def restore() -> None:
            sys.excepthook = before

        return restore
