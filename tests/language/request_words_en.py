"""English words of the generated requests, each with what it means."""

from request_rules import HOUR, WORK_END, Day, Span

NAMES = ("Alice", "Bob", "Carol", "Dave", "Priya", "Wang Wei", "April", "May", "Tom", "Grace")

# (bare form, form after a clock time, meaning)
DAYS: tuple[tuple[str, str, Day], ...] = (
    ("today", "today", Day("ahead", 0)),
    ("tomorrow", "tomorrow", Day("ahead", 1)),
    ("tmr", "tmr", Day("ahead", 1)),
    ("the day after tomorrow", "the day after tomorrow", Day("ahead", 2)),
    ("Monday", "on Monday", Day("weekday", 0)),
    ("Tue", "on Tue", Day("weekday", 1)),
    ("Wednesday", "on Wednesday", Day("weekday", 2)),
    ("Thu", "on Thu", Day("weekday", 3)),
    ("Friday", "on Friday", Day("weekday", 4)),
    ("Saturday", "on Saturday", Day("weekday", 5)),
    ("Sunday", "on Sunday", Day("weekday", 6)),
    ("this Friday", "this Friday", Day("this", 4)),
    ("this Saturday", "this Saturday", Day("this", 5)),
    ("this Sunday", "this Sunday", Day("this", 6)),
    ("next Monday", "next Monday", Day("next", 0)),
    ("next Tuesday", "next Tuesday", Day("next", 1)),
    ("next Thu", "next Thu", Day("next", 3)),
    ("Friday next week", "on Friday next week", Day("next", 4)),
    ("Wednesday after next", "on Wednesday after next", Day("next", 2, weeks=2)),
    ("Nov 25", "on Nov 25", Day("date", 25, month=11)),
    ("March 8th", "on March 8th", Day("date", 8, month=3)),
    ("3 December", "on 3 December", Day("date", 3, month=12)),
    ("7/20", "on 7/20", Day("date", 20, month=7)),
    ("the 28th", "on the 28th", Day("of_month", 28)),
)

POINTS: tuple[tuple[str, Span], ...] = (
    ("at 3pm", Span("point", 15 * HOUR)),
    ("at 3", Span("point", 15 * HOUR, ambiguous=True)),
    ("at 10:30", Span("point", 10 * HOUR + 30)),
    ("at 15:00", Span("point", 15 * HOUR)),
    ("at noon", Span("point", 12 * HOUR)),
    ("at half past two", Span("point", 14 * HOUR + 30, ambiguous=True)),
    ("at quarter past nine", Span("point", 9 * HOUR + 15)),
    ("at 4:45 pm", Span("point", 16 * HOUR + 45)),
    ("at 8am", Span("point", 8 * HOUR)),
    ("at 7 p.m.", Span("point", 19 * HOUR)),
    ("at 11", Span("point", 11 * HOUR)),
    ("at 2 o'clock", Span("point", 14 * HOUR, ambiguous=True)),
)

RANGES: tuple[tuple[str, Span], ...] = (
    ("2-4pm", Span("range", 14 * HOUR, 16 * HOUR)),
    ("from 2 to 4pm", Span("range", 14 * HOUR, 16 * HOUR)),
    ("between 10 and 11:30", Span("range", 10 * HOUR, 11 * HOUR + 30)),
    ("14:00-16:00", Span("range", 14 * HOUR, 16 * HOUR)),
    ("9-10am", Span("range", 9 * HOUR, 10 * HOUR)),
    ("11-1", Span("range", 11 * HOUR, 13 * HOUR)),
    ("1:30-3pm", Span("range", 13 * HOUR + 30, 15 * HOUR)),
    ("from 10 to noon", Span("range", 10 * HOUR, 12 * HOUR)),
    ("9:30–10:30am", Span("range", 9 * HOUR + 30, 10 * HOUR + 30)),
    ("10am-2pm", Span("range", 10 * HOUR, 14 * HOUR)),
    ("from 3 until 4:15", Span("range", 15 * HOUR, 16 * HOUR + 15, ambiguous=True)),
    ("1400-1530", Span("range", 14 * HOUR, 15 * HOUR + 30)),
    ("11:30-12:30", Span("range", 11 * HOUR + 30, 12 * HOUR + 30)),
)

PARTS: tuple[tuple[str, Span], ...] = (
    ("morning", Span("part", 9 * HOUR, 12 * HOUR)),
    ("afternoon", Span("part", 13 * HOUR, 18 * HOUR)),
    ("evening", Span("part", 18 * HOUR, 22 * HOUR)),
    ("lunchtime", Span("part", 12 * HOUR, 14 * HOUR)),
)

OPEN_ENDS: tuple[tuple[str, Span], ...] = (
    ("after 3pm", Span("after", 15 * HOUR, WORK_END)),
    ("after 10am", Span("after", 10 * HOUR, WORK_END)),
    ("from 2pm onwards", Span("after", 14 * HOUR, WORK_END)),
    ("before noon", Span("before", 0, 12 * HOUR)),
    ("before 11", Span("before", 0, 11 * HOUR)),
    ("before 4pm", Span("before", 0, 16 * HOUR)),
)

DURATIONS = (("30 min", 30), ("45 minutes", 45), ("an hour", 60), ("90 min", 90), ("two hours", 120))
ZONES = (
    ("Tokyo time", "Asia/Tokyo"),
    ("London time", "Europe/London"),
    ("New York time", "America/New_York"),
    ("Berlin time", "Europe/Berlin"),
    ("UTC", "UTC"),
)

WHO_FREE = ("who's free {t}", "who is available {t}?", "anyone free {t}?", "hi, who can help {t}?", "{t}, who's free?")
IS_FREE = ("is {who} free {t}", "is @{who} available {t}?", "does {who} have time {t}?", "will {who} be around {t}")
BOOK = ("book a meeting with {who} {t}", "please set up a call with {who} {t}", "schedule a call with {who} {t}")
FIND = ("find {dur} with {who} {t}", "I need {dur} with {who} {t}", "can you find {dur} for me and {who} {t}?")
