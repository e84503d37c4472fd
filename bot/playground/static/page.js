// What every part of the page uses: elements, the state that is shown, problems, and the one dialog.

import { language, word } from "./words.js";

export const byId = (id) => document.getElementById(id);

export const state = {
  generation: 0, bot: "", zone: "Asia/Shanghai", people: [], chats: [], me: "", chat: null, faults: [], moments: [],
  tours: [], steps: null, zones: {},
};

export const personOf = (id) => state.people.find((person) => person.id === id);

// A zone by its city, as cards name it.
export const zoneName = (zone) => state.zones[zone]?.[language()] ?? zone.split("/").pop().replaceAll("_", " ");

export function make(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
}

export function button(text, onClick, className = "") {
  const element = make("button", className, text);
  element.type = "button";
  element.addEventListener("click", onClick);
  return element;
}

export function showProblem(text) {
  byId("problem").textContent = text;
  byId("problem").hidden = !text;
}

let turn = Promise.resolve();

// One at a time: what takes another stage onto the page, and what looks whether there is another.
export function inTurn(work) {
  turn = turn.then(work, work);
  return turn;
}

// Runs what a person asked for; what is refused is said.
export async function attempt(work) {
  showProblem("");
  try {
    return await work();
  } catch (error) {
    showProblem(error.message);
    return null;
  }
}

// Opens the dialog with a title and parts, each with some content and buttons; see `part`.
export function ask(title, ...parts) {
  const dialog = byId("dialog");
  const heading = make("h2", "", title);
  heading.id = "dialog-title";
  const end = make("div", "choices");
  end.append(button(word("close"), () => dialog.close()));
  dialog.replaceChildren(heading, ...parts.map(part), end);
  dialog.showModal();
}

// Each button closes the dialog; the first one is what Enter does, and wants the part's fields to make sense.
function part({ title, content, choices }) {
  const form = make("form");
  const row = make("div", "choices");
  for (const [index, { text, act, plain }] of choices.entries()) {
    const choice = make("button", index === 0 && !plain ? "primary" : "", text);
    choice.type = index === 0 ? "submit" : "button";
    if (index > 0) choice.addEventListener("click", () => done(act));
    row.append(choice);
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    done(choices[0].act);
  });
  if (title) form.append(make("h3", "", title));
  form.append(...content);
  if (choices.length) form.append(row);
  return form;
}

function done(act) {
  byId("dialog").close();
  act?.();
}

export function choose(options, value) {
  const element = make("select");
  for (const [key, text] of options) {
    const option = make("option", "", text);
    option.value = key;
    element.append(option);
  }
  element.value = value;
  return element;
}

export function field(label, input) {
  const element = make("label", "field", label);
  element.append(input);
  return element;
}

export function input(type, value) {
  const element = make("input");
  element.type = type;
  if (type === "checkbox") element.checked = value;
  else element.value = value;
  return element;
}
