"""From an open plan to a board packet: ask what is on paper, take in the files, print, look for leaks, record.

snapshot()   on the thread that owns the plan; plain values, no bytes of files that nobody may see
preflight()  what somebody should look at; reads the files, in a process of its own
draw()       the packet, whatever it shows; remembers what it has set
leaks()      what it shows of what is withheld
print()      the packet, when nothing in it waits for an answer
clear()      keeps why something that was found is no leak
record()     keeps the packet with its hash, so that it can be printed again exactly
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from planstudio.domain.agenda import MeetingCard, PacketRow, for_audience
from planstudio.domain.cards import FileCard, PlanBook, PolicyCard
from planstudio.domain.changes import Change, Past
from planstudio.domain.cut import cut, without_minutes
from planstudio.domain.errors import InvalidInput, NotFound, PlanStudioError
from planstudio.domain.intake import FileFacts, Trouble, refused
from planstudio.domain.kinds import Access, ClearedAs, Enclosed, MeetingState, MinutesState
from planstudio.domain.leaks import Clearance, Leak, readable, sentence, unanswered
from planstudio.domain.packets import PacketData, PacketOptions, read_record
from planstudio.domain.posting import Deadline
from planstudio.domain.preflight import Finding, Weight, preflight
from planstudio.domain.reporting import ReportData
from planstudio.domain.words import field_word, word
from planstudio.domain.zones import wall
from planstudio.i18n import _, language, long_date
from planstudio.operations import files, meetings
from planstudio.operations.clearances import clear_leaks
from planstudio.queries import meetings as asked
from planstudio.queries.clearances import clearances_of
from planstudio.queries.history import began
from planstudio.queries.plans import book_in_force, current_plan, origins, plan_book
from planstudio.queries.policies import policy_card
from planstudio.queries.reporting import report_data
from planstudio.workspace import Reader, Workspace

if TYPE_CHECKING:
    from planstudio.reports.foreign.imported import ImportedFile
    from planstudio.reports.foreign.intake import Intake
    from planstudio.reports.meeting.leaks import Needles
    from planstudio.reports.meeting.packet import PacketPrinter, PrintedPacket
    from planstudio.reports.printed import Printed

Progress = Callable[[float, str], None]
T = TypeVar("T")
Mark = tuple[str, str, str]  # what a file's intake depends on: SHA-256, name, alternative text


class LeakFound(PlanStudioError):
    """A packet shows words of an item that its audience may not see, and nobody has said why it may."""

    def __init__(self, leaks: tuple[Leak, ...]) -> None:
        super().__init__(sentence(leaks))
        self.leaks = leaks


@dataclass(frozen=True)
class Snapshot:
    """Everything that a packet is printed from."""

    data: PacketData
    whole: MeetingCard  # with what the audience may not see: for the leak check alone
    files: dict[str, bytes]  # by SHA-256, of the files that have not been taken in yet
    imported: dict[Mark, ImportedFile]  # what has been made of the others
    deadline: Deadline | None
    now: datetime
    clearances: tuple[Clearance, ...] = ()  # the answers to what was found before
    people: tuple[str, ...] = ()  # the board: everybody knows their names


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

    def snapshot(
        self,
        meeting_id: str,
        audience: Access,
        *,
        options: PacketOptions | None = None,
        note: str = "",
        paper: str = "letter",
        revision: int | None = None,
    ) -> Snapshot:
        """The packet's data as of now: for a meeting that has been held, the plan as it stood then."""
        steps = self.snapshot_in_steps(meeting_id, audience, options=options, note=note, paper=paper, revision=revision)
        while True:
            try:
                next(steps)
            except StopIteration as last:
                return cast(Snapshot, last.value)

    def snapshot_in_steps(
        self,
        meeting_id: str,
        audience: Access,
        *,
        options: PacketOptions | None = None,
        note: str = "",
        paper: str = "letter",
        revision: int | None = None,
    ) -> Generator[None, None, Snapshot]:
        """As snapshot(), for a window that wants to paint between two questions; start anew when the plan changes."""
        workspace = self._workspace
        now = workspace.clock.now()
        whole = workspace.ask(asked.meeting_card, meeting_id)
        meeting = for_audience(whole, audience)
        last = next((packet for packet in whole.packets if packet.audience is audience), None)
        previous = read_record(workspace.ask(asked.packet_record, last.id)) if last else None
        yield
        book = self._book(whole, wall(now, whole.zone).date())
        yield
        data = PacketData(
            meeting=without_minutes(meeting),
            book=book,
            audience=audience,
            revision=revision if revision is not None else last.revision + 1 if last else 0,
            printed_at=wall(now, whole.zone).replace(second=0, microsecond=0),
            previous=previous,
            before=self._before(meeting),
            minutes_of=self._minutes_of(whole, audience),
            monitoring=workspace.ask(asked.monitoring_rows, book.plan.id),
            note=note,
            options=options or PacketOptions(),
            paper=paper,
        )
        yield
        cleared = workspace.ask(clearances_of, meeting_id)
        data = replace(data, cleared=readable(cleared, audience))
        seen = [file for item in whole.items() for file in item.files]  # what is withheld is looked for
        imported = {_mark(file): self._taken[_mark(file)] for file in seen if _mark(file) in self._taken}
        fresh = {file.sha256 for file in seen if _mark(file) not in imported}
        known = frozenset(file.sha256 for file in seen if file.sha256 not in fresh)
        return Snapshot(
            cut(data, audience),
            whole,
            workspace.ask(asked.item_files, meeting_id, known) if fresh else {},
            imported,
            workspace.ask(asked.posting_deadline, meeting_id),
            data.printed_at,
            cleared,
            tuple(name for _ident, name in workspace.ask(asked.board_members)),
        )

    def _book(self, meeting: MeetingCard, today: date) -> PlanBook:
        """The plan in force, for a meeting that has been held the one that was in force then.

        A file that came from elsewhere may hold a meeting that is older than the
        file's own history: then the plan is the one that came with it.
        """
        if not meeting.frozen_at:
            return self._workspace.ask(book_in_force, today)
        moment = datetime.fromisoformat(meeting.frozen_at)
        begun = self._workspace.ask(began, "meeting", meeting.id)
        if begun is not None and begun.at > moment:
            return self._workspace.ask_at(begun.seq, book_in_force, moment.date())
        return self._workspace.ask_as_of(moment, book_in_force, moment.date())

    def _before(self, meeting: MeetingCard) -> dict[str, PolicyCard | None]:
        """Each policy whose changes are enclosed, as it was: on the day given, else when it was last adopted."""
        found: dict[str, PolicyCard | None] = {}
        for item in meeting.items():
            for one in item.enclosures:
                if one.what is Enclosed.POLICY_CHANGES:
                    since = one.since or self._workspace.ask(policy_card, one.row_id).adopted
                    found[one.id] = self._policy_on(one.row_id, since) if since else None
        return found

    def _policy_on(self, policy_id: str, day: date) -> PolicyCard | None:
        try:
            return self._workspace.ask_as_of(_end_of(day), policy_card, policy_id)
        except NotFound:
            return None

    def _minutes_of(self, meeting: MeetingCard, audience: Access) -> MeetingCard | None:
        """The newest meeting before this one whose minutes wait for approval, as the audience may see it."""
        if meeting.start is None:
            return None
        for row in self._workspace.ask(asked.meeting_rows):
            if (
                row.state is MeetingState.HELD
                and row.minutes_state is MinutesState.DRAFT
                and row.start is not None
                and row.start < meeting.start
            ):
                return for_audience(self._workspace.ask(asked.meeting_card, row.id), audience)
        return None

    # ── the files, the list, the packet

    def take_in(
        self, shot: Snapshot, *, progress: Progress | None = None, cancelled: Callable[[], bool] | None = None
    ) -> dict[str, ImportedFile]:
        """What the intake makes of each file, by the attachment's id; what it has seen before is not read again.

        Files that the audience may not see are read, too: their words are looked for.
        """
        from planstudio.reports.foreign.imported import ImportedFile

        cards = [file for item in shot.whole.items() for file in item.files]
        known = self._taken | shot.imported  # the window may have gone on to another meeting and come back
        fresh = [file for file in cards if _mark(file) not in known]
        here = [file for file in fresh if file.sha256 in shot.files]
        given = [(file.name, shot.files[file.sha256], file.alternative_text) for file in here]
        made = self._intake_here().take_all(given, progress=progress, cancelled=cancelled) if given else []
        known |= {_mark(file): one for file, one in zip(here, made, strict=True)}
        self._taken = {_mark(file): known[_mark(file)] for file in cards if _mark(file) in known}
        known |= {
            _mark(file): ImportedFile(refused(Trouble.NOT_HERE)) for file in fresh if file.sha256 not in shot.files
        }
        return {file.id: known[_mark(file)] for file in cards}

    def preflight(
        self, shot: Snapshot, *, progress: Progress | None = None, cancelled: Callable[[], bool] | None = None
    ) -> tuple[Finding, ...]:
        """Everything to look at before the packet is posted, but for leaks."""
        imported = self.take_in(shot, progress=progress, cancelled=cancelled)
        return self.findings(shot, {ident: one.facts for ident, one in imported.items()})

    def findings(self, shot: Snapshot, facts: dict[str, FileFacts]) -> tuple[Finding, ...]:
        listed = for_audience(shot.whole, shot.data.audience, returned=True)
        return (*preflight(listed, facts, shot.deadline, shot.now), *self._unread(shot), *self._typed(shot))

    def _typed(self, shot: Snapshot) -> Iterator[Finding]:
        """Names and numbers of something withheld that somebody typed into an open item.

        leaks() trusts what people type where everybody reads it; here it is told, for nobody remembers every item.
        """
        from planstudio.reports.meeting.reading import Text
        from planstudio.reports.meeting.withheld import given_beside, typed

        known = self._taken | shot.imported
        cards = (file for item in shot.whole.items() for file in item.files if _mark(file) in known)
        needles = self._needles(shot, {file.id: known[_mark(file)] for file in cards})
        beside = needles.beside(given_beside(shot.data, shot.people))
        told = set[tuple[str, str]]()
        for item, field, words in typed(shot.data):
            text = Text.of(words)
            for hit in beside.hits(text):
                _before, shown, _after = text.near(hit.first, hit.last)
                if hit.telling and (item.id, shown) not in told:
                    told.add((item.id, shown))
                    withheld = needles.pieces[hit.piece].item
                    said = _("{number}, {field}: “{words}” stands in {withheld}, too, which stays out of this packet")
                    other = f"{withheld.number} {withheld.title}".strip()
                    told_of = field_word("agenda_item", field)
                    said = said.format(number=item.number, field=told_of, words=shown, withheld=other)
                    place = item.number
                    yield Finding(Weight.SHOULD, said, _("Look at it"), item.id, fix=field, code="typed", place=place)

    def _unread(self, shot: Snapshot) -> tuple[Finding, ...]:
        """Files whose words nobody could look at: withheld ones in trouble, and those without a word."""
        given = {file.id for item in shot.data.meeting.items() for file in item.files}
        known, found = self._taken | shot.imported, list[Finding]()
        for item in shot.whole.items():
            for file in item.files:
                imported = known.get(_mark(file))
                if file.id not in given and imported is not None and (imported.facts.trouble or imported.facts.scanned):
                    words = _("{number}: the words of {name} could not be looked for in this packet")
                    said = words.format(number=item.number, name=file.name)
                    place = f"{item.number} {file.name}"
                    found.append(Finding(Weight.SHOULD, said, "", item.id, file.id, code="unread", place=place))
                elif file.id in given and imported is not None and _is_mute(imported):
                    words = _("{number}: no words could be read in {name}, so none could be looked through")
                    said, place = words.format(number=item.number, name=file.name), f"{item.number} {file.name}"
                    found.append(Finding(Weight.SHOULD, said, "", item.id, file.id, code="unread", place=place))
        return tuple(found)

    def draw(
        self, shot: Snapshot, *, progress: Progress | None = None, cancelled: Callable[[], bool] | None = None
    ) -> PrintedPacket:
        """The packet, whatever it shows. Safe in a thread of its own."""
        from planstudio.reports.meeting.packet import PacketPrinter

        def part(low: float, high: float) -> Progress | None:
            if progress is None:
                return None
            return lambda share, what: progress(low + (high - low) * share, what)

        imported = self.take_in(shot, progress=part(0.0, 0.5), cancelled=cancelled)
        key = (shot.data.meeting.id, shot.data.audience)
        printer = self._printers.setdefault(key, PacketPrinter())
        tells = self._needles(shot, imported).tells
        return printer.print(shot.data, imported, progress=part(0.5, 0.95), cancelled=cancelled, tells=tells)

    def leaks(
        self, shot: Snapshot, printed: PrintedPacket, *, cancelled: Callable[[], bool] | None = None
    ) -> tuple[Leak, ...]:
        """What *printed*, drawn last from *shot*, shows of what is withheld; what was answered, too."""
        imported = self.take_in(shot, cancelled=cancelled)
        printer = self._printers[shot.data.meeting.id, shot.data.audience]
        needles = self._needles(shot, imported)
        return printer.leaks(
            printed, needles, imported, audience=shot.data.audience, check=lambda: _stop(cancelled)
        )  # fmt: skip

    def print(
        self, shot: Snapshot, *, progress: Progress | None = None, cancelled: Callable[[], bool] | None = None
    ) -> PrintedPacket:
        """The packet; LeakFound when it shows what its audience may not see and nobody has said why it may."""
        printed = self.draw(shot, progress=progress, cancelled=cancelled)
        open_ones = unanswered(self.leaks(shot, printed, cancelled=cancelled), shot.clearances)
        if open_ones:
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
        """Keep that the packet was printed, with its bytes and what was in it."""
        data = shot.data
        label = _("Print the {audience} packet, revision {n}").format(
            audience=word(data.audience).lower(), n=data.revision
        )
        return self._workspace.do(label, keep_packet, data, printed.pdf, printed.pages, printed.record.to_json())

    def unchanged(self, shot: Snapshot, printed: PrintedPacket) -> bool:
        """Whether the packet says nothing that the last printed one did not."""
        before = shot.data.previous
        if before is None or printed.changes:
            return False
        return before.content == printed.record.content

    def kept(self, shot: Snapshot) -> PacketRow | None:
        """The last revision as it was printed in the language spoken now; None where it was not."""
        last = shot.data.revision - 1
        for row in shot.whole.packets:
            if row.audience is shot.data.audience and row.revision == last:
                record = read_record(self._workspace.ask(asked.packet_record, row.id))
                if record is not None and record.language == language():
                    return row
        return None

    def in_this_language(self, shot: Snapshot) -> Snapshot:
        """The last revision once more, for nothing has changed but the language it is read in."""
        last = shot.data.revision - 1
        older = (row for row in shot.whole.packets if row.audience is shot.data.audience and row.revision < last)
        before = next(older, None)
        previous = read_record(self._workspace.ask(asked.packet_record, before.id)) if before else None
        return replace(shot, data=replace(shot.data, revision=last, previous=previous))

    def _intake_here(self) -> Intake:
        if self._intake is None:
            from planstudio.reports.foreign.intake import Intake

            self._intake = Intake(self._cache, in_the_clear=not self._workspace.secret)
        return self._intake


def _is_mute(imported: ImportedFile) -> bool:
    """Pages that are no pictures and of which no word came: a drawing, or what the reader did not survive."""
    return imported.fragment is not None and not imported.facts.scanned and not imported.text.strip()


def _mark(file: FileCard) -> Mark:
    return file.sha256, file.name, file.alternative_text


def keep_packet(session: Any, data: PacketData, pdf: bytes, pages: int, record: str) -> None:
    """Store a printed packet and what was in it."""
    meetings.record_packet(
        session, data.meeting.id, files.store(session, pdf), revision=data.revision, audience=data.audience,
        printed_at=data.printed_at, pages=pages, record=record, note=data.note,
    )  # fmt: skip


def report(
    plans: Reader,
    name: str,
    *,
    meeting_id: str | None = None,
    goal_id: str | None = None,
    policy_id: str | None = None,
    since: date | None = None,
    until: date | None = None,
    at: Past | None = None,
    before: Past | None = None,
) -> ReportData:
    """All that the report called *name* prints; of a redline *since* is the earlier moment, and *until* the later.

    *at* prints another plan of the file, or a plan as it stood; *before* is what a redline compares it with.
    """
    today = plans.clock.today()
    about = {"meeting_id": meeting_id, "goal_id": goal_id, "policy_id": policy_id}
    if before is not None:
        later = at or Past(before.plan_id, None, today, "")
        data = _at(plans, later, report_data, name, policy_id=policy_id)
        old = book_at(plans, before)
        same = plans.ask(origins, later.plan_id) if later.plan_id != before.plan_id else {}
        return replace(data, before=old, before_words=before.words, after_words=later.words, origins=same)
    if at is not None and name != "redline":
        return _at(plans, at, report_data, name, **about, since=since, until=until)
    plan = at.plan_id if at else plans.ask(current_plan)
    if name != "redline":
        return plans.ask(
            report_data, name, plan, today, meeting_id=meeting_id, goal_id=goal_id, policy_id=policy_id,
            since=since, until=until,
        )  # fmt: skip
    if since is None:
        raise InvalidInput(_("Choose the day to compare with."), field="since")
    try:
        earlier = plans.ask_as_of(_end_of(since), plan_book, plan, since, long_date(since))
    except NotFound as error:
        words = _("There was no plan in this file on {day} yet. Choose a later day.")
        raise InvalidInput(words.format(day=long_date(since)), field="since") from error
    if until is None or until >= today:
        data = plans.ask(report_data, name, plan, today, policy_id=policy_id)
        return replace(data, before=earlier, before_words=long_date(since))
    data = plans.ask_as_of(_end_of(until), report_data, name, plan, until, policy_id=policy_id, as_of=long_date(until))
    return replace(data, before=earlier, before_words=long_date(since), after_words=long_date(until))


def _at(plans: Reader, past: Past, query: Callable[..., T], *first: Any, **about: Any) -> T:
    """Ask about a plan as it stands, or as it stood."""
    if past.step is None:
        return plans.ask(query, *first, past.plan_id, past.day, **about)
    return plans.ask_at(past.step, query, *first, past.plan_id, past.day, as_of=past.words, **about)


def book_at(plans: Reader, past: Past) -> PlanBook:
    """The whole plan at a moment."""
    return _at(plans, past, plan_book)


def _stop(cancelled: Callable[[], bool] | None) -> None:
    if cancelled and cancelled():
        from planstudio.reports.printed import Cancelled

        raise Cancelled


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time(23, 59, 59)).astimezone()
