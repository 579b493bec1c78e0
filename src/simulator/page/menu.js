// Small pop-up menus: one open at a time, walked with the arrow keys, closed by Escape or a press elsewhere.

import { h } from "./dom.js";
import { change, ui } from "./state.js";

// Pixels between a menu and the edge of the page.
const EDGE = 8;

let opener = null;

export function toggleMenu(key, button) {
  if (ui.menu === key) closeMenu();
  else {
    opener = button;
    change(() => (ui.menu = key));
    queueMicrotask(() => queueMicrotask(() => firstItem()?.focus()));
  }
}

export function closeMenu() {
  if (!ui.menu) return false;
  change(() => (ui.menu = null));
  if (opener?.isConnected) opener.focus();
  opener = null;
  return true;
}

const panel = () => document.querySelector("[data-menu]");
const items = () => [...(panel()?.querySelectorAll("[role^=menuitem], button, input") ?? [])].filter((each) => !each.disabled);
const firstItem = () => items().find((each) => each.getAttribute("aria-checked") === "true") ?? items()[0];

/** The button and, when open, what it opens. `role` is "menu", or "dialog" for pickers with more than items. */
export function menuButton(key, { label, face, role = "menu", className = "quiet", wide = false, above = false }, content) {
  const open = ui.menu === key;
  const side = `${wide ? "wide " : ""}${above ? "above" : ""}`;
  return h(
    "span",
    { class: "menu-place", key: `menu-${key}` },
    h(
      "button",
      {
        type: "button",
        class: className,
        "aria-haspopup": role,
        "aria-expanded": String(open),
        "aria-label": label,
        title: label,
        onclick: (event) => toggleMenu(key, event.currentTarget),
      },
      face,
    ),
    open && h("div", { class: `menu ${side}`, role, "aria-label": label, "data-menu": key, ref: keepInView }, content()),
  );
}

// A menu near an edge moves inwards, or opens upwards.
function keepInView(dom) {
  const box = dom.getBoundingClientRect();
  const bounds = dom.closest(".sheet-body, .pane-body, .messages")?.getBoundingClientRect() ?? { top: 0, bottom: innerHeight };
  const inwards = Math.min(0, innerWidth - EDGE - box.right) + Math.max(0, EDGE - box.left);
  if (inwards !== 0) dom.style.transform = `translateX(${inwards}px)`;
  if (box.bottom > Math.min(bounds.bottom, innerHeight) - 4 && box.top - box.height > bounds.top) dom.classList.add("above");
}

export function menuItem(label, onchoose, { checked, face, danger } = {}) {
  return h(
    "button",
    {
      type: "button",
      role: checked === undefined ? "menuitem" : "menuitemradio",
      "aria-checked": checked === undefined ? null : String(checked),
      class: danger ? "danger" : null,
      tabindex: "-1",
      key: label,
      onclick: () => {
        closeMenu();
        onchoose();
      },
    },
    face ?? label,
  );
}

/** Keys for the open menu; true when the key was the menu's. */
export function menuKey(event) {
  if (!ui.menu) return false;
  if (event.key === "Escape") return closeMenu();
  if (event.target.matches?.("input[type=text]")) return false;
  const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  const all = items();
  const at = all.indexOf(document.activeElement);
  if (step) all[(at + step + all.length) % all.length]?.focus();
  else if (event.key === "Home") all[0]?.focus();
  else if (event.key === "End") all.at(-1)?.focus();
  else if (event.key === "Tab") change(() => (ui.menu = null));
  else return false;
  return event.key !== "Tab";
}

/** A press outside puts the menu away. */
export function pressElsewhere(event) {
  if (ui.menu && !event.target.closest?.(".menu-place")) change(() => (ui.menu = null));
}
