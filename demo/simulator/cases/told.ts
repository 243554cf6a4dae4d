import type { Nature } from '#modules/cases/contract/parts.ts'
import type { Thing } from '#modules/cases/contract/things.ts'

/** What an incident of some types is called when it becomes a case; of all others it is left open. */
export const causes: Readonly<Record<string, readonly [cause: string, nature: Nature]>> = {
  theft: ['盗窃', 'administrative'],
  'vehicle-theft': ['盗窃', 'criminal'],
  fraud: ['诈骗', 'administrative'],
  'telecom-fraud': ['电信网络诈骗', 'criminal'],
  extortion: ['敲诈勒索', 'criminal'],
  robbery: ['抢劫', 'criminal'],
  snatching: ['抢夺', 'criminal'],
  stabbing: ['故意伤害', 'criminal'],
  'break-in': ['入户盗窃', 'criminal'],
  assault: ['殴打他人', 'administrative'],
  brawl: ['殴打他人', 'administrative'],
  bullying: ['殴打他人', 'administrative'],
  provocation: ['寻衅滋事', 'administrative'],
  drunk: ['寻衅滋事', 'administrative'],
  vandalism: ['故意损毁财物', 'administrative'],
  gambling: ['赌博', 'administrative'],
  noise: ['制造噪声干扰他人正常生活', 'administrative'],
  harassment: ['发送信息干扰他人正常生活', 'administrative'],
}
export const anyCause = ['违反治安管理', 'unclear'] as const satisfies readonly [string, Nature]

interface Told {
  readonly article: string
  /** What the inquiry has shown. */
  readonly facts: string
  /** What he says of it when he is questioned. */
  readonly said: string
  /** What is handed in, and what is taken from him. */
  readonly given: Pick<Thing, 'thingName' | 'measureWord' | 'features'>
  readonly taken: Pick<Thing, 'thingName' | 'measureWord' | 'features'>
}
const law = (number: string): string => `《中华人民共和国治安管理处罚法》第${number}条`
const beaten: Told = {
  article: `${law('五十一')}第一款`,
  facts: '因琐事与被侵害人发生口角，用拳击打其面部和头部，致其轻微伤，有询问笔录、伤情照片和现场监控证实。',
  said: '承认因口角先动手打了对方两拳，事后离开现场，愿意赔偿医药费。',
  given: { thingName: '带血迹的白色衬衫', measureWord: '件', features: '左袖有长约三厘米的破口' },
  taken: { thingName: '木棍', measureWord: '根', features: '长约八十厘米，一端开裂' },
}
const byCause: Readonly<Record<string, Told>> = {
  殴打他人: beaten,
  盗窃: {
    article: law('五十八'),
    facts: '趁店内无人看管，窃取手机一部，价值一千二百元，有监控录像、价格认定和本人陈述证实。',
    said: '承认拿走柜台上的手机，当晚准备卖掉，没有卖出，手机已交出。',
    given: { thingName: '购机发票', measureWord: '张', features: '载明型号、串号和金额一千二百元' },
    taken: { thingName: '螺丝刀', measureWord: '把', features: '红色手柄，刃口有新鲜划痕' },
  },
  诈骗: {
    article: law('五十八'),
    facts: '虚构房源信息，收取被侵害人押金八百元后失联，有转账记录和聊天记录证实。',
    said: '承认房源不是自己的，收到押金后换了电话，愿意退还。',
    given: { thingName: '转账记录打印件', measureWord: '份', features: '共三页，被侵害人逐页签名' },
    taken: { thingName: '手机', measureWord: '部', features: '黑色，屏幕左上角有裂纹' },
  },
  寻衅滋事: {
    article: law('三十'),
    facts: '酒后在公共场所无故辱骂路人，踢翻路边自行车三辆，劝阻不听，有监控和证人证言证实。',
    said: '称酒后记不清经过，看过监控后承认是自己所为。',
    given: { thingName: '损坏车辆照片', measureWord: '组', features: '共六张，拍摄人签名并注明时间' },
    taken: { thingName: '酒瓶', measureWord: '个', features: '绿色玻璃，瓶口破碎' },
  },
  故意损毁财物: {
    article: law('五十九'),
    facts: '因停车纠纷用钥匙划伤他人车辆右侧车门，损失六百元，有行车记录仪和价格认定证实。',
    said: '承认因车位被占一时气愤划了对方的车，愿意赔偿修理费。',
    given: { thingName: '修理报价单', measureWord: '张', features: '载明右前、右后车门喷漆' },
    taken: { thingName: '钥匙', measureWord: '把', features: '齿部残留白色漆屑' },
  },
  赌博: {
    article: law('八十二'),
    facts: '在棋牌室提供场地和筹码，组织多人以打麻将形式赌博并抽头，情节严重，有现场笔录、赌具和多人陈述证实。',
    said: '承认每晚抽头二百至三百元，前后约半个月。',
    given: { thingName: '收支记录本', measureWord: '本', features: '蓝色封面，记有日期和金额' },
    taken: { thingName: '麻将牌', measureWord: '副', features: '绿色，配骰子两枚' },
  },
}
export const toldOf = (cause: string): Told =>
  byCause[cause] ?? { ...beaten, article: law('三十'), facts: `${cause}，事实清楚，有询问笔录、现场监控和证人证言证实。` }

/** Suspects and those who come with the young, named as court papers name people. */
export const suspects = ['沈某巳', '韩某午', '杨某未', '朱某申', '秦某酉', '尤某戌', '许某亥', '何某子', '吕某丑', '施某寅'] as const
export const kin = ['沈某甲', '韩某乙', '杨某丙', '朱某丁', '秦某戊'] as const

export const explained = '经核实，当事人双方当场和解，未造成伤害和损失。'
export const reasons = {
  pass: '案发地在该所辖区。',
  unclear: '案发地在两所交界处，正在核实。',
  away: '人民调解委员会或人民法院',
  refuse: '经查没有违法事实。',
  file: '有违法事实，需要追究责任。',
  sentBack: '证据清单不全，请补充被侵害人陈述和现场照片后重新呈报。',
  explanation: '未附双方和解的书面记录，请补充后再报。',
  summon: '需要到案接受询问查证。',
  lengthen: '案情复杂，可能适用行政拘留，有两名证人尚未找到。',
  tooLate: '询问查证时间已届满，不再呈请延长。',
  confirm: '情况紧急，已当场扣押，现补办手续。',
  inspection: '需要对其经营场所检查，收集证据。',
  terminate: '经调查没有违法事实。',
  criminal: '损失数额达到刑事立案标准，涉嫌犯罪。',
  decide: '事实清楚，证据确凿，程序合法，呈请决定。',
  declined: '处罚幅度与本所近期同类案件不一致，请说明裁量理由后重新呈报。',
  again: '已补充裁量理由：初次违法，已赔偿并取得谅解，呈请决定。',
  finding: '缺少两名在场证人的询问笔录，监控录像未注明提取过程。',
  corrected: '已补充证人询问笔录两份，并附监控录像提取笔录。',
  suspension: '已申请行政复议，请求暂缓执行拘留。',
  suspensionRefused: '没有固定住处，暂缓执行可能逃避处罚。',
  hearing: '符合听证范围，予以受理。',
} as const
