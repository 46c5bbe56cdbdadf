"""The faults that `python -m tests.teeth` puts in: one change each, in functions and in the tables beside them."""

from __future__ import annotations

from types import CodeType, ModuleType

from parvis import consent, slugs
from tests.teeth.faults import Fault, faults


def living(fault: Fault, like: ModuleType) -> ModuleType:
    """The module as it would be with the fault."""
    module = ModuleType(like.__name__)
    module.__dict__.update(__package__=like.__package__)
    exec(fault.code, module.__dict__)
    return module


def test_each_fault_is_another_and_says_where_it_stands() -> None:
    found = list(faults("parvis.slugs", ("slug",)))

    assert {fault.function for fault in found} == {"slug"}
    assert {"'60' becomes another", "lower becomes upper", "None is returned"} <= {fault.what for fault in found}
    assert all(isinstance(fault.code, CodeType) for fault in found)
    assert {living(fault, slugs).slug("a" * 99) for fault in found if fault.what == "'60' becomes another"} == {
        "a" * 61
    }


def test_a_table_loses_one_member_at_a_time() -> None:
    lost = [fault for fault in faults("parvis.consent") if fault.what == "without 'web'"]

    assert [(fault.function, fault.module) for fault in lost] == [("", "parvis.consent")]
    without = living(lost[0], consent).SITE
    assert without == consent.SITE - {"web"}
