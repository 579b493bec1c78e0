// A tree of plain objects, and the smallest change that makes the document equal to it. Nodes that stay keep focus, caret, scroll and
// what somebody is typing. Text only ever arrives as text nodes: nothing served is read as markup.

const SVG = "http://www.w3.org/2000/svg";
const LIVE = new Set(["value", "checked", "indeterminate"]);
const OWN = new Set(["key", "ref"]);

/** `h("p", {class: "note"}, "text", otherNode, null)`; null, undefined, true and false draw nothing. */
export function h(tag, props, ...children) {
  return { tag, props: props ?? {}, key: props?.key, children: settled(children) };
}

function settled(children) {
  const out = [];
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || typeof child === "boolean") continue;
    out.push(typeof child === "object" ? child : { tag: "#text", text: String(child), props: {}, children: [] });
  }
  return out;
}

/** A picture of the page's own set (index.html). Always decoration: the control around it carries the name. */
export function icon(name, extra = "") {
  return h("svg", { class: `icon ${extra}`, "aria-hidden": "true", focusable: "false" }, h("use", { href: `#i-${name}` }));
}

/** Makes the children of `root` equal to `tree`. */
export function draw(root, tree) {
  const next = settled([tree]);
  reconcile(root, root.drawn ?? [], next, false);
  root.drawn = next;
}

function create(node, inSvg) {
  if (node.tag === "#text") {
    node.dom = document.createTextNode(node.text);
    return node.dom;
  }
  const svg = inSvg || node.tag === "svg";
  node.dom = svg ? document.createElementNS(SVG, node.tag) : document.createElement(node.tag);
  reconcile(node.dom, [], node.children, svg);
  apply(node.dom, {}, node.props);
  return node.dom;
}

function update(old, node, inSvg) {
  node.dom = old.dom;
  if (node.tag === "#text") {
    if (old.text !== node.text) node.dom.data = node.text;
    return;
  }
  reconcile(node.dom, old.children, node.children, inSvg || node.tag === "svg");
  // After the children: the value of a select needs its options.
  apply(node.dom, old.props, node.props);
}

function reconcile(parent, before, after, inSvg) {
  const keyed = new Map();
  const loose = new Map();
  for (const old of before) {
    if (old.key !== undefined) keyed.set(old.key, old);
    else loose.set(old.tag, [...(loose.get(old.tag) ?? []), old]);
  }
  const pairs = after.map((node) => {
    const old = node.key !== undefined ? keyed.get(node.key) : loose.get(node.tag)?.shift();
    if (!old || old.tag !== node.tag) return [null, node];
    keyed.delete(node.key);
    return [old, node];
  });
  const kept = new Set(pairs.map(([old]) => old));
  // Leavers go first, so that nobody who stays has to move: a moved node loses the focus.
  for (const old of before) if (!kept.has(old)) old.dom.remove();
  let cursor = parent.firstChild;
  const fresh = [];
  for (const [old, node] of pairs) {
    if (old) update(old, node, inSvg);
    else {
      create(node, inSvg);
      fresh.push(node);
    }
    if (node.dom === cursor) cursor = cursor.nextSibling;
    else parent.insertBefore(node.dom, cursor);
  }
  for (const node of fresh) node.props.ref?.(node.dom);
}

function apply(dom, before, after) {
  for (const name of Object.keys(before)) if (!(name in after)) put(dom, name, null);
  for (const [name, value] of Object.entries(after)) {
    // Live properties are compared with the document, since people change them too.
    if (LIVE.has(name) ? dom[name] !== value : before[name] !== value) put(dom, name, value);
  }
}

function put(dom, name, value) {
  if (OWN.has(name)) return;
  if (name.startsWith("on")) dom[name] = value;
  else if (LIVE.has(name)) dom[name] = value ?? "";
  else if (value === null || value === undefined || value === false) dom.removeAttribute(name);
  else dom.setAttribute(name, value === true ? "" : String(value));
}
