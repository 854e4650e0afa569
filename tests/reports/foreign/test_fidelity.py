"""benchmarks/fidelity.py tells what became of a folder of PDFs."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from reports.foreign import files

SCRIPT = Path(__file__).parents[3] / "benchmarks/fidelity.py"


def test_a_folder_is_looked_at_page_by_page_beside_its_peers(tmp_path: Path) -> None:
    below = tmp_path / "in" / "below"
    below.mkdir(parents=True)
    (tmp_path / "in" / "words.pdf").write_bytes(files.text_pages(2))
    (below / "FORM.PDF").write_bytes(files.form())
    (below / "broken.pdf").write_bytes(b"%PDF-1.7\n" + b"garbage " * 300)
    (below / "note.txt").write_text("no PDF")
    asked = [sys.executable, str(SCRIPT), str(tmp_path / "in"), "--peer", "qpdf", "--json", "--jobs", "1"]
    said = json.loads(subprocess.run(asked, capture_output=True, check=True, text=True).stdout)
    assert said["files"] == 3
    assert said["looked at"] == 2
    assert sum(said["not to be looked at"].values()) == 1
    assert said["pages"] == 3
    assert said["share of files"] == {"ours": 1.0, "qpdf": 1.0}
    assert said["refused"] == {"ours": {}, "qpdf": {}}
