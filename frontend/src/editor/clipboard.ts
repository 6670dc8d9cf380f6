/** What is pasted into the editor, and what is copied out of it: Markdown both ways. */
import { Slice, type Node, type Schema } from "@tiptap/pm/model";

import type { People } from "./dialect";
import { read } from "./read";
import { write } from "./write";

/** Pasted words are read as Markdown, unless they were pasted as plain text or hold nothing of it. */
export function pasted(schema: Schema, text: string, isPlain: boolean, people: People): Slice | undefined {
  if (isPlain || !/[\n*_`~[\]<>#@|]/.test(text)) return undefined;
  return Slice.maxOpen(read(schema, text.replace(/\r\n?/g, "\n"), people).content);
}

export function copied(schema: Schema, slice: Slice, people: People): string {
  const isInline = slice.content.firstChild?.isInline ?? false;
  const inside: Node | undefined = isInline ? schema.nodes.paragraph!.create(null, slice.content) : undefined;
  return write(schema.topNodeType.create(null, inside ?? slice.content), people);
}
