// One entry of a chat as an element. Only `html` fields, which the server has rendered, are inserted as HTML.

import { button, make } from "./page.js";
import { word } from "./words.js";

function head(name, entry, explain) {
  const line = make("div", "who", `${name} ${entry.time} `);
  if (explain && !entry.unheard) {
    const why = button(word("trace"), () => explain(entry), "why");
    why.setAttribute("aria-label", `${word("trace")}: ${entry.title || entry.text || ""}`.slice(0, 80));
    line.append(why);
  }
  return line;
}

function said(entry, me, explain) {
  const bubble = make("div", "bubble");
  const names = [...(entry.to_bot && !entry.direct ? [entry.bot] : []), ...entry.at];
  for (const name of names) bubble.append(make("span", "at", `@${name}`), " ");
  bubble.append(entry.text);
  const body = [head(entry.from.name, { ...entry, unheard: !entry.to_bot }, explain), bubble];
  if (!entry.to_bot) body.push(make("div", "who", word("unheard")));
  return [entry.from.id === me ? "said mine" : "said", body];
}

function markdown(html) {
  const body = make("div", "markdown");
  body.innerHTML = html;
  return body;
}

export function cardElement(entry, press) {
  const box = make("section", "card");
  box.setAttribute("aria-label", entry.title);
  box.append(make("h3", "", entry.title), markdown(entry.html));
  if (entry.tips) box.append(make("p", "tips", entry.tips));
  const row = make("div", "buttons");
  for (const shown of entry.buttons) {
    const element = button(shown.text, () => press(entry, shown.id, row), shown.primary ? "primary" : "");
    element.dataset.button = shown.id;
    element.disabled = !shown.press;
    row.append(element);
  }
  if (entry.buttons.length) box.append(row);
  return box;
}

export function messageElement(entry) {
  const bubble = make("div", "bubble");
  if (entry.recalled) bubble.append(word("recalled"));
  else if (entry.html) bubble.append(markdown(entry.html));
  else bubble.append(entry.text);
  return bubble;
}

export function entryElement(entry, { me, press, explain }) {
  const body = entry.kind === "card" ? cardElement(entry, press) : messageElement(entry);
  const [className, parts] = entry.kind === "said"
    ? said(entry, me, explain)
    : ["from-bot", [head(entry.bot, entry, explain), body]];
  const element = make("article", className);
  element.dataset.key = entry.key;
  element.dataset.revision = entry.revision;
  element.append(...parts);
  return element;
}
