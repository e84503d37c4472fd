"""What people say about a digest beyond single words: that it is to be quiet, that they want to be left out of it."""

from __future__ import annotations

import re

SHIFTED = re.compile(r"提前|提早|推迟|延后|推后|晚点|早点|earlier|later")
CHANGING = frozenset(("move", "switch", "change", "make", "change to", "switch to"))
WORKDAYS = frozenset(("每个工作日", "每工作日", "every weekday", "every workday"))
EVERY_DAY = frozenset(("每天", "每日", "天天", "every day", "everyday", "daily"))
_NEWS = "(?:事|事情|内容|情况|变化|人(?:请假|休假|调休|出差|缺席|外出|不在))"
_DIGEST = "(?:[,，]?(?:团队)?日报)?"
_OUT = r"(?:'s| is)? (?:out|off|away|absent|on leave|on vacation|on holiday)"
QUIET = re.compile(
    rf"有{_NEWS}(?:了|时)?{_DIGEST}(?:再|才|就)发|没(?:有)?(?:什么)?{_NEWS}(?:的话|时)?{_DIGEST}就?(?:别|不要|不用|不)再?发"
    rf"|(?:别|不要|不用)在?没(?:有)?(?:什么)?{_NEWS}(?:的?时候|时)发"
    r"|安静|(?:something|anything) (?:to say|to report|worth|new)|nothing (?:to say|to report|new)|\bquiet\b"
    rf"|\b(?:don't|dont|do not|no|stop|skip|not)\b.{{0,30}} (?:if|when) (?:nobody|no one|noone){_OUT}\b"
    rf"|\b(?:if|when) (?:nobody|no one|noone){_OUT},? (?:then )?(?:don't|dont|do not|no|stop|skip)\b"
    rf"|\bonly\b.{{0,30}}\b(?:if|when) (?:someone|somebody|anyone|anybody){_OUT}\b"
)
CONDITIONAL = re.compile(
    r"(?:如果|要是|假如)(?!可以|方便|行)|(?<!可以)(?<!方便)的话|(?:没|都).{1,8}(?:就(?:别|不)|时)"
    r"|\b(?:when|whenever|unless|in case)\b|\bif\b(?! possible| you (?:can|could)| it's ok)"
)
"""A stop that hangs on something: it never stops the digest for good."""
LOUD = re.compile(
    r"每次都发|总是发|没(?:有)?(?:事|内容)也(?:要)?发|(?:取消|关闭|不要)安静"
    r"|always send|send (?:it |the digest )?(?:always|anyway)"
    r"|even (?:if|when) (?:there is|there's) nothing|(?:not|no longer) quiet|quiet off"
)
LEFT = re.compile(
    r"(?:不要?|别|勿|不用|不必)再?(?:算上?|显示|带上?|看|查|列上?|包括|包含|出现|有|加上?|展示|统计)我(?![的们])"
    r"|(?:去掉|去除|移除|隐藏|删掉|删除|除去|排除)我(?![的们])|把我(?:从.{0,8})?(?:去掉|移除|删掉|隐藏|移出|拿掉|排除)"
    r"|我(?:要|想)?(?:退出|不参加|不参与)|退出(?:团队)?[日周]报|退订"
    r"|(?:leave|take|cut|keep|opt|count) (?:me|myself) (?:out|off)|\bhide me"
    r"|(?:don't|dont|do not) (?:show|include|list|count|read) me"
    r"|without me|(?:remove|exclude|drop|unsubscribe) me|\bopt out|\bunsubscribe"
)
UNSUBSCRIBED = re.compile("退订|unsubscribe")
BACK = re.compile(
    r"(?:算上?|显示|带上?|加上?|列上?|包括|加入|展示)我(?![的们])|把我加|我(?:要|想)?(?:参加|参与|加入)|(?:参加|加入)(?:团队)?[日周]报"
    r"|(?:include|add|count|put|list|opt) me|show me (?:in|again)|\bopt in"
)
UNPAUSED = re.compile(r"(?:取消|解除|结束|不再)暂停|unpause")
ONE = re.compile(r"(?:发|来)(?:一|1)?份|today'?s")
OF_A_DAY = re.compile(
    r"的(?:团队)?(?:日报|周报|早报|播报|简报)|['’]s? (?:\w+ ){0,2}(?:digest|report|summary|overview)"
    r"|\b(?:digest|report|summary|overview) (?:for|of)\b"
)
"""What makes a day beside a digest the day that it is about: 周五的日报, Friday's digest, the digest for Friday."""
THIS_WEEK = re.compile(r"\bthis week['’]?s\b")
NEXT_WEEK = re.compile(r"\bnext week['’]?s\b")
SETTINGS = re.compile(r"设置|配置|settings?|config(?:uration)?")
ALSO = re.compile(r"每|every|也|包括|包含|including|include|\btoo\b|\balso\b|as well")
EDGES = re.compile(r"^[\s,.!。、~]*(?:请|麻烦|帮我|please )*|(?:吧|了|啊|哦|哈|谢谢| please|[\s,.!。、~])+$")
ONE_NOW = frozenset(
    (
        "现在发一份",
        "马上发一份",
        "立刻发一份",
        "立即发一份",
        "现在就发一份",
        "现在发一次",
        "现在发",
        "发一份",
        "再发一份",
    )
) | {"send one now", "send it now", "send one", "post one now", "one now"}
RESUMED = frozenset(("恢复", "恢复发送", "继续发", "继续发送", "取消暂停", "解除暂停")) | {
    "resume",
    "resume it",
    "unpause",
}
BESIDE_NEWS = re.compile(r"\b(?:only|just|when|if|there|is|there's|send|it|please|the)\b|只|只有|就|\s")
"""What may stand beside the words for a quiet or a loud digest."""
