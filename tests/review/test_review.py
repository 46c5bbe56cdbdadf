"""Yes, no, take it, leave it: what each does to the files, and what nobody can do by accident."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from parvis import files, matter, settings
from parvis.errors import CONFIG, CONTENT, Refused
from parvis.kinds import Approved
from parvis.ledger import Ledger
from parvis.review import team
from tests import hub
from tests.review.desk import POST, head, pending, proposal, review, tree

DELICATE = "content/testimonials/delicate/2026/avis-1.md"


def codes(folder: Path, **asked: Any) -> tuple[int, str]:
    before = tree(folder)
    with pytest.raises(Refused) as refused:
        review(folder, **asked)
    assert tree(folder) == before
    return refused.value.code, str(refused.value)


def out(folder: Path, id: str) -> str:
    decision = Ledger(folder, {}, []).out(item=id)
    return decision.decision if decision else ""


def test_the_queue_is_a_line_a_thing_oldest_first_then_the_sum_and_what_to_do(tmp_path: Path) -> None:
    hub.write(
        tmp_path,
        pending("forum-2", flags=["links"], date="2026-11-03T09:00:00+01:00", title="Plus tard")
        + pending("forum-0", author={"name": "Zoé"})
        + pending("forum-1", author={"name": "李雷 \x1b[31m"})
        + pending("forum-3", date=None, flags=["no-date"])
        + pending("avis-1", DELICATE, source="avis", date="2026-11-01T09:00:00+01:00")
        + hub.item("forum-4")
        + hub.item("forum-5")
        + proposal("forum-5"),
    )
    *lines, total, hint, other = review(tmp_path)

    assert [line.split()[0] for line in lines] == ["avis-1", *(f"forum-{n}" for n in (0, 1, 5, 2, 3))]
    assert [line.split()[1] for line in lines] == ["2026-11-01", *["2026-11-02"] * 3, "2026-11-03", "no"]
    assert total == "6 wait: 1 testimonial, 4 posts, 1 proposal; 1 delicate, 2 flagged"
    assert "--show ID" in hint
    assert "--take ID" in other
    assert all(line.isprintable() for line in lines)
    assert (
        len({cell_len(line.partition("Un titre")[0]) for line in lines if line.startswith(("forum-1", "forum-0"))}) == 1
    )
    assert ["[delicate] Un titre" in line for line in lines] == [True, False, False, False, False, False]


def test_an_empty_queue_says_so(tmp_path: Path) -> None:
    assert review(hub.write(tmp_path, hub.item())) == ["nothing waits"]


def test_other_programs_get_json(tmp_path: Path) -> None:
    hub.write(tmp_path, pending(flags=["word:senior"], title='"<b>'))
    (thing,) = json.loads("\n".join(review(tmp_path, json=True)))

    assert thing["id"] == "forum-1"
    assert (thing["title"], thing["flags"], thing["delicate"]) == ('"<b>', ["word:senior"], True)
    assert (tmp_path / thing["path"]).is_file()


def test_one_thing_is_shown_whole_with_what_only_the_team_sees(tmp_path: Path) -> None:
    hub.write(tmp_path, pending(flags=["links"], original="https://forum.example/1", held="à relire"))
    shown = review(tmp_path, show="forum")

    assert shown[0] == "Un titre"
    assert shown[-1] == "Bonjour."
    assert {"flags       links", "held        à relire", "original    https://forum.example/1"} <= set(shown)


def test_a_proposal_is_shown_as_what_would_change(tmp_path: Path) -> None:
    shown = review(hub.write(tmp_path, hub.item() + proposal()), show="forum-1")

    assert {"-Bonjour.", "+Bonsoir."} <= set(shown)


def test_an_accepted_item_is_live_and_its_file_is_else_as_it_was(tmp_path: Path) -> None:
    hub.write(tmp_path, pending())
    path = POST.format("forum-1")
    before = (tmp_path / path).read_text("utf-8")
    (tmp_path / path).write_text(before.replace("source: forum\n", "source: forum  # ours\n\n"), encoding="utf-8")

    lines = review(tmp_path, accept="forum-1", by="marc")

    assert lines[0].split() == ["accepted", "forum-1", path]
    assert head(tmp_path).approved == Approved(by="marc", on=date(2026, 11, 20), text_hash=matter.text_hash("Bonjour."))
    assert "source: forum  # ours\n\n" in (tmp_path / path).read_text("utf-8")
    assert hub.read(tmp_path).live == {path}
    assert hub.read(tmp_path).faults == ()


def test_the_day_of_a_decision_is_the_brands(tmp_path: Path) -> None:
    review(hub.write(tmp_path, pending()), accept="all", now=datetime(2026, 11, 20, 23, 30, tzinfo=UTC))

    assert (yes := head(tmp_path).approved) and yes.on == date(2026, 11, 21)


def test_an_undated_item_gets_the_day_of_its_acceptance(tmp_path: Path) -> None:
    hub.write(
        tmp_path, pending(date=None, flags=["no-date", "links"]) + pending("forum-2", date=None, flags=["no-date"])
    )
    review(tmp_path, accept="forum-1,forum-2")

    assert head(tmp_path).date == hub.NOW
    assert "date: 2026-11-20T13:00:00+01:00" in (tmp_path / POST.format("forum-1")).read_text("utf-8")
    assert (head(tmp_path).flags, head(tmp_path, "forum-2").flags) == (("links",), ())


def test_several_ids_and_the_beginnings_of_ids_will_do(tmp_path: Path) -> None:
    hub.write(tmp_path, pending("forum-1a") + pending("forum-2b") + pending("avis-9"))
    review(tmp_path, accept=" forum-1, avis ,avis-9,")

    assert [head(tmp_path, id).status for id in ("forum-1a", "forum-2b", "avis-9")] == [
        "published",
        "pending",
        "published",
    ]


@pytest.mark.parametrize(
    ("asked", "code", "what"),
    [
        ({"accept": "forum-1,nope"}, CONFIG, "nope: no item has this id"),
        ({"accept": "forom-1"}, CONFIG, "did you mean 'forum-1'?"),
        ({"accept": "forum"}, CONFIG, "forum: begins several ids"),
        ({"accept": "forum-1", "reject": "forum-1", "reason": "spam"}, CONFIG, "twice"),
        ({"reject": "forum-1"}, CONFIG, "--reject: wants --reason too"),
        ({"reject": "forum-1", "reason": "spm"}, CONFIG, "duplicate   stands here already"),
        ({"reject": "all", "reason": "spam"}, CONFIG, "all: no item has this id"),
        ({"accept": "forum-1", "by": "leo"}, CONFIG, "did you mean 'lea'?"),
        ({"accept": "forum-1", "sign_off": True}, CONFIG, "lea is no senior"),
        ({"take": "forum-1"}, CONFIG, "upstream proposes nothing"),
        ({"accept": "forum-1,avis-1"}, CONTENT, "a senior of content/team.yml signs"),
        ({"accept": "forum-1,avis-2", "by": "marc"}, CONTENT, "consent ended on 2026-11-01"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_told_and_nothing_is_written(
    tmp_path: Path, asked: dict[str, Any], code: int, what: str
) -> None:
    ended = {"consent": {"version": "1", "until": date(2026, 11, 1)}, "source": "avis"}
    site = pending("forum-1") + pending("forum-2") + pending("avis-1", DELICATE)
    hub.write(tmp_path, site + pending("avis-2", "content/testimonials/avis-2.md", **ended))

    found, told = codes(tmp_path, **asked)
    assert found == code
    assert what in told


def test_a_fault_of_each_id_is_told_in_one_run(tmp_path: Path) -> None:
    hub.write(tmp_path, pending("avis-1", DELICATE) + pending())

    assert codes(tmp_path, accept="avis-1,nope,forum-1,x")[1].count("hint") == 3


def test_a_senior_signs_what_is_delicate_by_folder_or_by_flag(tmp_path: Path) -> None:
    hub.write(tmp_path, pending("avis-1", DELICATE) + pending(flags=["word:senior"]) + pending("forum-2"))
    review(tmp_path, accept="avis-1,forum-1,forum-2", by="Marc", sign_off=True)

    for path, signer in ((DELICATE, "marc"), (POST.format("forum-1"), "marc"), (POST.format("forum-2"), "")):
        assert (yes := head(tmp_path, path=path).approved) and (yes.by, yes.signed_off_by) == ("marc", signer)
    assert hub.read(tmp_path).faults == ()


def test_all_takes_what_nothing_is_flagged_about_and_says_what_it_leaves(tmp_path: Path) -> None:
    hub.write(
        tmp_path,
        pending() + pending("forum-2", flags=["links"]) + pending("avis-1", DELICATE) + pending("forum-3", held="?"),
    )
    lines = review(tmp_path, accept="all", by="marc", sign_off=True)

    assert [line.split()[:2] for line in lines[:4]] == [
        ["accepted", "forum-1"], ["not", "taken"], ["not", "taken"], ["not", "taken"],
    ]  # fmt: skip
    assert {head(tmp_path, path=DELICATE).status, *(head(tmp_path, f"forum-{n}").status for n in (2, 3))} == {"pending"}


def test_a_text_that_changed_after_its_approval_is_approved_again(tmp_path: Path) -> None:
    hub.write(tmp_path, hub.item())
    file = tmp_path / POST.format("forum-1")
    file.write_text(file.read_text("utf-8").replace("Bonjour.", "Bonjour à tous."), encoding="utf-8")
    assert hub.read(tmp_path).faults

    review(tmp_path, accept="forum-1", by="marc")

    assert hub.read(tmp_path).faults == ()
    assert (yes := head(tmp_path).approved) and yes.by == "marc"


def test_a_second_yes_changes_nothing(tmp_path: Path) -> None:
    hub.write(tmp_path, hub.item())
    before = tree(tmp_path)

    assert review(tmp_path, accept="forum-1", by="marc")[0].startswith("as it was")
    assert tree(tmp_path) == before


def test_a_hidden_item_stays_hidden(tmp_path: Path) -> None:
    review(hub.write(tmp_path, pending(status="hidden")), accept="forum-1")

    assert head(tmp_path).status == "hidden"


@pytest.mark.parametrize(
    ("fields", "warned"),
    [({}, True), ({"licence": "CC BY 4.0"}, False), ({"consent": {"version": "1", "on": date(2026, 1, 1)}}, False)],
)
def test_a_testimonial_without_any_reason_on_file_goes_out_with_a_warning(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], fields: dict[str, object], warned: bool
) -> None:
    """A form's "no" never arrives; an old paper yes may, so a person decides, told of what is missing."""
    hub.write(tmp_path, pending("avis-1", "content/testimonials/avis-1.md", source="avis", **fields))
    review(tmp_path, accept="avis-1")

    assert ("no consent, licence or permission" in capsys.readouterr().err) == warned
    assert head(tmp_path, path="content/testimonials/avis-1.md").status == "published"


@pytest.mark.parametrize(("site", "decision"), [(pending(), "refused"), (hub.item(), "withdrawn")])
def test_a_rejected_item_goes_and_the_ledger_keeps_it_out(tmp_path: Path, site: str, decision: str) -> None:
    hub.write(tmp_path, site + proposal())
    review(tmp_path, reject="forum-1", reason="private")
    left = tree(tmp_path)

    assert out(tmp_path, "forum-1") == decision
    assert not any("forum-1" in path for path in left)
    assert not any("Zoé" in text for text in left.values())
    kept = next(text for path, text in left.items() if "ledger/2" in path).splitlines()
    assert "reason: private" in kept
    assert ("entry: forum-1" in kept) == (decision == "withdrawn")


def test_a_taken_proposal_is_the_text_approved_by_who_took_it(tmp_path: Path) -> None:
    hub.write(tmp_path, hub.item(tags=["vélo"], pulled="0" * 16) + proposal(title="Nouveau", body="Bonsoir à tous."))
    hash_of_proposal = matter.pulled_hash((tmp_path / "content/proposals/forum-1.md").read_text("utf-8"))
    review(tmp_path, take="forum-1", by="marc")
    document = matter.load(tmp_path / POST.format("forum-1"), POST.format("forum-1"))

    assert (head(tmp_path).title, document.body.strip(), head(tmp_path).tags) == (
        "Nouveau",
        "Bonsoir à tous.",
        ("vélo",),
    )
    assert (yes := head(tmp_path).approved) and yes.by == "marc"
    assert head(tmp_path).pulled == hash_of_proposal
    assert not (tmp_path / "content/proposals").exists()
    assert hub.read(tmp_path).faults == ()


def test_a_proposal_with_a_delicate_flag_wants_a_senior(tmp_path: Path) -> None:
    hub.write(tmp_path, hub.item() + proposal(flags=["word:senior"]))

    assert codes(tmp_path, take="forum-1")[0] == CONTENT
    review(tmp_path, take="forum-1", by="marc", sign_off=True)
    assert hub.read(tmp_path).faults == ()


def test_a_proposal_that_is_left_changes_only_what_upstream_was_last_seen_to_say(tmp_path: Path) -> None:
    hub.write(tmp_path, hub.item(pulled="0" * 16) + proposal())
    before = (tmp_path / POST.format("forum-1")).read_text("utf-8")
    hash_of_proposal = matter.pulled_hash((tmp_path / "content/proposals/forum-1.md").read_text("utf-8"))
    review(tmp_path, leave="forum-1")

    after = (tmp_path / POST.format("forum-1")).read_text("utf-8")
    assert after.replace(hash_of_proposal, "0" * 16).replace("'", "") == before.replace("'", "")
    assert head(tmp_path).pulled == hash_of_proposal
    assert not (tmp_path / "content/proposals").exists()


KILLED: list[Callable[[Path], object]] = [
    lambda folder: review(folder, reject="forum-1", reason="spam"),
    lambda folder: review(folder, take="forum-1"),
    lambda folder: review(folder, leave="forum-1"),
]


@pytest.mark.parametrize("decide", KILLED)
@pytest.mark.parametrize("survived", range(3))
def test_a_decision_that_was_killed_is_done_by_asking_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, decide: Callable[[Path], object], survived: int
) -> None:
    steps = 0

    def killed(real: Callable[..., None]) -> Callable[..., None]:
        def step(*given: Any) -> None:
            nonlocal steps
            if Path(given[0]).name != "salt":
                steps += 1
            if steps > survived:
                raise KeyboardInterrupt
            real(*given)

        return step

    site = hub.item(pulled="0" * 16) + proposal() + "-- content/ledger/salt --\n00\n"
    whole, torn = hub.write(tmp_path / "whole", site), hub.write(tmp_path / "torn", site)
    decide(whole)
    with monkeypatch.context() as patched:
        patched.setattr(files, "put", killed(files.put))
        patched.setattr(files, "remove", killed(files.remove))
        with suppress(KeyboardInterrupt):
            decide(torn)
    try:
        decide(torn)
    except Refused:
        assert tree(torn) == tree(whole), "asking again said that nothing is left to do, and so it must be"

    assert tree(torn) == tree(whole)


@pytest.mark.parametrize(
    ("by", "git_name", "name"),
    [("lea", "", "lea"), ("Léa", "", "lea"), ("", "lea", "lea"), ("", "Léa Martin", "lea"), ("", "MARC", "marc")],
)
def test_who_decides_is_a_name_of_the_team(tmp_path: Path, by: str, git_name: str, name: str) -> None:
    assert team.decider(hub.load(hub.write(tmp_path)), by, git_name) == name


@pytest.mark.parametrize(("by", "git_name"), [("", ""), ("zoe", "lea"), ("", "Zoé Lea"), ("Léa Martin", "")])
def test_a_stranger_does_not_decide(tmp_path: Path, by: str, git_name: str) -> None:
    with pytest.raises(Refused, match="--by lea or --by marc") as refused:
        team.decider(hub.load(hub.write(tmp_path)), by, git_name)
    assert refused.value.code == CONFIG


def test_where_the_team_names_nobody_whoever_says_so_decides(tmp_path: Path) -> None:
    known = settings.load({}, hub.write(tmp_path, "-- content/team.yml --\n# nobody yet\n"))

    assert team.decider(known, "", "Zoé\n\x1b[0m Martin") == "Zoé [0m Martin"
    assert team.decider(known, "zoe", "", signing=True) == "zoe"


def test_a_file_that_cannot_be_read_is_told_beside_the_queue(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hub.write(tmp_path, pending() + "-- content/community/2026/b.md --\n---\nid: b\n---\n")
    with pytest.raises(AssertionError):
        review(tmp_path)

    assert "content/community/2026/b.md:2: title: missing" in capsys.readouterr().err
