"""The modules of a QR code, as segno draws them and many times as fast, since hundreds of addresses share a version.

ISO/IEC 18004:2015. What codes of one version have in common (patterns, order of the modules, mask) is taken from segno
once; per address the bits of its bytes, their error correction (as whole numbers, a block at a time), and their places.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, cycle, islice, zip_longest
from operator import itemgetter
from typing import Any

import segno
from segno import consts

LEVEL = consts.ERROR_LEVEL_M
MASK = 3
"""Any mask can be read. To weigh all eight against each other takes six times as long as to draw one."""
BYTES, PADS = 0b0100, (0xEC, 0x11)


@dataclass(frozen=True, slots=True)
class Form:
    """What all codes of one version share. `pick` takes the modules row by row out of a sequence that holds the bits of
    the message, the same turned round by the mask, then a light module and a dark one; `blocks` is how data is cut."""

    size: int
    pick: Callable[[str], tuple[str, ...]]
    blocks: Sequence[tuple[int, int]]


def rows(address: str) -> list[str]:
    """The modules of an address in ASCII, a letter each: 1 is dark. Raises ValueError where it is too long for one."""
    data = address.encode("ascii")
    version = next((v for v in range(1, 41) if len(data) + (2 if v < 10 else 3) <= _capacity(v)), 0)
    if not version:
        raise ValueError("too long for a QR code")
    form = _form(version)
    message = _message(data, version, form.blocks)
    count, bits = 8 * len(message), int.from_bytes(message)
    turned = bits ^ (1 << count) - 1
    modules = "".join(form.pick(f"{bits:0{count}b}{turned:0{count}b}01"))
    return [modules[start : start + form.size] for start in range(0, len(modules), form.size)]


@cache
def _capacity(version: int) -> int:
    return sum(long for long, _ in _blocks(version))


def _blocks(version: int) -> list[tuple[int, int]]:
    """How its data is cut, as (bytes, bytes of correction)."""
    known: Any = consts.ECC
    cut = known[version][LEVEL]
    return [(each.num_data, each.num_total - each.num_data) for each in cut for _ in range(each.num_blocks)]


@cache
def _form(version: int) -> Form:
    drawn = segno.make_qr("x", version=version, error="m", mask=MASK, boost_error=False)
    size, blocks = len(drawn.matrix), _blocks(version)
    bits = 8 * sum(long + correction for long, correction in blocks)
    picked = [2 * bits + module for row in drawn.matrix for module in row]
    places = (y * size + x for y, x in _order(size) if not _reserved(y, x, size, version))
    for number, place in enumerate(places):  # some versions have a few places more than bits
        masked = (place // size + place % size) % 3 == 0
        picked[place] = number + bits * masked if number < bits else 2 * bits + masked
    return Form(size, itemgetter(*picked), blocks)


def _order(size: int) -> Iterator[tuple[int, int]]:
    """Rows and columns, two columns at a time from right to left, upwards and downwards in turn (7.7.3)."""
    columns = [column for column in range(size - 1, 0, -1) if column != 6]
    columns = [*columns, 0]
    for number in range(0, len(columns), 2):
        for row in range(size) if number // 2 % 2 else reversed(range(size)):
            for column in columns[number : number + 2]:
                yield row, column


def _reserved(y: int, x: int, size: int, version: int) -> bool:
    """Whether a module is part of a pattern (6.3) or tells of format and version (7.9, 7.10)."""
    far = size - 8
    if y == 6 or x == 6 or (y < 9 and (x < 9 or x >= far)) or (x < 9 and y >= far):
        return True
    if version >= 7 and ((y < 6 and x >= size - 11) or (x < 6 and y >= size - 11)):
        return True
    centres = consts.ALIGNMENT_POS[version - 2] if version > 1 else ()
    near = [(row, column) for row in centres for column in centres if abs(row - y) <= 2 and abs(column - x) <= 2]
    corners = {(6, 6), (6, size - 7), (size - 7, 6)}
    return any(centre not in corners for centre in near)


def _message(data: bytes, version: int, blocks: Sequence[tuple[int, int]]) -> bytes:
    """Data and error correction, interleaved (7.4 to 7.6)."""
    wide = 8 if version < 10 else 16
    head = (BYTES << wide | len(data)) << 8 * len(data) | int.from_bytes(data)
    whole = (head << 12).to_bytes(wide // 8 + 2 + len(data))  # segno ends it with a zero more than it has to
    stream, cut, corrections = chain(whole, cycle(PADS)), [], []
    for long, correction in blocks:
        block = bytes(islice(stream, long))
        cut.append(block)
        corrections.append(_corrected(block, correction))
    mixed = chain(zip_longest(*cut), zip_longest(*corrections))
    return bytes(byte for column in mixed for byte in column if byte is not None)


def _corrected(block: bytes, count: int) -> bytes:
    """The remainder of its division by the generator of that many bytes (7.5.2)."""
    multiples, top, rest = _multiples(count), 8 * (count - 1), 0
    for byte in block:
        rest = (rest << 8 & (1 << 8 * count) - 1) ^ multiples[rest >> top ^ byte]
    return rest.to_bytes(count)


@cache
def _multiples(count: int) -> Sequence[int]:
    """256 multiples of the generator, each as one number."""
    logs, powers = consts.GALIOS_LOG, consts.GALIOS_EXP
    made = (bytes(powers[logs[factor] + log] for log in consts.GEN_POLY[count]) for factor in range(1, 256))
    return [0, *map(int.from_bytes, made)]
