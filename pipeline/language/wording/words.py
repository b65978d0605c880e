"""The word lists of the rules that turn speech into reported speech."""

import re

FILLERS = frozenset("uh um er erm em hmm mm mhm ah eh uhm umm hm huh".split())
OPENERS = frozenset(
    "well so okay ok right yeah yes yep yup oh look listen hey hello hi and but anyway anyways now alright "
    "cool great absolutely exactly seriously sure indeed also plus lovely wonderful honestly hiya cheers ta".split()
)
DISCOURSE = frozenset("basically actually literally honestly frankly obviously anyway anyways essentially".split())
INTENSIFIERS = frozenset(
    "really very just quite simply so totally absolutely extremely pretty even still already also".split()
)
SENTENCE_ADVERBS = frozenset(
    "certainly clearly definitely fortunately hopefully however indeed interestingly luckily of_course sadly "
    "surely therefore though unfortunately then again too".split()
)
ASIDES = tuple(
    tuple(phrase.split())
    for phrase in (
        "as i said", "as i say", "as i mentioned", "as you know", "as we know", "you 'll remember", "you will remember", "you may remember", "if you remember", "as most of you know", "as many of you know", "as some of you know", "as you all know",
        "as most of you will know", "as many of you will know", "as some of you will know", "as you may know", "as you would expect", "as you can see",
        "first of all", "to be honest", "at the end of the day", "by the way", "in other words", "if you like", "in fact",
        "after all", "moving on", "as it were", "needless to say", "all in all", "and so on", "and things like that",
        "and stuff like that", "or something like that", "or whatever", "or something", "and all that", "you name it",
        "to be fair", "for what it 's worth", "again", "having said that", "that being said", "as well as that",
        "what is it", "what was it", "what 's it", "shall we say",
    )
)  # fmt: skip
ADDRESSES = frozenset(
    "chair chairman chairwoman speaker president madam mister mr mrs ms sir ma'am minister deputy acting everyone "
    "everybody all folks colleagues friends guys ladies gentlemen".split()
)
SHORT_WORDS = frozenset(
    "a i o an am as at be by do go he hi if in is it me my no of oh on or so to up us we the and for not has had ha but can did "
    "get got her him his how its let may new now one our out own put per saw say see set she six ten too two use via was way "
    "who why yes yet you all any are ask big buy day due end far few fit key lot low man men old pay red run sea sum tax tea "
    "ten top try win ex co re vs kg km cm mm pm tv uk eu us it's gp hr pr ai".split()
)
SLANG = {
    "wanna": ("want", "to"),
    "gonna": ("going", "to"),
    "gotta": ("got", "to"),
    "gon": ("going", ""),
    "wan": ("want", ""),
}
OPENING_WORDS = frozenset(
    "perhaps maybe the a an this that these those some many most all both each every if when while because since as in on at "
    "for from with by to of there here it they he she what how why where who which one two three four five six seven eight "
    "nine ten no nobody nothing everything everybody everyone somebody people although though after before until during under over".split()
)
TRANSITIVE = frozenset("get have take give use make want need like put bring keep include provide".split())
SOFT_MARKS = frozenset("before after as while because since so".split())
BARE_INFINITIVE = frozenset("see hear watch let make have help feel notice".split())
ABBREVIATIONS = frozenset("dr mr mrs ms prof hon st rev no vs etc".split())

APOLOGIES = frozenset({"sorry", "rather"})
KEEP_DOUBLE = frozenset(
    "had that very really no yes long many far ha two three four five six seven eight nine ten oh".split()
)
NEGATIONS = frozenset("not n't no never nobody nothing none neither nor nowhere without hardly cannot".split())
MODALS = frozenset("will would can could may might must shall should ought 'll 'd wo ca sha".split())
CONDITIONS = frozenset("if unless whether because until except although though".split())
TIME_NOUNS = frozenset(
    "second minute hour day week month year morning afternoon evening night today weekend quarter season spring summer "
    "autumn fall winter time term".split()
)
VAGUE_NOUNS = frozenset("thing stuff one way kind sort bit lot guy point".split())
HOUSEKEEPING = frozenset(
    "let go come wait hold excuse hear see look thank welcome mute unmute say hang move carry sorry stop start guess".split()
)

ORDINALS = frozenset(
    "first second third fourth fifth sixth seventh eighth ninth tenth last next other latter former firstly secondly thirdly".split()
)
NAMING = frozenset("called entitled titled named".split())
# Participles that stand with "has" when "'s" comes before them, and verbs that double their "l" in British English.
PERFECT = frozenset(
    "be come go become happen get have arrive fall rise grow agree offer disappear appear begin start change improve "
    "last survive live sleep die work".split()
)
DOUBLING = frozenset(
    "travel label model signal cancel level fuel counsel channel marvel quarrel total dial equal tunnel shovel".split()
)
# Set dates: what happens "on Monday" was still to come when it was said.
SCHEDULED = frozenset(
    "open close leave start begin end finish launch go arrive return run meet resume reopen depart take retire change expire come appear stop cease lapse".split()
)
#: What is held on a day to come, where a present tense gives the day.
EVENTS = frozenset(
    "meeting gathering webinar session event call conference assembly seminar workshop hearing sitting lecture forum congress deadline date show fair festival".split()
)
# What a present tense is about that has such words behind it, is still to come.
TO_COME = re.compile(
    r"\bwithin (?:\w+ ){0,2}(?:days?|weeks?|months?|fortnight)\b|\bnext (?:week|month|year|spring|summer|autumn|winter|season|january|february|march|april|may|june|july|august|september|october|november|december)\b|\b(?:before|by) the end of\b|\btomorrow\b"
)
DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
MONTHS = frozenset("january february march april may june july august september october november december".split())
# "We" that is no institution: what the people in the room do, what anybody does, and what only people feel.
ROOM_VERBS = frozenset(
    "be begin come move turn hear see know stop go pause wait sit gather finish make live remember forget notice "
    "throw breathe eat age call".split()
)
MIND_VERBS = frozenset(
    "hope think believe feel wish want like love suspect understand expect learn wonder trust".split()
)
ROOM_THINGS = frozenset(
    "minute hour second time programme program agenda question hand speaker slide item notice panel break guest visitor people "
    "talk talks session presentation quiz poll chat".split()
)
ANYBODYS_THINGS = frozenset(
    "summer winter spring autumn drought storm rain weather flood heatwave frost climate".split()
)
ROOM_NOUNS = frozenset(
    "speaker panellist panelist chair contributor question keynote subject programme meeting time pair session host guest talk "
    "presenter theme agenda next first last visitor topic event evening webinar".split()
)
SHARED_NOUNS = frozenset(
    "country world planet society life lives child body health language heart mind eye ear head hand".split()
)
COMPANY_VERBS = frozenset("join stop wave bless forgive excuse do leave bring take lead".split())
# What "you" who listen can be told to do or get, while other things that "you can" do are open to anybody.
PRACTICAL = frozenset(
    "register find email e-mail download join vote send write book buy sign watch submit ask contact apply visit order "
    "collect bring return receive reply upload rsvp volunteer donate renew".split()
)

# Deixis: what "today" becomes once the day is over; "" drops the words.
SHIFTED_TIMES = {
    ("today",): "", ("tonight",): "", ("this", "morning"): "", ("this", "afternoon"): "", ("this", "evening"): "",
    ("at", "the", "moment"): "", ("right", "now"): "", ("at", "present"): "",
    ("tomorrow",): "the next day", ("yesterday",): "the day before",
    ("next", "week"): "the following week", ("last", "week"): "the previous week",
    ("next", "month"): "the following month", ("last", "month"): "the previous month",
    ("this", "week"): "that week", ("this", "month"): "that month",
    ("ago",): "earlier", ("later", "on", "today"): "later", ("later", "today"): "later",
}  # fmt: skip

SHIFTED_MODALS = {
    "will": "would", "'ll": "would", "wo": "would", "can": "could", "ca": "could", "may": "might", "shall": "would",
    "sha": "would", "'d": "would",
}  # fmt: skip
FULL_FORMS = {"'ll": "will", "wo": "will", "ca": "can", "sha": "shall", "'ve": "have", "'re": "are", "'m": "am"}

# Verbs that do what they say when "I" is their subject ("I thank ..."), and the form that reports them.
NOUN_FRAMES = frozenset(
    "thank commend congratulate praise applaud welcome launch announce urge encourage invite ask recommend suggest "
    "propose support second question call agree disagree apologise apologize echo acknowledge appeal condemn "
    "regret flag highlight emphasise emphasize stress raise".split()
)
SAYING = frozenset(
    "say mention note add stress emphasise emphasize confirm report explain announce suggest propose recommend agree "
    "acknowledge admit argue point repeat clarify underline".split()
)
TELLING = frozenset("tell remind assure warn".split())
THINKING = frozenset(
    "think believe hope feel guess suppose suspect reckon expect doubt wonder imagine fear assume understand know "
    "find".split()
)
REPORTED_AS = {"know": "said", "guess": "thought", "suppose": "supposed", "reckon": "thought", "imagine": "imagined"}
SHOULD_FRAMES = frozenset("suggest propose recommend".split())
WH = frozenset("who whom whose what which when where why how".split())
TO_ABLE = frozenset("how what where when which who whom".split())
GENERIC = frozenset("we you i one people".split())
PRONOUN_FORMS = {
    "they": ("they", "them", "their", "theirs", "themselves"),
    "she": ("she", "her", "her", "hers", "herself"),
    "he": ("he", "him", "his", "his", "himself"),
    "it": ("it", "it", "its", "its", "itself"),
}
FIRST_SINGULAR = {"i": 0, "me": 1, "my": 2, "mine": 3, "myself": 4}
FIRST_PLURAL = {"we": 0, "us": 1, "'s": 1, "our": 2, "ours": 3, "ourselves": 4}
SECOND = {"you": 0, "your": 2, "yours": 3, "yourself": 4, "yourselves": 4, "y'all": 0}
THIRD_SINGULAR = frozenset("it its itself".split())
THIRD_PERSON = frozenset("he him his himself she her hers herself".split())
THIRD_PLURAL = frozenset("they them their theirs themselves".split())
HUMANS = frozenset(
    "man woman person child boy girl parent mother father mum dad wife husband friend colleague student pupil nurse "
    "doctor patient resident chair minister neighbour neighbor boss lord lady landlord aunt uncle king queen head".split()
)
DEMONSTRATIVES = frozenset("this that these those".split())

# Openings of sentences, word by word.
ADVICE = tuple(
    tuple(p.split())
    for p in (
        "my advice is", "my advice would be", "our advice is", "what i 'd say is", "what i would say is", "my message is",
        "my plea is", "my recommendation is", "my suggestion is", "my tip is", "the advice is", "my one piece of advice is",
        "i 'd say", "i would say", "our message is", "the message is",
    )
)  # fmt: skip
ASKING = tuple(
    tuple(f"{p} {w}".split())
    for p in (
        "i was wondering", "i am wondering", "i 'm wondering", "i wonder", "i 'd like to ask", "i would like to ask",
        "i wanted to ask", "i want to ask", "i 'd like to know", "i would like to know", "can you tell us", "can you tell me",
        "could you tell us", "could you tell me", "can you say", "could you say", "can you explain", "could you explain",
        "do you know", "do we know", "can i ask", "could i ask", "may i ask", "my question is", "the question is",
        "i just wanted to ask", "just wondering", "i was just wondering", "i 'm just wondering", "can anyone tell us",
    )
    for w in ("if", "whether", "how", "why", "when", "where", "who", "what")
)  # fmt: skip
ASKERS = tuple(
    tuple(p.split())
    for p in (
        "asks", "asked", "has asked", "is asking", "wants to know", "would like to know", "wanted to know", "writes", "my question is",
        "the question is", "my question would be", "a question from", "the next question is", "asks us", "'s question is",
    )
)  # fmt: skip
ABOUT = tuple(
    tuple(p.split())
    for p in (
        "my question is about", "my question is on", "what do you think about", "what do you think of", "can you tell us about",
        "can you tell us more about", "could you tell us about", "could you tell us more about", "can you say more about",
        "could you say more about", "can you say something about", "could you say something about", "any thoughts on",
        "any thoughts about", "what about", "how about", "can you talk about", "could you talk about", "can you tell me about",
        "could you say a bit more about", "can you say a bit more about", "can you tell us a bit more about",
        "could you tell us a bit more about", "can you tell us a little about", "i wanted to ask about", "i 'd like to ask about",
        "i would like to ask about", "can i ask about", "could i ask about", "a question about", "my question concerns",
    )
)  # fmt: skip
EVERYONE = (
    ("all", "of", "you"), ("you", "all"), ("every", "one", "of", "you"), ("everyone",), ("everybody",), ("both", "of", "you"),
    ("each", "of", "you"), ("everyone", "here"), ("everybody", "here"), ("all", "the", "members"),
)  # fmt: skip
ADDRESSING = frozenset({"ask", "urge", "encourage", "invite", "advise", "remind"})
OWN = frozenset("my our your this that these those their its his her".split())
POINTING = frozenset("i me we us you he him she they them it this that these those here there".split())
