"""What X takes for one emoji: those of Unicode's emoji 11, which its counting rule (twitter-text 3.1) knows.

Newer ones count for what they are made of, as they do there. After Unicode's emoji-variation-sequences,
emoji-sequences and emoji-zwj-sequences, version 11 (unicode.org/Public/emoji/11.0).
"""

from __future__ import annotations

import re

TONE, JOINER, PICTURE = "[\U0001f3fb-\U0001f3ff]", "\u200d", "\ufe0f"
VARIED = (
    "©®‼⁉™ℹ↔-↙↩↪⌚⌛⌨⏏⏭-⏯⏱⏲⏸-⏺Ⓜ▪▫▶◀◻-◾☀-☄☎☑☔☕☘☝☠☢☣☦☪☮☯☸-☺♀♂♈-♓♟♠♣♥♦♨♻♿⚒-⚗⚙⚛⚜⚠⚡⚪⚫⚰⚱⚽⚾⛄⛅⛈⛏⛑⛓⛔⛩⛪⛰-⛵⛷-⛺⛽✂✈✉✌✍✏✒✔✖✝✡✳✴❄❇❗❣❤➡⤴⤵⬅-⬇⬛⬜⭐⭕〰〽㊗㊙"
    "🀄🅰🅱🅾🅿🈂🈚🈯🈷🌡🌤-🌬🌶🍽🎖🎗🎙-🎛🎞🎟🏋-🏎🏔-🏟🏳🏵🏷🐿👁📽🕉🕊🕯🕰🕳-🕹🖇🖊-🖍🖐🖥🖨🖱🖲🖼🗂-🗄🗑-🗓🗜-🗞🗡🗣🗨🗯🗳🗺🛋🛍-🛏🛠-🛥🛩🛰🛳"
)
"""Characters that a variation selector makes a picture of."""
TONED = (
    "☝⛷⛹✊-✍🎅🏂-🏄🏇🏊-🏌👂👃👆-👐👦-👩👮👰-👸👼💁-💃💅-💇💪🕴🕵🕺"
    "🖐🖕🖖🙅-🙇🙋-🙏🚣🚴-🚶🛀🛌🤘-🤜🤞🤟🤦🤰-🤹🤽🤾🦵🦶🦸🦹🧑-🧝"
)
SEXED = "🏃🏄🏊👮👱👳👷💁💂💆💇🙅-🙇🙋🙍🙎🚣🚴-🚶🤦🤵🤷-🤹🤽🤾🦸🦹🧖-🧝"
SEXED_BY_TONE, SEXED_WITHOUT_TONE = "⛹🏋🏌🕴🕵", "👯🤼🧞🧟"
TRADES = "🌾🍳🎓🎤🎨🏫🏭💻💼🔧🔬🚀🚒🦰-🦳"
REGIONS = (
    "Acdefgilmoqrstuwxz Babdefghijlmnoqrstvwyz Cacdfghiklmnopruvwxyz Degjkmoz Eaceghrstu Fijkmor Gabdefghilmnpqrstuwy "
    "Hkmnrtu Icdelmnoqrst Jemop Keghimnprwyz Labcikrstuvy Macdefghklmnopqrstuvwxyz Nacefgilopruz Om Paefghklmnrstwy Qa "
    "Reosuw Sabcdeghijklmnorstvxyz Tacdfghjklmnortvwz Uagmnsyz Vaceginu Wfs Xk Yet Zamw"
)
"""Codes that have a flag: the first letter, then each second one."""


def _flags() -> str:
    def half(letter: str) -> str:
        return chr(0x1F1E6 + ord(letter.lower()) - ord("a"))

    return "|".join(f"{half(word[0])}[{''.join(map(half, word[1:]))}]" for word in REGIONS.split())


def _tagged(region: str) -> str:
    """The tag letters that name a part of a country, and their end."""
    return "".join(chr(0xE0000 + ord(letter)) for letter in region) + "\U000e007f"


def _families() -> str:
    """Couples and families: who is joined to whom."""
    children = f"(?:👦|👧(?:{JOINER}[👦👧])?|👦{JOINER}👦)"
    love = f"{JOINER}❤{PICTURE}{JOINER}(?:💋{JOINER})?"
    couples = f"👨{love}👨|👩{love}[👨👩]"
    return f"{couples}|(?:👨{JOINER}[👨👩]|👩{JOINER}👩|[👨👩]){JOINER}{children}"


SEX = f"{JOINER}[♀♂]{PICTURE}"
EMOJI = re.compile(
    f"[👨👩]{TONE}?{JOINER}(?:[⚕⚖✈]{PICTURE}|[{TRADES}])"
    f"|[{SEXED_BY_TONE}](?:{TONE}|{PICTURE}){SEX}|[{SEXED}]{TONE}?{SEX}|[{SEXED_WITHOUT_TONE}]{SEX}"
    f"|{_families()}|🏳{PICTURE}{JOINER}🌈|🏴{JOINER}☠{PICTURE}|👁{JOINER}🗨"
    f"|[#*0-9]{PICTURE}?\u20e3"
    f"|[{VARIED}]{PICTURE}"
    f"|[{TONED}]{TONE}"
    f"|🏴(?:{_tagged('gbeng')}|{_tagged('gbsct')}|{_tagged('gbwls')})|{_flags()}"
)
"""Emoji of more than one character. Those of one count 2 as it is, being far from Latin."""
