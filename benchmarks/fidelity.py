"""Do attached PDFs come out of a packet as they went in? Page by page, beside qpdf and pypdf.

    python benchmarks/fidelity.py FOLDER [--most 300] [--pages 40] [--peer qpdf,pypdf] [--list] [--pictures DIR]

Every PDF below FOLDER is taken in by the process that takes files apart, bound
as a packet binds it, with the packet's line at the foot, and turned to pixels
by PDFium beside the original: forms and comments drawn, at one pixel a point.
A page is without difference when no pixel above the foot is off by more than
a shade that nobody sees (TOLERANCE of 255 levels). A file is without
difference when all its pages are, and there are as many of them.

In the same run qpdf and pypdf put the same pages into a new file, as their
manuals say, and are looked at in the same way, the foot left out as well. The
share is that of the files which PDFium and qpdf can both open; a file that a
side refuses counts as one that is not the same. pypdf is looked at where it is
installed.

    files      found, and of them those that the original's reader opens
    refused    by reason, for each side
    share      files and pages without difference
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from importlib.util import find_spec
from multiprocessing.connection import Connection
from pathlib import Path
from threading import local
from typing import Any

TOLERANCE = 24  # levels of one color of one pixel
FOOT = 26.0  # points above the lower edge that belong to the packet's line, on a letter sheet
PATIENCE = 100.0  # seconds for one file
_PEERS = "qpdf,pypdf"
_LETTER = 612.0
_LONGEST = 1600.0  # pixels of a page's longer side
SIDES = ("ours", "qpdf", "pypdf")


@dataclass
class Look:
    """What was seen of one side's file."""

    refused: str = ""
    pages: int = 0
    same: int = 0
    different: list[int] = field(default_factory=list)  # pages, from 1

    @property
    def whole(self) -> bool:
        return not self.refused and not self.different


# What each side makes of a file


def ours(path: Path, intake: Any) -> bytes | str:
    """The file's pages as a packet binds them; a string says why they are not taken."""
    from planstudio.domain.intake import trouble_sentence
    from planstudio.reports import fonts
    from planstudio.reports.document import PaperFormat
    from planstudio.reports.meeting.running import PacketStamps
    from taggedpdf.binder import Binder
    from taggedpdf.metadata import Metadata

    imported = intake.take(path.name, path.read_bytes())
    fragment = imported.fragment
    if fragment is None:
        return trouble_sentence(imported.facts, "It") or f"It is taken as {imported.facts.kind}."
    fonts.register()
    stamps = PacketStamps(PaperFormat.called("letter"), "Heron Lake", "")
    total = len(fragment.leaves)
    feet = [
        stamps.foreign(leaf, path.name[:60], f"Page {n} of {total} · Rev 1")
        for n, leaf in enumerate(fragment.leaves, 1)
    ]
    return Binder().bind([fragment], Metadata("Fidelity"), furniture=feet)


def qpdf(path: Path, target: Path) -> None:
    import pikepdf

    pikepdf.Job(["qpdf", "--empty", "--pages", str(path), "--", str(target)]).run()


def pypdf(path: Path, target: Path) -> None:
    from pypdf import PdfWriter

    writer = PdfWriter()
    writer.append(path)
    writer.write(target)


PEERS = {"qpdf": qpdf, "pypdf": pypdf}


# Looking


def rendered(data: Path | bytes) -> Iterator[Any]:
    """Each page of a file as it is seen, its foot left white; an Image, or None where it cannot be drawn."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        _show_fields(document)
        for number in range(len(document)):
            try:
                page = document[number]
                yield _drawn(page)
                page.close()
            except pypdfium2.PdfiumError:
                yield None
    finally:
        document.close()


def _show_fields(document: Any) -> None:
    """Fields are shown, too, where the file has forgotten its list of them: browsers show them, pypdfium2 does not."""
    from pypdfium2 import raw

    if document.get_formtype() == raw.FORMTYPE_NONE:
        document.get_formtype = lambda: raw.FORMTYPE_ACRO_FORM
    document.init_forms()


def _drawn(page: Any) -> Any:
    width, height = page.get_size()
    scale = min(1.0, _LONGEST / max(width, height, 1))
    image = page.render(scale=scale, may_draw_forms=True, optimize_mode="lcd").to_pil().convert("RGB")
    foot = FOOT * scale * max(1.0, min(width, height) / _LETTER)
    image.paste((255, 255, 255), (0, max(0, int(image.height - foot)), image.width, image.height))
    return image


def differs(old: Any, new: Any) -> bool:
    """Whether anybody could see a difference between two pages."""
    from PIL import ImageChops

    if old is None or new is None or old.size != new.size:
        return old is not new
    levels = ImageChops.difference(old, new).histogram()  # of each color
    return any(levels[n] for n in range(len(levels)) if n % 256 > TOLERANCE)


def look(original: Path, made: dict[str, Path], most: int, pictures: Path | None) -> tuple[int, dict[str, Look]]:
    """How many pages the original has, and what became of them on each side."""
    from itertools import islice, zip_longest

    looks = {side: Look() for side in made}
    sides = [iter(rendered(path)) for path in made.values()]
    count = 0
    for old, *news in islice(zip_longest(rendered(original), *sides), most):
        count += 1
        for (side, seen), new in zip(looks.items(), news, strict=True):
            seen.pages += 1
            if differs(old, new):
                seen.different.append(count)
                if pictures is not None and side == "ours":
                    _keep(pictures, original, count, old, new)
            else:
                seen.same += 1
    return count, looks


def _keep(folder: Path, original: Path, number: int, old: Any, new: Any) -> None:
    """Both pages beside each other, the original at the left, and what is different at the right."""
    from PIL import Image, ImageChops

    shown = [each for each in (old, new) if each is not None]
    if len(shown) == 2 and old.size == new.size:
        shown.append(ImageChops.invert(ImageChops.difference(old, new)))
    whole = Image.new("RGB", (sum(each.width + 8 for each in shown), max(each.height for each in shown)), "gray")
    at = 0
    for each in shown:
        whole.paste(each, (at, 0))
        at += each.width + 8
    folder.mkdir(parents=True, exist_ok=True)
    whole.save(folder / f"{original.stem[:60]}-{number}.png")


def serve(pipe: Connection) -> None:
    """A process of its own: some files end the reader that looks at them."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # all sides tell at length what they repair
    while True:
        original, bound, peers, most, pictures = pipe.recv()
        with tempfile.TemporaryDirectory() as folder:
            made, refused = {}, {}
            if isinstance(bound, bytes):
                made["ours"] = Path(folder) / "ours.pdf"
                made["ours"].write_bytes(bound)
            else:
                refused["ours"] = Look(bound)
            for side in peers:
                target = Path(folder) / f"{side}.pdf"
                try:
                    PEERS[side](original, target)
                    made[side] = target
                except Exception as error:  # noqa: BLE001 - whatever a peer says is its reason
                    refused[side] = Look(f"{type(error).__name__}: {error}".splitlines()[0][:100])
            try:
                count, looks = look(original, made, most, pictures)
            except Exception as error:  # noqa: BLE001 - the original's reader has no list of what it raises
                pipe.send((f"{error}", {}))
                continue
            pipe.send((count, {**looks, **refused}))


class Looker:
    """The process that looks; a new one for the file after one that it did not survive."""

    def __init__(self) -> None:
        self._process: multiprocessing.process.BaseProcess | None = None

    def ask(self, *said: Any) -> tuple[int | str, dict[str, Look]]:
        if self._process is None:
            context = multiprocessing.get_context("spawn")
            self._pipe, theirs = context.Pipe()
            self._process = context.Process(target=serve, args=(theirs,), daemon=True)
            self._process.start()
            theirs.close()
        try:
            self._pipe.send(said)
            if self._pipe.poll(PATIENCE):
                return self._pipe.recv()  # type: ignore[no-any-return]
            reason = "it takes too long to look at"
        except (EOFError, OSError):
            reason = "the reader that looks at it has ended"
        self.close()
        return reason, {}

    def close(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process = None


# The run


@dataclass
class Found:
    """All that was seen in one run."""

    files: int = 0
    unseen: Counter[str] = field(default_factory=Counter)  # why the original cannot be looked at
    looks: list[tuple[str, int, dict[str, Look]]] = field(default_factory=list)

    def refused(self, side: str) -> Counter[str]:
        return Counter(seen[side].refused for _name, _pages, seen in self.looks if seen[side].refused)

    def share(self, side: str) -> tuple[float, float]:
        """Of the files, and of the pages, those without difference."""
        files = [seen[side].whole for _name, _pages, seen in self.looks]
        pages = sum(pages for _name, pages, _seen in self.looks)
        same = sum(seen[side].same for _name, _pages, seen in self.looks)
        return sum(files) / max(1, len(files)), same / max(1, pages)


def run(options: argparse.Namespace) -> Found:
    from planstudio.reports.foreign.intake import Intake

    paths = sorted(path for path in options.folder.rglob("*") if path.suffix.lower() == ".pdf" and path.is_file())
    paths = paths[:: max(1, len(paths) // options.most)][: options.most] if options.most else paths
    asked = [peer for peer in options.peer.split(",") if peer in PEERS]
    peers = [peer for peer in asked if find_spec("pikepdf" if peer == "qpdf" else peer)]
    for peer in set(asked) - set(peers):
        print(f"{peer} is not installed: it is left out.", file=sys.stderr)
    found, mine = Found(len(paths)), local()
    lookers: list[Looker] = []

    def one(path: Path, bound: bytes | str) -> tuple[int | str, dict[str, Look]]:
        if not hasattr(mine, "looker"):
            mine.looker = Looker()
            lookers.append(mine.looker)
        return mine.looker.ask(path, bound, peers, options.pages, options.pictures)  # type: ignore[no-any-return]

    with Intake() as intake, ThreadPoolExecutor(options.jobs) as pool:
        for first in range(0, len(paths), 8):
            group = paths[first : first + 8]
            jobs = [(path, pool.submit(one, path, ours(path, intake))) for path in group]
            for path, job in jobs:
                pages, looks = job.result()
                if isinstance(pages, str):
                    found.unseen[pages] += 1
                else:
                    found.looks.append((str(path.relative_to(options.folder)), pages, looks))
                _tell(path, pages, looks, options)
    for looker in lookers:
        looker.close()
    return found


def _tell(path: Path, pages: int | str, looks: dict[str, Look], options: argparse.Namespace) -> None:
    """One line for each file that is not the same on a side."""
    odd = {side: seen for side, seen in looks.items() if not seen.whole}
    if options.list and (odd or isinstance(pages, str)):
        said = [f"{side} {seen.refused or seen.different[:12]}" for side, seen in odd.items()]
        where = path.relative_to(options.folder)
        print(f"{where}: {pages if isinstance(pages, str) else ' | '.join(said)}", flush=True)


def report(found: Found) -> dict[str, Any]:
    sides = list(found.looks[0][2]) if found.looks else []
    ordered = [side for side in SIDES if side in sides]
    return {
        "files": found.files,
        "looked at": len(found.looks),
        "not to be looked at": dict(found.unseen),
        "refused": {side: dict(found.refused(side)) for side in ordered},
        "share of files": {side: found.share(side)[0] for side in ordered},
        "share of pages": {side: found.share(side)[1] for side in ordered},
        "pages": sum(pages for _name, pages, _seen in found.looks),
    }


def table(said: dict[str, Any]) -> str:
    lines = [f"{said['files']} files, {said['looked at']} that can be looked at, {said['pages']} pages"]
    lines += [f"  {count:5} not looked at: {why}" for why, count in said["not to be looked at"].items()]
    for side, share in said["share of files"].items():
        refused = said["refused"][side]
        lines.append(
            f"{side:6} {said['looked at'] - sum(refused.values()):5} taken, {sum(refused.values()):4} refused;"
            f" without difference {share:7.2%} of files, {said['share of pages'][side]:7.2%} of pages"
        )
        lines += [f"  {count:5} refused: {why}" for why, count in refused.items()]
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description="Attached PDFs beside their originals, pixel by pixel.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--most", type=int, default=0, help="files, evenly from all; 0 for all")
    parser.add_argument("--pages", type=int, default=40, help="pages looked at in each file")
    parser.add_argument("--peer", nargs="?", const=_PEERS, default=_PEERS, help="who else: qpdf, pypdf, or both")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--list", action="store_true", help="name each file that is not the same")
    parser.add_argument("--pictures", type=Path, help="where to put pages of ours that are different")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    said = report(run(options))
    print(json.dumps(said, indent=2) if options.json else table(said))
    return 0


if __name__ == "__main__":
    sys.exit(main())
