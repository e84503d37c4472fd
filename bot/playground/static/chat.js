// The chat: entries as they come, what is typed and pressed, and whether an answer is waited for.

import { call, query } from "./api.js";
import { entryElement } from "./entries.js";
import { Mentions } from "./mentions.js";
import { attempt, button, byId, make, personOf, showProblem, state } from "./page.js";
import { language, word } from "./words.js";

const LATE_MS = 20_000;
const waiting = new Map();
const mentions = new Mentions(byId("text"));
const FIRST = 3;
let explain = () => {};
let showAround = () => {};
let atEnd = true;
let lastSaid = null;

export const chatTitle = (chat) => (chat.direct ? word("direct") : chat.title);

export function setUp(options) {
  explain = options.explain;
  showAround = options.showAround;
  byId("composer").addEventListener("submit", submit);
  byId("text").addEventListener("keydown", onKey);
  byId("text").addEventListener("input", () => !state.chat.direct && mentions.follow());
  byId("timeline").addEventListener("scroll", noteScroll);
  new ResizeObserver(keepAtEnd).observe(byId("timeline"));
}

export async function showChat() {
  const chat = state.chat;
  byId("title").textContent = chatTitle(chat);
  const others = chat.members.filter((id) => id !== state.me).map(personOf);
  byId("members").textContent = chat.direct ? "" : chat.members.map((id) => personOf(id).name).join(" · ");
  byId("text").placeholder = word(chat.direct ? "directHint" : "groupHint");
  byId("text").setAttribute("aria-label", word("message"));
  byId("timeline").setAttribute("aria-label", chatTitle(chat));
  mentions.reset(chat.direct ? null : others.concat(personOf(state.me)), state.bot);
  byId("timeline").replaceChildren();
  atEnd = true;
  drawExamples();
  drawWorking();
  await reload();
}

export async function reload() {
  const { chat, me, generation } = state;
  await attempt(async () => {
    const { entries } = await call(`/api/chats/${encodeURIComponent(chat.id)}/timeline?${query({ as: me })}`);
    if (chat !== state.chat || me !== state.me || generation !== state.generation) return;
    entries.forEach(showEntry);
    drawEmpty();
  });
}

// True where the entry is of the open chat and was shown.
export function onEntry(entry) {
  if (entry.kind !== "said") stopWaiting(entry.chat);
  if (entry.chat !== state.chat.id) return false;
  showEntry(entry);
  return true;
}

function showEntry(entry) {
  const timeline = byId("timeline");
  const old = timeline.querySelector(`[data-key="${CSS.escape(entry.key)}"]`);
  if (old && Number(old.dataset.revision) >= entry.revision) return;
  const shown = { ...entry, bot: state.bot, direct: state.chat.direct };
  const element = entryElement(shown, { me: state.me, press, explain });
  if (old) replaceEntry(old, element);
  else timeline.append(element);
  drawEmpty();
  if (entry.from?.id === state.me) atEnd = true;
  keepAtEnd();
}

function replaceEntry(old, element) {
  const focused = old.contains(document.activeElement);
  element.classList.add("changed");
  old.replaceWith(element);
  if (focused) element.querySelector(".buttons button")?.focus();
}

// New entries, a keyboard that opens and a window that shrinks leave the newest entry in sight.
function keepAtEnd() {
  const timeline = byId("timeline");
  if (atEnd) timeline.scrollTop = timeline.scrollHeight;
}

function noteScroll() {
  const timeline = byId("timeline");
  atEnd = timeline.scrollHeight - timeline.scrollTop - timeline.clientHeight < 60;
}

function exampleButton(example, className) {
  const names = example.at.map((id) => ` @${personOf(id).name}`).join("");
  const element = button(example.text, () => send(example.text, { at: example.at, toBot: true }), className);
  element.append(make("span", "names", names));
  return element;
}

// Those in the page's language come first.
function examples() {
  const foreign = ({ text }) => /\p{Script=Han}/u.test(text) !== (language() === "zh");
  return state.chat.examples.toSorted((one, other) => foreign(one) - foreign(other));
}

// Whoever has changed something on the stage asks the same again.
function again() {
  if (lastSaid?.chat !== state.chat.id) return [];
  const { text, at, toBot } = lastSaid;
  return [button(`↻ ${word("again")}`, () => send(text, { at, toBot }), "example again")];
}

function drawExamples() {
  byId("examples").setAttribute("aria-label", word("examples"));
  byId("examples").replaceChildren(...again(), ...examples().map((example) => exampleButton(example, "example")));
}

// An empty chat offers its first questions, and to be shown around.
function drawEmpty() {
  const timeline = byId("timeline");
  timeline.querySelector(".empty")?.remove();
  const isEmpty = !timeline.children.length;
  byId("examples").hidden = isEmpty;
  if (!isEmpty) return;
  const box = make("div", "empty");
  box.append(make("p", "", word("empty")), ...examples().slice(0, FIRST).map((each) => exampleButton(each, "")));
  if (!state.steps) box.append(button(`▶ ${word("startTour")}`, showAround, "primary"));
  timeline.append(box);
}

async function send(text, { at, toBot }) {
  const chat = state.chat;
  lastSaid = { text, at, toBot, chat: chat.id };
  drawExamples();
  if (chat.direct || toBot) startWaiting(chat.id);
  const path = `/api/chats/${encodeURIComponent(chat.id)}/messages`;
  const sent = await attempt(() => call(path, { as: state.me, text, at, to_bot: toBot }));
  if (!sent) stopWaiting(chat.id);
  return sent !== null;
}

async function press(entry, pressed, row) {
  for (const each of row.children) each.disabled = true;
  row.classList.add("busy");
  const path = `/api/cards/${encodeURIComponent(entry.id)}/presses`;
  const answer = await attempt(() => call(path, { as: state.me, button: pressed }));
  if (answer && !answer.answered) showProblem(word("unanswered"));
  for (const each of row.children) each.disabled = false;
  row.classList.remove("busy");
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

// ↑ in an empty box brings the last message back, with those it mentioned.
function bringBack() {
  byId("text").value = lastSaid.text;
  mentions.ids = lastSaid.at.filter((id) => mentions.members.some((each) => each.id === id));
  mentions.draw();
}

function onKey(event) {
  if (event.isComposing || mentions.onTextKey(event)) return;
  if (event.key === "Enter" && !event.shiftKey) submit(event);
  if (event.key === "ArrowUp" && !byId("text").value && lastSaid) {
    event.preventDefault();
    bringBack();
  }
}

function startWaiting(chat) {
  stopWaiting(chat);
  const late = setTimeout(() => {
    stopWaiting(chat);
    if (chat === state.chat.id) showProblem(word("late"));
  }, LATE_MS);
  waiting.set(chat, late);
  drawWorking();
}

function stopWaiting(chat) {
  clearTimeout(waiting.get(chat));
  waiting.delete(chat);
  drawWorking();
}

function drawWorking() {
  byId("working").hidden = !waiting.has(state.chat?.id);
}
