// Who a message mentions: the bot's own chip, chips of people, and a menu of the chat's members that typing narrows.

import { button, byId } from "./page.js";
import { word } from "./words.js";

const TYPED = /(^|\s)@([^\s@]*)$/;

export class Mentions {
  constructor(typeIn) {
    this.typeIn = typeIn;
    this.ids = [];
    this.members = [];
    byId("bot").addEventListener("click", () => this.setBot(!this.toBot));
    byId("add").addEventListener("click", () => (byId("members-menu").hidden ? this.openMenu() : this.closeMenu()));
    byId("mentions").addEventListener("keydown", (event) => this.onKey(event));
    document.addEventListener("click", (event) => {
      if (!byId("composer").contains(event.target)) this.closeMenu();
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
    const chip = button(`@${person.name} ×`, () => {
      this.toggle(person.id);
      this.typeIn.focus();
    }, "chip chosen");
    chip.setAttribute("aria-label", `${word("remove")} @${person.name}`);
    return chip;
  }

  fitting(typed) {
    const wanted = typed.toLowerCase();
    const begins = (text) => text.toLowerCase().split(/\s+/).some((part) => part.startsWith(wanted));
    const holds = (text) => text.toLowerCase().includes(wanted);
    const first = this.members.filter((each) => begins(each.name) || begins(each.id));
    return first.length ? first : this.members.filter((each) => holds(each.name));
  }

  fill(people) {
    byId("members-menu").replaceChildren(...people.map((person) => this.item(person)));
    this.draw();
  }

  openMenu() {
    this.fill(this.members);
    byId("members-menu").hidden = false;
    byId("add").setAttribute("aria-expanded", "true");
    byId("members-menu").firstElementChild?.focus();
  }

  closeMenu() {
    byId("members-menu").hidden = true;
    byId("add").setAttribute("aria-expanded", "false");
  }

  item(person) {
    const name = person.outsider ? `${person.name} · ${word("external")}` : person.name;
    const item = button(name, () => this.choose(person.id));
    item.dataset.id = person.id;
    return item;
  }

  choose(id) {
    const typed = TYPED.exec(this.typeIn.value);
    if (typed) {
      this.typeIn.value = this.typeIn.value.slice(0, typed.index) + typed[1];
      this.closeMenu();
      this.typeIn.focus();
    }
    if (!typed || !this.ids.includes(id)) this.toggle(id);
  }

  // "@ca" in the text narrows the menu to those it begins the name of; true while there is such a word.
  follow() {
    const typed = TYPED.exec(this.typeIn.value);
    const people = typed ? this.fitting(typed[2]) : [];
    if (people.length) {
      this.fill(people);
      byId("members-menu").hidden = false;
      byId("add").setAttribute("aria-expanded", "true");
    } else if (!byId("members-menu").contains(document.activeElement)) {
      this.closeMenu();
    }
    return people.length > 0;
  }

  // Keys of the text while the menu follows it; true for one that is used up.
  onTextKey(event) {
    const menu = byId("members-menu");
    if (menu.hidden || !TYPED.test(this.typeIn.value)) return false;
    if (event.key === "Escape") this.closeMenu();
    else if (event.key === "Enter" || event.key === "Tab") menu.firstElementChild?.click();
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") menu.firstElementChild?.focus();
    else return false;
    event.preventDefault();
    return true;
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
