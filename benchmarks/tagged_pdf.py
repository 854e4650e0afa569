"""What accessibility costs: our tagged report against the same story in stock ReportLab, untagged.

    python benchmarks/tagged_pdf.py --rounds 5 [--json]

One story of about 200 pages: headings, running text with bold, italic and
links, nested lists, tables over several pages, charts, contents, page numbers.
Ours goes the product's own way: Story, Pages, TaggedCanvas, PDF/UA-1 and
PDF/A-2a claimed and carried out. Stock is platypus as it is documented:
Paragraph, Table, BaseDocTemplate, Canvas, TTFont, one pass, nothing patched;
its contents stay at the end and its pages say "Page 7" without a total, which
is less work than ours. Both sides use the same fonts, sizes and drawings, both
write no base 85, and both have rl_accel, as installed.

Rounds are interleaved and measured in CPU time, so another process on the
machine disturbs little; the ratio is of the minima. Story building, layout
and writing count; imports and reading the fonts do not.
"""

from __future__ import annotations

import argparse
import json
import platform
import random
import statistics
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from time import process_time
from typing import Any
from xml.sax.saxutils import escape

import reportlab
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    BaseDocTemplate,
    Frame,
    PageBreak,
    PageTemplate,
    Spacer,
    Table,
    TableStyle,
)
from reportlab.platypus import Paragraph as StockParagraph

from planstudio.domain.cards import MeasureCard, ObservationRow
from planstudio.domain.kinds import Direction, Frequency, MeasureKind, MeasureTiming
from planstudio.reports import fonts, prose, style
from planstudio.reports.charts import trend
from planstudio.reports.contents import contents
from planstudio.reports.figures import trend_text
from planstudio.reports.press import Press, Sheets, steady_memory
from planstudio.reports.story import Story
from planstudio.reports.style import Grid
from planstudio.reports.tagged.binder import Bookmark
from planstudio.richtext import Listing, Paragraph, Span, blocks

VOCABULARY = (
    "river school reading garden board family lantern measure winter teacher harbor lesson promise bridge budget "
    "honest student morning library orchard steady figure meeting season kitchen attendance music window science "
    "policy neighbor history counsel question practice evidence repair plain early together toward every because"
)
WORDS = VOCABULARY.split()
GRID = Grid(*style.PAPERS["letter"])
SECTIONS, ROWS = 14, 46


@dataclass(frozen=True)
class Section:
    """One section of the story, the same for both sides."""

    title: str
    texts: tuple[str, ...]  # Markdown: paragraphs and lists
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    measure: MeasureCard


def story(seed: int = 11) -> list[Section]:
    """The story, the same each time."""
    chance = random.Random(seed)
    return [_section(chance, number) for number in range(1, SECTIONS + 1)]


def _sentence(chance: random.Random) -> str:
    return " ".join(chance.choice(WORDS) for _ in range(chance.randint(8, 17))).capitalize() + "."


def _section(chance: random.Random, number: int) -> Section:
    def text() -> str:
        return " ".join(_sentence(chance) for _ in range(6))

    texts = []
    for part in range(6):
        texts += [text() for _ in range(5)]
        place = f"https://policy.example/{number}{part}"
        texts.append(f"See **policy {number}{part}41**, its [full text]({place}) and the *adopted* plan. {text()}")
        texts.append(
            "\n".join(f"- {_sentence(chance)}" for _ in range(4))
            + f"\n  1. {_sentence(chance)}\n  2. {_sentence(chance)}"
        )
    rows = tuple(
        (
            f"Measure {number}.{row}: {_sentence(chance)}",
            f"{chance.uniform(40, 60):.1f}%",
            f"{chance.uniform(60, 80):.1f}%",
            f"{chance.randint(2026, 2031)}",
            " ".join(chance.choice(WORDS) for _ in range(6)),
        )
        for row in range(ROWS)
    )
    figures = tuple(ObservationRow("", date(2019 + year, 6, 1), chance.randint(50, 75)) for year in range(6))
    measure = MeasureCard(
        f"m{number}", f"Readers at grade level, school {number}", MeasureKind.OUTCOME, "%", Direction.HIGHER,
        Frequency.ANNUAL, MeasureTiming.LAGGING, 50, date(2018, 6, 1), 80, date(2029, 6, 1), observations=figures,
    )  # fmt: skip
    title = f"Section {number}: {' '.join(chance.choice(WORDS) for _ in range(4))}"
    return Section(title, tuple(texts), ("Measure", "Now", "Target", "Year", "Note"), rows, measure)


# ── ours


def tagged(sections: list[Section]) -> tuple[bytes, int]:
    """The story by the product's own way, tagged."""
    with steady_memory():
        press = Press("Benchmark", "A School District", date(2026, 1, 1))
        for number, section in enumerate(sections):
            with press.section("Sections", section.title, f"s{number}") as sheet:
                _write_section(sheet, section)

        def front(sheets: Sheets, page_of: dict[str, int], total: int) -> int:
            with sheets.section("", "", "contents", listed=False) as sheet:
                contents(sheet, press.sheets.entries, page_of)
            return 0

        outline = [Bookmark(0, entry.title, entry.key) for entry in press.sheets.entries]
        made = press.finish(front, outline, "Contents")
        return made.pdf, made.pages


def _write_section(sheet: Story, section: Section) -> None:
    sheet.title(section.title)
    for text in section.texts:
        prose.write(sheet, text)
    sheet.figure(trend(section.measure, GRID.text, 116), trend_text(section.measure), after=16)
    table = sheet.table([0.0, 50.0, 50.0, 44.0, 160.0])
    table.set_head(sheet.heads(*section.head))
    for row in section.rows:
        table.add_row(sheet.cells(*row))


# ── stock


def stock_styles() -> dict[str, ParagraphStyle]:
    side, ink = GRID.side, style.INK

    def make(font: str, size: float, leading: float, **more: Any) -> ParagraphStyle:
        return ParagraphStyle(
            font, fontName=font, fontSize=size, leading=leading, textColor=ink, bulletFontName=font, **more
        )

    return {
        "title": make("StockSerif", 25, 30, spaceAfter=16),
        "text": make("StockSerif", 11, 16, spaceAfter=8, leftIndent=side, allowWidows=0, allowOrphans=0),
        "item": make("StockSerif", 11, 16, spaceAfter=4, leftIndent=side + 14, bulletIndent=side),
        "inner": make("StockSerif", 11, 16, spaceAfter=4, leftIndent=side + 28, bulletIndent=side + 14),
        "cell": make("StockSans", 9.5, 12),
        "head": make("StockSans-Bold", 8.5, 11),
        "contents": make("StockSerif", 11, 18, leftIndent=side + 34),
    }


def register_stock() -> None:
    folder = fonts.folder()
    for family, file in (("StockSerif", "SourceSerif4"), ("StockSans", "SourceSans3")):
        for cut, end in (("", "Regular"), ("-Bold", "Bold"), ("-Italic", "It"), ("-BoldItalic", "BoldIt")):
            pdfmetrics.registerFont(TTFont(family + cut, str(folder / f"{file}-{end}.ttf"), shapable=False))
        pdfmetrics.registerFontFamily(family, family, f"{family}-Bold", f"{family}-Italic", f"{family}-BoldItalic")


def markup(spans: tuple[Span, ...]) -> str:
    """Spans as ReportLab's markup."""
    out = []
    for span in spans:
        text = escape(span.text)
        text = f"<b>{text}</b>" if span.bold else text
        text = f"<i>{text}</i>" if span.italic else text
        out.append(f'<a href="{escape(span.link)}" color="#1d4b3f"><u>{text}</u></a>' if span.link else text)
    return "".join(out)


class StockDoc(BaseDocTemplate):  # type: ignore[misc]
    """Notes where each title stands, and bookmarks it."""

    def afterFlowable(self, flowable: Any) -> None:
        title = getattr(flowable, "section", None)
        if title:
            self.titles.append((title, self.page))
            self.canv.bookmarkPage(title)
            self.canv.addOutlineEntry(title, title, 0)


def _furniture(canvas: Any, doc: Any) -> None:
    canvas.setFillColor(style.QUIET)
    canvas.setFont("StockSans-Bold", 8.5)
    canvas.drawString(GRID.margin, GRID.height - 42, "A School District")
    canvas.setFont("StockSans", 8.5)
    canvas.drawRightString(GRID.width - GRID.margin, GRID.height - 42, "Section")
    canvas.drawString(GRID.margin, 36, "Benchmark")
    canvas.drawRightString(GRID.width - GRID.margin, 36, f"Page {doc.page}")


RULES = [
    ("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 0), ("RIGHTPADDING", (0, 0), (-1, -1), 8),
    ("TOPPADDING", (0, 0), (-1, -1), 4), ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
    ("LINEBELOW", (0, 1), (-1, -1), 0.4, style.RULE), ("LINEBELOW", (0, 0), (-1, 0), 0.75, style.INK),
    ("FONT", (0, 0), (-1, -1), "StockSans", 9.5, 12), ("FONT", (0, 0), (-1, 0), "StockSans-Bold", 8.5, 11),
]  # fmt: skip


def stock(sections: list[Section]) -> tuple[bytes, int]:
    """The same story in plain platypus, untagged."""
    looks, out, flowables = stock_styles(), BytesIO(), list[Any]()
    for number, section in enumerate(sections):
        if number:
            flowables.append(PageBreak())
        title = StockParagraph(escape(section.title), looks["title"])
        title.section = section.title
        flowables.append(title)
        for text in section.texts:
            _stock_blocks(flowables, text, looks)
        flowables += [trend(section.measure, GRID.text, 116), Spacer(0, 16)]
        head = list(section.head)
        # words that must wrap are paragraphs; figures are plain strings, the quickest that stock has
        rows = [
            [StockParagraph(escape(row[0]), looks["cell"]), *row[1:4], StockParagraph(escape(row[4]), looks["cell"])]
            for row in section.rows
        ]
        widths = [GRID.text - 304, 50, 50, 44, 160]
        flowables.append(Table([head, *rows], colWidths=widths, repeatRows=1, style=TableStyle(RULES), hAlign="LEFT"))
    frame = Frame(GRID.margin, GRID.bottom, GRID.text, GRID.height - GRID.top - GRID.bottom, 0, 0, 0, 0)
    doc = StockDoc(
        out,
        pagesize=(GRID.width, GRID.height),
        title="Benchmark",
        pageCompression=1,
        invariant=1,
        initialFontName="StockSans",
    )
    doc.titles = []
    doc.addPageTemplates(PageTemplate("page", [frame], onPage=_furniture))
    flowables.append(PageBreak())
    flowables.append(_StockContents(doc, looks["contents"], looks["title"]))
    doc.build(flowables)
    return out.getvalue(), doc.page


def _stock_blocks(flowables: list[Any], text: str, looks: dict[str, ParagraphStyle]) -> None:
    for block in blocks(text):
        if isinstance(block, Paragraph):
            flowables.append(StockParagraph(markup(block.spans), looks["text"]))
        elif isinstance(block, Listing):
            _stock_list(flowables, block, looks, "item")


def _stock_list(flowables: list[Any], listing: Listing, looks: dict[str, ParagraphStyle], look: str) -> None:
    for number, entry in enumerate(listing.entries, listing.start):
        for part in entry:
            if isinstance(part, Paragraph):
                bullet = f"{number}." if listing.ordered else "–"
                flowables.append(StockParagraph(markup(part.spans), looks[look], bulletText=bullet))
            elif isinstance(part, Listing):
                _stock_list(flowables, part, looks, "inner")


class _StockContents(Spacer):  # type: ignore[misc]
    """Draws the contents when all titles are known."""

    def __init__(self, doc: Any, look: ParagraphStyle, title: ParagraphStyle) -> None:
        super().__init__(0, 0)
        self.doc, self.look, self.heading = doc, look, title

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        lines = [StockParagraph("Contents", self.heading)]
        lines += [
            StockParagraph(f'{page} <a href="#{escape(title)}">{escape(title)}</a>', self.look)
            for title, page in self.doc.titles
        ]
        self.lines = [(line, line.wrap(width, height)[1]) for line in lines]
        return width, sum(tall for _line, tall in self.lines)

    def draw(self) -> None:
        y = sum(tall for _line, tall in self.lines)
        for line, tall in self.lines:
            y -= tall
            line.drawOn(self.canv, 0, y)


# ── the race


def measure(rounds: int) -> dict[str, Any]:
    """Both sides in turns; seconds of CPU each."""
    sections = story()
    fonts.register()
    register_stock()
    sides: dict[str, Callable[[list[Section]], tuple[bytes, int]]] = {"tagged": tagged, "stock": stock}
    times: dict[str, list[float]] = {name: [] for name in sides}
    facts: dict[str, dict[str, Any]] = {}
    for number in range(rounds + 1):
        for name, make in sides.items():
            start = process_time()
            data, pages = make(sections)
            if number:  # the first round warms up
                times[name].append(process_time() - start)
            facts[name] = {"pages": pages, "kilobytes": len(data) // 1024}
    for name, seconds in times.items():
        facts[name] |= {
            "minimum": min(seconds),
            "median": statistics.median(seconds),
            "pages_per_second": facts[name]["pages"] / min(seconds),
        }
    return {
        "rounds": rounds, "python": platform.python_version(), "reportlab": reportlab.__version__, **facts,
        "ratio": facts["tagged"]["minimum"] / facts["stock"]["minimum"],
        "ratio_a_page": facts["stock"]["pages_per_second"] / facts["tagged"]["pages_per_second"],
        "ratio_of_medians": facts["tagged"]["median"] / facts["stock"]["median"],
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description="Tagged report against stock ReportLab, untagged.")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    options = parser.parse_args()
    result = measure(options.rounds)
    if options.json:
        json.dump(result, sys.stdout, indent=2)
        print()
        return
    for name in ("tagged", "stock"):
        side = result[name]
        print(f"{name:7} {side['minimum']:6.2f} s minimum  {side['median']:6.2f} s median  {side['pages']:4} pages  "
              f"{side['pages_per_second']:5.0f} pages/s  {side['kilobytes']:5} KB")  # fmt: skip
    print(
        f"tagged / stock: {result['ratio']:.2f} (minima), {result['ratio_of_medians']:.2f} (medians), "
        f"{result['ratio_a_page']:.2f} a page"
    )


if __name__ == "__main__":
    main()
