// What this workspace imitates of Slack, and what it leaves out: its own words, as a table.

import { h } from "./dom.js";
import { served } from "./state.js";

const TABLES = [
  ["methods", "Methods"],
  ["deliveries", "Deliveries"],
  ["events", "Events"],
  ["blocks", "Blocks"],
  ["faults", "Faults"],
];

export function coverage() {
  const all = served.coverage;
  return h(
    "section",
    { "aria-labelledby": "coverage-title" },
    h("h3", { id: "coverage-title" }, "What is imitated"),
    h("p", {}, "This is a simulated workspace. The tables say what it does like Slack, and what it does not."),
    all
      ? TABLES.filter(([key]) => all[key]?.length > 0).map(([key, name]) => table(name, all[key]))
      : h("p", { class: "hint" }, "Reading…"),
  );
}

function table(name, rows) {
  const full = rows.filter((each) => each.level === "full").length;
  return h(
    "details",
    { class: "coverage", key: name },
    h("summary", {}, name, h("span", { class: "when" }, ` ${full} of ${rows.length} in full`)),
    h(
      "table",
      {},
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          ["Name", "Level", "Note"].map((each) => h("th", { scope: "col" }, each)),
        ),
      ),
      h(
        "tbody",
        {},
        rows.map((each) =>
          h(
            "tr",
            { key: each.name },
            h("th", { scope: "row" }, h("code", {}, each.name)),
            h("td", {}, h("span", { class: `level ${each.level}` }, each.level)),
            h("td", {}, each.note ?? ""),
          ),
        ),
      ),
    ),
  );
}
