"""A source that becomes another one is not believed until a person says that it may."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from parvis import files
from parvis.intake import pull, watch
from parvis.intake.watch import Likeness, Watch
from parvis.model import Item
from parvis.sources import About
from tests.intake.items import item
from tests.intake.projects import Hub, post

TRUSTED = "forum: {kind: feed, path: demo/forum.json, use: full, permission: x, trust: trusted}\n"
BIKES = (
    "Le pédalier de la remorque grince quand la route monte vers le port.",
    "La remorque neuve a une roue plus large et la route est plus douce.",
    "Sur la route du port, le frein de la remorque chauffe dans la descente.",
    "Le pédalier, le frein et la roue de la remorque sont à vérifier au port.",
)
PILLS = (
    "Casino bonus gratuit, gagnez des millions avec les machines virtuelles.",
    "Crédit immédiat sans justificatif, argent versé demain, offre limitée.",
    "Pilules minceur garanties, commande discrète, livraison mondiale rapide.",
    "Investissez dans cette cryptomonnaie secrète avant les banques centrales.",
)
ENGLISH = (
    "The casino is open and all of the winners are here with their money.",
    "You can have the best offer of the year and it is for you only.",
    "This is the moment to buy it because the price will not be the same.",
)


def posts(*texts: str, first: int = 0, times: int = 1, host: str = "x.example") -> list[dict[str, Any]]:
    said = [text for _ in range(times) for text in texts]
    return [
        post(
            str(first + n),
            url=f"https://{host}/{first + n}",
            title=f"Note {first + n}",
            content_html=f"<p>{' '.join(random.Random(n).sample(text.split(), 10))}</p>",
            date_published=f"2026-{10 + n // 28:02}-{n % 28 + 1:02}T09:00:00Z",
        )
        for n, text in enumerate(said)
    ]


def items(*texts: str, host: str = "x.example") -> list[Item]:
    return [
        item(upstream_id=str(n), html=text, url=f"https://{host}/{n}", title="") for n, text in enumerate(texts * 4)
    ]


KNOWN = Likeness.of(items(*BIKES), About("Le forum", "Discourse"))


@pytest.mark.parametrize(
    ("fresh", "about", "changes"),
    [
        (items(*BIKES), About("Le forum", "Discourse"), []),
        (items(*BIKES), About("Un autre nom", "Discourse"), []),
        (items(*BIKES[:2])[:2], About("Tout", "autre"), []),
        (items(*ENGLISH), About("Le forum", "Discourse"), ["its language was fr and is en"]),
        (items(*PILLS), About("Le forum", "Discourse"), ["it is on another subject"]),
        (items(*BIKES), About("Casino", "WordPress"), ["it may be somebody else's: it called itself “Le forum” and"]),
        (items(*BIKES, host="casino.example"), About("Casino", "Discourse"), ["it may be somebody else's"]),
        (items(*BIKES, host="www.x.example"), About("Le forum 2", "Discourse"), []),
    ],
)
def test_a_change_of_language_subject_or_owner_is_told(fresh: list[Item], about: About, changes: list[str]) -> None:
    told = list(KNOWN.changed(Likeness.of(fresh, about)))

    assert len(told) == len(changes)
    assert all(one.startswith(other) for one, other in zip(told, changes, strict=True))


def test_what_is_hardly_known_cannot_change() -> None:
    assert list(Likeness.of(items(*BIKES)[:4]).changed(Likeness.of(items(*ENGLISH)))) == []


def test_a_planet_has_no_home() -> None:
    many = [item(upstream_id=str(n), url=f"https://blog{n}.example{n}.org/", html=BIKES[n % 4]) for n in range(40)]
    other = Likeness.of(items(*BIKES, host="new.example"), About("Planet 2", ""))

    assert list(Likeness.of(many, About("Planet", "Venus")).changed(other)) == [
        "it may be somebody else's: it called itself “Planet” and it was made with Venus"
    ]
    assert not Likeness.of(many)._elsewhere(other)


def test_what_was_saved_is_known_again(tmp_path: Path) -> None:
    known = Watch(1.0, 2.0, "why", "https://x.example/", 3.0, "other", 4.0, KNOWN)
    files.put_all(dict(watch.changed(tmp_path, "forum", known)))

    assert watch.load(tmp_path, "forum") == known
    assert watch.load(tmp_path, "blog") == Watch()


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"like": 1}', '{"like": {}, "other": 1}', "\x00" * 99])
def test_a_broken_file_is_none(tmp_path: Path, text: str) -> None:
    files.put_all(dict(watch.changed(tmp_path, "forum", Watch(1.0))))
    (tmp_path / ".cache/sources/forum.json").write_text(text)

    assert watch.load(tmp_path, "forum") == Watch()


def test_even_a_trusted_source_that_was_taken_over_is_held(tmp_path: Path) -> None:
    hub = Hub(tmp_path, TRUSTED)
    hub.say(*posts(*BIKES, times=4))
    hub.pull()
    assert {head.status for head in hub.heads()} == {"published"}
    hub.say(*posts(*ENGLISH, first=100, times=2), *posts(*BIKES, times=4))
    account = hub.pull()
    new = [head for head in hub.heads() if head.status == "pending"]

    assert len(new) == 6
    assert {(head.flags[-1], head.held.rpartition("; ")[2]) for head in new} == {
        ("source-changed", "its language was fr and is en")
    }
    assert any("see `invoke sources`" in note for note in account.lines[0].kept.notes)
    hub.say(*posts(*ENGLISH, first=200), *posts(*BIKES, times=4))
    hub.pull()
    assert {head.status for head in hub.heads() if "Note 20" in head.title} == {"pending"}

    files.put_all(dict(watch.changed(tmp_path, "forum", watch.load(tmp_path, "forum").confirmed())))
    hub.say(*posts("The rain has come and we are all in the house with a book.", first=300), *posts(*BIKES, times=4))
    hub.pull()
    assert {head.status for head in hub.heads() if "Note 300" in head.title} == {"published"}


def test_a_change_is_remembered_though_the_pull_that_saw_it_is_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub = Hub(tmp_path, TRUSTED)
    hub.say(*posts(*BIKES, times=4))
    hub.pull()
    hub.say(*posts(*ENGLISH, first=100, times=2), *posts(*BIKES, times=4))

    def killed(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(pull, "_remember", killed)
        hub.pull()
    hub.pull()

    assert "its language was fr" in watch.load(tmp_path, "forum").changed


def test_what_befell_a_source_is_kept(tmp_path: Path) -> None:
    hub = Hub(tmp_path)
    hub.say(post())
    hub.pull()
    good = watch.load(tmp_path, "forum")
    (tmp_path / "demo/forum.json").unlink()
    hub.pull()
    bad = watch.load(tmp_path, "forum")

    assert good.read > 0 and not good.failed and not good.why
    assert bad.read == good.read and bad.failed >= good.read and "is not there" in bad.why
    assert json.loads((tmp_path / ".cache/sources/forum.json").read_text("utf-8"))["like"]["items"] == 1
