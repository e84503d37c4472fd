"""Slips of the keyboard in Chinese words of time: a sign of the same sound in place of the right one."""

from __future__ import annotations

_MEANT = "礼拜 星期 今天 明天 后天 上午 下午 中午 早上 晚上 今晚 明晚 明早 周末 点钟 傍晚 凌晨 小时 分钟 下周 上班 下班"
_SOUNDS_LIKE = {
    "午": "无五舞武务误吴",
    "天": "添田填",
    "上": "尚",
    "晚": "完碗婉玩",
    "拜": "败摆百",
    "期": "其七旗棋奇齐",
    "星": "行兴型",
    "周": "州洲粥舟",
    "末": "未莫沫",
    "早": "找枣澡",
    "明": "名鸣铭",
    "今": "金斤巾",
    "礼": "里理力李",
    "钟": "种终",
    "下": "夏吓",
    "后": "候侯厚",
    "班": "般搬",
    "晨": "辰尘",
    "傍": "旁",
    "时": "是十实",
    "分": "份纷",
}
_MEANT_AS_TYPED = "小十 小是 小实 明玩 今玩 明找 行期 兴期 夏周 点终 分终 早尚 点种 今完 明完"
"""What may be said otherwise: 小十, 今完."""


def _slips() -> dict[str, str]:
    found: dict[str, str] = {}
    for word in _MEANT.split():
        for at, sign in enumerate(word):
            for other in _SOUNDS_LIKE.get(sign, ""):
                found.setdefault(word[:at] + other + word[at + 1 :], word)
    return {slip: word for slip, word in found.items() if slip not in _MEANT_AS_TYPED.split()}


SLIPS = _slips()
"""What was typed -> the word that was meant."""
