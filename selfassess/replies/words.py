"""The words by which people say how an item stands, simplified Chinese and English, as patterns.

Traditional characters are converted before these are looked up. Within a list the first alternative that fits is
taken, so longer wordings stand before shorter ones.
"""

from __future__ import annotations

import re

_THIS = r"(?:此|这|该|相关|上述|对应|这类|这种|这个|这块|这方面|这一块|这项)"
_END = r"(?=$|[，。；,;])"


def _any(*alternatives: str) -> str:
    return "|".join(alternatives)


NOT_APPLICABLE = re.compile(
    _any(
        r"不适用|不涉及|(?:没有?|未|并不|不)(?:曾)?涉及|与(?:我们|本企业|我司)无关|跟(?:我们|我司)(?:没|无)关系?",
        rf"(?:没有?|无){_THIS}+(?:的)?(?:业务|生意|活动|环节|岗位|场所)|没{_THIS}(?:业务|东西)?{_END}",
        rf"不(?:从事|做|搞|开展|经营|办理)(?:任何|{_THIS})?[^，。；、,;]{{0,10}}(?:业务|生意|进出口)",
        rf"不(?:使用|用|采用|出口|进口|经手|接触|委托)[^，。；、,;不没]{{1,12}}{_END}",
        r"用不(?:到|着|上)|无此(?:业务|项)",
        r"\bn/?a\b|not applicable|not relevant|irrelevant|(?:doesn't|does not|don't|do not) (?:apply|concern us)",
        r"(?:don't|do not|never) (?:do|use|handle|run|export|import)\b[^.;,]{0,40}\b"
        r"(?:business|packaging|goods|trade|vehicles|brokers?)",
        r"no such business",
    )
)
UNSURE = re.compile(
    _any(
        r"不知道|不知|不(?:太|大|很)?清楚|不(?:太)?记得|不晓得|记不(?:清|得|住|太清)|忘(?:了|记)|没印象|没有印象",
        r"不(?:太|大|敢)?确定|没把握|说不(?:准|好|清|上来)|拿不准|不好说|难说|很难说",
        r"不(?:太)?了解|搞不(?:清|懂)|不(?:太)?懂|不明白|看不懂|听不懂|不想(?:回答|说|填)|无所谓|随便",
        r"没(?:有)?(?:查|统计|核对|核实)过|没(?:有)?问过|待(?:查|核实|确认|定)",
        r"(?:得|要|需要|还要|先|回头|等)(?:我|再|去|先)*(?:问|查|核实|确认|核对|看|了解|统计)(?:一下|下|查|看|问)?",
        r"(?:以后|回头|晚点|明天|改天|下次)再(?:说|答|填|看)",
        r"(?:i |we )?(?:don't|do not) (?:really )?(?:know|remember|recall)|\bunsure\b|\bno idea\b",
        r"\bnot (?:really |quite |entirely )?(?:sure|certain)\b|(?:can't|cannot) (?:say|tell|remember)",
        r"\b(?:need|have|want) to (?:check|ask|look)\b|let me (?:check|ask)|\bwill check\b",
    )
)
HEDGE = re.compile(
    _any(
        r"应该|大概|(?<!怎么)可能|也许|估计|好像|似乎|恐怕|或许|我觉得|我想|貌似|多半|按理|理论上|据我所知|没听说|不会有",
        r"没(?:有)?(?:多|什么|啥)?大(?:的)?问题|问题不大|还行|还可以|还好|不见得|未必|不一定|差不到哪|几乎(?=没|不|无)",
        r"基本(?:上|都)?(?=没|不|无)",
        r"\bprobably\b|\bmaybe\b|\bperhaps\b|\bi (?:don't )?(?:think|guess|suppose|believe)\b|\bshould be\b|\bseems?\b",
        r"\bpossibly\b|\bpresumably\b|\bto my knowledge\b|\bas far as i know\b",
    )
)
SOFTENED = re.compile(r"吧$|\bi guess$")
"""A softened end: 符合吧."""

PLANNED = re.compile(
    r"计划|打算|准备(?!了|好)|拟(?!合)|下个?(?:月|周|季度)|明年|即将|筹备"
    r"|\bplan(?:s|ned|ning)? to\b|\bgoing to\b|\bwill\b"
)
PARTLY = re.compile(
    _any(
        r"基本(?:上|都)?(?!没|不|无|上没|上不)(?:达标|符合|满足|做到|合格|齐全|完成|落实|到位|有|都有|没问题|可以|建立|齐)?",
        r"大(?:体|致|部分|多)(?:上)?(?:达标|符合|满足|做到|有|落实|都有)?|多数(?:做到|有)?",
        r"部分(?:达标|符合|满足|做到|有|落实|做了)?|一部分|一半",
        r"[一二三四五六七八九]成(?!立)|(?<![\d.])\d{1,2}(?:\.\d+)?(?:%| percent)|[二三四五]分之[一二三四]",
        r"差不多(?:了|达标|做到|符合)?|差(?:一)?(?:点|些)(?:儿)?|几乎(?:都|全)|(?:只|就|仅|还)(?:差|缺|少|欠)[^，。；,;]{0,8}",
        r"(?:缺|少)(?:了)?(?:一|两|几|三|\d)(?:点|些|个|份|项|次|张|年)[^，。；,;]{0,8}",
        r"(?:不是|并不|不|没有?|未)(?:能|有|曾)?(?:完全|全部|全都|充分|彻底|百分之?百|100%|做全|齐|全)"
        r"(?:达标|做到|做|符合|满足|落实|执行|覆盖|都?有|建立)?",
        r"不(?:太|够|大|很|是很|怎么|十分|甚)(?:完善|齐全|规范|到位|健全|完整|符合|达标|全|及时|好|严格|细)|不够",
        r"不(?:完善|健全|完整|齐全|齐|及时|规范|到位|连续|稳定|细|严格)",
        r"有(?:待|所)(?:完善|加强|改进|提高|欠缺|不足|健全)",
        r"(?:待|需|需要|仍需|还要|还需)(?:要)?(?:完善|改进|补充|加强|健全|整改|补齐|提高)",
        r"正(?:在)?(?:做|建|整改|完善|补|推进|制定|改|办|落实|弄|申请|走流程)[^，。；,;]{0,6}",
        r"(?:还)?在(?:建|补|做|整改|完善|推进|制定|弄|搞|改|办)(?:中|了)?|刚(?:刚)?(?:开始|起步|建|做)",
        r"一般般?|马马虎虎|凑合|勉强|时有时无|断断续续|有时(?:候)?|偶尔|漏(?:了|过|掉)|除了",
        r"有的[^，。；]{0,10}有的(?:没|不)[^，。；]{0,6}|有些(?:没|不|做)[^，。；]{0,6}",
        r"(?:有)?(?:一)?(?:些|点|点儿)?小(?:问题|缺口|瑕疵|毛病)|有(?:一)?(?:些|点)(?:问题|不足|欠缺)",
        r"做了(?:一)?(?:些|点|部分)|有(?:一)?(?:些|点|部分)(?=$|[，。；,;吧了])|只有(?:一)?(?:部分|些|点)",
        r"\bpartly\b|\bpartially\b|\bpartial\b|\bmostly\b|\blargely\b|\balmost\b|\bnearly\b|\bin part\b|\bhalf\b",
        r"\bsome of\b|\bnot (?:yet )?(?:fully|completely|quite|entirely|all|always)\b|\bincomplete\b|\bin progress\b",
        r"\bworking on\b|\bto be improved\b|\bcould be better\b|\bmore or less\b|\broughly\b|\bsometimes\b",
        r"\boccasionally\b",
        r"\bnot everything\b|\bstill (?:missing|lacking)\b|\bwith gaps\b|\bbasically\b|\bso-so\b|\bjust started\b",
        r"\bexcept\b|\bapart from\b|\bother than\b",
        r"\b(?:some|few|minor|small) (?:gaps?|issues?|problems?|shortcomings?)\b",
    )
)
YES = re.compile(
    r"是的?|是啊|对的?|对啊|嗯+|恩|好的?|行|可以(?:的)?|没错|正确|确认(?:无误)?|同意|认可|属实|当然|必须的|肯定(?:的|是)?|确实"
    r"|就是这样|yes|yeah|yep|yup|sure|of course|correct|right|confirm(?:ed)?|ok(?:ay)?|agreed?|exactly|indeed|true|y"
    r"|absolutely|of course we do|we do"
)
NO = re.compile(
    r"否|不是的?|不对|错(?:了|的)?|不认可|不同意|有误|no|nope|nah|wrong|incorrect|disagree|false|n"
    r"|i don't think so|i think not"
)
AS_RECORDED = re.compile(
    r"(?:请)?(?:按|照|以)(?:照)?(?:你们的|系统的?|海关的?)?记录(?:为准|来|填)?|(?:和|与|跟)记录(?:一致|一样|相同|相符)"
)
BOTH_WAYS = re.compile(r"是也不是|又是又不是|yes and no")
QUESTION = re.compile(
    r"[?？]|(?:吗|呢|么)[。！!]*$|(?<!没)(?<!没有)什么(?!都|也|事都)|怎么|怎样|如何|(?<!没有)(?<!没)哪(?!有)|多少"
    r"|几(?:次|项|个|年|天)|为什么|为何|是否|是不是|有没有|能不能|要不要|可不可以|算不算|多久|谁"
    r"|^(?:what|how|why|which|when|where|who|can|could we|does|do we|is it|are we|should we|must)\b"
)
RHETORICAL = re.compile(r"怎么(?:可能|会)|哪(?:里)?(?:有|会)|岂")

PROCEDURE = (
    r"制度|规定|流程|程序|规程|办法|手册|指引|章程|预案|规则|sop|政策|文件"
    r"|rules?|procedures?|polic(?:y|ies)|manuals?|process(?:es)?"
)
RECORD = (
    r"记录|台账|登记|档案|凭证|留痕|痕迹|日志|照片|录像|视频|签到|签字|签名|盖章|报告|回执|单据|表单|证据|佐证|证明|材料|资料|数据|清单|名单"
    r"|records?|logs?|evidence|registers?|documents?|documentation|photos?|signatures?|files?|proof|lists?"
)
AGREEMENT = r"协议|合同|承诺书|签约|agreements?|contracts?"
BAD = (
    r"差得?远|差远了|远远不够|远没有?|做不到|达不到|办不到|跟不上|满足不了|没法|无法|不足|缺陷|缺失|缺口|漏洞|问题|毛病|隐患|差错|失误|例外|违规|违法|违反"
    r"|处罚|受罚|被罚|挨罚|罚款|罚过|罚了|罚单|罚|不符|犯罪|犯过|判刑|判过刑|逾期|欠缴|欠税|欠款|欠过|拖欠|行贿|失信|异常|列入|上过?榜"
    r"|被查|查获|退运|通报|瞒报|漏报|伪报|虚假|隐瞒|拒绝|拒不|拖延|篡改|销毁|不良|前科|案底|破产|解散|清算|追征|追缴|警告"
    r"|晚(?:了|缴|交|报)|迟(?:了|交|缴|报)|超期|过期"
    r"|problems?|issues?|violations?|penalt(?:y|ies)|penali[sz]ed|fine[ds]|breach(?:es|ed)?|gaps?|non-?complian(?:t|ce)"
    r"|non-?conform\w*|fail(?:s|ed|ures?)?|incidents?|overdue|convictions?|convicted|brib\w*|discredited|listed|unmet"
    r"|deficien\w*|shortcomings?"
)
EVENT = (
    r"情形|情况|这种事|这样的事|这回事|这事|此事|此类事|案例|发生|出现|产生|过这|先例|此情|碰到|遇到"
    r"|occurr\w*|happen\w*|cases?|such (?:a )?(?:thing|case)s?"
)
GOOD = (
    r"达到?标|达标|达到|符合|满足|合格|合规|过关|做得?到|做好|做了|做过|做|落实|执行|实施|到位|齐全|齐备|完善|健全|完整|完备|规范"
    r"|一致|有效|通过(?=了?(?:$|，))|覆盖|配备|配齐|建立|建好|建了|建成|制定|制订|订立|明确|指定|任命|安排|设置|设立|安装|装了|装好|培训|按要求|按规定"
    r"|照做|照办|齐了|都齐|全了|完成|履行|兑现|告知|报备|缴清|及时|按时|按期|准时|正常|配合|不错|挺好|很好|都好|良好"
    r"|\bmet\b|\bmeets?\b|satisf\w+|compl(?:y|ies|iant|ied)|conform(?:s|ed|ing)?|fulfil\w*|\bdone\b|implement\w*"
    r"|in (?:place|order)|complete[ds]?|fully|\bfine\b|\bgood\b|not bad|established|installed|carried out|all there"
    r"|\bstarted\b"
)
EXISTS = r"有(?!限)|具备|存在|拥有|\bhave\b|\bhas\b|\bhad\b|\bgot\b|\bthere(?:'s| is| are)\b|\bexists?\b"
NEGATION = (
    r"并不是|并非|并没有?|并无|并未|不是|不能说|不能算|不至于|不敢说|谈不上|算不上|称不上|不存在|不算|从来没有?|从来不|从没有?|从未|从不"
    r"|未曾|不曾|毫无|没有|没能|没得|没|尚未|尚无|还未|暂无|未|无|不|非|缺少|缺乏|缺|木有|冇"
    r"|\bnot\b|n't\b|\bnone\b|\bnothing\b|\bno\b|\bnobody\b|\bno one\b|\bnever\b|\bwithout\b|\bneither\b|\bcannot\b"
    r"|\black(?:s|ing)?\b|\bmissing\b|\bhardly\b|\bbarely\b"
)
DENIAL = re.compile(r"并不是|并非|不是|不能说|不能算|不至于|不敢说|谈不上|不算|\bnot\b|n't\b")
"""Outer negations that only say the opposite is wrong, not that all is well: 不是不达标."""

CONTRAST = re.compile(
    r"但是?|不过|只是|可是|然而|就是(?=[没缺少不差])"
    r"|\bbut\b|\bhowever\b|\balthough\b|\bthough\b|\bonly that\b"
)
NOT_DONE_HERE = re.compile(r"不(?:做|搞|弄)(?:这|此|该)(?:个|项|块|类|些|种)?(?:事|东西)?$")
"""Not done, or not our business: 我们不做这个."""
CLAUSE = re.compile(r"[，,。；;！!？?\n]|(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])|、(?=[^，。]{2})|\band\b")
NOW = re.compile(r"现在|目前|如今|已经|今年|眼下|\bnow\b|\bcurrently\b|any ?more")
BEFORE = re.compile(
    r"以前|之前|过去|原来|原先|早先|去年|前几年|曾经|\bbefore\b|\bpreviously\b|\bused to\b|\blast year\b"
)
FILLER = re.compile(
    r"这一?项|本项|我们|咱们|公司|本企业|企业|我司|本公司|这个|那个|这里|方面|要求|标准|条件|内容|工作|已经|一直|早就|现在|目前|今年|去年|以前"
    r"|全部|完全|所有|都|也|就|还|又|并|且|而|了|的|地|得|过|着|吧|呢|啊|呀|哇|哦|嘛|是|在|由|把|被|给|跟|和|与|及|对|等|很|挺|较|非常|任何"
    r"|每(?:年|月|次|天|周|季度)?|成立以来|严格|专人|专门|负责|自己|一(?:次|项|条|个)|哪|其他|两样|最近|近?[一两二三\d]年内?"
    r"|\b(?:we|our|it|the|a|an|all|is|are|was|were|be|been|of|for|with|to|in|and|that|this|do|does|did|yes|ever|once|so)\b"
    r"|\b(?:item|far|kept|thing)\b"
    r"|[\s\d.,，。；;、：:！!（）()“”\"'-]"
)
"""Words that add nothing to how the item stands."""
