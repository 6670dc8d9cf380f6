import { afterEach, expect, test, vi } from "vitest";

import { page } from "../testing";
import { propose } from "./sources";

afterEach(() => vi.unstubAllGlobals());

const { signal } = new AbortController();
const answers = (said: object, status = 200) =>
  vi.stubGlobal("fetch", vi.fn(async () => Response.json(said, { status })));
const amina = { handle: "amina", name: "Amina Benali", title: "Ingénieure", initials: "AB", hue: 20, reads: true };

test("people are asked for with the audience of the text, and those who will not read it are marked", async () => {
  const host = page("<rich-editor></rich-editor>");
  answers({ people: [amina, { ...amina, handle: "ines", reads: false }] });
  const found = await propose("@", "a b", host, "3", signal);
  expect(vi.mocked(fetch).mock.calls[0]![0]).toBe("/suggestions/personnes/?q=a+b&a=3");
  expect(found.map(({ value, about }) => [value, about?.split(" ")[0]])).toEqual([
    ["amina", "Ingénieure"], ["ines", "suggestions_no_reader"],
  ]);
});

test("topics are asked for elsewhere and shown with their sign", async () => {
  answers({ topics: ["soudage"] });
  expect(await propose("#", "sou", page("<rich-editor></rich-editor>"), "3", signal)).toEqual([{ value: "soudage", name: "#soudage" }]);
  expect(vi.mocked(fetch).mock.calls[0]![0]).toBe("/suggestions/sujets/?q=sou");
});

test("a refusal proposes nothing", async () => {
  answers({}, 403);
  expect(await propose("@", "a", page("<rich-editor></rich-editor>"), "", signal)).toEqual([]);
});
