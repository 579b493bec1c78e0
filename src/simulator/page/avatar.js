// Who said it, as a round mark: people by initial and hue, apps by a sign.

import { h, icon } from "./dom.js";
import { isApp } from "./state.js";

const HUES = 6;

export function avatar(id, name = "", size = "") {
  if (isApp(id)) return h("span", { class: `avatar app ${size}`, "aria-hidden": "true" }, icon("spark"));
  if (id === "USLACKBOT") return h("span", { class: `avatar system ${size}`, "aria-hidden": "true" }, icon("info"));
  const initial = name.trim().split(/\s+/).at(-1)?.[0] ?? "?";
  return h("span", { class: `avatar hue-${hueOf(id ?? name)} ${size}`, "aria-hidden": "true", "data-initial": initial });
}

const hueOf = (text) => [...text].reduce((sum, letter) => sum + letter.codePointAt(0), 0) % HUES;
