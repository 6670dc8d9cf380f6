/** <org-tree>: the nested list of links that the server drew becomes a tree that the arrows walk (ARIA's navigation
 *  tree): up and down through what is seen, right to open a branch or go in, left to close it or go out. */
import { ask } from "./csrf";
import { tell } from "./toast";
import { word } from "./words";

type Step = HTMLAnchorElement;

export class OrgTree extends HTMLElement {
  private typed = "";
  private typedAt = 0;

  connectedCallback(): void {
    const list = this.querySelector("ul");
    if (!list) return;
    list.setAttribute("role", "tree");
    this.dress(list);
    const here = this.querySelector<Step>('a[aria-current="page"]') ?? this.steps[0];
    if (here) this.rove(here);
    this.addEventListener("keydown", this.press);
    this.addEventListener("focusin", (event) => {
      const step = (event.target as Element).closest<Step>("[role=treeitem]");
      if (step) this.rove(step);
    });
  }

  /** Every step of the tree that can be seen now, in order. */
  private get steps(): Step[] {
    return [...this.querySelectorAll<Step>("a.org-a")].filter((step) => !step.closest("ul[hidden]"));
  }

  private dress(list: Element): void {
    for (const branch of list.querySelectorAll("ul")) {
      branch.setAttribute("role", "group");
      branch.id ||= `org-${crypto.randomUUID()}`;
    }
    for (const item of list.querySelectorAll("li")) item.setAttribute("role", "none");
    for (const step of list.querySelectorAll<Step>("a.org-a")) {
      if (step.role === "treeitem") continue;
      step.setAttribute("role", "treeitem");
      step.tabIndex = -1;
      const branch = this.branchOf(step);
      if (branch) this.says(step, branch, true);
      else if (step.dataset.team) {
        step.setAttribute("aria-expanded", "false");
        this.giveButton(step);
      }
    }
  }

  /** For pointers: the arrow beside a step opens its branch; the step itself leads to its page. */
  private giveButton(step: Step): void {
    const button = document.createElement("span");
    button.className = "org-open";
    button.setAttribute("aria-hidden", "true");
    step.querySelector("svg.i")?.replaceWith(button);
    if (!button.isConnected) step.append(button);
    button.addEventListener("click", (event) => {
      event.preventDefault();
      void this.turn(step, step.getAttribute("aria-expanded") !== "true");
    });
  }

  private branchOf(step: Step): HTMLUListElement | null {
    return step.parentElement!.querySelector<HTMLUListElement>(":scope > ul");
  }

  private says(step: Step, branch: Element, isOpen: boolean): void {
    step.setAttribute("aria-owns", branch.id);
    step.setAttribute("aria-expanded", String(isOpen));
  }

  private async turn(step: Step, isOpen: boolean): Promise<void> {
    let branch = this.branchOf(step);
    if (!branch && isOpen && step.dataset.team) branch = await this.fetched(step);
    if (!branch) return;
    branch.hidden = !isOpen;
    this.says(step, branch, isOpen);
  }

  private async fetched(step: Step): Promise<HTMLUListElement | null> {
    if (step.hasAttribute("aria-busy")) return null;
    step.setAttribute("aria-busy", "true");
    try {
      const answer = await ask(step.dataset.team!);
      if (!answer.ok) throw new Error(String(answer.status));
      const template = document.createElement("template");
      template.innerHTML = await answer.text();
      const branch = template.content.querySelector("ul");
      if (!branch) return null;
      step.parentElement!.append(branch);
      this.dress(step.parentElement!);
      return branch;
    } catch {
      tell(word("lost"), { tone: "error" });
      return null;
    } finally {
      step.removeAttribute("aria-busy");
    }
  }

  /** One stop for the Tab key: the step one was on. */
  private rove(to: Step): void {
    for (const step of this.querySelectorAll<Step>("[role=treeitem][tabindex='0']")) step.tabIndex = -1;
    to.tabIndex = 0;
  }

  private go(to: Step | undefined | null): void {
    to?.focus();
  }

  private readonly press = (event: KeyboardEvent): void => {
    const step = (event.target as Element).closest<Step>("[role=treeitem]");
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    const { steps } = this;
    const at = steps.indexOf(step);
    const isOpen = step.getAttribute("aria-expanded") === "true";
    const moves: Record<string, () => void> = {
      ArrowDown: () => this.go(steps[at + 1]),
      ArrowUp: () => this.go(steps[at - 1]),
      Home: () => this.go(steps[0]),
      End: () => this.go(steps.at(-1)),
      ArrowRight: () => (isOpen ? this.go(this.branchOf(step)?.querySelector<Step>("a.org-a")) : void this.turn(step, true)),
      ArrowLeft: () => (isOpen && step.dataset.team ? void this.turn(step, false) : this.go(this.above(step))),
      " ": () => step.click(),
    };
    if (moves[event.key]) {
      event.preventDefault();
      moves[event.key]!();
    } else if (event.key.length === 1) this.find(event.key, steps, at);
  };

  private above(step: Step): Step | null {
    return step.closest("ul")?.parentElement?.querySelector<Step>(":scope > a.org-a") ?? null;
  }

  /** The next step whose words begin with what is typed quickly. */
  private find(letter: string, steps: Step[], at: number): void {
    const now = Date.now();
    this.typed = (now - this.typedAt < 700 ? this.typed : "") + letter.toLocaleLowerCase();
    this.typedAt = now;
    const from = this.typed.length > 1 ? at : at + 1;
    const order = [...steps.slice(from), ...steps.slice(0, from)];
    this.go(order.find((step) => step.querySelector(".org-w")?.textContent?.trim().toLocaleLowerCase().startsWith(this.typed)));
  }
}

export function start(): void {
  customElements.define("org-tree", OrgTree);
}
