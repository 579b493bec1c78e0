// What stands in fields. The workspace holds the values; what somebody has just typed stands here until the workspace has it, so
// that no answer from the app, however late, takes a letter away.

import { act, refresh } from "./net.js";
import { change } from "./state.js";

/** key -> {value, open}: `open` counts the reports that are not answered yet. */
const fresh = new Map();

/** One field: where it stands and which element it is. `place` is {where, as, key, values}. */
export function fieldOf(place, block, element) {
  return {
    place,
    key: `${place.key}/${block.block_id}/${element.action_id}`,
    address: { block: block.block_id, action: element.action_id },
    element,
    block,
  };
}

/** What the field shows, in the form of `state.values`. */
export function valueOf(field) {
  const mine = fresh.get(field.key);
  if (mine) return mine.value;
  return field.place.values?.[field.address.block]?.[field.address.action] ?? {};
}

/** Whether the field reports each letter. Text inputs say so themselves; outside an input block nothing is reported by letter. */
export function reportsLetters(field) {
  return field.element.dispatch_action_config?.trigger_actions_on?.includes("on_character_entered") ?? false;
}

export function reportsEnter(field) {
  if (field.block.type !== "input" || !field.block.dispatch_action) return false;
  return field.element.dispatch_action_config?.trigger_actions_on?.includes("on_enter_pressed") ?? true;
}

/** The person typed: the whole text of the field, each time it changes. */
export function typed(field, text) {
  report(field, { type: field.element.type, value: text }, "set", { value: text, by: "at_once" });
}

export function entered(field, text) {
  report(field, { type: field.element.type, value: text }, "set", { value: text, by: "enter" });
}

/** The person chose: one option (or null), a list of options, or an id. */
export function chose(field, value, option) {
  report(field, value, "choose", { option });
}

async function report(field, value, name, fields) {
  const mine = fresh.get(field.key) ?? { open: 0 };
  Object.assign(mine, { value, again: () => report(field, value, name, fields) });
  mine.open += 1;
  fresh.set(field.key, mine);
  change();
  const where = field.place.where === "modal" ? {} : { where: field.place.where };
  const said = await act(name, { as: field.place.as, field: field.address, wait: false, ...where, ...fields });
  mine.open -= 1;
  // What could not be sent is kept, and sent when the workspace is there again.
  if (said === null || mine.open > 0) return;
  await refresh();
  if (mine.open === 0 && fresh.get(field.key) === mine) {
    fresh.delete(field.key);
    change();
  }
}

/** Reports what could not be reported while the workspace was away. */
export function sendKept() {
  for (const mine of [...fresh.values()]) if (mine.open === 0) mine.again();
}
