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
from planstudio.reports.foreign.confinement import confine
from planstudio.reports.foreign.pdf import take_pdf
from planstudio.reports.foreign.picture import take_picture
from planstudio.reports.foreign.pipe import Closed, read_frame, write_frame
from planstudio.reports.foreign.plain import take_text
from planstudio.reports.foreign.sniffing import Family, family
from planstudio.reports.foreign.source import Refused, bound_decoding
from planstudio.reports.foreign.taken import MOST_BODY, MOST_HEAD, Taken, pack_taken

_RECURSION = 3000


def take(name: str, data: bytes, description: str = "") -> Taken:
    """What becomes of one file. Office files are converted before they come here."""
    kind = family(name, data)
    try:
        if isinstance(kind, Trouble):
            return Taken(refused(kind))
        if kind[0] is Family.PDF:
            facts, fragment = take_pdf(data, name, description)
            return Taken(facts, fragment)
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
        said = json.loads(head)
        i18n.use(said["language"], resources.folder("locale"))
        taken = take(said["name"], data, said["description"])
        del data
        try:
            packed = pack_taken(taken)
        except MemoryError:
            packed = pack_taken(Taken(refused(Trouble.TOO_LARGE)))
        del taken
        write_frame(answers, *packed)


def main() -> int:
    """Keep stdout for answers alone, whatever a library prints, and give up what is not needed."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    sys.setrecursionlimit(_RECURSION)
    bound_decoding()
    confine()
    serve(sys.stdin.buffer, answers)
    return 0


if __name__ == "__main__":
    sys.exit(main())
