"""Office files are told by what is in them and converted by LibreOffice; here a script plays its part."""

from __future__ import annotations

import shutil
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from planstudio.domain.intake import FileKind, Trouble, facts_notes
from planstudio.reports import Cancelled
from planstudio.reports.foreign import Intake, office
from planstudio.reports.foreign.sniffing import Family, family
from reports.foreign import files

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the script that plays LibreOffice is for a shell")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


def zipped(*names: str, **texts: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
        for name, text in texts.items():
            archive.writestr(name, text)
    return out.getvalue()


DOCX = zipped("[Content_Types].xml", "word/document.xml")


@pytest.fixture
def play(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is all of the path, for a soffice of one's own: whoever has a real one keeps it out of this."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for tool in ("cp", "sleep"):
        found = shutil.which(tool)
        assert found is not None
        (folder / tool).symlink_to(found)
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr(office, "_PLACES", ())
    return folder


def script(folder: Path, does: str) -> None:
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\nprintf '%s\\n' \"$@\" > {folder}/told\n{does}\n", "utf-8")
    program.chmod(0o755)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (DOCX, "docx"),
        (zipped("[Content_Types].xml", "xl/workbook.xml"), "xlsx"),
        (zipped("[Content_Types].xml", "ppt/presentation.xml"), "pptx"),
        (zipped(mimetype="application/vnd.oasis.opendocument.text"), "odt"),
        (zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet"), "ods"),
        (zipped(mimetype="application/vnd.oasis.opendocument.presentation"), "odp"),
        (OLE + "WordDocument".encode("utf-16-le") + b"\0\0", "doc"),
        (OLE + "Workbook".encode("utf-16-le") + b"\0\0", "xls"),
        (OLE + "PowerPoint Document".encode("utf-16-le") + b"\0\0", "ppt"),
        (b"{\\rtf1 words}", "rtf"),
    ],
)
def test_office_files_are_told_by_what_is_in_them(data: bytes, kind: str) -> None:
    assert family("wrong.pdf", data) == (Family.OFFICE, kind)


def test_locked_office_files_need_a_password() -> None:
    manifest = {"META-INF/manifest.xml": "<manifest:encryption-data/>"}
    assert family("a.docx", OLE + "EncryptedPackage".encode("utf-16-le")) is Trouble.PASSWORD
    assert family("a.odt", zipped(mimetype="application/vnd.oasis.opendocument.text", **manifest)) is Trouble.PASSWORD


def test_without_libreoffice_the_file_is_in_trouble(play: Path) -> None:
    with Intake() as intake:
        assert intake.take("Bids.docx", DOCX).facts.trouble is Trouble.NO_CONVERTER


def test_what_libreoffice_makes_is_taken_in(play: Path) -> None:
    (play / "made.pdf").write_bytes(files.text_pages(2))
    script(play, f'while [ "$1" != --outdir ]; do shift; done; cp {play}/made.pdf "$2/file.pdf"')
    with Intake() as intake:
        imported = intake.take("Bids.docx", DOCX)
    assert imported.facts.kind is FileKind.TEXT
    assert imported.facts.converted
    assert facts_notes(imported.facts)[0] == "it was converted from an office file"
    told = (play / "told").read_text("utf-8")
    assert "--headless" in told
    assert "writer_pdf_Export" in told
    assert '"UseTaggedPDF":{"type":"boolean","value":"true"}' in told
    profile = next(line for line in told.splitlines() if line.startswith("-env:UserInstallation=file://"))
    assert not Path(profile.removeprefix("-env:UserInstallation=file://")).exists()


@pytest.mark.parametrize(("kind", "program"), [("odt", "writer"), ("xls", "calc"), ("pptx", "impress")])
def test_each_kind_has_its_export(kind: str, program: str) -> None:
    assert office.export_filter(kind).startswith(f"pdf:{program}_pdf_Export:")


def test_macros_are_off(play: Path) -> None:
    script(play, f'for a in "$@"; do case $a in -env*) cp "${{a#*file://}}"/user/*.xcu {play}/seen;; esac; done')
    office.convert(DOCX, "docx")
    assert "DisableMacrosExecution" in (play / "seen").read_text("utf-8")


@pytest.mark.parametrize("does", ["exit 1", "exit 0", "kill -9 $$"])
def test_a_libreoffice_that_fails_is_told(play: Path, does: str) -> None:
    script(play, does)
    assert office.convert(DOCX, "docx") is Trouble.FAILED


def test_a_libreoffice_that_makes_no_pdf_is_found_out(play: Path) -> None:
    script(play, 'while [ "$1" != --outdir ]; do shift; done; echo "<html>" > "$2/file.pdf"')
    with Intake() as intake:
        imported = intake.take("Bids.docx", DOCX)
    assert imported.facts.trouble is not None


def test_a_libreoffice_that_hangs_is_ended_with_all_it_started(play: Path) -> None:
    script(play, f"sleep 300 &\necho $! > {play}/pid\nwait")
    assert office.convert(DOCX, "docx", patience=1.0) is Trouble.TOO_LARGE
    left = Path(f"/proc/{(play / 'pid').read_text('ascii').strip()}/stat")
    assert not left.exists() or left.read_text("ascii").split()[2] in "ZX"


def test_converting_stops_when_asked(play: Path) -> None:
    script(play, "sleep 300")
    with Intake() as intake, pytest.raises(Cancelled):
        intake.take("Bids.docx", DOCX, cancelled=lambda: True)
