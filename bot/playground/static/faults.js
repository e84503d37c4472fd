// What is wrong with DingTalk: a switch each, with what DingTalk does then.

import { call } from "./api.js";
import { attempt, button, byId, make, state } from "./page.js";
import { word } from "./words.js";

export function drawFaults() {
  const panel = byId("panel-faults");
  const rows = state.faults.map((fault) => {
    const toggle = button(word(`fault_${fault.name}`), () => turn(fault), "switch");
    toggle.setAttribute("role", "switch");
    toggle.setAttribute("aria-checked", String(fault.on));
    return row(toggle, word(`does_${fault.name}`));
  });
  const moments = state.moments.map((name) =>
    row(button(word(`fault_${name}`), () => attempt(() => call("/api/faults", { name }))), word(`does_${name}`)),
  );
  panel.replaceChildren(make("p", "hint", word("faultsHint")), ...rows, ...moments);
  const on = state.faults.filter((fault) => fault.on).length;
  byId("tab-faults").textContent = on ? `${word("faults")} (${on})` : word("faults");
}

function row(control, text) {
  const line = make("div", "fault");
  line.append(control, make("p", "hint", text));
  return line;
}

async function turn(fault) {
  const answer = await attempt(() => call("/api/faults", { name: fault.name, on: !fault.on }));
  if (!answer) return;
  for (const each of state.faults) each.on = answer.on.includes(each.name);
  drawFaults();
  [...byId("panel-faults").querySelectorAll(".switch")].find((e) => e.textContent === word(`fault_${fault.name}`))?.focus();
}
