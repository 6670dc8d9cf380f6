import { getSchema } from "@tiptap/core";
import type { Node } from "@tiptap/pm/model";
import { describe, expect, test } from "vitest";

import { read } from "./read";
import { shapes } from "./shapes";
import { write } from "./write";

const schema = getSchema(shapes(""));
const people = new Map([["jean_paul", "Jean-Paul Martin"], ["marie.curie", "Marie Curie"]]);
const words = (text: string) => {
  const doc = read(schema, text, people);
  const leaf = (node: Node) => (node.type.name === "mention" ? `@${node.attrs.handle as string}` : "");
  return doc.textBetween(0, doc.content.size, "", leaf).replace(/\s/g, "");
};
const through = (text: string) => write(read(schema, text, people), people);

describe("what the editor writes is what it read", () => {
  test.each([
    "Bonjour à toutes et à tous",
    "**gras**, *italique*, ~~barré~~, `code`",
    "**gras *et italique* ensemble**",
    "un **mot**milieu et *i*nitiale",
    "**a `code` b**",
    "[le guide](https://a.example/guide_de_soudage)",
    "[avec un titre](https://a.example/ \"le titre\")",
    "[parenthèses](<https://a.example/a(b)>)",
    "## Titre\n\n### Sous-titre\n\ntexte",
    "# Un\n\n#### Quatre",
    "- a\n- b\n  - c\n  - d\n- e",
    "1. un\n2. deux",
    "12. douze\n13. treize",
    "- a\n\n  encore a\n- b",
    "- a\n  1. un\n  2. deux",
    "> cité\n> encore\n>\n> plus loin",
    "> - liste\n> - citée",
    "```python\ndef a_b(*c):\n    return `d`\n```",
    "````\n```\n````",
    "ligne 1\nligne 2",
    "avant\n\n---\n\naprès",
    "- a\n\n* b",
  ])("%j", (text) => {
    expect(through(text)).toBe(text);
  });
});

describe("nothing is escaped that needs no escape", () => {
  test.each([
    "@jean_paul, @marie.curie et @inconnu_e",
    "(@jean_paul) et @jean_paul.",
    "https://a.b/c_d_e et https://a.b/?q=*x*&y=_z_",
    "#soudage_inox et #qualité",
    "#qualité en tête de ligne",
    "snake_case_name, 2 * 3 * 4, a < b > c, 50 % & plus",
    "Prix : 3 € ; « d’accord » !",
    "- [ ] à faire\n- [x] fait",
    "3.5 mm, 2024 était bien",
    "C# et F#",
    "~environ~ 12",
    "a @ b, jean@example.com",
    "espaces  doubles",
  ])("%j", (text) => {
    expect(through(text)).toBe(text);
  });
});

describe("what the editor has no shape for stays text", () => {
  test.each([
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "<b>du html</b> et <script>alert(1)</script>",
    "note[^1]\n\n[^1]: pied de page",
    "[a][b]\n\n[b]: https://a.example/b_c",
    "$$x_i^2$$",
    "[faux](javascript:alert(1))",
    ":::tip\nastuce\n:::",
  ])("%j", (text) => {
    expect(through(text)).toBe(text);
  });
  test("a picture stays its own words", () => {
    expect(through("![plan](https://a.example/p_1.png)")).toBe("![plan](https://a.example/p_1.png)");
  });
});

test.each([
  ["_italique_", "*italique*"],
  ["__gras__", "**gras**"],
  ["* a\n* b", "- a\n- b"],
  ["a\\\nb", "a\nb"],
  ["Titre\n=====", "# Titre"],
  ["    code", "```\ncode\n```"],
  ["<https://a.b/c_d>", "https://a.b/c_d"],
  ["a\n\n\n\nb", "a\n\nb"],
  ["2024\\. Une année", "2024\\. Une année"],
  ["\\# pas un titre", "\\# pas un titre"],
  ["\\*pas d’italique\\* pour @jean_paul et snake_case", "\\*pas d’italique\\* pour @jean_paul et snake_case"],
  ["1 \\* 2 \\* 3", "1 * 2 * 3"],
  ["\\- pas une liste", "\\- pas une liste"],
  ["a\n\\---", "a\n\\---"],
  ["## C\\#", "## C#"],
  ["## C \\#", "## C \\#"],
  ["&amp;lt;", "\\&lt;"],
  ["\\`pas du code\\`", "\\`pas du code\\`"],
  ["", ""],
  ["*", "-"],
])("%j settles as %j, for good", (text, settled) => {
  expect(through(text)).toBe(settled);
  expect(through(settled)).toBe(settled);
});

test("any text at all settles at once and reads the same ever after", () => {
  const alphabet = ["*", "_", "`", "~~", "**", "[", "](", ")", "<", ">", "#", "# ", "- ", "1. ", "\n", "\n\n", "> ", " ", "  ", "a", "é", "!", "|", "\\", "&amp;", "@jean_paul", "https://a.b/c_d", "```", "\t", "\u00a0", "---", "=== ", ":"];
  let seed = 7;
  const next = (most: number) => (seed = (seed * 1103515245 + 12345) % 2147483648) % most;
  for (let round = 0; round < 3000; round++) {
    const text = Array.from({ length: 1 + next(12) }, () => alphabet[next(alphabet.length)]).join("");
    const once = through(text);
    expect({ text, once, again: through(once) }).toEqual({ text, once, again: once });
    expect({ text, once, means: words(once) }).toEqual({ text, once, means: words(text) });
  }
});
