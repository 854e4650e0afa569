"""The table of figures without a window: whatever is pasted and typed, nothing vanishes from it."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.test_blocks import GRID
from planstudio.domain.blocks import cells_of, to_text
from planstudio.domain.cards import ObservationRow
from planstudio.domain.figure_blocks import Fate
from planstudio.gui.models.figures import FiguresModel, Wish

JUNE = date(2024, 6, 30)


class Plan:
    """A measure's figures as the plan keeps them."""

    def __init__(self, model: FiguresModel) -> None:
        self.model = model
        self.kept: dict[tuple[date, str], float] = {(JUNE, ""): 5.0}
        model.begin(date(2030, 1, 1))
        self.show()

    def show(self) -> None:
        rows = [ObservationRow(student_group=group, period_end=day, value=value, count=None, note="")
                for (day, group), value in self.kept.items()]  # fmt: skip
        self.model.show(rows, ())

    def do(self, wish: Wish) -> None:
        for day, group, value in wish.figures:
            self.kept[day, group] = value
        for gone in wish.deleted:
            self.kept.pop(gone)
        if wish.moved:
            old, new = wish.moved
            taken = {group for day, group in self.kept if day == new}
            for day, group in list(self.kept):
                if day == old and group not in taken:
                    self.kept[new, group] = self.kept.pop((day, group))
        if wish != Wish():
            self.show()

    def words(self) -> list[str]:
        return [words for line in self.model.lines for words in line.words.values() if words.strip()]


@settings(max_examples=60, deadline=None)
@given(GRID, st.integers(0, 2), st.integers(0, 2))
def test_every_cell_that_is_pasted_is_stored_or_stands_there_with_its_reason(
    grid: list[list[str]], r: int, c: int
) -> None:
    plan = Plan(FiguresModel())
    text = to_text(grid)
    plan.do(plan.model.paste(text, min(r, len(plan.model.lines) - 1), min(c, len(plan.model.columns))))
    block = plan.model._pasted
    assert len(block) == sum(bool(cell.strip()) for row in cells_of(text) for cell in row)
    for cell in block:
        if cell.fate is Fate.FIGURE:
            assert cell.day is not None
            assert plan.kept[cell.day, cell.group or ""] == cell.value
    told = [cell.words for cell in block if cell.fate.has_reason and cell.fate is not Fate.TITLE]
    shown = [plan.model.words(*at) for at, cell in plan.model.told.items()]
    assert sorted(told) == sorted(words for words in shown if words), "each in its cell, marked"
    assert all(cell.why for cell in plan.model.told.values())
    stored = [number for number in block if number.fate is Fate.FIGURE]
    assert f"{len(stored)} stored" in plan.model.sum() or not block


WORDS = st.sampled_from(["61", "", "n/a", "x1", "6/30/2024", "Jun-25", "2/30/2026"])
EDIT = st.one_of(
    st.tuples(st.just("paste"), GRID, st.integers(0, 3), st.integers(0, 3)),
    st.tuples(st.just("write"), WORDS, st.integers(0, 5), st.integers(0, 4)),
    st.tuples(st.just("clear"), st.just(""), st.integers(0, 5), st.integers(0, 4)),
    st.tuples(st.just("name"), st.sampled_from(["Girls", "Boys"]), st.just(0), st.just(0)),
    st.tuples(st.just("drop"), st.just(""), st.just(0), st.just(0)),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(EDIT, max_size=6))
def test_whatever_is_done_the_table_shows_the_plan_and_what_was_not_taken(
    edits: list[tuple[str, object, int, int]],
) -> None:
    plan = Plan(FiguresModel())
    model = plan.model
    for what, words, r, c in edits:
        r, c = min(r, len(model.lines) - 1), min(c, len(model.columns))
        if what == "paste":
            plan.do(model.paste(to_text(words), r, c))  # type: ignore[arg-type]
        elif what == "write":
            plan.do(model.write(r, c, str(words)))
        elif what == "clear":
            plan.do(model.clear([(r, c)]))
        elif what == "name":
            plan.do(model.name_column(str(words)))
        else:
            model.drop()
            plan.show()
        days = [line.day for line in model.lines if line.day is not None]
        assert sorted(days) == sorted({day for day, _group in plan.kept})
        assert all(0 <= at[0] < len(model.lines) and 0 <= at[1] <= len(model.columns) for at in model.told)
        assert all(model.reason(*at) for at in model.told)
    model.drop()
    plan.show()
    assert not model.told
