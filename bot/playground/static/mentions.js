// Who a message mentions: the bot's own chip, chips of people, and a menu of the chat's members.

import { make } from "./entries.js";
import { word } from "./words.js";

const byId = (id) => document.getElementById(id);

export class Mentions {
  constructor(typeIn) {
    this.typeIn = typeIn;
    this.ids = [];
    this.members = [];
    byId("bot").addEventListener("click", () => this.setBot(!this.toBot));
    byId("add").addEventListener("click", () => this.toggleMenu());
    byId("mentions").addEventListener("keydown", (event) => this.onKey(event));
    document.addEventListener("click", (event) => {
      if (!byId("mentions").contains(event.target)) this.closeMenu();
    });
  }

  get toBot() {
    return byId("bot").getAttribute("aria-pressed") === "true";
  }

  setBot(told) {
    byId("bot").setAttribute("aria-pressed", String(told));
  }

  // Start anew in a chat; `members` are the people who may be mentioned, null where nobody can be.
  reset(members, botName) {
    this.members = members || [];
    this.ids = [];
    byId("mentions").hidden = members === null;
    byId("bot").textContent = `@${botName}`;
    byId("add").textContent = word("at");
    this.setBot(true);
    this.closeMenu();
    this.draw();
  }

  toggle(id) {
    this.ids = this.ids.includes(id) ? this.ids.filter((each) => each !== id) : [...this.ids, id];
    this.draw();
  }

  draw() {
    const chips = this.ids.map((id) => this.chip(this.members.find((each) => each.id === id)));
    byId("chosen").replaceChildren(...chips);
    for (const item of byId("members-menu").children) {
      item.setAttribute("aria-pressed", String(this.ids.includes(item.dataset.id)));
    }
  }

  chip(person) {
    const chip = make("button", "chip chosen", `@${person.name} ×`);
    chip.type = "button";
    chip.setAttribute("aria-label", `${word("remove")} @${person.name}`);
    chip.addEventListener("click", () => {
      this.toggle(person.id);
      this.typeIn.focus();
    });
    return chip;
  }

  toggleMenu() {
    if (byId("members-menu").hidden) this.openMenu();
    else this.closeMenu();
  }

  openMenu() {
    const menu = byId("members-menu");
    menu.replaceChildren(...this.members.map((person) => this.item(person)));
    menu.hidden = false;
    byId("add").setAttribute("aria-expanded", "true");
    this.draw();
    menu.firstElementChild?.focus();
  }

  closeMenu() {
    byId("members-menu").hidden = true;
    byId("add").setAttribute("aria-expanded", "false");
  }

  item(person) {
    const item = make("button", "", person.outsider ? `${person.name} · ${word("external")}` : person.name);
    item.type = "button";
    item.dataset.id = person.id;
    item.addEventListener("click", () => this.toggle(person.id));
    return item;
  }

  onKey(event) {
    const menu = byId("members-menu");
    if (menu.hidden) return;
    if (event.key === "Escape") {
      this.closeMenu();
      this.typeIn.focus();
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const items = [...menu.children];
    const at = items.indexOf(document.activeElement);
    items[(at + step + items.length) % items.length]?.focus();
  }
}
