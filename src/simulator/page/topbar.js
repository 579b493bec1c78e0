// The bar on top: where this is, who one is, and what else can be opened.

import { h, icon } from "./dom.js";
import { avatar } from "./avatar.js";
import { become } from "./net.js";
import { menuButton, menuItem } from "./menu.js";
import { change, me, remember, served, ui } from "./state.js";
import { openDrawer } from "./workspace.js";

const KINDS = { guest: "guest", single_channel_guest: "guest of one channel", stranger: "other company" };
const THEMES = [
  ["auto", "As the system", "auto"],
  ["light", "Light", "sun"],
  ["dark", "Dark", "moon"],
];

export function topbar() {
  const { workspace } = served.now;
  const { faults } = workspace;
  const mine = me();
  return h(
    "header",
    { class: "topbar" },
    h(
      "button",
      {
        type: "button",
        class: "quiet square only-narrow",
        "aria-label": "Channels",
        "aria-expanded": String(ui.nav),
        "aria-controls": "sidebar",
        onclick: () => change(() => (ui.nav = !ui.nav)),
      },
      icon("bars"),
    ),
    h(
      "span",
      { class: "brand" },
      icon("mark", "mark"),
      h("span", { class: "brand-name" }, workspace.name),
      h("span", { class: "tag sim" }, "simulated"),
    ),
    h("span", { class: "grow" }),
    menuButton(
      "persona",
      {
        label: `${mine?.name ?? ui.as}, switch persona`,
        className: "persona",
        face: [
          avatar(mine?.id, mine?.name, "small"),
          h("span", { class: "persona-name" }, mine?.name ?? ui.as),
          h("span", { class: "persona-short", "aria-hidden": "true" }, mine?.name.split(" ").at(-1) ?? ui.as),
          icon("down"),
        ],
      },
      personas,
    ),
    h(
      "button",
      {
        type: "button",
        class: "quiet labelled",
        "aria-pressed": String(ui.panel === "traffic"),
        "aria-label": "What just happened",
        title: "What just happened",
        onclick: toggleTraffic,
      },
      icon("pulse"),
      h("span", { class: "when-roomy" }, "What just happened"),
    ),
    h(
      "button",
      {
        type: "button",
        class: "quiet labelled",
        "aria-label": "Workspace",
        title: faults > 0 ? `Faults in force: ${faults}` : "Clock, faults, coverage",
        onclick: openDrawer,
      },
      icon("sliders"),
      h("span", { class: "when-roomy" }, "Workspace"),
      faults > 0 && h("span", { class: "badge warn", "aria-hidden": "true", "data-count": faults }),
    ),
    menuButton(
      "theme",
      { label: "Appearance", className: "quiet square", face: icon(THEMES.find(([name]) => name === ui.theme)?.[2] ?? "auto") },
      () =>
        THEMES.map(([name, words, sign]) =>
          menuItem(words, () => setTheme(name), { checked: ui.theme === name, face: [icon(sign), words] }),
        ),
    ),
  );
}

const toggleTraffic = () => change(() => (ui.panel = ui.panel === "traffic" ? null : "traffic"));

function personas() {
  return [...served.now.personas]
    .filter((each) => each.playable)
    .sort(asListed)
    .map((each) => {
      const groups = each.groups.map((id) => served.now.groups.find((one) => one.id === id)).filter(Boolean);
      const tags = [KINDS[each.kind], ...groups.map((one) => `@${one.handle}`)].filter(Boolean);
      const face = [
        avatar(each.id, each.name, "small"),
        h("span", { class: "who" }, h("span", { class: "who-name" }, each.name), h("span", { class: "who-title" }, each.title)),
        tags.map((tag) => h("span", { class: "tag", key: tag }, tag)),
      ];
      return menuItem(each.name, () => become(each.handle), { checked: each.id === served.now.me, face });
    });
}

// Members first; among them those of one trade together.
const RANKS = ["member", "guest", "single_channel_guest", "stranger"];
const rank = (each) => RANKS.indexOf(each.kind) * 10 + (/manager/i.test(each.title) ? 0 : each.groups.length > 0 ? 1 : 2);
const asListed = (one, other) => rank(one) - rank(other) || one.name.localeCompare(other.name);

function setTheme(name) {
  remember("theme", name);
  change(() => (ui.theme = name));
}

/** The theme as the style sheets read it; "auto" leaves the choice to the system. */
export function applyTheme() {
  if (ui.theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = ui.theme;
}
