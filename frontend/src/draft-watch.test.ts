import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";

import { found, settle, start } from "./draft-watch";
import { page, passes } from "./testing";

beforeAll(start);
beforeEach(() => {
  vi.useFakeTimers({ now: new Date(2026, 10, 24, 10, 42) });
  document.body.dataset.reader = "7";
});
afterEach(() => void (vi.useRealTimers(), vi.restoreAllMocks()));

const FORM = `<form method="post" data-draft="publier"><select name="audience"><option value="1">Tous</option><option value="3">Lyon</option></select>
  <input name="title" type="text"><textarea name="text"></textarea><span class="saved" hidden></span><input type="hidden" name="key" value="k1"></form>`;

async function write(text: string): Promise<HTMLFormElement> {
  const form = page<HTMLFormElement>(FORM);
  const field = form.querySelector("textarea")!;
  field.value = text;
  form.querySelector("select")!.value = "3";
  field.dispatchEvent(new Event("input", { bubbles: true }));
  await passes(500);
  return form;
}

test("what is written is kept, and the form says when", async () => {
  const form = await write("La bride reçue ce matin");
  expect(form.querySelector(".saved")!.textContent).toContain("draft_kept");
  expect(form.querySelector(".saved")!.textContent).toContain("10\u00a0h\u00a042");
  expect(localStorage.getItem("draft:7:publier")).not.toContain("k1");
});

test("it comes back into an empty form, audience included", async () => {
  await write("La bride");
  const form = page<HTMLFormElement>(FORM);
  found();
  expect([form.querySelector("textarea")!.value, form.querySelector("select")!.value]).toEqual(["La bride", "3"]);
  expect(form.querySelector(".saved")!.textContent).toMatch(/^draft_restored/);
});

test("what the server gives back with an error is not overwritten", async () => {
  await write("avant");
  const form = page<HTMLFormElement>(FORM.replace("<textarea name=\"text\">", "<textarea name=\"text\">après"));
  found();
  expect(form.querySelector("textarea")!.value).toBe("après");
});

test("somebody else on the same machine finds nothing", async () => {
  await write("pour moi");
  document.body.dataset.reader = "8";
  const form = page<HTMLFormElement>(FORM);
  found();
  expect(form.querySelector("textarea")!.value).toBe("");
});

test("published, it is forgotten; refused, it is kept", async () => {
  const form = await write("texte");
  const answer = (status: number) => form.dispatchEvent(new CustomEvent("htmx:afterRequest", {
    bubbles: true, detail: { xhr: { status, getResponseHeader: () => null }, requestConfig: { elt: form.querySelector("textarea"), verb: "post" } },
  }));
  answer(422);
  expect(localStorage.getItem("draft:7:publier")).not.toBeNull();
  answer(200);
  expect(localStorage.getItem("draft:7:publier")).toBeNull();
});

test("sent by a plain form, it is forgotten on the next page unless that is an error or a return", async () => {
  const arrive = (type: string, responseStatus: number) => {
    vi.spyOn(performance, "getEntriesByType").mockReturnValue([{ type, responseStatus }] as never);
    settle();
    return localStorage.getItem("draft:7:publier");
  };
  for (const [type, status, isKept] of [["back_forward", 200, true], ["navigate", 500, true], ["navigate", 200, false]] as const) {
    const form = await write("texte");
    form.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
    expect(arrive(type, status) !== null).toBe(isKept);
  }
});

test("an emptied form keeps nothing", async () => {
  await write("texte");
  const form = await write("");
  expect(localStorage.length).toBe(0);
  expect(form.querySelector<HTMLElement>(".saved")!.hidden).toBe(true);
});

test("the charter is asked before a text is sent: its draft goes with the acceptance, not with a look elsewhere", async () => {
  const arrive = () => {
    vi.spyOn(performance, "getEntriesByType").mockReturnValue([{ type: "navigate", responseStatus: 200 }] as never);
    settle();
    return localStorage.getItem("draft:7:publier");
  };
  const form = await write("texte");
  form.dispatchEvent(new CustomEvent("htmx:afterRequest", {
    bubbles: true,
    detail: { xhr: { status: 200, getResponseHeader: () => "#dialog-place" }, requestConfig: { elt: form, verb: "post" } },
  }));
  expect(arrive()).not.toBeNull();
  const charter = page<HTMLFormElement>('<form method="post" data-keeps-draft><button name="accept_charter"></button></form>');
  charter.dispatchEvent(new SubmitEvent("submit", { bubbles: true, submitter: charter.querySelector("button") }));
  page("<p>Publié</p>");
  expect(arrive()).toBeNull();
});
