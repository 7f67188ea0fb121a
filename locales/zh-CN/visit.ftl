### 从放身份证到看余额。

identify-card-title =
    请把身份证
    放在下面亮灯的地方
identify-card-text = 放平，别着急拿走，听到“嘀”一声就好了。
identify-voucher-title =
    请打开手机医保码，
    对准扫码口
identify-voucher-text = 扫码口在右下方，屏幕离它一拳远。
identify-reading-title =
    正在读，
    先别拿走
identify-reading-text = 听到“嘀”一声就好了。
identify-relative-card-title =
    请把家人的身份证
    放在下面亮灯的地方
identify-relative-voucher-title =
    请打开家人的医保码，
    对准扫码口
identify-use-voucher = 用手机医保码
identify-use-voucher-text = 打开医保电子凭证，对准右下方扫码口
identify-use-card = 用身份证
identify-use-card-text = 平放在下面亮灯的地方

person-title = 这是您吗？
person-text = 看一看名字和号码，是您就按“是我”。
person-text-name = 看一看名字，是您就按“是我”。
person-expired = 这张身份证过期了。今天还能查，记得去派出所换新的。
name-as-on-card = 照证件上的字
person-relative-title = 给这位家人办吗？
person-relative-text = 看一看名字和号码，对就按“是这位”。
person-relative-text-name = 看一看名字，对就按“是这位”。
person-is-relative = 是这位
person-not-relative = 不是
person-is-me = 是我
person-not-me = 不是我

waiting-text = 请稍等，马上就好。

balance-left = 现在还有
balance-none-title = 这种医保没有个人账户
balance-none-text = 不是钱没了。看病、住院照样能报销。
balance-none-paused = 不是钱没了。现在是“{ $status }”，报销的事请到窗口问一问。
balance-cover = 遮住金额
balance-uncover = 看金额
balance-movements = 最近的进出
balance-all-movements = 看全部
balance-movements-pending = 正在查最近的进出，请稍等。
balance-movements-empty = 最近没有进出。
balance-others = 您还有
balance-finish = 办完了

movements-title = 全部进出
movements-earlier = 下一页
movements-later = 上一页
movements-empty = 还没有进出。

insured-balance = 个人账户
insured-finish = 办完了

not-insured-title =
    没有查到
    您的参保信息
not-insured-text = 不一定是没参保，可能是在外地参的保。
not-insured-can = 您可以
not-insured-hotline = 打 12393 问一问
not-insured-hotline-text = 用您自己的电话打，全国都能查
not-insured-window-text = 请工作人员帮您查
not-insured-finish = 知道了
