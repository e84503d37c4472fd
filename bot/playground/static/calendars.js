// Calendars beside the chat: people by rows, a day by hours, the asked window shaded. It follows the last card.

import { call, query } from "./api.js";
import { editEntry, editPerson, useOffset } from "./edits.js";
import { drag, isHeld } from "./drag.js";
import { attempt, button, byId, make, state, zoneName } from "./page.js";
import { locale, word } from "./words.js";

const DAY_MINUTES = 24 * 60;
const [HOUR, LANE] = [32, 26]; // pixels: the least width of an hour and height of a meeting
const [EARLIEST, LATEST] = [7 * 60, 22 * 60]; // whoever works at night elsewhere does not squeeze the day
let board = null;
let chosen = null;
let shownDay = "";
let pending = 0;

// Back to the day that the last card is about.
export function follow() {
  chosen = null;
  refresh();
}

export function refresh() {
  clearTimeout(pending);
  pending = setTimeout(load, 120);
}

async function load() {
  if (!state.chat || !state.me) return;
  const asked = { as: state.me, chat: state.chat.id, day: chosen };
  const key = JSON.stringify(asked);
  const found = await attempt(() => call(`/api/calendars?${query(asked)}`));
  if (!found || key !== JSON.stringify({ as: state.me, chat: state.chat.id, day: chosen })) return;
  if (isHeld()) {
    refresh();
    return;
  }
  board = found;
  useOffset(board.from.slice(19));
  draw();
}

const dayOf = (text) => new Date(`${text}T12:00:00Z`);
const format = (text, options) => new Intl.DateTimeFormat(locale(), { timeZone: "UTC", ...options }).format(dayOf(text));

// The hours that are shown: a working day, and whatever lies outside it and matters.
function range() {
  const shown = [{ from: 8 * 60, to: 19 * 60 }, ...board.windows.filter((each) => each.to - each.from < DAY_MINUTES)];
  for (const { hours } of board.people) {
    shown.push(...hours.map(({ from, to }) => ({ from: Math.max(from, EARLIEST), to: Math.min(to, LATEST) })));
  }
  const from = Math.min(...shown.map((each) => each.from));
  const to = Math.max(...shown.map((each) => each.to));
  return { from: Math.floor(from / 60) * 60, to: Math.min(Math.ceil(to / 60) * 60, DAY_MINUTES) };
}

function draw() {
  const panel = byId("panel-calendars");
  const at = focusedPlace(panel);
  const before = panel.querySelector(".tracks")?.scrollLeft;
  const tracks = drawBoard(panel);
  const window = tracks.querySelector(".window");
  const isNew = shownDay !== board.day;
  if (window && isNew) tracks.scrollLeft = window.offsetLeft - HOUR;
  else if (before && !isNew) tracks.scrollLeft = before;
  shownDay = board.day;
  if (at) panel.querySelector(`[data-place="${CSS.escape(at)}"]`)?.focus({ preventScroll: true });
}

// Names stand still beside the hours, which can be scrolled where there is little room.
function drawBoard(panel) {
  const hours = range();
  const names = make("div", "board-names");
  const tracks = make("div", "tracks");
  tracks.tabIndex = 0;
  tracks.setAttribute("role", "group");
  tracks.setAttribute("aria-label", word("calendars"));
  tracks.style.setProperty("--least", `${((hours.to - hours.from) / 60) * HOUR}px`);
  names.append(make("span", "name day", format(board.day, { month: "numeric", day: "numeric", weekday: "short" })));
  tracks.append(hoursLine(hours));
  for (const person of board.people) {
    names.append(nameOf(person));
    tracks.append(trackOf(person, hours));
  }
  const grid = make("div", "board");
  for (const part of [names, tracks]) part.style.gridRow = `1 / span ${board.people.length + 1}`;
  grid.append(names, tracks);
  panel.replaceChildren(days(), grid, legend());
  return tracks;
}

const focusedPlace = (panel) => (panel.contains(document.activeElement) ? document.activeElement.dataset.place : "");

function days() {
  const line = make("div", "days");
  line.setAttribute("role", "group");
  line.setAttribute("aria-label", word("day"));
  const step = (by, text, label) => {
    const other = new Date(dayOf(board.day).getTime() + by * 86_400_000).toISOString().slice(0, 10);
    const element = button(text, () => show(other));
    element.setAttribute("aria-label", label);
    element.dataset.place = label;
    return element;
  };
  line.append(step(-7, "‹", word("weekBefore")));
  for (const each of board.days) {
    const label = format(each.day, { weekday: "short", day: "numeric" });
    const element = button(label, () => show(each.day), each.asked ? "asked" : "");
    if (each.kind !== "workday") element.classList.add("off");
    element.setAttribute("aria-pressed", String(each.day === board.day));
    element.setAttribute("aria-label", `${format(each.day, { weekday: "long", month: "long", day: "numeric" })}${each.asked ? `, ${word("asked")}` : ""}`);
    element.dataset.place = `day ${each.day}`;
    line.append(element);
  }
  line.append(step(7, "›", word("weekAfter")));
  return line;
}

function show(day) {
  chosen = day;
  load();
}

function place(element, { from, to }, hours) {
  const whole = hours.to - hours.from;
  element.style.left = `${(Math.max(from - hours.from, 0) / whole) * 100}%`;
  element.style.right = `${(Math.max(hours.to - to, 0) / whole) * 100}%`;
  return element;
}

function hoursLine(hours) {
  const track = make("div", "track hours-line");
  for (let minute = hours.from; minute < hours.to; minute += 60) {
    track.append(place(make("span", "hour", String(minute / 60)), { from: minute, to: minute + 60 }, hours));
  }
  return track;
}

function marked(element, person) {
  element.dataset.person = person.id;
  element.classList.toggle("asked", person.asked);
  element.classList.toggle("hidden-calendar", !person.shares);
  return element;
}

function nameOf(person) {
  const name = marked(button(person.name, () => editPerson(person, board.day, board.reads_leave), "name"), person);
  name.dataset.place = `person ${person.id}`;
  name.title = word("editPerson");
  if (person.zone) name.append(make("small", "", localHint(person.zone)));
  if (!person.shares) name.append(make("small", "", word("notShared")));
  return name;
}

function trackOf(person, hours) {
  const track = marked(make("div", "track"), person);
  for (const each of person.hours) track.append(place(make("div", "work"), each, hours));
  for (const each of board.windows) track.append(place(make("div", "window"), each, hours));
  const shown = person.items.filter((each) => each.to > hours.from && each.from < hours.to);
  const lanes = laned(shown);
  for (const each of shown) track.append(lane(item(person, each, hours), each.lane, lanes));
  if (lanes > 1) track.style.minHeight = `${lanes * LANE + 8}px`;
  if (board.now.slice(0, 10) === board.day) {
    const minute = Number(board.now.slice(11, 13)) * 60 + Number(board.now.slice(14, 16));
    if (minute >= hours.from && minute <= hours.to) track.append(place(make("div", "now"), { from: minute, to: minute }, hours));
  }
  drag(track, { person, hours, day: board.day, offset: board.from.slice(19) });
  return track;
}

// Meetings that overlap lie below each other; gives how many lines that takes, and each its line.
function laned(items) {
  const ends = [];
  for (const each of items.toSorted((a, b) => a.from - b.from || a.to - b.to)) {
    const free = ends.findIndex((end) => end <= each.from);
    each.lane = free < 0 ? ends.length : free;
    ends[each.lane] = each.to;
  }
  return Math.max(ends.length, 1);
}

function lane(element, at, lanes) {
  element.style.top = `calc(${(at / lanes) * 100}% + 3px)`;
  element.style.bottom = `calc(${(1 - (at + 1) / lanes) * 100}% + 3px)`;
  return element;
}

function localHint(zone) {
  const options = { timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  return `${zoneName(zone)} ${new Intl.DateTimeFormat(locale(), options).format(Date.parse(board.now))}`;
}

const clock = (minute) => `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;

function item(person, entry, hours) {
  const { kind } = entry;
  const span = entry.all_day ? word("allDay") : `${clock(entry.from)}–${clock(entry.to)}`;
  const element = button("", () => editEntry(person, entry, board.day), `item ${kind}`);
  if (entry.event) element.classList.add("event");
  if (entry.all_day) element.classList.add("all-day");
  if (kind === "leave" && !board.reads_leave) element.classList.add("unread-leave");
  element.append(make("span", "", entry.event || (kind === "leave" ? word("leave") : "")));
  element.setAttribute("aria-label", `${person.name}: ${word(kind)} ${span}${entry.event ? `, ${entry.event}` : ""}`);
  element.title = `${word(kind)} ${span}`;
  element.dataset.key = entry.key;
  element.dataset.place = `item ${entry.key}`;
  element.dataset.from = entry.from;
  element.dataset.to = entry.to;
  element.dataset.kind = kind;
  return place(element, entry, hours);
}

function legend() {
  const line = make("p", "legend");
  for (const kind of ["busy", "tentative", "leave", "window", "work"]) {
    line.append(make("span", `swatch ${kind}`), make("span", "", word(kind)), " ");
  }
  line.append(make("span", "hint", word("dragHint")));
  if (!board.reads_leave) line.append(make("span", "hint", word("leaveUnread")));
  return line;
}
