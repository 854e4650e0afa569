"""A meeting of 40 items, and sixty files of the kinds that people attach, the hostile ones among them."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

ITEMS = 40
EVENING = datetime.fromisoformat("2030-12-09T18:30")


class File(NamedTuple):
    name: str
    data: bytes


def sixty() -> list[File]:
    """The files, the same each time; about 350 pages of them can be included."""
    kinds: list[tuple[int, str, Callable[[int], bytes]]] = [
        (6, "Report {n}.pdf", tagged),
        (14, "Bids {n}.pdf", lambda n: text(10, n)),
        (8, "Scan {n}.pdf", lambda n: scan(3, n)),
        (4, "Contract {n}.pdf", lambda n: locked(text(10, 100 + n), user="")),
        (3, "Locked {n}.pdf", lambda n: locked(text(2, 120 + n), user="secret")),
        (2, "Cut {n}.pdf", lambda n: text(10, 140 + n)[: -4000 * n]),
        (1, "Broken {n}.pdf", lambda n: text(2, 150 + n)[:300]),
        (1, "No table {n}.pdf", lambda n: text(10, 160 + n).replace(b"xref", b"xxxx")),
        (1, "Endless {n}.pdf", lambda _n: short(5000)),
        (2, "Bomb {n}.png", bomb),
        (1, "Scripted {n}.pdf", lambda n: hostile(text(4, 170 + n), "script")),
        (1, "Launching {n}.pdf", lambda n: hostile(text(4, 180 + n), "launch")),
        (1, "With files {n}.pdf", lambda n: hostile(text(4, 190 + n), "files")),
        (2, "Letter {n}.docx", word),
        (2, "Budget {n}.xlsx", excel),
        (6, "Notes {n}.md", lambda n: f"# Notes {n}\n\n{_lines(300 + n, 12)}\n\n- one\n- two\n".encode()),
        (4, "Photo {n}.jpg", photo),
        (1, "Web {n}.pdf", lambda _n: b"<html><body>This is not a PDF.</body></html>"),
    ]
    return [File(name.format(n=n), make(n)) for count, name, make in kinds for n in range(1, count + 1)]


def text_files(count: int, pages: int) -> list[File]:
    return [File(f"Text {n}.pdf", text(pages, 1000 + n)) for n in range(count)]


def _lines(seed: int, count: int) -> str:
    from tagged_story import story

    words = " ".join(" ".join(part.texts) for part in story(seed, 1)[0].parts).split()
    start = random.Random(seed).randrange(len(words) // 2)
    return "\n".join(" ".join(words[start + 12 * n : start + 12 * n + 12]) for n in range(count))


def text(pages: int, seed: int) -> bytes:
    """Untagged pages full of text, its fonts embedded."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(TTFont("Paper", "Vera.ttf", shapable=False))  # which ReportLab brings
    out = BytesIO()
    canvas = Canvas(out, invariant=1, initialFontName="Paper")
    lines = _lines(seed, 40)
    for page in range(pages):
        drawn = canvas.beginText(72, 720)
        drawn.setFont("Paper", 9, 14)
        drawn.textLines(f"Paper {seed}, page {page + 1}\n{lines}")
        canvas.drawText(drawn)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def short(pages: int) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    out = BytesIO()
    canvas = Canvas(out, invariant=1)
    for page in range(pages):
        canvas.drawString(72, 700, f"Page {page + 1}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def tagged(seed: int) -> bytes:
    """About 19 pages made by this program, PDF/UA-1."""
    from tagged_sides import Ours
    from tagged_story import story

    return Ours().build(story(2000 + seed, 1))


def scan(pages: int, seed: int) -> bytes:
    """Gray pictures of pages, 150 dots an inch, with a scanner's grain."""
    from PIL import Image, ImageDraw

    chance, shots = random.Random(seed), []
    for _page in range(pages):
        grain = Image.frombytes("L", (1275, 1650), chance.randbytes(1275 * 1650)).point(lambda n: 235 + n // 13)
        ImageDraw.Draw(grain).multiline_text((150, 150), _lines(seed, 60), fill=40, font_size=18, spacing=6)
        shots.append(grain)
    out = BytesIO()
    shots[0].save(out, "PDF", save_all=True, append_images=shots[1:], resolution=150)
    return out.getvalue()


def locked(pdf: bytes, user: str) -> bytes:
    import pikepdf

    out = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as document:
        document.save(out, encryption=pikepdf.Encryption(owner="owner", user=user))
    return out.getvalue()


def hostile(pdf: bytes, kind: str) -> bytes:
    import pikepdf

    out, name, make = BytesIO(), pikepdf.Name, pikepdf.Dictionary
    with pikepdf.open(BytesIO(pdf)) as document:
        if kind == "script":
            document.Root.OpenAction = make(S=name.JavaScript, JS="app.alert('here')")
            document.pages[0].AA = make(O=make(S=name.JavaScript, JS="app.alert('there')"))
        elif kind == "launch":
            go = make(S=name.Launch, F="calc.exe", Next=make(S=name.URI, URI="http://elsewhere.example"))
            document.pages[0].Annots = document.make_indirect(
                pikepdf.Array([make(Type=name.Annot, Subtype=name.Link, Rect=[72, 72, 200, 90], A=go)])
            )
        else:
            document.attachments["ledger.xlsx"] = excel(9)
        document.save(out)
    return out.getvalue()


def bomb(n: int) -> bytes:
    """144 million pixels in a few kilobytes."""
    from PIL import Image

    out = BytesIO()
    Image.new("1", (12_000, 12_000 + n)).save(out, "PNG")
    return out.getvalue()


def photo(seed: int) -> bytes:
    from PIL import Image

    small = Image.frombytes("RGB", (80, 60), random.Random(seed).randbytes(80 * 60 * 3))
    out = BytesIO()
    small.resize((2400, 1800), Image.Resampling.BICUBIC).save(out, "JPEG", quality=88)
    return out.getvalue()


def word(n: int) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<document>{_lines(400 + n, 50)}</document>")
    return out.getvalue()


def excel(n: int) -> bytes:
    from openpyxl import Workbook

    book, out = Workbook(), BytesIO()
    for row in range(50):
        book.active.append([f"Line {row}", row * n])
    book.save(out)
    return out.getvalue()


# ── the plan


class Meeting(NamedTuple):
    ident: str
    item: str  # the public one that is edited


def write_plan(path: Path, agendas: dict[str, Sequence[File]]) -> dict[str, Meeting]:
    """A plan with a few goals and policies, and a meeting for each of *agendas* with those files."""
    from planstudio import app
    from planstudio.operations import goals, measures, plans, policies
    from planstudio.queries.plans import current_plan

    workspace = app.open_workspace(path, create=True)
    workspace.start_plan("New plan", plans.create_plan, "Alder Bend School District", "Strategic Plan")
    plan, known = workspace.ask(current_plan), {}
    known["goal"] = [
        _add(workspace, "goal", goals.add_goal, plan, title=f"Goal {n}", label=f"Goal {n}", statement=_lines(n, 3))
        for n in range(1, 5)
    ]
    for goal in known["goal"]:
        _add(workspace, "measure", measures.add_measure, goal_id=goal, name="Reading", baseline=50.0, target=80.0)
    known["policy"] = [
        _add(workspace, "policy", policies.add_policy, f"51{n}0", f"Policy {n}", body=f"# Purpose\n\n{_lines(n, 60)}")
        for n in range(4)
    ]
    made = {name: _meeting(workspace, files, known) for name, files in agendas.items()}
    workspace.publish()
    workspace.close()
    return made


def _add(workspace: Any, table: str, operation: Callable[..., Any], *args: Any, **values: Any) -> str:
    change = workspace.do(f"Add {table}", operation, *args, **values)
    return next(row for touched, row in change.touched if touched == table)


def _meeting(workspace: Any, files: Sequence[File], known: dict[str, list[str]]) -> Meeting:
    from planstudio.domain.kinds import Access, Enclosed
    from planstudio.operations import meetings
    from planstudio.operations.files import attach_file

    meeting = _add(workspace, "meeting", meetings.add_meeting, start=EVENING, place="Birch Room")
    public = []
    for n, values in enumerate(_items()):
        if n % 8 == 0:
            section = _add(workspace, "agenda_section", meetings.add_section, meeting, title=f"Part {n // 8 + 1}")
        item = _add(workspace, "agenda_item", meetings.add_item, section, **values)
        if values["access"] is Access.PUBLIC:
            public.append(item)
    for n, file in enumerate(files):
        _add(workspace, "attachment", attach_file, "agenda_item", public[n % len(public)], file.name, file.data)
    for item, goal, policy in zip(public[::9], known["goal"], known["policy"], strict=False):
        workspace.do("Link", meetings.support, item, "goal", goal)
        workspace.do("Enclose", meetings.enclose, item, Enclosed.POLICY, policy)
    return Meeting(meeting, public[len(public) // 2])


def _items() -> Iterator[dict[str, Any]]:
    """The last three are for some only, so that a packet for all is searched for their words."""
    from planstudio.domain.kinds import Access, ItemType

    for n in range(ITEMS):
        values: dict[str, Any] = {
            "title": f"Item {n + 1} of the evening", "type": ItemType.ACTION, "minutes": 5, "access": Access.PUBLIC,
            "background": _lines(500 + n, 10), "rationale": _lines(600 + n, 3), "presenter": "Johanna Lindqvist",
            "fiscal_impact": f"It costs ${n + 1},400.", "recommended_motion": "I move to adopt it.",
        }  # fmt: skip
        if n >= ITEMS - 2:
            complaint = f"Complaint number {n} of Zebulon Quartermain about his pay and his room."
            values |= {"background": complaint, "rationale": "His aunt Wilhelmina Thistledown asks for it."}
            values |= {"type": ItemType.CLOSED, "access": Access.CLOSED, "ground": "Code 54957"}
        elif n == ITEMS - 3:
            move = "Offices are to be moved in Quillfeather Hall."
            values |= {"access": Access.ADMINISTRATIVE, "background": move, "rationale": "Quillfeather Hall is damp."}
        yield values
