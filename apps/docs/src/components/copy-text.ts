/** Copies a text, and returns whether it could. A page on plain http has no clipboard, but browsers let it copy what is selected. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const before = document.activeElement;
    const holder = document.createElement("textarea");
    holder.value = text;
    holder.readOnly = true;
    document.body.append(holder);
    holder.select();
    const isCopied = document.execCommand("copy");
    holder.remove();
    if (before instanceof HTMLElement) before.focus();
    return isCopied;
  }
}
