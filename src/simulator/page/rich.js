// rich_text blocks: sections, lists, quotes and preformatted parts. Their text is data, never markup.

import { h } from "./dom.js";
import { emojiNode, mention, groupMention, channelMention, broadcast, link } from "./text.js";
import { dateWords } from "./dates.js";
import { served } from "./state.js";

const STYLES = [
  ["code", "code"],
  ["strike", "s"],
  ["italic", "em"],
  ["bold", "strong"],
  ["underline", "u"],
];

export function richText(block) {
  return h("div", { class: "rich" }, gathered(block.elements ?? []).map(part));
}

function part(element) {
  if (Array.isArray(element)) return list(element);
  const words = () => (element.elements ?? []).map(inline);
  if (element.type === "rich_text_section") return h("p", {}, words());
  if (element.type === "rich_text_quote") return h("blockquote", {}, words());
  if (element.type === "rich_text_preformatted") return h("pre", { class: "code" }, words());
  return h("p", { class: "unknown" }, `(${element.type} is not drawn here)`);
}

/** Lists that follow one another belong together: Slack sends one element for each change of depth. */
function gathered(elements) {
  const out = [];
  for (const element of elements) {
    if (element.type !== "rich_text_list") out.push(element);
    else if (Array.isArray(out.at(-1))) out.at(-1).push(element);
    else out.push([element]);
  }
  return out;
}

/** A run of list elements as nested lists, by their indent. */
function list(run) {
  const root = { indent: run[0].indent ?? 0, element: run[0], items: [] };
  const open = [root];
  for (const element of run) {
    const indent = element.indent ?? 0;
    while (open.length > 1 && open.at(-1).indent > indent) open.pop();
    if (indent > open.at(-1).indent) {
      const deeper = { indent, element, items: [] };
      if (open.at(-1).items.length === 0) open.at(-1).items.push([]);
      open.at(-1).items.at(-1).push(listNode(deeper));
      open.push(deeper);
    }
    for (const item of element.elements ?? []) open.at(-1).items.push([(item.elements ?? []).map(inline)]);
  }
  return drawn(root);
}

// A deeper list is drawn after its items are known.
const listNode = (level) => () => drawn(level);

function drawn(level) {
  const { style, offset, border } = level.element;
  const start = style === "ordered" && offset ? offset + 1 : null;
  return h(
    style === "ordered" ? "ol" : "ul",
    { start, class: border ? "bordered" : null },
    level.items.map((item) =>
      h(
        "li",
        {},
        item.map((each) => (typeof each === "function" ? each() : each)),
      ),
    ),
  );
}

function inline(element) {
  const node = content(element);
  return STYLES.reduce((inner, [style, tag]) => (element.style?.[style] ? h(tag, {}, inner) : inner), node);
}

function content(element) {
  switch (element.type) {
    case "text":
      return element.text ?? "";
    case "link":
      return link(element.url ?? "", element.text ?? element.url ?? "");
    case "emoji":
      return emojiNode(element.skin_tone ? `${element.name}::skin-tone-${element.skin_tone}` : element.name);
    case "user":
      return mention(element.user_id).node;
    case "usergroup":
      return groupMention(element.usergroup_id).node;
    case "channel":
      return channelMention(element.channel_id).node;
    case "broadcast":
      return broadcast(element.range).node;
    case "date":
      return h("time", {}, dateWords(element.timestamp, element.format ?? "", served.now?.workspace.clock) ?? element.fallback ?? "");
    case "color":
      return h("code", {}, element.value ?? "");
    default:
      return h("span", { class: "unknown" }, `(${element.type})`);
  }
}
