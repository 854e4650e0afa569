"""Pages of our own that stand for attached files: pictures, plain texts, and what could not be included."""

from __future__ import annotations

from planstudio.domain.agenda import AgendaItemCard
from planstudio.domain.cards import FileCard
from planstudio.domain.intake import FileFacts, trouble_sentence, what_helps
from planstudio.i18n import _
from planstudio.reports import prose
from planstudio.reports.foreign import imported as foreign
from planstudio.reports.style import S2, S3
from planstudio.reports.writer import Writer
from taggedpdf.box import Box
from taggedpdf.canvas import TaggedCanvas
from taggedpdf.drawn import Picture
from taggedpdf.tags import Tag

_DPI = 150.0  # a picture is not enlarged beyond this
_ROOM = 560.0  # its height at the most


class PictureBox(Box):
    """A picture as large as its page lets it, told by its tag."""

    after = S3

    def __init__(self, picture: Picture, tag: Tag) -> None:
        self.picture, self.tag = picture, tag
        self._size = (0.0, 0.0)

    def wrap(self, width: float) -> float:
        wide, high = self.picture.width * 72 / _DPI, self.picture.height * 72 / _DPI
        share = min(1.0, width / wide, _ROOM / high)
        self._size = (wide * share, high * share)
        return self._size[1]

    def draw(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        width, height = self._size
        box = f"{x:.2f} {top - height:.2f} {x + width:.2f} {top:.2f}"
        self.tag.attributes = f"<</O/Layout/Placement/Block/BBox[{box}]>>"
        canvas.put_picture(self.tag, self.picture, x, top - height, width, height)


def picture_page(writer: Writer, file: FileCard, picture: foreign.Picture, number: int, count: int) -> None:
    """A picture with what its owner says it shows, read aloud and printed beneath."""
    name = _("{name}, picture {n} of {count}") if count > 1 else "{name}"
    name = name.format(name=file.name, n=number, count=count)
    writer.title(name)
    described = file.alternative_text or _("A picture that nobody has described: {name}").format(name=name)
    shown = Picture(picture.width, picture.height, picture.entries, picture.data)
    writer.boxes.append(PictureBox(shown, writer.sect.add("Figure", alt=described)))
    if file.alternative_text:
        writer.p(file.alternative_text, writer.styles.note)


def text_pages(writer: Writer, file: FileCard, text: str) -> None:
    """A text or Markdown file, set like everything else."""
    writer.title(file.name)
    writer.gap(S2)
    prose.write(writer, text, writer.styles.body)


def placeholder(writer: Writer, item: AgendaItemCard, file: FileCard, facts: FileFacts) -> None:
    """Stands where a file could not be included, so that nothing is ever left out unseen."""
    writer.title(file.name, kicker=_("Item {number}").format(number=item.number))
    writer.hang(_("Not in this packet"), trouble_sentence(facts, file.name), writer.styles.lead_main)
    if help_words := what_helps(facts):
        writer.hang(_("What helps"), help_words)
    writer.hang(_("Where it is"), _("Ask the board’s office for “{name}”.").format(name=file.name))
