// Changing calendars without dragging: a meeting's times, and whether somebody shares, is away, or has one more.

import { call } from "./api.js";
import { instant } from "./drag.js";
import { ask, attempt, field, input, make } from "./page.js";
import { word } from "./words.js";

const send = (person, body) => attempt(() => call(`/api/calendars/${encodeURIComponent(person.id)}`, body));

const minuteOf = (text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5));
const clock = (minute) => `${String(Math.floor(minute / 60) % 24).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;

// The page's zone keeps one offset on the days that are shown; the server names it with the board.
let offset = "+08:00";
export const useOffset = (text) => (offset = text);

export function editEntry(person, entry, day) {
  const title = entry.event || word(entry.all_day ? "leave" : entry.status === "TENTATIVE" ? "tentative" : "busy");
  const remove = { text: word(entry.mine ? "removeEntry" : "declineEntry"), act: () => send(person, { remove: entry.key }), plain: true };
  if (entry.all_day || !entry.mine) {
    ask(`${person.name}: ${title}`, [], [remove]);
    return;
  }
  const form = times(entry.from, entry.to, entry.status === "TENTATIVE");
  const save = { text: word("save"), act: () => send(person, { put: { ...form.read(day), key: entry.key } }) };
  ask(`${person.name}: ${title}`, form.fields, [save, remove]);
}

export function editPerson(person, day) {
  const shares = { text: word(person.shares ? "hideCalendar" : "shareCalendar"), act: () => send(person, { shares: !person.shares }), plain: true };
  const away = person.items.some((each) => each.all_day);
  const leave = { text: word(away ? "endLeave" : "takeLeave"), act: () => send(person, { leave: day }), plain: true };
  const form = times(14 * 60, 15 * 60, false);
  const add = { text: word("addEntry"), act: () => send(person, { put: form.read(day) }) };
  ask(person.name, [make("p", "hint", day), ...form.fields], [add, leave, shares]);
}

function times(from, to, tentative) {
  const begins = input("time", clock(from));
  const ends = input("time", clock(to));
  const maybe = input("checkbox", tentative);
  const read = (day) => {
    const until = minuteOf(ends.value) || 24 * 60;
    return {
      start: instant(day, offset, minuteOf(begins.value)), end: instant(day, offset, until), tentative: maybe.checked,
    };
  };
  return { fields: [field(word("from"), begins), field(word("to"), ends), field(word("tentative"), maybe)], read };
}
