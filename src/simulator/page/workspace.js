// The drawer behind the scenes: the clock, faults by knob, the app's connection, and what this workspace imitates.

import { h, icon } from "./dom.js";
import { actAsNobody, readCoverage, refresh } from "./net.js";
import { afterConfirm } from "./confirm.js";
import { coverage } from "./coverage.js";
import { faults } from "./faults.js";
import { app, change, dayOf, served, timeOf, ui } from "./state.js";
import { toast } from "./toast.js";

const HOUR = 3600;

export function openDrawer() {
  change(() => Object.assign(ui, { drawer: true, menu: null }));
  readCoverage();
  refresh();
}

export function drawer() {
  if (!ui.drawer) return null;
  const away = () => change(() => (ui.drawer = false));
  return h(
    "div",
    { class: "scrim side", key: "drawer", onclick: (event) => event.target === event.currentTarget && away() },
    h(
      "div",
      { class: "drawer", role: "dialog", "aria-modal": "true", "aria-labelledby": "drawer-title", "data-layer": "drawer" },
      h(
        "header",
        { class: "sheet-head" },
        h("h2", { id: "drawer-title", tabindex: "-1" }, "Workspace"),
        h("button", { type: "button", class: "quiet square", "aria-label": "Close workspace", onclick: away }, icon("close")),
      ),
      h("div", { class: "drawer-body" }, clock(), faults(), connection(), coverage(), startOver()),
    ),
  );
}

/** Does something to the workspace and shows what came of it. */
export async function tweak(name, fields, said) {
  const answer = await actAsNobody(name, { wait: false, ...fields });
  await refresh();
  if (answer && said) toast(said, "note");
}

function clock() {
  const { clock: now, by_hand } = served.now.workspace;
  return h(
    "section",
    { "aria-labelledby": "clock-title" },
    h("h3", { id: "clock-title" }, "Clock"),
    h("p", {}, `It is ${timeOf(now)} on ${dayOf(now)}.`, by_hand ? "" : " The clock runs by itself."),
    by_hand &&
      h(
        "div",
        { class: "action-items" },
        h(
          "button",
          { type: "button", class: "btn", onclick: () => tweak("advance", { seconds: HOUR }, "One hour has passed.") },
          "1 hour later",
        ),
        h(
          "button",
          { type: "button", class: "btn", onclick: () => tweak("advance", { seconds: 24 * HOUR }, "One day has passed.") },
          "1 day later",
        ),
        h(
          "button",
          { type: "button", class: "btn", onclick: () => tweak("advance", { seconds: 7 * 24 * HOUR }, "One week has passed.") },
          "1 week later",
        ),
      ),
  );
}

function connection() {
  const it = app();
  if (!it) return null;
  const socket = it.transport === "socket";
  const words = !it.installed
    ? "is not installed"
    : socket
      ? `is connected by Socket Mode, ${it.connections} ${it.connections === 1 ? "connection" : "connections"}`
      : "is called over HTTP";
  return h(
    "section",
    { "aria-labelledby": "app-title" },
    h("h3", { id: "app-title" }, "App"),
    h("p", {}, `${it.name} ${words}.`),
    socket &&
      h(
        "div",
        { class: "action-items" },
        h(
          "button",
          { type: "button", class: "btn", onclick: () => tweak("sockets", { order: "refresh" }, "The connections are being renewed.") },
          "Renew connections",
        ),
        h(
          "button",
          { type: "button", class: "btn", onclick: () => tweak("sockets", { order: "drop" }, "The connections were cut.") },
          "Cut connections",
        ),
      ),
    h(
      "ul",
      { class: "plain-list" },
      it.commands.map((each) => h("li", { key: each.command }, h("code", {}, each.command), ` ${each.description ?? ""}`)),
    ),
  );
}

function startOver() {
  const asked = {
    title: "Start over",
    text: "All messages, open windows and faults of this demo go, and the first day begins again. What the app itself has stored stays.",
    confirm: "Start over",
    deny: "Keep everything",
    style: "danger",
  };
  return h(
    "section",
    { "aria-labelledby": "over-title" },
    h("h3", { id: "over-title" }, "Start over"),
    h("p", {}, "Back to the first day, with the same people and empty channels."),
    h("button", { type: "button", class: "btn danger", onclick: () => afterConfirm(asked, forget) }, "Start over…"),
  );
}

async function forget() {
  await tweak("forget", {}, "The workspace is as new.");
}
