import { eachParameter, json, type SampleCall } from "./sample-call.ts";

/** Java 17 without libraries. The JDK has no JSON parser, so a pattern finds the code. */
export function java({ url, query, body }: SampleCall): string {
  const parameters = eachParameter(query, {
    environment: (name, variable) => `"${name}=" + encoded(System.getenv("${variable}"))`,
    random: (name) => `"${name}=" + Integer.toUnsignedString(new SecureRandom().nextInt())`,
    constant: (name, value) => `"${name}=${value}"`,
  });
  return `import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.regex.Pattern;

public class Sample {
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  public static void main(String[] arguments) throws Exception {
    var query = String.join("&",
        ${parameters.join(",\n        ")});
    var body = """
        ${json(body, "        ").replaceAll("\\", String.raw`\\`)}""";
    var request = HttpRequest.newBuilder(URI.create("${url}?" + query))
        .timeout(Duration.ofSeconds(10))
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
    var result = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    System.out.println(result);
    // Failures have status 200, too: ErrorCode says whether the call failed.
    if (!Pattern.compile("\\"ErrorCode\\"\\\\s*:\\\\s*0\\\\b").matcher(result).find()) System.exit(1);
  }
}
`;
}
