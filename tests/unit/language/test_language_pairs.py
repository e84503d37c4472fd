"""The same request in Chinese and in English is the same value."""

import re
from datetime import datetime, timedelta

import pytest
from said import FRIDAY, SHANGHAI, SUNDAY, TUESDAY, request

PAIRS = [
    ("谁周二下午2点到4点有空", "who's free Tue 2-4pm"),
    ("明天下午谁有空", "who is free tomorrow afternoon"),
    ("谁现在有空", "who is free now"),
    ("后天上午谁有空", "who's free the day after tomorrow in the morning"),
    ("今晚谁有空", "who's free tonight"),
    ("周五中午谁有空", "who's free Friday lunchtime"),
    ("明天3点谁有空", "who's free tomorrow at 3"),
    ("明天2点到4点谁有空", "who's free tomorrow 2-4"),
    ("明天上午9点到11点谁有空", "who's free tomorrow 9-11am"),
    ("周四14:00到15:30谁有空", "who's free Thursday 14:00-15:30"),
    ("周三下午三点一刻谁有空", "who's free Wed at quarter past 3pm"),
    ("明天下午两点半谁有空", "who's free tomorrow at half past 2 pm"),
    ("半小时后谁有空", "who's free in half an hour"),
    ("两个小时后谁有空", "who's free in two hours"),
    ("未来两小时内谁有空", "who's free within two hours"),
    ("三天后谁有空", "who's free in 3 days"),
    ("接下来三天谁有空", "who's free in the next 3 days"),
    ("今天谁有空", "who's free today"),
    ("明天谁有空", "who's free tomorrow"),
    ("周五谁有空", "who's free on Friday"),
    ("本周六谁有空", "who's free this Saturday"),
    ("下周谁有空", "who's free next week"),
    ("这周谁有空", "who's free this week"),
    ("下下周谁有空", "who's free the week after next"),
    ("这周末谁有空", "who's free this weekend"),
    ("下个月谁有空", "who's free next month"),
    ("12月3号谁有空", "who's free December 3rd"),
    ("11/30谁有空", "who's free 11/30"),
    ("2026-12-01谁有空", "who's free 2026-12-01"),
    ("30号谁有空", "who's free on the 30th"),
    ("下个月5号谁有空", "who's free on the 5th of next month"),
    ("周三到周五谁有空", "who's free Wednesday to Friday"),
    ("12月1号到3号谁有空", "who's free Dec 1 to 3"),
    ("周三到周五下午谁有空", "who's free Wed-Fri afternoons"),
    ("周四或周五下午3点谁有空", "who's free Thu or Fri at 3pm"),
    ("明天下午3点以后谁有空", "who's free after 3pm tomorrow"),
    ("明天中午之前谁有空", "who's free before noon tomorrow"),
    ("周五之前谁有空", "who's free before Friday"),
    ("明天工作时间谁有空", "who's free during working hours tomorrow"),
    ("明天凌晨1点到3点谁有空", "who's free 1-3am tomorrow"),
    ("今晚12点谁有空", "who's free midnight tonight"),
    ("东京时间明天上午10点谁有空", "who's free 10am Tokyo time tomorrow"),
    ("纽约时间周四上午9点谁有空", "who's free 9am New York time on Thursday"),
    ("从现在到下午6点谁有空", "who's free from now until 6pm"),
    ("月底前找半小时", "find half an hour by the end of the month"),
    ("下周找一小时", "find an hour next week"),
    ("明天找45分钟", "find 45 minutes tomorrow"),
    ("下周找一个半小时,不要周五", "find an hour and a half next week, not Friday"),
    ("明天找一小时，避开午饭", "find an hour tomorrow avoiding lunch"),
    ("下周找一小时，只要上午", "find an hour next week, mornings only"),
    ("大家什么时候都有空", "when is everyone free"),
    ("我什么时候有空", "when am I free"),
    ("看下大家本周的忙闲", "show everyone's free/busy this week"),
    ("我明天的日程", "my calendar tomorrow"),
    ("约明天下午3点开会", "book a meeting tomorrow 3pm"),
    ("约周五14:00到15:00", "book Friday 14:00-15:00"),
    ("我明天有空吗", "am I free tomorrow"),
    ("大家周五下午有空吗", "is everyone free Friday afternoon"),
    ("设计组周五有空吗", "is design free on Friday"),
    ("停止日报", "stop the digest"),
    ("每天9:10发日报", "daily digest at 9:10"),
    ("暂停到周五", "pause until Friday"),
    ("团队有谁", "who is in the team"),
    ("时区 东京", "timezone Tokyo"),
    ("帮助", "help"),
    ("周一上午谁有空", "who's free Monday morning"),
    ("周二晚上谁有空", "who's free Tuesday evening"),
    ("周日谁有空", "who's free on Sunday"),
    ("这周五谁有空", "who's free this Friday"),
    ("周三下午3点谁有空", "who's free Wednesday at 3pm"),
    ("周四上午10点到11点谁有空", "who's free Thursday 10-11am"),
    ("周五下午1点到下午2点半谁有空", "who's free Friday 1pm-2:30pm"),
    ("明天16:30谁有空", "who's free tomorrow at 16:30"),
    ("明天08:00谁有空", "who's free tomorrow at 08:00"),
    ("明天下午四点三刻谁有空", "who's free tomorrow at quarter to five pm"),
    ("明天中午12点谁有空", "who's free tomorrow at noon"),
    ("明天早上8点谁有空", "who's free tomorrow at 8am"),
    ("明天晚上8点谁有空", "who's free tomorrow at 8pm"),
    ("明天晚上7点到9点谁有空", "who's free tomorrow 7-9pm"),
    ("今天下午谁有空", "who's free this afternoon"),
    ("今天下午5点以后谁有空", "who's free after 5pm today"),
    ("后天谁有空", "who's free the day after tomorrow"),
    ("昨天谁有空", "who was free yesterday"),
    ("十分钟后谁有空", "who's free in ten minutes"),
    ("90分钟后谁有空", "who's free in 90 minutes"),
    ("一小时后谁有空", "who's free in an hour"),
    ("两天后谁有空", "who's free in two days"),
    ("一周后谁有空", "who's free in a week"),
    ("两周后谁有空", "who's free in two weeks"),
    ("接下来两天谁有空", "who's free in the next two days"),
    ("接下来一小时谁有空", "who's free in the next hour"),
    ("下个周末谁有空", "who's free next weekend"),
    ("这个月谁有空", "who's free this month"),
    ("下周末谁有空", "who's free next weekend"),
    ("下周上午谁有空", "who's free next week in the mornings"),
    ("12月25号谁有空", "who's free 25 December"),
    ("1月8号下午谁有空", "who's free on the afternoon of January 8"),
    ("2027年1月4号谁有空", "who's free January 4, 2027"),
    ("2027-01-04谁有空", "who's free 2027-01-04"),
    ("12月3号下午2点谁有空", "who's free Dec 3 at 2pm"),
    ("15号下午谁有空", "who's free the afternoon of the 15th"),
    ("12月1号到12月5号谁有空", "who's free from December 1 to December 5"),
    ("周一到周三上午谁有空", "who's free Mon-Wed mornings"),
    ("周二和周四谁有空", "who's free Tuesday and Thursday"),
    ("周一、周三、周五上午谁有空", "who's free Mon, Wed, Fri mornings"),
    ("明天或后天谁有空", "who's free tomorrow or the day after"),
    ("周二或周四下午2点到4点谁有空", "who's free Tue or Thu 2-4pm"),
    ("明天上午10点到11点，或者周五下午3点到4点谁有空", "who's free tomorrow 10-11am, or Friday 3-4pm"),
    ("明天上午11点之前谁有空", "who's free before 11am tomorrow"),
    ("周五之前找一小时", "find an hour before Friday"),
    ("周五上午9点以后谁有空", "who's free after 9am on Friday"),
    ("周三晚上6点以后谁有空", "who's free after 6pm on Wednesday"),
    ("伦敦时间明天上午9点谁有空", "who's free tomorrow 9am London time"),
    ("东京时间周五14:00到15:00谁有空", "who's free Friday 14:00-15:00 Tokyo time"),
    ("明天找一小时", "find an hour tomorrow"),
    ("下周找90分钟", "find 90 minutes next week"),
    ("这周找半小时", "find half an hour this week"),
    ("周四下午找一小时", "find an hour on Thursday afternoon"),
    ("下周找两小时，不要周一", "find two hours next week, not Monday"),
    ("本周找一小时，除了周三", "find one hour this week except Wednesday"),
    ("约明天上午10点，45分钟", "book tomorrow 10am for 45 minutes"),
    ("约下周三下午2点到3点", "book Wednesday next week 2-3pm"),
    ("我现在有空吗", "am I free now"),
    ("我周四下午有空吗", "am I free Thursday afternoon"),
    ("大家明天什么时候有空", "when is everyone free tomorrow"),
    ("看下团队下周的忙闲", "show the team's free/busy next week"),
    ("我下周的日程", "my calendar next week"),
    ("设计组明天下午谁有空", "who in design is free tomorrow afternoon"),
    ("用英文", "speak English"),
    ("2月31号谁有空", "who's free Feb 31"),
    ("明天25:00谁有空", "who's free tomorrow at 25:00"),
    ("明天下午4点到下午2点谁有空", "who's free tomorrow 4pm to 2pm"),
    ("谁有空", "who is free"),
]
NOWS = [
    TUESDAY,
    FRIDAY,
    SUNDAY,
    datetime(2026, 12, 31, 23, 50, tzinfo=SHANGHAI),
    datetime(2027, 1, 4, 0, 0, tzinfo=SHANGHAI),
    datetime(2028, 2, 28, 12, 30, tzinfo=SHANGHAI),
    datetime(2027, 5, 12, 8, 15, tzinfo=SHANGHAI),
]


@pytest.mark.parametrize("now", NOWS, ids=lambda now: f"{now:%a %d %b %H:%M}")
@pytest.mark.parametrize(("zh", "en"), PAIRS)
def test_a_request_means_the_same_in_both_languages(zh: str, en: str, now: datetime) -> None:
    chinese, english = request(zh, now=now), request(en, now=now)
    for name in ("intent", "windows", "duration", "who", "zone"):
        assert getattr(chinese, name) == getattr(english, name), name
    assert (chinese.problem is None) == (english.problem is None)


DATED = re.compile(r"[月号/]|\d{4}-|纽约|伦敦")
"""What ties a request to the calendar, or to a zone with summer time, so that other weeks are not alike."""


@pytest.mark.parametrize("weeks", [1, 7, 52, 200])
@pytest.mark.parametrize(("zh", "en"), [pair for pair in PAIRS if not DATED.search(pair[0])])
def test_a_request_without_a_date_moves_with_now_by_whole_weeks(zh: str, en: str, weeks: int) -> None:
    by = timedelta(weeks=weeks)
    for text, now in [(text, now) for text in (zh, en) for now in NOWS]:
        here, there = request(text, now=now), request(text, now=now + by)
        moved = [(window.start + by, window.end + by) for window in here.windows]
        assert moved == [(window.start, window.end) for window in there.windows], (text, now)
        assert [len(other.windows) for other in here.alternatives] == [
            len(other.windows) for other in there.alternatives
        ], (text, now)
