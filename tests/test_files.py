"""Files outside the program: bounded when they are read, whole and private when they are written, named harmlessly."""

from __future__ import annotations

import os
import socket
import stat
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planstudio import files
from planstudio.domain.errors import PlanStudioError, Unreadable

posix = pytest.mark.skipif(os.name != "posix", reason="devices, pipes and rights as POSIX has them")
NAMES = st.text(st.characters(exclude_characters="/\0", exclude_categories=()), min_size=1, max_size=300)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


# Names.


@given(NAMES)
def test_no_name_is_a_command_for_a_terminal(name: str) -> None:
    assert files.shown(name).isprintable()
    files.shown(name).encode("utf-8")


@given(st.binary(min_size=1, max_size=80))
def test_a_name_of_any_bytes_can_be_shown_and_stored(name: bytes) -> None:
    given_name = name.decode("utf-8", "surrogateescape")
    assert files.shown(given_name).isprintable()
    files.legible(given_name).encode("utf-8")


@given(st.text())
def test_what_is_written_to_a_terminal_moves_no_cursor_and_loses_no_letter(text: str) -> None:
    seen = files.visible(text)
    assert not [c for c in seen if c not in "\n\t" and (c < " " or "\x7f" <= c <= "\x9f")]
    assert [c for c in text if c.isalnum()] == [c for c in text if c.isalnum() and c in seen]


@given(NAMES, st.text(st.characters(exclude_characters="/\0", exclude_categories=("Cs",)), max_size=20))
def test_a_name_fits_a_disk_with_whatever_ends_it(stem: str, tail: str) -> None:
    stem = stem.encode("utf-8", "replace").decode()
    made = files.fitting(stem, tail)
    assert made.endswith(tail)
    assert len(os.fsencode(made)) <= 255
    assert stem.startswith(made.removesuffix(tail)) or tail == ""
    assert len(os.fsencode(files.beside(stem, ".~", ".0123ab-4194304-99.tmp-journal"))) <= 255


def test_escapes_are_written_out() -> None:
    assert files.shown("a\x1b[2Jb\nc\u202ed") == "a\\x1b[2Jb\\x0ac\\u202ed"
    assert files.shown("Café 日本") == "Café 日本"
    assert files.shown(b"caf\xe9.txt".decode("utf-8", "surrogateescape")) == "caf\\xe9.txt"


# Read.


@posix
def test_what_is_no_file_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as ear:
        ear.bind(str(tmp_path / "socket"))
        for path in (Path("/dev/zero"), Path("/dev/null"), tmp_path / "pipe", tmp_path / "socket"):
            with pytest.raises(Unreadable, match="is a device or a pipe, not a file"):
                files.read(path)
    (tmp_path / "link").symlink_to("/dev/zero")
    with pytest.raises(Unreadable, match="device"):
        files.read(tmp_path / "link")


def test_a_huge_file_is_refused_by_what_it_holds_not_by_what_it_says(tmp_path: Path) -> None:
    huge = tmp_path / "huge.txt"
    with open(huge, "wb") as file:
        file.truncate(3_000_000_000)
    with pytest.raises(Unreadable, match="larger than 1 MB"):
        files.read(huge, 1_000_000)
    (tmp_path / "just").write_bytes(b"x" * 1000)
    assert len(files.read(tmp_path / "just", 1000)) == 1000


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="/proc is Linux's")
def test_a_file_that_never_ends_is_refused() -> None:
    with pytest.raises(Unreadable, match="larger than"):
        files.read(Path("/proc/kallsyms"), 10)


@pytest.mark.parametrize("name", ["gone.txt", ".", "a\0b", "x" * 300])
def test_what_cannot_be_read_is_one_sentence(name: str, tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as caught:
        files.read(tmp_path / name)
    assert str(caught.value).endswith(".")


# Written.


@posix
@pytest.mark.parametrize("rights", [0o600, 0o640, 0o644])
def test_nobody_reads_on_the_way_what_they_could_not_read_before(rights: int, tmp_path: Path) -> None:
    target = tmp_path / "Plan.planstudio"
    target.write_bytes(b"old")
    target.chmod(rights)
    with files.replacing(target) as temporary:
        assert mode(temporary) == 0o600
        temporary.write_bytes(b"new")
        assert [mode(path) & 0o077 for path in tmp_path.iterdir() if path != target] == [0]
    assert (target.read_bytes(), mode(target)) == (b"new", rights)


@posix
def test_a_new_file_has_the_rights_of_any_new_file_and_a_private_one_none_for_others(tmp_path: Path) -> None:
    (tmp_path / "usual").touch()
    for name, private in (("new", False), ("own", True)):
        with files.replacing(tmp_path / name, private=private) as temporary:
            temporary.write_bytes(b"x")
    assert mode(tmp_path / "new") == mode(tmp_path / "usual")
    assert mode(tmp_path / "own") == 0o600


@posix
def test_what_a_dead_program_of_this_computer_left_goes_at_once_and_what_may_be_at_work_stays(tmp_path: Path) -> None:
    target = tmp_path / "Plan.planstudio"
    with files.replacing(target) as own:
        shape = own.name.replace(str(os.getpid()), "{pid}")
        own.write_bytes(b"x")
    dead = tmp_path / shape.format(pid=4_194_999)
    alive = tmp_path / shape.format(pid=os.getpid())
    elsewhere = tmp_path / f".~{target.name}.ffffff-4194999-0.tmp"
    for path in (dead, Path(f"{dead}-journal"), alive, elsewhere):
        path.write_bytes(b"half")
    files.write(target, b"y")
    assert sorted(tmp_path.iterdir()) == sorted([target, alive, elsewhere])


@pytest.mark.parametrize("name", ["ö" * 122 + ".planstudio", "x" * 251 + ".pdf", "日" * 83 + ".json", "a"])
def test_a_name_as_long_as_a_disk_takes_can_be_written(name: str, tmp_path: Path) -> None:
    assert len(os.fsencode(name)) <= 255
    files.write(tmp_path / name, b"one")
    files.write(tmp_path / name, b"two")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [(name, b"two")]


def test_a_plan_is_never_written_over_not_even_through_a_link(tmp_path: Path) -> None:
    plan = tmp_path / "Plan.planstudio"
    plan.write_bytes(files.DATABASE + b"...")
    (tmp_path / "a.pdf").symlink_to(plan)
    for path in (plan, tmp_path / "a.pdf"):
        with pytest.raises(PlanStudioError, match="is a plan or another database"):
            files.write(path, b"%PDF")
    assert plan.read_bytes().startswith(files.DATABASE)


def test_a_former_print_is_replaced_and_another_file_is_not(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    files.write(target, b"%PDF-1", like=b"%PDF")
    files.write(target, b"%PDF-2", like=b"%PDF")
    target.write_bytes(b"minutes")
    with pytest.raises(PlanStudioError, match="--force"):
        files.write(target, b"%PDF-3", like=b"%PDF")
    assert target.read_bytes() == b"minutes"
    target.write_bytes(b"")
    files.write(target, b"%PDF-4", like=b"%PDF")
    assert target.read_bytes() == b"%PDF-4"
