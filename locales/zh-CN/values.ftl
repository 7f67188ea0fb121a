# 随数据变化的文字：日期、金额、险种、状态、标题。

## 日期

weekday-1 = 周一
weekday-2 = 周二
weekday-3 = 周三
weekday-4 = 周四
weekday-5 = 周五
weekday-6 = 周六
weekday-7 = 周日
month-1 = 1月
month-2 = 2月
month-3 = 3月
month-4 = 4月
month-5 = 5月
month-6 = 6月
month-7 = 7月
month-8 = 8月
month-9 = 9月
month-10 = 10月
month-11 = 11月
month-12 = 12月
date-header = { $month }{ $day }日 { $weekday }
date-day = { $month }{ $day }日
date-since = { $year }年{ $month }起

## 金额

money-whole = { $yuan }元
money-parts = { $yuan }元{ $fen }分
money-negative = 负{ $amount }
money-figures = { $amount } 元
amount-covered = ＊＊＊＊
amount-covered-words = 金额已经遮住

## 险种和参保状态

insurance-employee = 职工医保
insurance-resident = 居民医保
insurance-civil-servant = 公务员医疗补助
insurance-large-expense = 大额医疗补助
insurance-retired-cadre = 离休人员医疗
insurance-long-term-care = 长期护理保险
insurance-maternity = 生育保险
insurance-other = 其他保险
status-not-insured = 没有参保
status-active = 正常参保
status-suspended = 暂停参保
status-ended = 已经停保
status-unknown = 请到窗口问一问

## 首页上的服务

service-balance = 查医保余额
service-balance-subtitle = 账户里还有多少钱
service-insured = 参保信息
service-insured-subtitle = 看看在哪里参保
service-filing = 异地就医备案
service-filing-subtitle = 去外地看病前先登记
service-relative = 帮家人办
service-relative-subtitle = 替父母、孩子办
service-hospitals = 查定点医院
service-hospitals-subtitle = 哪些医院能用医保
service-guide = 办事指南
service-guide-subtitle = 办什么，带什么
service-offices = 附近网点
service-offices-subtitle = 还能去哪里办
service-opinion = 意见评价
service-opinion-subtitle = 有话对我们说
tile-no-device = 读卡和扫码在修
tile-no-platform = 现在连不上

## 标题和说明

identify-pulled-away = 身份证拿得太快了，请放回去，等听到“嘀”一声再拿。
identify-wrong-kind = 这张不是身份证，请换身份证放上来。
identify-nonsense = 没有读出来，请把身份证拿起来，再平放一次。
identify-not-a-voucher = 这个码不是医保码，请打开手机上的医保码再扫。
identify-stale-voucher = 这个医保码过期了，请在手机上刷新一下再扫。
identify-lift-and-lay-again = 身份证还在读卡区，请拿起来，再平放一次。
waiting-balance = 正在查您的余额
waiting-insured = 正在查您的参保信息
waiting-filing = 正在查您的备案
waiting-relative = 正在查家人的参保信息
waiting-hospitals = 正在找医院
waiting-other = 正在为您办理
waiting-longer = 今天有点慢，已经等了 { $seconds } 秒，请再等等。
balance-title = { $name }，您的个人账户
account-line = { $area } · { $insurance } · { $status }
movement-detail = { $date } · { $place }
movements-page = 第 { $page } 页，共 { $pages } 页
insured-title = { $name }，您的参保信息
rate-subtitle = { $service } · 已办好
idle-text = 不按的话，{ $seconds } 秒后会清掉您的信息，回到首页。
fault-id-reader =
    身份证读卡器
    现在读不了
fault-both =
    身份证和医保码
    现在都读不了
fault-scanner =
    扫码口
    现在扫不了
fault-platform =
    医保平台
    现在连不上
elsewhere-offices = 附近网点的地址在大厅的公示栏上。也可以打 12393 问。
elsewhere-opinion = 有意见、有建议，请告诉窗口的工作人员，或者打 12393。
elsewhere-other = 这件事请到窗口办理。

## 评价

level-5 = 非常满意
level-4 = 满意
level-3 = 基本满意
level-2 = 不满意
level-1 = 非常不满意
reason-207 = 没给样本
reason-208 = 没给清单
reason-209 = 没按时办好
reason-210 = 材料要几遍
reason-211 = 网上办不了
reason-212 = 约了还排队
reason-213 = 办事不熟练
reason-214 = 态度生硬
reason-108 = 多加条件
reason-109 = 多要材料
reason-110 = 拖得太久
reason-111 = 样本有错
reason-112 = 网上交不了
reason-113 = 来回跑窗口
reason-114 = 多跑了几趟
reason-115 = 态度差又慢
reason-other = 其他原因
