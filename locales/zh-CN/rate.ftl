### 评价、办完以后，和办不了的时候。

rate-title = 这次办事，您⁠满⁠意⁠吗？
rate-hint = 点一个就行，也可以不评。
rate-hint-chosen = 选好了，再按“提交评价”就行。
rate-why = 哪里没做好？
rate-why-hint = 至少选一个
rate-more-reasons = 更多原因
rate-by-phone = 手机评价
rate-skip = 不评了
rate-submit = 提交评价
rate-storing = 正在记下来
rate-failed = 刚才没记上，请再按一次“提交评价”。

phone-title = 用手机扫一扫来评价
phone-text = 打开微信或者支付宝，扫下面这个码。
phone-privacy = 码里没有您的名字和号码。
phone-back = 在这里评
phone-finish = 扫好了

question-kicker = 再问您一句
question-skip = 跳过

thanks-take-card = 请拿好您的身份证
thanks-take-card-text = 拿走以后，屏幕会自动清空。
thanks-rated = 谢谢您的评价
thanks-rated-text = 您的信息已经清空，请放心。
thanks-goodbye = 办好了，慢走
thanks-goodbye-text = 您的信息已经清空，请放心。
thanks-close = 好的

window-go = 去
fault-not-yours = 不是您的问题，是机器的问题。
fault-not-yours-platform = 不是您的问题，是线路的问题。
fault-staff-told = 已经通知工作人员了。
fault-ask-window = 请到窗口找工作人员。
fault-can = 您可以
fault-try-again = 等一会儿再试
fault-try-again-text = 好了屏幕会告诉您
fault-try-again-voice = 好了会念给您听
fault-try-again-platform = 证件不用再放，直接重新查

elsewhere-kicker = 这台机器还不能办
elsewhere-close = 回首页

guide-title = 办什么，带什么
guide-subtitle = 最常办的四件事。
guide-balance = 查余额、查参保
guide-balance-bring = 身份证，或者手机医保码
guide-filing = 异地就医备案
guide-filing-bring = 身份证、外地的住址、联系电话
guide-claim = 报销医药费
guide-claim-bring = 发票、费用清单、病历、银行卡
guide-relative = 帮家人办
guide-relative-bring = 两个人的身份证

out-title =
    机器正在维护，
    暂时不能用
out-text = 给您添麻烦了，请先到窗口办。
