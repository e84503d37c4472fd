"""Youkong (有空): a DingTalk bot that answers "who is free" in group chats."""

__version__ = "0.1.0"
