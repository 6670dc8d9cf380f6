import { getSchema } from "@tiptap/core";
import { expect, test } from "vitest";

import { copied, pasted } from "./clipboard";
import { shapes } from "./shapes";

test("pasted Markdown takes shape, plain words stay as they are", () => {
  const schema = getSchema(shapes(""));
  const people = new Map<string, string>();
  expect(pasted(schema, "- a\r\n- b", false, people)!.content.firstChild!.type.name).toBe("bulletList");
  expect(pasted(schema, "- a\n- b", true, people)).toBeUndefined();
  expect(pasted(schema, "des mots", false, people)).toBeUndefined();
});

test("copied words are Markdown again", () => {
  const schema = getSchema(shapes(""));
  const slice = pasted(schema, "**gras** et `code`\n\n- a", false, new Map())!;
  expect(copied(schema, slice, new Map())).toBe("**gras** et `code`\n\n- a");
});
