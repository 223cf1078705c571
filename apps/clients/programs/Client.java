import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;
import java.util.zip.Deflater;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Calls the emulator as Java programs call the service, with HttpClient or HttpURLConnection. Prints each response on a line.
 *
 * HttpClient asks an http:// server to upgrade to HTTP/2, and offers it to an https:// server.
 */
public class Client {
  static final String BASE_URL = System.getenv("BASE_URL");
  static final String USER = System.getenv("FROM_ACCOUNT");
  static final String SDKAPPID = System.getenv("SDKAPPID");
  static final String KEY = System.getenv("SECRET_KEY");
  static final HttpClient HTTP = HttpClient.newHttpClient();

  static String userSig(String key) throws Exception {
    long now = System.currentTimeMillis() / 1000;
    String text = "TLS.identifier:administrator\nTLS.sdkappid:" + SDKAPPID + "\nTLS.time:" + now + "\nTLS.expire:86400\n";
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    String signature = Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    String document = "{\"TLS.ver\":\"2.0\",\"TLS.identifier\":\"administrator\",\"TLS.sdkappid\":" + SDKAPPID
        + ",\"TLS.expire\":86400,\"TLS.time\":" + now + ",\"TLS.sig\":\"" + signature + "\"}";
    Deflater deflater = new Deflater();
    deflater.setInput(document.getBytes(StandardCharsets.UTF_8));
    deflater.finish();
    byte[] packed = new byte[2048];
    int length = deflater.deflate(packed);
    byte[] exact = java.util.Arrays.copyOf(packed, length);
    return Base64.getEncoder().encodeToString(exact).replace('+', '*').replace('/', '-').replace('=', '_');
  }

  static void call(String command, String body, String key) throws Exception {
    long random = ThreadLocalRandom.current().nextLong(0x100000000L);
    URI uri = URI.create(BASE_URL + "/v4/" + command + "?contenttype=json&identifier=administrator&random=" + random
        + "&usersig=" + userSig(key) + "&sdkappid=" + SDKAPPID);
    System.out.println(System.getenv("CLIENT").equals("HttpClient") ? byHttpClient(uri, body) : byConnection(uri, body));
  }

  static String byHttpClient(URI uri, String body) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(uri)
        .header("Content-Type", "application/json; charset=utf-8")
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
    return HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  static String byConnection(URI uri, String body) throws Exception {
    HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
    connection.setRequestMethod("POST");
    connection.setDoOutput(true);
    // Sent in chunks.
    connection.setChunkedStreamingMode(0);
    try (OutputStream output = connection.getOutputStream()) {
      output.write(body.getBytes(StandardCharsets.UTF_8));
    }
    return new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  static void call(String command, String body) throws Exception {
    call(command, body, KEY);
  }

  public static void main(String[] args) throws Exception {
    // The field order and both IDs are those of a public client.
    String peer = "{\"Type\":1,\"ToGroupId\":\"group1\",\"To_Account\":\"" + USER + "_peer\"}";
    String from = "{\"From_Account\":\"" + USER + "\",";
    call("im_open_login_svc/account_import", "{\"UserID\":\"" + USER + "\",\"Nick\":null,\"FaceUrl\":null}");
    call("im_open_login_svc/multiaccount_import", "{\"Accounts\":[\"" + USER + "_peer\"]}");
    call("recentcontact/create_contact_group",
        from + "\"GroupContactItem\":[{\"GroupName\":\"家人\",\"ContactItem\":[" + peer + "]}]}");
    call("recentcontact/mark_contact", from + "\"MarkItem\":[{\"OptType\":3,\"ContactItem\":" + peer
        + ",\"ClearMark\":null,\"SetMark\":[2],\"CustomMark\":\"重要\"}]}");
    call("recentcontact/get_contact_group", from + "\"StartIndex\":0}");
    call("recentcontact/search_contact_group", from + "\"ContactItem\":[" + peer + "]}");
    // A list that is empty by default is sent with a new name, too.
    call("recentcontact/update_contact_group", from + "\"UpdateType\":1,\"UpdateGroup\":{\"UpdateGroupType\":1,"
        + "\"OldGroupName\":\"家人\",\"NewGroupName\":\"friends\",\"ContactUpdateItem\":[]}}");
    call("recentcontact/del_contact_group", from + "\"GroupName\":[\"friends\"]}");
    call("recentcontact/create_contact_group",
        from + "\"GroupContactItem\":[{\"GroupName\":\"" + "x".repeat(33) + "\"}]}");
    call("recentcontact/get_contact_group", from + "\"StartIndex\":0}", "another-key");
  }
}
