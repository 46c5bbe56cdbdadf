"""Every case of tests/corpus/sources becomes what it says."""

from __future__ import annotations

import pytest
import yaml

from parvis import sources
from tests.cases import cases
from tests.sources.casebook import told, wanted


def test_every_kind_has_a_case() -> None:
    assert {yaml.safe_load(param.values[0]["source"])["kind"] for param in cases("sources")} >= sources.kinds()


@pytest.mark.parametrize("case", cases("sources"))
def test_a_case_becomes_what_it_says(case: dict[str, str]) -> None:
    assert told(case) == wanted(case)
