// The question an app asks before a button does its work, and the page's own.

import { h } from "./dom.js";
import { change, ui } from "./state.js";
import { labelOf, textNodes } from "./text.js";

/** Asks, then does. `asked` is Slack's confirm object; without one, does at once. */
export function afterConfirm(asked, act) {
  if (!asked) return act();
  return change(() => (ui.confirm = { asked, act }));
}

export function answerConfirm(yes) {
  const { act } = ui.confirm ?? {};
  change(() => (ui.confirm = null));
  if (yes) act?.();
}

export function confirmDialog() {
  if (!ui.confirm) return null;
  const { asked } = ui.confirm;
  return h(
    "div",
    { class: "scrim top", key: "confirm" },
    h(
      "div",
      {
        class: "sheet small",
        role: "alertdialog",
        "aria-modal": "true",
        "aria-labelledby": "confirm-title",
        "aria-describedby": "confirm-text",
        "data-layer": "confirm",
      },
      h("header", { class: "sheet-head" }, h("h2", { id: "confirm-title" }, labelOf(asked.title))),
      h("div", { class: "sheet-body", id: "confirm-text" }, h("p", {}, textNodes(asked.text))),
      h(
        "footer",
        { class: "sheet-foot" },
        h("button", { type: "button", class: "btn", onclick: () => answerConfirm(false) }, labelOf(asked.deny) || "No"),
        h(
          "button",
          { type: "button", class: `btn ${asked.style === "danger" ? "danger" : "primary"}`, onclick: () => answerConfirm(true) },
          labelOf(asked.confirm) || "Yes",
        ),
      ),
    ),
  );
}
