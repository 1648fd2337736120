package tone

// english lists phrases in lower case with straight quotes.
func english() []phrases {
	return []phrases{
		{Refusal, []string{
			"i can't", "i cannot", "i can not", "i won't", "i will not", "i don't know", "i do not know", "i couldn't", "i could not",
			"i'm unable", "i am unable", "i'm not able", "i am not able", "i'm not allowed", "i am not allowed", "i have no idea",
			"we can't", "we cannot", "we can not", "we won't", "we will not", "we don't do", "we do not do", "we're unable", "we are unable",
			"impossible", "out of the question", "no way", "nothing i can do", "nothing we can do", "not possible",
		}},
		{Order, []string{
			"you must", "you should", "you shouldn't", "you have to", "you've got to", "you ought to", "you had better", "you'd better",
			"you are required", "you're required", "you are obliged",
		}},
		{Wrong, []string{
			"you're wrong", "you are wrong", "you're mistaken", "you are mistaken", "you misunderstood", "you got it wrong",
			"you've got it wrong", "that's not true", "that is not true", "your mistake", "your own fault", "your fault", "you failed to",
			"you forgot to", "you claim",
		}},
		{Impatient, []string{
			"as i told you", "as i said", "like i said", "i already told", "i've already told", "i told you", "as i have already", "as i've already",
			"as already mentioned", "once again,", "why don't you", "why didn't you", "why did you not", "i'm busy", "i am busy", "we're busy",
			"we are busy", "we are very busy", "be patient", "hurry up",
		}},
		{Excuse, []string{
			"not my fault", "not our fault", "not my job", "not our job", "not my problem", "not our problem", "not my department",
			"not responsible for", "company policy", "it's our policy", "it is our policy", "rules are rules", "my colleague forgot",
			"my colleague's fault", "my colleague made", "the courier's fault", "the system won't let", "blame",
		}},
		{Belittle, []string{
			"calm down", "relax", "don't worry", "do not worry", "no big deal", "not a big deal", "it's only a", "it is only a", "it's just a",
			"it is just a", "you're overreacting", "you are overreacting", "be reasonable", "unreasonable", "that's only fair", "that is only fair",
			"that's more than fair", "that is more than fair", "it's fair enough", "other customers", "other people don't",
		}},
		{Guilt, []string{
			"after all we", "after everything we", "you make it hard", "you're making this", "you are making this", "because of you",
			"think of the people", "it hurts us", "ungrateful",
		}},
		{Certain, []string{
			"guaranteed", "i guarantee", "we guarantee", "guarantee you", "certainly", "definitely", "absolutely", "immediately", "right away",
			"straight away", "in no time", "without fail", "for sure", "100%", "100 %", "a hundred percent", "rest assured", "i swear", "no matter what",
		}},
		{Feelings, []string{
			"i feel", "i'm happy", "i am happy", "i'm glad", "i am glad", "i'm sad", "i am sad", "i'm delighted", "i am delighted", "i'm excited",
			"i am excited", "i'm thrilled", "i am thrilled", "i'm shocked", "i am shocked", "i'm heartbroken", "i am heartbroken", "i'm upset",
			"i am upset", "i'm afraid", "i am afraid", "i'm worried", "i am worried", "i love", "i hate", "my pleasure", "with pleasure", "gladly",
			"breaks my heart", "it pains me", "i enjoyed",
		}},
	}
}
