"""One story by three engines: each side prepares, which is not measured, and builds, which is.

    ours    the product's own way: Story, Pages, TaggedCanvas, PDF/UA-1 and PDF/A-2a
    stock   ReportLab's platypus as it is documented: untagged, one pass, nothing patched
    typst   Typst, PDF/UA-1

All have the same fonts, sizes, widths and drawings. Only ours says "Page 7 of
245" and the section at each page's head and keeps PDF/A; stock has its contents
at the end and no total, Typst the total but not the section: less work than ours.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any, Protocol
from xml.sax.saxutils import escape

from tagged_story import HEAD, Part, Section

from planstudio.memory import steady_memory
from planstudio.reports import fonts, style
from planstudio.reports.charts import trend
from planstudio.reports.figures import trend_text
from planstudio.reports.style import Grid
from planstudio.richtext import Listing, Paragraph, Span, blocks

GRID = Grid(*style.PAPERS["letter"])
WIDTHS = (GRID.text - 304, 50.0, 50.0, 44.0, 160.0)  # of a table's columns
CHART = 116.0
_FACES = {"Serif": "SourceSerif4", "Sans": "SourceSans3"}
_CUTS = {"": "Regular", "-B": "Bold", "-I": "It", "-BI": "BoldIt"}


class Side(Protocol):
    def build(self, sections: list[Section]) -> bytes: ...


class Ours:
    def __init__(self) -> None:
        from planstudio.reports import document, prose

        self._press, self._prose = document, prose

    def build(self, sections: list[Section]) -> bytes:
        from planstudio.reports.contents import contents
        from taggedpdf.navigation import Bookmark

        with steady_memory():
            document = self._press.ReportDocument("Benchmark", "A School District", date(2026, 1, 1))
            for number, section in enumerate(sections):
                with document.section("Sections", section.title, f"s{number}") as sheet:
                    sheet.title(section.title)
                    for part in section.parts:
                        self._write(sheet, part)

            def front(layout: Any, page_of: dict[str, int], _total: int) -> int:
                with layout.section("", "", "contents", listed=False) as sheet:
                    contents(sheet, document.layout.entries, page_of)
                return 0

            outline = [Bookmark(0, entry.title, entry.key) for entry in document.layout.entries]
            return document.finish(front, outline, "Contents").pdf

    def _write(self, sheet: Any, part: Part) -> None:
        sheet.subtitle(part.title)
        for text in part.texts:
            self._prose.write(sheet, text)
        if part.measure:
            sheet.figure(trend(part.measure, GRID.text, CHART), trend_text(part.measure), after=style.S3)
        if part.rows:
            table = sheet.table(WIDTHS)
            table.set_head(sheet.heads(*HEAD))
            for row in part.rows:
                table.add_row(sheet.cells(*row))


class Stock:
    def __init__(self) -> None:
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.ttfonts import TTFont

        # Whoever registers a name first has it. Charts name the product's faces, whose class needs the product's
        # canvas: here stand plain ones in their places before anybody asks for them.
        for family, file in _FACES.items():
            for cut, end in _CUTS.items():
                face = TTFont(family + cut, str(fonts.folder() / f"{file}-{end}.ttf"), shapable=False)
                pdfmetrics.registerFont(face)
            pdfmetrics.registerFontFamily(family, *(family + cut for cut in _CUTS))

    def build(self, sections: list[Section]) -> bytes:
        from reportlab.platypus import Frame, PageBreak, PageTemplate

        looks, out, flowables = self._looks(), BytesIO(), list[Any]()
        for number, section in enumerate(sections):
            flowables += [PageBreak()] if number else []
            title = _paragraph(escape(section.title), looks["title"])
            title.section = section.title
            flowables.append(title)
            for part in section.parts:
                self._write(flowables, part, looks)
        frame = Frame(GRID.margin, GRID.bottom, GRID.text, GRID.height - GRID.top - GRID.bottom, 0, 0, 0, 0)
        doc = _stock_doc()(
            out, pagesize=(GRID.width, GRID.height), title="Benchmark", pageCompression=1, invariant=1,
            initialFontName="Sans",
        )  # fmt: skip
        doc.titles = []
        doc.addPageTemplates(PageTemplate("page", [frame], onPage=_furniture))
        flowables += [PageBreak(), _stock_contents()(doc, looks["contents"], looks["title"])]
        doc.build(flowables)
        return out.getvalue()

    def _looks(self) -> dict[str, Any]:
        from reportlab.lib.styles import ParagraphStyle

        def make(font: str, size: float, leading: float, **more: Any) -> Any:
            return ParagraphStyle(
                font, fontName=font, fontSize=size, leading=leading, textColor=style.INK, bulletFontName=font, **more
            )

        side = GRID.side
        return {
            "title": make("Serif", 25, 30, spaceAfter=16),
            "heading": make("Sans-B", 11, 14, spaceBefore=16, spaceAfter=4, keepWithNext=1),
            "text": make("Serif", 11, 16, spaceAfter=8, leftIndent=side, allowWidows=0, allowOrphans=0),
            "item": make("Serif", 11, 16, spaceAfter=4, leftIndent=side + 14, bulletIndent=side),
            "inner": make("Serif", 11, 16, spaceAfter=4, leftIndent=side + 28, bulletIndent=side + 14),
            "cell": make("Sans", 9.5, 12),
            "contents": make("Serif", 11, 18, leftIndent=side + 34),
        }

    def _write(self, flowables: list[Any], part: Part, looks: dict[str, Any]) -> None:
        from reportlab.platypus import Spacer, Table, TableStyle

        flowables.append(_paragraph(escape(part.title), looks["heading"]))
        for text in part.texts:
            for block in blocks(text):
                if isinstance(block, Paragraph):
                    flowables.append(_paragraph(markup(block.spans), looks["text"]))
                elif isinstance(block, Listing):
                    self._list(flowables, block, looks, "item")
        if part.measure:
            flowables += [trend(part.measure, GRID.text, CHART), Spacer(0, style.S3)]
        if part.rows:
            # words that must wrap are paragraphs; figures are plain strings, the quickest that stock has
            cell = looks["cell"]
            rows = [[_paragraph(escape(first), cell), *rest, _paragraph(escape(last), cell)]
                    for first, *rest, last in part.rows]  # fmt: skip
            flowables += [
                Table([HEAD, *rows], WIDTHS, repeatRows=1, style=TableStyle(_RULES), hAlign="LEFT"),
                Spacer(0, style.S3),
            ]

    def _list(self, flowables: list[Any], listing: Listing, looks: dict[str, Any], look: str) -> None:
        for number, entry in enumerate(listing.entries, listing.start):
            for part in entry:
                if isinstance(part, Paragraph):
                    bullet = f"{number}." if listing.ordered else "–"
                    flowables.append(_paragraph(markup(part.spans), looks[look], bullet))
                elif isinstance(part, Listing):
                    self._list(flowables, part, looks, "inner")


_RULES = [
    ("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 0), ("RIGHTPADDING", (0, 0), (-1, -1), 8),
    ("TOPPADDING", (0, 0), (-1, -1), 4), ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
    ("LINEBELOW", (0, 1), (-1, -1), 0.4, style.RULE), ("LINEBELOW", (0, 0), (-1, 0), 0.75, style.INK),
    ("FONT", (0, 0), (-1, -1), "Sans", 9.5, 12), ("FONT", (0, 0), (-1, 0), "Sans-B", 8.5, 11),
]  # fmt: skip


def _paragraph(text: str, look: Any, bullet: str | None = None) -> Any:
    from reportlab.platypus import Paragraph as StockParagraph

    return StockParagraph(text, look, bulletText=bullet)


def markup(spans: tuple[Span, ...]) -> str:
    """Spans as ReportLab's markup."""
    out = []
    for span in spans:
        text = escape(span.text)
        text = f"<b>{text}</b>" if span.bold else text
        text = f"<i>{text}</i>" if span.italic else text
        out.append(f'<a href="{escape(span.link)}" color="#1d4b3f"><u>{text}</u></a>' if span.link else text)
    return "".join(out)


def _furniture(canvas: Any, doc: Any) -> None:
    canvas.setFillColor(style.QUIET)
    canvas.setFont("Sans-B", 8.5)
    canvas.drawString(GRID.margin, GRID.height - 42, "A School District")
    canvas.setFont("Sans", 8.5)
    canvas.drawRightString(GRID.width - GRID.margin, GRID.height - 42, "Section")
    canvas.drawString(GRID.margin, 36, "Benchmark")
    canvas.drawRightString(GRID.width - GRID.margin, 36, f"Page {doc.page}")


def _stock_doc() -> type[Any]:
    from reportlab.platypus import BaseDocTemplate

    class StockDoc(BaseDocTemplate):  # type: ignore[misc]
        """Notes where each title stands, and bookmarks it."""

        def afterFlowable(self, flowable: Any) -> None:
            title = getattr(flowable, "section", None)
            if title:
                self.titles.append((title, self.page))
                self.canv.bookmarkPage(title)
                self.canv.addOutlineEntry(title, title, 0)

    return StockDoc


def _stock_contents() -> type[Any]:
    from reportlab.platypus import Spacer

    class StockContents(Spacer):  # type: ignore[misc]
        """Draws the contents when all titles are known."""

        def __init__(self, doc: Any, look: Any, title: Any) -> None:
            super().__init__(0, 0)
            self.doc, self.look, self.heading = doc, look, title

        def wrap(self, width: float, height: float) -> tuple[float, float]:
            lines = [_paragraph("Contents", self.heading)]
            lines += [
                _paragraph(f'{page} <a href="#{escape(title)}">{escape(title)}</a>', self.look)
                for title, page in self.doc.titles
            ]
            self.lines = [(line, line.wrap(width, height)[1]) for line in lines]
            return width, sum(tall for _line, tall in self.lines)

        def draw(self) -> None:
            y = sum(tall for _line, tall in self.lines)
            for line, tall in self.lines:
                y -= tall
                line.drawOn(self.canv, 0, y)

    return StockContents


class Typst:
    """Writing the source counts, as writing the story does for the others."""

    def __init__(self) -> None:
        import typst

        self._compiler = typst.Compiler(font_paths=[str(fonts.folder())], ignore_system_fonts=True)

    def build(self, sections: list[Section]) -> bytes:
        lines = [_PREAMBLE]
        for number, section in enumerate(sections):
            lines.append(("#pagebreak()\n" if number else "") + f"#heading(level: 1)[{_typed(section.title)}]")
            for part in section.parts:
                self._write(lines, part)
        return self._compiler.compile("\n".join(lines).encode(), format="pdf", pdf_standards="ua-1")

    def _write(self, lines: list[str], part: Part) -> None:
        lines.append(f"#heading(level: 2)[{_typed(part.title)}]\n#pad(left: {GRID.side}pt)[")
        for text in part.texts:
            for block in blocks(text):
                if isinstance(block, Paragraph):
                    lines.append(_spans(block.spans) + "\n")
                elif isinstance(block, Listing):
                    lines.append("#" + self._list(block))
        lines.append("]")
        if part.measure:
            alt = trend_text(part.measure).replace("\\", "\\\\").replace('"', '\\"')
            lines.append(f'#figure(alt: "{alt}", {_chart(trend(part.measure, GRID.text, CHART))})')
        if part.rows:
            cells = [f"[{_typed(cell)}]" for row in part.rows for cell in row]
            lines.append(f"#grade(table.header({','.join(f'[{cell}]' for cell in HEAD)}),{','.join(cells)})")

    def _list(self, listing: Listing) -> str:
        entries = [
            "[" + "".join(
                _spans(each.spans) if isinstance(each, Paragraph) else f"#{self._list(each)}"
                for each in entry if isinstance(each, Paragraph | Listing)
            ) + "]"
            for entry in listing.entries
        ]  # fmt: skip
        return f"{'enum' if listing.ordered else 'list'}({','.join(entries)})"


_SIGNS = str.maketrans({sign: f"\\{sign}" for sign in "\\#$*_`<>@[]~/\"'-=+"})
_WIDTHS = "1fr, " + ", ".join(f"{width}pt" for width in WIDTHS[1:])
_PREAMBLE = f"""
#set document(title: "Benchmark", author: "A School District", date: datetime(year: 2026, month: 1, day: 1))
#set text(font: "Source Serif 4", size: 11pt, lang: "en", region: "US", hyphenate: false,
  top-edge: 0.75em, bottom-edge: -0.25em)
#set smartquote(enabled: false)
#set par(leading: 5pt, spacing: 13pt)
#set list(marker: [–], body-indent: 6pt, spacing: 9pt)
#set enum(spacing: 9pt)
#let small(it, ..more) = text(font: "Source Sans 3", size: 8.5pt, fill: rgb("#57534e"), ..more, it)
#set page(paper: "us-letter", margin: (x: {GRID.margin}pt, top: {GRID.top}pt, bottom: {GRID.bottom}pt),
  header: small[*A School District* #h(1fr) Section], header-ascent: 34pt,
  footer: context small[Benchmark #h(1fr) Page #counter(page).display() of #counter(page).final().first()])
#show heading.where(level: 1): it => block(below: 21pt, text(25pt, weight: "regular", par(leading: 5pt, it.body)))
#show heading.where(level: 2): it => block(above: 24pt, below: 12pt,
  text(font: "Source Sans 3", 11pt, weight: "bold", it.body))
#show link: it => underline(text(fill: rgb("#1d4b3f"), it))
#show table: set text(font: "Source Sans 3", size: 9.5pt)
#show table: set par(leading: 2.5pt)
#show table.cell.where(y: 0): set text(size: 8.5pt, weight: "bold", fill: rgb("#57534e"))
#let grade = table.with(columns: ({_WIDTHS}), align: left, inset: (left: 0pt, right: 8pt, top: 5.25pt, bottom: 5.25pt),
  stroke: (x, y) => (bottom: if y == 0 {{ 0.75pt + rgb("#1c1b1a") }} else {{ 0.4pt + rgb("#a8a29a") }}))
#show figure: set block(spacing: 21pt)
#outline(title: [Contents], depth: 1)
#pagebreak()
"""


def _typed(text: str) -> str:
    return text.translate(_SIGNS)


def _spans(spans: tuple[Span, ...]) -> str:
    out = []
    for span in spans:
        text = _typed(span.text)
        text = f"#strong[{text}]" if span.bold else text
        text = f"#emph[{text}]" if span.italic else text
        out.append(f'#link("{span.link}")[{text}]' if span.link else text)
    return "".join(out)


def _chart(drawing: Any) -> str:
    """The shapes of a drawing, placed one by one as they are on the other sides."""
    tall = drawing.height
    shapes = "".join(_SHAPES[type(shape).__name__](shape, tall) for shape in drawing.contents)
    return f"box(width: {drawing.width}pt, height: {tall}pt)[{shapes}]"


def _ink(color: Any) -> str:
    return f'rgb("#{color.hexval()[2:]}")' if color is not None else "none"


def _stroke(shape: Any) -> str:
    if shape.strokeColor is None:
        return "none"
    dashes = getattr(shape, "strokeDashArray", None)
    dash = f", dash: ({', '.join(f'{n}pt' for n in dashes)})" if dashes else ""
    return f"(paint: {_ink(shape.strokeColor)}, thickness: {shape.strokeWidth}pt{dash})"


def _line(shape: Any, tall: float) -> str:
    start, end = f"({shape.x1}pt, {tall - shape.y1}pt)", f"({shape.x2}pt, {tall - shape.y2}pt)"
    return f"#place(line(start: {start}, end: {end}, stroke: {_stroke(shape)}))"


def _polyline(shape: Any, tall: float) -> str:
    places = [f"({x}pt, {tall - y}pt)" for x, y in zip(shape.points[::2], shape.points[1::2], strict=True)]
    ways = ", ".join(f"curve.line({place})" for place in places[1:])
    return f"#place(curve(stroke: {_stroke(shape)}, curve.move({places[0]}), {ways}))"


def _circle(shape: Any, tall: float) -> str:
    at = f"dx: {shape.cx - shape.r}pt, dy: {tall - shape.cy - shape.r}pt"
    return f"#place({at}, circle(radius: {shape.r}pt, fill: {_ink(shape.fillColor)}, stroke: {_stroke(shape)}))"


def _rect(shape: Any, tall: float) -> str:
    at, size = f"dx: {shape.x}pt, dy: {tall - shape.y - shape.height}pt", f"{shape.width}pt, height: {shape.height}pt"
    return f"#place({at}, rect(width: {size}, fill: {_ink(shape.fillColor)}, stroke: {_stroke(shape)}))"


def _string(shape: Any, tall: float) -> str:
    weight = "bold" if shape.fontName.endswith("-B") else "regular"
    look = f'font: "Source Sans 3", size: {shape.fontSize}pt, weight: "{weight}", fill: {_ink(shape.fillColor)}'
    words = f'text({look}, top-edge: "baseline", bottom-edge: "baseline")[{_typed(shape.text)}]'
    wide, side = {"start": (0, "left"), "middle": (100, "center"), "end": (200, "right")}[shape.textAnchor]
    return f"#place(dx: {shape.x - wide}pt, dy: {tall - shape.y}pt, box(width: 200pt, align({side}, {words})))"


_SHAPES: dict[str, Callable[[Any, float], str]] = {
    "Line": _line, "PolyLine": _polyline, "Circle": _circle, "Rect": _rect, "String": _string,
}  # fmt: skip
SIDES: dict[str, Callable[[], Side]] = {"ours": Ours, "stock": Stock, "typst": Typst}
