import { expect, test, vi } from "vitest";

import { page } from "./testing";
import { Listbox } from "./listbox";

const CARET = { left: 10, top: 20, bottom: 40 };
const CHOICES = [{ value: "amina", name: "Amina", initials: "AB", hue: 20, about: "Ingénieure" }, { value: "bruno", name: "Bruno" }];

function opened(): { list: Listbox; field: HTMLElement; choose: ReturnType<typeof vi.fn> } {
  const host = page('<div><div id="field"></div></div>');
  const field = document.getElementById("field")!;
  const choose = vi.fn();
  const list = new Listbox(field, choose);
  host.append(list.element, list.status);
  list.name();
  list.show(CHOICES, CARET);
  return { list, field, choose };
}
const marked = (field: HTMLElement) => document.getElementById(field.getAttribute("aria-activedescendant")!)!.querySelector(".h")!.firstChild!.textContent;

test("the field names the marked option, and how many there are is said", () => {
  const { field } = opened();
  expect(marked(field)).toBe("Amina");
  expect(document.querySelector("[role=status]")!.textContent).toMatch(/^suggestions_other 2/);
  expect(field.getAttribute("aria-controls")).toBe(document.querySelector("[role=listbox]")!.id);
});

test("arrows walk round, Enter and Tab choose", () => {
  const { list, field, choose } = opened();
  expect(list.press("ArrowDown")).toBe(true);
  expect(marked(field)).toBe("Bruno");
  list.press("ArrowDown");
  expect(marked(field)).toBe("Amina");
  list.press("ArrowUp");
  list.press("Tab");
  expect(choose.mock.calls[0]![0].value).toBe("bruno");
  list.press("Enter");
  expect(choose).toHaveBeenCalledTimes(2);
});

test("Escape closes it, and then keys are for the text again", () => {
  const { list, field } = opened();
  expect(list.press("Escape")).toBe(true);
  expect([list.isOpen, field.hasAttribute("aria-activedescendant"), list.press("Enter")]).toEqual([false, false, false]);
});

test("a letter is never for the list, nor anything once nothing is proposed", () => {
  const { list } = opened();
  expect(list.press("a")).toBe(false);
  list.show([], CARET);
  expect(list.isOpen).toBe(false);
  expect(document.querySelector("[role=status]")!.textContent).toMatch(/^suggestions_none/);
});

test("a click chooses", () => {
  const { choose } = opened();
  document.querySelectorAll<HTMLElement>("[role=option]")[1]!.click();
  expect(choose.mock.calls[0]![0].value).toBe("bruno");
});
