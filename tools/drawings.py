"""The drawn pictures of the developer console in docs/images: one SVG a step, from the lines below (`make drawings`).

Menus are in Chinese, as the console shows them, with their meaning in English below. What is to be pressed is blue.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path

IMAGES = Path(__file__).parent.parent / "docs" / "images"
WIDTH, HEIGHT = 880, 470
_SIDE, _TOP, _ROW = 216, 88, 52
_FONT = "system-ui, 'PingFang SC', 'Noto Sans CJK SC', 'Microsoft YaHei', sans-serif"
_INK, _GREY, _LINE, _BLUE, _PALE, _GREEN = "#1f2430", "#6b7280", "#d9dde5", "#1a56db", "#eef3ff", "#0a7a4b"


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the page: a label with its meaning, a value in a field, and what to press at its end.

    `picked`: the label is a choice that is to be made; `done`: one that is made already.
    """

    label: str
    meaning: str
    value: str = ""
    press: str = ""
    picked: bool = False
    done: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One picture: where in the menu one is, and what is to be done there."""

    name: str
    address: str
    menu: tuple[tuple[str, str], ...]
    at: int
    title: str
    meaning: str
    rows: tuple[Row, ...]
    button: tuple[str, str] = ("", "")


_APP_MENU = (
    ("凭证与基础信息", "credentials"),
    ("添加应用能力", "capabilities"),
    ("权限管理", "permissions"),
    ("开发配置", "settings"),
    ("版本管理与发布", "versions"),
)
_CONSOLE = "open-dev.dingtalk.com"

STEPS = (
    Step(
        "console-1-create",
        _CONSOLE,
        (("应用开发", "apps"), ("企业内部应用", "internal apps"), ("第三方应用", "third-party apps")),
        1,
        "企业内部应用",
        "internal apps of your organisation",
        (
            Row("应用名称", "name", "有空"),
            Row("应用描述", "description", "谁有空，问我就行"),
            Row("应用图标", "icon", "（可选 optional）"),
        ),
        ("创建应用", "create the app"),
    ),
    Step(
        "console-2-credentials",
        f"{_CONSOLE} / 有空",
        _APP_MENU,
        0,
        "凭证与基础信息",
        "what the bot logs in with",
        (
            Row("Client ID", "→ dingtalk.client_id", "dingabc123…", "复制 copy"),
            Row("Client Secret", "→ the secret file, never into Git", "••••••••••••", "复制 copy"),
        ),
    ),
    Step(
        "console-3-robot",
        f"{_CONSOLE} / 有空",
        _APP_MENU,
        1,
        "机器人",
        "the robot that people mention",
        (
            Row("机器人名称", "its name in chats", "有空"),
            Row("Stream 模式", "the bot opens the connection, no address", picked=True),
            Row("HTTP 模式", "not this one"),
        ),
        ("发布", "publish"),
    ),
    Step(
        "console-4-permissions",
        f"{_CONSOLE} / 有空",
        _APP_MENU,
        2,
        "权限管理",
        "search each name, then apply",
        (
            Row("Calendar.EventSchedule.Read", "free and busy, times alone", press="申请 apply"),
            Row("qyapi_get_member", "who a mentioned person is", press="申请 apply"),
            Row("qyapi_get_department_list · _member", "names that are typed, teams", press="申请 apply"),
            Row("qyapi_robot_sendmsg", "a text where a card is refused", press="申请 apply"),
            Row("Card.Instance.Write", "cards with buttons", press="申请 apply"),
        ),
    ),
    Step(
        "console-5-publish",
        f"{_CONSOLE} / 有空",
        _APP_MENU,
        4,
        "版本管理与发布",
        "nothing counts before this",
        (
            Row("可使用范围", "who may use the robot", "全部员工"),
            Row("通讯录权限范围", "whom it may look up (权限管理)", "全部员工"),
            Row("新申请的权限", "each counts from the next version on", done=True),
        ),
        ("创建新版本并发布", "create a version and publish"),
    ),
    Step(
        "console-6-group",
        "钉钉 DingTalk · 群设置 group settings",
        (("群成员", "members"), ("群机器人", "robots"), ("群公告", "notices")),
        1,
        "添加机器人",
        "in each group where it is to answer",
        (Row("有空", "企业内部机器人 robot of your organisation", picked=True),),
        ("添加", "add"),
    ),
)


def draw(step: Step) -> str:
    """The picture as SVG, which needs no font, script or file of elsewhere."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        f'role="img" aria-label="{escape(f"{step.title}: {step.meaning}")}" font-family="{_FONT}">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" rx="14" fill="#ffffff" stroke="{_LINE}" stroke-width="2"/>',
        f'<path d="M1 46h{WIDTH - 2}" stroke="{_LINE}"/>',
        *(f'<circle cx="{26 + 20 * n}" cy="24" r="6" fill="{_LINE}"/>' for n in range(3)),
        f'<rect x="100" y="11" width="{WIDTH - 130}" height="26" rx="13" fill="#f3f5f9"/>',
        _text(116, 29, step.address, size=13, fill=_GREY),
        f'<path d="M{_SIDE} 46v{HEIGHT - 47}" stroke="{_LINE}"/>',
    ]
    for number, (label, meaning) in enumerate(step.menu):
        parts += _menu_item(62 + 62 * number, label, meaning, here=number == step.at)
    left = _SIDE + 32
    parts += [
        _text(left, 84, step.title, size=22, weight=700),
        _text(left, 106, step.meaning, size=13, fill=_GREY),
    ]
    for number, row in enumerate(step.rows):
        parts += _row(left, _TOP + 58 + _ROW * number, row)
    if step.button[0]:
        parts += _button(left, HEIGHT - 74, f"{step.button[0]}  {step.button[1]}")
    return "\n".join([*parts, "</svg>", ""])


def _text(x: float, y: float, text: str, *, size: int = 15, fill: str = _INK, weight: int = 400) -> str:
    return f'<text x="{x}" y="{y}" font-size="{size}" font-weight="{weight}" fill="{fill}">{escape(text)}</text>'


def _menu_item(y: int, label: str, meaning: str, *, here: bool) -> list[str]:
    ink = _BLUE if here else _INK
    ground = [f'<rect x="12" y="{y}" width="{_SIDE - 24}" height="52" rx="8" fill="{_PALE}"/>'] if here else []
    weight = 700 if here else 400
    return [*ground, _text(28, y + 23, label, fill=ink, weight=weight), _text(28, y + 42, meaning, size=12, fill=_GREY)]


def _row(x: int, y: int, row: Row) -> list[str]:
    label = x
    parts = []
    if row.picked or row.done or row.meaning == "not this one":
        chosen = row.picked or row.done
        colour = _BLUE if row.picked else _GREEN if row.done else _LINE
        parts.append(f'<circle cx="{x + 9}" cy="{y + 2}" r="9" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{x + 9}" cy="{y + 2}" r="4.5" fill="{colour}"/>'] if chosen else []
        label += 30
    parts += [_text(label, y, row.label, weight=600), _text(label, y + 19, row.meaning, size=12, fill=_GREY)]
    if row.value:
        parts.append(
            f'<rect x="{x + 290}" y="{y - 17}" width="190" height="32" rx="6" fill="#f8f9fb" stroke="{_LINE}"/>'
        )
        parts.append(_text(x + 302, y + 4, row.value, size=14))
    if row.press:
        parts += [
            f'<rect x="{x + 492}" y="{y - 17}" width="100" height="32" rx="6" fill="none" stroke="{_BLUE}"/>',
            _text(x + 506, y + 4, row.press, size=14, fill=_BLUE),
        ]
    return parts


def _button(x: int, y: int, text: str) -> list[str]:
    width = 40 + sum(18 if ord(sign) > 0x2E80 else 9 for sign in text)
    return [
        f'<rect x="{x}" y="{y}" width="{width}" height="44" rx="8" fill="{_BLUE}"/>',
        _text(x + 20, y + 28, text, size=16, fill="#ffffff", weight=600),
    ]


def main() -> None:
    """All of them."""
    for step in STEPS:
        (IMAGES / f"{step.name}.svg").write_text(draw(step), encoding="utf-8")


if __name__ == "__main__":
    main()
