"""Settings: defaults, overrides and what `repr` hides; refusals are told in the scenarios of the command line."""

from __future__ import annotations

import contextlib
from datetime import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import Config
from bot.config_file import load, read_yaml, service_links
from bot.errors import ConfigError
from bot.features.digest.configured import configured
from bot.model.digests import Digest
from bot.model.people import ConversationId, StaffId
from bot.model.requests import Language

EXAMPLE = Path(__file__).parents[2] / "config.example.yaml"
GOOD = "dingtalk: {client_id: ding, client_secret: hush}\n"


@pytest.fixture
def config_file(tmp_path):
    path = tmp_path / "config.yaml"
    path.write_text(GOOD)
    return path


def test_the_example_holds_every_key_with_its_default():
    example = read_yaml(EXAMPLE)
    assert set(example) == set(Config.model_fields)
    for name, field in Config.model_fields.items():
        if hasattr(field.annotation, "model_fields"):
            assert set(example[name]) <= set(field.annotation.model_fields), name


def test_two_keys_are_enough(config_file):
    config = load(config_file, environ={})
    assert (config.locale, config.timezone, config.holidays) == ("auto", "Asia/Shanghai", "CN")
    assert config.dingtalk.api == "https://api.dingtalk.com"
    assert config.dingtalk.robot == "ding"
    assert config.working_time.hours.breaks == ((720, 780),)


def test_the_edition_picks_the_hosts(config_file):
    config = load(config_file, environ={"YOUKONG_DINGTALK__EDITION": "international"})
    assert (config.dingtalk.api, config.dingtalk.oapi) == ("https://api.dingtalk.io", "https://oapi.dingtalk.io")


@pytest.mark.parametrize(
    ("name", "value", "read"),
    [
        ("YOUKONG_TIMEZONE", "Asia/Tokyo", lambda c: c.timezone == "Asia/Tokyo"),
        ("YOUKONG_SERVER__PORT", "0", lambda c: c.server.port == 0),
        ("YOUKONG_SERVER__PORT", "null", lambda c: c.server.port is None),
        ("YOUKONG_BOOKING__ENABLED", "true", lambda c: c.booking.enabled),
        ("YOUKONG_WORKING_TIME__START", "08:30", lambda c: c.working_time.hours.start == 510),
        ("YOUKONG_WORKING_TIME__DAYS", "[mon, sun]", lambda c: c.working_time.days == ("mon", "sun")),
        ("YOUKONG_TEAMS", "[{name: x, members: [a]}]", lambda c: c.teams[0].members == ("a",)),
        ("YOUKONG_PEOPLE", "[{id: a, timezone: Asia/Tokyo}]", lambda c: c.people[0].timezone == "Asia/Tokyo"),
        ("YOUKONG_STORE__URL", "sqlite://", lambda c: c.store.url == "sqlite://"),
        ("YOUKONG_DINGTALK__CLIENT_SECRET", "other", lambda c: c.secret == "other"),
        ("YOUKONG_DINGTALK__CLIENT_SECRET", "12345678", lambda c: c.secret == "12345678"),
        ("YOUKONG_DINGTALK__CLIENT_ID", "12345", lambda c: c.dingtalk.client_id == "12345"),
        ("YOUKONG_DINGTALK__CLIENT_SECRET", "[x", lambda c: c.secret == "[x"),
        ("YOUKONG_TEST_POSTGRES_URL", "x", lambda c: True),
    ],
)
def test_the_environment_comes_on_top(config_file, name, value, read):
    assert read(load(config_file, environ={name: value}))


def test_a_secret_may_stand_in_a_file(tmp_path):
    (tmp_path / "secret").write_text("hush\n")
    path = tmp_path / "config.yaml"
    path.write_text(f"dingtalk: {{client_id: d, client_secret_file: {tmp_path}/secret}}\n")
    assert load(path, environ={}).secret == "hush"


@pytest.mark.parametrize("around", ["{}\n", " {}  ", "\ufeff{}", "{}\r\n\r\n", "\u200b{}\u00a0"])
def test_what_was_copied_along_with_a_secret_is_no_part_of_it(tmp_path, around):
    (tmp_path / "secret").write_text(around.format("hush"), encoding="utf-8")
    path = tmp_path / "config.yaml"
    path.write_text(f"dingtalk: {{client_id: d, client_secret: xxxx, client_secret_file: {tmp_path}/secret}}\n")
    assert load(path, environ={}).secret == "hush"
    given = {
        "YOUKONG_DINGTALK__CLIENT_SECRET": around.format("hush"),
        "YOUKONG_DINGTALK__CLIENT_ID": around.format("i"),
    }
    config = load(path, environ=given)
    assert (config.secret, config.dingtalk.client_id) == ("hush", "i")


@pytest.mark.parametrize(
    "name",
    ["YOUKONG_PORT", "YOUKONG_SERVICE_HOST", "YOUKONG_SERVICE_PORT", "YOUKONG_SERVICE_PORT_HTTP",
     "YOUKONG_METRICS_PORT", "YOUKONG_PORT_1_TCP", "YOUKONG_METRICS_PORT_1_TCP_ADDR", "YOUKONG_METRICS_SERVICE_HOST"],
)  # fmt: skip
def test_links_to_services_are_passed_over(config_file, name):
    environ = {name: "tcp://10.0.0.1:8080", "YOUKONG_SERVER__PORT": "1"}
    assert load(config_file, environ=environ).server.port == 1
    assert service_links(environ) == [name]


@pytest.mark.parametrize("name", ["YOUKONG_METRICS", "YOUKONG_SERVERS__PORT", "YOUKONG_HOST", "YOUKONG_PORTS"])
def test_what_is_no_link_and_no_key_is_refused(config_file, name):
    with pytest.raises(ConfigError, match=f"^{name}: "):
        load(config_file, environ={name: "1"})


@pytest.mark.parametrize(
    "url",
    ["postgresql://u:p%40w@db/youkong", "postgresql://db/youkong?sslmode=require", "postgresql:///youkong?host=/run/pg",
     "postgresql+psycopg://u@[::1]:5432/d", "postgresql://u:pw@a:1,b:2/d", "sqlite:////var/lib/x.db", "sqlite://"],
)  # fmt: skip
def test_a_store_may_lie_anywhere(url):
    made = Config.model_validate({"dingtalk": {"client_id": "d", "client_secret": "s"}, "store": {"url": url}})
    assert made.store.url == url


def test_a_time_is_no_number(tmp_path):
    path = tmp_path / "config.yaml"
    path.write_text(GOOD + "working_time: {start: 10:30, breaks: []}\n")
    assert load(path, environ={}).working_time.hours.start == 630


@pytest.mark.parametrize(
    ("own", "start", "end", "breaks"),
    [
        ({}, 540, 1080, ((720, 780),)),
        ({"start": "10:00"}, 600, 1080, ((720, 780),)),
        ({"start": "13:30", "end": "22:00"}, 810, 1320, ()),
        ({"breaks": [["15:00", "15:30"]]}, 540, 1080, ((900, 930),)),
        ({"breaks": []}, 540, 1080, ()),
    ],
)
def test_somebodys_own_working_time_is_everybodys_with_what_differs(own, start, end, breaks):
    settings = {"dingtalk": {"client_id": "d", "client_secret": "s"}, "people": [{"id": "a", "working_time": own}]}
    config = Config.model_validate(settings)
    hours = config.people[0].working_time.over(config.working_time).hours
    assert (hours.start, hours.end, hours.breaks) == (start, end, breaks)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:8000", "http://localhost", "http://[::1]:1", "https://api.example/x/"]
)
def test_http_is_for_loopback_only(url):
    made = Config.model_validate({"dingtalk": {"client_id": "d", "client_secret": "s", "api_url": url}})
    assert made.dingtalk.api == url.rstrip("/")


def test_secrets_do_not_show():
    made = Config.model_validate(
        {"dingtalk": {"client_id": "d", "client_secret": "hush"}, "store": {"url": "postgresql://u:pw1234@h/d"}}
    )
    assert not [word for word in ("hush", "pw1234") if word in repr(made) + str(made)]


@given(st.text(max_size=300))
def test_any_text_is_yaml_or_refused(text):
    with contextlib.suppress(ConfigError):
        read_yaml(text)


def test_digests_take_over_what_is_said_of_their_chat(config_file):
    chats = "[{id: c1, team: design, timezone: Asia/Tokyo, locale: en}]"
    digests = "[{chat: c1, days: [wed, mon], week_ahead: true}, {user: ann, team: design, at: '16:00', quiet: true}]"
    names = {"TEAMS": "[{name: design, members: [ann]}]", "CHATS": chats, "DIGESTS": digests}
    config = load(config_file, environ={f"YOUKONG_{name}": value for name, value in names.items()})
    first, second = configured(config)
    assert first == Digest(
        ConversationId("c1"), time(9, 10), "Asia/Tokyo", Language.EN, team="design", days=(0, 2), week_ahead=True
    )
    assert second == Digest(
        ConversationId("direct:ann"),
        time(16),
        "Asia/Shanghai",
        Language.ZH,
        user=StaffId("ann"),
        team="design",
        quiet=True,
    )


def test_a_chat_has_one_digest(config_file):
    with pytest.raises(
        ConfigError, match=r"digests.1: found 'c1' twice, expected one digest for each chat and user of"
    ):
        load(config_file, environ={"YOUKONG_DIGESTS": "[{chat: c1}, {chat: c1, at: '16:00'}]"})
