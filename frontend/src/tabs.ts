/** Tabs wider than a narrow screen: the one where one stands is in view. */
export function start(): void {
  for (const tabs of document.querySelectorAll<HTMLElement>(".tabs")) {
    const here = tabs.querySelector("[aria-current]")?.getBoundingClientRect();
    if (!here || tabs.scrollWidth <= tabs.clientWidth) continue;
    const seen = tabs.getBoundingClientRect();
    tabs.scrollLeft += here.left + here.width / 2 - seen.left - seen.width / 2;
  }
}
