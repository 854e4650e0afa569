"""What is tried of a long list in every run of the tests; `make long` tries all of it."""

from __future__ import annotations

import pytest

SAMPLED = pytest.mark.parametrize(
    "sampled", [pytest.param(True, id="sample"), pytest.param(False, id="each", marks=[pytest.mark.long])]
)
