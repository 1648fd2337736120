package tone

// english lists phrases in lower case with straight quotes. "You should" and
// "you must" are orders; where they only say what is to be expected ("you
// should have received it", "you must have been waiting") they are harmless.
func english() []phrases {
	return []phrases{
		{Refusal, "What I can do is …", []string{
			"i {can't|cannot|can not|cant|couldn't|could not}", "i{'m| am} {unable|not able|not allowed|not permitted}",
			"nothing i can do", "there's nothing i can do", "there is nothing i can do",
		}},
		{Refusal, "What we can do is …", []string{
			"we {can't|cannot|can not|cant|couldn't|could not}", "we{'re| are} {unable|not able|not allowed|not permitted}",
			"nothing we can do", "you {can't|cannot|can not} {have|get|expect}",
		}},
		{Refusal, "What I can offer is …", []string{"{i|we} {won't|will not|wont}", "we {don't|do not} {do|offer|give}", "{not|never} going to happen"}},
		{Refusal, "I am finding that out, and you hear from me by …", []string{
			"{i|we} {don't|do not|dont} know", "{i|we} have no idea", "{i'm|i am} not sure",
		}},
		{Refusal, "The first way that is open is …", []string{
			"{that's|that is|it's|it is|this is} {impossible|not possible}", "impossible", "not possible", "out of the question", "no way", "no chance", "not an option",
		}},
		{Order, "Would you …, please?", []string{
			"you {must|must not|mustn't|should|should not|shouldn't}", "you {have|need} to understand", "you have to", "you've got to", "you ought to",
			"you {had better|'d better}", "you'd better", "{you are|you're} {required|obliged|supposed} to", "you {are required|are obliged}",
		}},
		{harmless, "", []string{
			"you should {receive|get|see|hear|find|be able|not have to|not have had to|never have}",
			"you {should not|shouldn't} have {to|had to}", "you should have {received|had|been|got|heard|seen|it|your|them}",
			"you must have {been|felt|had|waited}", "do you have to", "did you have to", "all you have to", "sorry {that |}you have to", "sorry {that |}you had to", "what you have to", "you have to hand", "time you have to",
		}},
		{Wrong, "Let us look at it together: here it says …", []string{
			"{you're|you are|you were} {wrong|mistaken|in the wrong}", "you misunderstood", "{you|you've|you have} {got|gotten} it wrong",
			"{that isn't|that is not|that's not} true", "your {mistake|own mistake|fault|own fault|error}", "you failed to",
			"you {forgot|neglected} to", "you claim",
		}},
		{harmless, "", []string{"{it's not|it is not|not} your {fault|mistake|error}"}},
		{Impatient, "In other words: …", []string{
			"as {i|we} {told you|said|mentioned|explained}", "like {i|we} said", "{i|we|i've|we've|i have|we have} already {told|said|explained}", "i told you",
			"as {i|we} have already", "as {i've|we've} already", "as already {mentioned|said|explained}", "once again,", "how many times",
		}},
		{Impatient, "Would it help to …?", []string{"why don't you", "why do you not"}},
		{Impatient, "May I ask what happened before that?", []string{"why {didn't|haven't|did} you", "why did you not"}},
		{Impatient, "Thank you for waiting; you hear from me by …", []string{
			"{i'm|i am|we're|we are} {busy|very busy|too busy|quite busy}", "be patient", "hurry up", "{you'll|you will} just have to wait",
		}},
		{harmless, "", []string{"to be patient", "for being patient"}},
		{Excuse, "I am sorry this happened. I take it on, and you hear from me by …", []string{
			"not {my|our} {fault|job|problem|business|department}", "{isn't|wasn't} {my|our} {fault|job|problem|business|department}", "not responsible for",
			"{my|our|a} {colleague|colleagues} {forgot|made|messed|failed}", "{my|our|a} colleague's {fault|mistake}", "the {courier|carrier|warehouse|driver|supplier}'s {fault|mistake}",
			"{blame|to blame|blames|blaming}",
		}},
		{Excuse, "The rule is there because …; what is open to you is …", []string{
			"company policy", "{it's|it is|that's|that is} our policy", "against our policy", "rules are rules", "the system {won't|will not|doesn't|does not} {let|allow}",
		}},
		{Belittle, "You have every reason to be upset, and I want to solve this.", []string{
			"calm down", "relax", "{don't|do not} {worry|be upset|be angry|get upset|panic}", "no big deal", "not a big deal", "not the end of the world",
			"{you're|you are} overreacting", "no need to {worry|panic|shout|be upset|get upset}",
		}},
		{Belittle, "I see that this matters to you.", []string{
			"{it's|it is|that's|that is|this is} {only|just} {a|an}", "{be reasonable|unreasonable}", "asking too much", "{too|so} demanding",
		}},
		{Belittle, "What I can offer is …; would that help?", []string{
			"{that's|that is|this is} {only fair|more than fair|quite fair|perfectly fair}", "it's fair enough", "{other|all other} customers", "other people don't",
			"{nobody|no one} else {complains|complained}",
		}},
		{Judging, "What happened there was …; let us see to it.", []string{
			"{you're|you are} {being|so|too|very} {rude|difficult|aggressive|impatient|sensitive|emotional|picky|unfair|stubborn|impolite|hostile}",
			"{you're|you are} {rude|difficult|aggressive|impolite|picky|stubborn|unfair|hostile}", "people like you", "customers like you", "your {tone|attitude|behaviour|behavior}",
		}},
		{Guilt, "What helps you now is …", []string{
			"after {all|everything} {we|i}", "you make it hard", "{you're|you are} making {this|it}", "because of you", "think of the people", "it hurts us", "ungrateful",
			"{i|we} did {all|everything} {i|we} could", "you could at least",
		}},
		{Certain, "by … (a day or an hour that is promised)", []string{
			"guaranteed", "{i|we} guarantee", "guarantee you", "immediately", "{right|straight} away", "in no time", "without fail",
		}},
		{Certain, "You hear from me by …", []string{
			"certainly", "definitely", "absolutely", "for sure", "100{%| %}", "a hundred percent", "rest assured", "{i|we} {swear|assure you}", "no matter what", "under all circumstances",
		}},
		{harmless, "", []string{"100{%| %} of", "100{%| %} {cotton|wool|silk|linen|recycled}"}},
		{Feelings, "I am sorry that …", []string{
			"{i'm|i am} {sad|shocked|heartbroken|upset|afraid|worried|devastated|ashamed|embarrassed}", "i feel", "breaks my heart", "it pains me", "i hate",
		}},
		{Feelings, "Thank you for …", []string{
			"{i'm|i am} {happy|glad|delighted|excited|thrilled|pleased|proud|so happy|very happy}", "i love", "i enjoyed",
		}},
		{Feelings, "Yes, …", []string{"{my|with|a} pleasure", "gladly", "{i'd|i would} {love|be happy|be glad|be delighted} to"}},
		{Refusal, "It is not open because …; what is open to you is …", []string{
			"{has|have} been {denied|rejected|refused|declined|turned down}", "{is|are|was|were} {denied|rejected|turned down}", "no exceptions", "take it or leave it",
		}},
		{harmless, "", []string{"{i|we} {can't|cannot} see {it|the parcel|the order|the room|that} from here"}},
		{Order, "Would you …, please?", []string{"do the needful", "kindly revert", "read the {terms|rules|manual}", "next time be", "be more careful"}},
		{Impatient, "In other words: …", []string{"obviously", "needless to say", "as you can see yourself"}},
		{Excuse, "I pass it on, and you hear from us by …", []string{"contact {support|customer service|customer support}", "{error|system error} {400|401|403|404|500}"}},
		{Belittle, "I am sorry that … (what happened)", []string{
			"inconvenience caused", "{any|the|this} inconvenience", "if you feel {upset|offended|annoyed|angry|that}", "if you are {upset|offended|annoyed}", "sorry you feel",
		}},
		{Belittle, "I am sorry about that. What I can do is …", []string{"oops", "haha", "lol", "silly"}},
		{Judging, "What happened there was …; let us see to it.", []string{
			"{idiot|idiots|idiotic|moron|morons|stupid|fool|fools|foolish|dumb|liar}", "shut up", "get lost", "go away", "nonsense", "ridiculous", "{you're|you are} lying",
		}},
		{Certain, "You hear from me by …", []string{"asap", "as soon as possible", "{try|do} {my|our} best"}},
	}
}

// bareEnglish are sentences that refuse and say nothing else. As parts of others
// they are harmless, and so they are on a button.
func bareEnglish() (better string, sentences []string) {
	return "What I can do is …", []string{"no", "no way", "nope", "not possible", "no, sorry", "sorry, no", "never", "denied"}
}
