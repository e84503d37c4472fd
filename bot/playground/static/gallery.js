// Every card in one language, light and dark side by side.

import { call, query } from "./api.js";
import { cardElement, messageElement } from "./entries.js";
import { byId, make, showProblem } from "./page.js";
import { language, switchLanguage, translatePage, useLanguage, word } from "./words.js";

function pair(entry) {
  const figure = make("figure");
  figure.dataset.name = entry.name;
  const caption = make("figcaption", "", entry.name);
  if (entry.asked) caption.append(make("small", "", entry.asked));
  const both = make("div", "pair");
  for (const theme of ["light", "dark"]) {
    const box = make("div", "shown");
    box.dataset.theme = theme;
    box.append(entry.kind === "card" ? cardElement(entry, () => {}) : messageElement(entry));
    both.append(box);
  }
  figure.append(caption, both);
  return figure;
}

async function draw() {
  translatePage();
  const wanted = language();
  byId("working").hidden = false;
  byId("cards").replaceChildren();
  try {
    const { cards } = await call(`/api/gallery?${query({ language: wanted })}`);
    if (wanted !== language()) return;
    byId("cards").replaceChildren(...cards.map(pair));
    byId("cards").dataset.language = wanted;
    byId("working").hidden = true;
  } catch (error) {
    byId("working").hidden = true;
    showProblem(error.message);
  }
}

useLanguage(new URLSearchParams(location.search).get("language") || language());
document.title = `有空 · ${word("galleryTitle")}`;
byId("language").addEventListener("click", () => {
  switchLanguage();
  draw();
});
draw();
