"""DingTalk on the wire: plain functions over one `http.Api`, and `stream.Stream` for what DingTalk pushes.

Knows endpoints, not meetings. Ids are plain strings here, and every failure is one of `bot.errors`.
"""

from bot.dingtalk.deferred import defer

defer("requests")  # ten megabytes that the SDK imports for calls which are made without it here
