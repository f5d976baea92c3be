"""lexicon: the words by which a passage says what a reading has to agree with, each list with what it means.

Longer phrases stand before the words that they contain. A pattern that ends in `$` is
searched for in what stands before a word.
"""

from __future__ import annotations

from auditor.phrase import phrase

_GOOD = "efficient|accurate|effective|robust|reliable|stable|precise|performant"


def _senses(words: dict[str, str]) -> str:
    """A pattern of whole words that tells by its group in which sense they stand."""
    return r"\b(?:" + "|".join(f"(?P<{sense}>{meant})" for sense, meant in words.items()) + r")\b"


# -- directions ----------------------------------------------------------------------------------

_PLACE = r" (?:(?:chart|league|peak|final|overall) )?(?:positions?|plac(?:e|ing)s?|rank(?:s|ing)?|finish(?:es)?|spots?|seeds?)\b"
"""Of places the first is the highest."""

DIRECTION = phrase(
    _senses(
        {
            "better": rf"(?:more|most) (?:{_GOOD})"
            r"|improv(?:es?|ed|ing)|better|best|outperform\w*|superior|beat(?:s|en|ing)?|w[io]n(?:s|ning)?\b"
            r"|top-performing|strongest|stronger|advantage|edge\b",
            "ahead": r"ahead|leads(?! to)\b",
            "behind": r"behind|loses? to|lost to",
            "worse": rf"(?:less|least) (?:{_GOOD})"
            r"|worse|worst|worsen\w*|degrad(?:es?|ed|ing)|deteriorat(?:es?|ed|ing)|underperform\w*|inferior"
            r"|lag(?:s|ged|ging)?\b|trail(?:s|ed|ing)?\b|weaker|weakest",
            "faster": r"faster|fastest|quicker|quickest|speedier|quickly",
            "slower": r"slower|slowest",
            "greater": r"takes? (?:\w+ )?(?:longer|more)"
            rf"|(?:higher|highest)(?!{_PLACE})|(?:lower|lowest)(?={_PLACE})"
            r"|greater|greatest|larger|largest"
            r"|bigger|biggest|longer|longest|taller|tallest|warm(?:er|est)|hott(?:er|est)|heav(?:ier|iest)"
            r"|old(?:er|est)|busi(?:er|est)"
            r"|exceed\w*|surpass\w*|above|more|most|r[io]ses?\b|risen|rising|increas\w+|climb\w*"
            r"|grow(?:s|th|ing)?\b|grew|gain(?:s|ed|ing)?\b|rais(?:e|es|ed|ing)\b|outweigh\w*|wider|widest"
            r"|tops\b|(?:gone|went|goes) up\b",
            "less": r"takes? (?:\w+ )?(?:shorter|less)"
            rf"|(?:lower|lowest)(?!{_PLACE})|(?:higher|highest)(?={_PLACE})"
            r"|smaller|smallest|shorter|shortest"
            r"|cold(?:er|est)|cool(?:er|est)|light(?:er|est)|young(?:er|est)|cheap(?:er|est)|fewer|fewest"
            r"|less|least|below|under"
            r"|decreas\w+|declin\w+|drop(?:s|ped|ping)?\b|f[ae]ll(?:s|en|ing)?\b|shr[iau]nk\w*|reduc\w+"
            r"|dip(?:s|ped|ping)?\b|diminish\w*|cuts?\b|lost(?! to)\b|slip(?:s|ped|ping)?\b|narrower"
            r"|(?:gone|went|goes) down\b",
        }
    )
)
"""Which way a comparison goes. Better and worse go by the polarity of the metric, faster and slower too for times."""

MANY_SENSES = frozenset(("under", "win", "wins", "won", "winning"))
"""Words of a direction that as often say something else."""

NO_DIRECTION = phrase(
    r"(?:more|less|fewer|higher|greater) than (?:about |around |~)?"
    r"(?:[\d$€£]|(?:half|halv(?:e[sd]?|ing)|twice|doubl(?:e[sd]?|ing)|tripl(?:e[sd]?|ing)|(?:two|three|four|five|six|seven|eight|nine|ten|a hundred)(?: times|fold))\b)|at (?:least|most)|up to|more or less"
    r"|most (?:of|models|methods|cases|datasets|benchmarks|settings|recent|notabl\w*|significant\w*|pronounced"
    r"|likely|clear\w*|substantial)"
    r"|(?:more|less|most) (?:pronounced|notabl[ey]|clear(?:ly)?|likely|significant(?:ly)?|dramatic(?:ally)?"
    r"|complex|common|often|modest|moderate|gradual|steep\w*)"
    rf"|(?:more|most|less|least) (?!{_GOOD})"
    r"\w+(?:able|ible|ical|ive|ful|ous|ient|ant|ate|act|cise|some|weight)\b|no longer|longer[- ]term"
    r"|(?:with|as|under) (?:an? |the )?(?:ever )?(?:increasing|growing|rising|decreasing|falling)"
    r"|most (?=fall|fell|rise|rose|drop|grow|grew|climb|declin|increas|decreas)"
    r"|more impactful|under(?: the)? (?:both|same|all|two|three|load|\w+ conditions?)|the (?:above|below)"
    r"|(?:results?|tables?|figures?|numbers?|scores?|shown|given|listed|see|as|seen) (?:above|below)(?! \d)|training (?:above|below)"
)
"""Sizes and degrees, not directions: "more than 3x", "at least", "most of", "more pronounced", "less clear"."""

WHILE = phrase(
    r"\bas (?:\w+[ -]){1,5}(?:increases?|grows?|rises?|decreases?|falls?|shrinks?|drops?)(?=[,.;]|$| and\b)"
    r"|\b(?:each|every) (?:[\w-]+ ){0,2}(?:increase|decrease|doubling|halving|rise|drop|reduction)\b"
)
"""What goes on besides: "as the models grow", "each tenfold increase in parameters lowers the loss"."""

WHICH = phrase(
    r"\b(?:larger|smaller|bigger|longer|shorter|older|younger|higher|lower|greater)[ -]+(?:\w+[ -]+)?"
    r"(?:ones?|models?|sizes?|networks?|sequences?|batch(?:es)?|inputs?|datasets?|documents?|graphs?|contexts?"
    r"|systems?|settings?|groups?|values of|numbers? of)\b"
)
"""Which things are meant, not how they stand: "in smaller models", "the larger ones"."""

OWN_DIRECTION = {
    "gap": phrase(
        _senses(
            {
                "greater": r"more|larger|largest|greater|greatest|bigger|biggest|wider|widest|steeper|steepest"
                r"|stronger|strongest|higher|widen\w*|grow\w*|grew",
                "less": r"less|smaller|smallest|narrower|narrowest|narrow(?:s|ed|ing)|shr[iau]nk\w*|flatter"
                r"|weaker|weakest|lower",
            }
        )
    ),
    "width": phrase(
        _senses(
            {
                "greater": r"widen\w*|grow\w*|grew|increas\w+|diverg\w+",
                "less": r"narrow\w*|shr[iau]nk\w*|clos(?:e[sd]?|ing)|converg\w+|decreas\w+",
            }
        )
    ),
    "order": phrase(
        _senses(
            {
                "greater": r"descending|decreasing|from (?:the )?(?:highest|largest|greatest|most(?! \w+ to\b))"
                r"|(?:highest|largest|greatest|most)\b(?=.*\bfollowed by)",
                "less": r"ascending|increasing|from (?:the )?(?:lowest|smallest|least(?! \w+ to\b)|fewest)"
                r"|(?:lowest|smallest|least|fewest)\b(?=.*\bfollowed by)",
            }
        )
    ),
    "extreme": phrase(
        _senses(
            {
                "greater": r"peak\w*|highest|high point|maxim\w+|tops? out",
                "less": r"trough\w*|lowest|low point|minim\w+|bottom\w*",
            }
        )
    ),
}
"""Gaps are wide and narrow, lists ascend, series have peaks: words of their own, whatever the metric."""

# -- what a direction is said of -----------------------------------------------------------------

NEGATION = phrase(
    r"(?:\b(?:not(?! (?:only|just|merely|least))|never|no|cannot|without|neither|nor|fails? to|hardly)\b|n't\b)"
    r"(?:[^\w,;:]+\w+){0,3}[^\w,;:]*$"
)
"""What stands right before it is denied. A comma ends that: "Ada, not Bo, is faster" says that Ada is."""

OF_A_GAP = phrase(
    r"\bhit (?:\w+ )?harder\b|\b(?:gaps?|gain\w*|differ\w*|chang\w*|improv\w*|benefit\w*|boost\w*|effects?|impact\w*|advantage\w*|margins?"
    r"|leads?|drop\w*|declin\w*|increas\w*|decreas\w*|ris\w+|rose|f[ae]ll\w*|scal(?:e[sd]?|ing)|sensitiv\w*|pronounced"
    r"|clos\w+|spread|widen\w*|narrow\w*|shr[iau]nk\w*|gr[eo]w\w*|grown|more|less|most|least|larg\w+|great\w*|small\w*"
    r"|bigg\w+|wid\w+|steep\w*|flatter|strong\w*|weak\w*|high\w*|low\w*|sharp\w*|faste\w+|slow\w+|quick\w*|rapid\w*"
    r"|double\w*|twice|half|times)\b"
)
"""It is said of how far two values are apart, or of how much one changes: "better scalability" may be of anything."""

NONE = phrase(r"\b(?:no|none|never|any|neither|nor|nowhere|nobody|nothing|not (?:a|one)|single|without|at all|zero)\b")
"""It holds for none of them; a "not" alone may also deny that it holds for all."""

BESIDES = phrase(
    r"\b(?:other than|except(?: for)?|apart from|aside from|besides|excluding|with the exception of)\W+(?:\w+\W+){0,4}$"
)
"""What is named behind it is what the passage does not speak of."""

OBJECT = phrase(
    r"(?:,\W*not|\b(?:(?:than|as)(?: (?:with|for|in|on|at|under|by|using))?|unlike|instead of|as opposed to"
    r"|in contrast (?:to|with)|over|against|versus|vs\.?|above|below|beyond|from"
    r"|(?:compared|relative|close|similar|comparable|equal|superior|inferior|next|los(?:es?|t)) to"
    r"|compared with|in comparison (?:to|with)"
    r"|(?:ahead|short|front|half|third|quarter|time|times|fraction|%|percent) of|behind"
    r"|(?:outperform|underperform|exceed|surpass|beat|trail|overtak|lag)\w*(?: behind)?))\W{0,6}"
    r"(?:the |an? |its |our |plain |vanilla |stock |that of |those of |all |both |any |every |what ){0,3}(?:(?:[\w-]+ ){1,2}of (?:the )?)?\W{0,4}$"
)
"""What something else is held against follows: "than Ada", "compared with Ada", "outperforms Ada"."""

OBLIQUE = phrase(r"\b(?:in|at|for|with|on|of|by|under|since)\W{0,4}(?:the )?$")
"""What follows stands in a phrase of its own and is not spoken of further on: "It took 3 s in version 1, so ..."."""

TRANSITIVE = phrase(
    r"(?:outperform|underperform|exceed|surpass|beat|trail|overtak|lag|outweigh"
    r"|improv(?:e|es|ed|ing) (?!over|by|from|for|in|on|as|with|to|when|at|and|the (?:score|result|performance|accuracy)))"
)
"""Verbs whose object is what they hold something against."""

COORDINATED = phrase(r"\W*(?:and|or|nor|as well as)?\W*(?:the )?$")
"""What stands between two names of one list: "than Ada and the Bo"."""

PASSIVE = phrase(r"\w(?:ed|en|t|n) by\b")
"""The other way round: "is beaten by"."""

# -- of how many ---------------------------------------------------------------------------------

UNIVERSAL = phrase(
    r"\b(?:all|always|every|each|both|consistent(?:ly)?|throughout|across|entire(?:ly)?|any|never|no|none"
    r"|without exception|whole|uniform(?:ly)?"
    r"|steadily|monotonic(?:ally)?|everywhere|regardless|at any|invariably|keeps?|continu\w+)\b"
)
"""It holds for all of them, or at every point."""

AT_EVERY = phrase(
    r"\b(?:throughout|always|never|without exception|invariably|every|each|everywhere|in all|monoton\w+|strictly)\b"
)
"""The same, so plainly that an "overall" before it takes nothing back."""

PARTIAL = phrase(
    rf"\b(?:mostly|(?<!at )(?<!the )(?<!its )(?<!from )most(?! (?:{_GOOD}|recent|often|frequent(?:ly)?|commonly)\b)"
    r"|some(?:times|what)?|(?<!as )many|several|(?<!most )(?<!more )often|usually|typically|general(?:ly)?"
    r"|(?<!\ban )(?<!\bthe )overall|on average|tend(?:s|ed|ency)?|largely|nearly all"
    r"|almost all|majority|(?<=, )all (?:of (?:them|these|which) )?(?:in|on|at|from|among|within)|occasional(?:ly)?|mainly|primarily|for the most part|broadly|by and large"
    r"|roughly(?! (?:[\d~$€£.]|half|twice|double|triple|an?|one|two|three|four|five|six|ten)))\b"
)
"""It holds for most of them, or on the whole."""

ALIKE = phrase(
    r"\b(?:similar\w*|same|equal\w*|identical\w*|match\w*|compar\w*|alike|like|parity|par|close\w*|near\w*|differ\w*"
    r"|indistinguishable|as|level|tie[ds]?|unchanged|neither|equivalent\w*|const\w*|consistent\w*|converg\w*|stable"
    r"|balanced?|maintain\w*|preserv\w*|keep\w*|retain\w*|without|uniform\w*|gap|half|twice|vs\.?|versus|agree\w*|not?|nor)\b"
    r"|n['’]t\b|[=≈~]"
)
"""It says that two things are alike, how far they are from it, or that something makes no difference."""

FLAT = phrase(
    r"\b(?:flat\w*|stable|stabili\w+|constant\w*|consisten\w+|stead\w+|unchang\w+|plateau\w*|level\w*|same|even|uniform\w*"
    r"|stagna\w+|stay\w*|remain\w*|hover\w*|saturat\w+|similar\w*|equal\w*|settle[sd]?|static|fixed|little|hardly|barely"
    r"|insensitive|independent|no|not|without|neither|nor|maintain\w*|keep\w*|hold\w*|kept|held|(?:un)?affected|robust"
    r"|does|do|regardless|irrespective)\b|n['’]t\b"
)
"""It says that something stays as it is, or denies that it changes."""

WAVERING = phrase(
    r"\b(?:though|although|albeit|despite|but|yet|even if|with (?:some|minor|slight|small|occasional))\b[^.;]{0,60}?"
    r"\b(?:volatil\w*|fluctuat\w*|dips?|setbacks?|interruptions?|variations?|exceptions?)\b"
)
"""It takes back that something goes one way at every step."""

EXCEPTED = phrase(
    r"\b(?:anything else|everything else|anyone else|all else|nothing else|anything but|apart from|except"
    r"|excluding|besides|leaving aside|otherwise)\b"
)
"""It holds for all but some."""

RESTRICTED = phrase(
    r"\bamong(?:st)?\W+(?:(?:the|all|other|these|those|its|their|our|[0-9]+|two|three|four|five|six|seven|eight|nine|ten)\W+)*"
    r"(?!(?:them|these|those|all|others?)\b)\w+[- ](?!(?:and|is|are|was|were|has|have|had|in|on|at|by|for|with|it|we|tested|shown"
    r"|compared|listed|considered|evaluated|here|to|as|when)\b)\w+"
    r"|\b(?:for|of) (?:its|their|this|that|similar|comparable|equal|the same) (?:size|class|weight|kind|type|age|scale|budget|length)\b"
    r"|\b(?:open|open-source|open-weight|closed|commercial|proprietary|small|smaller|free|paid|supervised|unsupervised|single|non-\w+"
    r"|neural|zero-shot|few-shot|lightweight|dense|sparse|public|pure) (?:\w+ )?(?:models?|methods?|systems?|approach(?:es)?|baselines?"
    r"|tools?|librar(?:y|ies)|competitors?|alternatives?|options?|countr(?:y|ies)|compan(?:y|ies))\b"
)
"""It speaks of some of the things compared: "among open models", "of its size"."""

ONE_OF = phrase(
    r"\b(?:one of|among|amongst)\W+(?:the|its|their|all)?\W*(?:\w+\W+)?(?:best|worst|most|least|top|\w{2,}est)\b"
)
"""It is near the first: "one of the highest" names no first."""

# -- metrics -------------------------------------------------------------------------------------

LOWER_IS_BETTER = phrase(
    r"\b(?:time|latency|duration|delay|loss|losses|errors?|cost|costs|price|perplexity|ppl|wer|cer|eer|rmse|mse|mae|ter"
    r"|fid|nll|memory|energy|failures?|failure rate|misses|regret|overhead)\b"
)
"""Names of metrics of which less is better."""

HIGHER_IS_BETTER = phrase(
    r"\b(?:acc(?:urac(?:y|ies))?|rewards?|throughput|speed|speed-?up|bleu\S*|rouge\S*|meteor|chrf\S*|bertscore|cider|spice|f-?1|f-?(?:score|measure)"
    r"|precision|recall|auc|auroc|map|mrr|ndcg|hits@\d+|m?iou|psnr|ssim|exact match|success(?: rate)?|pass rate|pass@\d+|win rate|efficiency|uptime|availability)\b"
)
"""Names of metrics of which more is better."""

UNIT_OF_TIME = phrase(r"(?:m?s|sec|seconds|minutes|hours|milliseconds)")
"""Units of a metric of which less is better, whatever its name."""

OF_SPEED = phrase(
    r"\b(?:time|latency|duration|delay|runtime|seconds?|minutes?|hours?|ms|speed|speed-?up|throughput|rate|steps?"
    r"|epochs?|fps)\b"
)
"""Metrics that "faster" and "slower" can be said of."""
