// One entry of a chat as an element. Only `html` fields, which the server has rendered, are inserted as HTML.

import { word } from "./words.js";

export function make(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
}

function said(entry, me) {
  const bubble = make("div", "bubble");
  const names = [...(entry.to_bot && !entry.direct ? [entry.bot] : []), ...entry.at];
  for (const name of names) bubble.append(make("span", "at", `@${name}`), " ");
  bubble.append(entry.text);
  const body = [make("div", "who", `${entry.from.name} ${entry.time}`), bubble];
  if (!entry.to_bot) body.push(make("div", "who", word("unheard")));
  return [entry.from.id === me ? "said mine" : "said", body];
}

function markdown(html) {
  const body = make("div", "markdown");
  body.innerHTML = html;
  return body;
}

function card(entry, press) {
  const box = make("section", "card");
  box.setAttribute("aria-label", entry.title);
  box.append(make("h3", "", entry.title), markdown(entry.html));
  if (entry.tips) box.append(make("p", "tips", entry.tips));
  const row = make("div", "buttons");
  for (const shown of entry.buttons) {
    const button = make("button", shown.primary ? "primary" : "", shown.text);
    button.type = "button";
    button.dataset.button = shown.id;
    button.disabled = !shown.press;
    button.addEventListener("click", () => press(entry, shown.id, row));
    row.append(button);
  }
  if (entry.buttons.length) box.append(row);
  return ["from-bot", [make("div", "who", `${entry.bot} ${entry.time}`), box]];
}

function message(entry) {
  const bubble = make("div", "bubble");
  if (entry.recalled) bubble.append(word("recalled"));
  else if (entry.html) bubble.append(markdown(entry.html));
  else bubble.append(entry.text);
  return ["from-bot", [make("div", "who", `${entry.bot} ${entry.time}`), bubble]];
}

export function entryElement(entry, { me, press }) {
  const [className, body] =
    entry.kind === "said" ? said(entry, me) : entry.kind === "card" ? card(entry, press) : message(entry);
  const element = make("article", className);
  element.dataset.key = entry.key;
  element.dataset.revision = entry.revision;
  element.append(...body);
  return element;
}
