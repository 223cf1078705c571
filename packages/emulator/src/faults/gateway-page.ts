const titles: Readonly<Partial<Record<number, string>>> = {
  400: "Bad Request",
  403: "Forbidden",
  404: "Not Found",
  408: "Request Time-out",
  413: "Request Entity Too Large",
  429: "Too Many Requests",
  500: "Internal Server Error",
  502: "Bad Gateway",
  503: "Service Temporarily Unavailable",
  504: "Gateway Time-out",
};

/** What a gateway in front of the service sends when it does not reach it: a page in HTML, for people. */
export function gatewayPage(status: number): string {
  const title = `${status} ${titles[status] ?? "Error"}`;
  const lines = [
    "<html>",
    `<head><title>${title}</title></head>`,
    "<body>",
    `<center><h1>${title}</h1></center>`,
    "<hr><center>gateway</center>",
    "</body>",
    "</html>",
  ];
  return `${lines.join("\r\n")}\r\n`;
}
