// "What just happened": the traffic between people, workspace and app, in words, newest first; the raw JSON behind each line.

import { h, icon } from "./dom.js";
import { gistOf } from "./gist.js";
import { change, served, timeOf, ui } from "./state.js";

const SHOWN = 150;
// Typing makes a round of lines for each letter: somebody did, the app was told, it answered.
const CLOSE = 3;
const KINDS = {
  person: ["person", "somebody did"],
  delivery: ["to-app", "sent to the app"],
  answer: ["from-app", "the app answered"],
  call: ["call", "the app called"],
  socket: ["plug", "connection"],
  fault: ["warning", "fault"],
  clock: ["clock", "clock"],
};
const FILTERS = [
  ["all", "All", () => true],
  ["people", "People", (each) => each.kind === "person" || each.kind === "clock"],
  ["app", "App", (each) => ["delivery", "answer", "call", "socket"].includes(each.kind)],
  ["trouble", "Trouble", (each) => isTrouble(each)],
];

/** Refusals, time-outs and faults. */
export function isTrouble({ kind, raw }) {
  if (kind === "fault") return true;
  if (kind === "call") return raw?.answer?.ok === false || raw?.status >= 400;
  if (kind === "answer") return raw?.outcome ? raw.outcome !== "acknowledged" : raw?.status >= 400;
  return false;
}

export function traffic() {
  const [, , fits] = FILTERS.find(([name]) => name === ui.filter) ?? FILTERS[0];
  const rows = folded(served.traffic.filter(fits)).slice(0, SHOWN);
  return h(
    "div",
    { class: "traffic" },
    h(
      "div",
      { class: "chips", role: "group", "aria-label": "Which entries" },
      FILTERS.map(([name, words]) =>
        h(
          "button",
          {
            type: "button",
            key: name,
            class: "chip",
            "aria-pressed": String((ui.filter ?? "all") === name),
            onclick: () => change(() => (ui.filter = name)),
          },
          words,
        ),
      ),
    ),
    h(
      "div",
      { class: "pane-body" },
      rows.length > 0
        ? h("ol", { class: "entries", "aria-label": "Entries, newest first" }, rows.map(entry))
        : h("p", { class: "pane-empty" }, "Nothing yet. Everything you do here, and all the app is told and says, appears in this list."),
    ),
  );
}

/** Equal lines close together, those of typing above all, are one line with a count. */
function folded(entries) {
  const out = [];
  for (const each of entries) {
    const before = out.slice(-CLOSE).find((row) => row.kind === each.kind && row.words === each.words);
    if (before) before.all.push(each);
    else out.push({ kind: each.kind, words: each.words, all: [each] });
  }
  return out;
}

function entry({ kind, words, all }) {
  const [sign, about] = KINDS[kind] ?? ["info", kind];
  const [newest] = all;
  const gist = gistOf(newest);
  const line = [
    h("span", { class: "entry-sign", title: about }, icon(sign)),
    h(
      "span",
      { class: "entry-words" },
      h("span", { class: "spoken" }, `${about}: `),
      words,
      all.length > 1 && h("span", { class: "times" }, ` ×${all.length}`),
      gist && h("span", { class: "gist" }, gist),
    ),
    h("time", { datetime: newest.at }, timeOf(newest.at)),
  ];
  const shape = `entry ${kind} ${all.some(isTrouble) ? "trouble" : ""}`;
  const raws = all.filter((each) => each.raw !== undefined && each.raw !== null);
  const key = all.at(-1).id;
  if (raws.length === 0) return h("li", { class: shape, key }, h("div", { class: "entry-line" }, line));
  const open = ui.opened?.has(key);
  return h(
    "li",
    { class: shape, key },
    h(
      "details",
      { ontoggle: (event) => opened(key, event.currentTarget.open) },
      h("summary", { class: "entry-line" }, line),
      // Drawn when looked at: hundreds of payloads would make every draw slow.
      open &&
        raws.map((each) =>
          h("pre", { class: "code raw", key: each.id, tabindex: "0", "aria-label": "Raw JSON" }, JSON.stringify(each.raw, null, 2)),
        ),
    ),
  );
}

function opened(key, open) {
  ui.opened ??= new Set();
  if (ui.opened.has(key) === open) return;
  change(() => (open ? ui.opened.add(key) : ui.opened.delete(key)));
}
