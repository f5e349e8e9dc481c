"""Characters and numbers of Chinese official texts: what to keep, how wide, how much."""

from __future__ import annotations

import re
import unicodedata

CJK = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
NUMERAL = "〇零一二三四五六七八九十百千两0-9０-９"

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_LONGEST_NUMERAL = 12
_UNITS = {"十": 10, "百": 100, "千": 1000}

# PDF fonts often map a glyph to its radical instead of its character: ⺠ where 民 is printed. Unicode gives
# compatibility forms for the block at U+2F00 (two of them traditional), and for most of U+2E80 it does not.
_RADICALS = str.maketrans(
    "⺄⺊⺌⺍⺒⺓⺟⺠⺜⺝⺧⺩⺫⺬⺮⺶⺻⺼⺽⻁⻄⻅⻆⻉⻊⻋⻏⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳⻗⻡⼾⾭㬵",
    "乙卜小小巳幺母民日月牛王目示竹羊聿肉臼虎西见角贝足车邑長长门青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙龟雨首户青胶",
)
_SPACES = re.compile(r"\s+")
_SPACE_IN_CJK = re.compile(f"(?<=[{CJK}，。；：、？！）》〉”（《〈“]) +(?=[{CJK}，。；：、？！）》〉”（《〈“])")


def clean(text: str) -> str:
    """Return one line of text without controls, invisible and bidirectional marks, spaces folded to one.

    Widths stay as the source has them: （一） and (一) are both official spellings.
    """
    text = text.translate(_RADICALS)
    text = "".join(_kept(character) for character in text)
    return _SPACES.sub(_one_space, text).strip()


def _kept(character: str) -> str:
    if character.isspace():
        return character
    if unicodedata.category(character) in ("Cc", "Cf", "Cs"):
        return ""
    code = ord(character)
    if 0x2F00 <= code <= 0x2FDF or 0xF900 <= code <= 0xFAFF:
        return unicodedata.normalize("NFKC", character)
    return character


def _one_space(match: re.Match[str]) -> str:
    return "　" if "　" in match[0] else " "


def close_up(text: str) -> str:
    """Remove the plain spaces a PDF leaves between Chinese characters; a full-width space is kept."""
    return _SPACE_IN_CJK.sub("", text)


def heading_text(text: str) -> str:
    """Return a heading without the spaces that only spread it out: 总　则 is 总则."""
    parts = text.split()
    if len(parts) > 1 and all(len(part) == 1 for part in parts):
        return "".join(parts)
    return " ".join(parts)


def comparable(text: str) -> str:
    """Return the text in the form in which two copies of it are equal, whatever file they came from."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def width(text: str) -> int:
    """Return how many columns the text takes, a Chinese character counting two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def number(text: str) -> int | None:
    """Return the value of a Chinese or Arabic numeral (二十六, 一百零二, 二〇二六, ２６), None for anything else."""
    text = "".join(text.split())
    if not 0 < len(text) <= _LONGEST_NUMERAL:
        return None
    if all(character.isdecimal() for character in text):
        return int(text)
    if not any(character in _UNITS for character in text):
        digits = [_DIGITS.get(character) for character in text]
        return None if None in digits else int("".join(map(str, digits)))
    total, digit = 0, 0
    for character in text:
        if character in _UNITS:
            total += (digit or 1) * _UNITS[character]
            digit = 0
        elif character in _DIGITS:
            digit = _DIGITS[character]
        else:
            return None
    return total + digit


def numeral(value: int) -> str:
    """Return ``value`` (1 to 9999) as it stands in 第…条: 10 is 十, 102 is 一百零二."""
    characters, gap = "", False
    for unit, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // unit % 10
        if digit:
            characters += ("零" if gap else "") + "零一二三四五六七八九"[digit] + sign
            gap = False
        elif characters:
            gap = True
    return characters.removeprefix("一") if 10 <= value < 20 else characters
