"""The word lists of the check: which words carry no claim, which ones strengthen or deny one."""

DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
MONTHS = frozenset("january february march april may june july august september october november december".split())
DENIALS = frozenset("no not never none nobody nothing neither nor nowhere without hardly".split())
TITLES = frozenset("professor prof dr sir dame lord lady baroness reverend mp obe mbe cbe phd".split())
HEDGES = frozenset(
    "may might could can able would should whether if perhaps possibly possible possibility consider considered considering "
    "consideration hope hoped hopes propose proposed proposal suggest suggested suggestion think thought believe believed "
    "feel felt plan planned plans intend intended expect expected likely unlikely maybe ask asked asks how why what when "
    "unsure doubt doubted doubtful explore explored exploring wonder wondered ought potential potentially option options "
    "idea ideas call called appeal urge urged encourage encouraged invite invited recommend recommended advise advised "
    "advice aim aims aimed estimate estimated question questions want wanted".split()
)
MODALS = frozenset({"may", "might", "could", "can", "should", "would"})
SCOPED = frozenset({"perhaps", "maybe", "possibly", "whether", "if", "consider", "hope", "propose"})
POSSIBLE = MODALS | SCOPED
DECISIONS = frozenset(
    "decided decision decisions approved approval resolved ratified voted vote guaranteed promised confirmed appointed "
    "elected agreed agreement cancelled rejected abolished signed".split()
)
REPORTING = frozenset(
    "said says told added asked asks announced explained reported noted stressed emphasised emphasized described "
    "mentioned pointed suggested proposed recommended argued warned thanked commended praised congratulated welcomed "
    "hoped thought believed felt replied answered agreed disagreed observed remarked stated outlined spoke talked "
    "urged encouraged invited called launched introduced presented wondered doubted expected summarised summarized "
    "recalled acknowledged reminded advised confirmed raised questioned gave chaired opened closed shared discussed "
    "expressed concluded".split()
)
PAGE_WORDS = frozenset(
    "meeting webinar session event keynote panel panellist panellists came come speaker speakers member members participant "
    "participants attendee attendees people those everyone present question questions answer answers answered chair chaired "
    "chairs discussion discussed discuss announcement announcements summary recording available online theme "
    "organised organisers organised organizers hosted held given gave took part place via join joined register registered "
    "attend attended group groups address covering covered cover talk talked audience floor chat including include "
    "included among also further later earlier then following previous week before next day month time brought "
    "together subject subjects topic topics area areas first second third finally well example examples way ways "
    "network organisation body list mailing here available free write contact page".split()
) | frozenset(REPORTING)
STOP_WORDS = frozenset(
    "a an the this that these those and or but nor so yet if than as of at by for from in into on onto to with about over "
    "under up down out off through during between against after before because while until since though although "
    "i me my mine we us our ours you your yours he him his she her hers it its they them their theirs who whom whose "
    "which what when where why how there here am is are was were be been being have has had having do does did doing "
    "done will would can could may might shall should must ought not no never none nothing nobody neither without "
    "very too just only even still already again more most less least much many some any all both each every other "
    "another such same own one ones s t ll ve re d m themselves itself himself herself myself ourselves yourself "
    "whether however also else ever get got go going let us ok yes".split()
)
