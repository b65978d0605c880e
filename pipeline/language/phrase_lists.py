"""Words that carry no subject of their own: data for `phrases` and `topics`."""

GENERIC = frozenset(
    """
    thing things way lot bit kind sort type point question time times people person one ones issue part stuff something
    anything nothing everything someone everyone somebody everybody anyone anybody nobody today tomorrow yesterday
    morning afternoon evening day week month year minute hour second moment example case fact sense reason idea word
    side end start beginning rest couple number area place term terms regard respect matter chair minister member
    thank thanks guy guys folk folks sir madam gentleman lady colleague friend answer topic subject discussion
    conversation meeting call session chat slide screen link item agenda update comment opinion view thought feedback
    right good great nice bad big small little new old same different other many much more most few less least own
    able sure clear important interesting possible whole certain various last next first second third final previous
    current recent actual real true fine okay ok yeah well just like also very really actually basically
    be have do go get make take give come see know think say tell want need look mean let put try use work talk
    ask keep feel happen guess hear show find seem start begin run move turn bring believe hope add leave set stay
    stop mention understand follow wait agree suppose wonder appreciate depend end call help continue
    hundred thousand million two three four five six seven eight nine ten half level amount range set piece pair
    approach situation aspect context effect basis detail line page step mind hand head eye problem
    """.split()
)
BARE = frozenset(
    """
    i me my mine we us our ours you your yours he him his she her hers it its they them their theirs this that these
    those who whom what which here there myself yourself ourselves themselves itself um uh er erm hmm yeah okay ok
    inaudible n't 'm 're 've 'll 'd
    """.split()
)
DEICTIC = frozenset(
    "a an the this that these those any some all both each every another such no my our your their his her its".split()
)
VAGUE_MODIFIERS = frozenset(
    """
    other same certain various different kind sort type lot bit whole very really quite just own said given particular
    many much more most few several good great nice next last final first such actual big huge little main key
    """.split()
)
# Prepositions that tie a complement to its noun.
LINKS = frozenset(
    "of for in on to with about between from at by against into within across on among around over under".split()
)
# "questions about ...", "turn to ...": what follows is named as a subject by the speaker.
SUBJECT_FRAMES = (
    (
        r"(?:questions?|points?|issues?|concerns?|update|updates|discussion|news|word|words|bit|more|talk|talking|speak|speaking|"
        r"conversation|debate|section|topic|item|hear|comment|comments|thoughts?|presentation|proposal|reports?|information|evidence)"
        r"(?: \w+){0,2}? (?:about|on|around|regarding|concerning|of|relating to)"
    ),
    r"(?:move|moving|turn|turning|go|going|come|coming|back|get|getting)(?: \w+){0,3}? (?:on to|onto|on with|to|into)",
    (
        r"(?:in terms of|in relation to|with regards? to|as regards|regarding|when it comes to|"
        r"on the (?:question|issue|subject|topic|matter) of|as for|in respect of|focus(?:ed|ing)? on|looking at|look at|"
        r"discuss(?:ing)?|talk(?:ing)? about|asking about|ask about)"
    ),
)
# Markers with which a speaker turns to something new.
SHIFT = (
    r"^(?:(?:and|so|okay|ok|right|yeah|well|now|um|uh|alright|all right|cool|great|perfect|yes|thank you|thanks)[,. ]+)*"
    r"(?:next|the next|moving on|let's move|let's (?:go|turn|start|talk|jump)|we(?:'ll| will)? (?:now )?(?:move|turn|go on)|"
    r"finally|lastly|secondly|thirdly|another|the other|the second|the third|the last|last but not least|turning|"
    r"on the (?:topic|subject|question|issue|matter)|as for|with regards?|in terms of|regarding|my (?:next|second|third|last|final)|"
    r"then (?:the )?next|anything else|any other|also,? (?:on|we have)|one (?:more|last) (?:thing|item|topic))"
)
# Nouns that head no subject: those of idioms and light verbs, of time, of the meeting's own running, and of feeling.
NO_HEADING = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday weekend night january february march april may june july
    august september october november december none object floor touch look least fair chance care advantage hold
    course track favour favor sake luck pleasure deal bunch ton plenty majority heart brain reminder shout worry love
    joke laugh applause clap speaker presentation presenter audience break coffee lunch people everyone bullet
    version possibility option assumption opposite difference being property sorry hello bye welcome theory practice
    today tonight tomorrow yesterday decade century while bottom top middle front back edge first second third other
    pm am clock stuff none zero dozen percent per cent
    """.split()
)
