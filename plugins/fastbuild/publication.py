"""The next site goes live: the short way where nobody has touched the live one or its spare, else the long way.

Both end in the same site. The long way looks at each file and links it; the short way touches what changed. Killed
anywhere, either leaves one whole site, and no roll, which sends the next publication the long way.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from functools import partial
from typing import NamedTuple

from . import census, forks, in_place, roll, spare, staging
from .census import Census
from .edit import ALL, Edit
from .places import Places
from .roll import Roll
from .stamps import look
from .swap import swap
from .trees import entries, wipe

Standing = Callable[[], Collection[str]]


class Published(NamedTuple):
    """`roll` is that of the live site; `drafted` waits for who may write it with a spare, and says whether that was
    done."""

    places: Places
    roll: Roll
    drafted: Callable[[], bool] = lambda: False

    def note(self) -> None:
        """From now on the roll counts: after all else that can be done while a spare is laid."""
        if self.drafted():
            roll.settle(self.places.notes)
        else:
            self.roll.write(self.places.notes)


def publish(
    places: Places,
    known: Roll | None,
    standing: Standing,
    *,
    delete: bool,
    retention: Collection[str],
    by_file: bool,
    again: bool = True,
    edit: Edit | None = None,
) -> Published:
    """`known` is what `roll.holding` gave when the build began, `standing` are files that stay as they are live,
    where somebody asks; `by_file` replaces each changed file by itself; `again` is whether a next build is to be quick;
    after an `edit` no file is gone."""
    somebody_came = known and not (edit.nobody_came if edit else known.lists_hold(places.live))
    if somebody_came:
        known, edit = None, None
    first = None if places.live.exists() else Roll.of(places.next)
    take = partial(_all, places, known, first, standing, delete=delete, retention=retention)
    has_spare = not by_file and known is not None and _spare_holds(places, known, edit)
    count = (edit and known and (by_file or has_spare) and _some(places, known)) or take()
    roll.forget(places.notes)
    if by_file:
        return Published(places, _by_file(places, count, known))
    if known and has_spare and spare.catch_up(places, known):
        return Published(places, _the_short_way(places, count, known))
    if first:
        return _the_first(places, count, first, again=again)
    return Published(places, _the_long_way(places, take() if edit else count, known))


def _spare_holds(places: Places, known: Roll, edit: Edit | None) -> bool:
    return edit.found == ALL if edit else known.spare_holds(places.spare)


def _all(
    places: Places,
    known: Roll | None,
    first: Roll | None,
    standing: Standing,
    *,
    delete: bool,
    retention: Collection[str],
) -> Census:
    live = known.entries() if known else entries(places.live)
    made = first.entries() if first else entries(places.next)
    return census.take(places, live, made, frozenset(standing()), delete=delete, retention=retention)


def _some(places: Places, known: Roll) -> Census | None:
    """Of what was made alone, where that is live already, and nothing is gone: then all else stays as it is."""
    made, nothing = entries(places.next), frozenset[str]()
    return Census(made, made, nothing, nothing, made, made) if made <= known.files.keys() else None


def _by_file(places: Places, count: Census, known: Roll | None) -> Roll:
    with _owned(places, count):
        changed = in_place.merge(places, count)
    wipe(places.spare)
    return known.after(places.live, changed, known.folders) if known else Roll.of(places.live)


def _the_short_way(places: Places, count: Census, known: Roll) -> Roll:
    changed = spare.take_in(places, count)
    with _owned(places, count):
        swap(places, places.spare)
    made = known.after(places.live, changed.union(known.since), known.spare)
    return made._replace(spare=known.folders, since=tuple(changed))


def _the_first(places: Places, count: Census, made: Roll, *, again: bool) -> Published:
    """Where there was no site. A folder keeps its stamps when it is renamed, but for its own."""
    whole = staging.complete(places, count) is not None
    with _owned(places, count):
        swap(places, places.next)
    wipe(places.spare)
    live = made._replace(folders={**made.folders, "": look(str(places.live), follow=False)})
    if not (whole and again):
        return Published(places, live)
    return Published(places, live, forks.aside(partial(_with_a_spare, places, live, count.written)))


def _with_a_spare(places: Places, live: Roll, written: Collection[str]) -> bool:
    if not spare.lay(places, written):
        return False
    live._replace(spare=live.folders_in(places.spare)).draft(places.notes)
    return True


def _the_long_way(places: Places, count: Census, known: Roll | None) -> Roll:
    changed = staging.complete(places, count)
    with _owned(places, count):
        swap(places, places.next)
    if changed is None:
        wipe(places.spare)
        return Roll.of(places.live)
    spare.put_away(places)
    since = tuple(changed | (count.live ^ (count.written | count.kept)))
    if known:
        return known.laid_anew(places.live, since)._replace(spare=known.folders, since=since)
    return Roll.of(places.live)._replace(spare=Roll.of(places.spare).folders, since=since)


@contextmanager
def _owned(places: Places, count: Census) -> Iterator[None]:
    """Around the exchange: at no moment the list of what is ours holds a person's live file."""
    if count.owned_meanwhile != count.owned_before:
        census.write(places.notes, count.owned_meanwhile)
    yield
    if count.owned != count.owned_meanwhile:
        census.write(places.notes, count.owned)
