// Calls the emulator as Go programs call the service, with net/http. Prints each response on a line.
package main

import (
	"bytes"
	"compress/zlib"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"math/rand"
	"net/http"
	"os"
	"strings"
	"time"
)

var (
	baseURL  = os.Getenv("BASE_URL")
	user     = os.Getenv("FROM_ACCOUNT")
	sdkAppID = os.Getenv("SDKAPPID")
	key      = os.Getenv("SECRET_KEY")
)

// A conversation without omitempty: the ID that is not of its Type is an empty text.
type contactItem struct {
	Type      int
	ToAccount string `json:"To_Account"`
	ToGroupID string `json:"ToGroupId"`
}

type groupContactItem struct {
	GroupName   string
	ContactItem []contactItem
}

type markItem struct {
	OptType     int
	ContactItem contactItem
	ClearMark   []int
	SetMark     []int
	CustomMark  string
}

type updateGroup struct {
	UpdateGroupType   int
	OldGroupName      string
	NewGroupName      string
	ContactUpdateItem []contactItem
}

type request struct {
	FromAccount      string             `json:"From_Account"`
	GroupContactItem []groupContactItem `json:",omitempty"`
	ContactItem      []contactItem      `json:",omitempty"`
	MarkItem         []markItem         `json:",omitempty"`
	UpdateType       int                `json:",omitempty"`
	UpdateGroup      *updateGroup       `json:",omitempty"`
	GroupName        []string           `json:",omitempty"`
	StartIndex       *int               `json:",omitempty"`
}

func userSig(key string) string {
	now := time.Now().Unix()
	mac := hmac.New(sha256.New, []byte(key))
	fmt.Fprintf(mac, "TLS.identifier:administrator\nTLS.sdkappid:%s\nTLS.time:%d\nTLS.expire:86400\n", sdkAppID, now)
	document, _ := json.Marshal(map[string]interface{}{
		"TLS.ver": "2.0", "TLS.identifier": "administrator", "TLS.sdkappid": json.Number(sdkAppID),
		"TLS.expire": 86400, "TLS.time": now, "TLS.sig": base64.StdEncoding.EncodeToString(mac.Sum(nil)),
	})
	var packed bytes.Buffer
	writer := zlib.NewWriter(&packed)
	writer.Write(document)
	writer.Close()
	return strings.NewReplacer("+", "*", "/", "-", "=", "_").Replace(base64.StdEncoding.EncodeToString(packed.Bytes()))
}

func call(command string, body interface{}, key string) {
	text, _ := json.Marshal(body)
	url := fmt.Sprintf("%s/v4/%s?sdkappid=%s&identifier=%s&usersig=%s&random=%d&contenttype=json",
		baseURL, command, sdkAppID, "administrator", userSig(key), rand.Uint32())
	response, err := http.Post(url, "application/json", bytes.NewReader(text))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	defer response.Body.Close()
	responseText, _ := io.ReadAll(response.Body)
	fmt.Println(string(responseText))
}

func main() {
	peer := contactItem{Type: 1, ToAccount: user + "_peer"}
	start := 0
	call("im_open_login_svc/account_import", map[string]string{"Identifier": user, "Nick": "", "FaceUrl": ""}, key)
	call("im_open_login_svc/multiaccount_import", map[string][]string{"Accounts": {peer.ToAccount}}, key)
	call("recentcontact/create_contact_group", request{FromAccount: user,
		GroupContactItem: []groupContactItem{{GroupName: "家人", ContactItem: []contactItem{peer}}}}, key)
	// A list that was not made is null.
	call("recentcontact/mark_contact", request{FromAccount: user,
		MarkItem: []markItem{{OptType: 3, ContactItem: peer, SetMark: []int{2}, CustomMark: "重要"}}}, key)
	call("recentcontact/get_contact_group", request{FromAccount: user, StartIndex: &start}, key)
	call("recentcontact/search_contact_group", request{FromAccount: user, ContactItem: []contactItem{peer}}, key)
	call("recentcontact/update_contact_group", request{FromAccount: user, UpdateType: 1,
		UpdateGroup: &updateGroup{UpdateGroupType: 1, OldGroupName: "家人", NewGroupName: "friends"}}, key)
	call("recentcontact/del_contact_group", request{FromAccount: user, GroupName: []string{"friends"}}, key)
	call("recentcontact/create_contact_group", request{FromAccount: user,
		GroupContactItem: []groupContactItem{{GroupName: strings.Repeat("x", 33)}}}, key)
	call("recentcontact/get_contact_group", request{FromAccount: user, StartIndex: &start}, "another-key")
}
