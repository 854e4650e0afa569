"""Boxes on pages: split where they may, kept together where they must, never refused."""

from __future__ import annotations

from dataclasses import replace

from tagged.reading import A2A, UA1, elements, failures, told
from tagged.sheets import COLUMN, STYLE, TABLE, canvas, pages, paragraph
from taggedpdf.box import Box, SideLabel, Spacer, Stack
from taggedpdf.canvas import TaggedCanvas
from taggedpdf.pages import Pages
from taggedpdf.table import Table
from taggedpdf.tags import Tag


class Block(Box):
    """A box of a height that cannot be split, and notes where it was drawn."""

    def __init__(self, height: float, *, keep: bool = False) -> None:
        self.height, self.keep = height, keep
        self.tops: list[tuple[int, float]] = []

    def wrap(self, width: float) -> float:
        return self.height

    def draw(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        self.tops.append((canvas.shown, top))
        canvas.put_rule("0 0 0 RG", 1, x, x + 10, top)


def section(sheet: TaggedCanvas) -> Tag:
    return sheet.root.document.add("Sect")


def test_a_box_that_does_not_fit_goes_to_the_next_page() -> None:
    sheet = canvas()
    first, second = Block(200), Block(200)
    pages(sheet).flow([first, second])
    assert first.tops == [(0, 350)]
    assert second.tops == [(1, 350)]


def test_space_vanishes_at_the_top_of_a_page() -> None:
    sheet = canvas()
    below = Block(100)
    pages(sheet).flow([Block(250), Spacer(40), below])
    assert below.tops == [(1, 350)]


def test_a_heading_goes_with_what_it_heads() -> None:
    sheet = canvas()
    heading, body = Block(20, keep=True), Block(60)
    pages(sheet).flow([Block(250), heading, body])
    assert heading.tops == [(1, 350)]
    assert body.tops == [(1, 330)]


def test_a_box_taller_than_a_page_is_drawn_all_the_same() -> None:
    sheet = canvas()
    tall, after = Block(500), Block(10)
    pages(sheet).flow([Block(10), tall, after])
    assert tall.tops == [(1, 350)]
    assert after.tops == [(2, 350)]


def test_counting_pages_is_as_good_as_filling_them() -> None:
    sheet = canvas()
    text = "words of a long paragraph " * 200
    counted = Pages(None, COLUMN)
    counted.flow([paragraph(text, None)])
    counted.turn()
    filled = pages(sheet)
    filled.flow([paragraph(text, section(sheet).add("P"))])
    filled.turn()
    assert counted.ended == filled.ended > 3


def test_a_paragraph_over_pages_is_one_element_and_reads_on() -> None:
    sheet = canvas()
    text = " ".join(f"word{n}" for n in range(400))
    pages(sheet).flow([paragraph(text, section(sheet).add("P"))])
    pdf = sheet.finish()
    assert [e.whole for e in elements(pdf) if e.role == "P"] == [text]
    assert failures(pdf, UA1) | failures(pdf, A2A) == set()


def test_neither_the_first_nor_the_last_line_stands_alone() -> None:
    def lines(count: int) -> list[int]:
        sheet = canvas()
        flow = pages(sheet)
        flow.flow([Block(300 - 15 * count)])
        box = paragraph("\n".join("abcde"), section(sheet).add("P"))
        box.wrap(200)
        parts = box.split(200, flow.room)
        return [round(part.wrap(200) / STYLE.leading) for part in parts] if parts else []

    assert lines(1) == []
    assert lines(2) == [2, 3]
    assert lines(4) == [3, 2]
    assert lines(5) == []  # all of it fits


def test_a_label_stays_with_the_first_part() -> None:
    sheet = canvas()
    sect = section(sheet)
    label = paragraph("Label", sect.add("H1"))
    body = paragraph(" ".join(f"word{n}" for n in range(300)), sect.add("P"), replace(STYLE, left=60))
    pages(sheet).flow([SideLabel(label, body, 50, 0)])
    said = told(sheet.finish())
    assert said.startswith("Label word0 word1")
    assert said.endswith("word299")


def test_a_stack_splits_between_its_boxes_and_through_one() -> None:
    sheet = canvas()
    sect = section(sheet)
    stack = Stack([paragraph("\n".join("abcd"), sect.add("P")), paragraph("\n".join("efgh"), sect.add("P"))])
    assert stack.wrap(200) == 120
    between = stack.split(200, 70)
    assert between
    assert [part.wrap(200) for part in between] == [60, 60]
    through = stack.split(200, 95)
    assert through
    assert [part.wrap(200) for part in through] == [90, 30]


def table(sheet: TaggedCanvas, texts: list[str]) -> Table:
    made = Table(section(sheet).add("Table"), [100, 100], TABLE)
    made.set_head([paragraph("Left", None), paragraph("Right", None)])
    for text in texts:
        made.add_row([paragraph(text, None), paragraph("r", None)])
    return made


def test_the_head_of_a_table_is_drawn_on_each_page_and_told_once() -> None:
    sheet = canvas()
    pages(sheet).flow([table(sheet, [f"row {n}" for n in range(40)])])
    pdf = sheet.finish()
    drawn = told(pdf)
    assert drawn.count("Left") == 1
    assert [e.whole for e in elements(pdf) if e.role == "TR"][1:] == [f"row {n} r" for n in range(40)]
    assert pdf.count(b"/Type/ObjStm") > 0
    assert failures(pdf, UA1) | failures(pdf, A2A) == set()


def test_a_row_taller_than_a_page_runs_on_as_one_row() -> None:
    sheet = canvas()
    text = " ".join(f"word{n}" for n in range(500))
    pages(sheet).flow([table(sheet, ["first", text, "last"])])
    pdf = sheet.finish()
    rows = [e.whole for e in elements(pdf) if e.role == "TR"]
    assert rows == ["Left Right", "first r", f"{text} r", "last r"]
    assert failures(pdf, UA1) == set()


def test_a_section_of_a_table_never_ends_a_page() -> None:
    sheet = canvas()
    made = table(sheet, [f"row {n}" for n in range(10)])
    made.add_section(paragraph("Section", None))
    made.add_row([paragraph("below", None), paragraph("r", None)])
    made.wrap(200)
    for room in range(60, 320):
        parts = made.split(200, room)
        if parts:
            head = parts[0]
            assert isinstance(head, Table)
            assert not head.rows[-1].section


def test_a_stack_is_not_cut_before_a_joined_box_or_after_one_that_keeps() -> None:
    sheet = canvas()
    sect = section(sheet)
    head, body, last = (paragraph("\n".join(text), sect.add("P")) for text in ("h", "abcdef", "xy"))
    head.keep, last.joined = True, True
    stack = Stack([head, body, last])
    assert stack.wrap(200) == 135
    assert stack.split(200, 20) is None
    for room in range(45, 135):
        parts = stack.split(200, room)
        assert parts
        assert parts[0].wrap(200) <= room
        rest = parts[1]
        assert isinstance(rest, Stack)
        assert rest.boxes[0] is not last


def test_a_table_is_cut_where_no_lone_row_stands_above_or_below() -> None:
    sheet = canvas()
    for count in range(1, 9):
        made = table(sheet, [f"row {n}" for n in range(count)])
        whole = made.wrap(200)
        for room in range(20, int(whole) + 20):
            parts = made.split(200, room)
            if parts:
                assert all(isinstance(part, Table) and len(part.rows) > 1 for part in parts)
            assert (room >= made.lead(200)) == (parts is not None or room >= whole)


def test_a_lone_row_is_left_over_rather_than_a_page_left_empty() -> None:
    sheet = canvas()
    made = table(sheet, ["\n".join("abcdefghijklmno"), "last"])
    parts = made.split(200, 270)
    assert parts
    assert isinstance(parts[1], Table)
    assert len(parts[1].rows) == 1


def test_what_a_paragraph_was_told_stays_with_the_part_it_is_about() -> None:
    box = paragraph("\n".join("abcdefgh"), section(canvas()).add("P"))
    box.before, box.after, box.keep, box.joined = 7, 11, True, True
    parts = box.split(200, 4 * STYLE.leading)
    assert parts
    head, rest = parts
    assert (head.before, head.joined, rest.after, rest.keep) == (7, True, 11, True)
    assert not rest.joined, "only the whole stays with what precedes"
