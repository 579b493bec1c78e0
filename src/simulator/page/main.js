// Puts the parts together: one tree from what is served and what this window looks at, drawn after each change.

import { draw, h, icon } from "./dom.js";
import { channel } from "./channel.js";
import { confirmDialog } from "./confirm.js";
import { home, tabKeys } from "./home.js";
import { layerKeys, rememberFocus, settleFocus } from "./layers.js";
import { pressElsewhere } from "./menu.js";
import { modal } from "./modal.js";
import { act, listen } from "./net.js";
import { keepPlaces, settlePlaces } from "./places.js";
import { sidebar } from "./sidebar.js";
import { change, here, served, ui, whenChanged } from "./state.js";
import { threadPane } from "./thread.js";
import { toasts } from "./toast.js";
import { applyTheme, topbar } from "./topbar.js";
import { traffic } from "./traffic.js";
import { drawer } from "./workspace.js";

const root = document.getElementById("app");

function page() {
  if (!served.now)
    return h("p", { class: "opening" }, ui.offline ? "The workspace does not answer. Trying again…" : "Opening the workspace…");
  return h(
    "div",
    { class: `frame ${ui.panel ? "with-panel" : ""}` },
    h(
      "div",
      { class: "beneath-all", "data-beneath": "confirm modal drawer" },
      topbar(),
      ui.offline &&
        h("p", { class: "offline", role: "status" }, icon("plug"), "The workspace does not answer. What you typed is kept; trying again…"),
      h(
        "div",
        { class: "rooms" },
        sidebar(),
        ui.nav && h("div", { class: "nav-shade", onclick: () => change(() => (ui.nav = false)) }),
        h("main", { class: "middle" }, ui.place === "home" ? home() : channel()),
        ui.panel && sidePanel(),
      ),
    ),
    h("div", { class: "layer", "data-beneath": "confirm modal" }, drawer()),
    h("div", { class: "layer", "data-beneath": "confirm" }, modal()),
    confirmDialog(),
    toasts(),
  );
}

function sidePanel() {
  const away = () => change(() => (ui.panel = null));
  const tab = (name, words) =>
    h(
      "button",
      {
        type: "button",
        role: "tab",
        id: `tab-${name}`,
        "aria-selected": String(ui.panel === name),
        "aria-controls": "panel",
        tabindex: ui.panel === name ? "0" : "-1",
        onclick: () => change(() => (ui.panel = name)),
      },
      words,
    );
  return h(
    "aside",
    { class: "panel", "aria-label": "Side panel" },
    h(
      "header",
      { class: "panel-head" },
      h(
        "div",
        { class: "tabs", role: "tablist", "aria-label": "Side panel", onkeydown: tabKeys },
        ui.thread && tab("thread", "Thread"),
        tab("traffic", "What just happened"),
      ),
      h("button", { type: "button", class: "quiet square", "aria-label": "Close panel", onclick: away }, icon("close")),
    ),
    h(
      "div",
      { class: "panel-body", id: "panel", role: "tabpanel", "aria-labelledby": `tab-${ui.panel}`, key: ui.panel },
      ui.panel === "thread" ? threadPane() : traffic(),
    ),
  );
}

// What is looked at is read. Asked once for each number of unread messages, in case the workspace says no.
let askedToRead = "";

function readWhatIsSeen() {
  const it = here();
  if (document.hidden || ui.place !== "channel" || !it?.unread) return;
  const asked = `${ui.as} ${it.id} ${served.now.version}`;
  if (asked === askedToRead) return;
  askedToRead = asked;
  act("read", { channel: it.id, wait: false });
}

function show() {
  applyTheme();
  rememberFocus();
  keepPlaces();
  draw(root, page());
  settlePlaces();
  settleFocus();
  if (!served.now) return;
  document.title = `${ui.place === "home" ? served.now.workspace.app?.name : here()?.name || "Conversation"} · ${served.now.workspace.name}`;
  readWhatIsSeen();
}

whenChanged(show);
document.addEventListener("keydown", layerKeys);
document.addEventListener("pointerdown", pressElsewhere);
document.addEventListener("visibilitychange", () => change());
show();
listen();
// The address may name Home: whoever comes by it opens Home as with a press.
if (ui.place === "home") act("open_home", { wait: false });
