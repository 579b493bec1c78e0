// Text objects and mrkdwn as tree nodes. The source is as Slack stores it: `&amp; &lt; &gt;` stand for themselves, and only `<…>` is a
// reference. Whatever is not understood is shown as it is written.

import { h } from "./dom.js";
import { emojiOf, isKnown } from "./emoji.js";
import { channelBy, group, nameOf, person, isApp, served } from "./state.js";
import { dateWords } from "./dates.js";
import { goTo } from "./net.js";

const MARKS = { "*": "strong", _: "em", "~": "s" };
const EMOJI = /:([a-z0-9_+'-]+(?:::skin-tone-[2-6])?):/y;
const REFERENCE = /<([^<>\n]+)>/y;
const CODE = /`([^`\n]+)`/y;
const ADDRESS = /https?:\/\/[^\s<>|]+/y;
const LETTER = /[\p{L}\p{N}]/u;

/** A text object of either type. */
export function textNodes(text) {
  if (!text) return [];
  if (typeof text === "string") return [text];
  return text.type === "mrkdwn" ? mrkdwn(text.text ?? "", { links: text.verbatim !== true }) : plain(text);
}

/** The words of a text object alone, for names and labels. */
export function labelOf(text) {
  if (!text) return "";
  if (typeof text === "string") return text;
  if (text.type === "mrkdwn") return plainWords(text.text ?? "");
  return text.emoji === false ? (text.text ?? "") : withEmoji(text.text ?? "");
}

/** Text with entities undone. */
export const unescaped = (source) => source.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

const plain = (text) => [text.emoji === false ? text.text : withEmoji(text.text ?? "")];

const withEmoji = (source) =>
  source.replace(/:([a-z0-9_+'-]+(?:::skin-tone-[2-6])?):/g, (all, name) => (isKnown(name) ? emojiOf(name) : all));

/** mrkdwn without its marks, in one line. */
export function plainWords(source = "") {
  const named = source.replace(/<([^<>\n]+)>/g, (_, body) => reference(body).words);
  return withEmoji(unescaped(named.replace(/(^|\s)[*_~`]+|[*_~`]+(?=[\s.,;:!?]|$)/g, "$1")))
    .replace(/\s+/g, " ")
    .trim();
}

/** mrkdwn as nodes: preformatted parts, quotes, and lines. */
export function mrkdwn(source, { links } = { links: true }) {
  const out = [];
  source.split(/```/).forEach((part, index, all) => {
    const closed = index < all.length - 1;
    if (index % 2 === 1 && closed) out.push(h("pre", { class: "code" }, unescaped(part.replace(/^\n|\n$/g, ""))));
    else if (index % 2 === 1) out.push(...lines(`\`\`\`${part}`, links));
    else out.push(...lines(part.replace(index > 0 ? /^\n/ : /^$/, "").replace(closed ? /\n$/ : /$^/, ""), links));
  });
  return out;
}

function lines(source, links) {
  if (source === "") return [];
  const out = [];
  let quoted = null;
  for (const line of source.split("\n")) {
    const quote = /^(?:&gt;|>) ?(.*)$/.exec(line);
    if (quote) {
      if (quoted) quoted.push("\n");
      else out.push((quoted = []));
      quoted.push(...inline(quote[1], links));
    } else {
      if (out.length > 0 && !quoted) out.push("\n");
      quoted = null;
      out.push(...inline(line, links));
    }
  }
  return out.map((each) => (Array.isArray(each) ? h("blockquote", {}, each) : each));
}

function inline(source, links) {
  const out = [];
  let text = "";
  const flush = () => {
    if (text) out.push(unescaped(text));
    text = "";
  };
  const at = (pattern, index) => {
    pattern.lastIndex = index;
    return pattern.exec(source);
  };
  for (let i = 0; i < source.length;) {
    const sign = source[i];
    const starts = i === 0 || !LETTER.test(source[i - 1]);
    let found = null;
    let node = null;
    if (sign === "<" && (found = at(REFERENCE, i))) node = reference(found[1]).node;
    else if (sign === "`" && (found = at(CODE, i))) node = h("code", {}, unescaped(found[1]));
    else if (sign === ":" && (found = at(EMOJI, i)) && isKnown(found[1])) node = emojiNode(found[1]);
    else if (sign === "h" && links && starts && (found = at(ADDRESS, i))) {
      found = [found[0].replace(/[.,;:!?'")\]*_~]+$/, "")];
      node = link(unescaped(found[0]), unescaped(found[0]));
    } else if (MARKS[sign] && starts) {
      const end = closing(source, i, sign);
      if (end > 0) {
        found = [source.slice(i, end + 1)];
        node = h(MARKS[sign], {}, inline(source.slice(i + 1, end), links));
      }
    }
    if (node) {
      flush();
      out.push(node);
      i += found[0].length;
    } else {
      text += sign;
      i += 1;
    }
  }
  flush();
  return out;
}

/** Where the mark opened at `from` closes on the same line; -1 when it is only a sign. */
function closing(source, from, sign) {
  if (/\s/.test(source[from + 1] ?? " ") || source[from + 1] === sign) return -1;
  for (let i = from + 1; i < source.length; i += 1) {
    if (source[i] === "<" || source[i] === "`") {
      const end = source.indexOf(source[i] === "<" ? ">" : "`", i + 1);
      if (end > 0) i = end;
    } else if (source[i] === sign) {
      // A run of signs, such as the blank ___, closes nothing.
      const run = /^(.)\1*/.exec(source.slice(i))[0].length;
      if (run > 1) i += run - 1;
      else if (!/\s/.test(source[i - 1]) && !LETTER.test(source[i + 1] ?? " ")) return i;
    }
  }
  return -1;
}

export const emojiNode = (name) => h("span", { class: "emoji", role: "img", "aria-label": name.replaceAll("_", " ") }, emojiOf(name));

/** What stands between `<` and `>`, as a node and as words. */
function reference(body) {
  const [target, ...rest] = body.split("|");
  const label = rest.length > 0 ? unescaped(rest.join("|")) : null;
  if (target.startsWith("@")) return mention(target.slice(1), label);
  if (target.startsWith("#")) return channelMention(target.slice(1), label);
  if (target.startsWith("!date^")) {
    const [, seconds, pattern, address] = target.split("^");
    const words = dateWords(Number(seconds), unescaped(pattern ?? ""), served.now?.workspace.clock) ?? label ?? body;
    return { words, node: address ? link(unescaped(address), words) : h("time", {}, words) };
  }
  if (target.startsWith("!subteam^")) return groupMention(target.slice("!subteam^".length), label);
  if (/^!(channel|here|everyone)$/.test(target)) return broadcast(target.slice(1));
  if (target.startsWith("!")) return { words: label ?? body, node: h("span", {}, label ?? `<${unescaped(body)}>`) };
  const address = unescaped(target);
  return { words: label ?? address, node: link(address, label ?? address) };
}

export function mention(id, label) {
  const known = person(id) ?? (isApp(id) ? { id } : null);
  const words = `@${known ? nameOf(id) : (label ?? id)}`;
  const mine = served.now?.me === id;
  return { words, node: h("span", { class: mine ? "mention mine" : "mention" }, words) };
}

export function groupMention(id, label) {
  const found = group(id);
  const words = `@${found?.handle ?? label?.replace(/^@/, "") ?? id}`;
  return { words, node: h("span", { class: found?.members.includes(served.now?.me) ? "mention mine" : "mention" }, words) };
}

export function channelMention(id, label) {
  const found = channelBy(id);
  const words = `#${found?.name ?? label ?? "private channel"}`;
  if (!found) return { words, node: h("span", { class: "mention" }, words) };
  return { words, node: h("button", { type: "button", class: "mention go", onclick: () => goTo(found.id) }, words) };
}

export function broadcast(range) {
  return { words: `@${range}`, node: h("span", { class: "mention loud" }, `@${range}`) };
}

/** A link people can follow; any other kind of address is shown, not linked. */
export function link(address, label) {
  if (!/^(https?:\/\/|mailto:|tel:)/i.test(address)) return h("span", {}, label === address ? address : `${label} (${address})`);
  return h("a", { href: address, target: "_blank", rel: "noopener noreferrer nofollow" }, label);
}
