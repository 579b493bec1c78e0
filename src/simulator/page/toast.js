// Short notices of what went wrong or was done. They go by themselves, save while somebody reads them.

import { h, icon } from "./dom.js";
import { change, ui } from "./state.js";

const SHOWN_MS = { error: 8000, note: 4000 };
let serial = 0;

/** Shows a line; `kind` is "error" or "note". */
export function toast(text, kind = "error") {
  const id = ++serial;
  change(() => (ui.toasts = [...ui.toasts.filter((each) => each.text !== text), { id, text, kind }].slice(-3)));
  setTimeout(() => away(id, kind), SHOWN_MS[kind]);
}

function away(id, kind) {
  const box = document.querySelector(`[data-toast="${id}"]`);
  if (box?.matches(":hover, :focus-within")) setTimeout(() => away(id, kind), SHOWN_MS[kind]);
  else change(() => (ui.toasts = ui.toasts.filter((each) => each.id !== id)));
}

export function toasts() {
  return h(
    "div",
    { class: "toasts", role: "region", "aria-label": "Notices" },
    h(
      "div",
      { role: "alert", class: "toast-list" },
      ui.toasts.map((each) =>
        h(
          "div",
          { class: `toast ${each.kind}`, key: each.id, "data-toast": each.id },
          icon(each.kind === "error" ? "warning" : "info"),
          h("p", {}, each.text),
          h(
            "button",
            {
              type: "button",
              class: "quiet square",
              "aria-label": "Dismiss notice",
              onclick: () => change(() => (ui.toasts = ui.toasts.filter((one) => one.id !== each.id))),
            },
            icon("close"),
          ),
        ),
      ),
    ),
  );
}
