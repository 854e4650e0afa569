"""Small changes of the program that a test should notice: a sample of them, and the share that was.

python packaging/mutants.py              100 changes in each of domain, operations, queries and store
python packaging/mutants.py --seed 7     the sample of that seed again
python packaging/mutants.py store --each 300

mutmut makes the changes and runs, for each, the tests that reach the changed function. Sentences for
people are left alone: they stand in the catalogue. What is not noticed is listed; `mutmut show NAME` shows it.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
MADE = ROOT / "mutants"
LAYERS = ("domain", "operations", "queries", "store")
ENOUGH = 0.85
_NOTICED = {1, 3, -24, 24, 36, 152, 255}  # a test failed, or never ended
_NAMES_NOTHING = "nothing"  # mutmut makes the changes and looks which test reaches what before it misses the name


def main() -> int:
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("layers", nargs="*", default=list(LAYERS), metavar="LAYER", help=", ".join(LAYERS))
    given.add_argument("--seed", type=int, default=random.randrange(10_000))
    given.add_argument("--each", type=int, default=100, help="changes in each layer")
    asked = given.parse_args()
    shutil.rmtree(MADE, ignore_errors=True)
    _mutmut(_NAMES_NOTHING)
    dice, chosen = random.Random(asked.seed), {}
    for layer in asked.layers:
        known = sorted(_outcomes(layer))
        if not known:
            sys.stdout.write("mutmut could not run the tests; it says why above.\n")
            return 2
        chosen[layer] = dice.sample(known, min(asked.each, len(known)))
    _mutmut(*(name for names in chosen.values() for name in names))
    sys.stdout.write(f"\nSeed {asked.seed}\n")
    return max(_told(layer, names) for layer, names in chosen.items())


def _mutmut(*names: str) -> None:
    command = [sys.executable, "-m", "mutmut", "run", *names]
    subprocess.run(command, cwd=ROOT, check=False)


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
