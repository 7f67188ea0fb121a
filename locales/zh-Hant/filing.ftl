### 異地就醫備案：從為什麼去，到辦好了。

filing-step = 第 { $now } 步，共 { $of } 步
filing-next = 下一步

## 提問

ask-why-away = 為什麼去外地看病？
ask-why-away-hint = 按最像您的那一個。
ask-which-insurance = 給哪一種醫保辦？
ask-have-referral = 醫院開轉診證明了嗎？
ask-have-referral-hint = 轉診要憑醫院開的證明才能辦。
ask-have-it = 開了，帶來了
ask-have-it-not = 沒有，或者沒帶
ask-how-helped = 用什麼給家人辦？
ask-how-helped-hint = 家人不用來，有其中一樣就行。
ask-by-card = 家人的身份證
ask-by-card-hint = 放在下面的讀卡區
ask-by-voucher = 家人的醫保碼
ask-by-voucher-hint = 用手機給掃碼口看一看
ask-by-family = 綁定過的家人
ask-by-family-hint = 在親情賬戶裡綁定過的
ask-which-relative = 給哪位家人辦？
ask-which-relation = 您是這位家人的什麼人？
ask-conflict = 您已經備案到{ $from }，要改到{ $to }嗎？
ask-conflict-hint = 改了以後，原來的備案用到新備案開始的前一天。
ask-conflict-yes = 要改，用新的
ask-conflict-no = 不改，還用原來的
ask-cancel = 要取消到{ $place }的備案嗎？
ask-cancel-no = 不取消，留著
ask-extend = 到{ $place }的備案，延長到{ $until }，好嗎？
ask-extend-yes = 好，延長
ask-extend-no = 不延長
ask-scam = 有人在電話裡教您這樣辦嗎？
ask-scam-hint = 醫保局不會打電話叫您來機器上操作。有人在教您的話，先別辦。
ask-somebody = 有人教我
ask-somebody-hint = 先停下，請工作人員來看一看
ask-nobody = 沒有，是我自己要辦
ask-which-dwelling = 您在那邊住在哪裡？

reason-with-children = 搬去和子女住
reason-retired-home = 退休回老家
reason-working = 在外地工作
reason-referral = 醫院讓轉過去
reason-precaution = 臨時出去，怕生病
reason-emergency = 已經在外地急診了
category-long-term-resident = 異地長期居住人員
category-retired = 異地安置退休人員
category-worker = 常駐異地工作人員
category-referred = 異地轉診人員
category-temporary = 其他臨時外出就醫人員
category-emergency = 異地急診搶救人員
group-long-term = 跨省異地長期居住
group-temporary = 跨省臨時外出就醫

relation-spouse = 丈夫或妻子
relation-child = 兒子或女兒
relation-parent = 父親或母親
relation-relative = 別的親戚
relation-other = 朋友、鄰居、工作人員
relative-spouse = 您的丈夫或妻子
relative-child = 您的父親或母親
relative-parent = 您的兒子或女兒
relative-relative = 您的親戚
relative-other = 請您幫忙的人
dwelling-children = 住在子女家
dwelling-own = 自己的家，或者租的房子
dwelling-employer = 單位的宿舍
dwelling-care-home = 養老院

## 去哪裡

places-title = 您要去哪裡看病？
places-hospital-title = 要查哪裡的醫院？
places-city = { $province }的哪個地方？
places-search = 找地名，比如“北京”
places-search-how = 自己寫
places-common = 常去的地方
places-all = 點一個就行
places-more = 更多地方
places-back = 前面的地方

## 什麼時候

dates-title = 從哪天開始？
dates-long-title = 從哪天開始，辦多久？
dates-today = 就是今天
dates-year-down = 早一年
dates-year-up = 晚一年
dates-month-down = 早一個月
dates-month-up = 晚一個月
dates-day-down = 早一天
dates-day-up = 晚一天
dates-months-down = 少一個月
dates-months-up = 多一個月
dates-year = { $year }年
dates-day = { $day }日
dates-months = { $months }個月
dates-open = 長期有效，不用年年辦
dates-until = 到{ $end }為止
date-full = { $year }年{ $month }{ $day }日
period-open = { $begin }起，長期有效
period-until = { $begin }到{ $end }

## 號碼

digits-phone-title = 怎麼打電話找您？
digits-phone-hint = 備案有事會打這個電話，手機、座機都行。
digits-referral-title = 轉診證明的編號是多少？
digits-referral-hint = 照著證明上印的，一個一個按。
digits-erase = 刪一個
digits-on-record = 用登記的電話
digits-too-short = 號碼少了幾位，請再看一看。
digits-too-long = 號碼多了幾位，請再看一看。
digits-no-such = 沒有這樣的號碼，請再看一看。

## 核對

review-title = 請核對一遍
review-lines-right = 都對，往下看
review-again = 再核對一遍
review-more = 還有幾條
review-who = 誰去看病
review-helper = 誰幫忙辦
review-insurance = 用哪種醫保
review-why = 為什麼去外地
review-where = 去哪裡
review-when = 什麼時候
review-phone = 聯繫電話
review-address = 那邊的住址
review-referral = 轉診證明
review-change = 改
review-promise = 我承諾以上情況屬實
review-submit = 提交備案
review-take-along = 先不交，帶到窗口辦
review-keeping = 正在存下來
review-asking = 正在提交
review-failed = 剛才沒有存上，備案沒有提交。請再按一次“提交備案”。
two-in-one = { $first } · { $second }
why-line = { $reason }（{ $category }）

## 辦好了沒有

route-open =
    從{ $from }到{ $to }，
    { $begin }起，長期有效。
route-until =
    從{ $from }到{ $to }，
    { $begin }到{ $end }。
filed-done = 備案辦好了
filed-kept =
    已暫存，
    還沒辦好
filed-rejected = 這次沒有辦成
filed-cancelled = 備案取消了
filed-extended = 備案延長了
filed-asked-what = 您申請的是：從{ $from }到{ $to }，{ $begin }起。
filed-cancelled-what = 到{ $place }的備案已經取消。
filed-cancel-asked = 要取消到{ $place }的備案。
filed-extended-what = 到{ $place }的備案，延長到{ $until }。
filed-number = 備案號 { $number }
filed-query-code = 查詢碼 { $code }
filed-kept-text = 已經存在這台機器裡，連上醫保平台就自動提交，不用再辦。以後帶身份證來，或者報查詢碼，就能問到結果。
filed-kept-care = 還沒辦好的時候去外地看病，可能要先自己墊錢。
filed-rejected-text = 醫保平台沒有同意這次備案。
filed-why = 原因：{ $why }
filed-go-window = 請到窗口問一問
filed-go-window-text = 把這一屏拍下來給工作人員看
filed-code-title = 用手機拍下來
filed-code-text = 給子女看，或者到窗口給工作人員看，都認。
filed-code-text-kept = 這是查詢用的碼，備案還沒辦好。
filed-code-pending = 正在做二維碼，請稍等。
filed-arrived = 到了{ $place }：
filed-rate = 去評價

## 辦過的備案

filings-title = { $name }，您的備案
filings-none = 現在沒有備案
filings-none-text = 要去外地看病，可以現在辦一個。
filings-away = 現在連不上醫保平台，這裡只有這台機器存著的。
filings-new = 辦新的備案
filings-cancel = 取消備案
filings-extend = 延長
filings-finish = 看好了
filings-more = 還有幾條
filings-cancel-waits = 取消備案的申請
filings-change-from = { $day }以後才能改
filing-valid = 有效
filing-pending = 正在審核
filing-expired = 到期了
filing-cancelled = 已取消
filing-waiting = 還沒辦好
filing-rejected = 沒有辦成
filing-waiting-code = 已暫存，查詢碼 { $code }

## 要告訴您的

told-emergency-title =
    急診搶救，
    不用備案
told-emergency-text = 在外地急診搶救的，按規定算已經備案，什麼都不用辦。結賬時告訴醫院是急診搶救就行。
told-before-title = 辦以前，請看一看
told-bring-title =
    請帶上這些，
    到窗口辦
told-bring-code = 掃出來就是這幾樣，給子女看，一起準備。
told-staff-title =
    先別著急，
    什麼都沒提交
told-staff-text = 跟工作人員說一說，再決定辦不辦。也可以打 12393 問一問。
told-relatives-title = 今天的次數到了
told-relatives-text = 一個人一天在這裡能幫幾位家人辦，是有限的。還要辦的話，請到窗口。
told-cannot-title = 現在不能在這裡備案
told-cannot-text = 這份醫保現在沒有正常參保，或者不歸這裡辦。請到窗口問一問，也可以打 12393。
told-family-title = 還沒有綁定家人
told-family-text = 親情賬戶裡沒有綁定的家人。可以用家人的身份證，或者家人的醫保碼來辦。
told-next = 知道了，往下辦
told-close = 知道了

carry-title = 用手機拍下這個碼
carry-text = 到窗口給工作人員掃一掃，接著辦，不用重填。發給子女看也行。
carry-privacy = 碼裡沒有您的名字和身份證號。還沒有提交，要到窗口辦才算。
carry-pending = 正在做二維碼，請稍等。
carry-finish = 拍好了
