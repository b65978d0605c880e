"""What people say to steer a meeting, as patterns over plain small-letter text: data for `structure`.

Each pattern stands for a kind of act, not for a sentence of some meeting; they are read together with who speaks,
how long, and what came before.
"""

import re

_NUMBER = r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a couple of|several|some)"


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in patterns))


# Sound checks, screens, small talk, interruptions: never on the page.
ASIDE = _any(
    r"\b(?:can|could|do) (?:you|everybody|everyone|people|anyone|folks|y'all|we)(?: all| guys)? (?:hear|see) (?:me|my|this|that|us|you|it|the (?:screen|tool|page|demo|window|slides?|map|chart|graph|picture|photo\w*|app|site|dashboard))\b",
    r"\b(?:can't|cannot|can not|couldn't|didn't|don't) (?:quite )?hear (?:you|me|that|anything)",
    r"\b(?:on|off) mute\b|\b(?:un)?mut(?:e|ed|ing)\b",
    r"\bshar(?:e|ing) (?:my|your|the|a) (?:screen|slides?|window)\b|\bsee my (?:screen|slides?)\b",
    r"\bnext slide\b|\bstop sharing\b|\bmy (?:slides?|camera|microphone|mic|headset|internet|connection|wi-?fi|cat|dog|phone|i-?pad|tablet|laptop|computer|battery|(?:daughter|son|wife|husband|partner)'s)\b",
    r"\byou(?:'re| are) (?:breaking up|frozen|on mute|still muted|very quiet|a bit quiet)\b|\bbreaking up\b",
    r"\b(?:lost|losing) (?:you|your (?:sound|audio|video)|the (?:sound|audio|connection))\b",
    r"\b(?:there we go|here we go|let me (?:just )?(?:see|check|find|try|pull)|bear with me|give me (?:a|one) (?:second|sec|minute|moment))\b",
    r"\bnever mind\b|\bsorry, (?:go ahead|i was|carry on|you go|what was)\b|\bgo ahead\b",
    r"\b(?:what was|what's) (?:the|your) question\b|\b(?:say|repeat) that again\b|\bwhere was i\b|\blost my (?:place|train)\b",
    r"\b(?:cup of (?:tea|coffee)|weather (?:is|has|today)|my (?:kids|children) (?:are|is))\b",
    r"\b(?:just )?wait(?:ing)? (?:for )?(?:a (?:few|couple)|another|one|two|people|others|everyone)\b.*\b(?:minutes?|join|people|more)\b",
    r"\bplease (?:mute|keep your)\b|\braise your (?:virtual )?hand\b|\bhousekeeping\b|\btechnical (?:problem|issue|difficult)",
    r"\b(?:call it a (?:day|night)|cut (?:this|the) (?:call|meeting) short|(?:call|meeting) short|draw (?:this|that|it) to a close|run(?:ning)? (?:out of|over) time)\b",
    r"\b(?:i'm|i am|we're|only|just) (?:only |just )?(?:joking|kidding|teasing)\b",
    r"\b(?:cough(?:ing)?|hoarse|night's sleep|jet-?lag(?:ged)?|under the weather|got a cold|join(?:ed|ing)? (?:a bit |a little )?late)\b",
    r"\b(?:much|anything|nothing|something|more) (?:else |more )?to (?:talk about|discuss|add|say|report)\b|\b(?:one|the) last (?:thing|item|question)\b(?! (?:that )?(?:the|a|any)\b)",
    r"^(?:(?:and|so|well|no|yeah|um|uh)[, ]+)*(?:i|we) (?:don't|do not|didn't|can't|cannot) (?:really |quite |actually )*(?:know|remember|recall|care)\b[^,]{0,30}[.!]?$",
    r"\b(?:hand's|hand is|hands are|a hand|another hand|your hand)(?: \w+)? up\b|\b(?:i|we)(?:'ll| will)? (?:do|take) (?:that|this) one\b|\bto be (?:completely|totally|perfectly|very) honest\b",
    r"\[?inaudible|\binterpretation|\btranslation (?:is|has|stopped|back)",
)

GREETING = _any(
    r"^(?:(?:and|so|well|okay|ok|right|um|uh|er)[, ]+)*(?:good (?:morning|afternoon|evening|day)|hello|hiya|hi|hey|welcome)\b",
    r"^(?:a )?(?:very )?(?:warm )?welcome\b",
    r"\bthank(?:s| you)(?: so much| very much)? (?:all |everyone |everybody )?for (?:having|inviting|joining|coming|being here)",
)
WELCOME = _any(
    r"\bwelcome (?:to|back|everyone|everybody|all|you all)\b",
    r"\bwelcome[, ]+(?:everyone|everybody|all|members|colleagues|friends)\b",
    r"\b(?:everyone|everybody|all|members|colleagues|friends|ladies and gentlemen),? (?:and )?(?:a (?:very )?warm )?welcome\b",
    r"\bi(?:'d| would)? like to welcome\b|\bcan i welcome\b|\bi welcome\b|\bwelcome members\b",
    r"\bcall (?:this|the) meeting (?:\w+ )?to order\b|\bmeeting (?:is|has been) called to order\b|\blet's get started\b|\bkick (?:us|things|it) off\b",
)
CHAIRING = _any(
    r"\bi(?:'m| am|'ll be| will be)? (?:\w+ )?(?:chair|chairing|hosting|moderating|facilitating|your (?:chair|host|moderator))\b",
    r"\bi (?:chair|host|moderate|facilitate|co-chair)\b|\bin the chair\b",
    r"\b(?:as|being) (?:your |the )?(?:chair|host|moderator|co-chair)\b",
)
HANDOVER = _any(
    r"(?<!go )(?<!goes )(?<!going )(?<!went )(?<!gone )(?<!come )(?<!came )(?<!coming )(?<!get )(?<!got )\b(?:over|back) to (?:you\b|(?!(?:the|an?|our|their|my|your|his|her|its|this|that|those|these|it|them)\b)[a-z])|"
    r"\b(?:hand (?:over|on|back)?(?: it)? to|hand you (?:over )?to|pass (?:it |the floor |over |on )*to|turn (?:it |the floor )?(?:over )?to)\s+(?:you\b|[a-z])",
    r"\bthe floor is yours\b|\bplease go ahead\b|\bgo ahead,? \w+\b|\btake it away\b|\boff you go\b|\b(?:it|he|she|they)(?:'s|'re| is| are) (?:all )?yours\b|\bfirst up\b|\blast but not least\b|\b(?:you're|you are|are you) (?:up )?next\b|\bthe floor to\b|(?:^|[,.] )(?:(?:do|please|and) )*come (?:on )?in\b",
    r"\b(?:please (?:welcome|join me)|i(?:'d| would| will|'ll) (?:like to |now )*(?:invite|call on|call upon|ask|introduce|bring in|hand)(?! all\b| you\b| that\b| every| anyone| whether| members| people| for))\b",
    r"\b(?:we'll|we will|we|let's|let us|i'll|i will|can we|shall we|we're going to) (?:now |then |first |next )*(?:go|come|turn|hear|move|bring)(?: now| over| on| next| then)* (?:to|from|in)\b",
    r"\bdelighted to (?:welcome|introduce)\b|\bpleas(?:ure|ed) to (?:welcome|introduce)\b|\bpleasure to hand\b",
    r"\bnext (?:up )?(?:is|we have|speaker|question (?:is|comes|goes))\b|\bwould you like to (?:take|answer|start|go|come|add|say)\b|\bdo you want to (?:take|start|go|give|talk|add)\b",
)
QUESTION_TIME = _any(
    r"\b(?:time|room|moment|minutes) for (?:\w+ )?(?:\w+ )?questions?\b|\bquestions? (?:from|in) the (?:floor|chat|audience|q&a|q and a)\b",
    r"\b(?:open|move|turn|go|come)(?: it| this| the floor| now)* (?:up )?(?:on |over )?(?:to|for) (?:your |some |the |any )?(?:questions?|discussion|q&a|q and a)\b",
    rf"\b(?:{_NUMBER}|\w+teen) (?:good |more |other )?questions\b|\b(?:your|these|those) questions to\b|\b(?:take|read|reach|answer) (?:\w+ ){{0,2}}questions?\b",
    r"\b(?:first|next|another|last|final|one|a) question\b|\bquestion (?:here |now )?(?:from|for|in the chat)\b|\bhand (?:is |that's )?up\b|\bhands (?:are )?up\b",
    r"\b(?:somebody|someone|people|several people|many of you) (?:has|have|is|are)(?: also)? (?:written|asked|asking|sent|put)\b",
    r"\b\w+ (?:asks|writes(?=[,:]| in\b| to (?:ask|say)\b| that\b| how\b| what\b)|wants to know|would like to know|has (?:asked|written))\b|\b(?:is|'s) asking\b",
    r"\bthere(?:'s| is| was) (?:one|another|a question)(?: one)?(?: here| in the (?:chat|box|q&a))?(?:,? (?:about|on) [^.]{3,60}?,)?,? from\b",
    r"^(?:(?:and|so|now|right|okay|ok|then|well)[, ]+)*(?:to )?(?:your |the |some |any )?(?:q&a|q and a|questions?)(?:,? (?:and answers|then|now|time|please|next))*[.!:]?$",
    r"^(?:(?:and|so|now|right|okay|ok|then|well)[, ]+)*(?:the )?(?:first|second|next|last|another)(?: one)?(?:'s| is| comes|,)[^.?!]{0,40}\bfrom (?:somebody|someone|a |an |the chat\b|the floor\b)",
    r"\b(?:first|next|second|third|last|another) one (?:here |up )?(?:in|on|from) (?:the )?(?:chat|box|q&a|list)\b|^(?:here's|here is) one (?:with|from|in|that)\b",
    r"\bi(?:'ve| have)(?: got)?(?: a)? (?:one|another|question)(?: one)?(?: here| now| more)*,? from\b",
    r"\b(?:next|last|another|final|this) one(?:'s| is| comes)?,? from\b|\b(?:you|they)(?:'ve| have)(?: got)? (?:your|their|a) hands? up\b",
)
KEYNOTE = _any(
    r"\bkey ?note\b",
    r"\b(?:principal|main|guest|distinguished|headline|plenary|opening|invited|lead) (?:speaker|speech|address|lecture|lecturer|talk)\b",
)
PANEL = _any(
    r"\bpanel(?:lists?|ists?)?\b",
    rf"\b{_NUMBER} (?:\w+ )?(?:speakers|panellists|panelists|presenters|contributors|talks|presentations|case studies)\b",
    r"\bround ?table\b",
)
ANNOUNCEMENTS = _any(
    r"^(?:(?:and|so|now|right|okay|ok|then|well|just)[, ]+)*(?:a |the )?(?:few|couple of|two|three|four|last|some|odd)(?: \w+)? (?:things?|bits|items|reminders?|dates?) (?:to (?:finish|close|end|go)\b|before (?:we|you) (?:go|finish|close|leave)|at the end\b)",
    rf"\bannouncements?\b|\bthe (?:news|notices)\b|\b{_NUMBER} (?:\w+ )?(?:notices|items of news|things to announce)\b|\bdates? for (?:your|the) diar(?:y|ies)\b|\b(?:can|could|may|let me|i'll) (?:i )?(?:just )?add one\b|\bone (?:last |more |final |quick )?thing from me\b|\bbits? of news\b|\bnext notice\b|\bnotices?\b(?= (?:is|are|concerns))",
    r"\b(?:some|bits? of|pieces? of|items? of|good|important|exciting) (?:\w+ )?news\b|\bnews (?:is|from|item)\b",
    r"^(?:(?:and|so|now|right|okay|ok|then|well|lastly|finally|next|on to|over to|to)[, ]+)*(?:\w+ )?(?:news|notices)(?:,? (?:now|then|next|time|and \w+|quickly|briefly|everybody|everyone))*[.!,:]?$",
    r"\b(?:pleased|delighted|happy|proud|excited|able|like|want|going) to (?:announce|launch|share|tell you|report)\b",
    r"\b(?:we|i|today|are|is|am)(?:'re|'m| are| is| am| have|'ve)? (?:\w+ )?(?:launching|announcing|launch|announced)\b",
)
RESULTS = _any(
    r"\b(?:poll|ballot|vote|survey|election)\b.{0,60}\b(?:result|close|closed|closes|voted|per cent|percent|%|came)\b",
    r"\b(?:result|results) of (?:the|our) (?:poll|ballot|vote|survey|election)\b|\bpoll results?\b",
    r"\bper ?cent (?:of you|said|voted|chose|picked)\b|\bof you (?:said|voted|chose|picked|answered|ticked)\b",
)
CLOSING = _any(
    r"\b(?:it )?(?:only )?remains for me (?:only |now )?to\b|\b(?:bring|brings|bringing|draw|wrap|close|end)(?:s|ing)? (?:us |this |things |it |the (?:meeting|session|webinar) )*(?:to (?:a close|the end|an end)|up\b)",
    r"\b(?:that's|that is|that was) (?:all|it|everything)(?: we have| from (?:us|me))?(?: for)?(?: today)?\b",
    r"\b(?:before (?:we|i) (?:close|finish|go|end)|to (?:close|finish|end)(?=[,.]|$| with\b| (?:the|this|our|today's|tonight's) (?:meeting|session|webinar|evening|day|afternoon|morning|call|event)\b)|in closing|we(?:'re| are) (?:out of|at|coming to the end|nearly at the end))\b",
    r"\b(?:goodbye|good bye|bye|bye-bye|see you (?:all )?(?:next|in|soon|then|again)|have a (?:good|great|lovely|nice))\b",
    r"\bthank(?:s| you)(?: very much| so much)?,? (?:all|everyone|everybody|to all|to everyone|to everybody)\b",
)
VOTE_OF_THANKS = _any(
    r"\b(?:propos\w+|mov\w+|second|give) (?:you )?(?:a|the|this|our) (?:\w+ )?vote of thanks\b|\bvote of thanks\b.{0,20}\b(?:to|for)\b"
)
THANKS = _any(r"\bthank(?:s|ed|ing)?\b|\bgrateful\b|\bgratitude\b|\bappreciate\b|\bshout ?out\b|\bround of applause\b")
AGENDA = _any(
    r"\b(?:agenda|programme|program|running order|plan) (?:for )?(?:today|this|is|has|looks|we)\b",
    r"\bhow (?:it|this|today|tonight|things|we)(?:'ll| will|'s| is going)\b",
    r"\b(?:here is|here's|this is) how\b.*\b(?:go|run|work|look)\b|\bfirst(?:ly)?[, ].*\bthen\b|\bafter (?:that|her|him|them|which) we\b",
    r"\bwe(?:'ll| will| are going to|'re going to) (?:start|begin|open|finish|end) (?:with|by)\b",
)
RECORDING = _any(
    r"\b(?:being recorded|record(?:ing)? (?:this|the|is|will|has|goes|in)|we(?:'re| are) recording|the recording)\b"
)
MAILING = _any(
    r"\bmailing list\b|\bnewsletter\b|\bsign(?:ing)? up (?:to|for) our\b|\bjoin (?:our|the) (?:list|network|mailing|slack|discord|forum|group)\b|\bsubscribe\b"
)
HOUSEKEEPING = _any(
    r"\b(?:put|post|type|write|drop|send|pop)\b.{0,30}\b(?:in|into|to|through) the (?:chat|q&a|q and a)\b",
    r"\b(?:slides|link|links|document|doc) (?:is|are|will be)? ?(?:in|into) the chat\b|\bin the chat\b|\blinked? (?:it )?(?:here|in chat)\b",
    r"\b(?:fire (?:alarm|exit)|toilets|refreshments|break for|comfort break|minutes? break|back at)\b",
)
# "Item two, the accounts", "next is the vote", "that brings me to the fair": another item of the agenda begins.
ITEM = _any(
    rf"^(?:(?:and|so|now|right|okay|ok|then|well)[, ]+)*(?:agenda )?(?:item|number) {_NUMBER}\b",
    r"^(?:(?:and|so|now|right|okay|ok|then|well)[, ]+)*(?:the )?(?:first|second|third|fourth|fifth|sixth|next|last|final)(?: item| thing| one)?(?: up)?(?:,| is\b|'s\b| we have\b| on the agenda\b)",
    r"\bthat (?:brings|takes|leads) (?:me|us) (?:on )?to\b|\bmoving on(?: now)? to\b|\bon to (?:the )?(?:next )?item\b",
)
# A speaker's way in and out of a talk, without anything of it.
FRAME_OF_TALK = _any(
    r"^(?:[\w' ]{0,20}[, ]+)?(?:that's|that is) (?:all|it|me)\b|\bi'll (?:hand|pass|stop|leave it|finish)\b|\bthat's all from me\b",
    r"^(?:and )?(?:my )?(?:first|second|third|last|final|next) (?:point|thing|one)\.?$",
    r"^(?:thank you|thanks)\b[^.]{0,60}$|^(?:yes|no|yeah|okay|ok|sure|right|of course|exactly|absolutely|great|wonderful|lovely|brilliant)[ ,.!]*(?:\w+[ .!]*)?$",
    r"\bi(?:'ll| will) (?:try|be brief|keep (?:it|this) (?:short|brief)|do it without)\b|\bi hope that (?:answers|helps|makes sense)\b",
    r"\b(?:good|great|excellent|interesting|fair|tough|difficult|really good) (?:question|point)\b",
    r"\bi(?:'ll| will| want to| can)(?: just)? (?:say|tell you|explain) (?:what|how) (?:happens|we|it|this)\b|\bmine(?:'s| is) (?:for|about|on|to)\b|\bhope you can\b|\bcan i (?:just )?(?:ask|say|check|come in)\b|\bmakes sense\b$",
)
REASON = _any(
    r"\b(?:was|were|had been|are|is) (?:\w+ )?(?:going to|supposed to|meant to|due to|planned|planning to|intended|hoping to) (?:be )?(?:meet|gather|hold|held|have|host|come|for|take place|happen|in|at)?",
    r"\b(?:we|had|have) (?:originally )?(?:planned|hoped|intended|booked|expected)\b",
    r"\b(?:should have|would have|ought to have) (?:been|met|gathered)\b",
    r"\b(?:moved?|switch(?:ed)?|went|go(?:ne)?|meet(?:ing)?|turned|shifted|took|taken|forced|gathered?) (?:\w+ ){0,3}?(?:online|virtual|virtually|on screen|on to the screen|remotely)\b",
    r"\b(?:do|doing|run|running|hold|holding|held|did) (?:\w+ ){0,3}online\b",
    r"\b(?:which is|that is|that's|this is) why (?:we|you|i)\b",
    r"\binstead of (?:the|in|at|our|meeting)\b",
)
# Somebody's written words are about to be read out: "she's put", "he writes", "is asking".
READ_OUT = _any(
    r"^(?:(?:and|so|um|uh|er)[, ]+)*(?:she|he|they|who)(?:'s| has|'ve| have| is|'re)? (?:also )?(?:put|writes?|written|asks?|asking|asked|says?|typed|wonders?|wants to know|would like to know|like to know)\b",
    r"\b(?:would like to know|wants to know|'s asking|is asking|has written|has put|'s put|writes|'s typed|has typed|has asked)\b",
)
_GOOD = r"(?:wonderful|lovely|great|brilliant|excellent|fantastic|fascinating|superb?|perfect|marvellous|smashing|amazing|terrific|splendid|helpful|useful|interesting|clear|candid|moving|inspiring)"
# A chair's word on what has just been said.
PRAISE = _any(
    rf"^(?:(?:well|oh|gosh|ah|okay|ok|right|so)[, ]+)*(?:very |really |absolutely |quite |just )?{_GOOD}\b",
    rf"^(?:(?:well|oh|gosh|ah|okay|ok|right|so)[, ]+)*that(?:'s| is| was)(?: a| an| really| very| so| extremely| such| quite| just| absolutely){{0,3}} {_GOOD}\b",
)
# More than one person chairs.
# Somebody is given the chair, or a part of the meeting to run: who, is said in the same breath.
_PART = r"(?:the|that|this|our) (?:\w+ ){0,2}(?:half|part|session|discussion|q ?(?:&|and) ?a|questions|panel|round)"
CHAIR_HANDED = _any(
    r"\b(?:hand|pass|giv|turn)(?:e|ing|ed)? (?:over )?the (?:chair|gavel|reins|microphone)\b",
    rf"\b(?:will|'ll|is going to|are going to) (?:chair|moderate|run|lead|facilitate) {_PART}\b",
    rf"\b(?:chairs|moderates|runs|leads) {_PART}\b",
)
SHARED_CHAIR = _any(
    r"\bco-?(?:chairs?|hosts?|chairing|hosting)\b",
    r"\b(?:chair|host|moderat)\w* (?:this|the|our|today's|tonight's|it)? ?(?:\w+ )?(?:jointly|together|between us|along) ?(?:with)?\b",
    r"\b(?:pair|couple) of (?:chairs|hosts|moderators)\b|\b(?:my|your) (?:fellow|other|joint) (?:chair|host|moderator)\b|\b(?:two|joint|both) (?:chairs|hosts|moderators)\b",
    r"\b(?:tak(?:e|es|ing)|assum(?:e|es|ing)|hand(?:ing)? over|leav(?:e|ing)|vacat(?:e|ing)) (?:over )?the chair\b",
)
