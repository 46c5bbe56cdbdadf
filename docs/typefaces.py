# /// script
# dependencies = ["fonttools==4.68.0"]
# ///
"""Cuts the typefaces of cards out of their sources, once: `uv run docs/typefaces.py FOLDER-WITH-THE-SOURCES`.

Literata 3.103 and Alegreya Sans 2.4 (the Python packages fontpkg-literata and fontpkg-alegreya-sans), Noto of 2020
(Debian's fonts-noto-core 20201225), Noto Sans CJK 2.004 (Debian's fonts-noto-cjk-extra 20220127), Noto Emoji (the npm
package @expo-google-fonts/noto-emoji 0.4.7): all under the SIL Open Font License 1.1, none with a reserved name that
a part of it could not keep.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator
from pathlib import Path

from fontTools.subset import Options, Subsetter, load_font, save_font
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

HERE = Path(__file__).resolve().parent.parent / "plugins" / "parvis" / "drawing" / "typefaces"
LEADS, TRAILS = range(0x81, 0xFE), range(0x40, 0xFF)
HANGUL = range(0xAC00, 0xD7A4)
KANA, FULL = (*range(0x3000, 0x3130), *range(0x31F0, 0x3200)), range(0xFF01, 0xFFE7)
CANTONESE = "嘅喺咗唔冇佢哋嘢啲咁嚟攞揾搵睇瞓乜嘥嗰噉"
SIGNS = (
    *range(0x2010, 0x2060), *range(0x2070, 0x20C1), *range(0x2100, 0x2400), *range(0x2460, 0x2500),
    *range(0x2500, 0x2800), *range(0x2900, 0x2980), *range(0x2B00, 0x2B60),
)  # fmt: skip
TONES = range(0x1F3FB, 0x1F400)
WHOLE = {
    "arabic": "NotoNaskhArabic-SemiBold.ttf",
    "armenian": "NotoSerifArmenian-Medium.ttf",
    "bengali": "NotoSansBengali-Medium.ttf",
    "devanagari": "NotoSansDevanagari-Medium.ttf",
    "georgian": "NotoSerifGeorgian-Medium.ttf",
    "hebrew": "NotoSerifHebrew-Medium.ttf",
    "sans": "AlegreyaSans-Medium.ttf",
    "tamil": "NotoSansTamil-Medium.ttf",
    "thai": "NotoSerifThai-Medium.ttf",
}
CUTS = {
    "serif": ("Literata[opsz,wght].ttf", {"opsz": 36, "wght": 600}),
    "italic": ("Literata-Italic[opsz,wght].ttf", {"opsz": 36, "wght": 420}),
}


def options(**more: object) -> Options:
    made = Options(hinting=False, name_IDs=[0, 1, 2, 13, 14], notdef_outline=True, **more)
    made.layout_features = [*made.layout_features, "smcp"]
    return made


def cut(font: TTFont, letters: Collection[int], name: str, how: Options) -> None:
    subsetter = Subsetter(how)
    subsetter.populate(unicodes=letters)
    subsetter.subset(font)
    save_font(font, str(HERE / name), how)


def han() -> Iterator[int]:
    """The characters of everyday Japanese and Chinese: cp932, GB 2312, the first plane of Big5, some of Hong Kong's."""
    for codec, last in (("cp932", 0xFE), ("gb2312", 0xF8), ("big5", 0xC7)):
        for lead in range(LEADS.start, last):
            for trail in TRAILS:
                letter = bytes([lead, trail]).decode(codec, "ignore")
                if len(letter) == 1 and ord(letter) >= 0x2E80:
                    yield ord(letter)
    yield from (*KANA, *FULL, *map(ord, CANTONESE))


def mainland(font: TTFont, letters: Collection[int]) -> None:
    """Of the shapes by language, keeps those of mainland China for the characters of GB 2312."""
    table, named = font["GSUB"].table, font.getBestCmap()
    own = {named[code] for code in letters if chr(code).encode("gb2312", "ignore") and code in named}
    for script in table.ScriptList.ScriptRecord:
        kept = [record for record in script.Script.LangSysRecord if record.LangSysTag == "ZHS "]
        script.Script.LangSysRecord, script.Script.LangSysCount = kept, len(kept)
        for index in (index for record in kept for index in record.LangSys.FeatureIndex):
            feature = table.FeatureList.FeatureRecord[index]
            for lookup in feature.Feature.LookupListIndex if feature.FeatureTag == "locl" else ():
                for part in (getattr(part, "ExtSubTable", part) for part in table.LookupList.Lookup[lookup].SubTable):
                    part.mapping = {old: new for old, new in part.mapping.items() if old in own}


def main(sources: Path) -> None:
    for name, file in WHOLE.items():
        font = load_font(str(sources / file), options())
        cut(font, font.getBestCmap(), f"{name}.ttf", options())
    for name, (file, axes) in CUTS.items():
        font = instantiateVariableFont(TTFont(sources / file), axes)
        cut(font, font.getBestCmap(), f"{name}.ttf", options())
    known: set[int] = set()
    for name, file in (
        ("symbols", "NotoSansSymbols-Medium"),
        ("signs", "NotoSansSymbols2-Regular"),
        ("math", "NotoSansMath-Regular"),
    ):
        font = load_font(str(sources / f"{file}.ttf"), options())
        letters = set(font.getBestCmap()) & set(SIGNS) - known
        known |= letters
        cut(font, letters, f"{name}.ttf", options())
    font = load_font(str(sources / "NotoEmoji_500Medium.ttf"), options())
    cut(font, set(font.getBestCmap()) - set(TONES), "emoji.ttf", options())
    how = options(font_number=0, drop_tables=[*Options().drop_tables, "vhea", "vmtx", "VORG", "BASE", "DSIG"])
    how.layout_features = ["ccmp", "locl"]
    font, letters = load_font(str(sources / "NotoSansCJK-Medium.ttc"), how), {*han(), *HANGUL}
    mainland(font, letters)
    cut(font, letters, "cjk.otf", how)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
