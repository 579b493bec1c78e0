// Reactions under a message, and the small picker.

import { h, icon } from "./dom.js";
import { act, refresh } from "./net.js";
import { closeMenu, menuButton } from "./menu.js";
import { change, nameOf, remember, served, ui } from "./state.js";
import { emojiOf, OFFERED, takesTone, withTone } from "./emoji.js";
import { toast } from "./toast.js";

const TONES = ["as it is", "light", "medium light", "medium", "medium dark", "dark"];

export function reactionRow(message) {
  return (message.reactions ?? []).map((each) => {
    const people = each.users.map((id) => (id === served.now.me ? "you" : nameOf(id)));
    const words = each.name.replaceAll("_", " ").replace("::skin-tone-", ", skin tone ");
    return h(
      "button",
      {
        type: "button",
        class: each.mine ? "reaction mine" : "reaction",
        key: each.name,
        "aria-pressed": String(each.mine),
        "aria-label": `${words}, ${each.count}: ${people.join(", ")}`,
        title: `:${each.name}: from ${people.join(", ")}`,
        onclick: () => toggle(message, each.name, each.mine),
      },
      h("span", { class: "emoji", "aria-hidden": "true" }, emojiOf(each.name)),
      h("span", { class: "number", "aria-hidden": "true" }, each.count),
    );
  });
}

async function toggle(message, emoji, mine) {
  await act(mine ? "unreact" : "react", { channel: message.channel, ts: message.ts, emoji, wait: false });
  await refresh();
}

const has = (message, emoji) => (message.reactions ?? []).some((each) => each.name === emoji && each.mine);

function pick(message, emoji) {
  closeMenu();
  toggle(message, emoji, has(message, emoji));
}

export function reactionPicker(message, place) {
  return menuButton(
    `react-${place}-${message.ts}`,
    {
      label: "React with an emoji",
      face: [icon("smile"), h("span", { class: "when-wide" }, "React")],
      role: "dialog",
      className: "quiet",
      wide: true,
      above: true,
    },
    () => [
      h(
        "div",
        { class: "emoji-grid" },
        OFFERED.map((name) => {
          const toned = withTone(name, ui.tone);
          return h(
            "button",
            {
              type: "button",
              key: name,
              class: "square",
              "aria-label": name.replaceAll("_", " "),
              title: `:${toned}:`,
              onclick: () => pick(message, toned),
            },
            emojiOf(toned),
          );
        }),
      ),
      h(
        "label",
        { class: "tone" },
        "Skin tone ",
        h(
          "select",
          {
            value: String(ui.tone),
            onchange: (event) => {
              const { value } = event.currentTarget;
              remember("tone", value);
              change(() => (ui.tone = Number(value)));
            },
          },
          TONES.map((words, index) =>
            h("option", { value: String(index + 1), key: index }, `${emojiOf(withTone("+1", index + 1))} ${words}`),
          ),
        ),
      ),
      h(
        "form",
        { class: "any-emoji", onsubmit: (event) => byName(event, message) },
        h("input", {
          type: "text",
          class: "field",
          name: "emoji",
          placeholder: "or a name, such as rocket",
          "aria-label": "Emoji by name",
          autocomplete: "off",
        }),
        h("button", { type: "submit", class: "btn" }, "Add"),
      ),
    ],
  );
}

function byName(event, message) {
  event.preventDefault();
  const name = event.currentTarget.elements.emoji.value.trim().replace(/^:|:$/g, "");
  if (/^[a-z0-9_+'-]+(::skin-tone-[2-6])?$/.test(name)) pick(message, takesTone(name) ? withTone(name, ui.tone) : name);
  else toast("An emoji name has small letters, digits, - and _.", "error");
}
