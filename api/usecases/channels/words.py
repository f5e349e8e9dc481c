"""The fixed texts of channels: what can be done, what cannot be read, whom to ask."""

from __future__ import annotations

from api.auth.identity import Identity, Kind

MOST_LETTERS = 2000
HELLO = "您好，这里是海关信用培育助手。直接发送问题即可，例如：什么是AEO？回答都附依据，供参考，以海关决定为准。"
NOT_READ = "语音、视频和位置暂时读不了，请把问题打成文字发来。"
FILES_OF_ENTERPRISES = (
    "图片和文件只作为企业自评的佐证材料接收：请企业用户先绑定账号，在单独的对话里发送。问题请打成文字发来。"
)
FILE_NOT_STARTED = "还没有做到一半的自评，材料没有地方放。请先发送“自评”，做到要证明的那一项时再发来。"
FILE_WHICH = "已收到《{title}》。它证明哪一项？请回复“材料 项号”，例如：材料 12。"
FILE_GONE = "文件没能从平台取到，可能已经过期，请再发一次，或者在网页上传。"
FILE_TOO_LARGE = "文件超过20MB，请压缩或者拆分后再发。"
FILE_NOT_HERE = "这个渠道取不到文件，请在网页的自评里上传。"
CARD_PASSED = "这张卡片已经过去了，请看最新的一条，或者发送“继续自评”。"
TOO_OFTEN = "提问有些频繁，请过几分钟再发。"
RECORDS_AWAY = "企业记录暂时读不到，请稍后再试；问规则不受影响。"
NOT_ABOUT_YOU = "这里看不到企业记录：请先在网页登录，在“我的账号”里获取绑定码，再发送“绑定 绑定码”。"
HOW_TO_BIND = "请在网页登录，在“我的账号”里获取绑定码（10分钟内有效），再发送“绑定 绑定码”。"
UNBOUND = "已解绑。之后只能问政策问题；要看本企业情况，请重新绑定。"
NOTHING_BOUND = "这里没有绑定账号。"
BOUND = "绑定成功：{name}。发送“帮助”看看可以做什么；发送“解绑”解除绑定。"


def help_text(who: Identity) -> str:
    """Return what this person can do here."""
    lines = ["可以直接提问，例如：高级认证企业几年复核一次？也可以问过去某一天的规定。", ""]
    if who.kind is Kind.ENTERPRISE:
        lines += ["我的状态：本企业的信用等级和提醒", "自评：开始或继续自我评估", "预约：体验中心的活动"]
        lines += ["发图片或文件：作为正在做的那一项的材料"]
        lines += ["转人工：请协调员答复", "切换企业：有多家企业时选择", "解绑：解除账号绑定"]
    elif who.kind is Kind.COORDINATOR:
        lines += ["我的企业：您负责的企业", "查 企业名：企业的信用状况", "待办：等待人工的对话"]
        lines += ["接手 编号、回复 内容、结束：人工对话", "解绑：解除账号绑定"]
    else:
        lines += ["绑定 绑定码：绑定网页账号，之后可以看本企业情况", "急事请拨打12360。"]
    return "\n".join(lines).strip()
