"""The same request in Chinese and in English is the same value."""

from datetime import datetime

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
]
NOWS = [TUESDAY, FRIDAY, SUNDAY, datetime(2026, 12, 31, 23, 50, tzinfo=SHANGHAI)]


@pytest.mark.parametrize("now", NOWS, ids=lambda now: f"{now:%a %d %b %H:%M}")
@pytest.mark.parametrize(("zh", "en"), PAIRS)
def test_a_request_means_the_same_in_both_languages(zh: str, en: str, now: datetime) -> None:
    chinese, english = request(zh, now=now), request(en, now=now)
    for name in ("intent", "windows", "duration", "who", "zone"):
        assert getattr(chinese, name) == getattr(english, name), name
    assert (chinese.problem is None) == (english.problem is None)
