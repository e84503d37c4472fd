"""`youkong init`, `people` and `chats`: from credentials to a configuration that `check` finds good."""

from __future__ import annotations

import stat

import pytest
from ruamel.yaml import YAML
from scenario import ASK, run, settings_of, until

SECRET = "YOUKONG_DINGTALK__CLIENT_SECRET"


@pytest.fixture
def company(dingtalk):
    """Two departments with three people, two of whom share a name."""
    dingtalk.department(2, "设计部")
    dingtalk.department(3, "产品部")
    dingtalk.person("staff-1", name="张三", department=2, title="设计师")
    dingtalk.person("staff-2", name="张伟", department=2)
    dingtalk.person("staff-3", name="张伟", department=3)
    return dingtalk


@pytest.fixture
def init(company, tmp_path):
    """Runs `init` in a folder of its own; gives the command and the path of the file it is to write."""
    path = tmp_path / "etc" / "config.yaml"
    hosts = ("--api-url", company.url, "--oapi-url", company.url)

    async def go(*options, stdin="", secret=company.client_secret, name="out"):
        environ = {SECRET: secret} if secret else {}
        store = {"YOUKONG_STORE__URL": f"sqlite:///{tmp_path}/youkong.db"}
        return await run(
            tmp_path / name, "init", "-c", str(path), *hosts, *options, environ=environ | store, stdin=stdin
        )

    return go, path


def read(path):
    return YAML(typ="safe").load(path.read_text(encoding="utf-8"))


async def test_all_that_is_needed_may_come_from_options_and_environment(init, company):
    go, path = init
    team = ("--team", "design", "--member", "张三", "--member", "staff-3", "--department", "2")
    found = await go("--non-interactive", "--client-id", company.client_id, *team)
    assert (found.exit_code, found.stderr) == (0, "")
    assert found.stdout.splitlines()[-1].endswith("0 failed")
    written = read(path)
    assert written["teams"] == [{"name": "design", "members": ["staff-1", "staff-3"], "departments": [2]}]
    assert written["dingtalk"]["client_id"] == company.client_id
    secret = path.with_suffix(".secret")
    assert written["dingtalk"]["client_secret_file"] == str(secret)
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    assert company.client_secret not in path.read_text() + found.stdout


async def test_what_was_written_is_enough_to_check_by(init, company, tmp_path):
    go, path = init
    await go("--non-interactive", "--client-id", company.client_id)
    store = {"YOUKONG_STORE__URL": f"sqlite:///{tmp_path}/youkong.db"}
    found = await run(tmp_path / "check", "check", "-c", str(path), environ=store)
    assert found.exit_code == 0, found.stdout


async def test_it_asks_for_what_no_option_says(init, company):
    go, path = init
    answers = ["", company.client_id, company.client_secret, "", "1 2", "张三 张伟", "board", "2", ""]
    found = await go(secret="", stdin="\n".join(answers))
    assert found.exit_code == 0, found.stdout + found.stderr
    assert read(path)["teams"] == [
        {"name": "设计部", "departments": [2]},
        {"name": "产品部", "departments": [3]},
        {"name": "board", "members": ["staff-1", "staff-3"]},
    ]


async def test_wrong_credentials_are_asked_for_again(init, company):
    go, path = init
    answers = ["", "ding-tset", company.client_secret, "", company.client_id, company.client_secret, "", "", ""]
    found = await go(secret="", stdin="\n".join(answers))
    assert "FAIL token" in found.stderr
    assert found.exit_code == 0, found.stdout + found.stderr
    assert read(path)["dingtalk"]["client_id"] == company.client_id


async def test_wrong_credentials_leave_nothing_behind(init, company):
    go, path = init
    found = await go("--non-interactive", "--client-id", company.client_id, secret="wrong")
    assert found.exit_code == 1
    assert "nothing was written" in found.stderr
    assert not path.parent.exists()


async def test_every_missing_permission_point_comes_with_its_form(init, company):
    company.faults.deny_scope("Card.Instance.Write", "Calendar.EventSchedule.Read", "qyapi_get_department_list")
    go, path = init
    found = await go("--non-interactive", "--client-id", company.client_id)
    assert found.exit_code == 1
    for scope in company.faults.denied_scopes:
        form = f"https://open-dev.dingtalk.com/appscope/apply?content={company.client_id}%23{scope}"
        assert f"FAIL {scope}: not granted yet; apply for it here: {form}" in found.stdout
    assert path.exists()


async def test_nothing_is_written_over_without_asking(init, company):
    go, path = init
    path.parent.mkdir()
    path.write_text("mine")
    found = await go("--non-interactive", "--client-id", company.client_id)
    assert (found.exit_code, path.read_text()) == (1, "mine")
    assert "--overwrite" in found.stderr
    found = await go(stdin="n\n", name="asked")
    assert (found.exit_code, path.read_text()) == (1, "mine")
    found = await go("--non-interactive", "--overwrite", "--client-id", company.client_id, name="over")
    assert found.exit_code == 0
    assert read(path)["dingtalk"]


@pytest.mark.parametrize(("member", "said"), [("张伟", "several are called so"), ("李雷", "nobody of that name")])
async def test_a_name_that_is_not_one_person_is_told_and_nothing_is_written(init, company, member, said):
    go, path = init
    found = await go("--non-interactive", "--client-id", company.client_id, "--member", member)
    assert found.exit_code == 1
    assert said in found.stderr
    assert not path.exists()


@pytest.mark.parametrize(
    ("options", "secret", "said"),
    [
        ((), "x", "dingtalk.client_id: found nothing, expected --client-id or YOUKONG_DINGTALK__CLIENT_ID"),
        (("--client-id", "x"), "", f"dingtalk.client_secret: found nothing, expected --client-secret or {SECRET}"),
        (("--client-id", "x", "--timezone", "Asia/Shangai"), "x", "did you mean 'Asia/Shanghai'?"),
    ],
)
async def test_what_is_missing_is_named(init, options, secret, said):
    go, _ = init
    found = await go("--non-interactive", *options, secret=secret)
    assert found.exit_code == 1
    assert said in found.stderr
    assert "Traceback" not in found.stderr


@pytest.fixture
def configured(company, tmp_path, sqlite_url):
    import json

    path = tmp_path / "config.yaml"
    path.write_text(json.dumps(settings_of(company, sqlite_url)))
    return str(path)


async def test_people_prints_everybody_a_name_may_mean(configured, tmp_path):
    found = await run(tmp_path / "out", "people", "-c", configured, "张伟")
    assert (found.exit_code, found.stderr) == (0, "")
    assert found.stdout.splitlines() == ["staff-2\t张伟\t设计部", "staff-3\t张伟\t产品部"]
    found = await run(tmp_path / "pinyin", "people", "-c", configured, "zhangsan")
    assert found.stdout.splitlines() == ["staff-1\t张三\t设计部 · 设计师"]


async def test_people_says_who_comes_nearest_to_a_name_that_nobody_has(configured, tmp_path):
    found = await run(tmp_path / "out", "people", "-c", configured, "张四")
    assert found.exit_code == 1
    assert "nobody is called '张四'; nearest:" in found.stderr
    assert "staff-1\t张三" in found.stdout


async def test_chats_prints_where_the_bot_was_mentioned(start, alice, group, configured, tmp_path):
    found = await run(tmp_path / "none", "chats", "-c", configured)
    assert (found.exit_code, found.stdout) == (1, "")
    assert "no chat was met yet" in found.stderr
    await start()
    await alice.says(ASK, to=group)
    await group.next_card()
    await alice.says(ASK, to="direct")
    await alice.direct.next_card()
    found = await run(tmp_path / "out", "chats", "-c", configured)
    rows = [line.split("\t") for line in found.stdout.splitlines()]
    assert [row[:2] for row in rows] == [
        ["cidDesign==", "Design"],
        [alice.direct.conversation_id, "1:1 Alice Chen"],
    ]


async def test_a_group_that_is_renamed_is_listed_by_its_new_name(start, alice, dingtalk, configured, tmp_path):
    group = dingtalk.group("Old", [alice], id="cidX==")
    await start()
    await alice.says(ASK, to=group)
    await group.next_card()
    group.title = "New"
    await alice.says(ASK, to=group)
    await until(lambda: len(group.cards) == 2)
    found = await run(tmp_path / "out", "chats", "-c", configured)
    assert found.stdout.startswith("cidX==\tNew\t")
