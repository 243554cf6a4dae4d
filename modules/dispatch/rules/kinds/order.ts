import { rowsOf } from './row.ts'
import type { QuestionCode } from '../questions.ts'

const harm: readonly QuestionCode[] = ['injured', 'injuredCount', 'injuredConscious']
const armed: readonly QuestionCode[] = ['weapon', 'weaponKind']
const still: readonly QuestionCode[] = ['onScene', 'fled']

export const order = rowsOf('order', [
  [
    'assault',
    1,
    '2',
    [...harm, ...armed, ...still, 'people', 'drunk'],
    '打架 殴打 打人 互殴 被打 动手打 打起来 持棍 打伤 扇耳光 拳打脚踢 头部流血',
  ],
  [
    'brawl',
    1,
    '4 armed',
    ['people', ...armed, ...harm, ...still, 'vehicle', 'vehiclePlate'],
    '聚众斗殴 群殴 打群架 一群人打 十几个人打 几十个人 约架 双方多人',
  ],
  [
    'weapon-carrying',
    1,
    '3 armed',
    [...armed, ...still, 'appearance', 'people', 'callerSafe'],
    '管制刀具 带着刀 拿着刀 拿着砍刀 持械 手里有刀 携带刀具',
  ],
  [
    'disturbed',
    1,
    '3 medical negotiator',
    [...armed, ...harm, 'onScene', 'confused', 'relation'],
    '精神病 精神异常 精神障碍 发病打砸 肇事肇祸 精神不正常 胡言乱语',
  ],
  ['obstruction', 1, '3', [...harm, ...armed, 'people', 'onScene'], '妨碍执法 阻碍执行 袭警 暴力抗法 围攻民警 围堵警车'],
  [
    'gathering',
    1,
    '4 negotiator',
    ['people', 'demand', 'heated', 'blocked', ...armed],
    '聚集 拉横幅 围堵 堵门 堵路 上访 群体 静坐 集体讨要 很多人围',
  ],
  ['bullying', 2, '2 female', [...harm, ...still, 'age', 'repeated', 'recorded'], '校园欺凌 学生打架 霸凌 欺凌 被同学打 学生被打 同学殴打'],
  ['indecency', 2, '1 female', ['onScene', 'fled', 'appearance', 'callerSafe', 'recorded'], '猥亵 露阴 摸我 偷拍裙底 咸猪手 性骚扰 偷拍'],
  [
    'harassment',
    2,
    '1',
    ['callerSafe', 'onScene', 'relation', 'repeated', 'recorded'],
    '骚扰 跟踪 威胁 恐吓 尾随 泼漆 堵锁眼 短信轰炸 扬言',
  ],
  ['provocation', 2, '2', ['people', ...armed, ...harm, ...still], '寻衅滋事 滋事 闹事 打砸 砸店 砸东西 追逐拦截 起哄'],
  ['drunk', 2, '2', [...harm, 'onScene', 'conscious', 'people'], '醉酒 喝多了 酒后 发酒疯 耍酒疯 喝醉 醉汉 撒酒疯'],
  ['trespass', 2, '2', ['insideNow', 'onScene', 'relation', 'people'], '闯入家里 强行进门 赖在家里 非法侵入 闯进家 不肯离开我家 强行入户'],
  ['vandalism', 2, '1', [...still, 'lost', 'lossValue', 'recorded'], '损毁财物 砸车 划车 车被划 砸玻璃 玻璃被砸 故意损坏 车胎被扎 扎胎'],
  ['gambling', 3, '2', ['onScene', 'people', 'since'], '赌博 赌场 麻将赌 打牌赌钱 聚赌 赌钱 棋牌室赌 推牌九'],
  ['prostitution', 3, '2', ['onScene', 'people', 'since'], '卖淫 嫖娼 招嫖 小卡片 色情服务'],
  ['dog', 2, '1', [...harm, 'onScene', 'animal'], '狗咬 被狗咬 恶犬 大型犬 没拴绳 遛狗不牵 流浪狗 养狗扰民 烈性犬'],
  ['drone', 2, '1', ['onScene', 'since', 'appearance'], '无人机 黑飞 低空飞行 航拍器'],
  ['fireworks', 3, '1', ['onScene', 'since', 'burning'], '燃放 鞭炮 烟花 爆竹 放炮'],
  ['noise', 3, '1', ['source', 'since', 'repeated', 'people'], '噪音 扰民 太吵 音响 施工声 广场舞 唱歌 睡不着 吵得 楼上跺脚 装修声'],
  ['beggary', 3, '1', ['onScene', 'people', 'age'], '强讨 乞讨 强行要钱 拦着要钱 流浪乞讨'],
])
