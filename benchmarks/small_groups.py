"""What guarding small groups costs: how many figures go beside those of too few students, and how long it takes.

40 made-up schools of about 500 students, each with the figures of thirteen groups as a state report card has them,
beside the same with groups crossed by gender, and one district with forty schools.
"""

from __future__ import annotations

import random
from datetime import date
from time import perf_counter

from planstudio.domain.cards import ObservationRow
from planstudio.domain.measures import Recorded, suppress_together

JUNE = date(2026, 6, 30)
RACES = {
    "Asian": 0.04,
    "Black": 0.12,
    "Hispanic": 0.3,
    "White": 0.46,
    "Two or more races": 0.05,
    "American Indian": 0.03,
}
PROGRAMS = {"EL": 0.12, "Students with disabilities": 0.14, "Economically disadvantaged": 0.5, "Homeless": 0.02}
MINIMUM, CODED = 10, 1


def school(rng: random.Random, students: int, crossed: bool) -> list[ObservationRow]:
    names: list[tuple[str, ...]] = []
    for _n in range(students):
        race = rng.choices([*RACES], [*RACES.values()])[0]
        gender = rng.choice(("Girls", "Boys"))
        programs = [name for name, share in PROGRAMS.items() if rng.random() < share]
        both = [f"{name} {gender}" for name in (*programs, race)] if crossed else []
        names.append(("", race, gender, *programs, *both))
    having = [rng.random() < 0.55 for _each in names]
    rows = []
    for group in ("", *sorted({name for each in names for name in each if name})):
        inside = [has for each, has in zip(names, having, strict=True) if group in each]
        rows.append(ObservationRow(group, JUNE, round(100 * sum(inside) / len(inside), 1), len(inside)))
    return rows


def district(rng: random.Random, schools: int) -> list[ObservationRow]:
    sizes = [rng.randint(5, 20) if n < 2 else rng.randint(60, 700) for n in range(schools)]
    having = [sum(rng.random() < 0.55 for _each in range(size)) for size in sizes]
    rows = [ObservationRow("", JUNE, round(100 * sum(having) / sum(sizes), 1), sum(sizes))]
    for n, (size, has) in enumerate(zip(sizes, having, strict=True)):
        rows.append(ObservationRow(f"School {n + 1}", JUNE, round(100 * has / size, 1), size))
    return rows


def tell(name: str, tables: list[list[ObservationRow]]) -> None:
    figures = few = hidden = whole = 0
    slowest = total = 0.0
    for rows in tables:
        start = perf_counter()
        (found,) = suppress_together([Recorded("", rows, MINIMUM, "%")], CODED).values()
        took = perf_counter() - start
        slowest, total = max(slowest, took), total + took
        figures += len(rows)
        few += sum((row.count or 0) < MINIMUM for row in rows)
        hidden += len(found.hidden)
        whole += any(not row.student_group for row in found.hidden)
    print(
        f"{name}: {figures} figures, {few} of too few students, {hidden - few} more hidden, everyone's {whole}; "
        f"{1000 * total / len(tables):.1f} ms each, {1000 * slowest:.1f} ms at most"
    )


def main() -> None:
    rng = random.Random(16)
    tell("13 groups", [school(rng, rng.randint(400, 600), False) for _n in range(40)])
    tell("13 groups, 200 students", [school(rng, rng.randint(150, 250), False) for _n in range(40)])
    tell("crossed by gender", [school(rng, rng.randint(400, 600), True) for _n in range(40)])
    tell("40 schools", [district(rng, 40) for _n in range(10)])


if __name__ == "__main__":
    main()
