export { otelMiddleware } from "./otel-middleware.ts";
export type { OtelMiddlewareOptions } from "./otel-middleware.ts";
