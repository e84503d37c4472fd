"""No secret, token, ticket, session, name or word of anybody in logs, metrics, errors or the store, whatever fails."""

from __future__ import annotations

import asyncio
import json
import re

import aiohttp
import sqlalchemy as sa
from scenario import MONDAY, Process, page, settings_of, until

from bot.chat.frames.mention import Mention, read_mention
from bot.config import Config
from bot.emulator import Emulator
from bot.store import Store
from bot.store.tables import metadata

SECRET = "s3cr3t-canary-0123456789"
WORD, NICK, NAME = "canaryword", "CanaryNick", "CanaryName"
PASSWORD = "pw-canary-42"
FAULTS = (
    ("html", lambda f: f.html("querySchedule", times=1)),
    ("truncated", lambda f: f.truncate("querySchedule", times=1)),
    ("expired token", lambda f: f.expire_tokens()),
    ("throttled", lambda f: f.fail("querySchedule", status=403, code="Forbidden.QpsLimit", times=1)),
    ("refused card", lambda f: f.refuse_card("spaceId is illegal", times=1)),
    ("template", lambda f: f.card_error("param.templateNotExist", times=1)),
    ("expired session", lambda f: (f.card_error(times=1), f.webhook_expired())),
    ("dropped card", lambda f: f.drop_reply("createAndDeliver", times=1)),
    ("closed", lambda f: f.close_connection("user/get", times=1)),
    ("scope", lambda f: f.deny_scope("Calendar.EventSchedule.Read")),
    ("banned", lambda f: f.ip_ban(times=2)),
    ("directory", lambda f: f.fail("user/get", errcode=60121, times=1)),
)


# What DingTalk hands out (tokens, tickets, sessions) is 32 hex digits or a UUID in the emulator; nothing of ours is.
_HANDED_OUT = re.compile(r"(?<![0-9a-z])[0-9a-f]{32}(?![0-9a-f])|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")


def leaks(text: str) -> list[str]:
    """What must not stand in a text and does."""
    return [word for word in (SECRET, WORD, NICK, NAME) if word in text] + _HANDED_OUT.findall(text)


async def test_no_fault_brings_a_secret_or_a_word_into_logs_and_metrics(launch, tmp_path):
    await asyncio.gather(*(everything_goes_wrong(launch, tmp_path, form) for form in ("text", "json")))


async def everything_goes_wrong(launch, tmp_path, form):
    """Each fault in turn, in a company of its own that is logged in one form."""
    async with Emulator(client_secret=SECRET, redeliver_unacked=None) as dingtalk:
        alice = dingtalk.person("alice", name=NAME, nick=NICK)
        group = dingtalk.group("G", [alice])
        logging = {"level": "debug", "format": form}
        url = f"sqlite:///{tmp_path}/canary-{form}.db"
        process = await launch(url, at=dingtalk, logging=logging, options=("-v",))
        for number, (_, fault) in enumerate(FAULTS):
            fault(dingtalk.faults)
            person = dingtalk.person(f"p{number}", name=f"{NAME}{number}")
            text = f"{WORD} @{NAME} 周{'一二三四五'[number % 5]}下午2点到4点谁有空 {WORD}"
            shown = len(group.timeline)
            await alice.says(text, at=[person], to=group, created_at=MONDAY.replace(hour=1))
            await until(lambda shown=shown: len(group.timeline) > shown + 1, timeout=20)
            dingtalk.faults.clear()
        card = next(card for card in group.cards if card.buttons)
        await alice.presses(card, card.buttons[0].id)
        await dingtalk.push(type="CALLBACK", topic="/v1.0/im/bot/messages/get", data=f"{WORD} {SECRET}")
        dingtalk.faults.open_refused(401, times=1)
        dingtalk.faults.ticket_expired(1)
        await dingtalk.reset()
        await until(lambda: len(dingtalk.calls_of("connections/open")) >= 2)
        health = re.search(r"http://127\.0\.0\.1:\d+", process.stderr)
        assert health
        pages = [await page(health[0] + path) for path in ("/metrics", "/readyz", "/healthz")]
        await process.terminate()
        assert "handled" in process.stderr
        assert leaks(process.stderr + process.stdout) == []
        assert leaks(str(pages)) == []
        assert "Traceback" not in process.stderr
        assert await stored(url, WORD) == []


async def stored(url: str, word: str) -> list[str]:
    """The tables in which a word stands."""

    def look(connection: sa.Connection) -> list[str]:
        return [t.name for t in metadata.sorted_tables if word in str(connection.execute(sa.select(t)).all())]

    async with await Store.open(url) as store:
        return await store.run(look)


async def test_refused_credentials_and_stores_are_told_without_secrets(dingtalk, tmp_path):
    """A wrong secret, a store that cannot be opened, and a password in its URL."""
    settings = settings_of(dingtalk, f"postgresql://user:{PASSWORD}@127.0.0.1:9/db")
    settings["dingtalk"]["client_secret"] = SECRET
    for number, change in enumerate(({}, {"store": {"url": f"sqlite:///{tmp_path}/x.db"}})):
        path = tmp_path / f"config-{number}.yaml"
        path.write_text(json.dumps(settings | change))
        for command in (("run",), ("check",), ("ask", "--as", "alice", WORD)):
            process = Process(tmp_path / f"out-{number}-{command[0]}", command[0], "-c", str(path), *command[1:])
            assert await process.ended() != 0
            said = process.stdout + process.stderr
            assert not [secret for secret in (SECRET, PASSWORD) if secret in said], said
            assert "Traceback" not in said


def test_reprs_and_dumps_hide_what_is_secret_or_written(tmp_path):
    config = Config.model_validate(
        {
            "dingtalk": {"client_id": "ding", "client_secret": SECRET},
            "store": {"url": f"postgresql://user:{PASSWORD}@db/youkong"},
        }
    )
    mention = read_mention(
        f'{{"msgId": "m", "conversationId": "c", "text": {{"content": "{WORD}"}}, "senderNick": "{NICK}", '
        f'"sessionWebhook": "https://oapi.dingtalk.com/robot/sendBySession?session={SECRET}"}}',
        now=MONDAY,
    )
    assert isinstance(mention, Mention)
    shown = repr(config) + str(config) + repr(config.dingtalk) + repr(config.store) + repr(mention) + str(mention)
    assert not [word for word in (SECRET, PASSWORD, WORD, NICK) if word in shown]


async def test_nothing_is_listening_for_anything_but_health(bot):
    async with aiohttp.ClientSession() as session:
        answers = await asyncio.gather(*(session.get(bot.health_url + path) for path in ("/", "/config", "/debug")))
        assert {answer.status for answer in answers} == {404}
        for answer in answers:
            answer.release()
