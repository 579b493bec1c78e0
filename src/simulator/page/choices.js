// Elements with something to choose: radio buttons, checkboxes, selects, people and channels.

import { h } from "./dom.js";
import { chose, valueOf } from "./fields.js";
import { afterConfirm } from "./confirm.js";
import { channelLabel, served } from "./state.js";
import { labelOf, textNodes } from "./text.js";

export function radioButtons(field, naming) {
  const held = valueOf(field).selected_option?.value;
  return optionList(field, naming, "radiogroup", (option, id) => ({
    type: "radio",
    name: id,
    checked: option.value === held,
    onchange: () => choose(field, { selected_option: option }, option.value),
  }));
}

export function checkboxes(field, naming, { multi = false } = {}) {
  const held = valueOf(field).selected_options ?? [];
  const chosen = new Set(held.map((each) => each.value));
  return optionList(
    field,
    naming,
    "group",
    (option) => ({
      type: "checkbox",
      checked: chosen.has(option.value),
      onchange: (event) => {
        if (event.currentTarget.checked) chosen.add(option.value);
        else chosen.delete(option.value);
        const now = optionsOf(field.element).filter((each) => chosen.has(each.value));
        choose(
          field,
          { selected_options: now },
          now.map((each) => each.value),
        );
      },
    }),
    multi,
  );
}

function optionList(field, naming, role, control, boxed = false) {
  const { id, ...rest } = naming;
  return h(
    "div",
    { ...rest, id, role, class: boxed ? "options boxed" : "options" },
    optionsOf(field.element).map((option, index) => {
      const own = `${id}-${index}`;
      return h(
        "label",
        { class: "option", key: option.value ?? index },
        h("input", {
          id: own,
          value: option.value ?? "",
          "data-action": field.element.action_id,
          "aria-describedby": option.description ? `${own}-d` : null,
          ...control(option, id),
        }),
        h(
          "span",
          { class: "option-words" },
          h("span", {}, textNodes(option.text)),
          option.description && h("span", { class: "option-more", id: `${own}-d` }, textNodes(option.description)),
        ),
      );
    }),
  );
}

/** The question an app wants asked first; the control goes back to what it showed when the answer is no. */
function choose(field, value, option) {
  const whole = { type: field.element.type, ...value };
  afterConfirm(field.element.confirm, () => chose(field, whole, option));
}

export function optionsOf(element) {
  return [...(element.options ?? []), ...(element.option_groups ?? []).flatMap((each) => each.options ?? [])];
}

const optionText = (option) => (option.description ? `${labelOf(option.text)} · ${labelOf(option.description)}` : labelOf(option.text));
const optionNode = (option) => h("option", { value: option.value, key: option.value }, optionText(option));

export function staticSelect(field, naming) {
  const { element } = field;
  const groups = element.option_groups?.map((each) => h("optgroup", { label: labelOf(each.label) }, (each.options ?? []).map(optionNode)));
  return select(field, naming, valueOf(field).selected_option?.value, groups ?? (element.options ?? []).map(optionNode), (value) => {
    const option = optionsOf(element).find((each) => each.value === value) ?? null;
    choose(field, { selected_option: option }, option ? option.value : null);
  });
}

// Which key holds the id, and whom the list offers.
const IDS = {
  users_select: ["selected_user", () => served.now.personas.map((each) => [each.id, each.name])],
  channels_select: ["selected_channel", () => channels().filter(([, , kind]) => kind === "public")],
  conversations_select: ["selected_conversation", () => channels()],
};

const channels = () => served.now.channels.filter((each) => !each.archived).map((each) => [each.id, channelLabel(each), each.kind]);

export const picksIds = (element) => element.type.replace(/^multi_/, "") in IDS;

export function idSelect(field, naming) {
  const many = field.element.type.startsWith("multi_");
  const [key, offered] = IDS[field.element.type.replace(/^multi_/, "")];
  if (!many) {
    const nodes = offered().map(([id, name]) => h("option", { value: id, key: id }, name));
    return select(field, naming, valueOf(field)[key], nodes, (id) => choose(field, { [key]: id || null }, id || null));
  }
  const held = new Set(valueOf(field)[`${key}s`] ?? []);
  const options = offered().map(([value, name]) => ({ value, text: { type: "plain_text", text: name } }));
  return optionList(
    { ...field, element: { ...field.element, options } },
    naming,
    "group",
    ({ value }) => ({
      type: "checkbox",
      checked: held.has(value),
      onchange: (event) => {
        if (event.currentTarget.checked) held.add(value);
        else held.delete(value);
        choose(field, { [`${key}s`]: [...held] }, [...held]);
      },
    }),
    true,
  );
}

function select(field, naming, held, options, onpick) {
  return h(
    "select",
    {
      ...naming,
      class: "field",
      value: held ?? "",
      "data-action": field.element.action_id,
      onchange: (event) => onpick(event.currentTarget.value),
    },
    h("option", { value: "", key: "" }, labelOf(field.element.placeholder) || "Choose…"),
    options,
  );
}
