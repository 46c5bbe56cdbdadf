"""Whoever is set is told of just what changed, and nothing that goes wrong there ends a run."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from invoke.context import Context

import tasks
from parvis import settings as hub_settings
from parvis.check import site
from parvis.intake.http import Client
from parvis.publish.notify import NOBODY, Telling
from parvis.publish.send import Sent, Target, send
from tests import hub
from tests.publish.projects import git, write
from tests.publish.receiving import FETCH, FORMATS, Place, Reply, Time, atom, json_feed, receiving, rss

KEY = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def place() -> Iterator[Place]:
    with receiving() as place:
        yield place


@dataclass
class Desk:
    """A project whose site, hub and search engines are `place`. `says` is what the run printed."""

    project: Path
    place: Place
    parvis: dict[str, Any] = field(default_factory=dict)
    time: Time = field(default_factory=Time)
    says: list[str] = field(default_factory=list)
    host: str = ""
    path: str = "/site"

    @property
    def site(self) -> str:
        return (self.host or self.place.url) + self.path

    @property
    def hub(self) -> str:
        return f"{self.place.url}/hub"

    def feed(self, path: str, *items: str) -> str:
        return dict(FORMATS)[path.rpartition(".")[2]](f"{self.site}/{path}", *items, hub=self.hub)

    def publish(self, files: Mapping[str, str], *, client: Client | None = None) -> Sent:
        """Writes the files, sends the site, tells."""
        write(self.project, dict(files))
        (self.project / "content").mkdir(exist_ok=True)
        hub.write(self.project, f"-- content/brand.yml --\n{hub.BRAND}url: {self.site}\n")
        known = hub_settings.load(self.parvis, self.project)
        sent = send(self.project / "output", self.project, Target(), shrink=True)
        web = client or self.place.client
        Telling(known, self.project / "output", sent, web, self.says.append, self.time.clock).run()
        return sent

    def serve(self) -> None:
        """From now on the site shows what lies in output/."""
        self.place.page = self.read

    def read(self, path: str) -> bytes | None:
        file = self.project / "output" / unquote(urlsplit(path).path).removeprefix(f"{self.path}/")
        file = file / "index.html" if file.is_dir() else file
        return file.read_bytes() if file.is_file() else None


@pytest.fixture
def desk(project: Path, place: Place) -> Desk:
    made = Desk(project, place)
    made.parvis = {"feeds": {"hub": made.hub}}
    made.serve()
    return made


def with_engines(desk: Desk) -> Desk:
    desk.parvis["publish"] = {"indexnow": KEY, "indexnow_at": f"{desk.place.url}/engines"}
    return desk


def listed(place: Place) -> list[str]:
    return [url for post in place.told if post.path == "/engines" for url in post.json["urlList"]]


def test_the_first_publication_tells_of_every_feed_that_names_the_hub(desk: Desk) -> None:
    files = {f"flux/tout.{kind}": desk.feed(f"flux/tout.{kind}", "1") for kind, _ in FORMATS}
    other = {"flux/x.xml": rss(f"{desk.site}/flux/x.xml"), "sitemap.xml": "<urlset/>"}

    desk.publish(files | other)

    assert desk.place.topics() == [f"{desk.site}/flux/tout.{kind}" for kind in ("atom", "json", "xml")]
    assert desk.says == ["told the WebSub hub of 3 feeds"]


def test_only_feeds_whose_bytes_changed_are_told(desk: Desk) -> None:
    names = [f"flux/{number}.xml" for number in range(5)]
    desk.publish({name: desk.feed(name, "1") for name in names})
    desk.place.told.clear()

    desk.publish(
        {"flux/3.xml": desk.feed("flux/3.xml", "1", "2"), "index.html": "salut", "flux/4.xml": desk.feed(names[4], "1")}
    )

    assert desk.place.topics() == [f"{desk.site}/flux/3.xml"]


def test_nothing_changed_means_no_request_at_all(desk: Desk) -> None:
    files = {"flux/tout.xml": desk.feed("flux/tout.xml", "1")}
    with_engines(desk).publish(files)
    desk.place.told.clear()
    desk.place.asked.clear()

    sent = desk.publish(files)

    assert (sent.commit, desk.place.told, desk.place.asked) == ("", [], [])
    assert desk.says[-1] == "nobody was told: no feed and no page changed"


def test_a_feed_that_is_gone_is_not_told_and_a_page_that_is_gone_is(desk: Desk) -> None:
    with_engines(desk).publish({"flux/tout.xml": desk.feed("flux/tout.xml"), "a/index.html": "x"})
    desk.place.told.clear()
    (desk.project / "output/flux/tout.xml").unlink()
    (desk.project / "output/a/index.html").unlink()

    desk.publish({})

    assert (desk.place.topics(), listed(desk.place)) == ([], [f"{desk.site}/a/"])


def test_search_engines_are_told_of_pages_that_changed(desk: Desk) -> None:
    noindex = '<head><meta name="robots" content="noindex"></head>'
    with_engines(desk).publish({"a/index.html": "1", "404.html": noindex})
    first = listed(desk.place)
    desk.place.told.clear()

    desk.publish({"a/index.html": "2", "404.html": noindex + "2", "style.css": "a{}"})

    assert first == [f"{desk.site}/a/", f"{desk.site}/en/", f"{desk.site}/"]
    (post,) = desk.place.told
    assert post.json == {
        "host": urlsplit(desk.site).netloc, "key": KEY,
        "keyLocation": f"{desk.site}/{KEY}.txt", "urlList": [f"{desk.site}/a/"],
    }  # fmt: skip


def test_where_nobody_is_set_it_says_so_and_asks_nobody(desk: Desk) -> None:
    desk.parvis = {}

    desk.publish({"flux/tout.xml": desk.feed("flux/tout.xml")})

    assert (desk.says, desk.place.told, desk.place.asked) == ([NOBODY], [], [])


def test_nobody_is_told_before_the_site_serves_the_new_bytes(desk: Desk) -> None:
    told_when: list[int] = []
    looks: list[str] = []

    def late(path: str) -> bytes | None:
        looks.append(path)
        return b"old" if len(looks) < 4 else desk.read(path)

    desk.place.page = late
    desk.place.answer = lambda number: told_when.append(len(looks)) or Reply()  # type: ignore[func-returns-value]
    desk.publish({"flux/tout.xml": desk.feed("flux/tout.xml", "1")})

    assert told_when == [4]
    assert set(looks) == {"/site/flux/tout.xml"}
    assert desk.says[0] == f"waiting until {desk.site}/flux/tout.xml serves what was sent, 300 s at most"


def test_what_is_still_owed_is_no_sign_that_the_new_is_live(desk: Desk) -> None:
    desk.place.answer = lambda number: Reply(500)
    desk.publish({"flux/a.xml": desk.feed("flux/a.xml")})
    desk.place.asked.clear()

    desk.publish({"flux/b.xml": desk.feed("flux/b.xml")})

    assert desk.place.asked == ["/site/flux/b.xml"]


def test_a_page_is_looked_at_only_where_nothing_else_changed(desk: Desk) -> None:
    with_engines(desk).publish({"a/index.html": "1", "sitemap.xml": "<urlset/>"})
    desk.publish({"a/index.html": "2"})

    assert desk.place.asked == ["/site/sitemap.xml", "/site/a/"]


def test_a_host_that_stays_behind_is_not_waited_for_for_ever_and_its_feeds_are_told_once_more(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    files = {"flux/tout.xml": desk.feed("flux/tout.xml", "1")}
    desk.place.page = lambda path: b"old"

    for told in (1, 2, 2):
        desk.publish(files)
        assert desk.place.topics() == [f"{desk.site}/flux/tout.xml"] * told
    assert desk.time.seconds <= 600
    assert "still serves something else after 300 s; told all the same" in capsys.readouterr().err


def test_a_site_that_cannot_be_seen_from_here_is_told_of_at_once(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.host = "http://127.0.0.1:9"

    desk.publish({"flux/tout.xml": desk.feed("flux/tout.xml")})

    assert desk.place.topics() == ["http://127.0.0.1:9/site/flux/tout.xml"]
    assert desk.time.slept == []
    assert "cannot be seen from here" in capsys.readouterr().err


def test_no_wait_means_no_look(desk: Desk) -> None:
    desk.parvis["publish"] = {"wait": 0}

    desk.publish({"flux/tout.xml": desk.feed("flux/tout.xml")})

    assert (len(desk.place.topics()), desk.place.asked) == (1, [])


@pytest.mark.parametrize("status", [301, 403, 410, 429, 500])
def test_what_a_hub_turns_down_is_reported_and_told_the_next_time(
    status: int, desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    files = {"flux/tout.xml": desk.feed("flux/tout.xml"), "flux/a.atom": desk.feed("flux/a.atom")}
    desk.place.answer = lambda number: Reply(status, {"Location": "http://10.0.0.1/"} if status == 301 else {})

    sent = desk.publish(files)

    assert sent.commit
    assert "not told of flux/a.atom" in capsys.readouterr().err
    assert desk.says[-1] == "still to be told: 2 feeds; the next `invoke publish --notify` does it"
    desk.place.told.clear()
    desk.place.answer = lambda number: Reply()
    assert desk.publish(files).commit == ""
    assert desk.place.topics() == [f"{desk.site}/flux/a.atom", f"{desk.site}/flux/tout.xml"]
    desk.place.told.clear()
    desk.publish(files)
    assert desk.place.told == []


def test_only_what_was_not_told_is_told_again(desk: Desk) -> None:
    names = [f"flux/{number}.xml" for number in range(4)]
    desk.place.answer = lambda number: Reply(500 if number == 3 else 204)
    desk.publish({name: desk.feed(name) for name in names})
    desk.place.told.clear()

    desk.publish({"flux/0.xml": desk.feed("flux/0.xml", "new")})

    assert desk.place.topics() == [f"{desk.site}/flux/0.xml", f"{desk.site}/flux/2.xml"]


def test_a_hub_that_fails_costs_search_engines_nothing(desk: Desk) -> None:
    desk.place.answer = lambda number: Reply(500 if number <= 3 else 200)

    with_engines(desk).publish({f"flux/{number}.xml": desk.feed(f"flux/{number}.xml") for number in range(50)})

    assert len(desk.place.topics()) == 3
    assert listed(desk.place) == [f"{desk.site}/en/", f"{desk.site}/"]


def test_a_hub_inside_our_own_network_is_refused_and_the_run_goes_on(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.publish({"flux/tout.xml": desk.feed("flux/tout.xml")}, client=Client(FETCH))

    assert desk.place.told == []
    error = capsys.readouterr().err
    assert f"{desk.hub}: port" in error
    assert "PARVIS['fetch']['allow'] can name" in error


@pytest.mark.parametrize(
    "spoilt", [b"", b"{", b"[]", b'{"the WebSub hub": 7}', b"\xff", b'{"the WebSub hub": ["../../etc/passwd"]}']
)
def test_a_spoilt_memory_of_what_is_owed_costs_nothing(spoilt: bytes, desk: Desk) -> None:
    files = {"flux/tout.xml": desk.feed("flux/tout.xml")}
    desk.publish(files)
    desk.place.told.clear()
    memory = desk.project / ".cache/notify.json"
    memory.parent.mkdir(exist_ok=True)
    memory.write_bytes(spoilt)

    desk.publish(files)

    assert desk.place.told == []


def test_a_run_that_is_cut_short_while_it_waits_tells_the_next_time(desk: Desk) -> None:
    class Cut(Exception):
        pass

    async def cut(seconds: float) -> None:
        raise Cut

    files = {"flux/tout.xml": desk.feed("flux/tout.xml", "é")}
    desk.place.page = lambda path: b"old"
    time, desk.time = desk.time, Time()
    desk.time.sleep = cut  # type: ignore[method-assign]
    with pytest.raises(Cut):
        desk.publish(files)
    assert json.loads((desk.project / ".cache/notify.json").read_bytes()) == {"the WebSub hub": ["flux/tout.xml"]}

    desk.time = time
    desk.serve()
    desk.publish(files)
    assert desk.place.topics() == [f"{desk.site}/flux/tout.xml"]
    assert not (desk.project / ".cache/notify.json").exists()


def test_the_verb_ends_well_whatever_the_hub_does(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    feed = desk.feed("flux/tout.xml")
    hub.write(desk.project, f"-- content/brand.yml --\n{hub.BRAND}url: {desk.site}\n-- output/flux/tout.xml --\n{feed}")
    desk.parvis["fetch"] = {"allow": [desk.place.url.removeprefix("http://")]}
    desk.place.answer = lambda number: Reply(500)
    known = hub_settings.load(desk.parvis, desk.project)
    for name, value in {"ROOT": desk.project, "pelican": lambda *words: 0, "known": lambda: known}.items():
        monkeypatch.setattr(tasks, name, value)
    monkeypatch.setattr(site, "audit", lambda *given: 0)

    tasks.publish(Context(), notify=True)

    assert desk.place.topics() == [f"{desk.site}/flux/tout.xml"]
    shown = capsys.readouterr()
    assert shown.out.splitlines()[0] == "2 pages on gh-pages of origin"
    assert "answered 500 Internal Server Error; not told of flux/tout.xml" in shown.err


NAMES = st.sampled_from(["a.xml", "b.xml", "été.atom", "d/e.json", "d/f.json", "x y.xml"])
SITES = st.dictionaries(NAMES, st.tuples(st.booleans(), st.integers(0, 1)), max_size=6)


@given(before=SITES, after=SITES)
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_told_are_just_the_feeds_that_name_the_hub_and_changed(
    before: dict[str, tuple[bool, int]], after: dict[str, tuple[bool, int]], place: Place
) -> None:
    make: dict[str, Callable[..., str]] = {"xml": rss, "atom": atom, "json": json_feed}
    with TemporaryDirectory() as folder:
        project = Path(folder, "project")
        git(Path(folder), "init", "--quiet", "--bare", "remote.git")
        git(Path(folder), "init", "--quiet", "project")
        git(project, "remote", "add", "origin", f"{folder}/remote.git")
        desk = Desk(project, place)
        desk.parvis = {"feeds": {"hub": desk.hub}, "publish": {"wait": 0}}
        texts = []
        for site in (before, after):
            for name in before.keys() - site.keys():
                (project / "output" / name).unlink()
            texts.append({
                name: make[name.rpartition(".")[2]](name, str(number), hub=desk.hub if names else "")
                for name, (names, number) in site.items()
            })  # fmt: skip
            place.told.clear()
            desk.publish(texts[-1] | {"index.html": "x"})

    changed = {name for name, text in texts[1].items() if texts[0].get(name) != text}
    assert sorted(place.topics()) == sorted(name for name in changed if after[name][0])
