import type { Failure, ResultItem } from "@contact-groups/openapi/bodies";
import { idOf, type Kinds } from "./conversation.ts";

/** An error code in an answer. */
export interface FoundCode {
  readonly code: number;
  /** What the service says beside it. */
  readonly info: string | undefined;
  /** The conversation that it is about, counted from 1 in its list; undefined for the whole call. */
  readonly item: { readonly number: number; readonly name: string } | undefined;
}

/** Whether the value is an answer of the service, of any outcome. */
export function isEnvelope(value: unknown): value is Pick<Failure, "ErrorCode" | "ErrorInfo"> {
  return typeof value === "object" && value !== null && Number.isInteger((value as Partial<Failure>).ErrorCode);
}

/** The codes other than 0: of the call, and of each conversation that failed. */
export function findCodes(value: unknown, kinds: readonly Kinds[], number = 0): FoundCode[] {
  if (typeof value !== "object" || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((item, index) => findCodes(item, kinds, index + 1));
  const own: FoundCode[] = [];
  const { ErrorCode, ErrorInfo } = value as Partial<Failure>;
  if (isCode(ErrorCode)) own.push({ code: ErrorCode, info: ErrorInfo, item: undefined });
  const { ResultCode, ResultInfo, ContactItem } = value as Partial<ResultItem>;
  if (isCode(ResultCode))
    own.push({ code: ResultCode, info: ResultInfo, item: { number, name: idOf(ContactItem, kinds) ?? "?" } });
  return [...own, ...Object.values(value).flatMap((inner) => findCodes(inner, kinds))];
}

function isCode(value: unknown): value is number {
  return Number.isInteger(value) && value !== 0;
}
