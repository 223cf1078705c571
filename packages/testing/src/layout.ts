/// <reference lib="dom" />
import type { Page } from "playwright-core";

/**
 * Returns what a reader would call broken in the layout of a page as it is: an element that is wider than the screen or than its box, text that is cut off,
 * and text on top of other text. One line for each fault. What is hidden, such as the text for screen readers, does not count.
 *
 * @param exempt a selector of the elements that may be scrolled sideways, or shorten their texts
 */
export async function layoutFaults(page: Page, exempt = ":not(*)"): Promise<string[]> {
  return page.evaluate(findFaults, exempt);
}

/** Runs in the page. */
function findFaults(exempt: string): string[] {
  const faults: string[] = [];
  const name = (element: Element): string => {
    const classes = [...element.classList].map((each) => `.${each}`).join("");
    return `<${element.localName}${element.id && `#${element.id}`}${classes}> "${(element.textContent ?? "").trim().replace(/\s+/g, " ").slice(0, 40)}"`;
  };
  const screen = document.documentElement.clientWidth;
  const shown = [...document.querySelectorAll("body, body *")].filter(
    (element): element is HTMLElement =>
      element instanceof HTMLElement &&
      element.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true }) &&
      !isForScreenReaders(element),
  );
  const textual = shown.filter(({ childNodes }) =>
    [...childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim()),
  );

  const { scrollWidth } = document.scrollingElement!;
  if (scrollWidth > screen) faults.push(`the page is ${scrollWidth - screen}px wider than the screen`);
  for (const element of shown) {
    const { overflowX, overflowY, position } = getComputedStyle(element);
    const { right, left } = element.getBoundingClientRect();
    const clips = (overflow: string): boolean => overflow === "hidden" || overflow === "clip";
    const over = element.scrollWidth - element.clientWidth;
    if (["auto", "scroll"].includes(overflowX) && over > 1 && !element.closest(exempt))
      faults.push(`${name(element)} must be scrolled by ${over}px`);
    if (textual.includes(element)) {
      const outside = Math.max(right - screen, -left);
      if (outside > 1 && position !== "fixed" && !element.closest(exempt) && !scroller(element))
        faults.push(`${name(element)} is ${Math.round(outside)}px outside of the screen`);
    }
    if (element.clientWidth === 0 || element.clientHeight === 0 || element.closest(exempt)) continue;
    if (clips(overflowX) && over > 1 && hasText(element, "x"))
      faults.push(`${name(element)} is cut off by ${over}px at its side`);
    const below = element.scrollHeight - element.clientHeight;
    if (clips(overflowY) && below > 2 && hasText(element, "y"))
      faults.push(`${name(element)} is cut off by ${below}px at its end`);
  }
  faults.push(...overlaps());
  return faults;

  function scroller(element: Element): boolean {
    for (let outer: Element | null = element; outer; outer = outer.parentElement)
      if (
        outer !== document.body &&
        outer !== document.documentElement &&
        getComputedStyle(outer).overflowX !== "visible"
      )
        return true;
    return false;
  }

  function isForScreenReaders(element: Element): boolean {
    for (let outer: Element | null = element; outer; outer = outer.parentElement) {
      const { clip, clipPath, position } = getComputedStyle(outer);
      if (
        position === "absolute" &&
        (clip.replaceAll(/[\s,]/g, "") === "rect(0px0px0px0px)" || clipPath.startsWith("inset(50%"))
      )
        return true;
    }
    return false;
  }

  /** Whether a text in the element is beyond its edge. */
  function hasText(element: HTMLElement, axis: "x" | "y"): boolean {
    const box = element.getBoundingClientRect();
    return textual
      .filter((inner) => element.contains(inner))
      .some((inner) =>
        rectangles(inner).some((rect) => (axis === "x" ? rect.right > box.right + 1 : rect.bottom > box.bottom + 2)),
      );
  }

  function rectangles(element: Element): DOMRect[] {
    return [...element.childNodes]
      .filter((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim())
      .flatMap((node) => {
        const range = document.createRange();
        range.selectNodeContents(node);
        return [...range.getClientRects()].filter((rect) => rect.width > 1 && rect.height > 1);
      });
  }

  /** What is scrolled out of a box is not on top of what is next to the box. */
  function visibleRectangles(element: Element): DOMRect[] {
    let { left, right, top, bottom } = { left: -Infinity, right: Infinity, top: -Infinity, bottom: Infinity };
    for (let outer: Element | null = element; outer && outer !== document.body; outer = outer.parentElement) {
      if (getComputedStyle(outer).overflowX === "visible") continue;
      const box = outer.getBoundingClientRect();
      [left, right] = [Math.max(left, box.left), Math.min(right, box.right)];
      [top, bottom] = [Math.max(top, box.top), Math.min(bottom, box.bottom)];
    }
    return rectangles(element)
      .map((rect) => {
        const [x, y] = [Math.max(rect.left, left), Math.max(rect.top, top)];
        return new DOMRect(x, y, Math.min(rect.right, right) - x, Math.min(rect.bottom, bottom) - y);
      })
      .filter(({ width, height }) => width > 1 && height > 1);
  }

  /** What is fixed or sticky is above the page on purpose. */
  function floats(element: Element): boolean {
    for (let outer: Element | null = element; outer; outer = outer.parentElement)
      if (["fixed", "sticky"].includes(getComputedStyle(outer).position)) return true;
    return false;
  }

  function overlaps(): string[] {
    const found: string[] = [];
    const texts = textual
      .filter((element) => !floats(element))
      .flatMap((element) => visibleRectangles(element).map((rect) => ({ element, rect })))
      .toSorted((one, other) => one.rect.top - other.rect.top);
    texts.forEach(({ element, rect }, index) => {
      for (let next = index + 1; next < texts.length && texts[next]!.rect.top < rect.bottom; next++) {
        const { element: second, rect: other } = texts[next]!;
        if (element === second) continue;
        const across = Math.min(rect.right, other.right) - Math.max(rect.left, other.left);
        const down = Math.min(rect.bottom, other.bottom) - other.top;
        const share = (across * down) / Math.min(rect.width * rect.height, other.width * other.height);
        if (across > 1 && down > 1 && share > 0.3) found.push(`${name(element)} and ${name(second)} overlap`);
      }
    });
    return found;
  }
}
