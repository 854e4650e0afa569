"""What accessibility costs: our tagged report beside stock ReportLab, untagged, and Typst, tagged.

    python benchmarks/tagged_pdf.py [--rounds 5] [--json]

One story of about 244 letter pages: headings, running text with bold, italic
and links, nested lists, tables of 40 rows, charts, contents, page numbers;
tagged_sides.py says what each side makes of it. Typst is installed for this
alone, python -m pip install typst; without it that side is skipped.

The sides take turns, each build in a process of its own. Making the story from
its words, layout and writing count. Imports, reading the fonts and a section
of other words, which warms up, do not; nor do they in base memory, which is
what the process holds before it builds. Each file is read back: its pages,
the words that it lacks, the rules of PDF/UA-1 that page-validation finds
broken. The ratios of minima are those to trust where other work disturbs.
"""

from __future__ import annotations

import argparse
import json
import platform
import statistics
import subprocess
import sys
import tempfile
from importlib.metadata import version
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Any

from gauge import Clock, peak, resident

_FALSE_ALARMS = {"PDFA2A-STREAM-LENGTH-001"}  # of page-validation: data that end in CR


def build(side: str, target: Path) -> dict[str, float]:
    """Build the story once, in this process."""
    from tagged_sides import SIDES
    from tagged_story import story

    made = SIDES[side]()
    made.build(story(seed=500, sections=1))
    sections = story()
    base, start = resident(), Clock.now()
    pdf = made.build(sections)
    took = Clock.now() - start
    target.write_bytes(pdf)
    return {"cpu": took.cpu, "wall": took.wall, "base": base, "peak": peak()}


def look(pdf: bytes) -> dict[str, Any]:
    """What stands in a file."""
    import page as validator
    import pypdfium2
    from tagged_story import story, words, words_of

    document = pypdfium2.PdfDocument(BytesIO(pdf))
    texts = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    found, told = words(" ".join(texts)), words_of(story())
    lacks = told.copy()
    lacks.subtract(found)
    ua, archival = validator.ValidationProfile.PDF_UA_1, validator.ValidationProfile.PDF_A_2A
    return {
        "pages": len(texts),
        "kilobytes": len(pdf) // 1024,
        "words": told.total(),
        "words_missing": sum(count for count in lacks.values() if count > 0),
        "ua1_broken": _broken(validator, pdf, ua),
        "a2a_broken": _broken(validator, pdf, archival),
    }


def _broken(validator: Any, pdf: bytes, profile: Any) -> int:
    report = validator.validate_pdf_bytes(pdf, profile=profile)
    return len({failure.rule_id for failure in report.failures} - _FALSE_ALARMS)


def race(rounds: int) -> dict[str, Any]:
    """All sides in turns, each time another one first."""
    sides = ["ours", "stock"] + (["typst"] if find_spec("typst") else [])
    raw: dict[str, list[dict[str, float]]] = {side: [] for side in sides}
    result: dict[str, Any] = {"rounds": rounds, "python": platform.python_version(), "reportlab": version("reportlab")}
    if "typst" in sides:
        result["typst_version"] = version("typst")
    with tempfile.TemporaryDirectory() as folder:
        for number in range(rounds):
            for side in sides[number % len(sides) :] + sides[: number % len(sides)]:
                command = [sys.executable, __file__, "--side", side, "--target", f"{folder}/{side}.pdf"]
                raw[side].append(json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout))
        for side in sides:
            result[side] = _summary(raw[side]) | look(Path(folder, f"{side}.pdf").read_bytes())
    for side in sides[1:]:
        result[f"ours_to_{side}"] = _ratios(result["ours"], result[side])
    return result


def _summary(raw: list[dict[str, float]]) -> dict[str, Any]:
    least = {f"{name}_minimum": min(each[name] for each in raw) for name in ("cpu", "wall")}
    middle = {f"{name}_median": statistics.median(each[name] for each in raw) for name in raw[0]}
    return {**least, **middle, "raw": raw}


def _ratios(ours: dict[str, Any], other: dict[str, Any]) -> dict[str, float]:
    names = ("cpu_minimum", "cpu_median", "wall_minimum", "wall_median")
    ratios = {name: ours[name] / other[name] for name in names}
    ratios["cpu_a_page"] = ratios["cpu_minimum"] * other["pages"] / ours["pages"]
    ratios["wall_a_page"] = ratios["wall_minimum"] * other["pages"] / ours["pages"]
    ratios["peak"] = ours["peak_median"] / other["peak_median"]
    ratios["kilobytes"] = ours["kilobytes"] / other["kilobytes"]
    return ratios


def show(result: dict[str, Any]) -> None:
    print("         CPU s         wall s        pages  pages/s  peak MB  base MB     KB  words  rules broken")
    print("         min  median   min  median          of CPU                            missing  UA-1  A-2a")
    for side in ("ours", "stock", "typst"):
        if side not in result:
            continue
        of = result[side]
        print(
            f"{side:6} {of['cpu_minimum']:6.2f}  {of['cpu_median']:6.2f}{of['wall_minimum']:6.2f}  "
            f"{of['wall_median']:6.2f}{of['pages']:7}{of['pages'] / of['cpu_minimum']:9.0f}{of['peak_median']:9.0f}"
            f"{of['base_median']:9.0f}{of['kilobytes']:7}{of['words_missing']:9}{of['ua1_broken']:6}{of['a2a_broken']:6}"
        )
    if "typst" not in result:
        print("Typst was skipped: it is not installed (python -m pip install typst).")
    for other in ("stock", "typst"):
        if ratios := result.get(f"ours_to_{other}"):
            print(f"ours / {other}: " + ", ".join(f"{name.replace('_', ' ')} {n:.2f}" for name, n in ratios.items()))


def main() -> None:
    parser = argparse.ArgumentParser(description="Tagged report against stock ReportLab and Typst.")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    parser.add_argument("--side", help=argparse.SUPPRESS)
    parser.add_argument("--target", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.side:
        json.dump(build(options.side, options.target), sys.stdout)
        return
    result = race(max(1, options.rounds))
    if options.json:
        json.dump(result, sys.stdout, indent=2)
        print()
    else:
        show(result)


if __name__ == "__main__":
    main()
