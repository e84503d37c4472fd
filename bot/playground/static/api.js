// Calls of the playground's own server; what is refused becomes an Error that can be shown.

import { word } from "./words.js";

export async function call(path, body) {
  const options = body
    ? { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }
    : {};
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw new Error(word("offline"));
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(`${word("failed")}: ${answer.error || response.status}`);
  return answer;
}

export const query = (values) => new URLSearchParams(Object.entries(values).filter(([, value]) => value)).toString();
