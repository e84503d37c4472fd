"""Chinese numerals as people write them in times and dates."""

from __future__ import annotations

_DIGITS = {sign: number for number, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}


def chinese_number(signs: str) -> int | None:
    """The number that a run of Chinese numerals stands for, or None where it is none.

    >>> chinese_number("二十五"), chinese_number("十"), chinese_number("一百二"), chinese_number("二〇二六")
    (25, 10, 120, 2026)
    """
    if "百" in signs:
        return _hundreds(signs)
    if "十" in signs:
        return _tens(signs)
    if len(signs) == 2 and signs[0] in "零〇":
        return _DIGITS.get(signs[1])
    if len(signs) in (1, 4):
        digits = [_DIGITS.get(sign) for sign in signs]
        return None if None in digits else int("".join(str(digit) for digit in digits))
    return None


def _tens(signs: str) -> int | None:
    before, _, after = signs.partition("十")
    if len(before) > 1 or len(after) > 1:
        return None
    tens = _DIGITS.get(before) if before else 1
    ones = _DIGITS.get(after) if after else 0
    return None if tens is None or ones is None else tens * 10 + ones


def _hundreds(signs: str) -> int | None:
    before, _, after = signs.partition("百")
    hundreds = _DIGITS.get(before) if len(before) == 1 else None
    after = after.lstrip("零〇")
    if hundreds is None:
        return None
    if len(after) == 1 and after != "十":
        ones = _DIGITS.get(after)
        return (
            None
            if ones is None
            else hundreds * 100 + (ones if signs.endswith(("零" + after, "〇" + after)) else ones * 10)
        )
    rest = _tens(after) if after else 0
    return None if rest is None else hundreds * 100 + rest


def approximate_pair(signs: str) -> tuple[int, int] | None:
    """Two neighbouring digits said together (三四点): the range they span, or None.

    >>> approximate_pair("三四"), approximate_pair("三六")
    ((3, 4), None)
    """
    if len(signs) != 2 or not all(sign in _DIGITS for sign in signs):
        return None
    first, second = _DIGITS[signs[0]], _DIGITS[signs[1]]
    return (first, second) if 0 < first == second - 1 else None
