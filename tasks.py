"""What `invoke` can do: one thin task per verb. The rooms do the work, and are imported when their verb is called."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from shutil import get_terminal_size
from tempfile import TemporaryDirectory
from typing import Any

from invoke.context import Context

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT / "plugins"))

from bench.tasks import bench  # noqa: E402, F401
from parvis import errors, project  # noqa: E402  # plugins/ is on the path only now
from parvis.moving.tasks import bringing, export  # noqa: E402, F401
from parvis.verb import verb  # noqa: E402

known = partial(project.known, ROOT)
pelican = partial(project.pelican, ROOT)
git_name = partial(project.git_name, ROOT)
now = project.now


def _pictures(*asked: Any) -> Any:
    from parvis.intake import gallery

    return gallery.fetched(*asked)


import_ = bringing(_pictures)


@verb(
    source="only this one; several with commas",
    dry_run="says what would be new, and writes nothing",
    json="tells it as JSON",
)
def pull(c: Context, source: str = "", dry_run: bool = False, json: bool = False) -> int:
    """Reads the sources; what is new waits in content/ for a person's yes."""
    from parvis.intake import command

    names = [name.strip() for name in source.split(",") if name.strip()]
    return command.run(known(), os.environ, names=names, dry_run=dry_run, json=json)


@verb(
    publish="as publishconf.py has it, for the web",
    pull="reads the sources first, and goes on where one failed",
    jobs="processes that read and write at once; as many as there are processors where not given",
    full="makes everything anew, as if no build had been before",
    verify="compares the site with a clean build, byte for byte: `all` of it, or so many files",
    shard="makes only a part, such as 2/4, beside output/; or joins such folders, several with commas",
    cluster="address of a Dask scheduler, whose workers make a part each",
)
def build(
    c: Context,
    *,
    publish: bool = False,
    pull: bool = False,
    jobs: int = 0,
    full: bool = False,
    verify: str = "",
    shard: str = "",
    cluster: str = "",
) -> int:
    """The site into output/."""
    from parvis.intake import command

    read = command.run(known(), os.environ) if pull else errors.DONE
    conf = "publishconf.py" if publish else "pelicanconf.py"
    if read not in (errors.DONE, errors.SOURCES):
        return read
    more = project.more(jobs=jobs, full=full, verify=verify, shard=shard, cluster=cluster)
    return errors.exit_code([read, pelican(conf, *more)])


@verb(port="the port to begin looking for a free one at")
def serve(c: Context, port: int = 8000) -> None:
    """The site as it would be, drafts and pending items marked; builds and reloads on every change."""
    from parvis.preview import loop

    loop.run(ROOT, port, partial(print, flush=True))


@verb()
def check(c: Context) -> int:
    """Lints content, then builds the site aside and audits its pages and feeds."""
    from parvis.check import site

    with TemporaryDirectory(prefix="parvis-check-") as folder:
        return pelican("publishconf.py", "-o", folder) or site.audit(known(), Path(folder), print)


@verb(
    remote="name or address of another repository that serves the site",
    branch="the branch that is served",
    shrink="says that losing half of the pages is meant",
    history="keeps the commits of earlier publications",
    notify="tells the WebSub hub of changed feeds and search engines of changed pages, once the site serves them",
)
def publish(
    c: Context,
    *,
    remote: str = "origin",
    branch: str = "gh-pages",
    shrink: bool = False,
    history: bool = False,
    notify: bool = False,
) -> int:
    """Builds for the web, checks, and sends the site to the branch that serves it."""
    from parvis.check import site
    from parvis.publish import send

    output = ROOT / "output"
    code = pelican("publishconf.py") or site.audit(known(), output, print)
    if not code:
        sent = send.send(output, ROOT, send.Target(remote, branch), shrink=shrink, history=history)
        print(sent.told(remote, branch))
        if notify:
            from parvis.intake.http import Client
            from parvis.publish.notify import Telling

            Telling(hub := known(), output, sent, Client(hub.operator.fetch), partial(print, flush=True)).run()
    return code


@verb(
    name="of the brand",
    address="where the site will be read, as https://brand.example",
    colour="as #0b4f6c; one that is too pale to read is refused, and a near one named",
    languages="fr, en, or both, the first one first",
    yes="asks nothing",
)
def start(
    c: Context, *, name: str = "", address: str = "", colour: str = "", languages: str = "", yes: bool = False
) -> int:
    """Makes the hub yours: takes the demo brand out, writes settings and an example of each kind."""
    from parvis.begin import verbs

    given = {"name": name, "address": address, "colour": colour, "languages": languages}
    ask = None if yes or not sys.stdin.isatty() else input
    return verbs.begin(ROOT, given, ask=ask, now=datetime.now(UTC), say=print)


@verb(
    kind="article, page, testimonial or ambassador",
    title="its title",
    lang="its language, where it is not the site's first",
    translates="path of the file that it is a translation of",
)
def new(c: Context, kind: str, *, title: str = "", lang: str = "", translates: str = "") -> None:
    """A new file in content/: a draft, with a word on each of its fields."""
    from parvis.begin import new

    file = new.new(hub := known(), new.Wish(kind, title, lang, translates), now(hub))
    print(f"{file.relative_to(ROOT).as_posix()}\n  hint: {new.NEXT[kind]}")


@verb(
    accept="ids of items to publish, several with commas, or `all`: those that nothing is flagged about",
    reject="ids of items to keep out for good",
    reason="why, as a code: spam, off-topic, insult, private, duplicate, no-consent, untrue, other",
    take="ids of items whose author changed them upstream: publish the new words",
    leave="ids of such items: keep the words we have",
    show="the whole of one item",
    by="who decides; else git's user.name, where content/team.yml knows it",
    sign_off="a senior signs, as delicate items need",
    json="the queue for other programs",
)
def review(
    c: Context,
    *,
    accept: str = "",
    reject: str = "",
    reason: str = "",
    take: str = "",
    leave: str = "",
    show: str = "",
    by: str = "",
    sign_off: bool = False,
    json: bool = False,
) -> int:
    """What waits for a person's yes or no; ids may be cut short as long as they are clear."""
    from parvis.review.verbs import Asked
    from parvis.review.verbs import review as decide

    verdict = Asked(accept=accept, reject=reject, reason=reason, take=take, leave=leave, by=by, sign_off=sign_off)
    asked = replace(verdict, show=show, json=json)
    hub, width = known(), get_terminal_size((120, 24)).columns
    return decide(hub, asked, environ=os.environ, now=now(hub), git_name=git_name(), width=width, say=print)


@verb(
    who="an item's id, an address, or an author by name, address or id",
    by="who erases; else git's user.name, where content/team.yml knows it",
    dry_run="says what would go, and writes nothing",
)
def erase(c: Context, who: str, by: str = "", dry_run: bool = False) -> int:
    """Removes a person or an item everywhere, and keeps it out for good."""
    from parvis.review import erasure, team

    hub = known()
    name = "" if dry_run else team.decider(hub, by, git_name())
    return erasure.erase(hub, who, environ=os.environ, now=now(hub), by=name, dry=dry_run, say=print)


@verb(
    visits="tables of visits, several with commas, or a folder: CSV exports of Matomo, Plausible or GoatCounter",
    columns="where headers do not tell: `url=Landing page, visits=Sessions`; campaign, network, medium, code, date too",
    to="a folder that gets the figures as CSV, a chart and a page",
    least="the smallest figure that is told with the share it belongs to",
    json="as JSON, for other programs",
)
def report(c: Context, *, visits: str = "", columns: str = "", to: str = "", least: int = 3, json: bool = False) -> int:
    """What was collected, decided and published; with --visits what each share brought. Nothing about a person."""
    from parvis.report.verbs import tell
    from parvis.report.visits import Asked

    return tell(known(), Asked(visits, columns, to, least, json), os.environ, get_terminal_size((120, 24)).columns)


@verb(
    html="a file that gets the table as a page",
    confirm="name of a source whose change is meant: what is new of it need not wait any more",
    json="as JSON, for other programs",
)
def sources(c: Context, html: str = "", confirm: str = "", json: bool = False) -> int:
    """How each source is doing: read or failing, silent, moved, or somebody else's."""
    from parvis.report.healthpage import Asked, tell

    hub = known()
    return tell(hub, Asked(html, confirm, json), environ=os.environ, now=now(hub), say=print)


@verb(
    sheet="draws them small on pictures to be looked at, and says where",
    titles="a text file with a title a line: draws cards of those, all kinds in turn, on such pictures",
)
def cards(c: Context, sheet: bool = False, titles: str = "") -> int:
    """Which items have card images, and what they weigh."""
    from parvis.drawing import verbs

    return verbs.cards(known(), partial(pelican, "publishconf.py", "-o"), sheet=sheet, titles=titles, say=print)
