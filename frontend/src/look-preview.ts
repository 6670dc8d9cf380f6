/** <look-preview>: a colour of one's own, seen by day and by night as one types it, with what WCAG says of its contrast.
 * The server says it again, and proposes the nearest that can be read. */
const DAY = "#ffffff";
const NIGHT = "#222833";
const LEAST = 3;

function channel(hex: string, at: number): number {
  const value = parseInt(hex.slice(at, at + 2), 16) / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

function luminance(hex: string): number {
  return 0.2126 * channel(hex, 1) + 0.7152 * channel(hex, 3) + 0.0722 * channel(hex, 5);
}

/** https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
export function contrast(one: string, other: string): number {
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
}

/** As the server reads it: « 23407A » and « #abc » too. */
export function readColour(text: string): string | null {
  const hex = /^#?([0-9a-f]{6}|[0-9a-f]{3})$/i.exec(text.trim())?.[1]?.toLowerCase();
  if (!hex) return null;
  return `#${hex.length === 3 ? [...hex].map((digit) => digit + digit).join("") : hex}`;
}

export class LookPreview extends HTMLElement {
  private readonly show = () => this.look();

  connectedCallback(): void {
    const input = this.input;
    if (!input) return;
    // The device's own chooser, beside what one types.
    if (!this.querySelector('input[type="color"]')) {
      const chooser = document.createElement("input");
      chooser.type = "color";
      chooser.className = "own-chooser";
      chooser.setAttribute("aria-label", this.querySelector("label")?.textContent?.trim() ?? "");
      chooser.addEventListener("input", () => {
        input.value = chooser.value;
        this.look();
      });
      input.after(chooser);
    }
    input.addEventListener("input", this.show);
    // One of the eight takes the place of one's own.
    this.closest("form")?.addEventListener("change", (event) => {
      const changed = event.target as HTMLInputElement;
      if (changed.name !== "hue") return;
      input.value = "";
      this.look();
    });
    this.look();
  }

  private get input(): HTMLInputElement | null {
    return this.querySelector<HTMLInputElement>('input[name="colour"]');
  }

  private look(): void {
    const colour = readColour(this.input?.value ?? "");
    this.toggleAttribute("data-own", colour !== null);
    this.style.setProperty("--own", colour ?? "");
    const chooser = this.querySelector<HTMLInputElement>('input[type="color"]');
    if (chooser && colour) chooser.value = colour;
    const says = this.querySelector<HTMLElement>("[data-says]");
    if (says) says.textContent = colour === null ? "" : (this.dataset[when(colour)] ?? "");
  }
}

/** Which of the element's sentences holds. */
function when(colour: string): "read" | "day" | "night" {
  if (contrast(colour, DAY) < LEAST) return "day";
  return contrast(colour, NIGHT) < LEAST ? "night" : "read";
}

export function start(): void {
  customElements.define("look-preview", LookPreview);
}
