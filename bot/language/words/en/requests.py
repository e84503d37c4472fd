"""English words of requests: grammar that says nothing by itself, politeness, topics, errands, rooms, actions."""

from __future__ import annotations

from bot.language.tags import Tag
from bot.language.tokens import Entry, Kind

_GRAMMAR = (
    "let, if, whether, so, because, cause, cos, cuz, as, like to, would like, i'd like, want to, wanna, gonna, "
    "going to, "
    "need to, needs to, needed, have to, has to, had to, got to, gotta, trying to, try to, hoping to, hope to, "
    "looking to, wondering, wonder, was wondering, curious, really, actually, still, yet, already, always, ever, "
    "never mind, again, also, too, either, neither, both, even, quite, very, pretty, most, mostly, mainly, least, "
    "less, rather, than, much, many, lots, lot, plenty, enough, such, same as, kind of, sort of, right, well, "
    "alright, all right, sure, yes, yep, yeah, yup, no worries, nice, good, fine, find out, figure out, see if, "
    "see whether, see who, do you know, any idea, do you think, any chance, is it possible, would it be possible, "
    "who else, what about, ones, thing, things, stuff, way, ways, case, in case, time being, into, onto, off, up, "
    "down, back, out of it, away from, through it, across, along, against, per, via, upon, when's, where, where's, "
    "why, whatever, whenever, wherever, however, myself, yourself, himself, herself, ourselves, themselves, "
    "does it, each other, other, others, another, else, different, certain, particular, work out, works best, "
    "work best, best, better, kindly, though, although, unless, until then, currently at, right there, over there, "
    "over here, able, unable, fits, fit, suits, suit, happen, happens, happening, start with, doing, going, "
    "coming over, getting, having, making, taking, keeping, using, keep, put, set, get hold of, hold, holding, "
    "arranged, arranging, scheduled, scheduling, planned, planning, booked, booking for, had, has been, have been, "
    "will be, won't, wouldn't, couldn't, shouldn't, didn't, doesn't, haven't, hasn't, hadn't, wasn't, weren't, "
    "ain't, cannot, dont, doesnt, isnt, arent, cant, wont, any other, any of these, any of those, any of them, "
    "none of, any, anyone's, nobody's, some, around here, you'd, they'd, he'd, she'd, it'd, we'd, that's, there's, "
    "that'll, you've, they've, who'd, what'll, hasnt, wasnt, im, ive, id like, that, this, grab, squeeze, "
    "carve out, spare, snag, nab, pencil, pencil me in, slot in, fit in, get in, sometime around, roughly around, "
    "something, a few of us, touch base about, work, work for, work out for, work with, push, bring, forward, "
    "delay, mark it as busy, mark it busy, mark it, mark as, mark that, mark the"
)
_POLITE = (
    "thanks, thank you, thx, thks, cheers, great, awesome, perfect, cool, lovely, thanks a lot, thanks so much, "
    "thanks a million, thanks a bunch, thanks in advance, many thanks, much appreciated, thank you so much, "
    "thank you very much, thanks very much, thanx, tks, thnx, tnx, cheers mate, appreciate it, appreciated, "
    "really appreciate it, i appreciate it, would be great, that would be great, that'd be great, would be nice, "
    "no rush, no hurry, no worries if not, no pressure, when you get a chance, when you have a moment, "
    "if you don't mind, if that's ok, if that's okay, if it's not too much trouble, sorry to bother, "
    "sorry to bother you, excuse me, hi there, hello there, hey there, hi all, hello all, hi everyone, hi team, "
    "hey team, hi folks, hi guys, hey guys, hey all, hello everyone, dear all, dear team, good day, howdy, yo, "
    "hiya, morning all, morning everyone, morning team, have a good one, have a nice day, have a great day, "
    "have a good day, have a great weekend, have a nice weekend, have a good weekend, nice weekend, happy friday, "
    "happy monday, bye, bye bye, goodbye, see ya, see you, cya, ttyl, talk soon, take care, best wishes, best, "
    "kind wishes, rgds, lol, haha, hahaha, hehe, oh, ah, um, uh, hmm, wow, oops, well done, good job, nice work, "
    "congrats, congratulations, np, nvm, got it, noted, understood, roger, sounds good, will do, on it, fyi, btw, "
    "imo, imho, afaik, tbh, ok great, ok thanks, okay thanks, ok cool, ok then, no problem, you're welcome, "
    "welcome, my pleasure, good morning, good afternoon, good evening, morning everyone, evening all, "
    "hope you're well, hope you are well, hope all is well, hope you're doing well, hope this finds you well, "
    "i hope you're well, dear bot, dear assistant, dear, hey bot, hi bot, hello bot, ok bot, bot, ta, orz, lmao, "
    "rofl, smh, asap please, pretty please, if you can, if you could, would you kindly, sorry for the short notice, "
    "apologies, my apologies, no biggie, all good, good stuff, great work, keep it up, you rock, you're the best, "
    "you are the best, bless you, cheers all, thanks all, thanks everyone, thanks team, thank you all, "
    "thanks again, thanks much, thanks a ton, ty so much, thx a lot, thx so much, ty all, thx all, thanks heaps, "
    "thank u, thank u so much, tysm, cheers everyone, much obliged, lifesaver, life saver, you're a star, "
    "you are a star, legend, you legend, brilliant, fantastic, wonderful, excellent, super, superb, terrific, "
    "amazing, cheers for that, cheers for, thanks for, thank you for, grateful, very kind, so kind, kind of you, "
    "owe you one, i owe you one, you saved me, good one, fair enough, makes sense, sure thing, okey dokey, okie, "
    "okay thanks, alrighty, roger that, copy that, all set, good to know, will do thanks, right on, gotcha, my bad, "
    "whoops, yay, woohoo, hooray, nice one, bravo, thumbs up, hhh, hh, hhhh, emm, emmm, hmmm"
)
_ERRANDS = (
    "taxi, cab, uber, lyft, didi, flight, flights, plane, train, ticket to, tickets, hotel, airbnb, table, "
    "table for, restaurant, restaurant table, haircut, hair appointment, barber, salon, massage, spa, dentist, "
    "doctor, doctor's appointment, doctors appointment, dentist appointment, dentist's appointment, clinic, "
    "hospital, vet, pizza, pizzas, sandwich, sandwiches, cake, cakes, food, takeaway, takeout, catering, groceries, "
    "flowers, gift, gifts, parking, parking space, parking spot, car, rental car, car service, driver, courier, "
    "parcel, package, alarm, timer, to do, todo, to do list, shopping list, grocery list, task, tasks, email to, "
    "an email, mail to, passport, visa, license, insurance, bill, bills, invoice, payment, song, music, playlist, "
    "movie tickets, oil change, repair, plumber, electrician, gym, yoga class, workout, laundry, dry cleaning, "
    "rent, dry cleaner, groceries list, library, book club, books, pharmacy, prescription, bank, post office, "
    "haircuts, car wash, uber eats, delivery, a cab, printer, printing, wine, drinks order, lunch for, "
    "dinner reservation, reservation, reservations, pto request, a pto request, vacation request, leave request, "
    "time off request, request time off, request pto, request vacation, vacation days, a vacation, timecard, "
    "timesheet, expense report"
)
_TITLED = "title, titled, title it, called, call it, named, name it, subject, topic, agenda is, agenda item, theme"
_TOPICS = (
    "regarding, re, concerning, to discuss, discuss, discussing, discussion of, discussion about, discussion on, "
    "to talk about, talk about, talking about, talk through, to go over, go over, going over, go through, "
    "going through, to review, reviewing, to chat about, chat about, to cover, covering the, to sync on, sync on, "
    "catch up on, to align on, align on, to finalize, to finalise, finalize, finalise, to plan, to prepare, "
    "prepare for, to walk through, walk through, brainstorm, brainstorming, to brainstorm, with regard to, "
    "with regards to, in regards to, on the topic of, on the subject of, kick off the, run through"
)
_VIDEO = (
    "online, video, video call, video meeting, zoom, zoom call, teams call, teams meeting, google meet, virtual, "
    "virtually, remote, remotely, by video, over video, on zoom, via zoom, on teams, dingtalk meeting, "
    "video conference, webex"
)
_MOVES = (
    "reschedule, postpone, push back, push it back, move my, move the, move our, move it, move that, shift the, "
    "shift my, bring forward, reschedule my, reschedule the, reschedule it, rescheduling, rebook, push my, "
    "push our, push the, push back my, push back the, bump my, bump the, bump it, moving my"
)
_MINE = (
    "my bookings, my meetings with youkong, bookings, meetings i booked, meetings i made, what did i book, "
    "what i booked, what have i booked, my booked meetings, meetings booked by me, list my bookings, "
    "show my bookings"
)
_REMINDING = (
    "remind us, remind everyone, remind, reminding, nudge, notify, notify everyone, tell everyone, announce, "
    "announcement"
)
_TALK = (
    "see you then, see you there, see you at, see you in, see you on, see you tomorrow, see you later, "
    "see you soon, talk to you, talk later, catch you later, speak soon, speak then, until tomorrow, till tomorrow, "
    "have a great, have a nice, have a good, have a lovely, happy, enjoy, enjoy your, safe travels, good luck, "
    "good night, sleep well, merry"
)

_ROLES = (
    "boss, manager, vendor, vendors, client, clients, customer, customers, supplier, suppliers, auditor, auditors, "
    "lawyer, lawyers, intern, interns, assistant, secretary, director, ceo, cto, cfo, hr, accountant, contractor, "
    "consultant, investors, investor, colleague, colleagues, teammate, teammates, coworker, coworkers, landlord, "
    "recruiter, candidate, candidates"
)

_ORDERS = (
    "please, can you, could you, would you, will you, can you please, could you please, would you please, pls, plz, "
    "help me, i'd like you to, i want you to, i need you to"
)

_OWN_HOURS = (
    "i work, i don't work, i start, i finish, i start work, i finish work, i only work, my workday, my hours, "
    "my hours are, my work hours, i'm based, based in, i'm working, i live in, i'm not working, i am not working, "
    "my days off"
)

WORDS: dict[str, Entry] = {}
for _entry, _words in (
    (Entry(Kind.TOPIC, 1), _TITLED),
    (Entry(Kind.TOPIC), _TOPICS),
    (Entry(Kind.ERRAND), _ERRANDS),
    (Entry(Kind.VIDEO), _VIDEO),
    (Entry(Kind.MOVE), _MOVES),
    (Entry(Kind.MINE), _MINE),
    (Entry(Kind.ANNOUNCE), _REMINDING),
    (
        Entry(Kind.OWN_HOURS, 1),
        _OWN_HOURS,
    ),
    (Entry(Kind.VENUE), "location, venue, place, place is, location is, where is it, whereabouts"),
    (Entry(Kind.BE, 0, Tag.TALK), _TALK),
    (Entry(Kind.BE, 0, Tag.ROLE), _ROLES),
    (Entry(Kind.BE, 0, Tag.ORDER), _ORDERS),
    (Entry(Kind.BE, 0, Tag.POLITE), _POLITE),
    (Entry(Kind.BE), _GRAMMAR),
):
    for _word in _words.split(", "):
        WORDS.setdefault(_word, _entry)
