"""Addresses and numbers are masked however people write them; amounts, dates and order numbers are not."""

from __future__ import annotations

from time import monotonic

import pytest

from parvis.intake.contacts import masked, reaches_somebody, without

MAILS = """zoe@exemple.example
mailto:zoe@exemple.example
Zoe.B+x@sous.exemple.co.example
zoé@été.example
zoe [at] exemple [dot] example
zoe(at)exemple.example
zoe AT exemple DOT example
zoe arobase exemple point fr
zoe＠exemple．example
"zoe b"@exemple.example
zoe@[192.0.2.1]
zoe@xn--t-dma.xn--p1ai
zoe.b%40exemple.example"""
PHONES = """06 12 34 56 78
0612345678
06.12.34.56.78
06-12-34-56-78
06/12/34/56/78
06 - 12 - 34 - 56 - 78
06\u00a012\u202f34\u00a056\u00a078
06 1234 5678
0 612 345 678
(02) 40 12 34 56
+33 6 12 34 56 78
+33612345678
+33 (0)6 12 34 56 78
+33 612 345 678
0033 6 12 34 56 78
00 33 6 12 34 56 78
0033612345678
33612345678
+1 (555) 123-4567
(555) 123-4567
555-123-4567
+44 20 7946 0958
020 7946 0958
07700 900123
07700900123
+32 475 12 34 56
0475/12.34.56
02 123 45 67
079 123 45 67
+41791234567
+352 621 123 456
+49 30 12345678
0171 1234567
０６ １２ ３４ ５６ ７８
٠٦١٢٣٤٥٦٧٨"""
NEITHER = """@zoe@mastodon.example
https://mastodon.example/@zoe
https://medium.example/%40zoe/un-mot
rendez-vous at cardan.example
look at the point of no return
image@2x.png
lodash@4.17.21
12 000 000 €
+2 000 000
+1 500 000 €
+15 %
3 500 000 000
1 234 567 890
le 02/11/2026
2026-11-02T09:00:00
2026-11-02 09:00
01/02/2026 10:30
10 h 30 12 15
commande 0612345678
commande n° 0612345678
ISBN 2070612368
978-2-07-061236-8
n° 0688
36V 17Ah 48V
12.345.678
1999-2026
192.168.10.12
FR76 3000 6000 0112 3456 7890 189
44100 Nantes
AVIS-2026-001
facture 2025-1187
0,123456789
3.14159265358979
12345678901234
SIRET 732 829 320 00074
le 3 12 2026 à 10 h
tome 01 02 03"""


@pytest.mark.parametrize("mail", MAILS.splitlines())
def test_an_address_is_masked(mail: str) -> None:
    assert masked(f"écris-moi : {mail}, merci") == "écris-moi : [e-mail], merci"


@pytest.mark.parametrize("phone", PHONES.splitlines())
def test_a_number_is_masked(phone: str) -> None:
    assert masked(f"appelez le {phone}, merci") == "appelez le [tel], merci"


@pytest.mark.parametrize("other", NEITHER.splitlines())
def test_what_is_neither_stays(other: str) -> None:
    assert masked(f"voyez {other}, merci") == f"voyez {other}, merci"


@pytest.mark.parametrize(
    ("name", "left"),
    [
        ("Zoé", "Zoé"),
        ("zoe@x.example (Zoé Le Goff)", "Zoé Le Goff"),
        ("Zoé <zoe@x.example>", "Zoé"),
        ("Zoé, 06 12 34 56 78", "Zoé"),
        ("zoe@x.example", ""),
        ("Zoé (Nantes)", "Zoé (Nantes)"),
    ],
)
def test_a_name_loses_what_stands_beside_it(name: str, left: str) -> None:
    assert without(name) == left


@pytest.mark.parametrize(
    "url",
    [
        "https://x.example/?m=z%40x.example",
        "https://x.example/z@x.example",
        "https://wa.me/33612345678",
        "https://x.example/?phone=+33612345678",
    ],
)
def test_an_address_that_spells_a_contact_is_known(url: str) -> None:
    assert reaches_somebody(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://m.example/@zoe/1155683104177209810",
        "https://x.example/t/0612345678",
        "https://x.example/@zoe@m.example",
    ],
)
def test_other_addresses_are_not(url: str) -> None:
    assert not reaches_somebody(url)


@pytest.mark.parametrize(
    "bomb",
    [
        "a",
        "a.b-",
        "0 ",
        "+1 ",
        "a at b ",
        "a@",
        "a [at] b.",
        '"',
        "0612 ",
        "(555) ",
        "a@b.",
        "a%40",
        "%40a.",
        "a arobase b.b.b ",
    ],
)
def test_no_text_makes_masking_slow(bomb: str) -> None:
    began = monotonic()
    masked(bomb * (100_000 // len(bomb)))

    assert monotonic() - began < 20
