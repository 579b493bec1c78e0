// The modal on top of this person's stack. The workspace keeps the stack; the page shows its top and that more lies beneath.

import { h, icon } from "./dom.js";
import { act, actBusy, refresh } from "./net.js";
import { blocks } from "./blocks.js";
import { served, ui } from "./state.js";
import { labelOf } from "./text.js";

const mark = (view) => `submit-${view.id}`;

export function modal() {
  const { modal: open } = served.now;
  if (!open) return null;
  const { view, depth } = open;
  const busy = view.busy || ui.busy.has(mark(view));
  const errors = Object.keys(view.errors ?? {}).length;
  return h(
    "div",
    { class: "scrim", key: "modal" },
    h(
      "div",
      {
        class: `sheet depth-${depth}`,
        key: view.id,
        role: "dialog",
        "aria-modal": "true",
        "aria-labelledby": "modal-title",
        "data-layer": "modal",
        "data-view": view.id,
      },
      h(
        "form",
        { class: "sheet-form", novalidate: true, onsubmit: (event) => (event.preventDefault(), submit(view)) },
        h(
          "header",
          { class: "sheet-head" },
          h("h2", { id: "modal-title", tabindex: "-1" }, labelOf(view.title)),
          depth > 1 && h("span", { class: "tag" }, `Window ${depth}`),
          h(
            "button",
            {
              type: "button",
              class: "quiet square",
              "aria-label": "Dismiss",
              title: depth > 1 ? "Close all windows" : "Close",
              onclick: () => leave("dismiss"),
            },
            icon("close"),
          ),
        ),
        h(
          "div",
          // A window that is only read scrolls by keys too.
          { class: "sheet-body", inert: busy, tabindex: view.blocks.some(hasControl) ? null : "0" },
          view.failure && h("p", { class: "failure", role: "alert" }, icon("warning"), view.failure),
          errors > 0 &&
            h("p", { class: "spoken", role: "alert" }, errors === 1 ? "One answer needs a change." : `${errors} answers need a change.`),
          blocks(view.blocks, { where: "modal", as: ui.as, key: view.id, values: view.values, errors: view.errors }),
        ),
        h(
          "footer",
          { class: "sheet-foot" },
          h(
            "button",
            { type: "button", class: "btn", onclick: () => leave("close") },
            labelOf(view.close) || (depth > 1 ? "Back" : "Cancel"),
          ),
          view.submit &&
            h(
              "button",
              {
                type: "submit",
                class: `btn primary ${busy ? "busy" : ""}`,
                "aria-busy": busy ? "true" : null,
                "aria-disabled": busy ? "true" : null,
              },
              labelOf(view.submit),
            ),
        ),
      ),
    ),
  );
}

const hasControl = (block) => block.type === "input" || block.type === "actions" || Boolean(block.accessory);

function submit(view) {
  if (view.busy) return;
  actBusy(mark(view), "submit", {});
}

/** `close` leaves the view on top, `dismiss` the whole stack. */
export async function leave(how) {
  await act(how, { wait: false });
  await refresh();
}
