/** The list of proposals under the caret: the focus stays in the text, the list follows the arrows. */
import "./listbox.css";
import { counted, word } from "./words";
import type { Choice } from "./proposals";

let count = 0;

export class Listbox {
  readonly element = document.createElement("div");
  readonly status = document.createElement("span");
  private choices: Choice[] = [];
  private at = 0;
  isOpen = false;

  constructor(
    private readonly field: HTMLElement,
    private readonly choose: (choice: Choice) => void,
  ) {
    this.element.className = "suggest";
    this.element.id = `suggest-${++count}`;
    this.element.setAttribute("role", "listbox");
    this.element.hidden = true;
    this.element.popover = "manual";
    this.status.className = "sr";
    this.status.setAttribute("role", "status");
    for (const made of [this.element, this.status]) made.dataset.keep = "";
    // The text keeps the focus, and a phone its keyboard.
    this.element.addEventListener("pointerdown", (event) => event.preventDefault());
    this.element.addEventListener("click", (event) => {
      const option = (event.target as Element).closest("[role=option]");
      const chosen = option && this.choices[[...this.element.children].indexOf(option)];
      if (chosen) this.choose(chosen);
    });
  }

  /** Once the list stands in the page, the field says that it has one. */
  name(): void {
    this.field.setAttribute("aria-autocomplete", "list");
    this.field.setAttribute("aria-controls", this.element.id);
  }

  show(choices: Choice[], caret: { left: number; top: number; bottom: number }): void {
    this.choices = choices;
    this.status.textContent = choices.length ? counted("suggestions", choices.length) : word("suggestions_none");
    if (!choices.length) return this.hide();
    this.element.replaceChildren(...choices.map((choice, at) => option(choice, `${this.element.id}-${at}`)));
    this.element.hidden = false;
    this.element.showPopover?.();
    this.isOpen = true;
    // Placed first: looking at an option that is elsewhere would scroll the page.
    this.place(caret);
    this.mark(0);
  }

  hide(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.element.hidePopover?.();
    this.element.hidden = true;
    this.field.removeAttribute("aria-activedescendant");
  }

  /** True when the key was for the list. */
  press(key: string): boolean {
    if (!this.isOpen) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (step) this.mark((this.at + step + this.choices.length) % this.choices.length);
    else if (key === "Enter" || key === "Tab") this.choose(this.choices[this.at]!);
    else if (key === "Escape") this.hide();
    else return false;
    return true;
  }

  private mark(at: number): void {
    this.at = at;
    [...this.element.children].forEach((child, place) => child.setAttribute("aria-selected", String(place === at)));
    this.field.setAttribute("aria-activedescendant", `${this.element.id}-${at}`);
    this.element.children[at]?.scrollIntoView({ block: "nearest" });
  }

  /** Under the line, or over it where a phone's keyboard leaves no room. */
  private place({ left, top, bottom }: { left: number; top: number; bottom: number }): void {
    const room = window.visualViewport ?? { height: window.innerHeight, width: window.innerWidth, offsetTop: 0 };
    const { offsetHeight: height, offsetWidth: width } = this.element;
    const isUnder = bottom + 6 + height <= room.offsetTop + room.height;
    const x = Math.max(8, Math.min(left, room.width - width - 8));
    const y = isUnder ? bottom + 6 : Math.max(8, top - height - 6);
    Object.assign(this.element.style, { position: "fixed", inset: "auto", margin: "0", left: `${x}px`, top: `${y}px` });
  }
}

function option({ name, about, initials, hue, photo }: Choice, id: string): HTMLElement {
  const made = document.createElement("div");
  made.setAttribute("role", "option");
  made.id = id;
  if (initials || photo) made.append(face(initials ?? "", hue, photo));
  const words = document.createElement("span");
  words.className = "h";
  words.append(name);
  if (about) words.append(Object.assign(document.createElement("span"), { className: "xs muted", textContent: about }));
  made.append(words);
  return made;
}

function face(initials: string, hue?: number, photo?: string | null): HTMLElement {
  const made = document.createElement("span");
  made.className = "av a32";
  made.setAttribute("aria-hidden", "true");
  if (hue !== undefined) made.style.setProperty("--h", String(hue));
  if (photo) made.append(Object.assign(document.createElement("img"), { src: photo, alt: "" }));
  else made.textContent = initials;
  return made;
}
