"""The collector of garbage stands still for as long as it was asked to, and no longer."""

from __future__ import annotations

import gc

import pytest

from planstudio.memory import steady_memory


def test_it_stands_still_until_the_end_whatever_happens() -> None:
    @steady_memory()
    def work() -> None:
        assert not gc.isenabled()
        raise KeyError("in the midst")

    assert gc.isenabled()
    with pytest.raises(KeyError, match="in the midst"):
        work()
    assert gc.isenabled()


def test_whoever_has_none_gets_none() -> None:
    gc.disable()
    try:
        with steady_memory():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
