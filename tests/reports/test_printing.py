"""What build() promises: reports, pages, links, progress, stopping, and the same bytes for the same book."""

from __future__ import annotations

import gc
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from pypdfium2.raw import FPDF_PAGEOBJ_FORM as FORM

from planstudio.reports import REPORTS, Cancelled, Printed, build
from reports import books
from tagged.reading import elements, extracted, squeezed, told


def page_text(pdf: bytes, number: int) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return squeezed(document[number - 1].get_textpage().get_text_range())
    finally:
        document.close()


def test_there_are_a_plan_book_and_a_packet() -> None:
    assert [name for name, _title in REPORTS] == ["plan", "packet"]


def test_an_unknown_report_is_refused() -> None:
    with pytest.raises(ValueError, match="no report"):
        build("agenda", books.book())


def test_the_same_book_gives_the_same_bytes() -> None:
    assert build("packet", books.whole()).pdf == build("packet", books.whole()).pdf


def test_the_collector_of_garbage_is_left_as_it_was(packet: Printed) -> None:
    assert gc.isenabled()
    gc.disable()
    try:
        build("plan", books.book())
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_each_entry_is_on_the_page_that_the_result_names(packet: Printed) -> None:
    titles = {"st1": "Our Mission", "st3": "What We Believe", "g3": "Live within", "pol6141": "Choosing what is taught"}
    for key, title in titles.items():
        assert title in page_text(packet.pdf, packet.page_of[key])
    assert packet.pages == len(pypdfium2.PdfDocument(packet.pdf))


def test_the_contents_name_the_pages_and_lead_there(packet: Printed) -> None:
    with pikepdf.open(BytesIO(packet.pdf)) as document:
        numbers = {page.objgen: at for at, page in enumerate(document.pages, 1)}
        notes = document.pages[1].Annots
        leads = {str(note.Contents): numbers[_page(document, note).objgen] for note in notes}
    assert leads["Goal One: Every child a reader, page 6"] == 6
    assert all(words.endswith(f"page {page}") for words, page in leads.items())


def _page(document: pikepdf.Pdf, note: pikepdf.Object) -> pikepdf.Object:
    names = pikepdf.NameTree(document.Root.Names.Dests)
    return names[str(note.Dest)][0]


def test_bookmarks_follow_the_parts(packet: Printed) -> None:
    document = pypdfium2.PdfDocument(packet.pdf)
    marks = [(item.level, item.get_title(), item.get_dest().get_index() + 1) for item in document.get_toc()]
    assert [title for level, title, _page in marks if level == 0] == [
        "Cover", "Contents", "What we stand for", "Goals", "Measures", "Policies",
    ]  # fmt: skip
    assert (1, "Goal One: Every child a reader", packet.page_of["g1"]) in marks
    document.close()


def test_pages_are_labelled_as_they_are_numbered(packet: Printed) -> None:
    document = pypdfium2.PdfDocument(packet.pdf)
    assert [document.get_page_label(n) for n in range(3)] == ["1", "2", "3"]
    document.close()


def test_heads_and_feet_are_on_all_pages_but_the_cover(packet: Printed) -> None:
    assert f"of {packet.pages}" not in page_text(packet.pdf, 1)
    for number in range(2, packet.pages + 1):
        text = page_text(packet.pdf, number)
        assert f"Page {number} of {packet.pages}" in text
        assert "Heron Lake School District" in text
    assert f"Page 3 of {packet.pages}" not in told(packet.pdf)


def test_nothing_stands_between_the_text_and_the_foot(packet: Printed) -> None:
    document = pypdfium2.PdfDocument(packet.pdf)
    for page in document:
        text = page.get_textpage()
        assert text.get_text_bounded(0, 48, page.get_width(), 68).strip() == ""
        assert text.get_text_bounded(0, page.get_height() - 72, page.get_width(), page.get_height() - 52).strip() == ""
    document.close()


def test_nothing_is_drawn_outside_the_margins(packet: Printed) -> None:
    document = pypdfium2.PdfDocument(packet.pdf)
    for page in document:
        for item in page.get_objects():
            if item.type == FORM:  # head and foot: its own objects follow
                continue
            left, _bottom, right, _top = item.get_bounds()
            assert left >= 50
            assert right <= page.get_width() - 50
    document.close()


def test_a_plan_book_holds_no_policy_texts(plan_book: Printed) -> None:
    said = told(plan_book.pdf)
    assert "Policy index" not in said
    assert "The superintendent recommends materials" not in said
    assert "Choosing what is taught" in said  # as attached to its goal


def test_a_packet_prints_the_attached_policies_unless_told_otherwise(packet: Printed) -> None:
    assert [key for key in packet.page_of if key.startswith("pol")] == ["pol6141"]
    chosen = build("packet", books.whole(), policies=["pol9000", "pol1326"])
    assert [key for key in chosen.page_of if key.startswith("pol")] == ["pol1326", "pol9000"]
    assert "the superintendent leads" in told(chosen.pdf)
    assert not [key for key in build("packet", books.whole(), policies=[]).page_of if key.startswith("pol")]


def test_with_no_policy_attached_none_is_printed_but_those_asked_for() -> None:
    policies = (books.policy("1", "One", "Text."), books.policy("2", "Two", "Text."))
    book = books.book(policies=policies)
    assert not [key for key in build("packet", book).page_of if key.startswith("pol")]
    assert "pol2" in build("packet", book, policies=["pol2"]).page_of


def test_a_printed_policy_is_linked_from_its_goal_and_another_is_not(packet: Printed, plan_book: Printed) -> None:
    def links(printed: Printed) -> list[str]:
        return [e.alt for e in elements(printed.pdf) if e.role == "Link" and e.alt == "6141"]

    assert len(links(packet)) >= 3
    assert links(plan_book) == []


def test_the_title_is_the_users_or_the_plans(packet: Printed, plan_book: Printed) -> None:
    assert page_text(packet.pdf, 1).startswith("Heron Lake School District Board of Trustees Packet for October")
    assert "A Lake of Learning, 2024–2029" in page_text(plan_book.pdf, 1)
    with pikepdf.open(BytesIO(packet.pdf)) as document:
        assert str(document.docinfo.Title) == "Heron Lake School District: Packet for October"


def test_a_past_state_says_so(plan_book: Printed) -> None:
    past = build("plan", books.book(as_of="June 1, 2026, 10:42 AM"))
    assert "As of June 1, 2026, 10:42 AM" in page_text(past.pdf, 1)
    assert "June 1, 2026, 10:42 AM" in page_text(past.pdf, 2)


@pytest.mark.parametrize(("paper", "size"), [("letter", (612, 792)), ("a4", (595, 842))])
def test_both_papers_print_the_same_words(paper: str, size: tuple[int, int]) -> None:
    printed = build("packet", books.whole(), paper=paper)
    document = pypdfium2.PdfDocument(printed.pdf)
    assert tuple(round(side) for side in document[0].get_size()) == size
    document.close()
    assert "Live within our means" in extracted(printed.pdf)


def test_progress_rises_to_one() -> None:
    told_shares: list[float] = []
    build("packet", books.whole(), progress=lambda share, _what: told_shares.append(share))
    assert told_shares == sorted(told_shares)
    assert told_shares[0] == 0
    assert told_shares[-1] == 1


def test_a_build_stops_when_asked() -> None:
    with pytest.raises(Cancelled):
        build("packet", books.whole(), cancelled=lambda: True)
    assert gc.isenabled()


def test_a_build_stops_in_the_middle_of_a_long_text() -> None:
    asked: list[int] = []

    def stop() -> bool:
        asked.append(1)
        return len(asked) > 20

    with pytest.raises(Cancelled):
        build("packet", books.book(policies=(books.policy(body="a river of words " * 60_000),)), cancelled=stop)
    assert len(asked) == 21


def test_a_district_without_a_name_still_has_a_cover() -> None:
    from planstudio.domain.cards import OrganizationCard, PlanCard

    bare = books.book(organization=OrganizationCard("o", ""), plan=PlanCard("p", ""))
    assert "Strategic plan" in page_text(build("plan", bare).pdf, 1)
