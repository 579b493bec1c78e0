// The app's own place: its Home tab and the conversation with it.

import { h } from "./dom.js";
import { avatar } from "./avatar.js";
import { blocks } from "./blocks.js";
import { app, me, served, ui } from "./state.js";
import { openHome, openMessages } from "./sidebar.js";

export function appHead() {
  const tab = (name, selected, onclick) =>
    h("button", { type: "button", role: "tab", "aria-selected": String(selected), tabindex: selected ? "0" : "-1", onclick }, name);
  return h(
    "header",
    { class: "place-head" },
    h("div", { class: "place-title" }, avatar("app", "", "small"), h("h1", {}, app()?.name ?? "App")),
    h(
      "div",
      { class: "tabs", role: "tablist", "aria-label": "App", onkeydown: tabKeys },
      tab("Home", ui.place === "home", openHome),
      tab("Messages", ui.place !== "home", openMessages),
    ),
  );
}

/** Arrow keys walk a row of tabs, as everywhere. */
export function tabKeys(event) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const all = [...event.currentTarget.querySelectorAll("[role=tab]")];
  const next = all[(all.indexOf(document.activeElement) + step + all.length) % all.length];
  next?.focus();
  next?.click();
}

export function home() {
  const view = served.now.home;
  return h(
    "section",
    { class: "place home", "aria-label": "App Home" },
    appHead(),
    h(
      "div",
      { class: "home-body", tabindex: "-1" },
      view
        ? blocks(view.blocks, { where: "home", as: ui.as, key: view.id, values: view.values, errors: view.errors })
        : h("p", { class: "empty" }, `${app()?.name ?? "The app"} has not drawn a Home for ${me()?.name ?? "you"} yet.`),
      view?.failure && h("p", { class: "failure", role: "alert" }, view.failure),
    ),
  );
}
