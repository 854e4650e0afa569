"""The story that tagged_pdf.py has set three times: text, lists, links, tables of 40 rows, charts."""

from __future__ import annotations

import random
import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from planstudio.domain.cards import MeasureCard, ObservationRow
from planstudio.domain.kinds import Direction, Frequency, MeasureKind, MeasureTiming
from planstudio.richtext import plain

SECTIONS, PARTS, ROWS = 13, 6, 40
HEAD = ("Measure", "Now", "Target", "Year", "Note")
_ONSETS = "b br c ch cl d dr f fl g gr h j l m n p pl pr qu r s sc sh sl st t th tr v w"
_CORES = "a e i o u ai ea ee io oa ou"
_ENDS = "b ck d ft g l ld m n nd ng nt p r rd rn s st t th x"
_KNOWN = (
    "the board of a school to and in reading for students district by goal plan measure family teacher is policy on "
    "learning report progress superintendent meeting year with all review budget at vote grade motion"
)


@dataclass(frozen=True)
class Part:
    """A heading, text, and below it a table or a chart."""

    title: str
    texts: tuple[str, ...]  # Markdown: paragraphs and lists
    rows: tuple[tuple[str, ...], ...] = ()
    measure: MeasureCard | None = None


@dataclass(frozen=True)
class Section:
    title: str
    parts: tuple[Part, ...]


def story(seed: int = 11, sections: int = SECTIONS) -> list[Section]:
    """The story, the same each time for a *seed*."""
    return [_Writer(random.Random(seed + number)).section(number) for number in range(1, sections + 1)]


def words_of(sections: list[Section]) -> Counter[str]:
    """How often each word stands in headings, text and tables."""
    said: list[str] = []
    for section in sections:
        said.append(section.title)
        for part in section.parts:
            said += [part.title, *map(plain, part.texts), *(cell for row in part.rows for cell in row)]
    return Counter(words(" ".join(said)))


def words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text)


def _vocabulary() -> list[str]:
    """3,000 words that can be spoken, as many as a long packet has."""
    onsets, cores, ends = _ONSETS.split(), _CORES.split(), _ENDS.split()
    chance, made = random.Random(5), dict.fromkeys(_KNOWN.split())
    while len(made) < 3000:
        parts = [chance.choice(onsets) + chance.choice(cores) for _ in range(chance.randint(1, 3))]
        made["".join(parts) + chance.choice(ends)] = None
    return list(made)


_WORDS = _vocabulary()
_OFTEN = list(accumulate(1 / (rank + 3) for rank in range(len(_WORDS))))  # as in any language, a few are most of it


class _Writer:
    def __init__(self, chance: random.Random) -> None:
        self.chance = chance

    def section(self, number: int) -> Section:
        parts = tuple(self._part(number, part) for part in range(1, PARTS + 1))
        return Section(f"Section {number}: {self._some(4)}", parts)

    def _part(self, number: int, part: int) -> Part:
        texts = [self._text() for _ in range(5)]
        place = f"https://policy.example/{number}{part}"
        texts.append(
            f"See **policy {number}{part}41**, its [full text]({place}) and the *adopted* plan. {self._text()}"
        )
        texts.append(
            "\n".join(f"- {self._sentence()}" for _ in range(4)) + f"\n  1. {self._sentence()}\n  2. {self._sentence()}"
        )
        title = f"{number}.{part} {self._some(3)}"
        if part % 2:
            return Part(title, tuple(texts), measure=self._measure(number, part))
        return Part(title, tuple(texts), tuple(self._row(number, row) for row in range(ROWS)))

    def _row(self, number: int, row: int) -> tuple[str, ...]:
        chance = self.chance
        now, target = f"{chance.uniform(40, 60):.1f}%", f"{chance.uniform(60, 80):.1f}%"
        return f"{number}.{row} {self._sentence()}", now, target, str(chance.randint(2026, 2031)), self._some(6)

    def _measure(self, number: int, part: int) -> MeasureCard:
        figures = tuple(ObservationRow("", date(2019 + year, 6, 1), self.chance.randint(50, 75)) for year in range(6))
        return MeasureCard(
            f"m{number}{part}", f"Readers at grade level, school {number}", MeasureKind.OUTCOME, "%", Direction.HIGHER,
            Frequency.ANNUAL, MeasureTiming.LAGGING, 50, date(2018, 6, 1), 80, date(2029, 6, 1), observations=figures,
        )  # fmt: skip

    def _text(self) -> str:
        return " ".join(self._sentence() for _ in range(6))

    def _sentence(self) -> str:
        return self._some(self.chance.randint(8, 17)).capitalize() + "."

    def _some(self, count: int) -> str:
        return " ".join(self.chance.choices(_WORDS, cum_weights=_OFTEN, k=count))
