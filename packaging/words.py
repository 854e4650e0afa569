"""Bring the catalogues up to the program: collect its words, keep what is translated, drop what is gone, compile.

python packaging/words.py          rewrite resources/locale
python packaging/words.py --check  say what is missing, and write nothing
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
LOCALES = ROOT / "resources" / "locale"
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2), "NP_": ((1, "c"), 2)}
HEADER = "# Spanish words of Plan Studio.\n# This file is distributed under the same license as Plan Studio.\n#"


def collected() -> Catalog:
    """Every word of the program."""
    catalogue = Catalog()
    found = extract_from_dir(str(ROOT / "src" / "planstudio"), keywords=KEYWORDS)
    for _file, _line, message, _comments, context in found:
        catalogue.add(message, context=context)
    for state in json.loads((ROOT / "resources" / "posting-rules.json").read_text("utf-8")).values():
        if state["note"]:
            catalogue.add(state["note"])
    return catalogue


def brought_up(po: Path, words: Catalog) -> tuple[Catalog, list[str]]:
    """The catalogue at *po* with exactly *words*, and those that have no translation."""
    with po.open("rb") as file:
        known = read_po(file)
    made = Catalog(
        locale=known.locale, project="Plan Studio", version="0.1.0", header_comment=HEADER, fuzzy=False,
        creation_date=known.creation_date, revision_date=known.revision_date,
        msgid_bugs_address="", last_translator="Plan Studio", language_team="Plan Studio",
    )  # fmt: skip
    missing = []
    for word in words:
        if not word.id:
            continue
        old = known.get(word.id if isinstance(word.id, str) else word.id[0], context=word.context)
        said = old.string if old is not None else ""
        if not said or (isinstance(said, tuple) and not all(said)):
            missing.append(word.id if isinstance(word.id, str) else word.id[0])
        made.add(word.id, said or None, context=word.context)
    return made, missing


def main() -> int:
    words, lacking = collected(), 0
    for po in sorted(LOCALES.glob("*/LC_MESSAGES/planstudio.po")):
        made, missing = brought_up(po, words)
        lacking += len(missing)
        for word in missing:
            sys.stdout.write(f"{po.parent.parent.name}: {word}\n")
        if "--check" not in sys.argv:
            with po.open("wb") as file:
                write_po(file, made, width=110, sort_output=True, ignore_obsolete=True)
            with po.with_suffix(".mo").open("wb") as file:
                write_mo(file, made)
    return 1 if lacking else 0


if __name__ == "__main__":
    sys.exit(main())
