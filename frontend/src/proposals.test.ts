import { afterEach, expect, test, vi } from "vitest";

import { page } from "./testing";
import { callAtEnd, propose } from "./proposals";

afterEach(() => vi.unstubAllGlobals());

const { signal } = new AbortController();
const answers = (said: object, status = 200) =>
  vi.stubGlobal("fetch", vi.fn(async () => Response.json(said, { status })));
const amina = { handle: "amina", name: "Amina Benali", title: "Ingénieure", initials: "AB", hue: 20, reads: true };

test("people are asked for with the audience of the text, and those who will not read it are marked", async () => {
  const host = page('<rich-editor data-audience="3"></rich-editor>');
  answers({ people: [amina, { ...amina, handle: "ines", reads: false }] });
  const found = await propose({ sign: "@", query: "a b" }, host, signal);
  expect(vi.mocked(fetch).mock.calls[0]![0]).toBe("/suggestions/personnes/?q=a+b&a=3");
  expect(found.map(({ value, about }) => [value, about?.split(" ")[0]])).toEqual([
    ["amina", "Ingénieure"], ["ines", "suggestions_no_reader"],
  ]);
});

test("topics are asked for elsewhere and shown with their sign", async () => {
  answers({ topics: ["soudage"] });
  expect(await propose({ sign: "#", query: "sou" }, page("<rich-editor></rich-editor>"), signal)).toEqual([{ value: "soudage", name: "#soudage" }]);
  expect(vi.mocked(fetch).mock.calls[0]![0]).toBe("/suggestions/sujets/?q=sou");
});

test("a refusal proposes nothing", async () => {
  answers({}, 403);
  expect(await propose({ sign: "@", query: "a" }, page("<rich-editor></rich-editor>"), signal)).toEqual([]);
});

test.each([
  ["Bonjour @am", { sign: "@", query: "am" }],
  ["@", { sign: "@", query: "" }],
  ["(#sou", { sign: "#", query: "sou" }],
  ["« @élo", { sign: "@", query: "élo" }],
  ["amina@vauban", null],
  ["@amina ", null],
  ["C#", null],
  ["https://a.b/#ancre", null],
])("%j calls %j", (text, call) => {
  expect(callAtEnd(text)).toEqual(call);
});

test("the audience is the one chosen in the form", async () => {
  page('<form><select name="audience"><option value="5" selected></option></select><textarea></textarea></form>');
  answers({ people: [] });
  await propose({ sign: "@", query: "a" }, document.querySelector("textarea")!, signal);
  expect(vi.mocked(fetch).mock.calls[0]![0]).toBe("/suggestions/personnes/?q=a&a=5");
});
