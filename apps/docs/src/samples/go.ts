import { eachParameter, json, type SampleCall } from "./sample-call.ts";

/** Go without modules. */
export function go({ url, query, body }: SampleCall): string {
  const parameters = eachParameter(query, {
    environment: (name, variable) => `\tquery.Set("${name}", os.Getenv("${variable}"))`,
    random: (name) => `\tquery.Set("${name}", strconv.FormatUint(uint64(rand.Uint32()), 10))`,
    constant: (name, value) => `\tquery.Set("${name}", ${JSON.stringify(value)})`,
  });
  return `package main

import (
	"encoding/json"
	"fmt"
	"io"
	"log"
	"math/rand"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"
)

const body = \`${json(body).replaceAll("`", '` + "`" + `')}\`

func main() {
	rand.Seed(time.Now().UnixNano())
	query := url.Values{}
${parameters.join("\n")}
	client := http.Client{Timeout: 10 * time.Second}
	response, err := client.Post("${url}?"+query.Encode(), "application/json", strings.NewReader(body))
	if err != nil {
		// The text of err would show the URL, and the URL has the UserSig.
		log.Fatal("no response")
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		log.Fatal(err)
	}
	var result struct {
		ErrorCode int
		ErrorInfo string
	}
	if err := json.Unmarshal(text, &result); err != nil {
		log.Fatal(err)
	}
	// Failures have status 200, too: ErrorCode says whether the call failed.
	if result.ErrorCode != 0 {
		log.Fatal(result.ErrorCode, ": ", result.ErrorInfo)
	}
	fmt.Println(string(text))
}
`;
}
