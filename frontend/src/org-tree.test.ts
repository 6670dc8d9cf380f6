import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";

import { start } from "./org-tree";
import { key, page, passes } from "./testing";

const TEAM = '<ul><li><a class="org-a" href="/organigramme/9/"><span class="org-w">Zoé</span></a></li></ul>';

function tree(): HTMLElement {
  return page(`<org-tree><ul class="org" aria-label="Organigramme">
    <li><a class="org-a" href="/organigramme/1/"><span class="org-w">Hélène</span></a><ul>
      <li><a class="org-a" href="/organigramme/2/" aria-current="page"><span class="org-w">Marc</span></a><ul>
        <li><a class="org-a" href="/organigramme/3/" data-team="/organigramme/3/equipe/"><span class="org-w">Amina</span><svg class="i"></svg></a></li>
        <li><a class="org-a" href="/organigramme/4/"><span class="org-w">Bruno</span></a></li>
      </ul></li>
    </ul></li>
  </ul></org-tree>`);
}

const at = (): string => document.activeElement?.querySelector(".org-w")?.textContent ?? "";
const step = (name: string): HTMLElement =>
  [...document.querySelectorAll<HTMLElement>("a.org-a")].find((a) => a.textContent!.includes(name))!;

async function press(...names: string[]): Promise<void> {
  for (const name of names) {
    key(document.activeElement!, name);
    await passes();
  }
}

describe("the organisation chart by keyboard", () => {
  beforeAll(start);
  beforeEach(() => {
    vi.restoreAllMocks();
    tree();
    step("Marc").focus();
  });

  it("is a tree of links, with one stop for Tab: where one is", () => {
    expect(document.querySelector("ul")!.getAttribute("role")).toBe("tree");
    expect(document.querySelectorAll("[role=treeitem]")).toHaveLength(4);
    expect(document.querySelectorAll("[role=group]")).toHaveLength(2);
    expect([...document.querySelectorAll("[tabindex='0']")]).toEqual([step("Marc")]);
    expect(step("Marc").getAttribute("aria-expanded")).toBe("true");
    expect(document.getElementById(step("Marc").getAttribute("aria-owns")!)).not.toBeNull();
    expect(step("Bruno").hasAttribute("aria-expanded")).toBe(false);
  });

  it("walks down and up through what is seen", async () => {
    await press("ArrowDown", "ArrowDown");
    expect(at()).toBe("Bruno");
    await press("ArrowDown");
    expect(at()).toBe("Bruno");
    await press("Home");
    expect(at()).toBe("Hélène");
    await press("End");
    expect(at()).toBe("Bruno");
    expect(step("Bruno").tabIndex).toBe(0);
    expect(step("Marc").tabIndex).toBe(-1);
  });

  it("goes in to the right and out to the left", async () => {
    await press("ArrowRight");
    expect(at()).toBe("Amina");
    await press("ArrowLeft");
    expect(at()).toBe("Marc");
    await press("ArrowLeft");
    expect(at()).toBe("Hélène");
    await press("ArrowLeft");
    expect(at()).toBe("Hélène");
  });

  it("fetches a branch when it is opened, once, and closes it again", async () => {
    const fetched = vi.spyOn(globalThis, "fetch").mockResolvedValue(new Response(TEAM));
    step("Amina").focus();
    await press("ArrowRight");
    await passes();
    expect(step("Amina").getAttribute("aria-expanded")).toBe("true");
    await press("ArrowRight");
    expect(at()).toBe("Zoé");
    await press("ArrowLeft", "ArrowLeft");
    expect(at()).toBe("Amina");
    expect(step("Amina").getAttribute("aria-expanded")).toBe("false");
    await press("ArrowDown");
    expect(at()).toBe("Bruno");
    step("Amina").focus();
    await press("ArrowRight");
    expect(fetched).toHaveBeenCalledTimes(1);
  });

  it("says that the connection was lost, and can be asked again", async () => {
    const fetched = vi.spyOn(globalThis, "fetch").mockRejectedValue(new TypeError());
    step("Amina").focus();
    await press("ArrowRight");
    await passes();
    expect(step("Amina").getAttribute("aria-expanded")).toBe("false");
    await press("ArrowRight");
    expect(fetched).toHaveBeenCalledTimes(2);
  });

  it("opens a branch by the pointer without leaving the page", async () => {
    vi.spyOn(globalThis, "fetch").mockResolvedValue(new Response(TEAM));
    step("Amina").querySelector<HTMLElement>(".org-open")!.click();
    await passes();
    expect(step("Zoé")).toBeTruthy();
  });

  it("goes to the name that one types", async () => {
    await press("b");
    expect(at()).toBe("Bruno");
  });

  it("leaves alone what the browser's own keys do", () => {
    expect(key(step("Marc"), "ArrowDown", { altKey: true }).defaultPrevented).toBe(false);
    expect(key(step("Marc"), "Enter").defaultPrevented).toBe(false);
  });
});
