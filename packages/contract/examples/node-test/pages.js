import { randomInt } from "node:crypto";

/** Pulls all of a user's conversations that are in a group or carry a mark, page by page. */
export async function allPages(fetch, baseUrl, credentials, user) {
  const all = [];
  for (let StartIndex = 0; ;) {
    const query = new URLSearchParams({ ...credentials, random: String(randomInt(2 ** 32)), contenttype: "json" });
    const response = await fetch(`${baseUrl}/v4/recentcontact/get_contact_group?${query}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ From_Account: user, StartIndex }),
    });
    const page = await response.json();
    if (page.ErrorCode !== 0) throw new Error(`${page.ErrorCode}: ${page.ErrorInfo}`);
    all.push(...(page.ContactItem ?? []));
    if (page.CompleteFlag !== 0) return all;
    StartIndex = page.NextStartIndex;
  }
}
