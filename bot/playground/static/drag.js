// Dragging on a row of calendars: on empty time it makes a meeting, on a meeting it moves it; in steps of a quarter hour.

import { call } from "./api.js";
import { attempt, make } from "./page.js";

const QUARTER = 15;
const LEAST = 5; // pixels, below which it is a click

// While somebody drags, nothing may be drawn anew under their hand.
let held = false;
export const isHeld = () => held;

export const instant = (day, offset, minute) => {
  const midnight = Date.parse(`${day}T00:00:00${offset}`);
  return new Date(midnight + minute * 60_000).toISOString();
};

export function drag(track, { person, hours, day, offset }) {
  const minutes = (pixels) => (pixels / track.clientWidth) * (hours.to - hours.from);
  const snapped = (minute) => Math.round(minute / QUARTER) * QUARTER;
  const put = (from, to, entry) =>
    attempt(() =>
      call(`/api/calendars/${encodeURIComponent(person.id)}`, {
        put: {
          start: instant(day, offset, from), end: instant(day, offset, to),
          kind: entry?.kind ?? "busy", key: entry?.key ?? null,
        },
      }),
    );

  track.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    const element = event.target.closest(".item");
    const entry = element && person.items.find((each) => String(each.key) === element.dataset.key);
    if (entry && (entry.all_day || !entry.mine)) return;
    const from = hours.from + minutes(event.clientX - track.getBoundingClientRect().left);
    const shape = element || make("div", "item ghost");
    follow(event, {
      begin: () => !element && track.append(shape),
      move: (by) => shift(shape, ...span(by)),
      end: (by) => put(...span(by), entry),
      cancel: () => !element && shape.remove(),
    });

    function span(by) {
      if (entry) {
        const begins = snapped(entry.from + minutes(by));
        return [begins, begins + entry.to - entry.from];
      }
      const ends = [snapped(from), snapped(from + minutes(by))].sort((a, b) => a - b);
      return [ends[0], Math.max(ends[1], ends[0] + QUARTER)];
    }
  });

  function shift(shape, from, to) {
    const whole = hours.to - hours.from;
    shape.style.left = `${((from - hours.from) / whole) * 100}%`;
    shape.style.right = `${((hours.to - to) / whole) * 100}%`;
  }

  function follow(down, { begin, move, end, cancel }) {
    let begun = false;
    held = true;
    const abort = new AbortController();
    const on = (name, act) => window.addEventListener(name, act, { signal: abort.signal });
    on("pointermove", (event) => {
      const by = event.clientX - down.clientX;
      if (!begun && Math.abs(by) >= LEAST) {
        begun = true;
        begin();
      }
      if (begun) move(by);
    });
    on("pointercancel", () => {
      held = false;
      abort.abort();
      if (begun) cancel();
    });
    on("pointerup", async (event) => {
      held = false;
      abort.abort();
      if (!begun) return;
      window.addEventListener("click", (click) => click.stopPropagation(), { capture: true, once: true });
      setTimeout(() => window.dispatchEvent(new Event("click")), 0); // where no click follows, nothing waits for one
      if ((await end(event.clientX - down.clientX)) === null) cancel();
    });
  }
}
