// Buttons and overflow menus of an app, in messages, modals and Home.

import { h, icon } from "./dom.js";
import { actBusy } from "./net.js";
import { afterConfirm } from "./confirm.js";
import { menuButton, menuItem } from "./menu.js";
import { ui } from "./state.js";
import { labelOf, textNodes } from "./text.js";

export function button(field) {
  const { element } = field;
  const busy = ui.busy.has(field.key);
  const style = element.style === "primary" ? "primary" : element.style === "danger" ? "danger" : "";
  return h(
    "button",
    {
      type: "button",
      class: `btn ${style} ${busy ? "busy" : ""}`,
      key: field.key,
      "aria-label": element.accessibility_label ?? null,
      "aria-busy": busy ? "true" : null,
      "data-action": element.action_id,
      onclick: () => afterConfirm(element.confirm, () => press(field)),
    },
    textNodes(element.text),
    element.url && icon("out"),
  );
}

function press(field, option) {
  const { element, place } = field;
  if (/^https?:\/\//i.test(element.url ?? option?.url ?? "")) window.open(element.url ?? option.url, "_blank", "noopener");
  // The options of an overflow menu are named by their words, as people name them.
  return actBusy(field.key, "press", { as: place.as, button: option ? labelOf(option.text) : field.address, where: place.where });
}

export function overflow(field) {
  return menuButton(field.key, { label: "More options", face: icon("more"), className: "btn square" }, () =>
    (field.element.options ?? []).map((option) =>
      menuItem(labelOf(option.text), () => afterConfirm(field.element.confirm, () => press(field, option))),
    ),
  );
}
