/** From the editor's document to Markdown. Backslashes only where the text would otherwise read as something else. */
import type { Node } from "@tiptap/pm/model";

import { isBareLink, type People } from "./dialect";
import { line, MANNERS } from "./line";
import { pieces, type Piece } from "./pieces";
import { read } from "./read";

/** Nodes never change: what was written once for a paragraph holds until it is edited. */
const written = new WeakMap<Node, string>();

export function write(doc: Node, people: People): string {
  return blocks(doc, people);
}

function blocks(parent: Node, people: People): string {
  let out = "";
  let before: Node | null = null;
  let isOdd = false;
  parent.forEach((node) => {
    isOdd = before?.type === node.type && !isOdd;
    const text = block(node, parent, isOdd, people);
    if (!text && node.type.name === "paragraph") return;
    // A list under the words of its item stays close to them, if it can be read so.
    const isClose = parent.type.name === "listItem" && before?.type.name === "paragraph" && /^([-*] \S|1[.)] \S)/.test(text);
    out += (before ? (isClose ? "\n" : "\n\n") : "") + text;
    before = node;
  });
  return out;
}

/** `isOdd`: right after a list of its kind, whose sign it must not share. */
function block(node: Node, parent: Node, isOdd: boolean, people: People): string {
  switch (node.type.name) {
    case "heading":
      return textblock(node, `${"#".repeat(node.attrs.level as number)} `, people);
    case "blockquote":
      return blocks(node, people).replace(/^/gm, "> ").replace(/ +$/gm, "");
    case "codeBlock":
      return fenced(node);
    case "horizontalRule":
      return parent.type.name === "listItem" ? "***" : "---";
    case "bulletList":
      return items(node, () => (isOdd ? "* " : "- "), people);
    case "orderedList":
      return items(node, (at) => `${(node.attrs.start as number) + at}${isOdd ? ")" : "."} `, people);
    default:
      return textblock(node, "", people);
  }
}

function items(list: Node, sign: (at: number) => string, people: People): string {
  const lines: string[] = [];
  list.forEach((item, _offset, at) => {
    const head = sign(at);
    const text = blocks(item, people).replace(/\n(?=[^\n])/g, `\n${" ".repeat(head.length)}`);
    lines.push((head + text).replace(/ +$/, ""));
  });
  return lines.join("\n");
}

function fenced(node: Node): string {
  const text = node.textContent;
  const longest = Math.max(2, ...[...text.matchAll(/`{3,}/g)].map((run) => run[0].length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${(node.attrs.language as string | null) ?? ""}\n${text}\n${fence}`;
}

function textblock(node: Node, head: string, people: People): string {
  const known = written.get(node);
  if (known !== undefined) return known;
  const text = runs(node, head !== "").map((run) => head + plainest(run, head, node, people)).filter((one) => one.trim());
  const found = text.join("\n\n");
  written.set(node, found);
  return found;
}

/** Two breaks in a row are a new paragraph; a heading has one line. */
function runs(node: Node, isHeading: boolean): Node[][] {
  const all: Node[][] = [[]];
  let breaks = 0;
  node.forEach((child) => {
    const isBreak = child.type.name === "hardBreak";
    breaks = isBreak ? breaks + 1 : 0;
    if (isBreak && isHeading) all.at(-1)!.push(node.type.schema.text(" "));
    else if (breaks > 1) all.push([]);
    else all.at(-1)!.push(child);
  });
  return all;
}

/** The first manner that reads back as the same words with the same marks. */
function plainest(nodes: Node[], head: string, parent: Node, people: People): string {
  const wanted = pieces(nodes);
  const meant = normal(wanted);
  let fallback = "";
  for (const manner of MANNERS) {
    const text = line(wanted, manner);
    const doc = read(parent.type.schema, head + text, people);
    const only = doc.childCount === 1 && doc.firstChild!.type === parent.type ? doc.firstChild! : null;
    if (only && normal(pieces(only.children)) === meant) return text;
    if (manner.escapes) fallback ||= text;
  }
  return fallback;
}

/** What a reader would see: characters and their marks, and links only where the words do not say the address. */
function normal(all: Piece[]): string {
  return all.map(({ text, marks }) => {
    const names = marks.filter((mark) => !(mark.type.name === "link" && isBareLink(text) && mark.attrs.href === text));
    const key = names.map((mark) => `${mark.type.name}${String(mark.attrs.href ?? "")}`).sort().join(" ");
    return [...text].map((char) => (/\s/.test(char) ? char : `${char}\u0001${key}\u0002`)).join("");
  }).join("");
}
