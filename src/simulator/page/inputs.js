// Fields of text and date. Each letter is reported when the app asks for it; the workspace is told in any case, since it holds the values.

import { h } from "./dom.js";
import { entered, reportsEnter, typed, chose, valueOf } from "./fields.js";
import { labelOf } from "./text.js";

const KINDS = { number_input: "text", email_text_input: "email", url_text_input: "url" };
const NEAR_LIMIT = 30;

export const isText = (element) => element.type === "plain_text_input" || element.type in KINDS;

export function textInput(field, naming) {
  const { element } = field;
  const text = valueOf(field).value ?? "";
  const props = {
    ...naming,
    class: "field",
    value: text,
    autocomplete: "off",
    placeholder: labelOf(element.placeholder) || null,
    "data-action": element.action_id,
    autofocus: element.focus_on_load ? true : null,
    oninput: (event) => typed(field, event.currentTarget.value),
    onkeydown: (event) => {
      if (event.key !== "Enter" || event.isComposing) return;
      const plain = !event.shiftKey && !event.ctrlKey && !event.metaKey;
      if (element.multiline && !(plain && reportsEnter(field))) return;
      if (event.ctrlKey || event.metaKey) return;
      // Enter in a field never submits the form: a half-filled one would go.
      event.preventDefault();
      if (reportsEnter(field)) entered(field, event.currentTarget.value);
    },
  };
  const control = element.multiline
    ? h("textarea", { ...props, rows: 2 })
    : h("input", { ...props, type: KINDS[element.type] ?? "text", inputmode: element.type === "number_input" ? "decimal" : null });
  return h("div", { class: "text-input" }, control, counter(field, text));
}

function counter({ element }, text) {
  const limit = element.max_length;
  if (!limit || [...text].length < limit - NEAR_LIMIT) return null;
  const left = limit - [...text].length;
  return h("span", { class: left < 0 ? "count over" : "count" }, left < 0 ? `${-left} too many` : `${left} left`);
}

const DATES = {
  datepicker: ["date", "selected_date"],
  timepicker: ["time", "selected_time"],
  datetimepicker: ["datetime-local", "selected_date_time"],
};

export const isDate = (element) => element.type in DATES;

export function dateInput(field, naming) {
  const [type, key] = DATES[field.element.type];
  const held = valueOf(field)[key];
  const seconds = type === "datetime-local";
  const shown =
    seconds && held ? new Date(held * 1000 - new Date(held * 1000).getTimezoneOffset() * 60000).toISOString().slice(0, 16) : (held ?? "");
  return h("input", {
    ...naming,
    class: "field short",
    type,
    value: shown,
    "data-action": field.element.action_id,
    onchange: (event) => {
      const raw = event.currentTarget.value || null;
      const value = seconds && raw ? Math.floor(new Date(raw).getTime() / 1000) : raw;
      chose(field, { type: field.element.type, [key]: value }, value === null ? null : String(value));
    },
  });
}

/** Says once that Enter sends, as the app asked for it. */
export const enterHint = (field) =>
  isText(field.element) && reportsEnter(field) && h("p", { class: "hint" }, "Press Enter to send this answer.");
