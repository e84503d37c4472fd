// Tours and situations: chosen, played step by step, saved and loaded.

import { call } from "./api.js";
import { attempt, button, byId, inTurn, make, state } from "./page.js";
import { language, word } from "./words.js";

const READ_MS = 2600;
let playing = null;
let onStep = async () => {};
let onBegin = async () => {};

export function setUp(options) {
  onStep = options.onStep;
  onBegin = options.onBegin;
  byId("tour-next").addEventListener("click", next);
  byId("tour-play").addEventListener("click", () => (playing ? stop() : play()));
  byId("tour-end").addEventListener("click", end);
}

export function drawTours() {
  const panel = byId("panel-tours");
  const list = make("div", "tours");
  for (const tour of state.tours) {
    const title = tour.title[language()];
    list.append(button(`▶ ${title}`, () => begin(tour.name)));
  }
  const file = make("input");
  file.type = "file";
  file.accept = ".yaml,.yml";
  file.id = "situation-file";
  file.addEventListener("change", () => file.files[0] && load(file.files[0]));
  const label = make("label", "field", word("loadSituation"));
  label.append(file);
  const save = make("a", "button", word("saveSituation"));
  save.href = "/api/situation";
  save.download = "situation.yaml";
  const gallery = make("a", "button", word("gallery"));
  gallery.href = "/gallery";
  panel.replaceChildren(make("h3", "", word("tours")), list, make("h3", "", word("situations")),
    make("p", "hint", word("situationsHint")), save, label, make("h3", "", word("cards")), gallery);
}

export async function begin(name) {
  stop();
  const begun = await inTurn(async () => {
    const answer = await attempt(() => call("/api/tours", { name, language: language() }));
    if (answer) await onBegin();
    return answer;
  });
  if (!begun) return;
  history.replaceState(null, "", `/?tour=${encodeURIComponent(name)}&language=${language()}`);
  await next();
}

async function load(file) {
  const yaml = await file.text();
  await inTurn(async () => {
    if (await attempt(() => call("/api/situation", { yaml }))) await onBegin();
  });
}

// The bar of the situation's steps, where it has some.
export function drawBar() {
  const steps = state.steps;
  byId("tour").hidden = !steps;
  if (!steps) return;
  const over = steps.at >= steps.of;
  byId("tour").setAttribute("aria-label", word("tour"));
  byId("tour-title").textContent = steps.title?.[language()] || word("situation");
  byId("tour-count").textContent = `${steps.at}/${steps.of}`;
  byId("tour-note").textContent = steps.note?.[language()] || "";
  byId("tour-next").textContent = steps.at ? word("tourNext") : word("tourBegin");
  byId("tour-next").hidden = byId("tour-play").hidden = over;
  byId("tour-end").textContent = word(over ? "tourDone" : "tourEnd");
}

async function next() {
  byId("tour-next").disabled = true;
  const step = await attempt(() => call("/api/tours/next", {}));
  byId("tour-next").disabled = false;
  if (!step) {
    stop();
    return;
  }
  state.steps = { ...state.steps, at: step.at, of: step.of, note: step.note };
  drawBar();
  await onStep(step);
  if (step.at >= step.of) stop();
}

function play() {
  byId("tour-play").setAttribute("aria-pressed", "true");
  const go = async () => {
    await next();
    const longer = byId("tour-note").textContent.length * (language() === "zh" ? 120 : 45);
    if (playing) playing = setTimeout(go, READ_MS + longer);
  };
  playing = setTimeout(go, 0);
}

function stop() {
  clearTimeout(playing);
  playing = null;
  byId("tour-play").setAttribute("aria-pressed", "false");
}

function end() {
  stop();
  state.steps = null;
  history.replaceState(null, "", "/");
  drawBar();
}
