"""What the pages say is there is there."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from locks import ROOT, project
from prometheus_client.parser import text_string_to_metric_families

from bot.cli import main
from bot.observe.metrics import Metrics
from tools import drawings

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def text_of(name: str) -> str:
    """A page."""
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_to_a_file_leads_to_one(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    missing = [each for each in targets if "://" not in each and not (page.parent / each).exists()]
    assert missing == []


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_within_a_page_leads_to_a_heading(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    headings = {
        re.sub(r"[^\w -]", "", line).strip().lower().replace(" ", "-") for line in re.findall(r"^#+ (.*)", text, re.M)
    }
    assert set(re.findall(r"\]\(#([^)]+)\)", text)) <= headings


def test_the_readme_names_every_command_and_no_other() -> None:
    named = set(re.findall(r"^\| `youkong (\w+)", text_of("README.md"), re.MULTILINE))
    assert named == set(main.commands)


def test_the_readme_names_targets_that_make_has() -> None:
    targets = set(re.findall(r"^([a-z]+):", text_of("Makefile"), re.MULTILINE))
    for page in ("README.md", "README.zh.md", "CONTRIBUTING.md"):
        named = set(re.findall(r"(?:^    |`)make ([a-z]+)", text_of(page), re.MULTILINE))
        assert named
        assert named <= targets, page


def test_the_list_of_metrics_is_whole() -> None:
    families = text_string_to_metric_families(Metrics().page().decode())
    made = {f"{family.name}_total" if family.type == "counter" else family.name for family in families}
    made = {name for name in made if not name.endswith("_created")}
    assert set(re.findall(r"^\| `(youkong_\w+)`", text_of("docs/deploy.md"), re.MULTILINE)) == made


def test_the_drawn_order_of_imports_is_the_one_that_is_checked() -> None:
    drawn = re.findall(r"^    (cli\n.*?    errors\n)", text_of("docs/architecture.md"), re.MULTILINE | re.DOTALL)
    layers = project()["tool"]["importlinter"]["contracts"][0]["layers"]
    assert [line.strip() for line in drawn[0].splitlines()] == layers


def test_the_drawn_layout_names_every_module_at_the_top() -> None:
    layout = text_of("docs/architecture.md").partition("## Imports")[0]
    named = set(re.findall(r"(\w+)(?:/|\.py)", layout))
    present = {
        path.stem for path in (ROOT / "bot").iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    assert present - {"__init__"} <= named


def test_every_permission_point_that_an_answer_may_name_is_explained() -> None:
    page = text_of("docs/dingtalk-setup.md")
    pattern = r"\b(?:qyapi_[a-z_]+|Card\.[A-Z]\w+\.\w+|Calendar\.[A-Z]\w+\.\w+)"
    code = "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "bot").rglob("*.py") if "emulator" not in path.parts
    )
    assert set(re.findall(pattern, code)) <= set(re.findall(pattern, page))


def test_the_drawings_are_those_that_the_command_makes() -> None:
    for step in drawings.STEPS:
        assert (ROOT / "docs" / "images" / f"{step.name}.svg").read_text(encoding="utf-8") == drawings.draw(step)


def test_a_drawing_needs_nothing_from_elsewhere() -> None:
    for step in drawings.STEPS:
        picture = ElementTree.fromstring(drawings.draw(step))
        assert {each.tag.rpartition("}")[2] for each in picture.iter()} <= {"svg", "rect", "path", "circle", "text"}
        assert not [name for each in picture.iter() for name in each.attrib if "href" in name or name.startswith("on")]


@pytest.mark.parametrize("page", ["docs/dingtalk-setup.md", "docs/zh/dingtalk-setup.md"])
def test_every_drawing_is_in_the_guide(page: str) -> None:
    assert all(f"images/{step.name}.svg" in text_of(page) for step in drawings.STEPS)


@pytest.mark.parametrize("page", ["docs/security.md", "docs/zh/security.md", "docs/zh/dingtalk-setup.md"])
def test_the_pages_name_permission_points_of_the_guide_alone(page: str) -> None:
    pattern = r"\b(?:qyapi_[a-z_]+|Card\.[A-Z]\w+\.\w+|Calendar\.[A-Z]\w+\.\w+)"
    assert set(re.findall(pattern, text_of(page))) <= set(re.findall(pattern, text_of("docs/dingtalk-setup.md")))


def test_the_commands_of_the_readmes_are_there() -> None:
    for page in ("README.md", "README.zh.md", "docs/zh/dingtalk-setup.md", "docs/dingtalk-setup.md"):
        assert set(re.findall(r"(?:bin/|^    |`)youkong ([a-z]+)", text_of(page), re.MULTILINE)) <= set(main.commands)
