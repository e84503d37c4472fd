"""What the deployment files name is there: settings, pages, the user of the image."""

from __future__ import annotations

import re

import pytest
from locks import ROOT
from prometheus_client.parser import text_string_to_metric_families
from ruamel.yaml import YAML

from bot.config_file import load
from bot.model.freebusy import State
from bot.model.outcomes import AnswerOutcome, MessageOutcome
from bot.observe.metrics import Metrics

COMPOSE = ROOT / "docs" / "deploy" / "compose.yaml"
RULES = ROOT / "docs" / "deploy" / "prometheus-rules.yaml"
KUBERNETES = ROOT / "docs" / "deploy" / "kubernetes.yaml"


@pytest.fixture
def compose():
    return YAML(typ="safe").load(COMPOSE)


@pytest.fixture
def kubernetes():
    return {each["kind"]: each for each in YAML(typ="safe").load_all(KUBERNETES)}


def container_of(kubernetes):
    [container] = kubernetes["Deployment"]["spec"]["template"]["spec"]["containers"]
    return container


def test_the_environment_of_both_is_one_that_the_bot_reads(compose, kubernetes, tmp_path):
    config = tmp_path / "config.yaml"
    config.write_text(kubernetes["ConfigMap"]["data"]["config.yaml"])
    settings = {
        **kubernetes["Secret"]["stringData"],
        **{k: v for k, v in compose["services"]["bot"]["environment"].items() if k.startswith("YOUKONG_")},
    }
    assert load(config, environ=settings).store.url.startswith("postgresql://")


def test_both_run_two_replicas_that_are_replaced_one_by_one(compose, kubernetes):
    assert compose["services"]["bot"]["deploy"]["replicas"] == 2
    assert kubernetes["Deployment"]["spec"]["replicas"] == 2
    assert kubernetes["Deployment"]["spec"]["strategy"]["rollingUpdate"] == {"maxUnavailable": 0, "maxSurge": 1}


def test_probes_ask_for_pages_that_there_are(kubernetes):
    container = container_of(kubernetes)
    paths = {container[probe]["httpGet"]["path"] for probe in ("startupProbe", "livenessProbe", "readinessProbe")}
    served = set(re.findall(r"^\| `(/\w+)` \|", (ROOT / "docs" / "deploy.md").read_text(), re.MULTILINE))
    assert paths <= served


def test_the_user_is_that_of_the_image(kubernetes):
    context = kubernetes["Deployment"]["spec"]["template"]["spec"]["securityContext"]
    assert f"USER {context['runAsUser']}:{context['runAsGroup']}" in (ROOT / "Dockerfile").read_text()


def test_a_stop_is_given_longer_than_it_takes(compose, kubernetes):
    assert compose["services"]["bot"]["stop_grace_period"] == "15s"
    assert kubernetes["Deployment"]["spec"]["template"]["spec"]["terminationGracePeriodSeconds"] >= 11


def test_neither_may_write_to_its_root_or_gain_rights(compose, kubernetes):
    bot, context = compose["services"]["bot"], container_of(kubernetes)["securityContext"]
    assert bot["read_only"]
    assert bot["cap_drop"] == ["ALL"] == context["capabilities"]["drop"]
    assert context["readOnlyRootFilesystem"]
    assert not context["allowPrivilegeEscalation"]


@pytest.fixture
def rules():
    [group] = YAML(typ="safe").load(RULES)["groups"]
    return group["rules"]


def test_alarms_are_about_metrics_and_outcomes_that_there_are(rules):
    families = list(text_string_to_metric_families(Metrics().page().decode()))
    made = {f"{each.name}_total" if each.type == "counter" else each.name for each in families}
    made |= {f"{each.name}_{part}" for each in families if each.type == "histogram" for part in ("bucket", "count")}
    recorded = {rule["record"] for rule in rules if "record" in rule}
    outcomes = {each.value for kind in (MessageOutcome, AnswerOutcome, State) for each in kind}
    for rule in rules:
        assert set(re.findall(r"youkong[_:][\w:]+", rule["expr"])) <= made | recorded, rule
        named = re.findall(r'(?:outcome|state)=~?"([\w|]+)"', rule["expr"])
        assert {each for names in named for each in names.split("|")} <= outcomes, rule
        assert rule["expr"].count("(") == rule["expr"].count(")"), rule


def test_each_alarm_says_what_is_wrong_and_what_to_do(rules):
    alerts = [rule for rule in rules if "alert" in rule]
    assert all(rule["annotations"]["summary"] and rule["annotations"]["description"] for rule in alerts)
    assert {rule["labels"]["severity"] for rule in alerts} == {"critical", "warning"}
    assert len({rule["alert"] for rule in alerts}) == len(alerts) > 10
