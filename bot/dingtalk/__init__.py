"""DingTalk on the wire: plain functions over one `http.Api`, and `stream.Stream` for what DingTalk pushes.

Knows endpoints, not meetings. Ids are plain strings here, and every failure is one of `bot.errors`.
"""
