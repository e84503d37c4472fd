// What every part of the page uses: elements, the state that is shown, problems, and the one dialog.

import { word } from "./words.js";

export const byId = (id) => document.getElementById(id);

export const state = {
  generation: 0, bot: "", zone: "Asia/Shanghai", people: [], chats: [], me: "", chat: null, faults: [], moments: [],
  tours: [], steps: null,
};

export const personOf = (id) => state.people.find((person) => person.id === id);

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

// Opens the dialog with a title, some content and buttons; each button closes it, the first one is what Enter does.
export function ask(title, content, choices) {
  const dialog = byId("dialog");
  const form = make("form");
  const heading = make("h2", "", title);
  heading.id = "dialog-title";
  const row = make("div", "choices");
  for (const [index, { text, act, plain }] of choices.entries()) {
    const choice = button(text, () => {
      dialog.close();
      act?.();
    }, index === 0 && !plain ? "primary" : "");
    row.append(choice);
  }
  row.append(button(word("close"), () => dialog.close()));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    row.firstElementChild.click();
  });
  form.append(heading, ...content, row);
  dialog.replaceChildren(form);
  dialog.showModal();
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
