// Focus: what is on top has it, what lies beneath is out of reach, and who opened something gets it back.

import { answerConfirm } from "./confirm.js";
import { change, served, ui } from "./state.js";
import { leave } from "./modal.js";
import { menuKey } from "./menu.js";

const FOCUSABLE =
  "button:not([disabled]), [href], input:not([disabled]), select:not([disabled]), textarea:not([disabled]), summary, [tabindex]:not([tabindex='-1'])";
const ORDER = ["confirm", "modal", "drawer", "nav"];

let shown = null;
let shownErrors = {};
const openers = new Map();
let remembered = null;

const layer = (name) => document.querySelector(`[data-layer="${name}"]`);
const topLayer = () => ORDER.map((name) => [name, layer(name)]).find(([, dom]) => dom) ?? [null, null];

/** Before drawing: who has the focus, by everything that may survive. */
export function rememberFocus() {
  const dom = document.activeElement;
  // A window that is busy lets go of the focus; where it was is still known when the window is usable again.
  if (!dom || dom === document.body) remembered = topLayer()[1] ? remembered : null;
  else
    remembered = {
      dom,
      action: dom.dataset?.action,
      label: dom.closest("[data-label]")?.dataset.label,
      start: caret(dom)?.[0],
      end: caret(dom)?.[1],
    };
}

function caret(dom) {
  try {
    return dom.selectionStart === null ? null : [dom.selectionStart, dom.selectionEnd];
  } catch {
    return null; // Fields of some types have no caret to ask for.
  }
}

/** After drawing: moves the focus where it belongs. */
export function settleFocus() {
  const [name, dom] = topLayer();
  for (const beneath of document.querySelectorAll("[data-beneath]")) beneath.inert = isBeneath(beneath, name);
  const now = name === "modal" ? dom.dataset.view : name;
  const errors = name === "modal" ? (served.now.modal?.view.errors ?? {}) : {};
  if (now !== shown) {
    if (name && !openers.has(name) && remembered) openers.set(name, remembered.dom);
    const back = openersOfGone().find((opener) => opener.isConnected && (!dom || dom.contains(opener)));
    if (back) back.focus();
    else if (dom) {
      first(dom)?.focus({ preventScroll: true });
      dom.querySelector(".sheet-body")?.scrollTo(0, 0);
    } else document.querySelector(".channel .composer textarea")?.focus();
  } else if (dom && !dom.contains(document.activeElement)) refind(dom);
  else if (!dom && remembered && document.activeElement === document.body) refind(document.body);
  // Only a new error moves the focus: one that goes, because somebody mends it, must not.
  if (now === shown && Object.entries(errors).some(([block, words]) => shownErrors[block] !== words)) wrongField(dom)?.focus();
  shown = now;
  shownErrors = errors;
}

/** Who opened the layers that are gone now; the newest first. */
function openersOfGone() {
  const gone = [...openers].filter(([name]) => !layer(name)).reverse();
  for (const [name] of gone) openers.delete(name);
  return gone.map(([, opener]) => opener);
}

function isBeneath(dom, name) {
  const mine = dom.dataset.beneath;
  return name !== null && mine.split(" ").includes(name);
}

function first(dom) {
  const body = dom.querySelector(".sheet-body, .drawer-body") ?? dom;
  const asked = body.querySelector("[autofocus]");
  if (dom.matches("[role=alertdialog]")) return dom.querySelector("footer button");
  const field = body.querySelector("input, textarea, select");
  // Of radio buttons the one that is chosen, as with the Tab key.
  const chosen = field?.type === "radio" && field.closest("[role=radiogroup]")?.querySelector("input:checked");
  return asked ?? (chosen || field) ?? dom.querySelector("h2[tabindex]") ?? dom.querySelector(FOCUSABLE);
}

// A view was drawn anew under the hands: the same element by its action, else the same question by its label, else the title.
function refind(dom) {
  if (!remembered) return dom.querySelector("h2[tabindex]")?.focus();
  const { action, label, start, end } = remembered;
  const found =
    (action && [...dom.querySelectorAll("[data-action]")].find((each) => each.dataset.action === action)) ||
    (label && [...dom.querySelectorAll("[data-label]")].find((each) => each.dataset.label === label)?.querySelector(FOCUSABLE));
  if (!found) return dom === document.body ? null : dom.querySelector("h2[tabindex]")?.focus();
  found.focus({ preventScroll: true });
  if (start !== undefined && start !== null) {
    try {
      found.setSelectionRange(start, end);
    } catch {
      /* not a field with a caret */
    }
  }
  return found;
}

const wrongField = (dom) => {
  const wrong = dom?.querySelector("[aria-invalid=true]");
  const target = wrong?.matches("[role]") ? (wrong.querySelector("input:checked") ?? wrong.querySelector("input")) : wrong;
  target?.closest(".question")?.scrollIntoView({ block: "center" });
  return target;
};

/** All keys that belong to layers: Escape, Tab within, Ctrl+Enter. */
export function layerKeys(event) {
  if (event.defaultPrevented || menuKey(event)) {
    if (!event.defaultPrevented) event.preventDefault();
    return;
  }
  const [name, dom] = topLayer();
  if (event.key === "Escape" && !event.isComposing) {
    event.preventDefault();
    if (name === "confirm") answerConfirm(false);
    else if (name === "modal") leave("close");
    else if (name === "drawer") change(() => (ui.drawer = false));
    else if (name === "nav") change(() => (ui.nav = false));
    else if (ui.panel === "thread")
      change(() => Object.assign(ui, { thread: null, panel: matchMedia("(min-width: 1100px)").matches ? "traffic" : null }));
  } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && name === "modal") {
    event.preventDefault();
    dom.querySelector("form").requestSubmit();
  } else if (event.key === "Tab" && dom && name !== "nav") within(event, dom);
}

function within(event, dom) {
  const all = [...dom.querySelectorAll(FOCUSABLE)].filter((each) => each.offsetParent !== null);
  const [from, to] = event.shiftKey ? [all[0], all.at(-1)] : [all.at(-1), all[0]];
  if (document.activeElement === from || !dom.contains(document.activeElement)) {
    event.preventDefault();
    to?.focus();
  }
}
