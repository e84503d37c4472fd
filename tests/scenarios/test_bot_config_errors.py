"""A configuration that cannot be used is refused with exit 2 and one line: file, key, what was found, what is meant."""

from __future__ import annotations

import pytest
from scenario import run

GOOD = "dingtalk: {client_id: ding, client_secret: s3cr3t-canary}\n"
BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{b}: &{b} [*{a}, *{a}, *{a}, *{a}, *{a}, *{a}, *{a}, *{a}]\n"
    for a, b in zip("abcdefghi", "bcdefghij", strict=True)
)
CASES = {
    "an unknown section": (GOOD + "colour: blue\n", "config.yaml:2: colour: unknown key"),
    "an unknown key": (GOOD + "server: {prot: 1}\n", "config.yaml:2: server.prot: unknown key (did you mean 'port'?)"),
    "a wrong type": (GOOD + "server: {port: many}\n", "server.port: found 'many', expected"),
    "a port out of range": (GOOD + "server: {port: 99999}\n", "server.port: found 99999, expected"),
    "a missing secret": (
        "dingtalk: {client_id: ding}\n",
        "dingtalk.client_secret: no client secret: set client_secret",
    ),
    "a missing client id": ("dingtalk: {client_secret: s3cr3t-canary}\n", "dingtalk.client_id: found nothing"),
    "no sections": ("- x\n", "found list, expected sections"),
    "an empty file": ("", "expected sections"),
    "a bad zone": (GOOD + "timezone: Mars/Olympus\n", "timezone: found 'Mars/Olympus', expected an IANA time zone"),
    "a bad time": (
        GOOD + "working_time: {start: '25:00'}\n",
        "working_time.start: found '25:00', expected a time of day",
    ),
    "an end before the start": (
        GOOD + "working_time: {end: '08:00'}\n",
        "working_time: expected an end after the start",
    ),
    "a break outside work": (GOOD + "working_time: {breaks: [['07:00', '08:00']]}\n", "expected breaks inside"),
    "a bad weekday": (GOOD + "working_time: {days: [funday]}\n", "working_time.days.0: found 'funday', expected"),
    "a bad country": (GOOD + "holidays: China\n", "holidays: found 'China'"),
    "a country without a table": (GOOD + "holidays: QQ\n", "holidays: "),
    "a team that is not there": (
        GOOD + "chats: [{id: c, team: x}]\n",
        "config.yaml:2: chats.0.team: found the team 'x'",
    ),
    "an unknown key of a person": (GOOD + "people: [{id: a, zone: UTC}]\n", "people.0.zone: unknown key"),
    "a person twice": (GOOD + "people: [{id: a}, {id: a}]\n", "people.1.id: found 'a' twice"),
    "a person who ends before the start": (
        GOOD + "people: [{id: a, working_time: {end: '08:00'}}]\n",
        "people.0.working_time: expected an end after the start 09:00 or a shift of 16 hours at most, found 08:00",
    ),
    "a weekday that ends before it starts": (
        GOOD + "working_time: {by_day: {fri: {end: '08:30'}}}\n",
        "working_time: expected an end after the start 09:00 or a shift of 16 hours at most, found 08:30",
    ),
    "a weekday that is none": (GOOD + "working_time: {by_day: {fryday: {end: '16:00'}}}\n", "by_day.fryday"),
    "an end after the end of the day": (GOOD + "working_time: {end: '24:30'}\n", "working_time.end: found '24:30'"),
    "a day off that is worked": (
        GOOD + "days_off: [2026-12-24]\nworked_days: [2026-12-24]\n",
        "days_off: found 2026-12-24 in worked_days, too",
    ),
    "a day that is none": (GOOD + "days_off: ['2026-02-30']\n", "days_off.0: found '2026-02-30'"),
    "a zone of a person that is none": (
        GOOD + "people: [{id: a, timezone: Mars/Olympus}]\n",
        "people.0.timezone: found 'Mars/Olympus', expected an IANA time zone",
    ),
    "a country of a person without a table": (GOOD + "people: [{id: a, holidays: QQ}]\n", "holidays: "),
    "two places for a digest": (GOOD + "digests: [{chat: c, user: u}]\n", "digests.0: expected exactly one of"),
    "plain http": (GOOD.replace("}", ", api_url: 'http://api.dingtalk.com'}"), "expected https"),
    "no URL": (GOOD.replace("}", ", oapi_url: 'dingtalk'}"), "dingtalk.oapi_url: found 'dingtalk', expected a URL"),
    "another database": (GOOD + "store: {url: 'mysql://u:s3cr3t-canary@h/d'}\n", "store.url: expected sqlite"),
    "broken YAML": (GOOD + "a: [\n", "found no readable YAML"),
    "a tag": (GOOD + "locale: !!python/object/apply:os.system ['true']\n", "found no readable YAML"),
    "an alias": (GOOD + "a: &x 1\nb: *x\n", "found an alias"),
    "a bomb": (GOOD + BOMB, "found an alias"),
    "deep nesting": (GOOD + "a: " + "[" * 20_000, "config.yaml:2: found 17 levels"),
    "a duplicate key": (GOOD + "timezone: UTC\ntimezone: UTC\n", "found no readable YAML"),
    "a huge file": (GOOD + "# " + "x" * 300_000, "found more than"),
    "a secret of the wrong type": (
        "dingtalk: {client_id: d, client_secret: [s3cr3t-canary]}\n",
        "dingtalk.client_secret",
    ),
    "a numeric secret": ("dingtalk: {client_id: d, client_secret: 55667788}\n", "dingtalk.client_secret"),
    "a misspelt secret is not missing": (
        "dingtalk: {client_id: ding, client_secrt: s3cr3t-canary}\n",
        "dingtalk.client_secrt: unknown key (did you mean 'client_secret'?)",
    ),
    "a secret of two words": (
        "dingtalk: {client_id: d, client_secret: s3cr3t-canary 55667788}\n",
        "dingtalk.client_secret: found blanks or line breaks inside",
    ),
    "nothing for a port": (GOOD + "server: {host: null}\n", "server.host: found nothing, expected a text"),
    "a text for a list": (GOOD + "teams: x\n", "teams: found 'x', expected a list such as [a, b]"),
    "an id of digits": (
        GOOD + "teams: [{name: a, members: [12]}]\n",
        "teams.0.members.0: found 12, expected a text, in quotes if it is all digits",
    ),
    "a value of two kinds": (
        GOOD + "digests: [{chat: a, days: workday}]\n",
        "digests.0.days: found 'workday', expected 'workdays' or 'daily' (did you mean 'workdays'?)",
    ),
    "a wrong item of a value of two kinds": (
        GOOD + "digests: [{chat: a, days: [mo]}]\n",
        "digests.0.days.0: found 'mo', expected 'mon'",
    ),
    "a zone nearly": (GOOD + "timezone: Asia/Shangai\n", "(did you mean 'Asia/Shanghai'?)"),
    "an @ in a database password": (
        GOOD + "store: {url: 'postgresql://bot:s3cr3t-canary@55667788@db/youkong'}\n",
        "store.url: expected postgresql://USER:PASSWORD@HOST/DATABASE; in a password write @ as %40",
    ),
    "a slash in a database password": (
        GOOD + "store: {url: 'postgresql://bot:s3cr3t-canary/55667788@db/youkong'}\n",
        "in a password write @ as %40",
    ),
    "a missing secret file": (
        "dingtalk: {client_id: d, client_secret_file: /no/such/file}\n",
        "dingtalk.client_secret_file: cannot read '/no/such/file'",
    ),
}
ENVIRONMENT = {
    "YOUKONG_SERVER__PORT": ("many", "YOUKONG_SERVER__PORT: server.port: found 'many'"),
    "YOUKONG_COLOUR": ("blue", "YOUKONG_COLOUR: no such setting"),
    "YOUKONG_SERVER__PROT": ("1", "YOUKONG_SERVER__PROT: server.prot: unknown key (did you mean 'port'?)"),
    "YOUKONG_LOCALE__X": ("1", "YOUKONG_LOCALE__X: locale has no settings below it"),
    "YOUKONG_TEAMS": ("[{name: x, members: [", "found no readable YAML"),
}


async def faults(tmp_path, *, environ=None, path=None):
    found = await run(tmp_path / "out", "run", "-c", str(path or tmp_path / "config.yaml"), environ=environ)
    assert found.exit_code == 2, found.stderr
    assert "Traceback" not in found.stderr
    assert found.stdout == ""
    assert not [secret for secret in ("s3cr3t-canary", "55667788") if secret in found.stderr]
    assert all(line.startswith("youkong: ") for line in found.stderr.splitlines())
    return [line.removeprefix("youkong: ") for line in found.stderr.splitlines()]


async def refused(tmp_path, **given):
    [line] = await faults(tmp_path, **given)
    return line


@pytest.mark.parametrize("case", CASES)
async def test_a_file_is_refused_for(tmp_path, case):
    text, said = CASES[case]
    (tmp_path / "config.yaml").write_text(text)
    line = await refused(tmp_path)
    assert said in line
    assert str(tmp_path / "config.yaml") in line or case.endswith("without a table")


async def test_a_missing_file_is_named(tmp_path):
    line = await refused(tmp_path, path=tmp_path / "nowhere.yaml")
    assert f"{tmp_path}/nowhere.yaml: no such file: copy config.example.yaml there" in line


async def test_a_folder_is_no_file(tmp_path):
    assert "cannot be read" in await refused(tmp_path, path=tmp_path)


async def test_a_file_of_other_bytes_is_no_text(tmp_path):
    (tmp_path / "config.yaml").write_bytes(b"\xff\xfe\x00")
    assert "not UTF-8" in await refused(tmp_path)


@pytest.mark.parametrize("name", ENVIRONMENT)
async def test_a_variable_is_refused_by_its_name(tmp_path, name):
    value, said = ENVIRONMENT[name]
    (tmp_path / "config.yaml").write_text(GOOD)
    assert said in await refused(tmp_path, environ={name: value})


WRONG = """\
dingtalk:
  client_id: ding
  client_secrt: s3cr3t-canary
timezone: Asia/Shangai
working_time: {start: "18:00", end: "17:00"}
teams:
  - name: design
    member: [a]
chats:
  - id: cid
    team: desgin
server:
  port: many
"""


async def test_everything_that_is_wrong_is_told_at_once_with_its_line(tmp_path):
    path = tmp_path / "config.yaml"
    path.write_text(WRONG)
    lines = await faults(tmp_path, environ={"YOUKONG_BOOKING__ENABELD": "true", "YOUKONG_LOCALE": "de"})
    assert [line.removeprefix(str(path)).split(": ")[0] for line in lines] == [
        ":3",
        ":4",
        ":5",
        ":8",
        ":11",
        ":13",
        "YOUKONG_LOCALE",
        "YOUKONG_BOOKING__ENABELD",
    ]
    assert "(did you mean 'design'?)" in lines[4]
    assert "(did you mean 'enabled'?)" in lines[-1]
