/**
 * What cannot be seen when a page opens is in `noscript` elements: with scripts, a browser takes their content for one text, which costs the first text of the
 * page nothing. Without scripts it is there as all else.
 */
function show(holders: NodeListOf<Element>): void {
  for (const holder of holders) holder.outerHTML = holder.textContent;
}

// A reader of another language sees its tab at once.
show(document.querySelectorAll("[role=tabpanel]:not([hidden]) > noscript.later"));
addEventListener("load", () => show(document.querySelectorAll("noscript.later")));
