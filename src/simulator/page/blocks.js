// Block Kit, drawn. A block this page cannot draw is named, never dropped in silence.

import { h } from "./dom.js";
import { button, overflow } from "./buttons.js";
import { checkboxes, idSelect, picksIds, radioButtons, staticSelect } from "./choices.js";
import { fieldOf } from "./fields.js";
import { dateInput, enterHint, isDate, isText, textInput } from "./inputs.js";
import { richText } from "./rich.js";
import { labelOf, mrkdwn, textNodes } from "./text.js";

/** Where blocks stand: {where, as, key, values, errors}. `where` is what an action names the place by. */
export function blocks(list, place) {
  return (list ?? []).map((block, index) =>
    h("div", { class: `block ${block.type}`, key: block.block_id ?? `${block.type}-${index}` }, body(block, place)),
  );
}

function body(block, place) {
  switch (block.type) {
    case "section":
      return section(block, place);
    case "header":
      return h(
        `h${Math.min(6, (block.level ?? 1) + (place.where === "modal" ? 2 : 1))}`,
        { class: `block-title level-${block.level ?? 1}` },
        textNodes(block.text),
      );
    case "context":
      return h(
        "div",
        { class: "context-items" },
        (block.elements ?? []).map((each) => (each.type === "image" ? picture(each) : h("span", {}, textNodes(each)))),
      );
    case "divider":
      return h("hr", {});
    case "actions":
    case "context_actions":
      return h(
        "div",
        { class: "action-items" },
        (block.elements ?? []).map((each) => element(fieldOf(place, block, each), named(place, block, each))),
      );
    case "rich_text":
      return richText(block);
    case "input":
      return input(block, place);
    case "image":
      return h("figure", {}, block.title && h("figcaption", {}, textNodes(block.title)), picture(block));
    case "markdown":
      return h("p", { class: "words" }, block.text ?? "");
    case "alert":
      return h("div", { class: "banner", role: "note" }, textNodes(block.text));
    default:
      return h(
        "details",
        { class: "unknown" },
        h("summary", {}, `A block of type ${block.type}, which this page does not draw`),
        h("pre", { class: "code" }, JSON.stringify(block, null, 2)),
      );
  }
}

function section(block, place) {
  const { accessory } = block;
  const beneath = accessory && /radio|checkbox|multi_/.test(accessory.type);
  const aside =
    accessory &&
    (accessory.type === "image"
      ? picture(accessory)
      : element(fieldOf(place, block, accessory), named(place, block, accessory, block.text)));
  return h(
    "div",
    { class: aside && !beneath ? "with-aside" : null },
    h(
      "div",
      { class: "section-words" },
      block.text && h("div", { class: "words" }, textNodes(block.text)),
      block.fields &&
        h(
          "div",
          { class: "facts" },
          block.fields.map((each) => h("div", { class: "words" }, textNodes(each))),
        ),
    ),
    aside && h("div", { class: beneath ? "beneath" : "aside" }, aside),
  );
}

function input(block, place) {
  const field = fieldOf(place, block, block.element ?? {});
  const naming = named(place, block, field.element);
  const error = place.errors?.[block.block_id];
  const grouped = /radio_buttons|checkboxes|multi_/.test(field.element.type);
  const label = [h("span", {}, labelOf(block.label)), block.optional && h("span", { class: "optional" }, "optional")];
  const about = [block.hint && `${naming.id}-hint`, error && `${naming.id}-error`].filter(Boolean).join(" ");
  const props = {
    id: naming.id,
    "aria-describedby": about || null,
    "aria-invalid": error ? "true" : null,
    "aria-required":
      block.optional || field.element.type === "checkboxes" || (grouped && field.element.type !== "radio_buttons") ? null : "true",
    ...(grouped ? { "aria-labelledby": `${naming.id}-label` } : {}),
  };
  return h(
    "div",
    { class: error ? "question wrong" : "question", "data-label": labelOf(block.label) },
    grouped ? h("span", { class: "label", id: `${naming.id}-label` }, label) : h("label", { class: "label", for: naming.id }, label),
    element(field, props),
    error && h("p", { class: "error", id: `${naming.id}-error` }, error),
    block.hint && h("p", { class: "hint", id: `${naming.id}-hint` }, textNodes(block.hint)),
    enterHint(field),
  );
}

/** Id and name of an element that has no label of its own. */
function named(place, block, element, text) {
  const id = `${place.key}-${block.block_id}-${element.action_id}`.replace(/[^\w-]/g, "_");
  return { id, "aria-label": labelOf(text) || labelOf(element.placeholder) || labelOf(element.text) || "Choice" };
}

function element(field, naming) {
  const { element: it } = field;
  if (it.type === "button") return button(field);
  if (it.type === "overflow") return overflow(field);
  if (it.type === "radio_buttons") return radioButtons(field, naming);
  if (it.type === "checkboxes") return checkboxes(field, naming);
  if (it.type === "multi_static_select") return checkboxes(field, naming, { multi: true });
  if (it.type === "static_select") return staticSelect(field, naming);
  if (it.type && picksIds(it)) return idSelect(field, naming);
  if (isText(it)) return textInput(field, naming);
  if (isDate(it)) return dateInput(field, naming);
  return h("p", { class: "unknown" }, `(an element of type ${it.type}, which this page does not draw)`);
}

/** Pictures live on other servers, and this page speaks to its own alone: their description stands for them. */
function picture(image) {
  return h("span", { class: "picture", role: "img", "aria-label": image.alt_text ?? "Image" }, image.alt_text ?? "Image");
}

/** What a message says when it has no blocks. */
export const bareText = (text) => h("div", { class: "words" }, mrkdwn(text ?? ""));
