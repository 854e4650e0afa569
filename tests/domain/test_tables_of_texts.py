"""Texts beside texts and pasted blocks: compared, woven, replaced, read into cells (tables.py)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any

import pytest

import golden
from domain.redlines import text_after, text_before
from domain.tables import Tables, line
from planstudio.domain import blocks, figure_sums, redline, text_changes, weaving
from planstudio.domain.blocks import Clip
from planstudio.domain.figure_blocks import Beside, Rules, read_block
from planstudio.domain.plan_changes import compare_plans, count_words, counts
from planstudio.domain.replacing import Wanted, around, replaced, spans
from reports import boards, books

TABLES = Tables()
table = TABLES.keep

BEFORE = """# Visitors

Everybody who visits a school signs in at the office and wears a badge.

## Gifts

Gifts are accepted by the principal.

- Books
- Instruments
- Money up to $500

1. Ask
2. Write

| Sum | Who |
|---|---|
| 500 | principal |

## Dogs

No dogs. Guide dogs are welcome everywhere and at any time of the day."""
AFTER = """# Visitors and guests

Everybody who visits a school signs in at the office, shows a card and wears a badge.

## Dogs

Guide dogs are welcome everywhere and at any time of the day.

## Gifts

Gifts are accepted by the board.

- Instruments
- Books and maps
- Money up to $250

1. Write
2. Ask

| Sum | Who |
|---|---|
| 250 | principal |
| 900 | board |

A new last paragraph."""
PAIRS = {
    "a policy": (BEFORE, AFTER),
    "a policy, back": (AFTER, BEFORE),
    "nothing to something": ("", "One line.\n\nAnother."),
    "something to nothing": ("One line.\n\nAnother.", ""),
    "the same": (BEFORE, BEFORE),
    "one word": ("We keep our word.", "We keep our promise."),
    "another text": ("We keep our word.", "Dogs are welcome."),
    "moved": (
        "One of the lines.\nTwo of the lines.\nThree of the lines.\n",
        "Three of the lines.\nOne of the lines.\nTwo of the lines.\n",
    ),
    "doubled": ("We keep our word to all.\n", "We keep our word to all.\nWe keep our word to all.\n"),
    "joined": ("First half of it.\nSecond half of it.\n", "First half of it. Second half of it.\n"),
    "signs alone": ("Yes; no: maybe", "Yes, no – maybe."),
}


@table
def _redline_runs() -> Iterable[str]:
    for name, (before, after) in PAIRS.items():
        runs = redline.compare(before, after)
        assert text_before(runs) == before
        assert text_after(runs) == after
        yield name
        yield from (f"  {run.mark.value}: {run.text!r}" for run in runs)


@table
def _redline_lines() -> Iterable[str]:
    for name, (before, after) in PAIRS.items():
        yield name
        for change in redline.compare_lines(before.splitlines(), after.splitlines()):
            yield "  " + " ".join(golden.tell(change, {}))
        yield "  words: " + " ".join(f"{run.mark.value} {run.text!r}" for run in redline.compare_words(before, after))


@table
def _changes_of_texts() -> Iterable[str]:
    for name, (before, after) in PAIRS.items():
        changes = text_changes.compare_texts(before, after)
        yield f"{name}: {golden.short(text_changes.tally(changes).total, {})} {' '.join(golden.tell(text_changes.tally(changes), {}))}"
        yield from golden.tell(changes, {}, "", 1)


@table
def _changes_of_plans() -> Iterable[str]:
    now, before = books.whole(), boards.earlier()
    for name, (old, new, origins) in {
        "a year": (before, now, None),
        "back": (now, before, None),
        "nothing": (now, now, None),
        "a copy": (
            now,
            replace(now, goals=tuple(replace(g, id=f"copy {g.id}") for g in now.goals)),
            {f"copy {g.id}": g.id for g in now.goals},
        ),
        "a copy of nothing": (now, replace(now, goals=tuple(replace(g, id=f"copy {g.id}") for g in now.goals)), {}),
    }.items():
        changes = compare_plans(old, new, origins)
        yield f"{name}: { ({table: count_words(tally) for table, tally in counts(changes).items()}) }"
        for change in changes:
            yield from (row[:600] for row in golden.tell(change, {}, "", 1))


@table
def _weaving() -> Iterable[str]:
    before = "We keep our word to every child."
    texts = {
        "same": before,
        "end": "We keep our word to every child and adult.",
        "start": "All of us keep our word to every child.",
        "middle": "We keep our promise to every child.",
        "other middle": "We keep our vows to every child.",
        "empty": "",
        "signs": "We keep ‹our› word to every child.",
        "lines": "We keep our word.\n\nTo every child.",
    }
    for (mine, one), (theirs, two) in product(texts.items(), texts.items()):
        woven = weaving.weave(before, one, two)
        yield f"{mine} | {theirs} -> {woven.places} places, {woven.touching} touching {woven.signs if woven.signs[0] != '‹' else ''}: {woven.text!r}"
        assert woven.waits(woven.text) == (woven.touching > 0)
    yield line("from nothing", says=lambda: (weaving.weave("", "Mine", "Theirs"), weaving.weave("", "Same", "Same")))


@table
def _replacing() -> Iterable[str]:
    text = (
        "Word by word, a *word* is [word](https://word.org) and \\*word\\* in `word`; WORDS and sword.\n- word\n# Word"
    )
    for words, case, whole, markdown in product(
        ("word", "Word", "a word", "*", "é", "by  word", " ", "[word]"), (False, True), (False, True), (False, True)
    ):
        wanted = Wanted(words, case, whole)
        found = spans(text, wanted, markdown=markdown)
        yield line(words, case, whole, markdown, says=lambda f=found: [(a, text[a:b]) for a, b in f])
        if found and not case:
            for by in ("name", "", "*x*"):
                yield f"  by {by!r}: {replaced(text, wanted, by, markdown=markdown, chosen=range(1, 9))!r}"
    for at in (0, 1, 39, 40, 41, 60, 95, 103):
        yield line(at, says=lambda n=at: around(text, n, n + 4))
    yield line(
        "accents",
        says=lambda: (
            spans("Élève élève ELEVE e\u0301le\u0300ve", Wanted("eleve"), markdown=False),
            spans("Straße STRASSE", Wanted("strasse"), markdown=False),
        ),
    )


# Blocks.

CLIPS: dict[str, Any] = {
    "tabs": "a\tb\n1\t2\n",
    "windows": "a\tb\r\n1\t2\r\n",
    "quoted": '"a\nb"\t"say ""yes"""\n1\t',
    "commas": "a,b,c\n1,2,3\n",
    "semicolons": "a;b\n1,5;2,5\n",
    "one": "61",
    "empty": "",
    "blank": " \n\n",
    "spaces": "Grade 3   61.5   70\nGrade 4   58.0   71\n",
    "pipes": "| a | b |\n|---|---|\n| 1 | 2 |\n",
    "nul": "a\x00\tb",
    "lone quote": 'a"b\tc',
    "wide": "a\n\tb\n\t\tc",
    "bom": "\ufeffa\tb",
    "html": Clip("plain", "<table><tr><th>Year<th>All</tr><tr><td>2025<td>61<br>5</td></tr></table>"),
    "spans": Clip("", "<table><tr><td colspan=2>a</td><td rowspan=2>b</td></tr><tr><td>1</td><td>2</td></tr></table>"),
    "hidden": Clip("", "<style>x</style><table><tr><td>a<del>b</del>c</td><td> d&nbsp;e </td></tr></table>after"),
    "nested": Clip("", "<table><tr><td>a<table><tr><td>b</td></tr></table>c</td><td>d</td></tr></table>"),
    "two tables": Clip("", "<table><tr><td>a</td></tr></table><p>x</p><table><tr><td>b</td><td>c</td></tr></table>"),
    "odd spans": Clip("", "<table><tr><td colspan=0>a<td colspan=x>b<td colspan=99999>c</table>"),
    "no table": Clip("a\tb", "<p>a</p>"),
}


@table
def _blocks_as_cells() -> Iterable[str]:
    for name, clip in CLIPS.items():
        grid = blocks.cells_of(clip)
        yield f"{name} -> {[row[:6] for row in grid]} {[len(row) for row in grid]}"
        yield f"  turned {[row[:6] for row in blocks.turned(grid)][:4]} and as text {blocks.to_text(grid)[:80]!r}"
    for text in (
        "1. One\n2) Two\n- Three\n• Four\n* Five\n\n(6) Six\na) Seven\nB. Eight\n– Nine\n10 Ten\n3.5 percent\n  - Deep",
        "One\r\nTwo\u2028Three",
        "",
        "- \n-",
        "[ ] To do\n[x] Done",
        "i. Roman\niv) Four\n1.2 Both",
        "I think\nA plan",
    ):
        yield line(text, says=lambda t=text: blocks.list_of(t))


FIGURES = {
    "years down": "Year\tAll\tGirls\n6/30/2024\t61\t63\n6/30/2025\t62.5\tn/a\n",
    "years across": "\t2023-24\t2024-25\nAll students\t61\t62\nGirls\t63\t<10\nBoys\t\t60\n",
    "with a title": "Reading in grade 3\n\nDate\tAll\tN\nJune 2024\t61%\t120\nJune 2025\t63%\t118\nSource: State\n",
    "no dates": "61\t63\n62\t64\n",
    "no heads": "6/30/2024\t61\n6/30/2025\t62\n",
    "doubtful": "Date\tAll\n3/4/2026\t1,234\n30/4/2026\t1,5\n2/30/2026\t7\n\t8\n",
    "day first": "Date\tAll\n30/4/2026\t1\n3/5/2026\t2\n",
    "in the future": "Date\tAll\n6/30/2031\t61\n",
    "two blocks": "Date\tAll\n6/30/2024\t61\n\nDate\tGirls\n6/30/2024\t63\n",
    "twice the day": "Date\tAll\n6/30/2024\t61\n6/30/2024\t62\n",
    "twice the group": "Date\tAll\tall\n6/30/2024\t61\t62\n",
    "groups of numbers": "Grade\t3\t4\n2024\t61\t62\n2025\t63\t64\n",
    "words": "what\never\nthis is\tno figure\n",
    "counts": "Date\tAll\n6/30/2024\t212\n6/30/2025\t12.5\n6/30/2023\t40\n",
    "serials": "Date\tAll\n45473\t61\n45838\t62\n",
    "two rows of heads": "\tReading\t\tMath\t\n\tAll\tGirls\tAll\tGirls\n6/30/2024\t61\t62\t51\t52\n",
    "negative and percent": "Date\tChange\n6/30/2024\t(3)\n6/30/2025\t-2%\n6/30/2026\t−1.5\n",
    "season": "When\tAll\nFall 2024\t61\nSpring 2025\t62\nQ3 2025\t63\n",
}


@table
def _figures_read() -> Iterable[str]:
    stored = frozenset({(date(2024, 6, 30), "")})
    for name, text in FIGURES.items():
        grid = blocks.cells_of(text)
        for said, beside, rules in (
            ("", Beside(), Rules(date(2027, 6, 30), groups=("Girls", "all students"))),
            (
                " beside rows",
                Beside(["6/30/2022", "6/30/2023", ""], ["", "Girls", None], ["", "Girls"]),
                Rules(date(2027, 6, 30)),
            ),
            (" counting", Beside(), Rules(date(2027, 6, 30), counting=True, stored=stored)),
        ):
            cells = read_block(grid, beside, rules)
            yield f"{name}{said}: {figure_sums.sum_of(cells, {}, {(one.day, one.group): one.value for one in cells if one.day})}"
            for cell in cells:
                told = [f"{cell.row}.{cell.column} {cell.words!r} {cell.fate.value}"]
                told += [
                    f"{key}={golden.short(value, {})}"
                    for key, value in (
                        ("day", cell.day),
                        ("group", cell.group),
                        ("value", cell.value),
                        ("why", cell.why),
                        ("head", cell.head),
                        ("line", cell.line),
                        ("slot", cell.slot),
                    )
                    if value not in (None, "", -1)
                ]
                yield "  " + ", ".join(told) + (" dated" if cell.dated else "") + (" commas" if cell.commas else "")


@pytest.mark.parametrize("name", TABLES)
def test_a_rule_answers_as_its_table_says(name: str) -> None:
    TABLES.hold(name)


def test_each_chapter_has_its_table() -> None:
    TABLES.hold_nothing_else()
