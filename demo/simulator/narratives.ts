import type { Dice } from './dice.ts'

/**
 * What callers say, made up: no real person, number, shop or house. `{place}` is where it is, the other words in braces are picked from `parts`.
 * A kind without sentences of its own is told with those of its group.
 */
const parts: Readonly<Record<string, readonly string[]>> = {
  who: ['一名男子', '一名女子', '两名男子', '一名老人', '一名中年男子', '几名年轻人', '一名醉酒男子'],
  kin: ['丈夫', '妻子', '儿子', '父亲', '前夫', '前妻', '弟弟'],
  item: ['电动自行车', '手机', '背包', '钱包', '快递包裹', '笔记本电脑', '自行车', '车内财物'],
  sum: ['八百元', '两千余元', '五千元', '一万二千元', '三万余元', '近十万元'],
  pretext: ['冒充客服退款', '刷单返利', '冒充公检法', '网络投资', '冒充熟人借款', '虚假购物', '注销校园贷'],
  car: ['白色轿车', '黑色越野车', '出租车', '面包车', '电动三轮车', '银色轿车', '小货车'],
  shop: ['便利店', '饭馆', '理发店', '网吧', '棋牌室', '手机店', '菜市场摊位'],
  ago: ['刚才', '十分钟前', '半小时前', '今天上午', '昨天夜里', '一个小时前'],
  part: ['头部', '手臂', '面部', '腿部', '腰部'],
  looks: ['穿黑色上衣', '穿蓝色校服', '穿灰色外套、黑布鞋', '戴红色帽子', '穿白色短袖', '背双肩包'],
  age: ['六岁男孩', '七十六岁老人', '十四岁女孩', '八十二岁老人', '三十多岁女子'],
  noise: ['施工', '唱歌', '装修', '音响', '打牌喧哗', '广场舞'],
  cause: ['停车', '噪音', '漏水', '退款', '琐事', '工钱', '遛狗', '宠物', '占道'],
}

const ofGroup: Readonly<Record<string, readonly string[]>> = {
  criminal: [
    '{ago}在{place}，报警人发现被人侵害，对方{looks}，已离开现场，请民警到场。',
    '{place}有人正在实施违法犯罪，现场{who}，报警人在安全位置等候。',
    '报警人称{ago}在{place}遭受损失{sum}，保留有聊天记录和监控。',
  ],
  order: [
    '{place}{who}扰乱秩序，劝阻不听，请民警处理。',
    '{place}有人聚集吵闹，已影响周边，{who}带头。',
    '报警人称{place}{who}行为异常，围观人员较多。',
  ],
  traffic: ['{place}一辆{car}影响通行，后方已排队。', '{place}{car}与行人发生刮擦，人在现场等候。', '{place}一辆{car}占道，联系不上车主。'],
  dispute: [
    '{place}双方因{cause}发生纠纷，情绪激动，无人受伤。',
    '报警人在{place}与{who}因{cause}争执，要求民警到场调解。',
    '{place}的{shop}与顾客因{cause}发生争吵，双方都不肯离开。',
  ],
  help: [
    '{place}{age}需要帮助，身边没有家属。',
    '{place}{who}求助，自称{ago}与家人失去联系。',
    '报警人在{place}求助，情况紧急，请尽快到场。',
  ],
  conduct: [
    '报警人反映{ago}在{place}办理业务时民警态度生硬，要求核实。',
    '报警人对{place}一起警情的处置结果不满意，要求复查。',
    '报警人称{ago}报警后无人联系，要求督察核实。',
  ],
  handover: [
    '{place}{age}突发不适，已同时通知 120，请民警协助维持秩序。',
    '{place}有烟冒出，已通知 119，请民警到场疏导。',
    '{place}发现{who}倒地不起，请联系急救并到场。',
  ],
  nonPolice: ['咨询{place}附近停水停电，何时恢复。', '反映{place}路灯不亮，希望转有关部门。', '咨询户籍窗口办公时间。'],
  other: ['{place}有情况需要民警核实，报警人不愿多说。', '报警人称{place}有人按门铃后离开，反复多次，请核实。'],
}

const ofKind: Readonly<Record<string, readonly string[]>> = {
  robbery: [
    '{ago}在{place}，{who}持刀抢走报警人{item}，向东逃离，{looks}。',
    '{place}{shop}被{who}抢走现金{sum}，对方骑电动车离开，店员无大碍。',
    '报警人在{place}被人从身后抢走{item}，手臂擦伤，对方{looks}。',
  ],
  assault: [
    '{place}{who}正在打人，伤者{part}流血，请带急救。',
    '{place}的{shop}门口数人殴斗，有人持酒瓶，围观者多。',
    '报警人称在{place}被{who}殴打，{part}受伤，对方还在现场。',
  ],
  'break-in': [
    '报警人回到{place}家中，发现门锁被撬，屋内被翻，{item}不见。',
    '{place}的{shop}{ago}被人撬门进入，收银台现金{sum}丢失，监控完好。',
    '{place}有人翻窗入室，报警人躲在卧室，不敢出声，电话保持接通。',
  ],
  theft: [
    '报警人停放在{place}的{item}{ago}被盗，附近有监控。',
    '在{place}乘车时{item}被偷，内有证件，损失约{sum}。',
    '{place}的{shop}抓住一名偷东西的人，请民警到场。',
  ],
  fraud: [
    '报警人被{pretext}骗走{sum}，{ago}转账，请求紧急止付。',
    '报警人的父亲正在{place}附近的银行准备向陌生账户转账，疑似{pretext}，劝不住。',
    '报警人{ago}遇到{pretext}，已转出{sum}，对方仍在要求继续转账。',
  ],
  domestic: [
    '{place}报警人称被{kin}打，{part}受伤，孩子在家。',
    '{place}邻居家传出打骂和哭喊声，持续很久，请民警上门看看。',
    '报警人与{kin}在{place}家中争吵，对方摔东西并持刀威胁。',
  ],
  dispute: [
    '{place}的{shop}因{cause}与顾客发生争执，要求民警调解。',
    '{place}两家邻居因{cause}发生口角，互相推搡，无人受伤。',
    '报警人称在{place}讨要工钱{sum}，对方锁门不见。',
  ],
  collision: [
    '{place}{car}与电动自行车相撞，骑车人{part}受伤，能说话。',
    '{place}两车追尾，一辆{car}堵住车道，无人受伤，双方对责任有争议。',
    '{place}一辆{car}撞上护栏后驾驶人下车离开，车牌报警人已拍照。',
  ],
  missing: [
    '{age}{ago}在{place}走失，{looks}，家人已找遍小区。',
    '报警人称家中{age}从{place}外出未归，手机关机，患有记忆障碍，{looks}。',
    '{place}发现一名{age}独自徘徊，说不清住处，请民警带回查找家人。',
  ],
  noise: ['{place}夜间{noise}扰民，持续两个多小时，多次协商无果。', '{place}楼上{noise}，影响老人休息，请民警劝止。'],
}

/** Callers who need no police: nothing of it leaves the bureau. The second is why the call taker ends it. */
const nonPolice: readonly (readonly [says: string, ends: string])[] = [
  ['来电无人说话，随后挂断，回拨称孩子误拨。', '误拨，已回拨核实'],
  ['来电后无声，有电视声，二次来电仍不说话。', '无声电话，已按规定回拨三次'],
  ['醉酒人员反复来电聊天，无具体诉求。', '骚扰电话，已教育'],
  ['来电辱骂接警员后挂断，今日第三次。', '骚扰电话，已记录号码'],
  ['测试手机是否能拨打 110。', '测试电话，已告知'],
  ['反映小区停水两天，物业不接电话。', '非警务诉求，已转 12345'],
  ['反映路口井盖松动，车辆经过有响声。', '非警务诉求，已转 12345'],
  ['咨询身份证换领需要带什么材料。', '咨询已答复'],
  ['咨询居住证办理进度。', '咨询已答复，已告知窗口电话'],
  ['反映共享单车堆放占道。', '非警务诉求，已转 12345'],
  ['投诉外卖迟到，要求赔偿。', '非警务诉求，已告知消费投诉途径'],
  ['询问高速是否因天气封闭。', '咨询已答复，已告知交通服务热线'],
  ['反映邻居家供暖不热，问找谁。', '非警务诉求，已转 12345'],
  ['儿童来电背诵课文，旁边有大人说话。', '误拨，已回拨核实'],
]

/** Said by a further caller about something that is known already. */
const again: readonly string[] = [
  '另一名路人来电，说的是同一件事。',
  '报警人再次来电，问民警何时能到。',
  '旁边商户来电，现场围观的人多起来了。',
  '报警人补充：对方往北走了。',
  '家属来电询问进展。',
  '报警人再次来电，称双方声音更大了。',
]

export const corrections: readonly string[] = ['回拨后核实', '报警人补充说明', '现场民警反馈与首报不符']
export const notes: readonly string[] = [
  '已回拨报警人，电话保持畅通。',
  '报警人在小区门口等候，穿红色外套。',
  '已通知物业开门禁。',
  '报警人要求不要鸣笛。',
  '现场有监控，报警人可提供录像。',
]

/** What of a sentence is not about the place, picked anew for each call. */
function told(sentence: string, place: string, roll: Dice): string {
  return sentence.replaceAll(/\{(\w+)\}/g, (whole, name: string) => (name === 'place' ? place : roll.pick(parts[name] ?? [whole])))
}

export const narrativeOf = (kind: { readonly code: string; readonly group: string }, place: string, roll: Dice): string =>
  told(roll.pick(ofKind[kind.code] ?? ofGroup[kind.group] ?? (ofGroup['other'] as readonly string[])), place, roll)

export const nonPoliceOf = (roll: Dice): readonly [says: string, ends: string] => roll.pick(nonPolice)
export const furtherOf = (roll: Dice): string => roll.pick(again)
