// Faults by knob: the usual ones ready to press, any other by its parts.

import { h } from "./dom.js";
import { change, served, ui } from "./state.js";
import { tweak } from "./workspace.js";

const READY = [
  ["Slack is down", "Every call of the app is cut, until healed.", { on: { method: "*" }, kind: "refused", times: null }],
  [
    "Too many requests",
    "The next 3 messages are refused with 429, retry after 5 seconds.",
    { on: { method: "chat.postMessage" }, kind: "rate_limited", retry_after: 5, times: 3 },
  ],
  [
    "Server errors",
    "The next 3 calls answer 500, nothing done.",
    { on: { method: "*" }, kind: "status", status: 500, done: false, times: 3 },
  ],
  [
    "Posted, answer lost",
    "The next message is posted, and the app never hears of it.",
    { on: { method: "chat.postMessage" }, kind: "answer_lost", times: 1 },
  ],
  ["Slow deliveries", "The next 5 deliveries come 4 seconds late.", { on: { delivery: "*" }, kind: "late", delay_ms: 4000, times: 5 }],
  ["Delivered twice", "The next 10 deliveries come two times.", { on: { delivery: "*" }, kind: "twice", times: 10 }],
  ["Out of order", "The next event waits for the one after it.", { on: { delivery: "events" }, kind: "out_of_order", times: 1 }],
  ["A flaky network", "One call in five is cut.", { on: { method: "*" }, kind: "refused", chance: 0.2, times: null }],
];

const ON_METHOD = ["rate_limited", "status", "error", "no_answer", "answer_lost", "late", "refused", "withhold_until_opened"];
const ON_DELIVERY = ["late", "twice", "out_of_order", "lost", "cut_socket"];
const EXTRA = {
  rate_limited: ["retry_after", "Seconds", 5],
  status: ["status", "Status", 503],
  error: ["error", "Error", "internal_error"],
  late: ["delay_ms", "Milliseconds", 4000],
};

const WORDS = {
  rate_limited: "Too many requests",
  status: "Server error",
  error: "Error answer",
  no_answer: "No answer",
  answer_lost: "Done, answer lost",
  late: "Late",
  refused: "Cut off",
  withhold_until_opened: "Answers wait for a modal",
  twice: "Twice",
  out_of_order: "Out of order",
  lost: "Lost",
  cut_socket: "Socket cut",
};
const named = (kind) => WORDS[kind] ?? kind;

export function faults() {
  const now = served.faults ?? [];
  return h(
    "section",
    { "aria-labelledby": "faults-title" },
    h("h3", { id: "faults-title" }, "Faults"),
    h("p", {}, now.length > 0 ? "In force:" : "None in force. Press one to see how the app takes it."),
    now.length > 0 &&
      h(
        "ul",
        { class: "fault-list" },
        now.map((each, index) =>
          h(
            "li",
            { key: each.id ?? index },
            h("span", {}, inWords(each)),
            h(
              "button",
              { type: "button", class: "btn", "aria-label": `Heal ${inWords(each)}`, onclick: () => tweak("heal", { id: each.id }) },
              "Heal",
            ),
          ),
        ),
        now.length > 1 &&
          h(
            "li",
            { key: "all" },
            h("button", { type: "button", class: "btn", onclick: () => tweak("heal", {}, "All healed.") }, "Heal all"),
          ),
      ),
    h(
      "ul",
      { class: "ready" },
      READY.map(([name, about, fault]) =>
        h(
          "li",
          { key: name },
          h(
            "button",
            { type: "button", class: "card", onclick: () => tweak("fault", { fault }) },
            h("strong", {}, name),
            h("span", {}, about),
          ),
        ),
      ),
    ),
    h("details", { class: "own" }, h("summary", {}, "Another fault"), ownFault()),
  );
}

/** A fault as one line. */
export function inWords(each) {
  const fault = each.fault ?? each;
  const on = fault.on ?? {};
  const target = on.response_url
    ? "response_url"
    : on.method
      ? on.method === "*"
        ? "all calls"
        : on.method
      : on.delivery === "*"
        ? "all deliveries"
        : (on.delivery ?? "");
  const often = [
    fault.times ? `${each.left ?? fault.left ?? fault.times} more` : "until healed",
    fault.chance ? `chance ${fault.chance}` : "",
  ]
    .filter(Boolean)
    .join(", ");
  return `${named(fault.kind)}: ${target}, ${often}`;
}

function ownFault() {
  const side = ui.faultSide ?? "method";
  const kinds = side === "method" ? ON_METHOD : ON_DELIVERY;
  const kind = kinds.includes(ui.faultKind) ? ui.faultKind : kinds[0];
  const extra = EXTRA[kind];
  return h(
    "form",
    { class: "own-fault", onsubmit: (event) => set(event, side, kind, extra) },
    pick(
      "On",
      side,
      [
        ["method", "a call of the app"],
        ["delivery", "a delivery to the app"],
      ],
      (value) => (ui.faultSide = value),
    ),
    h(
      "label",
      {},
      side === "method" ? "Method" : "Delivery",
      h("input", {
        class: "field",
        type: "text",
        name: "target",
        placeholder: side === "method" ? "chat.postMessage, or *" : "events, block_actions, or *",
        required: true,
        autocomplete: "off",
      }),
    ),
    pick(
      "What happens",
      kind,
      kinds.map((each) => [each, named(each)]),
      (value) => (ui.faultKind = value),
    ),
    extra &&
      h(
        "label",
        { key: extra[0] },
        extra[1],
        h("input", { class: "field", type: "text", name: "extra", placeholder: String(extra[2]), autocomplete: "off" }),
      ),
    h("label", {}, "Times, or empty until healed", h("input", { class: "field", type: "number", min: "1", name: "times" })),
    h("button", { type: "submit", class: "btn primary" }, "Set fault"),
  );
}

function pick(label, held, options, onpick) {
  const onchange = (event) => {
    const { value } = event.currentTarget;
    change(() => onpick(value));
  };
  return h(
    "label",
    {},
    label,
    h(
      "select",
      { class: "field", value: held, onchange },
      options.map(([value, words]) => h("option", { value, key: value }, words)),
    ),
  );
}

function set(event, side, kind, extra) {
  event.preventDefault();
  const { target, times, extra: given } = event.currentTarget.elements;
  const fault = { on: { [side]: target.value.trim() }, kind, times: times.value ? Number(times.value) : null };
  if (extra) fault[extra[0]] = given.value === "" ? extra[2] : typeof extra[2] === "number" ? Number(given.value) : given.value;
  tweak("fault", { fault });
}
