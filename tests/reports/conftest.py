"""The two reports of the whole plan, printed once for all tests."""

from __future__ import annotations

import pytest

from planstudio.reports import Printed, build
from reports import books


@pytest.fixture(scope="session")
def packet() -> Printed:
    return build("packet", books.whole(), title="Packet for October")


@pytest.fixture(scope="session")
def plan_book() -> Printed:
    return build("plan", books.whole())
