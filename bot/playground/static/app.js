// The page: who I am, which chat and which part of the stage is open; the server's events keep all of it up to date.

import { call, query } from "./api.js";
import * as calendars from "./calendars.js";
import * as chat from "./chat.js";
import * as clock from "./clock.js";
import { drawFaults } from "./faults.js";
import { button, byId, inTurn, make, personOf, showProblem, state } from "./page.js";
import { showTrace, shownKey } from "./trace.js";
import * as tours from "./tours.js";
import { language, switchLanguage, translatePage, useLanguage, word } from "./words.js";

const PANELS = ["calendars", "trace", "faults", "tours"];
const unread = new Set();
let events = null;
let telling = 0;

// Who is there and what is set

async function learn() {
  const found = await call("/api/stage");
  const other = state.generation !== found.generation;
  Object.assign(state, found, { me: other ? "" : state.me, chat: other ? null : state.chat });
  clock.setClock(found.clock);
  return { other, me: found.me };
}

// Begins anew on a stage that has just opened, or after another took its place.
async function begin() {
  const { me } = await learn();
  unread.clear();
  drawAll();
  become(me || remembered() || firstPerson());
  showTrace(null);
}

// A colleague of a group that speaks the page's language.
function firstPerson() {
  const groups = state.chats.filter((each) => !each.direct);
  const mine = groups.find((each) => each.english === (language() === "en")) || groups[0];
  return mine?.members[0] || state.people[0].id;
}

const remembered = () => (personOf(localStorage.getItem("me")) ? localStorage.getItem("me") : null);

const myChats = () => state.chats.filter((each) => each.members.includes(state.me));

// What is drawn

function drawChats() {
  const tabs = myChats().map((each) => {
    const title = chat.chatTitle(each);
    const tab = button(title, () => openChat(each));
    if (each === state.chat) tab.setAttribute("aria-current", "page");
    if (unread.has(each.id)) {
      tab.classList.add("unread");
      tab.setAttribute("aria-label", `${title}, ${word("unread")}`);
    }
    return tab;
  });
  byId("chats").replaceChildren(...tabs);
}

function drawPeople() {
  const options = state.people.map((person) => {
    const option = make("option", "", person.outsider ? `${person.name} · ${word("external")}` : person.name);
    option.value = person.id;
    return option;
  });
  byId("me").replaceChildren(...options);
  byId("me").value = state.me;
}

function drawTabs() {
  const tabs = PANELS.map((name) => {
    const tab = button(word(name), () => openPanel(name));
    tab.id = `tab-${name}`;
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-controls", `panel-${name}`);
    tab.addEventListener("keydown", onTabKey);
    return tab;
  });
  byId("tabs").setAttribute("aria-label", word("stage"));
  byId("tabs").replaceChildren(...tabs);
  openPanel(PANELS.find((name) => !byId(`panel-${name}`).hidden));
}

function drawAll() {
  translatePage();
  byId("language").textContent = word("language");
  byId("chats").setAttribute("aria-label", word("chats"));
  byId("stage").setAttribute("aria-label", word("stage"));
  drawPeople();
  drawTabs();
  drawFaults();
  tours.drawTours();
  tours.drawBar();
}

function openPanel(name) {
  for (const each of PANELS) {
    byId(`panel-${each}`).hidden = each !== name;
    byId(`tab-${each}`).setAttribute("aria-selected", String(each === name));
    byId(`tab-${each}`).tabIndex = each === name ? 0 : -1;
  }
}

function onTabKey(event) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const at = PANELS.findIndex((name) => event.target.id === `tab-${name}`);
  const name = PANELS[(at + step + PANELS.length) % PANELS.length];
  openPanel(name);
  byId(`tab-${name}`).focus();
}

// The stage is beside the chat where there is room, else above it once it is opened.
function showStage(open) {
  document.body.classList.toggle("stage-open", open);
  byId("open-stage").setAttribute("aria-expanded", String(open));
}

function explain(entry) {
  openPanel("trace");
  showStage(true);
  showTrace(entry.key);
}

// What people do

async function openChat(chosen) {
  state.chat = chosen;
  unread.delete(chosen.id);
  showProblem("");
  drawChats();
  calendars.follow();
  await chat.showChat();
}

function become(id) {
  state.me = personOf(id) ? id : state.people[0].id;
  localStorage.setItem("me", state.me);
  byId("me").value = state.me;
  const chats = myChats();
  openChat(chats.find((each) => each.id === state.chat?.id) || chats[0]);
  listen();
}

async function onStep(step) {
  if (step.me && step.me !== state.me) become(step.me);
  const there = state.chats.find((each) => each.id === step.chat);
  if (there && there !== state.chat && there.members.includes(state.me)) await openChat(there);
  if (step.verb === "fault") openPanel("faults");
  else if (step.verb) openPanel("calendars");
}

// What happens

function onEntry(entry) {
  if (chat.onEntry(entry)) {
    if (entry.kind === "card") calendars.follow();
    if (!byId("panel-trace").hidden && entry.kind !== "said" && shownKey()) showTrace(entry.key);
    return;
  }
  unread.add(entry.chat);
  drawChats();
}

async function onStage(what) {
  await learn();
  if (what === "faults") drawFaults();
  calendars.refresh();
}

// After the connection was lost: the same stage went on, or another has taken its place.
async function lookAgain() {
  const { generation } = await call("/api/stage");
  if (generation === state.generation) await chat.reload();
  else await begin();
}

function listen() {
  events?.close();
  const mine = new EventSource(`/api/events?${query({ as: state.me })}`);
  let lost = false;
  mine.onopen = () => {
    if (!lost) return;
    lost = false;
    if (byId("problem").textContent === word("offline")) showProblem("");
    inTurn(lookAgain);
  };
  mine.onmessage = (event) => onEntry(JSON.parse(event.data));
  mine.addEventListener("stage", (event) => onStage(event.data));
  mine.onerror = () => {
    lost = true;
    clearTimeout(telling); // another stage takes the place of this one within a moment
    telling = setTimeout(() => lost && mine === events && showProblem(word("offline")), 2000);
  };
  events = mine;
}

async function start() {
  const asked = new URLSearchParams(location.search);
  if (asked.get("language")) useLanguage(asked.get("language"));
  byId("me").addEventListener("change", (event) => become(event.target.value));
  byId("language").addEventListener("click", () => {
    switchLanguage();
    drawAll();
    openChat(state.chat);
  });
  byId("open-stage").addEventListener("click", () => showStage(!document.body.classList.contains("stage-open")));
  chat.setUp({ explain, showAround: () => tours.begin(state.tours[0].name) });
  clock.setUp({ onBegin: begin });
  tours.setUp({ onStep, onBegin: begin });
  await begin();
  if (asked.get("tour")) await tours.begin(asked.get("tour"));
}

start().catch((error) => showProblem(error.message));
