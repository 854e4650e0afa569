"""The complete JSON of a plan file: docs/manual/json.md says what may stand in it.

Reading answers with plain values for `operations.loading`; a file given by
"path" is read here, beside the JSON, and becomes "data" in Base64.
"""

from __future__ import annotations

import json
from base64 import b64encode
from pathlib import Path
from typing import Any

from planstudio import files
from planstudio.domain.errors import Unreadable
from planstudio.domain.texts import tidy
from planstudio.i18n import _

FORMAT = "planstudio"
MOST_BYTES = 100_000_000
MOST_DEEP = 40  # lists and objects in one another


def write(whole: dict[str, Any]) -> str:
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def read(text: str, folder: Path) -> dict[str, Any]:
    """The values in *text*, files that it names below *folder* read in."""
    try:
        whole = json.loads(text, object_pairs_hook=_object)
    except json.JSONDecodeError as error:
        words = _("This is not JSON: {what} at line {line}.")
        raise Unreadable(words.format(what=error.msg, line=error.lineno)) from error
    except RecursionError as error:
        raise Unreadable(_("This JSON is nested too deeply to be a plan.")) from error
    except ValueError as error:  # thousands of digits
        raise Unreadable(_("This JSON holds a number that is too long to be read.")) from error
    if not isinstance(whole, dict) or whole.get("format") != FORMAT:
        raise Unreadable(_('This JSON is not a plan: it has to begin with "format": "planstudio".'))
    if whole.get("version") != 1:
        raise Unreadable(_('This JSON has another version than 1. Update this program, or write "version": 1.'))
    _read_files(whole, folder)
    return whole


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object; of a field that stands in it twice one would be lost."""
    made = dict(pairs)
    if len(made) < len(pairs):
        names = [name for name, _value in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise Unreadable(_("“{name}” stands twice in one object of this JSON.").format(name=tidy(twice[:60])))
    return made


def is_plan(text: str) -> bool:
    """Whether *text* looks like the complete JSON rather than like a document."""
    return text.lstrip("\ufeff \r\n\t").startswith("{") and f'"{FORMAT}"' in text[:2000]


def _read_files(value: Any, folder: Path, depth: int = 0) -> None:
    if depth > MOST_DEEP:
        raise Unreadable(_("This JSON is nested too deeply to be a plan."))
    if isinstance(value, list):
        for one in value:
            _read_files(one, folder, depth + 1)
    elif isinstance(value, dict):
        if "path" in value:
            _read_file(value, folder)
        for one in value.values():
            _read_files(one, folder, depth + 1)


def _read_file(file: dict[str, Any], folder: Path) -> None:
    """The bytes for the "path" of a file or of the logo; nothing outside of *folder* is read."""
    name = file.pop("path")
    if not isinstance(name, str) or "\0" in name:
        raise Unreadable(_("The path of a file has to be a text."))
    path = folder / name
    try:
        if not path.resolve().is_relative_to(folder.resolve()):
            raise Unreadable(_("The file {path} does not lie in the folder of the JSON.").format(path=name))
    except (OSError, ValueError, RuntimeError) as error:  # half a letter, or links in a circle
        raise Unreadable(_("{path} is no file that can be read.").format(path=tidy(name))) from error
    file["data"] = b64encode(files.read(path, MOST_BYTES, name)).decode()
    file.setdefault("name", path.name)
