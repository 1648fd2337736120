package slackfake

// lacking is an answer that names the scope that is missing.
type lacking string

func (l lacking) Error() string { return "missing_scope: " + string(l) }

// scopes say what each method needs; what is not named needs none.
func scopeOf(method string) string {
	switch method {
	case "users.info":
		return "users:read"
	case "usergroups.users.list":
		return "usergroups:read"
	case "conversations.info", "conversations.members":
		return "channels:read"
	case "conversations.history", "conversations.replies":
		return "channels:history"
	case "chat.postMessage", "chat.update", "chat.postEphemeral", "chat.delete":
		return "chat:write"
	case "reactions.add", "reactions.remove":
		return "reactions:write"
	case "files.info":
		return "files:read"
	case "files.getUploadURLExternal", "files.completeUploadExternal":
		return "files:write"
	}
	return ""
}

// allScopes are those of an app made from our manifest.
func allScopes() []string {
	return []string{
		"channels:history", "channels:read", "chat:write", "files:read", "files:write", "groups:history", "groups:read",
		"metadata.message:read", "reactions:write", "usergroups:read", "users:read",
	}
}
