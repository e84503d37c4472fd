// The chat page: who I am, which chat, what is said there; the server's events keep it up to date.

import { entryElement, make } from "./entries.js";
import { Mentions } from "./mentions.js";
import { switchLanguage, translatePage, word } from "./words.js";

const LATE_MS = 20_000;
const byId = (id) => document.getElementById(id);
const state = {
  bot: "", people: [], chats: [], me: "", chat: null, unread: new Set(), waiting: new Map(), events: null, atEnd: true,
};
const mentions = new Mentions(byId("text"));

async function call(path, body) {
  const options = body
    ? { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }
    : {};
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw new Error(word("offline"));
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(`${word("failed")}: ${answer.error || response.status}`);
  return answer;
}

function showProblem(text) {
  byId("problem").textContent = text;
  byId("problem").hidden = !text;
}

// What is drawn

function myChats() {
  return state.chats.filter((chat) => chat.members.includes(state.me));
}

function chatTitle(chat) {
  return chat.direct ? word("direct") : chat.title;
}

function drawChats() {
  const tabs = myChats().map((chat) => {
    const tab = make("button", "", chatTitle(chat));
    tab.type = "button";
    if (chat === state.chat) tab.setAttribute("aria-current", "page");
    if (state.unread.has(chat.id)) {
      tab.classList.add("unread");
      tab.setAttribute("aria-label", `${chatTitle(chat)}, ${word("unread")}`);
    }
    tab.addEventListener("click", () => openChat(chat));
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

function drawExamples() {
  const row = state.chat.examples.map((example) => {
    const names = example.at.map((id) => ` @${personOf(id).name}`).join("");
    const button = make("button", "example", example.text);
    button.append(make("span", "names", names));
    button.type = "button";
    button.addEventListener("click", () => send(example.text, { at: example.at, toBot: true }));
    return button;
  });
  byId("examples").setAttribute("aria-label", word("examples"));
  byId("examples").replaceChildren(...row);
}

function drawWorking() {
  byId("working").hidden = !state.waiting.has(state.chat.id);
}

function drawEmpty() {
  const timeline = byId("timeline");
  timeline.querySelector(".empty")?.remove();
  if (!timeline.children.length) timeline.append(make("p", "empty", word("empty")));
}

function personOf(id) {
  return state.people.find((person) => person.id === id);
}

// Entries

function showEntry(entry) {
  const timeline = byId("timeline");
  const old = timeline.querySelector(`[data-key="${CSS.escape(entry.key)}"]`);
  if (old && Number(old.dataset.revision) >= entry.revision) return;
  const element = entryElement({ ...entry, bot: state.bot, direct: state.chat.direct }, { me: state.me, press });
  if (old) replaceEntry(old, element);
  else timeline.append(element);
  drawEmpty();
  if (entry.from?.id === state.me) state.atEnd = true;
  keepAtEnd();
}

// New entries, a keyboard that opens and a window that shrinks leave the newest entry in sight.
function keepAtEnd() {
  const timeline = byId("timeline");
  if (state.atEnd) timeline.scrollTop = timeline.scrollHeight;
}

function noteScroll() {
  const timeline = byId("timeline");
  state.atEnd = timeline.scrollHeight - timeline.scrollTop - timeline.clientHeight < 60;
}

function replaceEntry(old, element) {
  const focused = old.contains(document.activeElement);
  element.classList.add("changed");
  old.replaceWith(element);
  if (focused) element.querySelector(".buttons button")?.focus();
}

function onEntry(entry) {
  if (entry.kind !== "said") stopWaiting(entry.chat);
  if (entry.chat === state.chat.id) {
    showEntry(entry);
    return;
  }
  state.unread.add(entry.chat);
  drawChats();
}

// What people do

async function openChat(chat) {
  state.chat = chat;
  state.unread.delete(chat.id);
  showProblem("");
  drawChats();
  drawExamples();
  drawWorking();
  byId("title").textContent = chatTitle(chat);
  const others = chat.members.filter((id) => id !== state.me).map((id) => personOf(id));
  byId("members").textContent = chat.direct ? "" : chat.members.map((id) => personOf(id).name).join(" · ");
  byId("text").placeholder = word(chat.direct ? "directHint" : "groupHint");
  mentions.reset(chat.direct ? null : others.concat(personOf(state.me)), state.bot);
  byId("timeline").replaceChildren();
  state.atEnd = true;
  await reload();
}

async function reload() {
  const chat = state.chat;
  const me = state.me;
  try {
    const { entries } = await call(`/api/chats/${encodeURIComponent(chat.id)}/timeline?as=${encodeURIComponent(me)}`);
    if (chat !== state.chat || me !== state.me) return;
    entries.forEach(showEntry);
    drawEmpty();
  } catch (error) {
    showProblem(error.message);
  }
}

async function send(text, { at, toBot }) {
  const chat = state.chat;
  showProblem("");
  if (chat.direct || toBot) startWaiting(chat.id);
  try {
    await call(`/api/chats/${encodeURIComponent(chat.id)}/messages`, { as: state.me, text, at, to_bot: toBot });
    return true;
  } catch (error) {
    stopWaiting(chat.id);
    showProblem(error.message);
    return false;
  }
}

async function press(entry, button, row) {
  showProblem("");
  for (const each of row.children) each.disabled = true;
  row.classList.add("busy");
  try {
    const answer = await call(`/api/cards/${encodeURIComponent(entry.id)}/presses`, { as: state.me, button });
    if (!answer.answered) showProblem(word("unanswered"));
  } catch (error) {
    showProblem(error.message);
  } finally {
    for (const each of row.children) each.disabled = false;
    row.classList.remove("busy");
  }
}

function startWaiting(chat) {
  stopWaiting(chat);
  const late = setTimeout(() => {
    stopWaiting(chat);
    if (chat === state.chat.id) showProblem(word("late"));
  }, LATE_MS);
  state.waiting.set(chat, late);
  drawWorking();
}

function stopWaiting(chat) {
  clearTimeout(state.waiting.get(chat));
  state.waiting.delete(chat);
  drawWorking();
}

// Connections

function listen() {
  state.events?.close();
  const events = new EventSource(`/api/events?as=${encodeURIComponent(state.me)}`);
  let lost = false;
  events.onopen = () => {
    if (lost) showProblem("");
    lost = false;
    reload();
  };
  events.onmessage = (event) => onEntry(JSON.parse(event.data));
  events.onerror = () => {
    lost = true;
    showProblem(word("offline"));
  };
  state.events = events;
}

function become(id) {
  state.me = personOf(id) ? id : state.people[0].id;
  localStorage.setItem("me", state.me);
  byId("me").value = state.me;
  state.unread.clear();
  const chats = myChats();
  openChat(chats.find((chat) => chat.id === state.chat?.id) || chats[0]);
  listen();
}

function redraw() {
  translatePage();
  byId("language").textContent = word("language");
  byId("chats").setAttribute("aria-label", word("chats"));
  drawPeople();
  if (state.chat) openChat(state.chat);
}

function submit(event) {
  event.preventDefault();
  const text = byId("text").value.trim();
  if (!text && (state.chat.direct || !mentions.toBot)) return;
  const chosen = { at: mentions.ids, toBot: mentions.toBot };
  byId("text").value = "";
  send(text, chosen).then((sent) => {
    if (sent) mentions.ids = [];
    else byId("text").value ||= text;
    mentions.draw();
  });
}

function onTyping(event) {
  if (event.isComposing) return;
  if (event.key === "Enter" && !event.shiftKey) submit(event);
  if (event.key === "@" && !state.chat.direct) {
    event.preventDefault();
    mentions.openMenu();
  }
}

async function start() {
  const company = await call("/api/company");
  Object.assign(state, company);
  byId("me").addEventListener("change", (event) => become(event.target.value));
  byId("language").addEventListener("click", () => {
    switchLanguage();
    redraw();
  });
  byId("composer").addEventListener("submit", submit);
  byId("text").addEventListener("keydown", onTyping);
  byId("timeline").addEventListener("scroll", noteScroll);
  new ResizeObserver(keepAtEnd).observe(byId("timeline"));
  redraw();
  become(localStorage.getItem("me") || state.people[0].id);
}

start().catch((error) => showProblem(error.message));
