import { rowsOf } from './row.ts'
import type { QuestionCode } from '../questions.ts'

const complaint: readonly QuestionCode[] = ['policeUnit', 'earlier', 'discovered', 'recorded', 'demand']
const told: readonly QuestionCode[] = ['explained', 'since']

/** About the police themselves: told to those who supervise, never to those it is about alone. */
export const conduct = rowsOf('conduct', [
  ['conduct', 2, '0', complaint, '投诉民警 投诉警察 投诉派出所 投诉警务 投诉辅警'],
  ['conduct-delay', 3, '0', complaint, '出警慢 没来人 还没到 一直没人来 多久能到 警察没来 等了很久'],
  ['conduct-refusal', 2, '0', complaint, '不予受理 不立案 不受案 派出所不管 不给回执 推诿 不给立案 没有下文'],
  ['conduct-manner', 3, '0', complaint, '态度不好 态度恶劣 警察骂人 执法不文明 民警态度 说话难听'],
  ['conduct-force', 1, '0', ['injured', 'injuredCount', ...complaint], '警察打人 民警打人 滥用武力 被警察打 辅警打人 警械'],
  ['conduct-integrity', 2, '0', complaint, '举报民警 收受 受贿 警察违纪 警察违法 冒充警察 通风报信 警车私用'],
])

/** What is first of all for the fire brigade or the ambulance: handed over at once, with the police beside them. */
export const handover = rowsOf('handover', [
  [
    'fire',
    1,
    '2 fire',
    ['burning', 'floor', 'trapped', 'trappedCount', 'injured', 'injuredCount', 'informed119'],
    '着火 火灾 起火 冒烟 失火 火苗 浓烟 烧起来 自燃',
  ],
  [
    'gas',
    1,
    '2 fire',
    ['people', 'burning', 'injured', 'injuredCount', 'informed119'],
    '燃气泄漏 煤气泄漏 煤气味 天然气 闻到煤气 燃气味 液化气',
  ],
  [
    'explosion',
    1,
    '4 fire medical',
    ['injured', 'injuredCount', 'trapped', 'trappedCount', 'burning', 'informed119'],
    '爆炸 炸了 巨响 发生爆炸',
  ],
  [
    'hazmat',
    1,
    '3 fire medical',
    ['dangerousGoods', 'injured', 'injuredCount', 'people', 'blocked', 'informed119'],
    '危险化学品 化学品泄漏 槽罐车 刺鼻气味 毒气 氨气泄漏 液氯 泄漏',
  ],
  [
    'collapse',
    1,
    '4 fire medical',
    ['trapped', 'trappedCount', 'injured', 'injuredCount', 'floor', 'informed119'],
    '坍塌 倒塌 塌了 楼塌 墙倒 脚手架 塔吊 压在下面',
  ],
  [
    'medical',
    1,
    '1 medical',
    ['conscious', 'breathing', 'age', 'informed120'],
    '突发疾病 心脏病 急救 救护车 抽搐 呼吸困难 胸痛 中风 要生了 一氧化碳 煤气中毒 过敏',
  ],
  [
    'disaster',
    2,
    '2 fire',
    ['people', 'trapped', 'trappedCount', 'blocked', 'since'],
    '积水 内涝 暴雨 洪水 山体滑坡 泥石流 地震 大风 冰雹',
  ],
  ['animal-rescue', 3, '1 fire', ['animal', 'injured', 'injuredCount', 'onScene'], '马蜂窝 蜂窝 有蛇 蛇进 野猪 动物受伤 猫被困 野生动物'],
])

/** What is not for the police: the caller is told who it is for, and the call is kept. */
export const nonPolice = rowsOf('nonPolice', [
  ['utilities', 3, '0', told, '停水 停电 暖气 水管爆裂 供暖 跑水 断网 电线 路灯 水管'],
  ['city-management', 3, '0', told, '占道经营 小广告 垃圾 违章建筑 摊贩 城管 乱搭 市容 共享单车'],
  ['market', 3, '0', told, '过期食品 食品安全 假货 短斤少两 市场监管 价格欺诈 卖假烟 无证经营'],
  ['environment', 3, '0', told, '污染 排污 异味扰民 烧秸秆 油烟 扬尘 偷排'],
  ['labour', 3, '0', told, '劳动仲裁 社保 劳动合同 加班费 工伤认定 劳动监察'],
  ['consultation', 3, '0', told, '咨询 身份证办理 户口 办证 居住证 怎么办理 请问 交通违章查询 签证'],
  ['follow-up', 3, '0', ['earlier', 'policeUnit'], '询问进展 案子怎么样 什么结果 问一下之前 上次报警 处理得怎么样'],
  ['cancelled-call', 3, '0', ['callerSafe', 'earlier'], '不用来了 撤销报警 已经解决 误报 报错了 自己解决了'],
  ['misdial', 3, '0', ['callerSafe'], '打错了 误拨 误触 孩子玩手机 手机误拨 按错'],
  ['silent-call', 2, '1', ['canSpeak', 'callerSafe'], '无声 没有声音 不说话 只有呼吸声 沉默 挂断 敲击声'],
  ['abusive-call', 3, '0', ['repeated', 'recorded'], '骚扰110 骚扰 110 谎报 恶意拨打 辱骂接警员 反复拨打 报假警'],
])
