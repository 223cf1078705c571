const speechBubble =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#0f4c81"/>' +
  '<path d="M7 9h18v11H15l-5 4v-4H7z" fill="#fff"/><circle cx="12.5" cy="14.5" r="1.8" fill="#0f4c81"/><circle cx="19.5" cy="14.5" r="1.8" fill="#0f4c81"/></svg>';

const redocly =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 52 14"><text x="0" y="11" font-family="sans-serif" font-size="12" font-weight="600" fill="#0f4c81">Redocly</text></svg>';

/** The page's icon as a `data:` URL, so that it is no request of its own. */
export const icon: string = dataUrl(speechBubble);

/** Stands in for Redoc's own logo, which it would fetch from its makers' host: their name, in plain letters. */
export const redoclyName: string = dataUrl(redocly);

function dataUrl(image: string): string {
  return `data:image/svg+xml;base64,${Buffer.from(image).toString("base64")}`;
}
