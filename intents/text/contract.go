package text

import "strings"

// expand splits a contraction into the words it stands for, so that a rule
// about "not" sees every "not". It gives nil for a word that is none. A
// possessive loses its ending ("dad's": "dad").
func expand(w string) []string {
	if len(w) < 2 || len(w) > 12 {
		return nil
	}
	if parts := contraction(w); parts != nil {
		return parts
	}
	i := strings.IndexByte(w, '\'')
	if i <= 0 {
		return nil
	}
	stem := w[:i]
	switch w[i+1:] {
	case "t":
		return []string{strings.TrimSuffix(stem, "n"), "not"}
	case "ll":
		return []string{stem, "will"}
	case "d":
		return []string{stem, "would"}
	case "ve":
		return []string{stem, "have"}
	case "re":
		return []string{stem, "are"}
	case "m":
		return []string{stem, "am"}
	case "s":
		if isPronoun(stem) {
			return []string{stem, "is"}
		}
		return []string{stem}
	}
	return nil
}

// contraction knows the irregular ones, and those people type without the
// apostrophe. Left out are the ones that are words of their own: ill, well,
// were, id, hell, shell, wed.
func contraction(w string) []string {
	switch w {
	case "can't", "cant", "cannot":
		return []string{"can", "not"}
	case "won't", "wont":
		return []string{"will", "not"}
	case "shan't":
		return []string{"shall", "not"}
	case "ain't", "aint":
		return []string{"is", "not"}
	case "let's", "lets":
		return []string{"let", "us"}
	case "dont":
		return []string{"do", "not"}
	case "doesnt":
		return []string{"does", "not"}
	case "didnt":
		return []string{"did", "not"}
	case "isnt":
		return []string{"is", "not"}
	case "arent":
		return []string{"are", "not"}
	case "wasnt":
		return []string{"was", "not"}
	case "havent":
		return []string{"have", "not"}
	case "hasnt":
		return []string{"has", "not"}
	case "wouldnt":
		return []string{"would", "not"}
	case "couldnt":
		return []string{"could", "not"}
	case "shouldnt":
		return []string{"should", "not"}
	}
	return bare(w)
}

func bare(w string) []string {
	switch w {
	case "im":
		return []string{"i", "am"}
	case "ive":
		return []string{"i", "have"}
	case "youre":
		return []string{"you", "are"}
	case "theyre":
		return []string{"they", "are"}
	case "thats":
		return []string{"that", "is"}
	case "whats":
		return []string{"what", "is"}
	case "wheres":
		return []string{"where", "is"}
	case "its":
		return []string{"it", "is"}
	case "itll":
		return []string{"it", "will"}
	case "gonna":
		return []string{"going", "to"}
	case "wanna":
		return []string{"want", "to"}
	case "gotta":
		return []string{"got", "to"}
	}
	return nil
}

func isPronoun(w string) bool {
	switch w {
	case "it", "that", "this", "he", "she", "what", "where", "who", "how", "there", "here", "when", "why":
		return true
	}
	return false
}
