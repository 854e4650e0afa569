"""The words that a foreign file's pages show, for the search for what must not be in a packet.

PDFium reads them in the process that takes files apart: it is not safe in two
threads of one process, and the window's own thread draws pages with it.
"""

from __future__ import annotations

from planstudio.reports.foreign.imported import MOST_TEXT
from planstudio.reports.foreign.validation import proof
from taggedpdf.fragment import Fragment

PAGE_END = "\f"


def words_of(fragment: Fragment) -> str:
    """The text of each page, a form feed behind it; what is too long to be sent is cut off."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(proof(fragment))
    except pypdfium2.PdfiumError:
        return ""
    said: list[str] = []
    left = MOST_TEXT // 4  # a letter takes four bytes at most
    try:
        for number in range(len(document)):
            page = document[number]
            text = page.get_textpage()
            words = text.get_text_bounded().replace(PAGE_END, " ").replace("\x00", "")[:left]
            left -= len(words) + 1
            said.append(words + PAGE_END)
            text.close()
            page.close()
            if left <= 0:
                break
    finally:
        document.close()
    return "".join(said)
