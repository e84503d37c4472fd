"""A person at the stage: calendars, clock, faults, the trace, the keyboard; what is seen is what is true."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from page_world import new_group
from playwright.async_api import Locator, Page, expect
from stage_page import DESKTOP, LANDSCAPE, NARROW, PHONE, fits, opened, ready, violations

from bot.playground import Situation

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]
ASK = "下周二下午2点到4点谁有空"
WINDOW = (14 * 60, 16 * 60)
PANELS = ("calendars", "trace", "faults", "tours")


@pytest_asyncio.fixture(loop_scope="module")
async def page(playground, browser) -> AsyncIterator[Page]:
    """张伟's page on a fresh stage."""
    await playground.running.load(Situation())
    async with opened(browser, playground.url, size=DESKTOP) as shown:
        await ready(shown)
        yield shown


async def ask(page: Page, *names: str, text: str = ASK) -> Locator:
    """Mentions, asks, and gives the card that comes."""
    cards = page.locator(".card")
    before = await cards.count()
    await page.click("#add")
    for name in names:
        await page.locator("#members-menu").get_by_text(name, exact=True).click()
    await page.keyboard.press("Escape")
    await page.fill("#text", text)
    await page.press("#text", "Enter")
    await expect(cards).to_have_count(before + 1)
    return cards.nth(before)


def row(page: Page, staff_id: str) -> Locator:
    """Somebody's hours."""
    return page.locator(f'.track[data-person="{staff_id}"]')


def name_of(page: Page, staff_id: str) -> Locator:
    """Somebody's name beside them."""
    return page.locator(f'.name[data-person="{staff_id}"]')


async def busy_in_window(line: Locator) -> list[tuple[int, int]]:
    """The firm meetings that are drawn in the asked window, in minutes of the day, joined."""
    drawn = []
    for item in await line.locator('.item:not([data-kind="tentative"])').all():
        start, end = [int(float(await item.get_attribute(name))) for name in ("data-from", "data-to")]
        if start < WINDOW[1] and end > WINDOW[0]:
            drawn.append((start, end))
    return sorted(drawn)


async def test_the_calendars_show_what_the_card_says(page, playground):
    people = {each.name: each.staff_id for each in playground.company.people}
    asked = ["张伟", "李娜", "王芳", "赵磊", "陈静", "孙悦", "王小明"]
    card = await ask(page, *asked)
    await expect(page.locator(".track .window").first).to_be_visible()
    text = await card.inner_text()
    said = {name: line[0] for line in text.splitlines() if line[:1] in "✅🟡⛔❔" for name in asked if name in line}
    assert set(said) == set(asked)
    for name in asked:
        line = row(page, people[name])
        await expect(line).to_have_class(re.compile(r"\basked\b"))
        shares = "hidden-calendar" not in (await line.get_attribute("class") or "")
        drawn = await busy_in_window(line)
        whole = bool(drawn) and drawn[0][0] <= WINDOW[0] and drawn[-1][1] >= WINDOW[1]
        expected = "❔" if not shares else "⛔" if whole else "🟡" if drawn else "✅"
        assert said[name] == expected, f"{name}: the card says {said[name]}, the calendar shows {drawn}"
    assert set(said.values()) == {"✅", "🟡", "⛔", "❔"}


async def test_a_meeting_dragged_into_a_calendar_is_the_truth_of_the_next_answer(page):
    card = await ask(page, "李娜", "孙悦")
    await expect(card).to_contain_text("有空 1：李娜")
    track = row(page, "lina")
    await expect(track.locator(".window")).to_be_visible()
    window = await track.locator(".window").bounding_box()
    assert window is not None
    middle = window["y"] + window["height"] / 2
    await drag(page, (window["x"] + 2, middle), (window["x"] + window["width"] - 2, middle))
    item = track.locator(f'.item[data-from="{WINDOW[0]}"]')
    await expect(item).to_have_attribute("data-to", str(WINDOW[1]))
    await card.locator('[data-button^="refresh:"]').first.click()
    await expect(card).to_contain_text("没空 1：李娜 到 16:00")
    await expect(item).to_be_visible()
    box = await item.bounding_box()
    assert box is not None
    await drag(page, (box["x"] + 10, middle), (box["x"] + 10 + box["width"], middle))
    await expect(track.locator(f'.item[data-from="{WINDOW[1]}"]')).to_be_visible()
    await card.locator('[data-button^="refresh:"]').first.click()
    await expect(card).to_contain_text("有空 1：李娜")


async def drag(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    await page.mouse.move(*start)
    await page.mouse.down()
    await page.mouse.move((start[0] + end[0]) / 2, end[1])
    await page.mouse.move(*end)
    await page.mouse.up()


async def test_a_calendar_is_changed_with_the_keyboard_alone(page):
    name = name_of(page, "wangfang")
    await name.focus()
    await page.keyboard.press("Enter")
    await switch(page, "请假").press("Enter")
    leave = row(page, "wangfang").locator(".item.leave")
    await expect(leave).to_be_visible()
    await page.keyboard.press("Escape")
    await leave.focus()
    await page.keyboard.press("Enter")
    await page.locator("#dialog").get_by_role("button", name="销假").press("Enter")
    await expect(leave).to_have_count(0)
    await name.focus()
    await page.keyboard.press("Enter")
    await switch(page, "开放忙闲").press("Enter")
    await expect(name_of(page, "wangfang")).to_contain_text("未开放忙闲")
    await page.keyboard.press("Escape")
    assert "❔ 查不到 1：王芳" in await (await ask(page, "王芳", "李娜")).inner_text()


def switch(page: Page, name: str) -> Locator:
    """A switch of the open dialog."""
    return page.locator("#dialog").get_by_role("switch", name=re.compile(f"^{name}"))


async def test_leave_is_switched_on_drawn_and_told_by_the_next_answer(page):
    card = await ask(page, "李娜", "王芳")
    await expect(card).to_contain_text("有空 2：李娜、王芳")
    await expect(row(page, "lina").locator(".window")).to_be_visible()
    await name_of(page, "lina").click()
    await switch(page, "请假").click()
    await expect(switch(page, "请假")).to_have_attribute("aria-checked", "true")
    await page.locator("#dialog").get_by_role("button", name="关闭").click()
    await expect(row(page, "lina").locator(".item.leave")).to_be_visible()
    assert await busy_in_window(row(page, "lina")) == [(0, 24 * 60)]
    await card.locator('[data-button^="refresh:"]').first.click()
    await expect(card).to_contain_text("没空 1：李娜")
    await name_of(page, "lina").click()
    await switch(page, "请假").click()
    await expect(row(page, "lina").locator(".item.leave")).to_have_count(0)
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="再问一次").click()
    await expect(page.locator(".card")).to_have_count(2)
    await expect(page.locator(".card").last).to_contain_text("有空 2：李娜、王芳")


async def test_own_hours_are_set_drawn_and_told_by_the_next_answer(page):
    card = await ask(page, "李娜", "王芳")
    worked = row(page, "lina").locator(".work")
    await expect(row(page, "lina").locator(".window")).to_be_visible()
    await expect(worked).to_have_count(2)
    await name_of(page, "lina").click()
    own = page.locator("#dialog form").last
    await own.get_by_role("button", name="周二").click()
    await own.get_by_role("button", name="按这个上班").click()
    await expect(worked).to_have_count(0)
    await card.locator('[data-button^="refresh:"]').first.click()
    await expect(card).to_contain_text("非工作时间 1：李娜")
    await name_of(page, "lina").click()
    await own.get_by_role("button", name="用公司默认").click()
    await expect(worked).to_have_count(2)
    await name_of(page, "lina").click()
    await own.get_by_label("在哪里").select_option("Europe/Berlin")
    await own.get_by_role("button", name="按这个上班").click()
    await expect(name_of(page, "lina")).to_contain_text("柏林")
    await card.locator('[data-button^="refresh:"]').first.click()
    await expect(card).to_contain_text("非工作时间 1：李娜")
    await expect(worked).to_have_count(3)  # the end of a Monday in Berlin, and a Tuesday around its break


async def test_ends_before_starts_are_refused_where_they_are_typed(page):
    await name_of(page, "lina").click()
    add = page.locator("#dialog form").nth(1)
    await add.get_by_label("到", exact=True).fill("13:00")
    await add.get_by_role("button", name="加上").click()
    await expect(page.locator("#dialog")).to_be_visible()
    assert await add.get_by_label("到", exact=True).evaluate("each => each.validationMessage") == "结束要晚于开始"
    before = await row(page, "lina").locator(".item").count()
    await add.get_by_label("全天").check()
    await add.get_by_role("button", name="加上").click()
    await expect(row(page, "lina").locator(".item")).to_have_count(before + 1)


async def test_leave_that_the_bot_is_not_told_of_says_so(page, playground):
    await playground.running.load(Situation(settings={"leave": {"enabled": False}}))
    hint = "没有打开请假查询"
    await expect(page.locator("#panel-calendars")).to_contain_text(hint)
    await name_of(page, "lina").click()
    await expect(page.locator("#dialog")).to_contain_text(hint)


async def test_a_booking_is_seen_in_the_calendars(page):
    card = await ask(page, "李娜", text="约明天下午1点 评审")
    await card.locator('[data-button^="confirm:"]').click()
    await expect(card).to_contain_text("已约")
    for staff_id in ("zhangwei", "lina"):
        await expect(row(page, staff_id).locator(".item.event")).to_have_attribute("data-from", str(13 * 60))


async def test_the_digest_comes_when_the_clock_says_so(page):
    await page.click("#digest")
    await expect(page.locator(".card")).to_contain_text("周三 3/18")
    await expect(page.locator("#time")).to_contain_text("09:10")
    await page.click("#later")
    await expect(page.locator("#time")).to_contain_text("09:25")


async def test_a_clock_that_is_set_back_begins_anew(page, playground):
    await ask(page, "李娜")
    await page.click("#time")
    await page.locator("#dialog input").fill("2026-03-10T15:00")
    await page.locator("#dialog").get_by_role("button", name="设好").click()
    await expect(page.locator("#time")).to_contain_text("15:00")
    await expect(page.locator(".empty")).to_be_visible()
    assert playground.stage.clock().day == 10


async def test_a_fault_is_switched_on_and_understood(page, playground):
    await page.click("#tab-faults")
    await page.get_by_role("switch", name="没有日历权限").click()
    await expect(page.locator("#tab-faults")).to_have_text("故障 (1)")
    card = await ask(page, "李娜")
    await expect(card).to_contain_text("Calendar.EventSchedule.Read")
    await page.get_by_role("switch", name="没有日历权限").click()
    await expect(page.locator("#tab-faults")).to_have_text("故障")
    assert playground.stage.switches.on == ()


async def test_the_trace_tells_each_hop_and_no_secret(page, playground):
    await ask(page, "李娜", text="约李娜明天下午3点评审，还有财务 紫色")
    await page.locator("article.said .why").last.click()
    panel = page.locator("#panel-trace")
    for hop in ("推送", "认领", "应答", "读懂", "调用", "判断", "送达"):
        await expect(panel.get_by_role("heading", name=hop).first).to_be_visible()
    await expect(panel.locator(".account-time").first).to_contain_text("明天下午3点")
    await expect(panel.locator(".account-rest").last).to_contain_text("紫")
    await expect(panel.locator(".account-person")).to_contain_text("李娜")
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await panel.get_by_role("button", name="复制成问题报告").click()
    await expect(panel.get_by_role("button", name="已复制")).to_be_visible()
    report = await page.evaluate("navigator.clipboard.readText()")
    assert "querySchedule" in report
    for secret in (playground.emulator.client_secret, "session="):
        assert secret not in report
        assert secret not in await panel.inner_html()


async def test_the_keyboard_reaches_everything_that_is_typed(page):
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(page.locator("#text")).to_be_focused()
    await page.keyboard.type("@wangf")
    await expect(page.locator("#members-menu button")).to_have_text(["王芳"])
    await page.keyboard.press("Enter")
    await expect(page.locator("#chosen .chip")).to_have_text(["@王芳 ×"])
    await page.keyboard.type(ASK)
    await page.keyboard.press("Enter")
    await expect(page.locator(".card")).to_have_count(1)
    await expect(page.locator("#text")).to_have_value("")
    await page.keyboard.press("ArrowUp")
    await expect(page.locator("#text")).to_have_value(ASK)
    await expect(page.locator("#chosen .chip")).to_have_text(["@王芳 ×"])


async def test_an_english_visitor_lands_in_an_english_group(page, playground, browser):
    async with opened(browser, playground.url, size=PHONE, locale="en-US") as visited:
        await expect(visited.locator("#chats [aria-current]")).to_have_text("Design")
        await expect(visited.locator(".empty button").first).to_contain_text("who's free next Tue")


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_every_part_of_the_page_is_accessible(page, playground, browser, scheme):
    async with opened(browser, playground.url, size=DESKTOP, color_scheme=scheme) as shown:
        await shown.locator(".empty button").first.click()
        await expect(shown.locator(".card")).to_be_visible()
        await ready(shown)
        await shown.locator(".why").last.click()
        for panel in PANELS:
            await shown.click(f"#tab-{panel}")
            assert await violations(shown) == []
        await shown.click("#time")
        assert await violations(shown) == []
        await shown.keyboard.press("Escape")
        await shown.click("#tab-calendars")
        await name_of(shown, "wangxiaoming").click()
        assert await violations(shown) == []


@pytest.mark.parametrize("size", [NARROW, LANDSCAPE], ids=["320", "landscape"])
async def test_small_screens_hold_all_of_it(page, playground, browser, size):
    async with opened(browser, playground.url, size=size, locale="en-US") as shown:
        await expect(shown.locator("#send")).to_be_in_viewport()
        await fits(shown)
        await shown.fill("#text", "is everyone free tomorrow 2-4pm")
        await shown.press("#text", "Enter")
        await expect(shown.locator(".card")).to_be_visible()
        if await shown.locator("#open-stage").is_visible():
            await shown.click("#open-stage")
        await ready(shown)
        await fits(shown)
        assert await violations(shown) == []


async def test_another_chats_message_is_told(page, playground):
    group = new_group(playground, "another chat")
    await page.reload()
    await ready(page)
    await playground.company.person("lina").says("现在有空吗", to=group)
    await expect(page.get_by_role("button", name="another chat, 有新消息")).to_be_visible()
