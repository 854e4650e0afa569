"""From an open plan to a board packet: ask what is on paper, take in the files, print, look for leaks, record."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, Unpack, cast

from planstudio.domain.agenda import PacketRow, for_audience
from planstudio.domain.changes import Change
from planstudio.domain.errors import PlanStudioError
from planstudio.domain.intake import FileFacts, Trouble, refused
from planstudio.domain.kinds import Access, ClearedAs
from planstudio.domain.leaks import Leak, sentence, unanswered
from planstudio.domain.packets import PacketData, PacketOptions, PacketRecord, read_record
from planstudio.domain.preflight import Finding, preflight
from planstudio.domain.words import word
from planstudio.domain.zones import wall
from planstudio.i18n import _, language
from planstudio.operations import files, meetings
from planstudio.operations.clearances import clear_leaks
from planstudio.packets.findings import typed_words, unread
from planstudio.packets.reporting import book_at, report
from planstudio.packets.snapshots import Mark, Snapshot, book_of, data_of, mark, whole_snapshot
from planstudio.queries import meetings as asked
from planstudio.workspace import Workspace

if TYPE_CHECKING:
    from planstudio.reports.foreign.imported import ImportedFile
    from planstudio.reports.foreign.intake import Intake
    from planstudio.reports.meeting.leaks import Needles
    from planstudio.reports.meeting.packet import PacketPrinter, PrintedPacket
    from planstudio.reports.printed import Printed, Watched

__all__ = ["LeakFound", "Packets", "Snapshot", "Wish", "book_at", "keep_packet", "report"]


class Wish(TypedDict, total=False):
    """What may be said of a packet beside its meeting and its audience; the next revision, where none is named."""

    options: PacketOptions
    note: str
    paper: str
    revision: int


class LeakFound(PlanStudioError):
    """A packet shows words of an item that its audience may not see, and nobody has said why it may."""

    def __init__(self, leaks: tuple[Leak, ...]) -> None:
        super().__init__(sentence(leaks))
        self.leaks = leaks


class Packets:
    """Prints the packets of one open plan."""

    def __init__(self, workspace: Workspace, cache: Path | None = None) -> None:
        self._workspace, self._cache = workspace, None if workspace.secret else cache
        self._intake: Intake | None = None
        self._taken: dict[Mark, ImportedFile] = {}  # of the packet that was printed last
        self._printers: dict[tuple[str, Access], PacketPrinter] = {}
        self._sought: tuple[Snapshot, Needles] | None = None

    def close(self) -> None:
        if self._intake is not None:
            self._intake.close()

    # ── what is on paper

    def snapshot(self, meeting_id: str, audience: Access, **wish: Unpack[Wish]) -> Snapshot:
        """The packet's data as of now, plain values: for a meeting that has been held, the plan as it stood then.

        Asked on the thread that owns the plan; what follows reads files in a process of its own.
        """
        steps = self.snapshot_in_steps(meeting_id, audience, **wish)
        while True:
            try:
                next(steps)
            except StopIteration as last:
                return cast(Snapshot, last.value)

    def snapshot_in_steps(
        self, meeting_id: str, audience: Access, **wish: Unpack[Wish]
    ) -> Generator[None, None, Snapshot]:
        """As snapshot(), for a window that wants to paint between two questions; start anew when the plan changes."""
        workspace = self._workspace
        now = workspace.clock.now()
        whole = workspace.ask(asked.meeting_card, meeting_id)
        last = next((packet for packet in whole.packets if packet.audience is audience), None)
        previous = self._record(last)
        yield
        here = wall(now, whole.zone)
        book = book_of(workspace, whole, here.date())
        yield
        said = {"revision": last.revision + 1 if last else 0} | wish
        data = replace(data_of(workspace, whole, audience, book, here), **said, previous=previous)
        yield
        seen = [mark(file) for item in whole.items() for file in item.files]  # what is withheld is looked for
        imported = {one: self._taken[one] for one in seen if one in self._taken}
        return whole_snapshot(workspace, data, whole, imported)

    # ── the files, the list, the packet

    def take_in(self, shot: Snapshot, **watched: Unpack[Watched]) -> dict[str, ImportedFile]:
        """What the intake makes of each file, by the attachment's id; what it has seen before is not read again.

        Files that the audience may not see are read, too: their words are looked for.
        """
        from planstudio.reports.foreign.imported import ImportedFile

        cards = [file for item in shot.whole.items() for file in item.files]
        known = self._taken | shot.imported  # the window may have gone on to another meeting and come back
        fresh = [file for file in cards if mark(file) not in known]
        here = [file for file in fresh if file.sha256 in shot.files]
        given = [(file.name, shot.files[file.sha256], file.alternative_text) for file in here]
        made = self._intake_here().take_all(given, **watched) if given else []
        known |= {mark(file): one for file, one in zip(here, made, strict=True)}
        self._taken = {mark(file): known[mark(file)] for file in cards if mark(file) in known}
        away = ImportedFile(refused(Trouble.NOT_HERE))
        return {file.id: known.get(mark(file), away) for file in cards}

    def preflight(self, shot: Snapshot, **watched: Unpack[Watched]) -> tuple[Finding, ...]:
        """Everything to look at before the packet is posted, but for leaks."""
        imported = self.take_in(shot, **watched)
        return self.findings(shot, {ident: one.facts for ident, one in imported.items()})

    def findings(self, shot: Snapshot, facts: dict[str, FileFacts]) -> tuple[Finding, ...]:
        listed = for_audience(shot.whole, shot.data.audience, returned=True)
        known = self._taken | shot.imported
        cards = (file for item in shot.whole.items() for file in item.files if mark(file) in known)
        needles = self._needles(shot, {file.id: known[mark(file)] for file in cards})
        found = preflight(listed, facts, shot.deadline, shot.now)
        return (*found, *unread(shot, known), *typed_words(shot, needles))

    def draw(self, shot: Snapshot, **watched: Unpack[Watched]) -> PrintedPacket:
        """The packet, whatever it shows; what was set is remembered. Safe in a thread of its own."""
        from planstudio.reports.meeting.packet import PacketPrinter

        progress, cancelled = watched.get("progress"), watched.get("cancelled")

        def part(low: float, high: float) -> Callable[[float, str], None] | None:
            if progress is None:
                return None
            return lambda share, what: progress(low + (high - low) * share, what)

        imported = self.take_in(shot, progress=part(0.0, 0.5), cancelled=cancelled)
        key = (shot.data.meeting.id, shot.data.audience)
        printer = self._printers.setdefault(key, PacketPrinter())
        tells = self._needles(shot, imported).tells
        return printer.print(shot.data, imported, tells, progress=part(0.5, 0.95), cancelled=cancelled)

    def leaks(
        self, shot: Snapshot, printed: PrintedPacket, *, cancelled: Callable[[], bool] | None = None
    ) -> tuple[Leak, ...]:
        """What *printed*, drawn last from *shot*, shows of what is withheld; what was answered, too."""
        from planstudio.reports.printed import go_on

        imported, audience = self.take_in(shot, cancelled=cancelled), shot.data.audience
        needles = self._needles(shot, imported)
        printer = self._printers[shot.data.meeting.id, audience]
        return printer.leaks(printed, needles, imported, audience, partial(go_on, cancelled))

    def print(self, shot: Snapshot, **watched: Unpack[Watched]) -> PrintedPacket:
        """The packet; LeakFound when it shows what its audience may not see and nobody has said why it may."""
        printed = self.draw(shot, **watched)
        found = self.leaks(shot, printed, cancelled=watched.get("cancelled"))
        if open_ones := unanswered(found, shot.clearances):
            raise LeakFound(open_ones)
        return printed

    def clear(self, shot: Snapshot, leaks: tuple[Leak, ...], kind: ClearedAs, reason: str) -> Change:
        """Keep why *leaks* are none, with the name of who says so."""
        label = _("Say why a finding is not a leak")
        return self._workspace.do(
            label, clear_leaks, shot.data.meeting.id, leaks, kind, reason,
            author=self._workspace.author, at=self._workspace.clock.now().replace(tzinfo=None, microsecond=0),
        )  # fmt: skip

    def _needles(self, shot: Snapshot, imported: dict[str, ImportedFile]) -> Needles:
        from planstudio.reports.meeting.leaks import Needles
        from planstudio.reports.meeting.withheld import Given, pieces

        known = self._sought
        if known is None or known[0] is not shot:
            made = Needles(pieces(shot.whole, shot.data, imported), Given(shot.data, shot.people))
            known = self._sought = (shot, made)
        return known[1]

    def agenda(self, shot: Snapshot) -> Printed:
        """The agenda alone, as it is posted."""
        from planstudio.reports.meeting.agenda import print_agenda

        return print_agenda(shot.data)

    def record(self, shot: Snapshot, printed: PrintedPacket) -> Change:
        """Keep that the packet was printed, with its bytes and what was in it: it can be printed again exactly."""
        data, words = shot.data, _("Print the {audience} packet, revision {n}")
        label = words.format(audience=word(data.audience).lower(), n=data.revision)
        return self._workspace.do(label, keep_packet, data, printed.pdf, printed.pages, printed.record.to_json())

    def unchanged(self, shot: Snapshot, printed: PrintedPacket) -> bool:
        """Whether the packet says nothing that the last printed one did not."""
        before = shot.data.previous
        return before is not None and not printed.changes and before.content == printed.record.content

    def kept(self, shot: Snapshot) -> PacketRow | None:
        """The last revision as it was printed in the language spoken now; None where it was not."""
        for row in shot.whole.packets:
            if row.audience is shot.data.audience and row.revision == shot.data.revision - 1:
                record = self._record(row)
                if record is not None and record.language == language():
                    return row
        return None

    def in_this_language(self, shot: Snapshot) -> Snapshot:
        """The last revision once more, for nothing has changed but the language it is read in."""
        last = shot.data.revision - 1
        older = (row for row in shot.whole.packets if row.audience is shot.data.audience and row.revision < last)
        return replace(shot, data=replace(shot.data, revision=last, previous=self._record(next(older, None))))

    def _record(self, row: PacketRow | None) -> PacketRecord | None:
        return read_record(self._workspace.ask(asked.packet_record, row.id)) if row else None

    def _intake_here(self) -> Intake:
        if self._intake is None:
            from planstudio.reports.foreign.intake import Intake

            self._intake = Intake(self._cache, in_the_clear=not self._workspace.secret)
        return self._intake


def keep_packet(session: Any, data: PacketData, pdf: bytes, pages: int, record: str) -> None:
    """Store a printed packet and what was in it."""
    meetings.record_packet(
        session, data.meeting.id, files.store(session, pdf), revision=data.revision, audience=data.audience,
        printed_at=data.printed_at, pages=pages, record=record, note=data.note,
    )  # fmt: skip
