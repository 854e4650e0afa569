"""A meeting with papers of mixed kinds, for tests of packets."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pikepdf
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

import factories
from planstudio.domain.kinds import Access, Enclosed, ItemType, TimeUse
from planstudio.operations import files, meetings, plans
from planstudio.queries.plans import organization_card
from planstudio.workspace import Workspace


@dataclass(frozen=True)
class Names:
    meeting: str
    action: str  # a public item with papers
    closed: str  # a closed item with papers
    administrative: str
    goal: str
    policy: str


def a_meeting(workspace: Workspace) -> Names:
    """A regular meeting: public, administrative and closed items, a consent group, goals, a policy, no files yet."""
    district = workspace.ask(organization_card)
    workspace.do("Rule", plans.edit_organization, district.id, posting_rule="72 hours")
    goal = factories.add_goal(workspace, "Every student reads", label="Goal One", statement="By 2030 all read.")
    factories.add_strategy(workspace, goal, "Coach teachers")
    factories.add_measure(workspace, goal, unit="%", baseline=58.5, target=80.0)
    policy = factories.add_policy(workspace, body="# Purpose\n\nThe board supports students.")
    meeting = factories.add(
        workspace, "meeting", meetings.add_meeting, start=factories.EVENING, place="Birch Room",
        taking_part="Call 555-0142 for an interpreter.",
    )  # fmt: skip
    consent = section(workspace, meeting, "Consent agenda", consent=True)
    item(workspace, consent, "Minutes of November", minutes=1)
    business = section(workspace, meeting, "Action")
    action = item(
        workspace, business, "Reading materials", type=ItemType.ACTION, minutes=15, presenter="Johanna Lindqvist",
        time_use=TimeUse.GOAL_MONITORING, background="Teachers tried **two** programs.", rationale="It is cheaper.",
        fiscal_impact="Training costs $18,400.", recommended_motion="I move to adopt it.",
    )  # fmt: skip
    workspace.do("Link", meetings.support, action, "goal", goal)
    workspace.do("Enclose", meetings.enclose, action, Enclosed.POLICY, policy)
    inner = item(workspace, business, "Staffing of offices", access=Access.ADMINISTRATIVE, minutes=5)
    private = section(workspace, meeting, "Closed session")
    closed = item(
        workspace, private, "Grievance", type=ItemType.CLOSED, access=Access.CLOSED, ground="Code 54957", minutes=20
    )
    return Names(meeting, action, closed, inner, goal, policy)


def section(workspace: Workspace, meeting: str, title: str, **values: Any) -> str:
    return factories.add(workspace, "agenda_section", meetings.add_section, meeting, title=title, **values)


def item(workspace: Workspace, section_id: str, title: str, **values: Any) -> str:
    return factories.add(workspace, "agenda_item", meetings.add_item, section_id, title=title, **values)


def attach(workspace: Workspace, item_id: str, name: str, data: bytes, **values: Any) -> str:
    file = factories.add(workspace, "attachment", files.attach_file, "agenda_item", item_id, name, data)
    if values:
        workspace.do("Edit", files.edit_attachment, file, **values)
    return file


def text_pdf(words: str = "A page of text", pages: int = 1) -> bytes:
    """Untagged pages of text."""
    out = BytesIO()
    canvas = Canvas(out, invariant=1)
    for n in range(pages):
        canvas.drawString(72, 700, f"{words}, {n + 1}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def scan_pdf(pages: int = 1) -> bytes:
    """Pages that are pictures."""
    shots = [Image.new("L", (300, 400), 200 + n % 50) for n in range(pages)]
    out = BytesIO()
    shots[0].save(out, "PDF", save_all=True, append_images=shots[1:])
    return out.getvalue()


def locked_pdf(user: str = "secret") -> bytes:
    out = BytesIO()
    with pikepdf.open(BytesIO(text_pdf())) as document:
        document.save(out, encryption=pikepdf.Encryption(owner="owner", user=user))
    return out.getvalue()


def scripted_pdf() -> bytes:
    """A page with a script that runs when it is opened, and a file in it."""
    out = BytesIO()
    with pikepdf.open(BytesIO(text_pdf("Scripted"))) as document:
        document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('canaryscript')")
        document.attachments["canary.txt"] = b"canaryfile"
        document.save(out)
    return out.getvalue()


def picture(width: int = 60, height: int = 40) -> bytes:
    out = BytesIO()
    Image.new("RGB", (width, height), "steelblue").save(out, "PNG")
    return out.getvalue()


def lines_pdf(*lines: str) -> bytes:
    """One page with these lines."""
    out = BytesIO()
    canvas = Canvas(out, invariant=1)
    for n, line in enumerate(lines):
        canvas.drawString(72, 700 - 14 * n, line)
    canvas.save()
    return out.getvalue()


def named_pdf(name: str) -> bytes:
    """A page whose bookmark, title and author hold *name*."""
    out = BytesIO()
    with pikepdf.open(BytesIO(text_pdf())) as document:
        document.docinfo["/Title"] = document.docinfo["/Author"] = name
        with document.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem(name, 0))
        document.save(out)
    return out.getvalue()


def described_pdf(words: str) -> bytes:
    """A tagged page with a figure whose alternative text is *words*."""
    out = BytesIO()
    with pikepdf.open(BytesIO(text_pdf())) as document:
        page = document.pages[0]
        page.StructParents = 0
        page.Contents = document.make_stream(b"/Figure <</MCID 0>> BDC 0 0 10 10 re f EMC")
        root = document.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot))
        figure = document.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.StructElem, S=pikepdf.Name.Figure, P=root, Pg=page.obj, K=0, Alt=pikepdf.String(words)
            )
        )
        root.K = pikepdf.Array([figure])
        root.ParentTree = document.make_indirect(pikepdf.Dictionary(Nums=pikepdf.Array([0, pikepdf.Array([figure])])))
        document.Root.StructTreeRoot = root
        document.Root.MarkInfo = pikepdf.Dictionary(Marked=True)
        document.save(out)
    return out.getvalue()
