/** <photo-crop> around the field of a photo: shows what was chosen in a round frame; one drags it, pinches it, moves it
 *  with the arrows, makes it larger with the slider. What the frame holds is sent as x, y and side, in pixels of the
 *  picture as it stands upright; the server cuts. Without it the server cuts to the middle. */

export interface Cut {
  x: number;
  y: number;
  side: number;
}

/** The smallest square worth a face, and the largest magnification. */
const LEAST = 96;
const MOST_ZOOM = 8;
const STEP = 0.05;

/** Where the server would cut by itself: faces are above the middle. */
export function middle(width: number, height: number): Cut {
  const side = Math.min(width, height);
  return { x: Math.round((width - side) * 0.5), y: Math.round((height - side) * 0.4), side };
}

/** Moved by a share of the frame, still within the picture. */
export function moved(cut: Cut, across: number, down: number, width: number, height: number): Cut {
  const within = (at: number, room: number) => Math.round(Math.max(0, Math.min(at, room)));
  return {
    x: within(cut.x + across * cut.side, width - cut.side),
    y: within(cut.y + down * cut.side, height - cut.side),
    side: cut.side,
  };
}

/** The same centre, seen `zoom` times as large as the whole. */
export function zoomed(cut: Cut, zoom: number, width: number, height: number): Cut {
  const whole = Math.min(width, height);
  const side = Math.round(whole / Math.max(1, Math.min(zoom, mostZoom(width, height))));
  const shift = (cut.side - side) / 2;
  return moved({ x: cut.x + shift, y: cut.y + shift, side }, 0, 0, width, height);
}

export function mostZoom(width: number, height: number): number {
  return Math.max(1, Math.min(MOST_ZOOM, Math.min(width, height) / LEAST));
}

const ARROWS: Record<string, [number, number]> = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowUp: [0, -STEP],
  ArrowDown: [0, STEP],
};

export class PhotoCrop extends HTMLElement {
  private picture = new Image();
  private cut: Cut = { x: 0, y: 0, side: 0 };
  private stage?: HTMLElement;
  private frame!: HTMLElement;
  private slider!: HTMLInputElement;
  private note!: HTMLElement;
  private fingers = new Map<number, PointerEvent>();

  connectedCallback(): void {
    const chosen = this.querySelector<HTMLInputElement>('input[type="file"]');
    if (!chosen || this.stage) return;
    this.build();
    chosen.addEventListener("change", () => this.show(chosen.files?.[0]));
    this.picture.addEventListener("load", () => this.begin());
    this.picture.addEventListener("error", () => this.forget(this.dataset.unseen ?? ""));
  }

  disconnectedCallback(): void {
    URL.revokeObjectURL(this.picture.src);
  }

  private build(): void {
    this.stage = document.createElement("div");
    this.stage.className = "crop";
    this.stage.hidden = true;
    this.frame = document.createElement("div");
    this.frame.className = "crop-frame";
    this.frame.tabIndex = 0;
    this.frame.setAttribute("role", "group");
    this.frame.setAttribute("aria-label", this.dataset.frame ?? "");
    this.picture.alt = "";
    this.picture.draggable = false;
    this.frame.append(this.picture);
    const label = document.createElement("label");
    label.className = "crop-zoom";
    const word = document.createElement("span");
    word.textContent = this.dataset.zoom ?? "";
    this.slider = Object.assign(document.createElement("input"), { type: "range", min: "1", step: "0.01", value: "1" });
    label.append(word, this.slider);
    this.note = document.createElement("p");
    this.note.className = "sm muted";
    this.note.setAttribute("aria-live", "polite");
    this.stage.append(this.frame, label);
    this.append(this.stage, this.note);

    this.slider.addEventListener("input", () => this.set(zoomed(this.cut, Number(this.slider.value), ...this.size)));
    this.frame.addEventListener("keydown", (event) => this.press(event));
    this.frame.addEventListener("pointerdown", (event) => this.touch(event));
    this.frame.addEventListener("pointermove", (event) => this.drag(event));
    for (const end of ["pointerup", "pointercancel"]) {
      this.frame.addEventListener(end, (event) => this.fingers.delete((event as PointerEvent).pointerId));
    }
  }

  private get size(): [number, number] {
    return [this.picture.naturalWidth, this.picture.naturalHeight];
  }

  private show(file: File | undefined): void {
    URL.revokeObjectURL(this.picture.src);
    this.forget("");
    if (file) this.picture.src = URL.createObjectURL(file);
  }

  private begin(): void {
    this.slider.max = mostZoom(...this.size).toFixed(2);
    this.slider.value = "1";
    this.stage!.hidden = false;
    this.set(middle(...this.size));
  }

  /** Nothing framed: the server cuts to the middle. */
  private forget(why: string): void {
    this.stage!.hidden = true;
    this.note.textContent = why;
    for (const field of this.querySelectorAll('input[type="hidden"]')) field.remove();
  }

  private set(cut: Cut): void {
    this.cut = cut;
    const [width, height] = this.size;
    const scale = 100 / cut.side;
    Object.assign(this.picture.style, {
      width: `${width * scale}%`,
      height: `${height * scale}%`,
      left: `${-cut.x * scale}%`,
      top: `${-cut.y * scale}%`,
    });
    for (const name of ["x", "y", "side"] as const) this.field(name).value = String(cut[name]);
  }

  private field(name: string): HTMLInputElement {
    const there = this.querySelector<HTMLInputElement>(`input[name="${name}"]`);
    if (there) return there;
    const made = Object.assign(document.createElement("input"), { type: "hidden", name });
    this.append(made);
    return made;
  }

  private press(event: KeyboardEvent): void {
    const step = ARROWS[event.key];
    if (step) {
      const far = event.shiftKey ? 5 : 1;
      this.set(moved(this.cut, step[0] * far, step[1] * far, ...this.size));
    } else if (event.key === "+" || event.key === "-") {
      this.magnify(event.key === "+" ? 1.1 : 1 / 1.1);
    } else return;
    event.preventDefault();
    this.note.textContent = this.dataset.moved ?? "";
  }

  private magnify(times: number): void {
    const zoom = (Math.min(...this.size) / this.cut.side) * times;
    this.set(zoomed(this.cut, zoom, ...this.size));
    this.slider.value = String(Math.min(...this.size) / this.cut.side);
  }

  private touch(event: PointerEvent): void {
    this.fingers.set(event.pointerId, event);
    this.frame.setPointerCapture?.(event.pointerId);
  }

  private drag(event: PointerEvent): void {
    const before = this.fingers.get(event.pointerId);
    if (!before) return;
    const other = [...this.fingers.values()].find((finger) => finger.pointerId !== event.pointerId);
    const apart = (one: PointerEvent) => Math.hypot(one.clientX - other!.clientX, one.clientY - other!.clientY);
    this.fingers.set(event.pointerId, event);
    if (other) {
      if (apart(before) > 0) this.magnify(apart(event) / apart(before));
      return;
    }
    const width = this.frame.clientWidth || 1;
    this.set(moved(this.cut, (before.clientX - event.clientX) / width, (before.clientY - event.clientY) / width, ...this.size));
  }
}

export function start(): void {
  customElements.define("photo-crop", PhotoCrop);
}
