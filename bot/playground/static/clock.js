// The stage's clock: shown, moved on, set, and run faster.

import { call } from "./api.js";
import { ask, attempt, button, byId, field, inTurn, input, make, state } from "./page.js";
import { locale, word } from "./words.js";

const SPEEDS = [1, 60, 600];
let shown = { now: Date.now(), at: performance.now(), speed: 1, digest: null };

let onBegin = async () => {};

export function setUp(options) {
  onBegin = options.onBegin;
  byId("later").addEventListener("click", () => change({ ahead: 15 }));
  byId("digest").addEventListener("click", () => change({ digest: true }));
  byId("time").addEventListener("click", openDialog);
  setInterval(draw, 250);
}

export function setClock({ now, speed, digest }) {
  shown = { now: Date.parse(now), at: performance.now(), speed, digest };
  draw();
}

export const present = () => shown.now + (performance.now() - shown.at) * shown.speed;

function draw() {
  const options = { timeZone: state.zone, weekday: "short", month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  const text = new Intl.DateTimeFormat(locale(), options).format(present());
  const faster = shown.speed > 1 ? ` ×${shown.speed}` : "";
  if (byId("time").textContent === `🕙 ${text}${faster}`) return;
  byId("time").textContent = `🕙 ${text}${faster}`;
  byId("time").setAttribute("aria-label", `${word("clock")}: ${text}${faster}`);
  byId("time").classList.toggle("fast", shown.speed > 1);
  byId("digest").disabled = !shown.digest;
  byId("digest").title = shown.digest ? when(shown.digest) : word("noDigest");
}

function when(iso) {
  const options = { timeZone: state.zone, weekday: "short", month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  return new Intl.DateTimeFormat(locale(), options).format(Date.parse(iso));
}

async function change(body) {
  await inTurn(async () => {
    const answer = await attempt(() => call("/api/clock", body));
    if (answer?.restarted) await onBegin();
    else if (answer) setClock(answer);
  });
}

function openDialog() {
  const local = new Date(present()).toLocaleString("sv-SE", { timeZone: state.zone }).slice(0, 16).replace(" ", "T");
  const at = input("datetime-local", local);
  const speeds = make("div", "choices");
  for (const speed of SPEEDS) {
    const each = button(word(`speed${speed}`), () => {
      byId("dialog").close();
      change({ speed });
    });
    each.setAttribute("aria-pressed", String(speed === shown.speed));
    speeds.append(each);
  }
  const content = [field(word("setTo"), at), make("p", "hint", word("clockHint")), make("p", "", word("speed")), speeds];
  ask(word("clock"), { content, choices: [{ text: word("set"), act: () => at.value && change({ set: at.value }) }] });
}
