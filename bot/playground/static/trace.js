// How an answer came to be: each hop with its time, the words in the colours of what they were counted for.

import { call, query } from "./api.js";
import { attempt, button, byId, make } from "./page.js";
import { word } from "./words.js";

let following = null;

export const shownKey = () => following;

export async function showTrace(key) {
  following = key;
  const panel = byId("panel-trace");
  if (!key) {
    panel.replaceChildren(make("p", "hint", word("traceHint")));
    return;
  }
  const found = await attempt(() => call(`/api/trace?${query({ key })}`));
  if (!found || following !== key) return;
  const copy = button(word("copyReport"), () => copyReport(found.report, copy), "primary");
  panel.replaceChildren(copy, ...found.steps.map(hop));
}

function hop(step) {
  const box = make("section", `hop hop-${step.hop}`);
  const line = make("h3", "", word(`hop_${step.hop}`));
  if (step.ms !== undefined) line.append(make("span", "ms", ` +${step.ms} ms`));
  box.append(line, ...summary(step));
  if (step.detail !== undefined && step.detail !== null) {
    const more = make("details");
    const text = make("pre", "", typeof step.detail === "string" ? step.detail : JSON.stringify(step.detail, null, 1));
    text.tabIndex = 0;
    more.append(make("summary", "", word("details")), text);
    box.append(more);
  }
  return box;
}

function summary(step) {
  if (step.hop === "words") return [words(step), make("p", "hint", read(step.detail))];
  if (step.hop === "call") return [make("p", step.status >= 400 || step.code ? "bad" : "", callLine(step))];
  if (step.hop === "claim") return [make("p", "", step.detail ? `${step.detail.outcome || step.detail.state} · ${word("attempt")} ${step.detail.attempt}` : word("noClaim"))];
  if (step.hop === "verdicts") return step.detail.length ? [verdicts(step.detail)] : [make("p", "", step.reply)];
  if (step.hop === "delivery") return [make("p", "", `${delivered(step.what)} · ${step.chat}`)];
  if (step.hop === "frame") return step.deliveries > 1 ? [make("p", "bad", `${word("deliveredTimes")} ${step.deliveries}`)] : [];
  return step.code ? [make("p", "", String(step.code))] : [];
}

function delivered(what) {
  const known = word(`what_${what}`);
  return known.startsWith("what_") ? what : known;
}

function words(step) {
  const line = make("p", "words");
  let at = 0;
  for (const { start, end, account } of runs(step.words)) {
    line.append(step.text.slice(at, start));
    const mark = make("span", `account account-${account}`, step.text.slice(start, end));
    mark.append(make("small", "", word(`account_${account}`)));
    line.append(mark);
    at = end;
  }
  line.append(step.text.slice(at));
  return line;
}

// Words beside each other that are counted for the same are one.
function runs(words) {
  const found = [];
  for (const [, start, end, account] of words) {
    const last = found.at(-1);
    if (last?.account === account) last.end = end;
    else found.push({ start, end, account });
  }
  return found;
}

function read(found) {
  const windows = (found.windows || []).map((each) => `${each.start.slice(5, 16).replace("T", " ")}–${each.end.slice(11, 16)}`);
  return [found.intent, ...windows].join(" · ");
}

function callLine(step) {
  const took = step.took === null ? "…" : `${step.took} ms`;
  return [step.api, step.status, took, step.code, step.fault].filter(Boolean).join(" · ");
}

function verdicts(rows) {
  const list = make("ul");
  for (const row of rows) {
    const text = [`${row.name}: ${word(`state_${row.state}`)}`, row.reason, ...(row.busy || [])].filter(Boolean);
    list.append(make("li", `state-${row.state}`, text.join(" · ")));
  }
  return list;
}

async function copyReport(text, pressed) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const box = make("textarea", "", text);
    pressed.after(box);
    box.select();
    document.execCommand("copy");
    box.remove();
  }
  pressed.textContent = word("copied");
}
