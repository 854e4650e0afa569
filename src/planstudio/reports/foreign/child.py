"""The process that takes foreign files apart, one after the other: python -m planstudio.reports.foreign.child

It reads requests from stdin and answers on stdout (`pipe`), opens no other
file, and never uses the network. If a file takes it over, all that it can do
is give wrong answers, and those are checked (`taken`).
"""

from __future__ import annotations

import json
import os
import sys
from typing import BinaryIO

from planstudio import i18n, resources
from planstudio.domain.intake import Trouble, refused
from planstudio.reports.foreign.confinement import allow_work, confine
from planstudio.reports.foreign.pdf import take_pdf
from planstudio.reports.foreign.picture import take_picture
from planstudio.reports.foreign.pipe import Closed, read_frame, write_frame
from planstudio.reports.foreign.plain import take_text
from planstudio.reports.foreign.sniffing import Family, family
from planstudio.reports.foreign.source import Refused, bound_decoding
from planstudio.reports.foreign.taken import MOST_BODY, MOST_HEAD, Taken, pack_taken
from planstudio.reports.foreign.words import words_of

_RECURSION = 3000
_STDIN, _STDOUT = 0, 1  # a packaged program without a console has no sys.stdin, but the pipes


def take(name: str, data: bytes, description: str = "", *, check: bool = True) -> Taken:
    """What becomes of one file. Office files are converted before they come here.

    Without *check* no PDF is verified: for files that the check itself fails on.
    """
    kind = family(name, data)
    try:
        if isinstance(kind, Trouble):
            return Taken(refused(kind))
        if kind[0] is Family.PDF:
            facts, fragment = take_pdf(data, name, description, check=check)
            return Taken(facts, fragment, text=words_of(fragment) if check else "")
        if kind[0] is Family.PICTURE:
            facts, pictures = take_picture(data, description)
            return Taken(facts, pictures=pictures)
        if kind[0] is Family.PLAIN:
            facts, text = take_text(data, kind[1])
            return Taken(facts, text=text)
    except Refused as error:
        return Taken(refused(error.trouble))
    except (MemoryError, RecursionError):
        return Taken(refused(Trouble.TOO_LARGE))
    return Taken(refused(Trouble.NO_CONVERTER))


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
        taken = take(said["name"], data, said["description"], check=said["check"])
        del data
        try:
            packed = pack_taken(taken)
        except MemoryError:
            packed = pack_taken(Taken(refused(Trouble.TOO_LARGE)))
        del taken
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
