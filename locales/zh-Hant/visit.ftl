### 從放身份證到看餘額。

identify-card-title =
    請把身份證
    放在下面亮燈的地方
identify-card-text = 放平，別著急拿走，聽到“嘀”一聲就好了。
identify-voucher-title =
    請打開手機醫保碼，
    對準掃碼口
identify-voucher-text = 掃碼口在右下方，屏幕離它一拳遠。
identify-reading-title =
    正在讀，
    先別拿走
identify-reading-text = 聽到“嘀”一聲就好了。
identify-relative-card-title =
    請把家人的身份證
    放在下面亮燈的地方
identify-relative-voucher-title =
    請打開家人的醫保碼，
    對準掃碼口
identify-use-voucher = 用手機醫保碼
identify-use-voucher-text = 打開醫保電子憑證，對準右下方掃碼口
identify-use-card = 用身份證
identify-use-card-text = 平放在下面亮燈的地方

person-title = 這是您嗎？
person-text = 看一看名字和號碼，是您就按“是我”。
person-text-name = 看一看名字，是您就按“是我”。
person-expired = 這張身份證過期了。今天還能查，記得去派出所換新的。
name-as-on-card = 照證件上的字
person-relative-title = 給這位家人辦嗎？
person-relative-text = 看一看名字和號碼，對就按“是這位”。
person-relative-text-name = 看一看名字，對就按“是這位”。
person-is-relative = 是這位
person-not-relative = 不是
person-is-me = 是我
person-not-me = 不是我

waiting-text = 請稍等，馬上就好。

balance-left = 現在還有
balance-none-title = 這種醫保沒有個人賬戶
balance-none-text = 不是錢沒了。看病、住院照樣能報銷。
balance-none-paused = 不是錢沒了。現在是“{ $status }”，報銷的事請到窗口問一問。
balance-cover = 遮住金額
balance-uncover = 看金額
balance-movements = 最近的進出
balance-all-movements = 看全部
balance-movements-pending = 正在查最近的進出，請稍等。
balance-movements-empty = 最近沒有進出。
balance-others = 您還有
balance-finish = 辦完了

movements-title = 全部進出
movements-earlier = 下一頁
movements-later = 上一頁
movements-empty = 還沒有進出。

insured-balance = 個人賬戶
insured-finish = 辦完了

not-insured-title =
    沒有查到
    您的參保信息
not-insured-text = 不一定是沒參保，可能是在外地參的保。
not-insured-can = 您可以
not-insured-hotline = 打 12393 問一問
not-insured-hotline-text = 用您自己的電話打，全國都能查
not-insured-window-text = 請工作人員幫您查
not-insured-finish = 知道了
