// Changing calendars without dragging: a meeting's times, leave, who shares, and when and where somebody works.

import { call } from "./api.js";
import { instant } from "./drag.js";
import { ask, attempt, button, choose, field, input, make, state, zoneName } from "./page.js";
import { locale, word } from "./words.js";

const [DAY_MINUTES, LONGEST_SHIFT] = [24 * 60, 16 * 60];
const KINDS = ["busy", "tentative", "leave"];
const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

const send = (person, body) => attempt(() => call(`/api/calendars/${encodeURIComponent(person.id)}`, body));

const minuteOf = (text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5));
const clock = (minute) => `${String(Math.floor(minute / 60) % 24).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
const endOf = (text) => minuteOf(text) || DAY_MINUTES;

// The page's zone keeps one offset on the days that are shown; the server names it with the board.
let offset = "+08:00";
export const useOffset = (text) => (offset = text);

const dated = (day) =>
  new Intl.DateTimeFormat(locale(), { timeZone: "UTC", weekday: "short", month: "short", day: "numeric" }).format(Date.parse(`${day}T12:00:00Z`));

export function editEntry(person, entry, day) {
  const title = `${person.name}: ${entry.event || word(entry.kind)}`;
  if (!entry.mine) {
    const choices = ["accepted", "tentative", "declined"].map((answer) =>
      ({ text: word(`reply_${answer}`), act: () => send(person, { reply: { key: entry.key, answer } }), plain: true }));
    ask(title, { content: [make("p", "hint", word("invited"))], choices });
    return;
  }
  const text = word(entry.kind === "leave" ? "endLeave" : "removeEntry");
  const remove = { text, act: () => send(person, { remove: entry.key }), plain: true };
  if (entry.all_day) {
    ask(title, { content: [make("p", "hint", dated(day))], choices: [remove] });
    return;
  }
  const form = times(entry.from, entry.to, entry.kind, entry.event ? [entry.kind] : KINDS);
  const save = { text: word("save"), act: () => send(person, { put: { ...form.read(day), key: entry.key } }) };
  ask(title, { content: form.fields, choices: [save, remove] });
}

export function editPerson(person, day, readsLeave) {
  const form = times(14 * 60, 15 * 60, "busy", KINDS);
  const add = { text: word("addEntry"), act: () => send(person, { put: form.read(day) }) };
  ask(
    person.name,
    { content: [leave(person, day, readsLeave), shares(person)], choices: [] },
    { title: `${word("addTitle")} · ${dated(day)}`, content: form.fields, choices: [add] },
    ownTime(person),
  );
}

// Switches act at once, and the dialog goes on.
function toggle(text, on, act) {
  const element = button(text, async () => {
    const now = element.getAttribute("aria-checked") !== "true";
    if ((await act(now)) !== null) element.setAttribute("aria-checked", String(now));
  }, "switch good");
  element.setAttribute("role", "switch");
  element.setAttribute("aria-checked", String(on));
  return element;
}

function leave(person, day, readsLeave) {
  const box = make("div", "toggle");
  const act = async (on) => (on ? send(person, { put: { day, kind: "leave" } }) : send(person, { end_leave: day }));
  box.append(toggle(`${word("onLeave")} · ${dated(day)}`, person.items.some((each) => each.kind === "leave"), act));
  if (!readsLeave) box.append(make("p", "hint", word("leaveUnread")));
  return box;
}

const shares = (person) => toggle(word("sharesCalendar"), person.shares, (on) => send(person, { shares: on }));

// A meeting or leave: what it is, from when to when, or all day.
function times(from, to, kind, kinds) {
  const what = choose(kinds.map((each) => [each, word(each)]), kind);
  const begins = input("time", clock(from));
  const ends = input("time", clock(to));
  const whole = input("checkbox", false);
  const check = () => {
    begins.disabled = ends.disabled = whole.checked;
    ends.setCustomValidity(whole.checked || endOf(ends.value) > minuteOf(begins.value) ? "" : word("endsFirst"));
  };
  for (const each of [begins, ends, whole]) each.addEventListener("input", check);
  begins.required = ends.required = true;
  const read = (day) => {
    if (whole.checked) return { kind: what.value, day };
    const [start, end] = [minuteOf(begins.value), endOf(ends.value)].map((minute) => instant(day, offset, minute));
    return { kind: what.value, start, end };
  };
  const fields = [field(word("from"), begins), field(word("to"), ends)];
  if (kinds.length > 1) fields.unshift(field(word("what"), what));
  if (kinds.length > 1) fields.push(field(word("wholeDay"), whole));
  return { fields, read };
}

function ownTime(person) {
  const { own } = person;
  const days = weekdays(own.days);
  const begins = input("time", own.start);
  const ends = input("time", own.end === "24:00" ? "00:00" : own.end);
  const zones = [...new Set([state.zone, ...Object.keys(state.zones), own.zone])];
  const zone = choose(zones.map((each) => [each, zoneName(each)]), own.zone);
  begins.required = ends.required = true;
  const check = () => {
    const length = (endOf(ends.value) - minuteOf(begins.value) + DAY_MINUTES) % DAY_MINUTES;
    ends.setCustomValidity(length > 0 && length <= LONGEST_SHIFT ? "" : word("shiftTooLong"));
  };
  for (const each of [begins, ends]) each.addEventListener("input", check);
  const read = () => ({ days: days.read(), start: begins.value, end: ends.value === "00:00" ? "24:00" : ends.value, zone: zone.value });
  const choices = [{ text: word("saveHours"), act: () => send(person, { own_time: read() }) }];
  if (own.is) choices.push({ text: word("companyHours"), act: () => send(person, { as_configured: true }) });
  const content = [days.element, field(word("from"), begins), field(word("to"), ends), field(word("zone"), zone)];
  return { title: word("ownHours"), content, choices };
}

function weekdays(worked) {
  const element = make("div", "weekdays");
  element.setAttribute("role", "group");
  element.setAttribute("aria-label", word("workdays"));
  const name = new Intl.DateTimeFormat(locale(), { timeZone: "UTC", weekday: "short" });
  for (const [at, day] of WEEKDAYS.entries()) {
    const each = button(name.format(Date.UTC(2026, 2, 16 + at)), () => {
      each.setAttribute("aria-pressed", String(each.getAttribute("aria-pressed") !== "true"));
    });
    each.dataset.day = day;
    each.setAttribute("aria-pressed", String(worked.includes(day)));
    element.append(each);
  }
  const read = () => [...element.children].filter((each) => each.getAttribute("aria-pressed") === "true").map((each) => each.dataset.day);
  return { element, read };
}
