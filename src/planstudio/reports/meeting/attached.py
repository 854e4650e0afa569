"""Pages of our own that stand for attached files: pictures, plain texts, and what could not be included."""

from __future__ import annotations

from planstudio.domain.agenda import AgendaItemCard
from planstudio.domain.cards import FileCard
from planstudio.domain.intake import FileFacts, trouble_sentence, what_helps
from planstudio.i18n import _
from planstudio.reports import prose
from planstudio.reports.foreign import taken as foreign
from planstudio.reports.story import Story
from planstudio.reports.style import S2, S3
from planstudio.reports.tagged.box import Box
from planstudio.reports.tagged.canvas import Picture, TaggedCanvas
from planstudio.reports.tagged.tags import Tag

_DPI = 150.0  # a picture is not enlarged beyond this
_ROOM = 560.0


class PictureBox(Box):
    """A picture as large as its page lets it, told by its tag."""

    def __init__(self, picture: Picture, tag: Tag, height: float = _ROOM) -> None:
        self.picture, self.tag, self.most = picture, tag, height
        self.after = S3
        self._size = (0.0, 0.0)

    def wrap(self, width: float) -> float:
        wide, high = self.picture.width * 72 / _DPI, self.picture.height * 72 / _DPI
        share = min(1.0, width / wide, self.most / high)
        self._size = (wide * share, high * share)
        return self._size[1]

    def draw(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        width, height = self._size
        box = f"{x:.2f} {top - height:.2f} {x + width:.2f} {top:.2f}"
        self.tag.attributes = f"<</O/Layout/Placement/Block/BBox[{box}]>>"
        canvas.put_picture(self.tag, self.picture, x, top - height, width, height)


def picture_page(story: Story, file: FileCard, picture: foreign.Picture, number: int, count: int) -> None:
    """A picture with what its owner says it shows, read aloud and printed beneath."""
    name = (
        file.name if count == 1 else _("{name}, picture {n} of {count}").format(name=file.name, n=number, count=count)
    )
    story.title(name)
    described = file.alternative_text or _("A picture that nobody has described: {name}").format(name=name)
    shown = Picture(picture.width, picture.height, picture.entries, picture.data)
    story.boxes.append(PictureBox(shown, story.sect.add("Figure", alt=described)))
    if file.alternative_text:
        story.p(file.alternative_text, story.styles.note)


def text_pages(story: Story, file: FileCard, text: str) -> None:
    """A text or Markdown file, set like everything else."""
    story.title(file.name)
    story.gap(S2)
    prose.write(story, text, story.styles.body)


def placeholder(story: Story, item: AgendaItemCard, file: FileCard, facts: FileFacts) -> None:
    """Stands where a file could not be included, so that nothing is ever left out unseen."""
    story.title(file.name, kicker=_("Item {number}").format(number=item.number))
    with story.hung(_("Not in this packet")):
        story.p(trouble_sentence(facts, file.name), story.styles.lead_main)
    help_words = what_helps(facts)
    if help_words:
        with story.hung(_("What helps")):
            story.p(help_words)
    with story.hung(_("Where it is")):
        story.p(_("Ask the board’s office for “{name}”.").format(name=file.name))
