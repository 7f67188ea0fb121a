### 評價、辦完以後，和辦不了的時候。

rate-title = 這次辦事，您⁠滿⁠意⁠嗎？
rate-hint = 點一個就行，也可以不評。
rate-hint-chosen = 選好了，再按“提交評價”就行。
rate-why = 哪裡沒做好？
rate-why-hint = 至少選一個
rate-more-reasons = 更多原因
rate-by-phone = 手機評價
rate-skip = 不評了
rate-submit = 提交評價
rate-storing = 正在記下來
rate-failed = 剛才沒記上，請再按一次“提交評價”。

phone-title = 用手機掃一掃來評價
phone-text = 打開微信或者支付寶，掃下面這個碼。
phone-privacy = 碼裡沒有您的名字和號碼。
phone-back = 在這裡評
phone-finish = 掃好了

question-kicker = 再問您一句
question-skip = 跳過

thanks-take-card = 請拿好您的身份證
thanks-take-card-text = 拿走以後，屏幕會自動清空。
thanks-rated = 謝謝您的評價
thanks-rated-text = 您的信息已經清空，請放心。
thanks-goodbye = 辦好了，慢走
thanks-goodbye-text = 您的信息已經清空，請放心。
thanks-close = 好的

window-go = 去
fault-not-yours = 不是您的問題，是機器的問題。
fault-not-yours-platform = 不是您的問題，是線路的問題。
fault-staff-told = 已經通知工作人員了。
fault-ask-window = 請到窗口找工作人員。
fault-can = 您可以
fault-try-again = 等一會兒再試
fault-try-again-text = 好了屏幕會告訴您
fault-try-again-voice = 好了會念給您聽
fault-try-again-platform = 證件不用再放，直接重新查

elsewhere-kicker = 這台機器還不能辦
elsewhere-close = 回首頁

guide-title = 辦什麼，帶什麼
guide-subtitle = 最常辦的四件事。
guide-balance = 查餘額、查參保
guide-balance-bring = 身份證，或者手機醫保碼
guide-filing = 異地就醫備案
guide-filing-bring = 身份證、外地的住址、聯繫電話
guide-claim = 報銷醫藥費
guide-claim-bring = 發票、費用清單、病歷、銀行卡
guide-relative = 幫家人辦
guide-relative-bring = 兩個人的身份證

out-title =
    機器正在維護，
    暫時不能用
out-text = 給您添麻煩了，請先到窗口辦。
