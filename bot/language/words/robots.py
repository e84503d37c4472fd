"""How robots are spoken to in a text: by a typed mention of the bot's own name, or of what can only be a robot's."""

from __future__ import annotations

ROBOT = (
    r"@(?:有空|youkong)(?:\s*bot|机器人|助手)?(?![\w\u4e00-\u9fff]{0,2}吗)"
    r"|@[\w\u4e00-\u9fff-]{0,8}?(?:小助手|助手|机器人|小秘书|robot|bot)(?![a-z])"
)
"""@有空, @小助手, @日报机器人; a regular expression, without case."""
