"""Passwords of plans: whether one is wanted, given, and let go of. What is heavy is imported when there is one."""

from __future__ import annotations

from pathlib import Path

from planstudio import files


def is_locked(path: Path, data: Path) -> bool:
    """Whether the plan at *path*, or the work on it on this computer, is under a password that has not been given."""
    return bool(locked_files(path, data))


def locked_files(path: Path, data: Path) -> list[Path]:
    """The files of which that is so."""
    if not files.is_secret(path):
        return []
    from planstudio.store.keys import locked_files as found

    return found(path, data)


def unlock(path: Path, data: Path, words: str) -> None:
    """Let the plan at *path* be opened: *words* are its password or what its recovery sheet says; InvalidInput."""
    from planstudio.store.keys import unlock as give

    give(path, data, words)


def lock() -> None:
    """Let go of every password that was given."""
    from planstudio.store.doors import forget

    forget()


def need_part() -> None:
    """PartMissing where this program cannot open or make plans under a password."""
    from planstudio.store.doors import driver

    driver()


def delete_unprotected(path: Path, data: Path) -> None:
    """Take away the plan in the clear at *path*, and what this computer keeps of it."""
    from planstudio.store.keys import delete_unprotected as delete

    delete(path, data)
