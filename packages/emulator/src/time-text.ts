/** A time as text, such as `2026-04-03T12:30:00.000Z`. One that no date has is shown in milliseconds. */
export function timeText(milliseconds: number): string {
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) ? `${milliseconds} ms` : date.toISOString();
}
