# 隨數據變化的文字：日期、金額、險種、狀態、標題。

## 日期

weekday-1 = 週一
weekday-2 = 週二
weekday-3 = 週三
weekday-4 = 週四
weekday-5 = 週五
weekday-6 = 週六
weekday-7 = 週日
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

## 金額

money-whole = { $yuan }元
money-parts = { $yuan }元{ $fen }分
money-negative = 負{ $amount }
money-figures = { $amount } 元
amount-covered = ＊＊＊＊
amount-covered-words = 金額已經遮住

## 險種和參保狀態

insurance-employee = 職工醫保
insurance-resident = 居民醫保
insurance-civil-servant = 公務員醫療補助
insurance-large-expense = 大額醫療補助
insurance-retired-cadre = 離休人員醫療
insurance-long-term-care = 長期護理保險
insurance-maternity = 生育保險
insurance-other = 其他保險
status-not-insured = 沒有參保
status-active = 正常參保
status-suspended = 暫停參保
status-ended = 已經停保
status-unknown = 請到窗口問一問

## 首頁上的服務

service-balance = 查醫保餘額
service-balance-subtitle = 賬戶裡還有多少錢
service-insured = 參保信息
service-insured-subtitle = 看看在哪裡參保
service-filing = 異地就醫備案
service-filing-subtitle = 去外地看病前先登記
service-relative = 幫家人辦
service-relative-subtitle = 替父母、孩子辦
service-hospitals = 查定點醫院
service-hospitals-subtitle = 哪些醫院能用醫保
service-guide = 辦事指南
service-guide-subtitle = 辦什麼，帶什麼
service-offices = 附近網點
service-offices-subtitle = 還能去哪裡辦
service-opinion = 意見評價
service-opinion-subtitle = 有話對我們說
tile-no-device = 讀卡和掃碼在修
tile-no-platform = 現在連不上

## 標題和說明

identify-pulled-away = 身份證拿得太快了，請放回去，等聽到“嘀”一聲再拿。
identify-wrong-kind = 這張不是身份證，請換身份證放上來。
identify-nonsense = 沒有讀出來，請把身份證拿起來，再平放一次。
identify-not-a-voucher = 這個碼不是醫保碼，請打開手機上的醫保碼再掃。
identify-stale-voucher = 這個醫保碼過期了，請在手機上刷新一下再掃。
identify-lift-and-lay-again = 身份證還在讀卡區，請拿起來，再平放一次。
waiting-balance = 正在查您的餘額
waiting-insured = 正在查您的參保信息
waiting-filing = 正在查您的備案
waiting-relative = 正在查家人的參保信息
waiting-hospitals = 正在找醫院
waiting-other = 正在為您辦理
waiting-longer = 今天有點慢，已經等了 { $seconds } 秒，請再等等。
balance-title = { $name }，您的個人賬戶
account-line = { $area } · { $insurance } · { $status }
movement-detail = { $date } · { $place }
movements-page = 第 { $page } 頁，共 { $pages } 頁
insured-title = { $name }，您的參保信息
rate-subtitle = { $service } · 已辦好
idle-text = 不按的話，{ $seconds } 秒後會清掉您的信息，回到首頁。
fault-id-reader =
    身份證讀卡器
    現在讀不了
fault-both =
    身份證和醫保碼
    現在都讀不了
fault-scanner =
    掃碼口
    現在掃不了
fault-platform =
    醫保平台
    現在連不上
elsewhere-offices = 附近網點的地址在大廳的公示欄上。也可以打 12393 問。
elsewhere-opinion = 有意見、有建議，請告訴窗口的工作人員，或者打 12393。
elsewhere-other = 這件事請到窗口辦理。

## 評價

level-5 = 非常滿意
level-4 = 滿意
level-3 = 基本滿意
level-2 = 不滿意
level-1 = 非常不滿意
reason-207 = 沒給樣本
reason-208 = 沒給清單
reason-209 = 沒按時辦好
reason-210 = 材料要幾遍
reason-211 = 網上辦不了
reason-212 = 約了還排隊
reason-213 = 辦事不熟練
reason-214 = 態度生硬
reason-108 = 多加條件
reason-109 = 多要材料
reason-110 = 拖得太久
reason-111 = 樣本有錯
reason-112 = 網上交不了
reason-113 = 來回跑窗口
reason-114 = 多跑了幾趟
reason-115 = 態度差又慢
reason-other = 其他原因
