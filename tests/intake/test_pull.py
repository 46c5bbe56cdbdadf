"""A pull adds what is new and touches nothing that a person decided; done twice, it does nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from time import monotonic

import pytest

from parvis import matter, settings
from parvis.errors import CONFIG, CONTENT, MACHINE, SOURCES, Refused
from parvis.intake import command
from parvis.intake.store import Batch
from tests.intake.projects import Hub, post

TWO = "forum: {kind: feed, path: demo/forum.json}\nblog: {kind: feed, path: demo/blog.json}\n"
TRUSTED = "forum: {kind: feed, path: demo/forum.json, use: full, permission: charte, trust: trusted}\n"
PULL = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from tests.intake.projects import Hub
hub = object.__new__(Hub)
hub.folder = Path(sys.argv[1])
print("begins", flush=True)
hub.pull()
"""


@pytest.fixture
def hub(tmp_path: Path) -> Hub:
    hub = Hub(tmp_path)
    hub.say(post())
    return hub


def counts(hub: Hub, *names: str) -> tuple[int, ...]:
    """New, changed, proposed, as before, kept out."""
    return hub.pull(*names).sum


def test_what_is_new_becomes_a_pending_file(hub: Hub) -> None:
    account = hub.pull()

    assert account.sum == (1, 0, 0, 0, 0)
    assert account.code == 0
    assert [(head.title, head.status, head.source) for head in hub.heads()] == [("Titre 1", "pending", "forum")]


def test_a_second_pull_writes_nothing(hub: Hub) -> None:
    hub.pull()
    before = hub.everything
    written = (hub.folder / "content" / hub.only()).stat().st_mtime_ns

    assert counts(hub) == (0, 0, 0, 1, 0)
    assert hub.everything == before
    assert (hub.folder / "content" / hub.only()).stat().st_mtime_ns == written


def test_a_lost_cache_changes_nothing(hub: Hub) -> None:
    hub.pull()
    before = hub.everything
    (hub.folder / ".cache/http/forum.json").unlink()

    assert counts(hub) == (0, 0, 0, 1, 0)
    assert hub.everything == before


def test_a_dry_run_tells_and_writes_nothing_at_all(hub: Hub) -> None:
    before = sorted(hub.folder.rglob("*"))

    assert hub.pull(dry_run=True).sum == (1, 0, 0, 0, 0)
    assert sorted(hub.folder.rglob("*")) == before


def test_a_file_that_was_taken_away_by_hand_comes_back(hub: Hub) -> None:
    hub.pull()
    (hub.folder / "content" / hub.only()).unlink()

    assert counts(hub) == (1, 0, 0, 0, 0)


def test_a_pending_file_that_nobody_touched_follows_its_source(hub: Hub) -> None:
    hub.pull()
    path = hub.only()
    hub.say(post(title="Un autre titre", date_published="2025-01-01T00:00:00Z"))

    assert counts(hub) == (0, 1, 0, 0, 0)
    assert hub.only() == path
    assert hub.heads()[0].title == "Un autre titre"


def test_a_file_is_found_by_its_id_wherever_it_lies(hub: Hub) -> None:
    hub.pull()
    text = hub.files[hub.only()]
    (hub.folder / "content" / hub.only()).unlink()
    hub.write("content/community/rangé/autre-nom.md", text)
    hub.say(post(title="Un autre titre"))

    assert counts(hub) == (0, 1, 0, 0, 0)
    assert hub.only() == "community/rangé/autre-nom.md"


def test_a_file_that_becomes_delicate_moves_to_where_seniors_look(hub: Hub) -> None:
    hub.pull()
    path = hub.only()
    hub.say(post(content_html="<p>J’ai déposé plainte.</p>"))

    assert counts(hub) == (0, 1, 0, 0, 0)
    assert hub.only() == path.replace("community/", "community/delicate/")
    assert counts(hub) == (0, 0, 0, 1, 0)


def test_a_pending_file_that_a_person_edited_is_never_touched(hub: Hub) -> None:
    hub.pull()
    path = hub.only()
    hub.write(f"content/{path}", hub.files[path].replace("Texte 1.", "Texte un."))
    edited = hub.files[path]
    hub.say(post(content_html="<p>Tout autre chose.</p>"))

    assert counts(hub) == (0, 0, 1, 0, 0)
    assert hub.files[path] == edited


@pytest.mark.parametrize("status", ["published", "hidden", "draft"])
def test_what_a_person_decided_is_never_touched(hub: Hub, status: str) -> None:
    hub.pull()
    path = hub.only()
    hub.approve(path, status=status)
    approved = hub.everything[f"content/{path}"]
    hub.say(post(title="Un autre titre", content_html="<p>Tout autre chose, avec plainte.</p>"))

    assert counts(hub) == (0, 0, 1, 0, 0)
    assert hub.everything[f"content/{path}"] == approved


def test_an_edit_of_an_approved_item_is_proposed_once(hub: Hub) -> None:
    hub.pull()
    hub.approve(hub.only())
    hub.say(post(content_html="<p>Tout autre chose.</p>"))
    hub.pull()
    proposal = f"proposals/{hub.heads()[0].id}.md"
    before = hub.everything
    (hub.folder / ".cache/http/forum.json").unlink()

    assert matter.split(hub.files[proposal], proposal)[1].strip() == "Tout autre chose."
    assert counts(hub) == (0, 0, 0, 1, 0)
    assert hub.everything == before


def test_a_newer_edit_takes_the_place_of_an_older_proposal(hub: Hub) -> None:
    hub.pull()
    hub.approve(hub.only())
    for words in ("Une fois.", "Deux fois."):
        hub.say(post(content_html=f"<p>{words}</p>"))
        hub.pull()
    (proposal,) = (text for path, text in hub.files.items() if path.startswith("proposals/"))

    assert "Deux fois." in proposal


def test_a_proposal_that_was_left_is_not_made_again(hub: Hub) -> None:
    hub.pull()
    path = hub.only()
    hub.approve(path)
    hub.say(post(content_html="<p>Tout autre chose.</p>"))
    hub.pull()
    (proposal,) = (each for each in hub.files if each.startswith("proposals/"))
    left = matter.edit(hub.files[path], path, {"pulled": matter.pulled_hash(hub.files[proposal])})
    hub.write(f"content/{path}", left)
    (hub.folder / "content" / proposal).unlink()
    (hub.folder / ".cache/http/forum.json").unlink()

    assert counts(hub) == (0, 0, 0, 1, 0)


def test_an_edit_that_readers_would_not_see_is_not_proposed(hub: Hub) -> None:
    hub.pull()
    hub.approve(hub.only())
    hub.say(post(content_html="<p>Texte <b>1</b>.</p>", tags=["nouveau"], date_published="2026-11-02T09:00:01Z"))

    assert counts(hub) == (0, 0, 0, 1, 0)


def test_an_approved_item_is_not_demoted_by_its_source(hub: Hub) -> None:
    hub.pull()
    path = hub.only()
    hub.approve(path)
    approved = hub.files[path]
    hub.say()

    assert counts(hub) == (0, 0, 0, 0, 0)
    assert hub.files == {path: approved}


@pytest.mark.parametrize(
    ("of", "value"), [("item", "{id}"), ("address", "https://x.example/1"), ("author", "forum:zoé")]
)
@pytest.mark.parametrize("decision", ["refused", "withdrawn", "erased"])
def test_what_the_ledger_keeps_out_stays_out(hub: Hub, of: str, value: str, decision: str) -> None:
    hub.pull()
    hub.decide(of, value.format(id=hub.heads()[0].id), decision)  # type: ignore[arg-type]
    (hub.folder / "content" / hub.only()).unlink()
    (hub.folder / ".cache/http/forum.json").unlink()

    assert counts(hub) == (0, 0, 0, 0, 1)
    assert hub.files == {}


def test_a_refused_item_needs_no_second_look_at_its_source(hub: Hub) -> None:
    hub.pull()
    hub.decide("item", hub.heads()[0].id)
    (hub.folder / "content" / hub.only()).unlink()
    hub.pull()

    assert hub.files == {}


def test_a_ledger_that_cannot_be_read_stops_the_pull(hub: Hub) -> None:
    hub.write("content/ledger/20261102T090000-x-item.yml", "hash: [")
    with pytest.raises(Refused) as raised:
        hub.pull()

    assert raised.value.code == CONTENT
    assert hub.files == {}


def test_a_bad_source_costs_only_itself(tmp_path: Path) -> None:
    hub = Hub(tmp_path, TWO + "gone: {kind: feed, path: demo/gone.json}\n")
    hub.say(post())
    hub.write("demo/blog.json", "<html><title>Oups</title>")
    account = hub.pull()

    assert account.code == SOURCES
    assert [(fault.where, fault.code) for fault in account.faults] == [("blog", SOURCES), ("gone", SOURCES)]
    assert account.faults[1].what == "demo/gone.json: is not there"
    assert account.sum == (1, 0, 0, 0, 0)


def test_what_a_source_said_before_it_broke_stays(hub: Hub) -> None:
    hub.pull()
    before = hub.files
    hub.write("demo/forum.json", "")
    hub.pull()

    assert hub.files == before
    hub.say(post(), post("2"))
    assert counts(hub) == (1, 0, 0, 1, 0)


def test_the_same_post_in_two_sources_is_two_items_at_two_addresses(tmp_path: Path) -> None:
    hub = Hub(tmp_path, TWO)
    hub.say(post())
    hub.say(post(), name="blog")
    hub.pull()

    assert len({head.id for head in hub.heads()}) == 2
    assert len({Path(path).stem for path in hub.files}) == 2


def test_equal_titles_lie_at_different_addresses(hub: Hub) -> None:
    hub.say(*(post(str(n), title="Merci !") for n in range(50)))

    assert counts(hub) == (50, 0, 0, 0, 0)
    assert len({Path(path).stem for path in hub.files}) == 50


def test_filters_choose_by_whole_words_whatever_their_accents(tmp_path: Path) -> None:
    source = "forum: {kind: feed, path: demo/forum.json, include: [éléphant, velo cargo], exclude: [cirque]}\n"
    hub = Hub(tmp_path, source)
    hub.say(
        post("1", title="L’ELEPHANT"),
        post("2", content_html="<p>un vélo <b>cargo</b></p>"),
        post("3", tags=["éléphant"], content_html="<p>au cirque</p>"),
        post("4", title="éléphanteau"),
    )

    assert counts(hub) == (2, 0, 0, 0, 2)
    assert {head.title for head in hub.heads()} == {"L’ELEPHANT", "Titre 2"}


def test_a_feed_of_hundreds_is_taken_whole(tmp_path: Path) -> None:
    hub = Hub(tmp_path)
    hub.say(*(post(str(n)) for n in range(300)))

    assert counts(hub) == (300, 0, 0, 0, 0)


def test_of_too_many_items_the_newest_are_taken(tmp_path: Path) -> None:
    hub = Hub(tmp_path, "forum: {kind: feed, path: demo/forum.json, max_items: 2}\n")
    hub.say(
        *(post(str(n), date_published=f"2026-0{n}-01T00:00:00Z") for n in (1, 3, 2)), post("4", date_published=None)
    )
    account = hub.pull()

    assert {head.title for head in hub.heads()} == {"Titre 3", "Titre 2"}
    assert account.lines[0].kept.notes == ["2 older ones left out (max_items: 2)"]


def test_a_new_setting_is_applied_to_what_nobody_touched(hub: Hub) -> None:
    hub.pull()
    hub.write("content/sources.yml", "forum: {kind: feed, path: demo/forum.json, use: link, tags: [cargo]}\n")

    assert counts(hub) == (0, 1, 0, 0, 0)
    assert hub.heads()[0].tags == ("cargo",)
    assert "Texte" not in hub.files[hub.only()]


def test_a_trusted_source_goes_live_and_its_edits_are_proposed(tmp_path: Path) -> None:
    hub = Hub(tmp_path, TRUSTED)
    hub.say(post(), post("2", date_published=None))
    hub.pull()

    assert {head.title: head.status for head in hub.heads()} == {"Titre 1": "published", "Titre 2": "pending"}
    hub.say(post(content_html="<p>Tout autre chose.</p>"), post("2", date_published=None))
    assert counts(hub) == (0, 0, 1, 1, 0)


def test_a_file_whose_id_cannot_be_read_is_left_alone(hub: Hub) -> None:
    hub.pull()
    path = hub.only()
    hub.write(f"content/{path}", hub.files[path].replace("id: ", "ID: "))
    broken = hub.files
    account = hub.pull()

    assert hub.files == broken
    assert account.lines[0].kept.notes == [f"content/{path}: no id can be read there, so it was left alone; mend it"]


def test_a_file_at_fault_is_left_alone(hub: Hub) -> None:
    hub.pull()
    path = hub.only()
    hub.write(f"content/{path}", hub.files[path].replace("lang: fr", "lang: [fr"))
    broken = hub.files
    hub.say(post(title="Un autre titre"))
    account = hub.pull()

    assert hub.files == broken
    assert account.lines[0].kept.notes[0].endswith("it was left alone")


def test_one_source_can_be_pulled_alone(tmp_path: Path) -> None:
    hub = Hub(tmp_path, TWO)
    hub.say(post())
    hub.say(post(), name="blog")

    assert counts(hub, "blog") == (1, 0, 0, 0, 0)
    assert [head.source for head in hub.heads()] == ["blog"]


def test_an_unknown_name_is_a_fault_with_the_near_one(hub: Hub) -> None:
    with pytest.raises(Refused) as raised:
        hub.pull("forun")
    (fault,) = raised.value.faults

    assert (fault.code, fault.what) == (CONFIG, "no source is named 'forun', did you mean 'forum'?")


def test_no_source_is_no_fault(tmp_path: Path) -> None:
    account = Hub(tmp_path, "").pull()

    assert (account.code, account.last().split()) == (0, ["0", "sources", "0", "0", "0", "0", "0"])


def test_memory_is_written_after_the_files(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(batch: Batch, content: Path) -> None:
        raise Refused([])

    with monkeypatch.context() as patched:
        patched.setattr(Batch, "write", full)
        with pytest.raises(Refused):
            hub.pull()

    assert counts(hub) == (1, 0, 0, 0, 0)


def test_a_path_that_leads_out_by_a_link_is_a_machine_fault(hub: Hub) -> None:
    (hub.folder / "outside").mkdir()
    (hub.folder / "content/community").symlink_to(hub.folder / "outside")
    with pytest.raises(Refused) as raised:
        hub.pull()

    assert raised.value.code == MACHINE
    assert list((hub.folder / "outside").iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")
@pytest.mark.parametrize("delay", [0.3, 0.5, 0.8])
def test_killed_anywhere_and_run_again_nothing_is_lost_or_doubled(tmp_path: Path, delay: float) -> None:
    hub = Hub(tmp_path / "hub")
    hub.write("content/sources.yml", "forum: {kind: feed, path: demo/forum.json, max_items: 1000}\n")
    hub.say(*(post(str(n)) for n in range(200)))
    root = Path(__file__).parents[2]
    environ = os.environ | {"PYTHONPATH": os.pathsep.join(map(str, sys.path))}
    running = subprocess.Popen(
        [sys.executable, "-c", PULL, str(hub.folder), str(root)], stdout=subprocess.PIPE, text=True, env=environ
    )
    assert running.stdout is not None
    running.stdout.readline()
    try:
        running.wait(delay)
    except subprocess.TimeoutExpired:
        running.kill()
        running.wait()
    hub.pull()

    assert len(hub.files) == len({head.id for head in hub.heads()}) == 200
    assert not list((hub.folder / "content").rglob(".*"))


def test_two_pulls_at_once_do_the_work_of_one(tmp_path: Path) -> None:
    hub = Hub(tmp_path / "hub")
    hub.say(*(post(str(n)) for n in range(60)))
    root = Path(__file__).parents[2]
    environ = os.environ | {"PYTHONPATH": os.pathsep.join(map(str, sys.path))}
    command_line = [sys.executable, "-c", PULL, str(hub.folder), str(root)]
    running = [subprocess.Popen(command_line, stdout=subprocess.DEVNULL, env=environ) for _ in range(2)]

    assert [each.wait(60) for each in running] == [0, 0]
    assert len(hub.files) == len({head.id for head in hub.heads()}) == 60


def test_a_thousand_items_take_seconds(tmp_path: Path) -> None:
    hub = Hub(tmp_path, "forum: {kind: feed, path: demo/forum.json, max_items: 5000, use: full, permission: charte}\n")
    words = "<p>Bonsoir, ma Gabare <b>verte</b> a été prise, <a href='https://x.example/'>plainte</a> déposée.</p>"
    hub.say(*(post(str(n), content_html=words * 3) for n in range(1000)))
    began = monotonic()
    assert counts(hub) == (1000, 0, 0, 0, 0)
    assert monotonic() - began < 60

    began = monotonic()
    assert counts(hub) == (0, 0, 0, 1000, 0)
    assert monotonic() - began < 30


def test_the_account_is_aligned_lines_and_the_sum_last(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hub = Hub(tmp_path, TWO)
    hub.say(post(), post("2"))
    code = command.run(settings.load({}, tmp_path), {})
    out, err = capsys.readouterr()

    assert code == SOURCES
    assert out.splitlines() == [
        "source      new  changed  proposed  as before  kept out",
        "forum         2        0         0          0         0",
        "blog        could not be read",
        "2 sources     2        0         0          0         0  1 failed",
    ]
    assert err.splitlines()[0] == "blog: demo/blog.json: is not there"


def test_the_account_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hub = Hub(tmp_path, TWO)
    hub.say(post())
    command.run(settings.load({}, tmp_path), {}, json=True, dry_run=True)
    told = json.loads(capsys.readouterr().out)

    assert (told["code"], told["dry_run"], told["sum"]["new"]) == (SOURCES, True, 1)
    assert [path.startswith("community/2026/titre-1-") for path in told["sources"]["forum"]["new"]] == [True]
    assert told["sources"]["blog"]["faults"][0]["what"] == "demo/blog.json: is not there"
