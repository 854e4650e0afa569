"""Take the manual's pictures anew: take_pictures.py [FOLDER [NAME…]]; with names only these.

Drives the real window without a screen through every page, light, dark and at
200 percent, in English and (in the folder es) in Spanish. The font is the platform's; UI_FONT names another.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from planstudio.domain.places import Place, at_page

if TYPE_CHECKING:
    from planstudio.gui.desk import Desk
    from planstudio.gui.pages.plan_view import PlanView
    from planstudio.gui.window import Window

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
PAGE = """\
LARK HOLLOW SCHOOL DISTRICT
Our Mission
We teach every child to read the world and to mend it.

Our Vision
Our graduates will be known for:
- asking before they answer
- finishing what they begin
- reading what they sign

Our Core Values
Candor
Craft
Courage

OUR STRATEGIC PRIORITIES

Our Guiding Principles
As neighbors, we:
~Greet every family by name at the school door
~Keep buildings open in the evening for those who want to learn
~Share the responsibility for learning among home, school and town
~Share the responsibility for learning among home, school and the town
~Publish every dollar we spend on one page
"""
PAPER = (  # pictures of pages: a name, and the beginning of the title of its part
    ("cover", "Cover"),
    ("agenda", "Agenda"),
    ("item", "6A Reading materials"),
    ("chart", "5A The monitoring report"),
    ("table", "Scorecard"),
    ("changes", "What changed"),
    ("accessibility", "Accessibility summary"),
)
SHOTS = (("light", 100, 1440, 900), ("dark", 100, 1440, 900), ("light", 200, 1920, 1200), ("dark", 200, 1920, 1200))


def main() -> int:
    target = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent / "pictures")
    target.mkdir(parents=True, exist_ok=True)
    for language, folder in (("en_US", target), ("es_US", target / "es")):
        folder.mkdir(exist_ok=True)
        for mode, percent, width, height in SHOTS:
            tail = f"-{mode}" + ("" if percent == 100 else f"-{percent}")
            if os.fork() == 0:
                take(folder, tail, language, mode == "dark", percent, width, height)
                os._exit(0)
            os.wait()
    if not sys.argv[2:]:
        take_paper(target)
        take_recovery(target)
    return 0


def take_meetings(desk: Desk, view: PlanView, shot: Callable[[str], None], settle: Callable[..., None]) -> None:
    """The meetings, an agenda with its packet, an item, the room, the minutes, the monitoring calendar."""
    from planstudio.queries.meetings import meeting_card, meeting_rows

    coming, held = desk.ask(meeting_rows)[:2]
    view.go(at_page("meetings"))
    shot("meetings")
    view.go(Place("meeting", coming.id))
    settle(lambda: not view.packet.maker.is_busy, 60_000)
    settle(most=1500)
    shot("meeting")
    item = next(item for item in desk.ask(meeting_card, coming.id).items() if item.title.startswith("Reading"))
    view.go(Place("agenda_item", item.id))
    settle(most=1500)
    shot("item")
    view.go(Place("meeting_room", held.id))
    shot("room")
    view.go(Place("minutes", held.id))
    shot("minutes")
    view.go(at_page("monitoring"))
    shot("monitoring")


def differ(desk: Desk, folder: Path) -> None:
    """What Ana Fuentes and Ruth Hale changed in two copies, put together."""
    import shutil
    from datetime import date

    from planstudio.domain.kinds import Choice
    from planstudio.operations import goals, measures, meetings
    from planstudio.queries.goals import goal_card
    from planstudio.queries.meetings import meeting_card, meeting_rows
    from planstudio.queries.plans import plan_outline
    from planstudio.store.document import Document
    from planstudio.workspace import Workspace

    ours = desk.workspace
    ours.write_file()
    copy = folder / "copy.planstudio"
    shutil.copy(ours.path, copy)
    theirs = Workspace(Document(copy, folder / "ana", author="Ana Fuentes"), device="ana", author="Ana Fuentes")
    outline = ours.ask(plan_outline, desk.plan_id)
    goal, other = outline.goals[0], outline.goals[1]
    measure = ours.ask(goal_card, goal.id).measures[0]
    said = ours.ask(goal_card, goal.id).statement
    held = ours.ask(meeting_rows)[1]
    item = next(one for one in ours.ask(meeting_card, held.id).items() if one.motions and one.motions[0].votes)
    motion = item.motions[0]
    first, second = [vote.person_id for vote in motion.votes if vote.choice is Choice.YES][:2]
    day = date(2026, 11, 20)
    for who, words, figure, due, title, votes, source in (
        (ours, said.replace("85", "88").rstrip(".") + ", in every school.", 66.4, date(2027, 5, 1), "Call at once",
         {first: Choice.NO, second: Choice.ABSTAIN}, "Screening of November 18"),
        (theirs, said.replace("third", "3rd"), 66.9, date(2027, 6, 1), "Call on the first day",
         {first: Choice.ABSTAIN, second: Choice.NO}, ""),
    ):  # fmt: skip
        who.do("Edit the due date", goals.edit_strategy, other.children[0].id, due=due)
        who.do("Edit the title", goals.edit_strategy, other.children[0].id, title=title)
        who.do("Edit the statement", goals.edit_goal, goal.id, statement=words)
        who.do("Record a figure", measures.record_observation, measure.id, day, figure, source=source)
        who.do("Record the votes", meetings.record_votes, motion.id, votes)
    theirs.write_file()
    shutil.copy(copy, ours.path)
    theirs.close()
    ours.look_again()
    desk.merge_foreign()


def take_settling(
    desk: Desk, view: PlanView, shot: Callable[[str], None], settle: Callable[..., None], folder: Path
) -> None:
    """The page Settle with two answers given and a third begun."""
    differ(desk, folder)
    view.go(at_page("settle"))
    page = view.stack.currentWidget()
    for field, place in (("source", 0), ("due", 1)):
        card = next(card for card in page.cards.values() if card.question.first.field == field)
        card.verbs[place].click()
    next(card for card in page.cards.values() if card.question.first.field == "statement").begin_writing()
    settle(most=1500)
    shot("settle")


def take_notices(
    window: Window, older: bytes, shot: Callable[[str], None], settle: Callable[..., None]
) -> None:  # fmt: skip
    """An older file put back, and closing when the folder is not there."""
    from planstudio.operations.goals import edit_goal
    from planstudio.queries.plans import plan_outline

    assert window.plan is not None
    place, desk, saver = window.plan.workspace.path, window.plan.desk, window.plan.saver
    window.go(at_page("overview"))
    saver.save()
    settle(lambda: saver.standing.saved and not window.plan.workspace.dirty, 20_000)
    settle(most=1000)
    place.write_bytes(older)
    saver.watcher.look()
    settle(most=2000)
    shot("older")
    saver.save()
    settle(most=2000)
    place.parent.rename(place.parent.with_name("unplugged"))
    desk.do("Edit the title", edit_goal, desk.ask(plan_outline, desk.plan_id).goals[0].id, label="Goal 1")
    window.close_plan()
    shot("closing")
    place.parent.with_name("unplugged").rename(place.parent)


def take_paper(target: Path) -> None:
    """Pages of the sample's packet, in its first revision."""
    import pypdfium2

    from planstudio import app
    from planstudio.domain.kinds import Access
    from planstudio.operations.meetings import edit_item
    from planstudio.packets import Packets
    from planstudio.queries.meetings import meeting_card, meeting_rows

    os.environ["PLANSTUDIO_DATA"] = tempfile.mkdtemp()
    workspace = app.open_workspace(app.sample_plan(Path(tempfile.mkdtemp())))
    meeting = workspace.ask(meeting_rows)[0].id
    packets = Packets(workspace)
    shot = packets.snapshot(meeting, Access.PUBLIC)
    packets.record(shot, packets.print(shot))
    item = next(item for item in workspace.ask(meeting_card, meeting).items() if item.title.startswith("Reading"))
    workspace.do("Edit", edit_item, item.id, fiscal_impact=item.fiscal_impact.replace("22 teachers", "24 teachers"))
    printed = packets.print(packets.snapshot(meeting, Access.PUBLIC))
    document = pypdfium2.PdfDocument(printed.pdf)
    for name, title in PAPER:
        at = next(n for n, place in enumerate(printed.parts) if place.title.startswith(title))
        save(document[at].render(scale=1.4).to_pil(), target / f"paper-{name}.png")
    packets.close()
    workspace.close()


def take_recovery(target: Path) -> None:
    """The recovery sheet of a plan under a password, with an invented key."""
    from datetime import date

    import pypdfium2

    from planstudio.domain.recovery import written
    from planstudio.reports.recovery import recovery_sheet

    made = recovery_sheet(
        written(bytes(range(7, 39))), "Closed sessions", "Closed sessions.planstudiox", "Juniper Flats School District",
        date(2026, 11, 30),
    )  # fmt: skip
    save(pypdfium2.PdfDocument(made.pdf)[0].render(scale=1.4).to_pil(), target / "paper-recovery.png")


def save(picture: Image.Image, path: Path) -> None:
    """As a picture of 256 colors, which is a third of the bytes."""
    colors = picture.quantize(256, method=Image.Quantize.MAXCOVERAGE, kmeans=2, dither=Image.Dither.NONE)
    colors.save(path, optimize=True)


def take(target: Path, tail: str, language: str, dark: bool, percent: int, width: int, height: int) -> None:
    from PySide6.QtCore import QDeadlineTimer
    from PySide6.QtGui import QFont, QImage
    from PySide6.QtWidgets import QApplication

    folder = Path(tempfile.mkdtemp())
    os.environ["PLANSTUDIO_DATA"] = str(folder)
    (folder / "person.json").write_text(json.dumps({"name": "Ruth Hale"}), "utf-8")
    from planstudio import app
    from planstudio.gui import theme
    from planstudio.gui.pages.page import PrintRequest
    from planstudio.gui.settings import Settings
    from planstudio.gui.window import Window
    from planstudio.operations.goals import edit_strategy, move_strategy
    from planstudio.queries.goals import goal_card
    from planstudio.queries.plans import current_plan, plan_outline
    from planstudio.queries.policies import all_policies

    qt = QApplication([])
    app.speak(language)
    qt.setFont(QFont(os.environ.get("UI_FONT", "Inter"), 10))
    settings = Settings(folder / "settings.ini")
    settings.percent = percent
    theme.apply(qt, dark=dark, percent=percent)
    window = Window(app.open_workspace, lambda: app.sample_plan(folder / "Documents"), settings, folder, "Ruth Hale")
    window.resize(width, height)
    window.show()

    def settle(ready: Callable[[], bool] = lambda: False, most: int = 250) -> None:
        deadline = QDeadlineTimer(most)
        while not deadline.hasExpired() and not ready():
            qt.processEvents()

    def shot(name: str) -> None:
        if sys.argv[2:] and name not in sys.argv[2:]:
            return
        settle()
        grabbed = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
        size, bits = (grabbed.width(), grabbed.height()), bytes(grabbed.constBits())
        save(Image.frombuffer("RGB", size, bits, "raw", "RGB", grabbed.bytesPerLine(), 1), target / f"{name}{tail}.png")

    shot("start")
    window.open_sample()
    shot("overview")
    assert window.plan is not None
    view, desk = window.plan.view, window.plan.desk
    outline = desk.ask(plan_outline, desk.ask(current_plan))
    goal = outline.goals[0]
    settle(most=1500)
    older = window.plan.workspace.path.read_bytes()
    view.go(Place("goal", goal.id))
    view.outline.setFocus()
    shot("goal")
    view.go(Place("brief", goal.id))
    shot("brief")
    for name in ("one-page", "district", "spelling"):
        view.go(at_page(name))
        shot(name)
    view.go(at_page("replace"))
    view.stack.currentWidget().look_for("students")
    view.stack.currentWidget().by.setText("learners")
    shot("replace")
    view.go(Place("statement", outline.statements[2].id))
    view.stack.currentWidget().items.rows[3].text.field.setFocus()
    shot("values")
    view.outline.setFocus()
    view.go(Place("statement", outline.statements[0].id))
    shot("mission")
    view.go(Place("strategy", goal.children[0].id))
    shot("strategy")
    view.go(Place("measure", desk.ask(goal_card, goal.id).measures[0].id))
    shot("measure")
    view.go(at_page("policies"))
    shot("policies")
    view.go(Place("policy", next(policy for policy in desk.ask(all_policies) if policy.code == "5110").id))
    shot("policy")
    view.go(Place("statement", outline.statements[1].id))
    question = view.stack.currentWidget().question
    question.setPlainText("Where we will be in 2030")
    question.document().setModified(True)
    question.commit()
    view.go(at_page("history"))
    shot("history")
    view.go(at_page("updates"))
    shot("updates")
    strategy = outline.goals[1].children[0].id
    words = "Call home on the first day missed, and ask what would help."
    desk.do("Edit “Call on the second absence”", edit_strategy, strategy, title="Call on the first absence", text=words)
    desk.do("Move “A book a child chose, every summer”", move_strategy, goal.children[2].id, 0)
    view.go(at_page("past"))
    past = view.stack.currentWidget()
    past.slider.setValue(0)
    past.changed.click()
    settle(lambda: not past.busy, 10_000)
    shot("past")
    view.go(Place("goal", outline.goals[1].id))
    view.side.begin_find()
    view.search.setText("read")
    shot("find")
    view.search.clear()
    view.outline.setFocus()
    view.record_progress()
    shot("progress")
    take_meetings(desk, view, shot, settle)
    opened = window.plan
    opened.print_report(PrintRequest("time-use"))
    settle(lambda: opened.printer is not None and opened.printer.save.isEnabled(), 60_000)
    settle(most=1500)
    shot("report")
    opened.print_report(PrintRequest("packet"))
    settle(lambda: opened.printer is not None and opened.printer.save.isEnabled(), 60_000)
    settle(most=1500)
    shot("print")
    window.stack.setCurrentWidget(view)
    take_settling(desk, view, shot, settle, folder)
    take_notices(window, older, shot, settle)
    page = folder / "mission page.txt"
    page.write_text(PAGE, "utf-8")
    window.importing.bring_in(page)
    settle(lambda: window.importing.page is not None, 30_000)
    shot("import")
    target_plan = folder / "Closed sessions.planstudiox"
    window.plan.workspace.protect(target_plan, "four calm owls reading")
    window.importing.drop()
    window.open_plan(target_plan)
    window.plan.lock.lock()
    shot("locked")
    window.close()


if __name__ == "__main__":
    sys.exit(main())
