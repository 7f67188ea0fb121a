### 异地就医备案：从为什么去，到办好了。

filing-step = 第 { $now } 步，共 { $of } 步
filing-next = 下一步

## 提问

ask-why-away = 为什么去外地看病？
ask-why-away-hint = 按最像您的那一个。
ask-which-insurance = 给哪一种医保办？
ask-have-referral = 医院开转诊证明了吗？
ask-have-referral-hint = 转诊要凭医院开的证明才能办。
ask-have-it = 开了，带来了
ask-have-it-not = 没有，或者没带
ask-how-helped = 用什么给家人办？
ask-how-helped-hint = 家人不用来，有其中一样就行。
ask-by-card = 家人的身份证
ask-by-card-hint = 放在下面的读卡区
ask-by-voucher = 家人的医保码
ask-by-voucher-hint = 用手机给扫码口看一看
ask-by-family = 绑定过的家人
ask-by-family-hint = 在亲情账户里绑定过的
ask-which-relative = 给哪位家人办？
ask-which-relation = 您是这位家人的什么人？
ask-conflict = 您已经备案到{ $from }，要改到{ $to }吗？
ask-conflict-hint = 改了以后，原来的备案用到新备案开始的前一天。
ask-conflict-yes = 要改，用新的
ask-conflict-no = 不改，还用原来的
ask-cancel = 要取消到{ $place }的备案吗？
ask-cancel-no = 不取消，留着
ask-extend = 到{ $place }的备案，延长到{ $until }，好吗？
ask-extend-yes = 好，延长
ask-extend-no = 不延长
ask-scam = 有人在电话里教您这样办吗？
ask-scam-hint = 医保局不会打电话叫您来机器上操作。有人在教您的话，先别办。
ask-somebody = 有人教我
ask-somebody-hint = 先停下，请工作人员来看一看
ask-nobody = 没有，是我自己要办
ask-which-dwelling = 您在那边住在哪里？

reason-with-children = 搬去和子女住
reason-retired-home = 退休回老家
reason-working = 在外地工作
reason-referral = 医院让转过去
reason-precaution = 临时出去，怕生病
reason-emergency = 已经在外地急诊了
category-long-term-resident = 异地长期居住人员
category-retired = 异地安置退休人员
category-worker = 常驻异地工作人员
category-referred = 异地转诊人员
category-temporary = 其他临时外出就医人员
category-emergency = 异地急诊抢救人员
group-long-term = 跨省异地长期居住
group-temporary = 跨省临时外出就医

relation-spouse = 丈夫或妻子
relation-child = 儿子或女儿
relation-parent = 父亲或母亲
relation-relative = 别的亲戚
relation-other = 朋友、邻居、工作人员
relative-spouse = 您的丈夫或妻子
relative-child = 您的父亲或母亲
relative-parent = 您的儿子或女儿
relative-relative = 您的亲戚
relative-other = 请您帮忙的人
dwelling-children = 住在子女家
dwelling-own = 自己的家，或者租的房子
dwelling-employer = 单位的宿舍
dwelling-care-home = 养老院

## 去哪里

places-title = 您要去哪里看病？
places-hospital-title = 要查哪里的医院？
places-city = { $province }的哪个地方？
places-search = 找地名，比如“北京”
places-search-how = 自己写
places-common = 常去的地方
places-all = 点一个就行
places-more = 更多地方
places-back = 前面的地方

## 什么时候

dates-title = 从哪天开始？
dates-long-title = 从哪天开始，办多久？
dates-today = 就是今天
dates-year-down = 早一年
dates-year-up = 晚一年
dates-month-down = 早一个月
dates-month-up = 晚一个月
dates-day-down = 早一天
dates-day-up = 晚一天
dates-months-down = 少一个月
dates-months-up = 多一个月
dates-year = { $year }年
dates-day = { $day }日
dates-months = { $months }个月
dates-open = 长期有效，不用年年办
dates-until = 到{ $end }为止
date-full = { $year }年{ $month }{ $day }日
period-open = { $begin }起，长期有效
period-until = { $begin }到{ $end }

## 号码

digits-phone-title = 怎么打电话找您？
digits-phone-hint = 备案有事会打这个电话，手机、座机都行。
digits-referral-title = 转诊证明的编号是多少？
digits-referral-hint = 照着证明上印的，一个一个按。
digits-erase = 删一个
digits-on-record = 用登记的电话
digits-too-short = 号码少了几位，请再看一看。
digits-too-long = 号码多了几位，请再看一看。
digits-no-such = 没有这样的号码，请再看一看。

## 核对

review-title = 请核对一遍
review-lines-right = 都对，往下看
review-again = 再核对一遍
review-more = 还有几条
review-who = 谁去看病
review-helper = 谁帮忙办
review-insurance = 用哪种医保
review-why = 为什么去外地
review-where = 去哪里
review-when = 什么时候
review-phone = 联系电话
review-address = 那边的住址
review-referral = 转诊证明
review-change = 改
review-promise = 我承诺以上情况属实
review-submit = 提交备案
review-take-along = 先不交，带到窗口办
review-keeping = 正在存下来
review-asking = 正在提交
review-failed = 刚才没有存上，备案没有提交。请再按一次“提交备案”。
two-in-one = { $first } · { $second }
why-line = { $reason }（{ $category }）

## 办好了没有

route-open =
    从{ $from }到{ $to }，
    { $begin }起，长期有效。
route-until =
    从{ $from }到{ $to }，
    { $begin }到{ $end }。
filed-done = 备案办好了
filed-kept =
    已暂存，
    还没办好
filed-rejected = 这次没有办成
filed-cancelled = 备案取消了
filed-extended = 备案延长了
filed-asked-what = 您申请的是：从{ $from }到{ $to }，{ $begin }起。
filed-cancelled-what = 到{ $place }的备案已经取消。
filed-cancel-asked = 要取消到{ $place }的备案。
filed-extended-what = 到{ $place }的备案，延长到{ $until }。
filed-number = 备案号 { $number }
filed-query-code = 查询码 { $code }
filed-kept-text = 已经存在这台机器里，连上医保平台就自动提交，不用再办。以后带身份证来，或者报查询码，就能问到结果。
filed-kept-care = 还没办好的时候去外地看病，可能要先自己垫钱。
filed-rejected-text = 医保平台没有同意这次备案。
filed-why = 原因：{ $why }
filed-go-window = 请到窗口问一问
filed-go-window-text = 把这一屏拍下来给工作人员看
filed-code-title = 用手机拍下来
filed-code-text = 给子女看，或者到窗口给工作人员看，都认。
filed-code-text-kept = 这是查询用的码，备案还没办好。
filed-code-pending = 正在做二维码，请稍等。
filed-arrived = 到了{ $place }：
filed-rate = 去评价

## 办过的备案

filings-title = { $name }，您的备案
filings-none = 现在没有备案
filings-none-text = 要去外地看病，可以现在办一个。
filings-away = 现在连不上医保平台，这里只有这台机器存着的。
filings-new = 办新的备案
filings-cancel = 取消备案
filings-extend = 延长
filings-finish = 看好了
filings-more = 还有几条
filings-cancel-waits = 取消备案的申请
filings-change-from = { $day }以后才能改
filing-valid = 有效
filing-pending = 正在审核
filing-expired = 到期了
filing-cancelled = 已取消
filing-waiting = 还没办好
filing-rejected = 没有办成
filing-waiting-code = 已暂存，查询码 { $code }

## 要告诉您的

told-emergency-title =
    急诊抢救，
    不用备案
told-emergency-text = 在外地急诊抢救的，按规定算已经备案，什么都不用办。结账时告诉医院是急诊抢救就行。
told-before-title = 办以前，请看一看
told-bring-title =
    请带上这些，
    到窗口办
told-bring-code = 扫出来就是这几样，给子女看，一起准备。
told-staff-title =
    先别着急，
    什么都没提交
told-staff-text = 跟工作人员说一说，再决定办不办。也可以打 12393 问一问。
told-relatives-title = 今天的次数到了
told-relatives-text = 一个人一天在这里能帮几位家人办，是有限的。还要办的话，请到窗口。
told-cannot-title = 现在不能在这里备案
told-cannot-text = 这份医保现在没有正常参保，或者不归这里办。请到窗口问一问，也可以打 12393。
told-family-title = 还没有绑定家人
told-family-text = 亲情账户里没有绑定的家人。可以用家人的身份证，或者家人的医保码来办。
told-next = 知道了，往下办
told-close = 知道了

carry-title = 用手机拍下这个码
carry-text = 到窗口给工作人员扫一扫，接着办，不用重填。发给子女看也行。
carry-privacy = 码里没有您的名字和身份证号。还没有提交，要到窗口办才算。
carry-pending = 正在做二维码，请稍等。
carry-finish = 拍好了
