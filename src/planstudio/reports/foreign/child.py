"""The process that takes foreign files apart, one after the other: python -m planstudio.reports.foreign.child

It reads requests from stdin and answers on stdout (`pipe`), opens no other
file, and never uses the network. If a file takes it over, all that it can do
is give wrong answers, and those are checked (`imported`).
"""

from __future__ import annotations

import json
import os
import sys
from typing import BinaryIO

from planstudio import i18n, resources
from planstudio.domain.intake import Trouble, refused
from planstudio.reports.foreign.confinement import allow_work, confine
from planstudio.reports.foreign.imported import MOST_BODY, MOST_HEAD, ImportedFile, pack_file
from planstudio.reports.foreign.opening import Refused, bound_decoding
from planstudio.reports.foreign.page_text import words_of
from planstudio.reports.foreign.pdf import take_pdf
from planstudio.reports.foreign.picture import take_picture
from planstudio.reports.foreign.pipe import Closed, read_frame, write_frame
from planstudio.reports.foreign.sniffing import Family, family
from planstudio.reports.foreign.text_file import take_text

_RECURSION = 3000
_STDIN, _STDOUT = 0, 1  # a packaged program without a console has no sys.stdin, but the pipes


def take(name: str, data: bytes, description: str = "", *, check: bool = True) -> ImportedFile:
    """What becomes of one file. Office files are converted before they come here.

    Without *check* no PDF is verified: for files that the check itself fails on.
    """
    kind = family(name, data)
    try:
        if isinstance(kind, Trouble):
            return ImportedFile(refused(kind))
        if kind[0] is Family.PDF:
            facts, fragment = take_pdf(data, name, description, check=check)
            return ImportedFile(facts, fragment, text=words_of(fragment) if check else "")
        if kind[0] is Family.PICTURE:
            facts, pictures = take_picture(data, description)
            return ImportedFile(facts, pictures=pictures)
        if kind[0] is Family.PLAIN:
            facts, text = take_text(data, kind[1])
            return ImportedFile(facts, text=text)
    except Refused as error:
        return ImportedFile(refused(error.trouble))
    except (MemoryError, RecursionError):
        return ImportedFile(refused(Trouble.TOO_LARGE))
    return ImportedFile(refused(Trouble.NO_CONVERTER))


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer until the parent is gone."""
    while True:
        try:
            head, data = read_frame(requests, MOST_HEAD, MOST_BODY)
        except Closed:
            return
        allow_work()
        said = json.loads(head)
        i18n.use(said["language"], resources.folder("locale"))
        imported = take(said["name"], data, said["description"], check=said["check"])
        del data
        try:
            packed = pack_file(imported)
        except MemoryError:
            packed = pack_file(ImportedFile(refused(Trouble.TOO_LARGE)))
        del imported
        write_frame(answers, *packed)


def main() -> int:
    """Keep stdout for answers alone, whatever a library prints, and give up what is not needed."""
    requests, answers = os.fdopen(os.dup(_STDIN), "rb"), os.fdopen(os.dup(_STDOUT), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, _STDIN)
    os.dup2(nowhere, _STDOUT)
    sys.setrecursionlimit(_RECURSION)
    bound_decoding()
    confine()
    serve(requests, answers)
    return 0


if __name__ == "__main__":
    sys.exit(main())
