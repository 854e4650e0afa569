"""A drawing with its alternative text."""

from __future__ import annotations

from reportlab.graphics import renderPDF
from reportlab.graphics.shapes import Drawing

from taggedpdf.box import Box
from taggedpdf.canvas import TaggedCanvas
from taggedpdf.tags import Tag


class Figure(Box):
    """A drawing, told by its tag's alternative text. It never splits."""

    def __init__(self, drawing: Drawing, tag: Tag, *, before: float = 0, after: float = 0) -> None:
        if not tag.alt:
            raise ValueError("a figure needs an alternative text")
        self.drawing, self.tag = drawing, tag
        self.before, self.after = before, after

    def wrap(self, width: float) -> float:
        height: float = self.drawing.height
        return height

    def draw(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        width, height = self.drawing.width, self.drawing.height
        box = f"{x:.2f} {top - height:.2f} {x + width:.2f} {top:.2f}"
        self.tag.attributes = f"<</O/Layout/Placement/Block/BBox[{box}]>>"
        with canvas.content(self.tag):
            canvas.saveState()
            renderPDF.draw(self.drawing, canvas, x, top - height)
            canvas.restoreState()
