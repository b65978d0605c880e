"""Word lists of the language components: data, never scattered through the rules. All lower case unless said."""

from functools import cache
from pathlib import Path

# ---- people ------------------------------------------------------------------------------------------------------

#: Said before a name and dropped from it.
COURTESIES = frozenset(
    """mr mrs ms miss mx madam madame mister monsieur mme hon honourable honorable right herr frau senor senora signor
    minister senator councillor cllr secretary president ambassador commissioner mayor chancellor deputy member
    chairman chairwoman chairperson chair convener convenor speaker justice judge officer sergeant captain major colonel general
    congressman congresswoman representative delegate governor""".split()
)
#: Of these and the titles, the short ones, which a full stop may follow.
SHORTENED = frozenset("mr mrs ms mx hon dr prof rev cllr sen rep gov sgt capt col gen lt st".split())
#: Said before a name and shown with it, in the spelling that is shown.
TITLES = {
    "dr": "Dr", "doctor": "Dr", "prof": "Professor", "professor": "Professor", "sir": "Sir", "dame": "Dame",
    "lord": "Lord", "lady": "Lady", "baroness": "Baroness", "baron": "Baron", "rev": "Reverend",
    "reverend": "Reverend", "rabbi": "Rabbi", "imam": "Imam", "bishop": "Bishop", "captain": "Captain", "colonel": "Colonel", "major": "Major", "rear-admiral": "Rear-Admiral",
    "admiral": "Admiral", "commander": "Commander", "archbishop": "Archbishop",
    "father": "Father", "sister": "Sister", "sheikh": "Sheikh", "canon": "Canon",
}  # fmt: skip
#: Said after a name and shown with it; as written.
HONOURS = frozenset(
    """OBE MBE CBE KBE DBE BEM CH OM KC QC MP AM MS MSP MEP MLA TD FRS FRSE FBA FRSA FREng JP PhD MD RN FRCP FRCS DL CVO
    AO AC OAM ONZM CNZM OC SC CEng MBA""".split()
)
#: Letters after a name that only say that somebody sits in an assembly; not part of a name, kept with it.
PARTICLES = frozenset(
    "van von der den de del della di da dos du la le el al bin ibn ben ter ten zu zum af y e st st. mac mc o".split()
)
#: Capitalised words that are not the names of people.
NOT_NAMES = frozenset(
    """yay gotcha oops hooray welp nah nope yep yup aha ah oh ouch whoa huh ugh phew wow laughter applause inaudible
    monday tuesday wednesday thursday friday saturday sunday january february march april june july august
    september october november december christmas easter eid diwali ramadan english french german spanish welsh
    zoom teams webex youtube google slack twitter facebook linkedin github covid internet chair chairman chairwoman
    chairperson madam sir minister ministers speaker president everyone everybody everyone's anyone anybody somebody
    someone all you i me we us they ok okay yes no yeah hello hi hey thanks thank please sorry welcome well so
    right now next great good lovely brilliant wonderful fantastic and but or if because the a an this that
    these those there here morning afternoon evening god q a ai ms pr parliament congress government committee council
    house senate board network centre center institute university college school trust foundation society association
    department ministry office company group agency bureau panel union library bank hospital church canada britain
    hiya ooh bye aye ta cheers night grand um uh er erm hmm ah oh wow haha mhm uhm ladies gentlemen folks guys team dear
    england scotland wales ireland europe america africa asia australia india china""".split()
)
#: Words that make a capitalised phrase a body, not a person.
ORGANISATION_WORDS = frozenset(
    """network centre center institute university college school academy trust foundation society association
    department ministry office company group agency bureau union library libraries bank hospital church council
    limited ltd inc plc llc gmbh club federation alliance partnership service services authority board commission
    committee museum gallery theatre charity cooperative co-op collective energy power housing health care clinic
    labs lab laboratory studio studios press project initiative programme program forum parliament team coalition
    consortium fund practice parish borough city county solar wind heat farm farms nursery""".split()
)
#: Heads of noun phrases that say what somebody does.
ROLES = frozenset(
    """chair chairman chairwoman chairperson co-chair cochair vice-chair president secretary treasurer director manager
    head leader lead founder co-founder cofounder officer coordinator co-ordinator convener convenor organiser organizer
    member trustee volunteer engineer scientist researcher professor lecturer teacher headteacher headmaster principal
    student pupil nurse doctor surgeon midwife physician pharmacist therapist psychologist dentist vet solicitor lawyer
    barrister judge councillor minister mayor senator ambassador commissioner adviser advisor consultant analyst
    architect designer developer programmer administrator curator librarian archivist editor writer author journalist
    producer broadcaster presenter host moderator facilitator chaplain vicar priest farmer grower gardener baker
    shopkeeper owner partner executive chief ceo cto cfo coo dean provost rector fellow economist historian
    geologist ecologist biologist chemist physicist statistician planner surveyor inspector warden ranger keeper
    trainer coach captain driver technician electrician plumber carpenter builder mechanic operator
    representative ambassador spokesperson spokesman spokeswoman campaigner activist worker carer governor clerk
    accountant auditor translator interpreter conductor composer musician artist photographer deputy assistant
    associate specialist expert practitioner strategist apprentice intern postgraduate undergraduate registrar
    superintendent paramedic firefighter sergeant constable conservator forester beekeeper brewer weaver""".split()
)

#: Short and long forms of one first name.
NICKNAMES: tuple[frozenset[str], ...] = tuple(
    frozenset(row.split())
    for row in """thomas tom tommy
    daniel dan danny
    david dave davey
    steven stephen steve
    michael mike mick micky
    robert rob bob bobby robbie
    william will bill billy
    richard rick dick ricky
    james jim jimmy jamie
    joseph joe joey
    john jon johnny jack
    jonathan jon jonny
    christopher chris kit
    christine christina chris chrissie tina
    matthew matt
    anthony tony
    andrew andy drew
    edward ed eddie ted ned
    nicholas nick nicky
    alexander alex sandy
    alexandra alex sandra
    benjamin ben
    samuel sam
    samantha sam
    katherine catherine kathryn kate katie kathy cathy kat
    elizabeth liz lizzie beth betty eliza
    margaret maggie meg peggy
    susan sue susie suzy
    suzanne sue suzy
    deborah debbie deb
    jennifer jen jenny
    victoria vicky vicki tori
    rebecca becky becca
    patricia pat trish tricia
    patrick pat paddy
    timothy tim
    gregory greg
    geoffrey geoff
    jeffrey jeff
    philip phillip phil
    peter pete
    francis frank
    frances fran
    lawrence laurence larry
    raymond ray
    ronald ron ronnie
    kenneth ken kenny
    kevin kev
    gerald gerry jerry
    gerard gerry
    joshua josh
    zachary zach zack
    nathaniel nathan nate
    leonard len lenny
    frederick fred freddie
    charles charlie chuck
    henry harry hal
    harold harry
    vincent vince
    jacob jake
    abigail abby
    amanda mandy
    barbara barb
    jacqueline jackie
    judith judy
    pamela pam
    sandra sandy
    theresa teresa terry
    terence terry
    valerie val
    gordon gord
    donald don donnie
    douglas doug
    eleanor ellie nell
    isabella isabel bella izzy
    josephine jo josie
    joanne joanna jo
    jessica jess
    mohammed muhammad mohamed mo""".splitlines()
)

#: Posts of whoever steers a meeting, as they are spoken to: "thank you, Chair", "no, convener".
CHAIR_POSTS = frozenset(
    """chair chairman chairwoman chairperson convener convenor president moderator speaker provost
    mayor""".split()
)

# ---- speech ------------------------------------------------------------------------------------------------------

FILLERS = frozenset("um uh er erm em uhm hmm mm mmm mhm ah eh umm uhh ehm".split())
#: Set off by commas (or at the start), these carry nothing; otherwise they may be meant.
FILLER_PHRASES = ("you know", "i mean", "sort of", "kind of", "you see", "if you like", "as it were")
#: What people say when they mend what they just said.
REPAIRS = (
    "sorry",
    "i mean",
    "rather",
    "or rather",
    "no",
    "no sorry",
    "sorry no",
    "well",
    "i should say",
    "correction",
    "my mistake",
    "excuse me",
    "pardon me",
    "i beg your pardon",
)
#: Doubled on purpose: "very very", "no no".
DOUBLED = frozenset(
    "very really so much many more no yes yeah long far big never again bye now too ha had that please quite".split()
)

# ---- names kept in a file ------------------------------------------------------------------------------------------


@cache
def given_names() -> frozenset[str]:
    """First names of many countries, lower case."""
    path = Path(__file__).with_name("given_names.txt")
    return frozenset(path.read_text(encoding="utf-8").lower().split())


# ---- frames around names (see `pipeline.language.frames` for how to read them) ------------------------------------

FRAME_LISTS: dict[str, frozenset[str]] = {
    "be": frozenset("is 's ’s was".split()),
    "am": frozenset("am 'm ’m m".split()),
    "welcome": frozenset("welcome introduce present announce".split()),
    "go": frozenset("go going goes come coming move moving turn turning proceed proceeding continue continuing start starting begin beginning switch switching cut return returning get jump throw".split()),
    "call": frozenset("call invite ask bring recognize recognise want".split()),
    "next": frozenset("next first second third fourth fifth sixth last final following other".split()),
    "slot": frozenset("question questions questioner petitioner contributor speaker speakers presenter panellist panelist guest statement petition contribution contributor comment intervention talk presentation announcement item one turn update report point hand contributions".split()),
    "wants": frozenset("has have had wants wanted want would 'd is 's asks asked".split()),
    "asks": frozenset("can could would will do did are have may is does should".split()),
    "modifiers": frozenset("now then next first again please also just back straight quickly briefly finally over on straight away".split()),
    "praise": frozenset("great wonderful brilliant lovely excellent fantastic fascinating perfect good super superb cheers bravo nice marvellous".split()),
    "hello": frozenset("hello hi hey hiya morning afternoon evening welcome".split()),
    "said": frozenset("said says mentioned mentions pointed raised told asked asks described talked explained noted wrote suggested".split()),
}  # fmt: skip

SELF_FRAMES: dict[str, tuple[str, ...]] = {
    "self": (
        "my name is|'s|’s ANY",
        "my name ANY",
        "i @am ANY ,|. ",
        "i @am ANY and",
        "i @am ANY from|at|of|with|i|the|i'm",
        "i @am ANY $",
        "i @am NAME",
        "im NAME",
        "this is ANY from|at|with|speaking|here",
        "this is NAME again",
        "^it 's|is NAME here|again|speaking|from",
        "@hello everyone|everybody|all|folks|there? ,? it 's|is NAME here|again|speaking|from",
        "@hello everyone|everybody|all|folks|there? ,? NAME here|speaking from|at|with",
        "^NAME here $",
        "^NAME here , ",
        "^NAME here from|at|with",
        "^NAME again here",
        "NAME speaking $",
        "name 's NAME",
        "they call me NAME",
        "call me NAME",
    ),
}
OTHER_FRAMES: dict[str, tuple[str, ...]] = {
    "introduced": (
        "welcome|introduce|present to? _? _? ANY",
        "welcome|introduce|present our|the|my|your _ _? _? ,? NAME",
        "@next @slot ,? is|'s|’s|will|today be? ,? ANY",
        "@next up? ,? is|'s|’s|we have|'ve? ,? ANY",
        "joined by ANY",
        "ANY joins|join us",
        "ANY is|'s|’s with|joining us",
        "join me in welcoming ANY",
        "delighted|pleased|honoured|happy|glad to have ANY",
        "we have|'ve? with us? ANY",
        "hear from ANY",
        "hearing from ANY",
        "handing over to ANY",
        "keynote|speaker|guest|host|chair|moderator|panellist|panelist ,? ANY",
    ),
    "described": (
        "ANY ,? who|whom is|'s|’s|works|leads|runs|chairs|directs|heads|looks|represents|teaches|comes|joins",
        "ANY is|'s|’s the|a|an|our _",
        "ANY ,? from|of|at|with the? _",
        "ANY ,? the|a|an|our _",
        "ANY ,? @roles",
    ),
}
FRAME_LISTS["roles"] = ROLES

#: Verbs that give the floor, each with the words of which one must stand between it and the name; none: any.
FLOOR_VERBS: dict[str, frozenset[str]] = {
    **dict.fromkeys("hand pass throw turn yield".split(), frozenset(("to", "over"))),
    "give": frozenset(("way", "floor", "word", "microphone", "mic")),
    **dict.fromkeys("go move come switch jump return proceed".split(), frozenset(("to",))),
    "bring": frozenset(("in", "up")),
    "hear": frozenset(("from",)),
    "call": frozenset(("on", "upon", "in", "up")),
    "invite": frozenset(),
}

HANDOVER_FRAMES: dict[str, tuple[str, ...]] = {
    "next": (
        "over|across|back|on to you ,? ANY",
        "over|across|back to ANY",
        "ANY ,? over|back to you",
        "hand|handing|pass|passing|turn|give|throw it|this|things|you|the|us? floor|word|mic|microphone|call|time? @modifiers* to ANY",
        "the? floor @modifiers* is|'s yours ,? ANY",
        "ANY ,? the floor is|'s @modifiers* yours",
        "ANY ,? you @modifiers* have|'ve? the|got? the? floor",
        "ANY ,? @modifiers* has|have @modifiers* the floor",
        "ANY ,? you @modifiers* have|'ve|has only|about|another|just|still|got? _? _? _? seconds|second|minutes|minute|moments|time",
        "^ANY ,? on|about|with that|this $",
        "floor goes|is|to to? ANY",
        "ANY 's|’s turn",
        "ANY ,? it|its 's|’s|is? your turn",
        "@go @modifiers* to|with @modifiers* ANY",
        "@go @modifiers* to|with the|our|your|my _? _? _? _? _? ,? NAME",
        "@go @modifiers* to|with the|our|your|my _? _? _? for|of|from|at ANY? _? ,? NAME",
        "can|could|shall|may|let|let's|lets i|we|'s|us|me? @modifiers* come|go|turn to you ,? ANY",
        "ANY ,? can|could|shall|may i|we @modifiers* come|go|turn @modifiers* to you",
        "bring @modifiers* in? @modifiers* ANY @modifiers* in?",
        "@call @modifiers* on|upon|up? NAME",
        "ask NAME to",
        "hear @modifiers* from ANY",
        "@next @slot @modifiers* is|are|'s|’s|goes|go|comes|come|will @modifiers* be|come|go? to|from|with|by? NAME",
        "@slot @modifiers* from|to|for|by NAME",
        "@slot is|are|will|goes|go be|go|come? from|to|for|by? NAME",
        "ANY ,? i do|don't|dont|'m|’m n't|not? know|sure if|whether",
        "@next|next ,? @go? to? is|'s|up|we we|have|'ll|will? have|go? to? ANY",
        "ANY is|'s|’s @modifiers* next|up",
        "ANY ,? you|you're 're|are|is? next|up",
        "ANY ,? is|'s there|that anything|something|okay|ok|fair|right?",
        "NAME @wants got? a|an|some|any|the|his|her|their? @modifiers* @slot",
        "ANY ,? you? @wants like|love? to @modifiers* come|speak|talk|add|say|respond|answer|raise|comment|start|begin|kick",
        "ANY ,? you @wants|'ve? to|a|some|your? come|hand|add|question|say",
        "ANY ,? please? go|carry ahead|on",
        "ANY ,? please? come|jump|dive on? in",
        "ANY ,? please? proceed|continue|start|begin|unmute",
        "ANY ,? please $",
        "ANY ,? take it|us away",
        "go|carry ahead|on ,? please? ,? ANY",
        "ANY ,? i|may|we will|'ll|would|'d|i|we|now? like|now? to? ask|invite|call on|upon? you",
        "come on? in ,? ANY",
        "please ,? ANY $",
        "take it away ,? ANY",
        "you ,? ANY ,? please? $",
        "ANY ,? @asks you|we|i",
        "@asks you _? _? _? _? _? ,? ANY $",
        "ANY , is|are|was|do|does|did|has|have|would|could|can|will|should|what|how|why|when|where",
        "ANY ,? they|it|we|all|everyone 're|is|'s|are? all? yours",
        "ANY ,? i? _? wonder|wondering if|whether",
        "ANY ,? any|anything @slot|comments|questions|thoughts|else|to|more",
        "thoughts|view|views|comments|take|question|questions ,? ANY $",
        "you|you're 're|are? still? on|muted mute ,? ANY",
        "ANY ,? i? think|believe? you|you're 're|are? still? on|muted mute",
        "one|that|question ,? is|'s? for NAME $",
        "@next one|question ,? is|'s? for|to NAME",
        "are you there|here|with ,? us? ,? ANY",
        "ANY ,? are|is you there|here|with|around|ready",
        "ANY ,? do you want|wanna",
        "ANY ,? you want|wanna",
        "can you hear|unmute us|me? ,? ANY",
        "^ANY . ",
        "^ANY $",
        "^and|so|then|okay|ok|right|now|yes|yep|alright|next|sorry ,? ,? ANY . ",
        "^and|so|then|okay|ok|right|now|yes|yep|alright|next|sorry ,? ,? ANY $",
        ", ANY ?",
    ),
    "settled": ("^okay|ok|right|alright|fine|happy ,? ANY ?",),
    "previous": (
        "thank|thanks|appreciate you|a|ever? very|so|lot? much|kindly|indeed|again? for|again|there? that|the|your|this? @praise? _? _? ,? ANY",
        "thanks @modifiers* ,? ANY",
        "grateful|obliged|indebted to you for|all|very? _? _? ,? ANY",
        "thank you ,? and? thank? you? ,? ANY",
        "cheers ,? ANY",
        "@praise ,? ANY $",
        "well done|said|put ,? ANY",
        "@praise|good|fair|interesting|important question|point|points|work|stuff|answer|idea ,? ANY",
        "ANY ,? thank|thanks",
    ),
    "hello": (
        "^@hello ,? again|there|and? @hello? ,? ANY",
        "^good morning|afternoon|evening ,? ANY",
        "nice|good|great|lovely to see|have|meet you ,? ANY",
    ),
    "address": (
        "ANY ,? you",
        "to you ,? ANY",
        ", ANY ,",
        ", ANY . ",
        "^ANY ,",
        "^and|so|but|now|then|well|okay|ok|right ,? ANY ,",
        "yes|yeah|no|sure|exactly|absolutely|right|okay|agree|agreed ,? ANY . ",
    ),
    "about": (
        "agree|agreed|agreeing|disagree with what? NAME",
        "as NAME @said|was|just|has",
        "what|like NAME was|just|has|'s? @said|saying",
        "NAME @modifiers* @said",
        "NAME 's|’s @slot",
        "with|by|for|and|of|about|to|from NAME",
    ),
}


# ---- speech acts ---------------------------------------------------------------------------------------------------

#: First words of a question when no question mark was written.
QUESTION_WORDS = frozenset("what who whom whose which when where why how".split())
AUXILIARIES = frozenset(
    "is are am was were do does did have has had can could will would shall should may might isn't aren't don't doesn't didn't won't wouldn't can't couldn't".split()
)
SUBJECTS = frozenset(
    "i you he she it we they there this that these those anyone anybody everyone somebody someone people the a any your my our".split()
)
ASKING = (
    "my question is",
    "question for",
    "wondering if",
    "wonder if",
    "wondering whether",
    "wonder whether",
    "like to ask",
    "want to ask",
    "just ask",
    "curious about",
    "curious how",
    "curious if",
    "curious whether",
    "asks whether",
    "asks if",
    "asking about",
)

#: Phrases of an act: each word a lower-case form; `|` between forms.
ACT_PHRASES: dict[str, tuple[str, ...]] = {
    "thanks": (
        "thank|thanks|thanking",
        "grateful to|for",
        "much appreciated",
        "we|i appreciate",
        "indebted to",
        "gratitude",
    ),
    "greeting": (
        "^hello|hi|hey|hiya",
        "^good morning|afternoon|evening",
        "^morning|afternoon|evening everyone|everybody|all",
        "^welcome everyone|everybody|all|back|to",
        "good morning|afternoon|evening everyone|everybody|all|and",
    ),
    "farewell": (
        "goodbye",
        "^bye",
        "see you next|soon|all|in|at|then",
        "have a good|great|lovely|nice day|evening|weekend|afternoon|week|rest",
        "thank you all for coming|joining|attending",
        "that concludes|ends",
        "meeting is adjourned|closed",
    ),
    "agenda": (
        "agenda",
        "first|next|last|final item",
        "let 's|us turn|move|start|begin",
        "moving on",
        "move on to",
        "turn to the",
        "now to our",
        "item number",
        "on to the next",
        "we will|'ll start|begin|finish|end with",
        "running order",
        "next topic|section",
    ),
    "housekeeping": (
        "on mute",
        "mute yourself|your|yourselves",
        "unmute",
        "recording|recorded",
        "hear me|us",
        "see my|the screen|slides|slide",
        "share|sharing my|your screen",
        "in the chat",
        "camera|cameras on|off",
        "closed captions",
        "breakout room|rooms",
        "raise your hand",
        "can everybody|everyone",
        "slides will be",
    ),
    "announcement": (
        "announce|announcing|announcement|announcements",
        "launch|launching|launched",
        "delighted|pleased|proud|excited to share|say|tell|announce|report",
        "save the date",
        "published|publishing|publish",
        "now available|open",
        "applications|registration|bookings|nominations open|opens|close|closes|are",
        "next meeting|gathering|webinar|session|event|conference is|will|on|takes",
        "will take place",
        "is|are being launched|released|published",
        "download it|free",
        "coming out|soon",
    ),
    "proposal": (
        "propose|proposed|proposes|proposing|proposal",
        "suggest|suggests|suggested|suggestion",
        "recommend|recommends|recommended|recommendation",
        "i move that",
        "why don't we",
        "how about we",
        "what if we",
        "i would|'d like to see",
        "we should|ought",
        "let 's|us",
    ),
    "decision": (
        "agreed to|that",
        "we|they have|'ve decided|agreed|resolved",
        "we decided|resolved|voted",
        "decision is|was",
        "motion carried|passed|passes",
        "approved",
    ),
    "undecided": (
        "nothing|nothing's has|is|been? been? decided|agreed|settled",
        "no decision",
        "not|n't been? decided|agreed|settled",
        "remains|remain to be decided|seen",
        "still open|undecided|discussing",
    ),
    "action": (
        "i will|'ll send|write|check|ask|draft|circulate|report|follow|share|organise|organize|prepare|look|get|contact|email|update|set|arrange",
        "we will|'ll send|write|check|circulate|report|follow|share|organise|organize|prepare|publish",
        "will report",
        "action item|point",
        "to do list",
        "take that away|on",
        "deadline|due",
    ),
    "correction": (
        "correct|correcting that|myself|you|me",
        "correction",
        "i misspoke|meant",
        "let me rephrase",
        "sorry , i mean|meant",
        "that was wrong",
        "not quite right|correct",
    ),
    "poll": (
        "poll|polls|polled",
        "show of hands",
        "vote|votes|voted|voting",
        "per cent|percent of you|people|respondents|those|participants",
        "survey",
        "raise your hand if",
    ),
    "agreement": (
        "i agree|agreed",
        "i completely|totally|absolutely|fully agree",
        "absolutely",
        "exactly",
        "that's|that is right|true",
    ),
    "disagreement": ("i disagree", "don't|do n't agree", "not sure i agree", "i object"),
    "request": (
        "please _",
        "could|can|would you _",
        "i would|'d ask|urge|encourage|invite",
        "i ask|urge|encourage|invite",
        "if you|anyone|anybody can|could|would",
    ),
    "praise": (
        "commend|commends|congratulate|congratulations",
        "well done",
        "fantastic|brilliant|wonderful|excellent|great work|job|talk|presentation|question",
    ),
    "advice": (
        "my advice|tip|message is",
        "i would|'d advise|say|recommend",
        "what i|we would|'d say",
        "make sure",
        "do n't|not forget",
        "what helps|works|worked",
    ),
    "handing": ("over|back to you", "the floor is yours", "go ahead", "hand over|on|back to"),
}
#: How sure or willing the speaker is; kept with the sentence so that the page does not say more than was said.
MODALITY: dict[str, tuple[str, ...]] = {
    "negated": ("not", "n't", "never", "no longer", "nobody", "nothing", "none", "without"),
    "possible": (
        "may",
        "might",
        "could",
        "perhaps",
        "maybe",
        "possibly",
        "probably",
        "likely",
        "seem|seems|seemed",
        "appear|appears",
    ),
    "hedged": (
        "i think",
        "i believe",
        "i guess",
        "i suppose",
        "in my view|opinion",
        "i feel",
        "i hope",
        "it looks like",
        "as far as i know",
        "i 'm|am not sure",
    ),
    "wished": (
        "would like",
        "'d like",
        "hope|hopes|hoping",
        "want|wants|wanted",
        "wish",
        "aim|aims|aiming",
        "hopefully",
    ),
    "planned": ("will|'ll|wo", "going to", "plan|plans|planning", "intend|intends", "due to", "about to"),
    "considered": (
        "consider|considers|considering",
        "look|looking at whether|into",
        "explore|exploring",
        "thinking about",
        "whether",
        "discuss|discussing",
    ),
    "needed": ("must", "should", "need|needs", "have|has to", "ought", "required"),
    "conditional": ("if", "unless", "provided that", "as long as", "depending"),
    "reported": ("said|says|told|tells|asks|asked|according|reported|heard|claims|claimed", "apparently"),
}
