"""Small changes of the program that a test should notice: a sample of them, and the share that was.

python packaging/mutants.py              100 changes in each of domain, operations, queries and store
python packaging/mutants.py --seed 7     the sample of that seed again
python packaging/mutants.py store --each 300
python packaging/mutants.py --again      after an edit: looks anew only at what has changed since

mutmut makes the changes and runs, for each, tests that reach the changed function: the quickest of each file by turns,
for twenty seconds. A change that only slower ones would notice counts as not noticed. What is not noticed is listed;
`mutmut show NAME` shows it. Three kinds are left alone:

* sentences for people: they stand in the catalogue (pyproject.toml, do_not_mutate_patterns);
* what nobody can notice: the letter case of SQL and of an encoding's name, and strict= of a zip() whose sides are
  as long as one another;
* functions that run only while the program is imported, for mutmut changes them after that, or on another system.

tests/mutating.py tells mutmut what it cannot know of our tests, and keeps it from running them all twice.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from mutmut.mutation.diff_apply import find_mutant, get_diff_for_mutant

ROOT = Path(__file__).parent.parent
MADE = ROOT / "mutants"
LAYERS = ("domain", "operations", "queries", "store")
ENOUGH = 0.85
_NOTICED = {1, 3, -24, 24, 36, 152, 255}  # a test failed, or never ended
_NAMES_NOTHING = "nothing"  # mutmut makes the changes and looks which test reaches what before it misses the name
_SQL = re.compile(r"\b(?:SELECT|INSERT|UPDATE|DELETE|CREATE|DROP|ATTACH|DETACH|PRAGMA|BEGIN|COMMIT|ROLLBACK|VACUUM)\b")
_ENCODING = re.compile(r"\b(?:utf-8|ascii)\b", re.I)
_OTHER_SYSTEMS = {"planstudio.store.swap.x__replaced"}  # Windows alone
_STRICT = re.compile(r",?\s*strict=(?:True|False|None)")


def main() -> int:
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("layers", nargs="*", default=list(LAYERS), metavar="LAYER", help=", ".join(LAYERS))
    given.add_argument("--seed", type=int, default=random.randrange(10_000))
    given.add_argument("--each", type=int, default=100, help="changes in each layer")
    given.add_argument("--again", action="store_true", help="keep what is known from the run before")
    given.add_argument("--children", type=int, default=os.cpu_count() or 1, help="changes that are tried at once")
    asked = given.parse_args()
    os.chdir(ROOT)
    if not asked.again:
        shutil.rmtree(MADE, ignore_errors=True)
    _mutmut(asked.children, [_NAMES_NOTHING])
    chosen = {layer: _sample(layer, asked.seed, asked.each) for layer in asked.layers}
    if not all(chosen.values()):
        sys.stdout.write("mutmut could not run the tests; it says why above.\n")
        return 2
    _mutmut(asked.children, [name for names in chosen.values() for name in names])
    sys.stdout.write(f"\nSeed {asked.seed}\n")
    return max(_told(layer, names) for layer, names in chosen.items())


def _mutmut(children: int, names: Iterable[str]) -> None:
    command = [sys.executable, "-m", "mutmut", "run", "--max-children", str(children), *names]
    subprocess.run(command, cwd=ROOT, check=False)


def _sample(layer: str, seed: int, count: int) -> list[str]:
    """The names of *count* changes of a layer; the same for a seed, whichever layers are asked for beside it."""
    if not (MADE / "mutmut-stats.json").exists():
        return []
    reached = json.loads((MADE / "mutmut-stats.json").read_text("utf-8"))["tests_by_mangled_function_name"]
    at_import = {name for name in json.loads((MADE / "at-import.json").read_text("utf-8")) if not reached.get(name)}
    left_alone = at_import | _OTHER_SYSTEMS
    names = sorted(_outcomes(layer))
    random.Random(f"{seed} {layer}").shuffle(names)
    found: list[str] = []
    for name in names:
        if len(found) == count:
            break
        if name.rpartition("__mutmut_")[0] not in left_alone and not _means_the_same(name):
            found.append(name)
    return found


def _means_the_same(name: str) -> bool:
    """Whether the changed program is the same program."""
    diff = get_diff_for_mutant(name, path=find_mutant(name).path).splitlines()[2:]
    before, after = ("".join(line[1:] for line in diff if line.startswith(sign)) for sign in "-+")
    if _STRICT.search(before):
        return _without_strict(before) == _without_strict(after)
    if before.casefold() != after.casefold():
        return False
    changed = [one for one, other in zip(before.split('"'), after.split('"'), strict=True) if one != other]
    return all(_ENCODING.fullmatch(one) or (_SQL.search(one) and "'" not in one) for one in changed)


def _without_strict(line: str) -> str:
    return _STRICT.sub("", line).replace(", )", ")")


def _outcomes(layer: str) -> dict[str, int | None]:
    """Every change of a layer, with how its tests ended; None where they have not been run."""
    found: dict[str, int | None] = {}
    for file in (MADE / "src" / "planstudio" / layer).rglob("*.meta"):
        found |= json.loads(file.read_text("utf-8"))["exit_code_by_key"]
    return found


def _told(layer: str, names: list[str]) -> int:
    """Say what became of the changes called *names*; 1 where too few were noticed."""
    outcomes = _outcomes(layer)
    missed = [name for name in names if outcomes[name] not in _NOTICED]
    share = 1 - len(missed) / len(names)
    sys.stdout.write(f"{layer}: {len(names) - len(missed)} of {len(names)} noticed, {share:.2f}\n")
    for name in sorted(missed):
        sys.stdout.write(f"    {name}\n")
    return int(share < ENOUGH)


if __name__ == "__main__":
    sys.exit(main())
