/** From Markdown to the editor's document. */
import type { Node, Schema } from "@tiptap/pm/model";
import { MarkdownParser } from "prosemirror-markdown";

import { dialect, type People } from "./dialect";

const made = new WeakMap<Schema, MarkdownParser>();

function parser(schema: Schema): MarkdownParser {
  const known = made.get(schema);
  if (known) return known;
  const parser = new MarkdownParser(schema, dialect, {
    paragraph: { block: "paragraph" },
    heading: { block: "heading", getAttrs: (token) => ({ level: Number(token.tag.slice(1)) }) },
    blockquote: { block: "blockquote" },
    bullet_list: { block: "bulletList" },
    ordered_list: { block: "orderedList", getAttrs: (token) => ({ start: Number(token.attrGet("start") ?? 1) }) },
    list_item: { block: "listItem" },
    code_block: { block: "codeBlock", noCloseToken: true },
    fence: { block: "codeBlock", getAttrs: (token) => ({ language: token.info || null }), noCloseToken: true },
    hr: { node: "horizontalRule" },
    hardbreak: { node: "hardBreak" },
    softbreak: { node: "hardBreak" },
    mention: { node: "mention", getAttrs: (token) => token.meta as object },
    em: { mark: "italic" },
    strong: { mark: "bold" },
    s: { mark: "strike" },
    code_inline: { mark: "code", noCloseToken: true },
    link: { mark: "link", getAttrs: (token) => ({ href: token.attrGet("href"), title: token.attrGet("title") }) },
  });
  made.set(schema, parser);
  return parser;
}

/** Never raises: every text is some Markdown. */
export function read(schema: Schema, text: string, people: People): Node {
  const doc = parser(schema).parse(text, { people });
  return doc.childCount ? doc : schema.topNodeType.createAndFill()!;
}
