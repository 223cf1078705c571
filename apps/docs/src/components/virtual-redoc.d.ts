/** Redoc, as `build/redoc-script.ts` gives it. */
declare module "virtual:redoc" {
  /** Shows an OpenAPI document in an element. */
  export function init(document: object, options: object, element: Element | null): void;
}
