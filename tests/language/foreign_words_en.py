"""English clauses that stand in a right request and are none of its time and people, as office workers type them."""

TOPICS = (
    "the budget", "Q3 hiring", "product demo", "design review", "the March launch retro", "payroll migration",
    "vendor pricing", "onboarding checklist", "the outage postmortem", "renewal terms", "brand refresh",
    "the 2027 roadmap", "OKR calibration", "warehouse move", "customer churn", "the data pipeline",
    "landing page copy", "travel policy", "load test results", "expense approvals", "security audit findings",
    "the app store rejection", "sales commissions", "API deprecation", "user interviews", "contract redlines",
    "the checkout bug",
)  # fmt: skip

ASKED_TOPIC_FRAMES = ("{request} about {clause}", "{request} to discuss {clause}")

TOPIC_FRAMES = (
    "{request} about {clause}", "{request} to discuss {clause}", "{request}, titled {clause}",
    "{request}, title: {clause}",
)  # fmt: skip

ROOMS = (
    "room 1204", "room B-305", "meeting room 3", "conference room 4.12", "the Maple room", "room A201",
    "boardroom 2", "room 9-11", "the West Lake room", "meeting room Everest", "room 5B",
    "conference room Atlas", "the big meeting room", "room 210", "the training room", "bldg 5-6 room 2",
    "room F8-01", "meeting room 10", "the Oak room", "room 315", "the 7th floor boardroom", "conference room C",
    "room 2.30", "the Harbour room", "meeting room Kepler", "room 1630",
)  # fmt: skip

ROOM_FRAMES = (
    "{request} in {clause}", "{request}, in {clause}", "{request}, {clause}", "{request}, place: {clause}",
)  # fmt: skip

NAMES = (
    "Gwendolyn", "Farouk", "Bjorn", "Stefan", "Dmitri", "Oksana", "Thaddeus", "Priyanka", "Ingrid", "Wolfgang",
    "Esmeralda", "Kwame", "Sixto", "Yolanda", "Fitzgerald", "Nikolai", "Beatrix", "Hiroshi", "Ludmila",
    "Percival", "Anastasia", "Ravindra", "Marguerite", "Tobias Ek", "Olga Petrova", "Hamish Doyle", "Ximena",
)  # fmt: skip

LINKS = (
    "https://docs.example.com/d/2026/12/10/me", "http://wiki.example.com/p/9-11",
    "https://example.com/meeting?at=15:00", "https://git.example.org/team/app/-/merge_requests/1024",
    "www.example.com/friday/10am", "https://example.com/#/all/2pm", "https://jira.example.com/browse/OPS-1130",
    "https://example.com/s/12-08_14-00", "http://10.0.3.12:8080/", "https://example.com/u/alice",
    "https://example.com/bob-and-zoe", "https://forum.example.com/t/30min", "https://example.com/v2.14.3/notes",
    "https://example.com/2026-12-24.pdf", "https://example.com/every-tuesday", "https://example.com/next-week",
    "https://drive.example.com/x/1a2B3c", "http://example.com/?q=9:30-11:00", "finance@example.com",
    "ann.friday@example.com", "https://example.com/a/20261130", "https://example.com/team/design",
    "https://example.com/now", "https://sheet.example.com/?tab=3&row=15",
    "https://example.com/product/everyone", "https://example.com/9am",
)  # fmt: skip

LINK_FRAMES = ("{request} {clause}", "{clause} {request}", "{request} ({clause})")

QUOTED = (
    "how about Friday 5pm?", "Bob wrote: I'm out Thursday", "9am works", "Zoe: next week is fine",
    "can everyone join?", "cancel it then", "release is tonight at 8", "Dec 24 is off",
    "Alice: half an hour is enough", "every Tuesday from now on", "book Saturday 10am", "lunch?",
    "moved to Monday", "room A201 is taken", "16:00-17:00 is full", "ok", "Ann 14:22 running late",
    "who's around now", "title: offsite", "3:30 is bad", "due by end of month", "remind me 10 minutes before",
    "Cal: fine with me", "we need 2 hours", "maybe the day after", "sorry, on leave until the 5th",
)  # fmt: skip

EMOTICONS = (
    ":)", ":-)", ";-)", "😂", "🙏", "👍", "^_^", "\\o/", "<3", "😅", "🙏🙏", ":D", ":P", "🚀", "haha", "lol",
    "😬", "🤞", "xD", "(:", "🎉🎉", "❤️", "¯\\_(ツ)_/¯", "🥲", "✌️", "hehe", "😄",
)  # fmt: skip

POLITE_BEFORE = (
    "hi", "hello there", "hey", "good morning", "sorry to bother you", "quick question", "hi team", "please",
    "excuse me", "hey there", "hope you're well", "morning", "dear bot",
)  # fmt: skip

POLITE_BEHIND = (
    "thanks", "thank you so much", "cheers", "many thanks", "thx", "ta", "much appreciated",
    "please and thank you", "thanks a lot", "thanks in advance", "if you don't mind", "pls", "thanks a million",
    "you're a star",
)  # fmt: skip

REMINDERS = (
    ("remind us 10 minutes before", 10), ("remind me 5 min before", 5),
    ("with a reminder 15 minutes before", 15), ("reminder 30 min before", 30),
    ("remind me a quarter of an hour before", 15), ("remind me half an hour before", 30),
    ("remind everyone 10 min ahead", 10), ("set a reminder for 20 minutes before", 20),
    ("reminder: 15 min", 15), ("with a 10 minute reminder", 10), ("remind me an hour before", 60),
    ("ping me 5 minutes before", 5), ("remind us 15 mins beforehand", 15), ("reminder one hour before", 60),
    ("and remind me 30 minutes prior", 30), ("remind me two hours before", 120),
    ("reminder 5 minutes in advance", 5), ("remind them 10 minutes before it starts", 10),
    ("with a reminder half an hour before", 30), ("remind me ten minutes before", 10),
    ("give me a reminder 45 min before", 45), ("please remind me 10min before", 10),
    ("remind us twenty minutes before", 20), ("set reminder 5 min before", 5),
    ("15-minute reminder please", 15),
)  # fmt: skip

VERSIONS = (
    "v2.14.3 is frozen", "this is build 3.10.2", "app 8.0.11 keeps crashing", "Android 12 misbehaves",
    "iOS 17.4.1 is done", "firmware 1.15.30 is flashed", "node 18.12 won't start", "Python 3.11 is in",
    "kernel 5.10.9 rolled back", "release-12.8 is stuck", "SDK 4.3.0 throws", "chrome 119 goes blank",
    "MySQL 8.0.36 is slow", "the spec is at rev 2.3", "HTTP/1.1 only", "we ship ubuntu 20.04",
    "Vue 3.4.15 fails", "jdk17 breaks the build", "PRD v1.8 is out", "branch rc-9.30", "k8s 1.28 exploded",
    "postgres 15.2 is down", "ISO 27001-2022 passed", "package 11.20.3", "Terraform 1.5.7 drifts",
)  # fmt: skip

NUMBERS = (
    "budget is 12k", "ext 4512", "ticket 80412", "bring 20 printouts", "it's an 87-slide deck",
    "conversion fell 3.5%", "invoice 9.9k is open", "parking is B2-14", "order PO-20260318", "2 bugs left",
    "15 crates arrived", "PR #318 is blocked", "margin is 18.5%", "part no. A-0930", "hotline 400-820-8820",
    "chased them 5 times", "flat 1207", "my desk is 6-14", "it weighs 8.5 kg", "only 30 units left",
    "drawing no. 4 is void", "cost 1,030 dollars", "bring a 3.5 inch disk", "fuel is 2.5 a litre",
    "we rank 11th",
)  # fmt: skip

SENTENCES = (
    "the client keeps chasing us", "the server is down again", "the aircon is broken",
    "the fish in the canteen was off", "the printer jammed", "accounting bounced the form",
    "the samples are stuck in customs", "the lift is out of order", "nobody can find the projector cable",
    "legal rewrote the whole contract", "the numbers don't add up", "the warehouse is flooded",
    "production has stopped", "the competition cut prices", "the courier mixed up the parcels",
    "my badge stopped working", "the domain is about to lapse", "somebody cut the fibre",
    "the boss looked grim", "staging is on fire", "the supplier vanished", "the quote was rejected",
    "the tender misses a stamp", "the drilling upstairs is unbearable", "the coffee machine ran dry",
    "the dashboard shows garbage",
)  # fmt: skip

DEEDS = (
    "fix the printer", "grab a latte", "turn off the aircon", "pick up the parcel", "water the plants",
    "reconcile the ledger", "restart the badge reader", "wipe the logs", "kick the build", "hang the banner",
    "repot the ficus", "clean the whiteboard", "count the stock", "feed the fish", "fetch a ream of paper",
    "carry the speakers", "solder two boards", "stamp the form", "pull the backup", "walk the dog",
    "charge the projector", "reimage the server", "defrost the fridge", "order more toner", "rewire the rack",
    "iron the tablecloth",
)  # fmt: skip

ADVERBS = (
    "stealthily", "grudgingly", "sneakily", "flamboyantly", "reluctantly", "ceremoniously", "haphazardly",
    "bravely", "sheepishly", "methodically", "nonchalantly", "zealously", "begrudgingly", "frugally",
    "whimsically", "discreetly", "boldly", "clumsily", "diligently", "mischievously", "stubbornly",
    "gracefully", "ruthlessly", "cheekily", "solemnly", "wearily",
)  # fmt: skip
